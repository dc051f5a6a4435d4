"""Commands about catalogues: list, check, enact, show, sql."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from goodstanding import config
from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, opened
from goodstanding.cli.output import emit, say, table
from goodstanding.errors import CatalogueError, NoRegister

if TYPE_CHECKING:
    from goodstanding.catalogue import Catalogue

app = build_group("Catalogues: the rules, each with its legal basis.")


@app.command("list")
def list_(json: Json = False) -> None:
    """Lists the catalogues that come with Goodstanding, and those in force in the register."""
    from goodstanding.catalogue import load_library

    known = {name: _brief(catalogue) for name, catalogue in load_library().items()}
    for name, entry in _enacted().items():
        known[name] = known.get(name, {}) | entry
    rows = [{"catalogue": name, **entry} for name, entry in sorted(known.items())]
    columns = ("catalogue", "version", "mode", "in_force_here", "feeds", "title")
    emit(rows, json, lambda found: table(columns, [tuple(_cell(row.get(name)) for name in columns) for row in found]))


def _cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value if value is not None else "")


def _brief(catalogue: Catalogue) -> dict[str, Any]:
    feeds = list(catalogue.feeds)
    return {
        "version": catalogue.version,
        "mode": catalogue.mode,
        "title": catalogue.title,
        "in_force_here": False,
        "feeds": feeds,
    }


def _enacted() -> dict[str, dict[str, Any]]:
    try:
        config.load(config.chosen_folder())
    except NoRegister:
        return {}
    from goodstanding.register import catalogues

    with opened():
        return {name: _brief(one.catalogue) | {"in_force_here": True} for name, one in catalogues.enacted().items()}


@app.command()
def check(name: str = typer.Argument(..., metavar="NAME-OR-DIR"), json: Json = False) -> None:
    """Loads a catalogue, checks it and runs its worked examples; ends with 1 if one does not hold."""
    from goodstanding.catalogue import load, run_examples
    from goodstanding.catalogue.load import find
    from goodstanding.register.outcome import work_examples

    catalogue = load(find(name))
    results = run_examples(catalogue, work_examples)
    wrong = [result for result in results if not result.holds]
    summary = {
        "catalogue": catalogue.name,
        "version": catalogue.version,
        "digest": catalogue.digest,
        "expectations": len(results),
        "failed": [{"example": r.example, "at": r.at, "expected": r.expected, "found": r.found} for r in wrong],
    }
    emit(summary, json, _show_check)
    if wrong:
        raise typer.Exit(1)


def _show_check(summary: dict[str, Any]) -> None:
    say(f"{summary['catalogue']} version {summary['version']} holds together; sha256 {summary['digest']}")
    say(
        f"{summary['expectations'] - len(summary['failed'])} of {summary['expectations']} expectations"
        " of its examples hold"
    )
    for one in summary["failed"]:
        say(f"  {one['example']}, {one['at']}: expected {one['expected']}, found {one['found']}")


@app.command()
def show(name: str = typer.Argument(..., metavar="NAME-OR-DIR"), json: Json = False) -> None:
    """Shows a catalogue: each rule in words beside its basis."""
    emit(named(name), json, _show_rules)


def named(name: str) -> Catalogue:
    """A catalogue of the library, of a folder, or in force in the register."""
    from goodstanding.catalogue import load
    from goodstanding.catalogue.load import find

    try:
        return load(find(name))
    except CatalogueError:
        if name not in _enacted():
            raise
    from goodstanding.register import catalogues

    with opened():
        return catalogues.get(name).catalogue


def _show_rules(catalogue: Catalogue) -> None:
    say(f"{catalogue.title} ({catalogue.name}, version {catalogue.version}, {catalogue.mode})")
    say(catalogue.summary)
    say(
        f"In force since {catalogue.in_force}; feeds: {', '.join(catalogue.feeds) or 'none'};"
        f" {len(catalogue.sources)} sources"
    )
    rows = [
        (
            ".".join(map(str, place)),
            rule.says or getattr(rule, "title", ""),
            rule.basis,
            "" if rule.verified else "not yet checked",
        )
        for place, rule in catalogue.rules()
        if rule.basis
    ]
    table(("rule", "in words", "basis", "text"), rows)


@app.command()
def sql(name: str = typer.Argument(..., metavar="NAME-OR-DIR"), json: Json = False) -> None:
    """Prints the SQL that a catalogue means, step by step, for an auditor."""
    from goodstanding import standing

    catalogue = named(name)
    result = {"catalogue": catalogue.name, "version": catalogue.version, "sql": standing.sql(catalogue)}
    emit(result, json, lambda made: say(made["sql"]))
