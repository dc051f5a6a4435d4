"""What sources stated about a subject, as the ledger has it, in the words of its catalogue."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goodstanding.catalogue.model import Catalogue
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.register.storage.queries import fetch_rows

_RECORDS = """
SELECT position, catalogue, record, source, reference, version, about, occurred, stated, fields, published, feed, row,
  replaced_at, event
FROM record
WHERE subject_id = %s
ORDER BY position DESC
"""
_RECORD = """
SELECT subject_id, position, catalogue, record, source, reference, version, about, occurred, stated, fields, published,
  feed, row, replaced_at, event
FROM record
WHERE position = %s
"""
_SOURCES = "SELECT position, catalogue, source FROM record WHERE position IN ({marks})"
_SUBJECT = "SELECT subject_id FROM record WHERE position = %s"


@dataclass(frozen=True, slots=True)
class Record:
    """What a source stated, as the ledger has it at `position`; `replaced_at` is where something took its place."""

    position: int
    catalogue: str
    record: str
    title: str
    source: str
    source_name: str
    reference: str
    version: int
    about: str | None
    occurred: date
    stated: date
    fields: Mapping[str, Any]
    shown: tuple[tuple[str, str], ...]
    published: str | None
    feed: str
    row: int | None
    replaced_at: int | None
    event: str


def find_subject_of_record(position: int) -> int | None:
    """Whose the record at a position is; None where there is none."""
    return next((int(subject_id) for (subject_id,) in fetch_rows(_SUBJECT, [position])), None)


def find_record(position: int) -> tuple[int, Record] | None:
    """Whose the record at a position is, and the record; None where there is none, or no rules that name its parts."""
    record_rows, on_file = fetch_rows(_RECORD, [position]), list_on_file()
    for subject_id, *row in record_rows:
        if row[1] in on_file:
            return int(subject_id), _build_record(tuple(row), on_file[row[1]].catalogue)
    return None


def list_records(subject_id: int) -> list[Record]:
    """All records about a subject whose rules can be read, newest first."""
    on_file = list_on_file()
    return [
        _build_record(row, on_file[row[1]].catalogue) for row in fetch_rows(_RECORDS, [subject_id]) if row[1] in on_file
    ]


def list_source_names(positions: Collection[int]) -> dict[int, str]:
    """By record, the name of the source that stated it, also of one that whoever asks does not see."""
    if not positions:
        return {}
    marks, on_file = ", ".join(["%s"] * len(positions)), list_on_file()
    source_rows = fetch_rows(_SOURCES.format(marks=marks), list(positions))
    return {
        int(position): _name_source(on_file[name].catalogue, source)
        for position, name, source in source_rows
        if name in on_file
    }


def _name_source(catalogue: Catalogue, source: str) -> str:
    return next((named.name for named in catalogue.sources if named.id == source), source)


def _build_record(row: tuple[Any, ...], catalogue: Catalogue) -> Record:
    (
        position,
        name,
        record,
        source,
        reference,
        version,
        about,
        occurred,
        stated,
        fields,
        published,
        feed,
        line,
        gone,
        event,
    ) = row
    rule, values = catalogue.records[record], json.loads(fields)
    shown = tuple(
        (rule.fields[key].title, _render_field_value(value)) for key, value in values.items() if key in rule.fields
    )
    return Record(
        position,
        name,
        record,
        rule.title,
        source,
        _name_source(catalogue, source),
        reference,
        version,
        about,
        parse_stored_day(occurred),
        parse_stored_day(stated),
        values,
        shown,
        published,
        feed,
        line,
        gone,
        event,
    )


def _render_field_value(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def parse_stored_day(value: date | str) -> date:
    """A day as a table gives it: SQLite keeps text, PostgreSQL days."""
    return date.fromisoformat(value) if isinstance(value, str) else value
