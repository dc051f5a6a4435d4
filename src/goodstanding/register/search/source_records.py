"""A source's own records, found by the reference that it gave them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.queries import fetch_rows

_BY_REFERENCE = """
SELECT record.position, record.catalogue, record.record, record.reference, record.occurred, subject.name, record.event
FROM record
JOIN subject ON subject.id = record.subject_id
WHERE record.source = %s
  AND record.reference = %s
  AND (record.replaced_at IS NULL OR record.replaced_at = record.position)
ORDER BY record.position DESC
LIMIT 20
"""
_NEWEST = """
SELECT max(position)
FROM record
WHERE source = %s
  AND record = %s
  AND reference = %s
"""
_FIRST_SOURCE = "SELECT source FROM record WHERE catalogue = %s ORDER BY position LIMIT 1"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record as its source finds it again: what it is, when it happened, about whom, and whether it was withdrawn."""

    position: int
    title: str
    reference: str
    occurred: date
    subject_name: str
    withdrawn: bool


def list_records_by_reference(source: str, reference: str) -> list[SourceRecord]:
    """The newest 20 records of a source that bear a reference, in their newest version each."""
    on_file = list_on_file()
    return [
        SourceRecord(
            position,
            on_file[catalogue].catalogue.records[record].title,
            record_reference,
            date.fromisoformat(str(occurred)),
            subject_name,
            event == EventKind.RECORD_WITHDRAWN,
        )
        for position, catalogue, record, record_reference, occurred, subject_name, event in fetch_rows(
            _BY_REFERENCE, [source, reference]
        )
        if catalogue in on_file
    ]


def find_newest_position(source: str, record: str, reference: str) -> int | None:
    """Where a source last stated, corrected or withdrew the record of a type that bears a reference, if it ever did."""
    position = fetch_rows(_NEWEST, [source, record, reference])[0][0]
    return None if position is None else int(position)


def find_first_source(catalogue: str) -> str | None:
    """The source of the first record that was stated under a catalogue."""
    return next((source for (source,) in fetch_rows(_FIRST_SOURCE, [catalogue])), None)
