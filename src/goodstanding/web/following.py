"""What would follow were a record stated, corrected or withdrawn: by the calculator's own rules, nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from goodstanding.access import Action, Actor, Resource, may
from goodstanding.catalogue import Catalogue
from goodstanding.errors import BadInput, NotFound
from goodstanding.register import file
from goodstanding.register.file import Record, Subject
from goodstanding.register.hearing_rows import OF_A_CASE
from goodstanding.register.moment import Moment
from goodstanding.web import actors, outcomes
from goodstanding.web.entering import Facts
from goodstanding.web.shapes.calculator import Result
from goodstanding.web.shapes.stating import RestsOn

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Following:
    """What would follow on a day, from which records; `whole` says whether those on file were counted in."""

    on_file: Subject | None
    whole: bool
    at: date
    rests_on: list[RestsOn]
    result: Result | None


def would_follow(
    request: HttpRequest, actor: Actor, catalogue: Catalogue, said: Mapping[str, Any], instead_of: Record | None,
    source_name: str,
) -> Following:  # fmt: skip
    """What would hold with a record that is `said` (empty: with none), `instead_of` one on file.

    The records on file are counted in for an actor who may see them; that look is noted (charter article 20).
    """
    known, on_file, whole = _known(request, actor, said, instead_of)
    held = [one for one in known if _counts(one, catalogue, said, instead_of)]
    rows = [_of_record(one) for one in reversed(held)] + ([_of_body(said, source_name)] if said else [])
    at = max(Moment(actors.today()).day(catalogue.name), *(row["occurred"] for row in rows[-1:]), date.min)
    for number, row in enumerate(rows, 1):
        row["number"] = number
    rests_on = [_rests_on(row, catalogue) for row in rows]
    return Following(on_file, whole, at, rests_on, _result(catalogue, at, rows) if rows else None)


def _known(
    request: HttpRequest, actor: Actor, said: Mapping[str, Any], instead_of: Record | None
) -> tuple[list[Record], Subject | None, bool]:
    on_file = _subject(said["subject"]["identifiers"]) if said else _about(instead_of)
    if on_file is None:
        return [], None, True
    known = file.records_of(on_file.id)
    resource = Resource(on_file.kind, frozenset(on_file.identifiers), frozenset(one.source for one in known))
    if not may(actor, Action.SEE_PARTIES, resource).allowed:
        return [], on_file, False
    actors.log_look_up(actor, on_file.identifier, request.path[:500])
    return known, on_file, True


def _subject(identifiers: Sequence[str]) -> Subject | None:
    for text in identifiers:
        try:
            return file.subject(file.whose(text))
        except NotFound:
            continue
    return None


def _about(record: Record | None) -> Subject | None:
    found = file.at(record.position) if record else None
    return file.subject(found[0]) if found else None


def _counts(one: Record, catalogue: Catalogue, said: Mapping[str, Any], instead_of: Record | None) -> bool:
    """Whether a record on file is one that rules read, and not the one that would be replaced."""
    current = one.replaced_at is None and one.event not in OF_A_CASE and one.catalogue == catalogue.name
    same = (one.source, one.record, one.reference) == tuple(said.get(key) for key in ("source", "record", "reference"))
    return current and not same and not (instead_of and one.position == instead_of.position)


def _of_record(one: Record) -> Row:
    names = ("record", "reference", "about", "published", "source", "source_name", "occurred")
    return {name: getattr(one, name) for name in names} | {"fields": dict(one.fields), "new": False}


def _of_body(said: Mapping[str, Any], source_name: str) -> Row:
    row = {name: said[name] for name in ("record", "reference", "about", "published", "source", "fields")}
    return row | {"occurred": date.fromisoformat(said["occurred"]), "source_name": source_name, "new": True}


def _rests_on(row: Row, catalogue: Catalogue) -> RestsOn:
    return RestsOn(
        number=row["number"],
        title=catalogue.records[row["record"]].title,
        occurred=row["occurred"],
        reference=row["reference"],
        source_name=row["source_name"],
        new=row["new"],
    )


def _result(catalogue: Catalogue, at: date, rows: list[Row]) -> Result | None:
    try:
        return outcomes.result(catalogue, Facts(at=at, records=rows))
    except BadInput:
        return None
