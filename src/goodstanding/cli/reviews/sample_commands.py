"""Commands by which the overseer compares a sample of a year's records with what the reviewer says of them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goodstanding.access import Actor, Role
from goodstanding.cli.accounts.terminal_sign_in import sign_by
from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, now, open_chosen_register, today
from goodstanding.cli.output import print_line, print_result

if TYPE_CHECKING:
    from goodstanding.oversight.record_samples.sample_sheets import SampleSheet

app = build_group("Compare a sample of a year's records with what the reviewer says that they really record.")
Year = Annotated[int, typer.Option("--year", metavar="YYYY", help="A year that is over.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The overseer, who signs in.")]


class SampleWord(StrEnum):
    """What the overseer can find."""

    DESCRIBED = "as-described"
    OTHER = "not-as-described"


@app.command()
def sample(year: Year, by: By, json: Json = False) -> None:
    """Shows the records drawn of a year, each beside the reviewer's answers; the subjects see that it was read."""
    with open_chosen_register():
        from goodstanding.oversight.record_samples.sample_sheets import list_sample_sheets
        from goodstanding.web.http.access_log import log_accesses

        overseer = Actor(Role.OVERSEER, name=sign_by(by, Role.OVERSEER))
        sheets = list_sample_sheets(year, today())
        log_accesses(overseer, dict.fromkeys(sheet.subject for sheet in sheets), "goodstanding oversight sample")
    print_result(sheets, json, _show_sheets)


def _show_sheets(sheets: list[SampleSheet]) -> None:
    for sheet in sheets:
        print_line(f"{sheet.position}  {sheet.catalogue}/{sheet.record}, {sheet.subject}, {sheet.source}")
        print_line(f"  {_describe(sheet.answer)}")
        for field in sheet.fields:
            print_line(f"  {field.field} = {field.value}")
            print_line(f"    {_describe(field.answer)}{f'; {_describe(field.code)}' if field.code else ''}")
        if sheet.finding:
            word = SampleWord.DESCRIBED if sheet.finding.described else SampleWord.OTHER
            print_line(f"  {word}, {sheet.finding.by}, {sheet.finding.day}: {sheet.finding.text}")
    print_line(f"{sum(sheet.finding is None for sheet in sheets)} of {len(sheets)} records wait to be looked at")


def _describe(answer: Any) -> str:
    return f"{answer.records} (about: {', '.join(answer.about)})" if answer else "no reviewer answered"


@app.command()
def state(
    position: Annotated[int, typer.Argument(metavar="POSITION", help="Of a record in the sample.", min=0)],
    year: Year,
    finding: Annotated[SampleWord, typer.Option("--finding", help="Whether it is what the reviewer describes.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="What was seen, and how.")],
    by: By,
    json: Json = False,
) -> None:
    """States whether a record in the sample is what the reviewer describes, once, with the reason."""
    with open_chosen_register():
        from goodstanding.oversight.record_samples.sample_findings import append_sample_finding

        signer = sign_by(by, Role.OVERSEER)
        stated = append_sample_finding(year, position, finding is SampleWord.DESCRIBED, reason, signer, now())
    print_result(stated, json, lambda shown: print_line(f"Record {shown.beside}: {finding}, ledger {shown.position}"))
