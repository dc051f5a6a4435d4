"""What goes with an event that is erased: every version of it, the cases about it, and what names an emptied file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from goodstanding.errors import BadInput, NotFound
from goodstanding.ledger import erasure
from goodstanding.ledger import store as ledger
from goodstanding.ledger.erasure import Going
from goodstanding.procedure.hearing import Phase
from goodstanding.register import applications, authorities, enactment, mandates, replies, source_keys
from goodstanding.register.store import rows

KEPT = (
    "RegisterOpened", "StatementReceived", *enactment.KINDS, *source_keys.KINDS, *erasure.KINDS, authorities.MERGED,
    authorities.RENUMBERED,
)  # fmt: skip
_REFERS = ("claim", "mandate", "beside", "reply", "application", "case")
_AT_ONCE = 500
_CASES = """
SELECT case_position
FROM hearing_act
WHERE position IN ({marks})
"""
_ABOUT = """
SELECT position
FROM hearing
WHERE about IN ({marks})
"""
_ACTS = """
SELECT position
FROM hearing_act
WHERE case_position IN ({marks})
"""
_WHOSE = """
SELECT DISTINCT subject_id
FROM record
WHERE position IN ({marks})
"""
_RECORDS = """
SELECT subject_id, position
FROM record
WHERE subject_id IN ({marks})
ORDER BY position
"""
_CALLED = """
SELECT text
FROM identifier
WHERE subject_id IN ({marks})
"""
_FINDINGS = """
SELECT position, subject_id, source, record, reference
FROM record
WHERE position IN ({marks})
"""
_WAY = """
SELECT case_position
FROM hearing_span
WHERE case_position IN ({marks})
  AND phase NOT IN ({over})
  AND valid_from <= '{day}'
  AND (valid_to IS NULL OR valid_to > '{day}')
