"""Commands by which sources are admitted, ended, merged and renumbered: one person proposes, another one signs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from goodstanding.access import Actor, Role
from goodstanding.cli.accounts.terminal_sign_in import sign_by
from goodstanding.cli.options import Json, now, open_chosen_register, parse_day_option, read_text_file
from goodstanding.cli.output import print_line, print_result, print_table
from goodstanding.plain_text import BYTE_ORDER_MARK

By = Annotated[str, typer.Option("--by", metavar="WHO", help="The overseer's account of who does it; signs in.")]
Basis = Annotated[str, typer.Option("--basis", metavar="LAW", help="The law or the decision that says so.")]
CatalogueName = Annotated[str, typer.Argument(metavar="CATALOGUE")]
SourceId = Annotated[str, typer.Argument(metavar="SOURCE", help="The source's id.")]
Position = Annotated[int, typer.Argument(metavar="POSITION", help="The ledger position of what was proposed.")]
OnDay = Annotated[str, typer.Option("--on", metavar="DAY", help="The day on which it happened.")]


def list_sources(catalogue: Annotated[str, typer.Argument(metavar="[CATALOGUE]")] = "", json: Json = False) -> None:
    """Lists the sources that events admitted, with their days and their basis."""
    with open_chosen_register():
        from goodstanding.register.rules.enacted_catalogues import get_enacted, list_on_file
        from goodstanding.register.rules.source_admissions import list_admitted_sources

        names = [get_enacted(catalogue).catalogue.name] if catalogue else list(list_on_file())
        admitted = [
            {"catalogue": name, **source.model_dump(mode="json")}
            for name in names
            for source in list_admitted_sources(name)
        ]
    header = ("catalogue", "id", "name", "kind", "region", "first_day", "last_day", "basis")
    print_result(
        admitted, json, lambda sources: print_table(header, [tuple(line[name] for name in header) for line in sources])
    )


def write_waiting_sources(
    catalogue: CatalogueName,
    to: Path | None = typer.Option(None, "--to", help="A file; else standard output."),
) -> None:
    """Writes the unknown sources for which rows wait as CSV: names and bases filled in, it is what `admit` takes."""
    with open_chosen_register():
        from goodstanding.intake.quarantine.source_backlog import list_unadmitted_sources, render_admission_draft
        from goodstanding.register.rules.enacted_catalogues import get_enacted

        sheet = render_admission_draft(list_unadmitted_sources(get_enacted(catalogue).catalogue))
    if to is None:
        sys.stdout.write(sheet)
    else:
        to.write_text(BYTE_ORDER_MARK + sheet, encoding="utf-8")


def admit_sources(
    catalogue: CatalogueName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="id,name,kind,region,above,first_day,basis as CSV.")],
    by: By,
    json: Json = False,
) -> None:
    """Proposes that the sources of a file be admitted, in one act that somebody else signs."""
    text = read_text_file(file, "CSV UTF-8")
    with open_chosen_register():
        from goodstanding.register.rules.admission_sheet import parse_admission_sheet
        from goodstanding.register.rules.source_checks import SourceAct, SourceChange

        lines = parse_admission_sheet(text)
        proposed = _propose(SourceChange(act=SourceAct.ADMIT, catalogue=catalogue, sources=lines), by)
    print_result(proposed, json, _show_proposal)


def _propose(change: Any, by: str) -> Any:
    from goodstanding.register.rules.source_changes import propose_source_change

    return propose_source_change(change, _sign_in_overseer(by), now())


def _sign_in_overseer(by: str) -> Actor:
    return Actor(Role.OVERSEER, name=sign_by(by, Role.OVERSEER))


def end_source(
    catalogue: CatalogueName,
    source: SourceId,
    by: By,
    basis: Basis,
    last_day: Annotated[str, typer.Option("--last-day", metavar="DAY", help="The last day of its mandate.")],
    json: Json = False,
) -> None:
    """Proposes that a source that was admitted have a last day."""
    day = parse_day_option(last_day, "--last-day")
    with open_chosen_register():
        from goodstanding.register.rules.source_checks import SourceAct, SourceChange

        change = SourceChange(act=SourceAct.END, catalogue=catalogue, office=source, day=day, basis=basis)
        proposed = _propose(change, by)
    print_result(proposed, json, _show_proposal)


def merge_source(
    source: SourceId,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The id of the source that it became.")],
    by: By,
    basis: Basis,
    on: OnDay,
    json: Json = False,
) -> None:
    """Proposes that a source was merged into another, which takes over its cases and references."""
    _propose_succession("merge", source, into, by, basis, on, json)


def renumber_source(
    source: SourceId,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Its new id.")],
    by: By,
    basis: Basis,
    on: OnDay,
    json: Json = False,
) -> None:
    """Proposes that a source has another id by now; it keeps its mandate, its cases and its references."""
    _propose_succession("renumber", source, number, by, basis, on, json)


def _propose_succession(act: str, office: str, into: str, by: str, basis: str, on: str, json: bool) -> None:
    day = parse_day_option(on, "--on")
    with open_chosen_register():
        from goodstanding.register.rules.source_checks import SourceAct, SourceChange

        proposed = _propose(SourceChange(act=SourceAct(act), office=office, into=into, day=day, basis=basis), by)
    print_result(proposed, json, _show_proposal)


def _show_proposal(proposed: Any) -> None:
    _show_change(proposed)
    print_line(
        f"  somebody other than {proposed.by} signs: goodstanding source sign {proposed.position} --by WHO"
        f" (or: goodstanding source decline {proposed.position} REASON --by WHO)"
    )


def list_changes(
    everything: bool = typer.Option(False, "--all", help="Those that were signed or declined, too."), json: Json = False
) -> None:
    """Lists the changes of sources that wait for a second person, whole."""
    with open_chosen_register():
        from goodstanding.register.rules.source_changes import list_source_changes

        changes = [change for change in list_source_changes() if everything or change.settled_at is None]
    print_result(changes, json, _show_changes)


def _show_changes(changes: list[Any]) -> None:
    for change in changes:
        _show_change(change)
    if not changes:
        print_line("No change of sources waits.")


def _show_change(proposed: Any) -> None:
    change = proposed.change
    outcome = f"declined: {proposed.declined}" if proposed.declined else f"signed by {proposed.signed_by}"
    print_line(
        f"{proposed.position}. {change.act}, proposed by {proposed.by}, {proposed.proposed_on}:"
        f" {outcome if proposed.settled_at else 'open'}"
    )
    for line in change.sources:
        print_line(f"  {line.id}  {line.name} ({line.kind}) from {line.first_day}: {line.basis}")
    if change.office:
        print_line(f"  {' → '.join(filter(None, (change.office, change.into)))}, {change.day}: {change.basis}")


def sign_change(position: Position, by: By, json: Json = False) -> None:
    """Signs what somebody else proposed: then it is done."""
    with open_chosen_register():
        from goodstanding.register.rules.source_changes import sign_source_change

        signed = sign_source_change(position, _sign_in_overseer(by), now())
    print_result(signed, json, _show_change)


def decline_change(
    position: Position, reason: Annotated[str, typer.Argument(metavar="REASON")], by: By, json: Json = False
) -> None:
    """Declines what was proposed, with the reason."""
    with open_chosen_register():
        from goodstanding.register.rules.source_changes import decline_source_change

        decline_source_change(position, _sign_in_overseer(by), reason, now())
    print_result(
        {"declined": position}, json, lambda shown: print_line(f"What was proposed at {shown['declined']} is declined")
    )


COMMANDS: dict[str, Callable[..., None]] = {
    "list": list_sources,
    "waiting": write_waiting_sources,
    "admit": admit_sources,
    "end": end_source,
    "merge": merge_source,
    "renumber": renumber_source,
    "changes": list_changes,
    "sign": sign_change,
    "decline": decline_change,
}
