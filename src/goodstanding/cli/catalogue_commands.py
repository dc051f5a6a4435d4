"""Commands about catalogues: list, check, enact, show, sql."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from goodstanding import config
from goodstanding.cli.charter_commands import print_breach, summarise_breach
from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, open_chosen_register
from goodstanding.cli.output import print_line, print_result, print_table
from goodstanding.errors import CatalogueError, NoRegister

if TYPE_CHECKING:
    from goodstanding.catalogue import Catalogue
    from goodstanding.catalogue.primitives import LegalRule

app = build_group("Catalogues: the rules, each with its legal basis.")


@app.command("list")
def list_all_catalogues(json: Json = False) -> None:
    """Lists the catalogues that come with Goodstanding, and those in force in the register."""
    from goodstanding.catalogue import load_library

    summaries = {name: _summarise_catalogue(catalogue) for name, catalogue in load_library().items()}
    for name, entry in _list_enacted_summaries().items():
        summaries[name] = summaries.get(name, {}) | entry
    rows = [{"catalogue": name, **entry} for name, entry in sorted(summaries.items())]
    print_result(rows, json, _show_catalogues)


def _show_catalogues(rows: list[dict[str, Any]]) -> None:
    columns = ("catalogue", "version", "mode", "in_force_here", "feeds", "title")
    print_table(columns, [tuple(_render_cell(row.get(name)) for name in columns) for row in rows])
    for row in rows:
        if "problem" in row:
            print_line(f"\n{row['catalogue']} cannot be used here as it stands: {row['problem']}")


def _render_cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value if value is not None else "")


def _summarise_catalogue(catalogue: Catalogue) -> dict[str, Any]:
    feeds = list(catalogue.feeds)
    return {
        "version": catalogue.version,
        "mode": catalogue.mode,
        "title": catalogue.title,
        "in_force_here": False,
        "feeds": feeds,
    }


def _list_enacted_summaries() -> dict[str, dict[str, Any]]:
    try:
        config.load_settings(config.choose_register_folder())
    except NoRegister:
        return {}
    from goodstanding.register.rules.enacted_catalogues import list_catalogue_problems, list_enacted

    with open_chosen_register():
        summaries = {
            name: _summarise_catalogue(enacted.catalogue) | {"in_force_here": True}
            for name, enacted in list_enacted().items()
        }
        for name, problem in list_catalogue_problems().items():
            summaries[name] = summaries.get(name, {}) | {"problem": problem.diagnostics()}
        return summaries


@app.command()
def check(name: str = typer.Argument(..., metavar="NAME-OR-DIR"), json: Json = False) -> None:
    """Checks a catalogue: rules and feeds run dry, examples, the charter; ends with 1 if an example does not hold."""
    from goodstanding.catalogue import run_examples
    from goodstanding.charter import assess
    from goodstanding.effects import compute_examples

    catalogue = load_runnable_catalogue(name)
    assessment = assess(catalogue)
    results = run_examples(catalogue, compute_examples)
    wrong = [result for result in results if not result.holds]
    summary = {
        "catalogue": catalogue.name,
        "version": catalogue.version,
        "mode": catalogue.mode,
        "digest": catalogue.digest,
        "expectations": len(results),
        "failed": [
            {"example": failure.example, "at": failure.at, "expected": failure.expected, "found": failure.actual}
            for failure in wrong
        ],
        "charter": assessment.version,
        "breaches": [summarise_breach(breach) for breach in assessment.breaches],
    }
    print_result(summary, json, _show_check)
    if wrong:
        raise typer.Exit(1)


def load_runnable_catalogue(name: str) -> Catalogue:
    """The catalogue of a folder or the library; raises CatalogueError where its rules or a feed fail when run dry."""
    from goodstanding.catalogue import load_catalogue
    from goodstanding.catalogue.loader import get_catalogue_folder
    from goodstanding.catalogue.wrong_values import refuse_if_problems
    from goodstanding.intake.mapping.feed_dry_run import list_feed_failures
    from goodstanding.register.rules.dry_run import find_failure

    catalogue = load_catalogue(get_catalogue_folder(name))
    failure = find_failure(catalogue)
    refuse_if_problems([*([failure] if failure else []), *list_feed_failures(catalogue)])
    return catalogue


def _show_check(summary: dict[str, Any]) -> None:
    print_line(f"{summary['catalogue']} version {summary['version']} holds together; sha256 {summary['digest']}")
    print_line(
        f"{summary['expectations'] - len(summary['failed'])} of {summary['expectations']} expectations"
        " of its examples hold"
    )
    for failure in summary["failed"]:
        print_line(f"  {failure['example']}, {failure['at']}: expected {failure['expected']}, found {failure['found']}")
    print_line(_describe_judgement(summary))
    for breach in summary["breaches"]:
        print_breach(summary["catalogue"], breach)


def _describe_judgement(summary: dict[str, Any]) -> str:
    if not summary["breaches"]:
        return f"The charter, version {summary['charter']}, refuses nothing of it"
    meaning = "as a laboratory catalogue may" if summary["mode"] == "lab" else "so it cannot be put into force"
    return f"It breaches the charter, version {summary['charter']}, {meaning}:"


@app.command()
def show(name: str = typer.Argument(..., metavar="NAME-OR-DIR"), json: Json = False) -> None:
    """Shows a catalogue: each rule in words beside its basis."""
    print_result(get_named_catalogue(name), json, _show_rules)


def get_named_catalogue(name: str) -> Catalogue:
    """A catalogue of the library, of a folder, or in force in the register."""
    from goodstanding.catalogue import load_catalogue
    from goodstanding.catalogue.loader import get_catalogue_folder

    try:
        return load_catalogue(get_catalogue_folder(name))
    except CatalogueError:
        if name not in _list_enacted_summaries():
            raise
    from goodstanding.register.rules.enacted_catalogues import get_enacted

    with open_chosen_register():
        return get_enacted(name).catalogue


def _describe_reading(rule: LegalRule) -> str:
    if rule.is_compared:
        return ""
    return f"read in {rule.read_in}" if rule.read_in else "not yet checked"


def _show_rules(catalogue: Catalogue) -> None:
    print_line(f"{catalogue.title} ({catalogue.name}, version {catalogue.version}, {catalogue.mode})")
    print_line(catalogue.summary)
    print_line(
        f"In force since {catalogue.in_force}; feeds: {', '.join(catalogue.feeds) or 'none'};"
        f" {len(catalogue.sources)} sources"
    )
    rows = [
        (
            ".".join(map(str, place)),
            rule.says or getattr(rule, "title", ""),
            rule.basis,
            _describe_reading(rule),
        )
        for place, rule in catalogue.rules()
        if rule.basis
    ]
    print_table(("rule", "in words", "basis", "text"), rows)


@app.command()
def keys() -> None:
    """Every key of a catalogue's files with its type, its default and an example, as Markdown."""
    from goodstanding.catalogue import load_library
    from goodstanding.catalogue.compiler.format_reference import render_format_reference

    sys.stdout.write(render_format_reference(load_library().values()))


@app.command()
def sql(name: str = typer.Argument(..., metavar="NAME-OR-DIR"), json: Json = False) -> None:
    """Prints the SQL that a catalogue means, step by step, for an auditor."""
    from goodstanding import standing

    catalogue = get_named_catalogue(name)
    result = {"catalogue": catalogue.name, "version": catalogue.version, "sql": standing.build_effects_sql(catalogue)}
    print_result(result, json, lambda document: print_line(document["sql"]))