"""
_OVER = ", ".join(f"'{phase.value}'" for phase in (Phase.ENDED, Phase.GRANTED, Phase.FINAL))


def whole(positions: Iterable[int]) -> tuple[int, ...]:
    """Those positions and all that must go with them, in order.

    Of a record every version, each case about it and each reply beside it; of an act its whole case and the application
    that it came from; of a file that keeps no record also what names it by its identifiers. Raises NotFound, or
    BadInput for what the register rests on.
    """
    found, beside = set(positions), _references()
    _refuse(found)
    while True:
        before = len(found)
        found |= erasure.versions(found) | _of_cases(found)
        found |= _naming(found)
        found |= {position for position, named in beside.items() if named & found}
        if len(found) == before:
            _refuse(found)
            return tuple(sorted(found))


def _references() -> dict[int, set[int]]:
    """For each event about a mandate, an application or a reply, the events with which it goes."""
    found: dict[int, set[int]] = {}
    for entry in ledger.of_kinds((*mandates.KINDS, *applications.KINDS, *replies.KINDS)):
        said = json.loads(entry.body or "{}")
        found.setdefault(entry.position, set()).update(said[name] for name in _REFERS if name in said)
        if "case" in said:  # the application goes with the case that it led to, and not the other way round
            found.setdefault(said["application"], set()).add(said["case"])
    return found


def _refuse(positions: set[int]) -> None:
    size = ledger.size()
    for position in sorted(positions):
        if not 0 <= position < size:
            raise NotFound(f"No event has the position {position}.", remedy=f"0 to {size - 1}")
        entry = next(ledger.read(position, position + 1))
        if entry.body is None:
            raise NotFound(f"The event at {position} was erased before.")
        if entry.kind in KEPT:
            said = f"{entry.kind} at {position} is of those events that the register rests on."
            raise BadInput(said, where=str(position), remedy="a record, an act of a case, or a mandate")


def _of_cases(positions: Collection[int]) -> set[int]:
    """All that was done in the cases that the positions are acts of, or that are about them."""
    cases = {case for (case,) in [*_asked(_CASES, positions), *_asked(_ABOUT, positions)]}
    return {position for (position,) in _asked(_ACTS, cases)}


def _naming(positions: set[int]) -> set[int]:
    """What names a file by its identifiers, of those files of which no record would be left."""
    named = emptied(positions)
    found = {position for text in named for position in erasure.naming(text)}
    return {entry.position for entry in _entries(found) if entry.kind not in KEPT and named & set(_texts(entry))}


def emptied(positions: Collection[int]) -> set[str]:
    """The identifiers of the files of which no record would be left."""
    files = [one for one, left in _left(positions).items() if not left]
    return {text for (text,) in _asked(_CALLED, files)}


def _left(positions: Collection[int]) -> dict[int, list[int]]:
    """For each file that the positions stand in, the records that stay."""
    files = {subject_id: list[int]() for (subject_id,) in _asked(_WHOSE, positions)}
    for subject_id, position in _asked(_RECORDS, files):
        if position not in positions:
            files[subject_id].append(position)
    return files


def _entries(positions: Iterable[int]) -> Iterator[ledger.Entry]:
    for position in sorted(positions):
        yield from ledger.read(position, position + 1)


def _texts(entry: ledger.Entry) -> Iterator[str]:
    """Every text that an event says."""
    yield from _leaves(json.loads(entry.body or "{}"))


def _leaves(said: Any) -> Iterator[str]:
    for value in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        if isinstance(value, str):
            yield value
        else:
            yield from _leaves(value)


def going(positions: Sequence[int]) -> list[Going]:
    """The same as the ledger asks for them: beside which record of its file each stands, and what recognises it."""
    files, gone = _left(set(positions)), set(positions)
    beside = {subject_id: left[0] if left else None for subject_id, left in files.items()}
    found = {row[0]: row[1:] for row in _asked(_FINDINGS, gone)}
    return [_going(position, found.get(position), beside) for position in positions]


def _going(position: int, row: tuple[Any, ...] | None, beside: dict[int, int | None]) -> Going:
    if row is None:
        return Going(position)
    subject_id, source, record, reference = row
    return Going(position, beside[subject_id], f"{source} {record} {reference}")


def under_way(positions: Collection[int], day: date) -> list[int]:
    """The cases among some positions that are under way on a day: not ended, and not final."""
    statement = _WAY.replace("{over}", _OVER).replace("{day}", day.isoformat())
    return sorted({case for (case,) in _asked(statement, positions)})


def words(positions: Iterable[int]) -> set[str]:
    """What the events say about somebody: every text of theirs that is longer than three letters, in lower case."""
    return {text.casefold() for entry in _entries(positions) for text in _telling(entry) if len(text) > 3}


def _telling(entry: ledger.Entry) -> Iterator[str]:
    """The texts that can name somebody or say what was found: not those that name rules, sources or feeds."""
    body = json.loads(entry.body or "{}")
    for name in ("subject", "reference", "text", "fields"):
        yield from _leaves({name: body[name]} if name in body else {})


def evidence(positions: Iterable[int]) -> set[str]:
    """The digests of the evidence files that the events name."""
    return {digest for entry in _entries(positions) for digest in _digests(json.loads(entry.body or "{}"))}


def _digests(said: Any, under: bool = False) -> Iterator[str]:
    items: Iterable[tuple[Any, Any]] = said.items() if isinstance(said, dict) else enumerate(said)
    for key, value in items:
        inside = under or key == "evidence"
        if isinstance(value, dict | list):
            yield from _digests(value, inside)
        elif inside and isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef"):
            yield value


def _asked(statement: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
    """The rows of a question about many positions, so many at a time as any database takes."""
    wanted, found = sorted(values), list[tuple[Any, ...]]()
    for first in range(0, len(wanted), _AT_ONCE):
        asked = wanted[first : first + _AT_ONCE]
        found += rows(statement.format(marks=", ".join(["%s"] * len(asked))), asked)
    return found
