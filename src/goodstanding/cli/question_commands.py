"""Commands that ask: standing, search, export, agreement."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from goodstanding.cli.accounts.terminal_sign_in import AccountName, log_terminal_look, sign_in_actor
from goodstanding.cli.options import Acting, At, Json, now, open_chosen_register, parse_day_option, today
from goodstanding.cli.output import print_line, print_result, print_table, show_progress
from goodstanding.errors import BadInput


def standing(
    identifier: str = typer.Argument(..., metavar="IDENTIFIER"),
    at: At = "",
    known_at: str = typer.Option(
        "", "--known-at", metavar="DAY-OR-SIZE", help="What the register knew by the end of a day, or at a ledger size."
    ),
    role: Acting = "",
    account: AccountName = "",
    json: Json = False,
) -> None:
    """Says what holds for a subject, and because of which records."""
    from goodstanding.ledger import store
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subject_file import get_subject_file

    with open_chosen_register():
        moment = PointInTime.of(now(), parse_day_option(at, "--at"), _parse_known_size(known_at))
        actor = sign_in_actor(role, account)
        shown_file = get_subject_file(identifier, moment, actor, store.get_ledger_size())
        log_terminal_look(actor, shown_file.subject, f"standing {identifier}")
    print_result(_word_decision(shown_file) if json else shown_file, json, _show_file)


def _word_decision(shown_file: Any) -> Any:
    """The file with the rule of access in words, as JSON has it."""
    decision = shown_file.allowed
    return replace(shown_file, allowed={"allowed": decision.allowed, "because": str(decision.because)})


def _parse_known_size(known_at: str) -> int | None:
    from goodstanding.ledger import proofs

    if not known_at:
        return None
    if known_at.isdigit():
        return int(known_at)
    return proofs.get_size_at(parse_day_option(known_at, "--known-at") or today())


def _show_file(shown_file: Any) -> None:
    print_line(f"{shown_file.subject.name or '(no name stated)'}  {', '.join(shown_file.subject.identifiers)}")
    print_line(", ".join(filter(None, (shown_file.subject.kind, shown_file.subject.region, shown_file.subject.sector))))
    for kind in ("grades", "listings", "measures", "cases"):
        for effect in getattr(shown_file, kind):
            _show_effect(effect)
    if not any((shown_file.grades, shown_file.listings, shown_file.measures, shown_file.cases)):
        print_line("  nothing in force")
    print_line(f"  ledger size {shown_file.size}; {shown_file.allowed.because}")


def _show_effect(effect: Any) -> None:
    value = effect.value if effect.value is not None else "no grade"
    scale = f" of {effect.of}" if effect.of and effect.value is not None else ""
    until = f" until the end of {effect.last_day}" if effect.last_day else ""
    print_line(f"  {effect.title}: {value}{scale}, from {effect.valid_from}{until} (as on {effect.day})")
    for sentence in effect.sentences:
        print_line(f"    because {sentence}")
    if effect.law:
        print_line(
            f"    {effect.law.citation}" + ("" if effect.law.verified else " (not yet checked against its text)")
        )
    print_line(f"    records at ledger positions {', '.join(map(str, effect.because))}")


def search(
    words: list[str] = typer.Argument(..., metavar="WORDS"),
    limit: int = typer.Option(10, "--limit", min=1, max=500),
    json: Json = False,
) -> None:
    """Finds subjects by name, whose spelling need not be exact, or by identifier."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.search.faceted_search import SearchQuery, search_subjects

    with open_chosen_register():
        search_result = search_subjects(SearchQuery(" ".join(words)), PointInTime.of(now()), limit)
    print_result(search_result, json, _show_hits)


def _show_hits(search_result: Any) -> None:
    print_line(f"{search_result.total} found" if search_result.complete else f"The closest {search_result.total}")
    rows = [
        (
            hit.subject.name,
            hit.subject.identifier,
            hit.subject.region,
            ", ".join(f"{grade.title} {grade.value}" for grade in hit.grades if grade.value),
        )
        for hit in search_result.hits
    ]
    print_table(("name", "identifier", "region", "grades"), rows)


def export(
    name: str = typer.Argument(..., metavar="LIST"),
    form: str = typer.Option("csv", "--format", help="csv, parquet, jsonl or ftm."),
    to: Path | None = typer.Option(None, "--to", help="A file; else standard output."),
    at: At = "",
    role: Acting = "",
    account: AccountName = "",
) -> None:
    """Writes a whole list, each entry with the last day the copy may be used."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.search.list_export import EXPORT_FORMATS, render_list_export
    from goodstanding.register.search.listings import copy_list

    if form not in EXPORT_FORMATS:
        raise BadInput(f"There is no format {form!r}.", where="--format", remedy=", ".join(EXPORT_FORMATS))
    with open_chosen_register():
        actor, moment = sign_in_actor(role, account), PointInTime.of(now(), parse_day_option(at, "--at"))
        content = render_list_export(copy_list(name, moment, actor), form)
    if to:
        to.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def agreement(catalogue: str = typer.Argument(..., metavar="CATALOGUE"), at: At = "", json: Json = False) -> None:
    """Audits sources: how many published outcomes follow from their own findings under the rule."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.search.outcome_agreement import measure_agreement as audited

    with open_chosen_register(), show_progress(json) as tell:
        tell("auditing", 0, 1)
        moment = PointInTime.of(now(), parse_day_option(at, "--at"))
        audit = audited(catalogue, moment.case_day(catalogue))
    print_result(audit, json, _show_agreement)


def _show_agreement(audit: Any) -> None:
    print_line(
        f"{audit.catalogue}, statements up to {audit.at}: {audit.agree} of {audit.published} published outcomes follow"
    )
    print_line(f"  {audit.differ} do not; {audit.unproven} are published without the findings behind them")
    for source, counts in audit.by_source.items():
        if counts["differ"] or len(audit.by_source) < 20:
            print_line(f"  {source}: {counts['agree']} of {counts['published']}")
    for difference in audit.differences:
        print_line(
            f"  {difference.reference}: published {difference.published}, follows {difference.follows};"
            f" {difference.explained or 'unexplained'}"
        )


COMMANDS = (standing, search, export, agreement)
