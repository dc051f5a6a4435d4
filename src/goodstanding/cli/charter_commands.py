"""Commands about the charter: assess."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json
from goodstanding.cli.output import emit, say

if TYPE_CHECKING:
    from goodstanding.charter import Assessment

app = build_group("The charter: what no live catalogue may do.")
MARKS = {"satisfied": "+", "breached": "X", "not applicable": "."}


@app.callback()
def charter() -> None:
    """The charter: what no live catalogue may do."""


@app.command()
def articles(json: Json = False) -> None:
    """Prints the charter: its articles, what each answers, its vocabularies and its relation table."""
    from goodstanding.charter import ARTICLES

    emit([{"number": a.number, "title": a.title, "says": a.says, "answers": a.answers} for a in ARTICLES], json, _print)


def _print(_: object) -> None:
    from goodstanding.charter.markdown import charter as charter_page

    say(charter_page().rstrip())


@app.command("assess")
def assess_(
    names: list[str] = typer.Argument(None, metavar="[NAME-OR-DIR]…", help="Catalogues; else all of the library."),
    html_file: Path | None = typer.Option(None, "--html", metavar="FILE", help="Write a report for a legislator."),
    markdown_file: Path | None = typer.Option(None, "--markdown", metavar="FILE", help="Write the table."),
    json: Json = False,
) -> None:
    """Assesses catalogues article by article; ends with 1 where a live one breaches the charter."""
    from goodstanding.catalogue import load, load_library
    from goodstanding.catalogue.load import find
    from goodstanding.charter import assess
    from goodstanding.charter.markdown import markdown
    from goodstanding.charter.report import html

    chosen = [load(find(name)) for name in names or ()] or list(load_library().values())
    found = [assess(catalogue) for catalogue in chosen]
    for file, written in ((html_file, html), (markdown_file, markdown)):
        if file:
            file.write_text(written(chosen), encoding="utf-8")
    emit([_summary(one) for one in found], json, lambda _: _show(found, html_file))
    if any(one.mode == "live" and not one.holds for one in found):
        raise typer.Exit(1)


def _summary(one: Assessment) -> dict[str, Any]:
    return {
        "catalogue": one.catalogue,
        "mode": one.mode,
        "charter": one.version,
        "digest": one.digest,
        "articles": {str(number): status for number, status in one.articles.items()},
        "breaches": one.breaches,
    }


def _show(found: list[Assessment], html_file: Path | None) -> None:
    from goodstanding.charter import ARTICLES

    width = max(len(one.catalogue) for one in found)
    say(f"{'catalogue':{width}}  mode  " + " ".join(f"{article.number:2}" for article in ARTICLES))
    for one in found:
        say(f"{one.catalogue:{width}}  {one.mode:4}  " + " ".join(f" {MARKS[each]}" for each in one.articles.values()))
    say("+ satisfied, X breached, . not applicable")
    for one in found:
        if len(found) <= 3 or one.mode == "live":
            for breach in one.breaches:
                say(f"  {one.catalogue}, article {breach.article}: {breach.reason} {breach.where}")
    if html_file:
        say(f"The report is in {html_file}")
