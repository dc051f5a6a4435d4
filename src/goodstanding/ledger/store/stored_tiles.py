"""The tiles of the tree as they are stored: read one by one, and grown by new leaves."""

from __future__ import annotations

from typing import Any

from goodstanding.errors import LedgerDiffers
from goodstanding.ledger import merkle, tiles
from goodstanding.messages import LedgerMessage, Message

_TILE = """
    SELECT hashes
    FROM ledger_tile
    WHERE level = %s
      AND "index" = %s"""
_PUT_TILE = """
    INSERT INTO ledger_tile (level, "index", hashes)
    VALUES (%s, %s, %s)
    ON CONFLICT (level, "index") DO UPDATE
    SET hashes = excluded.hashes"""


def build_tile_reader(cursor: Any) -> tiles.TileBytes:
    """Stored tiles by level and index, as wide as they stand; LedgerDiffers where one is missing."""

    def read(level: int, index: int) -> bytes:
        stored = find_tile(cursor, level, index)
        if stored is None:
            raise LedgerDiffers(Message(LedgerMessage.TILE_MISSING), where=f"level {level}, index {index}")
        return stored

    return read


def find_tile(cursor: Any, level: int, index: int) -> bytes | None:
    """A stored tile as wide as it stands, if it is there."""
    cursor.execute(_TILE, [level, index])
    row = cursor.fetchone()
    return bytes(row[0]) if row else None


def write_tiles(cursor: Any, size: int, leaves: list[bytes]) -> bytes:
    """Writes the tiles that the new leaves change; the new root."""
    grown = {
        (name.level, name.index): hashes for name, hashes in tiles.grow_tiles(size, build_tile_reader(cursor), leaves)
    }
    cursor.executemany(_PUT_TILE, [(level, index, hashes) for (level, index), hashes in grown.items()])
    read = build_tile_reader(cursor)
    node = tiles.HashReader(lambda level, index: grown.get((level, index)) or read(level, index))
    return merkle.compute_root(size + len(leaves), node)
