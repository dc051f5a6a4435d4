"""The tree as files (C2SP tlog-tiles): tiles of 256 hashes, bundles of entries, their paths; nodes read from tiles.

Tile `index` of level `level` holds the hashes of 256 neighbouring nodes of 256**level leaves each; the last tile
of a level may be partial. Level -1 stands for the bundles of entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from goodstanding.errors import BadTile
from goodstanding.ledger import merkle
from goodstanding.ledger.merkle import HASH_SIZE
from goodstanding.messages import LedgerMessage, Message

HEIGHT = 8  # levels of the tree in one tile
WIDTH = 1 << HEIGHT  # hashes in a full tile
ENTRIES = -1  # the level that stands for bundles of entries
DEEPEST = 63  # the highest level that a path may name

_PATH = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)

TileBytes = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class TileName:
    """Which tile: its level (-1 for entries), its index there, and how many hashes or entries it holds (1 to 256)."""

    level: int
    index: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        if not (ENTRIES <= self.level <= DEEPEST and self.index >= 0 and 1 <= self.width <= WIDTH):
            raise BadTile(
                Message(LedgerMessage.TILE_IMPOSSIBLE, {"level": self.level, "index": self.index, "width": self.width})
            )

    @property
    def path(self) -> str:
        """Where the tile is served, such as `tile/0/x001/x234/067.p/8`."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"tile/{level}/{_split_thousands(self.index)}{partial}"

    @staticmethod
    def parse(path: str) -> TileName:
        """The tile that a path names; `BadTile` for anything but the one spelling of it."""
        match = _PATH.fullmatch(path)
        if not match:
            raise BadTile(Message(LedgerMessage.TILE_PATH), where=path)
        level, index, width = match.groups()
        name = TileName(
            ENTRIES if level == "entries" else int(level), int(re.sub("[x/]", "", index)), int(width or WIDTH)
        )
        if name.path != path:
            raise BadTile(Message(LedgerMessage.TILE_PATH_SPELLING, {"right": name.path}), where=path)
        return name


def _split_thousands(index: int) -> str:
    groups = f"{index:,}".split(",")
    groups = [group.zfill(3) for group in groups]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])


def list_right_edge(size: int) -> Iterator[TileName]:
    """The partial tiles of a tree of `size` leaves, from the leaves up."""
    level = 0
    while size:
        if size % WIDTH:
            yield TileName(level, size // WIDTH, size % WIDTH)
        level, size = level + 1, size // WIDTH


def compute_tile_width(size: int, level: int, index: int) -> int:
    """How many hashes (or entries) tile `index` of `level` holds in a tree of `size` leaves: 0 to 256."""
    nodes = size >> (HEIGHT * max(level, 0))
    return max(0, min(WIDTH, nodes - index * WIDTH))


def grow_tiles(size: int, edge: TileBytes, leaves: Sequence[bytes]) -> Iterator[tuple[TileName, bytes]]:
    """The tiles that change when leaf hashes are added to a tree of `size` leaves, from the leaves up.

    `edge` gives the stored bytes of a partial tile; nothing but the right edge is read.
    """
    level, start, hashes = 0, size, list(leaves)
    while hashes:
        first, filled = divmod(start, WIDTH)
        row = [*split_tile(edge(level, first), filled), *hashes] if filled else hashes
        chunks = [row[at : at + WIDTH] for at in range(0, len(row), WIDTH)]
        yield from (
            (TileName(level, first + offset, len(chunk)), b"".join(chunk)) for offset, chunk in enumerate(chunks)
        )
        hashes = [merkle.compute_root_of_leaves(chunk) for chunk in chunks if len(chunk) == WIDTH]
        level, start = level + 1, first


def split_tile(tile: bytes, least: int = 1) -> list[bytes]:
    """The hashes in a tile; `BadTile` when it is cut within a hash or holds fewer than `least`."""
    if len(tile) % HASH_SIZE or not least * HASH_SIZE <= len(tile) <= WIDTH * HASH_SIZE:
        raise BadTile(
            Message(LedgerMessage.TILE_LENGTH, {"length": len(tile), "least": least, "most": WIDTH, "size": HASH_SIZE})
        )
    return [tile[at : at + HASH_SIZE] for at in range(0, len(tile), HASH_SIZE)]


class HashReader:
    """A source of nodes that reads nothing but tiles: call it with a node's level and index.

    `tile` gives the bytes of a tile, at least as wide as is needed; the last `keep` of them stay unfolded in memory.
    """

    def __init__(self, tile: TileBytes, keep: int = 64) -> None:
        self._rows = lru_cache(keep)(lambda level, index: merkle.rows_above(split_tile(tile(level, index))))

    def __call__(self, level: int, index: int) -> bytes:
        """The node's hash; `BadTile` where the tile that holds it is too narrow."""
        tile_level, above = divmod(level, HEIGHT)
        tile_index, offset = divmod(index << above, WIDTH)
        try:
            return self._rows(tile_level, tile_index)[above][offset >> above]
        except IndexError as wrong:
            raise BadTile(
                Message(LedgerMessage.TILE_TOO_NARROW, {"level": level, "index": index}),
                where=f"{tile_level}/{tile_index}",
            ) from wrong


def encode_entries(entries: Iterable[bytes]) -> bytes:
    """A bundle: each entry after its length as two bytes, the higher first."""
    try:
        return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
    except OverflowError as wrong:
        raise BadTile(Message(LedgerMessage.ENTRY_TOO_LONG)) from wrong


def decode_entries(bundle: bytes) -> list[bytes]:
    """The entries in a bundle; `BadTile` where it is cut short or holds more than a tile may."""
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if end > len(bundle) or at + 2 > len(bundle):
            raise BadTile(Message(LedgerMessage.BUNDLE_CUT_SHORT), where=f"entry {len(entries)}")
        entries.append(bundle[at + 2 : end])
        at = end
    if len(entries) > WIDTH:
        raise BadTile(Message(LedgerMessage.BUNDLE_TOO_LARGE, {"number": len(entries), "most": WIDTH}))
    return entries
