"""What would follow were a record stated, corrected or withdrawn: by the calculator's own rules, nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from goodstanding.access import Actor
from goodstanding.catalogue import Catalogue
from goodstanding.errors import BadInput, NotFound
from goodstanding.portal.submissions.schemas import UnderlyingRecord
from goodstanding.register.files.file_access import may_see_parties
from goodstanding.register.files.records import Record, find_record, list_records
from goodstanding.register.files.subjects import Subject, find_subject_id, get_subject
from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS
from goodstanding.web.calculator.entered_facts import EnteredFacts
from goodstanding.web.calculator.outcomes import calculate_result
from goodstanding.web.calculator.schemas import CalculatorResult
from goodstanding.web.http import clock
from goodstanding.web.http.access_log import log_access

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What would follow on a day, from which records; `whole` says whether those on file were counted in."""

    on_file: Subject | None
    whole: bool
    at: date
    rests_on: list[UnderlyingRecord]
    result: CalculatorResult | None


def calculate_consequences(
    request: HttpRequest, actor: Actor, catalogue: Catalogue, body: Mapping[str, Any], instead_of: Record | None,
    source_name: str,
) -> Consequences:  # fmt: skip
    """What would hold with a record that is `said` (empty: with none), `instead_of` one on file.

    The records on file are counted in for an actor who may see them; that look is noted (charter article 20).
    """
    records, on_file, whole = _load_visible_records(request, actor, body, instead_of)
    counted_records = [record for record in records if _is_counted(record, catalogue, body, instead_of)]
    rows = [_build_record_row(record) for record in reversed(counted_records)] + (
        [_build_body_row(body, source_name)] if body else []
    )
    at = max(clock.get_moment().day(catalogue.name), *(row["occurred"] for row in rows[-1:]), date.min)
    for number, row in enumerate(rows, 1):
        row["number"] = number
    rests_on = [_present_underlying_record(row, catalogue) for row in rows]
    return Consequences(on_file, whole, at, rests_on, _calculate_result(catalogue, at, rows) if rows else None)


def _load_visible_records(
    request: HttpRequest, actor: Actor, body: Mapping[str, Any], instead_of: Record | None
) -> tuple[list[Record], Subject | None, bool]:
    on_file = _find_subject(body["subject"]["identifiers"]) if body else _find_record_subject(instead_of)
    if on_file is None:
        return [], None, True
    if not may_see_parties(on_file, actor, clock.get_today()).allowed:
        return [], on_file, False
    log_access(actor, on_file.identifier, request.path[:500])
    return list_records(on_file.id), on_file, True


def _find_subject(identifiers: Sequence[str]) -> Subject | None:
    for text in identifiers:
        try:
            return get_subject(find_subject_id(text))
        except NotFound:
            continue
    return None


def _find_record_subject(record: Record | None) -> Subject | None:
    subject_and_record = find_record(record.position) if record else None
    return get_subject(subject_and_record[0]) if subject_and_record else None


def _is_counted(record: Record, catalogue: Catalogue, body: Mapping[str, Any], instead_of: Record | None) -> bool:
    """Whether a record on file is one that rules read, and not the one that would be replaced."""
    current = (
        record.replaced_at is None and record.event not in CASE_FINDING_KINDS and record.catalogue == catalogue.name
    )
    same = (record.source, record.record, record.reference) == tuple(
        body.get(key) for key in ("source", "record", "reference")
    )
    return current and not same and not (instead_of and record.position == instead_of.position)


def _build_record_row(record: Record) -> Row:
    names = ("record", "reference", "about", "published", "source", "source_name", "occurred")
    return {name: getattr(record, name) for name in names} | {"fields": dict(record.fields), "new": False}


def _build_body_row(body: Mapping[str, Any], source_name: str) -> Row:
    row = {name: body[name] for name in ("record", "reference", "about", "published", "source", "fields")}
    return row | {"occurred": date.fromisoformat(body["occurred"]), "source_name": source_name, "new": True}


def _present_underlying_record(row: Row, catalogue: Catalogue) -> UnderlyingRecord:
    return UnderlyingRecord(
        number=row["number"],
        title=catalogue.records[row["record"]].title,
        occurred=row["occurred"],
        reference=row["reference"],
        source_name=row["source_name"],
        new=row["new"],
    )


def _calculate_result(catalogue: Catalogue, at: date, rows: list[Row]) -> CalculatorResult | None:
    try:
        return calculate_result(catalogue, EnteredFacts(at=at, records=rows))
    except BadInput:
        return None
