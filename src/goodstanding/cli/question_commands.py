"""Commands that ask: standing, search, export, agreement."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from goodstanding.cli.options import Acting, At, Json, acting, day, opened, today
from goodstanding.cli.output import emit, progress, say, table
from goodstanding.errors import BadInput


def standing(
    identifier: str = typer.Argument(..., metavar="IDENTIFIER"),
    at: At = "",
    known_at: str = typer.Option(
        "", "--known-at", metavar="DAY-OR-SIZE", help="What the register knew by the end of a day, or at a ledger size."
    ),
    role: Acting = "",
    json: Json = False,
) -> None:
    """Says what holds for a subject, and because of which records."""
    from goodstanding.ledger import store
    from goodstanding.register.file import subject_file
    from goodstanding.register.moment import Moment

    with opened():
        moment = Moment(today(), day(at, "--at"), _size(known_at))
        found = subject_file(identifier, moment, acting(role), store.size())
    emit(found, json, _show_file)


def _size(known_at: str) -> int | None:
    from goodstanding.ledger import proofs

    if not known_at:
        return None
    if known_at.isdigit():
        return int(known_at)
    return proofs.size_at(day(known_at, "--known-at") or today())


def _show_file(found: Any) -> None:
    say(f"{found.subject.name or '(no name stated)'}  {', '.join(found.subject.identifiers)}")
    say(", ".join(filter(None, (found.subject.kind, found.subject.region, found.subject.sector))))
    for kind in ("grades", "listings", "measures", "cases"):
        for effect in getattr(found, kind):
            _show_effect(effect)
    if not any((found.grades, found.listings, found.measures, found.cases)):
        say("  nothing in force")
    say(f"  ledger size {found.size}; {found.allowed.because}")


def _show_effect(effect: Any) -> None:
    value = effect.value if effect.value is not None else "no grade"
    of = f" of {effect.of}" if effect.of and effect.value is not None else ""
    until = f" until {effect.valid_to}" if effect.valid_to else ""
    say(f"  {effect.title}: {value}{of}, from {effect.valid_from}{until} (as on {effect.day})")
    for sentence in effect.sentences:
        say(f"    because {sentence}")
    if effect.law:
        say(f"    {effect.law.citation}" + ("" if effect.law.verified else " (not yet checked against its text)"))
    say(f"    records at ledger positions {', '.join(map(str, effect.because))}")


def search(
    words: list[str] = typer.Argument(..., metavar="WORDS"),
    limit: int = typer.Option(10, "--limit", min=1, max=500),
    json: Json = False,
) -> None:
    """Finds subjects by name, also misspelt, or by identifier."""
    from goodstanding.register.browse import Query, browse
    from goodstanding.register.moment import Moment

    with opened():
        found = browse(Query(" ".join(words)), Moment(today()), limit)
    emit(found, json, _show_hits)


def _show_hits(found: Any) -> None:
    say(f"{found.total} found")
    rows = [
        (
            hit.subject.name,
            hit.subject.identifier,
            hit.subject.region,
            ", ".join(f"{g.title} {g.value}" for g in hit.grades if g.value),
        )
        for hit in found.hits
    ]
    table(("name", "identifier", "region", "grades"), rows)


def export(
    name: str = typer.Argument(..., metavar="LIST"),
    form: str = typer.Option("csv", "--format", help="csv, parquet, jsonl or ftm."),
    to: Path | None = typer.Option(None, "--to", help="A file; else standard output."),
    at: At = "",
    role: Acting = "",
) -> None:
    """Writes a whole list, each entry with the last day the copy may be used."""
    from goodstanding.register import lists
    from goodstanding.register.export import FORMATS, written
    from goodstanding.register.moment import Moment

    if form not in FORMATS:
        raise BadInput(f"There is no format {form!r}.", where="--format", remedy=", ".join(FORMATS))
    with opened():
        content = written(lists.copy(name, Moment(today(), day(at, "--at")), acting(role)), form)
    if to:
        to.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def agreement(catalogue: str = typer.Argument(..., metavar="CATALOGUE"), at: At = "", json: Json = False) -> None:
    """Audits sources: how many published outcomes follow from their own findings under the rule."""
    from goodstanding.register.agreement import agreement as audited

    with opened(), progress(json) as tell:
        tell("auditing", 0, 1)
        found = audited(catalogue, day(at, "--at") or today())
    emit(found, json, _show_agreement)


def _show_agreement(found: Any) -> None:
    say(f"{found.catalogue}, statements up to {found.at}: {found.agree} of {found.published} published outcomes follow")
    say(f"  {found.differ} do not; {found.unproven} are published without the findings behind them")
    for source, counts in found.by_source.items():
        if counts["differ"] or len(found.by_source) < 20:
            say(f"  {source}: {counts['agree']} of {counts['published']}")
    for one in found.differences:
        say(f"  {one.reference}: published {one.published}, follows {one.follows}; {one.explained or 'unexplained'}")


COMMANDS = (standing, search, export, agreement)
