"""What outsiders can check: the signed checkpoint, the tiles, and proofs that lead from one event or tree to another.

Proofs are worked out from tiles alone, as anybody may do who fetches them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connections

from goodstanding.errors import BadTile, NotFound
from goodstanding.ledger import merkle, store, tiles
from goodstanding.ledger.merkle import HASH_SIZE
from goodstanding.ledger.tiles import WIDTH, TileName

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


@dataclass(frozen=True, slots=True)
class Inclusion:
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
class Consistency:
    """Shows that the tree of `new` events begins with the tree of `old`; with the checkpoints that give both roots."""

    old: int
    new: int
    path: tuple[bytes, ...]
    old_checkpoint: str
    new_checkpoint: str


def checkpoint(size: int | None = None) -> str:
    """The newest signed checkpoint, or the one signed at a size; NotFound where there is none."""
    with connections[store.ALIAS].cursor() as cursor:
        return _checkpoint(cursor, size)[1]


def prove(position: int, size: int | None = None) -> Inclusion:
    """That the event at a position stands in the tree of the newest checkpoint, or of the one signed at `size`."""
    with connections[store.ALIAS].cursor() as cursor:
        size, note = _checkpoint(cursor, size)
        if not 0 <= position < size:
            raise NotFound(f"No event has position {position} in a ledger of {size}.")
        (commitment,) = _commitments(cursor, position, position + 1)
        path = merkle.inclusion_path(position, size, _nodes(cursor))
    return Inclusion(position, size, commitment, merkle.leaf_hash(commitment), path, note)


def consistency(old: int, new: int | None = None) -> Consistency:
    """That the tree of the newest checkpoint, or of the one signed at `new`, continues the one signed at `old`."""
    with connections[store.ALIAS].cursor() as cursor:
        old, old_note = _checkpoint(cursor, old)
        new, new_note = _checkpoint(cursor, new)
        path = merkle.consistency_path(old, new, _nodes(cursor))
    return Consistency(old, new, path, old_note, new_note)


def tile(level: int, index: int, width: int = WIDTH) -> bytes:
    """The bytes of a tile as served; NotFound where the tree has none so wide."""
    name = _name(level, index, width)
    with connections[store.ALIAS].cursor() as cursor:
        stored = store.tile_or_none(cursor, level, index) or b""
    if len(stored) < width * HASH_SIZE:
        raise NotFound("The ledger has no such tile.", where=name.path)
    return stored[: width * HASH_SIZE]


def entries(index: int, width: int = WIDTH) -> bytes:
    """The commitments of up to 256 events as a bundle of log entries; NotFound where the ledger has not so many."""
    name = _name(tiles.ENTRIES, index, width)
    with connections[store.ALIAS].cursor() as cursor:
        found = _commitments(cursor, index * WIDTH, index * WIDTH + width)
    if len(found) < width:
        raise NotFound("The ledger has no such entries.", where=name.path)
    return tiles.encode_entries(found)


def served(path: str) -> bytes:
    """What stands at a path of the log's files: `checkpoint`, `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`."""
    if path == "checkpoint":
        return checkpoint().encode()
    try:
        name = TileName.parse(path)
    except BadTile as wrong:
        raise NotFound("The ledger has no such file.", where=path) from wrong
    if name.level == tiles.ENTRIES:
        return entries(name.index, name.width)
    return tile(name.level, name.index, name.width)


def size_at(moment: date | datetime) -> int:
    """The ledger's size as it was known at an instant, or at the end of a day (UTC): how many events were recorded."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.max, UTC)
    with connections[store.ALIAS].cursor() as cursor:
        cursor.execute(_SIZE_AT, [store.instant(moment)])
        return int(cursor.fetchone()[0])


def _checkpoint(cursor: Any, size: int | None) -> tuple[int, str]:
    cursor.execute(_NEWEST if size is None else _OF_SIZE, [] if size is None else [size])
    row = cursor.fetchone()
    if row is None:
        raise NotFound("No checkpoint was signed." if size is None else f"No checkpoint was signed at size {size}.")
    return row


def _commitments(cursor: Any, since: int, until: int) -> list[bytes]:
    cursor.execute(_COMMITMENTS, [since, until])
    return [bytes(commitment) for (commitment,) in cursor.fetchall()]


def _nodes(cursor: Any) -> merkle.Nodes:
    return tiles.HashReader(store.tile_reader(cursor))


def _name(level: int, index: int, width: int) -> TileName:
    try:
        return TileName(level, index, width)
    except BadTile as wrong:
        raise NotFound("The ledger has no such tile.", where=wrong.message) from wrong
