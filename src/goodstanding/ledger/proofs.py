"""What outsiders can check: the signed checkpoint, the tiles, and proofs that lead from one event or tree to another.

Proofs are worked out from tiles alone, as anybody may do who fetches them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from django.db import connections

from goodstanding.errors import BadTile, NotFound
from goodstanding.ledger import merkle, store, tiles
from goodstanding.ledger.merkle import HASH_SIZE
from goodstanding.ledger.tiles import WIDTH, TileName
from goodstanding.messages import LedgerMessage, Message

_NEWEST = """
    SELECT size, note
    FROM ledger_checkpoint
    ORDER BY size DESC
    LIMIT 1"""
_OF_SIZE = """
    SELECT size, note
    FROM ledger_checkpoint
    WHERE size = %s"""
_SIZE_AT = """
    SELECT coalesce(max(size), 0)
    FROM ledger_checkpoint
    WHERE recorded_at <= %s"""
_COMMITMENTS = """
    SELECT commitment
    FROM ledger_event
    WHERE position >= %s
      AND position < %s
    ORDER BY position"""
_EVENT = """
    SELECT position, recorded_at, kind, body, salt
    FROM ledger_event
    WHERE position = %s"""
_STAMPS = """
    SELECT position, recorded_at, commitment
    FROM ledger_event
    WHERE position IN ({marks})
    ORDER BY position"""


class SaltedEvent(NamedTuple):
    """An event with the salt that its commitment is computed with; body and salt are None once erased."""

    position: int
    recorded_at: str
    kind: str
    body: str | None
    salt: bytes | None


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Shows that an event stands in the tree of `size` events: path leads from leaf hash to the checkpoint's root.

    The leaf hash is SHA-256 over 0x00 and the commitment, which is SHA-256 over the event's salt and body.
    """

    position: int
    size: int
    commitment: bytes
    leaf_hash: bytes
    path: tuple[bytes, ...]
    checkpoint: str


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """Shows that the tree of `new` events begins with the tree of `old`; with the checkpoints that give both roots."""

    old: int
    new: int
    path: tuple[bytes, ...]
    old_checkpoint: str
    new_checkpoint: str


def get_checkpoint(size: int | None = None) -> str:
    """The newest signed checkpoint, or the one signed at a size; NotFound where there is none."""
    with connections[store.ALIAS].cursor() as cursor:
        return _get_checkpoint_row(cursor, size)[1]


def prove_inclusion(position: int, size: int | None = None) -> InclusionProof:
    """That the event at a position stands in the tree of the newest checkpoint, or of the one signed at `size`."""
    with connections[store.ALIAS].cursor() as cursor:
        size, note = _get_checkpoint_row(cursor, size)
        if not 0 <= position < size:
            raise NotFound(Message(LedgerMessage.EVENT_BEYOND_CHECKPOINT, {"position": position, "size": size}))
        (commitment,) = _list_commitments(cursor, position, position + 1)
        path = merkle.inclusion_path(position, size, _build_node_reader(cursor))
    return InclusionProof(position, size, commitment, merkle.leaf_hash(commitment), path, note)


def prove_consistency(old: int, new: int | None = None) -> ConsistencyProof:
    """That the tree of the newest checkpoint, or of the one signed at `new`, continues the one signed at `old`."""
    with connections[store.ALIAS].cursor() as cursor:
        old, old_note = _get_checkpoint_row(cursor, old)
        new, new_note = _get_checkpoint_row(cursor, new)
        path = merkle.consistency_path(old, new, _build_node_reader(cursor))
    return ConsistencyProof(old, new, path, old_note, new_note)


def get_salted_event(position: int) -> SaltedEvent:
    """The event at a position, with what its commitment is computed from; raises NotFound."""
    with connections[store.ALIAS].cursor() as cursor:
        cursor.execute(_EVENT, [position])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(Message(LedgerMessage.EVENT_UNKNOWN, {"position": position}))
    _position, recorded_at, kind, body, salt = row
    return SaltedEvent(position, recorded_at, kind, body, None if salt is None else bytes(salt))


def list_event_stamps(positions: Iterable[int]) -> list[tuple[int, str, bytes]]:
    """Where, when and under which commitment each of some events was recorded, in order."""
    wanted = list(positions)
    if not wanted:
        return []
    with connections[store.ALIAS].cursor() as cursor:
        cursor.execute(_STAMPS.format(marks=", ".join(["%s"] * len(wanted))), wanted)
        return [(position, recorded_at, bytes(commitment)) for position, recorded_at, commitment in cursor.fetchall()]


def get_tile(level: int, index: int, width: int = WIDTH) -> bytes:
    """The bytes of a tile as served; NotFound where the tree has none so wide."""
    name = _build_tile_name(level, index, width)
    with connections[store.ALIAS].cursor() as cursor:
        stored = store.find_tile(cursor, level, index) or b""
    if len(stored) < width * HASH_SIZE:
        raise NotFound(Message(LedgerMessage.TILE_UNKNOWN), where=name.path)
    return stored[: width * HASH_SIZE]


def get_entry_bundle(index: int, width: int = WIDTH) -> bytes:
    """The commitments of up to 256 events as a bundle of log entries; NotFound where the ledger has not so many."""
    name = _build_tile_name(tiles.ENTRIES, index, width)
    with connections[store.ALIAS].cursor() as cursor:
        commitments = _list_commitments(cursor, index * WIDTH, index * WIDTH + width)
    if len(commitments) < width:
        raise NotFound(Message(LedgerMessage.ENTRIES_UNKNOWN), where=name.path)
    return tiles.encode_entries(commitments)


def get_log_file(path: str) -> bytes:
    """What stands at a path of the log's files: `checkpoint`, `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`."""
    if path == "checkpoint":
        return get_checkpoint().encode()
    try:
        name = TileName.parse(path)
    except BadTile as wrong:
        raise NotFound(Message(LedgerMessage.LOG_FILE_UNKNOWN), where=path) from wrong
    if name.level == tiles.ENTRIES:
        return get_entry_bundle(name.index, name.width)
    return get_tile(name.level, name.index, name.width)


def get_size_at(moment: date | datetime) -> int:
    """The ledger's size as it was known at an instant, or at the end of a day (UTC): how many events were recorded."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.max, UTC)
    with connections[store.ALIAS].cursor() as cursor:
        cursor.execute(_SIZE_AT, [store.format_instant(moment)])
        return int(cursor.fetchone()[0])


def _get_checkpoint_row(cursor: Any, size: int | None) -> tuple[int, str]:
    cursor.execute(_NEWEST if size is None else _OF_SIZE, [] if size is None else [size])
    row = cursor.fetchone()
    if row is None:
        code = LedgerMessage.NO_CHECKPOINT if size is None else LedgerMessage.NO_CHECKPOINT_OF_SIZE
        raise NotFound(Message(code, {"size": size}))
    return row


def _list_commitments(cursor: Any, since: int, until: int) -> list[bytes]:
    cursor.execute(_COMMITMENTS, [since, until])
    return [bytes(commitment) for (commitment,) in cursor.fetchall()]


def _build_node_reader(cursor: Any) -> merkle.Nodes:
    return tiles.HashReader(store.build_tile_reader(cursor))


def _build_tile_name(level: int, index: int, width: int) -> TileName:
    try:
        return TileName(level, index, width)
    except BadTile as wrong:
        raise NotFound(Message(LedgerMessage.TILE_UNKNOWN), where=wrong.message) from wrong
