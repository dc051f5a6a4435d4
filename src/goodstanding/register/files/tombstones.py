"""What stays of an erased event: its position, the day, why and on which law; read by subject or by position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from goodstanding.register.storage.queries import fetch_rows

_OF_SUBJECT = """
SELECT erasure.position, erasure.day, erasure.code, erasure.law, erasure.article
FROM erasure
JOIN record ON record.position = erasure.beside
WHERE record.subject_id = %s
ORDER BY erasure.position
"""
_AT = "SELECT position, day, code, law, article FROM erasure WHERE position = %s"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That the event at a position was erased, on which day, why (a code) and on which law; not what it said."""

    position: int
    day: date
    code: str
    law: str
    article: str


def list_tombstones(subject_id: int) -> list[Tombstone]:
    """What was erased from a subject's file, in the order of the ledger."""
    return [_build_tombstone(row) for row in fetch_rows(_OF_SUBJECT, [subject_id])]


def find_tombstone(position: int) -> Tombstone | None:
    """The erasure of the event at a position, if it was erased."""
    return next((_build_tombstone(row) for row in fetch_rows(_AT, [position])), None)


def _build_tombstone(row: tuple[Any, ...]) -> Tombstone:
    position, day, code, law, article = row
    return Tombstone(position, date.fromisoformat(str(day)), code, law, article)
