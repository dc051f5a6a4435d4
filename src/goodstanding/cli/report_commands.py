"""Commands that report on the authorities, as the charter asks for every year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, opened, today
from goodstanding.cli.output import emit, say

app = build_group("Report on the authorities themselves.")


@app.command()
def annual(
    year: int = typer.Option(..., "--year", metavar="YYYY", help="The year reported on."),
    out: Path | None = typer.Option(
        None, "--out", metavar="DIR", help="Write it into a new folder: a page, charts, tables, and as data."
    ),
    json: Json = False,
) -> None:
    """Reports errors, appeals, disparity and near-identical reasons of a year (charter article 23).

    Counts from 1 to 9 are left out, and so is what they could be worked out from.
    """
    with opened():
        from goodstanding.web.oversight import annual as reports

        made = reports.write(year, today(), out) if out else reports.report(year, today())
    emit(made, json, lambda one: _show(one, out))


def _show(made: Any, folder: Path | None) -> None:
    draft = "" if made.over else f" The year is not over: this is a draft up to {made.last_day}, not to be published."
    say(f"{made.made.register_name}, {made.year}, from ledger size {made.made.ledger_size}.{draft}")
    for one in made.glance:
        say(f"  {one.title}: {' '.join(filter(None, (one.figure, one.of)))} ({one.says})")
    for section in made.sections:
        say(f"\n{section.title}")
        for found in section.findings:
            say(f"  {found.finding}")
        if section.empty:
            say(f"  {section.empty}")
    say(
        f"\nWritten to {folder}; begin with {folder / 'index.html'}" if folder else "\nAll figures: --out DIR or --json"
    )
