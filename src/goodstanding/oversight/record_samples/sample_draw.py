"""Which records of a year are looked at: drawn by its ledger's root, so that nobody chooses and anybody can check."""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goodstanding.errors import BadDay
from goodstanding.ledger.proofs import get_checkpoint, get_size_at
from goodstanding.messages import Message, OversightMessage
from goodstanding.oversight.reporting_period import build_year_window
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema

SAMPLE_SIZE = 20  # of each record type: from 10 on a count may be shown
_RECORDS = """
SELECT position, catalogue, record
FROM record
WHERE position >= {first} AND position < {last}
"""
_COLUMNS = build_schema(position=NUMBER, catalogue=TEXT, record=TEXT)
_RecordType = tuple[str, str]  # catalogue, record type


@dataclass(frozen=True, slots=True)
class SampledRecord:
    """A record that was drawn: the position of its event, its catalogue and type."""

    position: int
    catalogue: str
    record: str


def draw_sample(year: int, at: date) -> tuple[SampledRecord, ...]:
    """The records drawn of a year, some of each type; raises BadDay for a year that is not over.

    Those come first whose position, hashed with the year and the checkpoint at its end, gives the least number. What
    was erased has no row any more: the next one takes its place.
    """
    window = build_year_window(year, at)
    if not window.over:
        raise BadDay(Message(OversightMessage.YEAR_GOES_ON, {"year": year, "day": window.until}), where="year")
    first, last = (get_size_at(day - timedelta(days=1)) for day in (window.since, window.until))
    if first == last:
        return ()
    checkpoint = get_checkpoint(last).splitlines()[:3]  # origin, size and root, without the signatures
    drawn = _draw_positions(first, last, "\n".join((str(year), *checkpoint)))
    return tuple(
        SampledRecord(position, *record_type) for record_type in sorted(drawn) for position in drawn[record_type]
    )


def _draw_positions(first: int, last: int, key: str) -> dict[_RecordType, list[int]]:
    drawn: dict[_RecordType, list[int]] = defaultdict(list)
    for positions_by_type in _read_positions(first, last):
        for record_type, positions in positions_by_type.items():
            candidates = [*drawn[record_type], *positions]
            drawn[record_type] = heapq.nsmallest(SAMPLE_SIZE, candidates, lambda position: _compute_lot(key, position))
    return drawn


def _read_positions(first: int, last: int) -> Iterator[dict[_RecordType, list[int]]]:
    with open_column_store() as store:
        table = store.read(_RECORDS.format(first=first, last=last), _COLUMNS)
    for batch in table.to_batches():
        positions_by_type: dict[_RecordType, list[int]] = defaultdict(list)
        for position, catalogue, record in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            positions_by_type[catalogue, record].append(position)
        yield positions_by_type


def _compute_lot(key: str, position: int) -> bytes:
    return hashlib.sha256(f"{key}\n{position}".encode()).digest()
