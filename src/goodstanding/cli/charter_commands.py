"""Commands about the charter: assess."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json
from goodstanding.cli.output import print_line, print_result
from goodstanding.plain_text import is_sentence

if TYPE_CHECKING:
    from goodstanding.charter import Assessment, Breach

app = build_group("The charter: what no live catalogue may do.")
MARKS = {"satisfied": "+", "breached": "X", "not applicable": "."}


@app.callback()
def describe_charter() -> None:
    """The charter: what no live catalogue may do."""


@app.command()
def articles(json: Json = False) -> None:
    """Prints the charter: its articles, what each answers, its vocabularies and its relation table."""
    from goodstanding.charter import ARTICLES

    print_result(
        [
            {"number": article.number, "title": article.title, "says": article.says, "answers": article.answers}
            for article in ARTICLES
        ],
        json,
        _print_charter,
    )


def _print_charter(_: object) -> None:
    from goodstanding.charter.markdown import render_charter_markdown as charter_page

    print_line(charter_page().rstrip())


@app.command("assess")
def assess_catalogues(
    names: list[str] = typer.Argument(None, metavar="[NAME-OR-DIR]…", help="Catalogues; else all of the library."),
    html_file: Path | None = typer.Option(None, "--html", metavar="FILE", help="Write a report for a legislator."),
    markdown_file: Path | None = typer.Option(None, "--markdown", metavar="FILE", help="Write the table."),
    json: Json = False,
) -> None:
    """Assesses catalogues article by article; ends with 1 where a live one breaches the charter."""
    from goodstanding.catalogue import load_catalogue, load_library
    from goodstanding.catalogue.loader import get_catalogue_folder
    from goodstanding.charter import assess
    from goodstanding.charter.markdown import render_assessment_markdown
    from goodstanding.charter.report import render_assessment_html

    chosen = [load_catalogue(get_catalogue_folder(name)) for name in names or ()] or list(load_library().values())
    assessments = [assess(catalogue) for catalogue in chosen]
    for file, render in ((html_file, render_assessment_html), (markdown_file, render_assessment_markdown)):
        if file:
            file.write_text(render(chosen), encoding="utf-8")
    print_result(
        [_summarise_assessment(assessment) for assessment in assessments],
        json,
        lambda _: _show_assessments(assessments, html_file),
    )
    if any(assessment.mode == "live" and not assessment.holds for assessment in assessments):
        raise typer.Exit(1)


def _summarise_assessment(assessment: Assessment) -> dict[str, Any]:
    return {
        "catalogue": assessment.catalogue,
        "mode": assessment.mode,
        "charter": assessment.version,
        "digest": assessment.digest,
        "articles": {str(number): status for number, status in assessment.articles.items()},
        "breaches": [summarise_breach(breach) for breach in assessment.breaches],
    }


def summarise_breach(breach: Breach) -> dict[str, Any]:
    """A breach as JSON: its article and place, the reason, what would be right, and the law that it answers."""
    return {
        "article": breach.article,
        "where": breach.where,
        "key": breach.key,
        "reason": str(breach.reason),
        "remedy": breach.reason.render_remedy() or None,
        "answers": breach.answers,
    }


def print_breach(catalogue: str, breach: dict[str, Any]) -> None:
    """Prints a breach: article, reason and place and, where it is known, what to do."""
    print_line(f"  {catalogue}, article {breach['article']}: {breach['reason']} {breach['where']}")
    if breach["remedy"]:
        label = "what to do" if is_sentence(breach["remedy"]) else "use, for example"
        print_line(f"    {label}: {breach['remedy']}")


def _show_assessments(assessments: list[Assessment], html_file: Path | None) -> None:
    from goodstanding.charter import ARTICLES

    width = max(len(assessment.catalogue) for assessment in assessments)
    print_line(f"{'catalogue':{width}}  mode  " + " ".join(f"{article.number:2}" for article in ARTICLES))
    for assessment in assessments:
        print_line(
            f"{assessment.catalogue:{width}}  {assessment.mode:4}  "
            + " ".join(f" {MARKS[status]}" for status in assessment.articles.values())
        )
    print_line("+ satisfied, X breached, . not applicable")
    for assessment in assessments:
        if len(assessments) <= 3 or assessment.mode == "live":
            for breach in assessment.breaches:
                print_breach(assessment.catalogue, summarise_breach(breach))
    if html_file:
        print_line(f"The report is in {html_file}")
