"""Erasing events: body, salt and digest destroyed, the key replaced by its tombstone, and an event that says so.

The commitment stays, so that the tree, every proof and every checkpoint hold as before. Two people sign: one asks
(ErasureAsked), another confirms (ContentErased); a body may be missing only where such an event names its position.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import connections

from goodstanding import config
from goodstanding.errors import BadEvent, NotFound
from goodstanding.ledger import keys, store
from goodstanding.ledger.bulk_read import BATCH_ROWS
from goodstanding.ledger.erasure_statements import (
    ErasedEventRow,
    Erasure,
    ErasureRequest,
    ErasureSignature,
)
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.span_verification import LedgerFinding, MissingBody, build_finding
from goodstanding.ledger.store import ALIAS, EventDraft
from goodstanding.ledger.store.filed_keys import read_filed_versions
from goodstanding.ledger.tombstones import choose_tombstones, make_tombstone
from goodstanding.messages import LedgerMessage, Message

ASKED, ERASED, REFUSED = ERASURE_KINDS = ("ErasureAsked", "ContentErased", "ErasureRefused")
ASK, CONFIRM = "ask", "confirm"
MOST_POSITIONS = 5_000  # positions in one event

_EVENTS = """
    SELECT position, kind, key, version, body IS NULL
    FROM ledger_event
    WHERE position IN ({marks})"""
_CHAINS = """
    SELECT position
    FROM ledger_event
    WHERE key IN (SELECT key FROM ledger_event WHERE position IN ({marks}))"""
_NAMING = {
    "sqlite": """
    SELECT position
    FROM ledger_event
    WHERE key IS NULL
      AND instr(body, %s) > 0""",
    "postgresql": """
    SELECT position
    FROM ledger_event
    WHERE key IS NULL
      AND strpos(body, %s) > 0""",
}
_DESTROY = """
    UPDATE ledger_event
    SET body = NULL, salt = NULL, digest = NULL, key = %s
    WHERE position = %s"""
_LEFT = "INSERT INTO ledger_leftover (position, files) VALUES (%s, %s)"
_LEFTOVERS = "SELECT position, files FROM ledger_leftover ORDER BY position"
_CLEAR_LEFTOVER = "DELETE FROM ledger_leftover WHERE position = %s"


class ErasureTarget(msgspec.Struct, frozen=True):
    """An event that is to be erased; `key` finds it again where it is filed under none."""

    position: int
    beside: int | None = None
    key: str = ""


def build_event_content(statement: ErasureRequest | Erasure) -> dict[str, Any]:
    """What is said, as the body of an event."""
    content: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(statement))
    return content


def is_same_person(name: str, other_name: str) -> bool:
    """Whether two names are one person's, however they are typed."""
    return _normalise_name(name) == _normalise_name(other_name)


def _normalise_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def list_version_positions(positions: Iterable[int]) -> set[int]:
    """The positions of all events that are filed under the same keys as those at some positions."""
    with connections[ALIAS].cursor() as cursor:
        return {position for (position,) in _fetch_rows(cursor, _CHAINS, positions)}


