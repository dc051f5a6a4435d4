"""What goes with an event that is erased: every version of it, the cases about it, and what names an emptied file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from goodstanding.errors import BadInput, NotFound
from goodstanding.ledger import content_erasure
from goodstanding.ledger import store as ledger
from goodstanding.ledger.content_erasure import ErasureTarget
from goodstanding.messages import Message, RegisterMessage
from goodstanding.procedure.case_states import Phase
from goodstanding.register.storage.event_kinds import (
    APPLICATION_KINDS,
    KEPT_KINDS,
    MANDATE_KINDS,
    REPLY_KINDS,
    SAMPLE_KINDS,
)
from goodstanding.register.storage.evidence_store import list_digests_named
from goodstanding.register.storage.queries import fetch_rows

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


def expand_scope(positions: Iterable[int]) -> tuple[int, ...]:
    """Those positions and all that must go with them, in order.

    Of a record every version, each case about it and each reply beside it; of an act its whole case and the application
    that it came from; of a file that keeps no record also what names it by its identifiers. Raises NotFound, or
    BadInput for what the register rests on.
    """
    scope, references = set(positions), _map_references()
    _refuse_if_not_erasable(scope)
    while True:
        before = len(scope)
        scope |= content_erasure.list_version_positions(scope) | _list_case_acts(scope)
        scope |= _list_naming_events(scope)
        scope |= {position for position, named in references.items() if named & scope}
        if len(scope) == before:
            _refuse_if_not_erasable(scope)
            return tuple(sorted(scope))


def _map_references() -> dict[int, set[int]]:
    """For each event about a mandate, an application, a reply or a sample, the events with which it goes."""
    references: dict[int, set[int]] = {}
    for entry in ledger.list_entries_of_kinds((*MANDATE_KINDS, *APPLICATION_KINDS, *REPLY_KINDS, *SAMPLE_KINDS)):
        body = json.loads(entry.body or "{}")
        references.setdefault(entry.position, set()).update(body[name] for name in _REFERS if name in body)
        if "case" in body:  # the application goes with the case that it led to, and not the other way round
            references.setdefault(body["application"], set()).add(body["case"])
    return references


def _refuse_if_not_erasable(positions: set[int]) -> None:
    size = ledger.get_ledger_size()
    for position in sorted(positions):
        if not 0 <= position < size:
            raise NotFound(Message(RegisterMessage.EVENT_MISSING, {"position": position, "last": size - 1}))
        entry = next(ledger.read_entries(position, position + 1))
        if entry.body is None:
            raise NotFound(Message(RegisterMessage.EVENT_ERASED, {"position": position}))
        if entry.kind in KEPT_KINDS:
            message = Message(RegisterMessage.EVENT_NOT_ERASABLE, {"kind": entry.kind, "position": position})
            raise BadInput(message, where=str(position))


def _list_case_acts(positions: Collection[int]) -> set[int]:
    """All that was done in the cases that the positions are acts of, or that are about them."""
    cases = {case for (case,) in [*_fetch_in_batches(_CASES, positions), *_fetch_in_batches(_ABOUT, positions)]}
    return {position for (position,) in _fetch_in_batches(_ACTS, cases)}


def _list_naming_events(positions: set[int]) -> set[int]:
    """What names a file by its identifiers, of those files of which no record would be left."""
    named = list_emptied_identifiers(positions)
    naming_positions = {position for text in named for position in content_erasure.list_naming_positions(text)}
    return {
        entry.position
        for entry in _read_entries(naming_positions)
        if entry.kind not in KEPT_KINDS and named & set(_list_texts(entry))
    }


def list_emptied_identifiers(positions: Collection[int]) -> set[str]:
    """The identifiers of the files of which no record would be left."""
    files = [subject_id for subject_id, left in _list_remaining_records(positions).items() if not left]
    return {text for (text,) in _fetch_in_batches(_CALLED, files)}


def _list_remaining_records(positions: Collection[int]) -> dict[int, list[int]]:
    """For each file that the positions stand in, the records that stay."""
    files = {subject_id: list[int]() for (subject_id,) in _fetch_in_batches(_WHOSE, positions)}
    for subject_id, position in _fetch_in_batches(_RECORDS, files):
        if position not in positions:
            files[subject_id].append(position)
    return files


def _read_entries(positions: Iterable[int]) -> Iterator[ledger.LedgerEntry]:
    for position in sorted(positions):
        yield from ledger.read_entries(position, position + 1)


def _list_texts(entry: ledger.LedgerEntry) -> Iterator[str]:
    """Every text that an event says."""
    yield from _list_leaf_texts(json.loads(entry.body or "{}"))


def _list_leaf_texts(content: Any) -> Iterator[str]:
    for value in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        if isinstance(value, str):
            yield value
        else:
            yield from _list_leaf_texts(value)


def list_deletions(positions: Sequence[int]) -> list[ErasureTarget]:
    """The same as the ledger asks for them: beside which record of its file each stands, and what recognises it."""
    files, erased_positions = _list_remaining_records(set(positions)), set(positions)
    records_beside = {subject_id: left[0] if left else None for subject_id, left in files.items()}
    findings_by_position = {row[0]: row[1:] for row in _fetch_in_batches(_FINDINGS, erased_positions)}
    return [_build_deletion(position, findings_by_position.get(position), records_beside) for position in positions]


def _build_deletion(position: int, row: tuple[Any, ...] | None, records_beside: dict[int, int | None]) -> ErasureTarget:
    if row is None:
        return ErasureTarget(position)
    subject_id, source, record, reference = row
    return ErasureTarget(position, records_beside[subject_id], f"{source} {record} {reference}")


def select_open_cases(positions: Collection[int], day: date) -> list[int]:
    """The cases among some positions that are under way on a day: not ended, and not final."""
    statement = _WAY.replace("{over}", _OVER).replace("{day}", day.isoformat())
    return sorted({case for (case,) in _fetch_in_batches(statement, positions)})


def list_identifying_words(positions: Iterable[int]) -> set[str]:
    """What the events say about somebody: every text of theirs that is longer than three letters, in lower case."""
    return {
        text.casefold()
        for entry in _read_entries(positions)
        for text in _list_identifying_texts(entry)
        if len(text) > 3
    }


def _list_identifying_texts(entry: ledger.LedgerEntry) -> Iterator[str]:
    """The texts that can name somebody or say what was found: not those that name rules, sources or feeds."""
    body = json.loads(entry.body or "{}")
    for name in ("subject", "reference", "text", "fields"):
        yield from _list_leaf_texts({name: body[name]} if name in body else {})


def list_evidence_digests(positions: Iterable[int]) -> set[str]:
    """The digests of the evidence files that the events name."""
    return {
        digest for entry in _read_entries(positions) for digest in list_digests_named(json.loads(entry.body or "{}"))
    }


def _fetch_in_batches(statement: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
    """The rows of a question about many positions, so many at a time as any database takes."""
    wanted, result_rows = sorted(values), list[tuple[Any, ...]]()
    for first in range(0, len(wanted), _AT_ONCE):
        batch = wanted[first : first + _AT_ONCE]
        result_rows += fetch_rows(statement.format(marks=", ".join(["%s"] * len(batch))), batch)
    return result_rows
