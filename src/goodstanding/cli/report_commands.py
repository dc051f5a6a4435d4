"""Commands that report on the authorities, as the charter asks for every year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, open_chosen_register, today
from goodstanding.cli.output import print_line, print_result

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
    with open_chosen_register():
        from goodstanding.web.oversight.annual_report import build_annual_report, write_annual_report

        report = write_annual_report(year, today(), out) if out else build_annual_report(year, today())
    print_result(report, json, lambda shown: _show_annual_report(shown, out))


def _show_annual_report(report: Any, folder: Path | None) -> None:
    draft = (
        "" if report.over else f" The year is not over: this is a draft up to {report.last_day}, not to be published."
    )
    print_line(f"{report.made.register_name}, {report.year}, from ledger size {report.made.ledger_size}.{draft}")
    for summary_line in report.glance:
        print_line(
            f"  {summary_line.title}: {' '.join(filter(None, (summary_line.figure, summary_line.of)))}"
            f" ({summary_line.says})"
        )
    for section in report.sections:
        print_line(f"\n{section.title}")
        for finding in section.findings:
            print_line(f"  {finding.finding}")
        if section.empty:
            print_line(f"  {section.empty}")
    print_line(
        f"\nWritten to {folder}; begin with {folder / 'index.html'}" if folder else "\nAll figures: --out DIR or --json"
    )