def list_naming_positions(text: str) -> set[int]:
    """The events without a key, few among many records, in whose body a text stands."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_NAMING[cursor.db.vendor], [text])
        return {position for (position,) in cursor.fetchall()}


def erase_events(
    targets: Sequence[ErasureTarget],
    asked_at: int,
    by: str,
    files: Collection[str],
    recorded_at: datetime,
    signer: Signer,
) -> int:
    """Erases what was asked for at a position, confirmed by somebody else; gives the position of the ContentErased.

    One transaction destroys the rows, appends the event and notes what is left to wash out of the files, `files` being
    the digests of evidence. Raises BadEvent, and then nothing has changed, where it is not what was asked for, one
    person signed twice, a further version of a key is left out, or something was erased before.
    """
    with store.hold_append_lock(), connections[ALIAS].cursor() as cursor:
        request = get_erasure_request(asked_at)
        erased_events = _build_erased_events(cursor, targets)
        if missing := set(request.positions) - {erased_event.position for erased_event in erased_events}:
            raise BadEvent(Message(LedgerMessage.ERASURE_LACKS_REQUESTED), where=f"position {min(missing)}")
        signed = (ErasureSignature(ASK, request.by), ErasureSignature(CONFIRM, by))
        erasure = Erasure(asked_at, erased_events, request.reason, request.basis, signed, recorded_at.date())
        if problem := _find_missing_signature(erasure):
            raise BadEvent(problem, where=f"position {asked_at}")
        position = store.append([EventDraft(ERASED, build_event_content(erasure))], recorded_at, signer).size - 1
        _destroy(cursor, erased_events)
        cursor.execute(_LEFT, [position, msgspec.json.encode(sorted(files)).decode()])
    return position


def get_erasure_request(position: int) -> ErasureRequest:
    """What was asked for by the event at a position; raises NotFound where it is no ErasureAsked."""
    entry = next(iter(store.read_entries(position, position + 1)), None) if position >= 0 else None
    if entry is None or entry.kind != ASKED or entry.body is None:
        raise NotFound(Message(LedgerMessage.ERASURE_NOT_REQUESTED, {"position": position}))
    return msgspec.json.decode(entry.body, type=ErasureRequest)


def _build_erased_events(cursor: Any, targets: Sequence[ErasureTarget]) -> tuple[ErasedEventRow, ...]:
    """The rows as they will be left; BadEvent for what cannot be erased."""
    if not 0 < len(targets) <= MOST_POSITIONS:
        raise BadEvent(Message(LedgerMessage.ERASURE_SIZE, {"number": len(targets), "most": MOST_POSITIONS}))
    wanted = {target.position: target for target in targets}
    rows = {row[0]: row[1:] for row in _fetch_rows(cursor, _EVENTS, wanted)}
    if lacking := sorted(set(wanted) - set(rows)) or [at for at, row in rows.items() if row[-1]]:
        raise BadEvent(Message(LedgerMessage.ERASURE_OF_NOTHING), where=f"position {lacking[0]}")
    if further := list_version_positions(wanted) - set(wanted):
        raise BadEvent(Message(LedgerMessage.ERASURE_LACKS_VERSION), where=f"position {min(further)}")
    keys_by_position = {position: rows[position][1] or target.key for position, target in wanted.items()}
    tombstones = _choose_tombstones(cursor, filter(None, keys_by_position.values()))
    return tuple(
        _build_erased_event(target, kind, tombstones.get(keys_by_position[target.position], ""), version)
        for target in sorted(wanted.values(), key=lambda target: target.position)
        for kind, _key, version, _is_bare in [rows[target.position]]
    )


def _choose_tombstones(cursor: Any, erased_keys: Iterable[str]) -> dict[str, str]:
    """The tombstone of each key, none of them that of another record erased before."""
    secret, distinct_keys = keys.load_tombstone_secret(config.get_current_register().folder), set(erased_keys)
    taken = read_filed_versions(cursor, {make_tombstone(key, secret) for key in distinct_keys})
    return choose_tombstones(distinct_keys, taken.keys(), secret)


def _build_erased_event(target: ErasureTarget, kind: str, tombstone: str, version: int | None) -> ErasedEventRow:
    if kind in ERASURE_KINDS:
        raise BadEvent(Message(LedgerMessage.KIND_NEVER_ERASED, {"kind": kind}), where=f"position {target.position}")
    return ErasedEventRow(target.position, kind, version, tombstone, target.beside)


def _destroy(cursor: Any, erased_events: Sequence[ErasedEventRow]) -> None:
    if cursor.db.vendor == "sqlite":
        cursor.execute("PRAGMA secure_delete = ON")  # what is destroyed is overwritten at once
    cursor.executemany(
        _DESTROY, [(erased_event.tombstone or None, erased_event.position) for erased_event in erased_events]
    )


def _fetch_rows(cursor: Any, statement: str, positions: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    wanted = sorted(positions)
    for first in range(0, len(wanted), BATCH_ROWS):
        batch = wanted[first : first + BATCH_ROWS]
        cursor.execute(statement.format(marks=", ".join(["%s"] * len(batch))), batch)
        yield from cursor.fetchall()


def list_erasures(since: int = 0) -> dict[int, Erasure]:
    """Every erasure from a position on, by the position of its event."""
    entries = store.list_entries_of_kinds((ERASED,), since)
    return {entry.position: msgspec.json.decode(entry.body or "", type=Erasure) for entry in entries}


def list_erasure_findings(missing: Iterable[MissingBody], size: int) -> Iterator[LedgerFinding]:
    """What does not hold about erasures: bodies gone that none names, or still there; and those not signed by two.

    `size` is the ledger's before the bodies were looked at: what was erased since may have been there still.
    """
    named, late = dict[int, ErasedEventRow](), set[int]()
    for entry in store.list_entries_of_kinds((ERASED,)):
        if problem := _find_refutation(entry):
            yield build_finding("erasure", f"position {entry.position}", problem)
        else:
            erasure = msgspec.json.decode(entry.body or "", type=Erasure)
            named |= {erased_event.position: erased_event for erased_event in erasure.erased}
            late |= {erased_event.position for erased_event in erasure.erased if entry.position >= size}
    for row in missing:
        yield from _compare_row(row, named.pop(row.position, None))
    for position in named.keys() - late:
        yield LedgerFinding("not-erased", f"position {position}", LedgerMessage.BODY_NOT_DESTROYED)


def _find_refutation(entry: store.LedgerEntry) -> Message | None:
    """Why an event does not show that two people erased what it names; nothing where it does."""
    try:
        erasure = msgspec.json.decode(entry.body or "", type=Erasure)
        request = get_erasure_request(erasure.requested_at)
    except (msgspec.DecodeError, NotFound) as wrong:
        return Message(LedgerMessage.ERASURE_WITHOUT_REQUEST, {"problem": str(wrong)})
    if (request.reason, request.basis) != (erasure.reason, erasure.basis) or erasure.requested_at >= entry.position:
        return Message(LedgerMessage.ERASURE_OF_ANOTHER_REQUEST)
    if not set(request.positions) <= {erased_event.position for erased_event in erasure.erased}:
        return Message(LedgerMessage.ERASURE_INCOMPLETE)
    if request.by not in [signature.by for signature in erasure.signed if signature.role == ASK]:
        return Message(LedgerMessage.ERASURE_REQUESTED_BY_ANOTHER)
    if any(
        erased_event.position >= entry.position or erased_event.kind in ERASURE_KINDS for erased_event in erasure.erased
    ):
        return Message(LedgerMessage.ERASURE_IMPOSSIBLE)
    return _find_missing_signature(erasure)


def _find_missing_signature(erasure: Erasure) -> Message | None:
    """Why an erasure lacks its two signatures; nothing where it has them."""
    by = {signature.role: signature.by for signature in erasure.signed if signature.by.strip()}
    if len(erasure.signed) != 2 or set(by) != {ASK, CONFIRM}:
        return Message(LedgerMessage.ERASURE_UNSIGNED)
    return Message(LedgerMessage.ERASURE_SIGNED_BY_ONE) if is_same_person(by[ASK], by[CONFIRM]) else None


def _compare_row(row: MissingBody, erased_event: ErasedEventRow | None) -> Iterator[LedgerFinding]:
    where = f"position {row.position}"
    if erased_event is None:
        yield LedgerFinding("body-missing", where, LedgerMessage.BODY_GONE)
    elif not row.bare or (erased_event.kind, erased_event.version, erased_event.tombstone) != (
        row.kind,
        row.version,
        row.key,
    ):
        yield LedgerFinding("erased-row", where, LedgerMessage.ERASED_ROW_DIFFERS)


def list_leftovers() -> dict[int, tuple[str, ...]]:
    """The erasures of which something may still stand outside their rows, each with the evidence to be destroyed."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_LEFTOVERS)
        return {position: tuple(msgspec.json.decode(files)) for position, files in cursor.fetchall()}


def purge_free_pages() -> bool:
    """Rewrites the ledger's database, so that nothing destroyed stands in free pages; whether it could do so wholly.

    On SQLite nothing is left in the file or its log. On PostgreSQL dead rows are gone for every query; their bytes stay
    in the files until they are overwritten, and in the server's own log and backups.
    """
    with connections[ALIAS].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            cursor.execute("VACUUM (ANALYZE) ledger_event")
            return True
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not cursor.fetchone()[0]


def clear_leftovers(positions: Iterable[int]) -> None:
    """Notes that nothing is left of some erasures."""
    with connections[ALIAS].cursor() as cursor:
        cursor.executemany(_CLEAR_LEFTOVER, [(position,) for position in positions])
