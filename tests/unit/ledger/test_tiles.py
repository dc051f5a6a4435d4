"""Paths, tiles and bundles as C2SP tlog-tiles writes them."""

from __future__ import annotations

import hashlib

import pytest

from goodstanding.errors import BadTile
from goodstanding.ledger import merkle, tiles
from goodstanding.ledger.tiles import TileName

LEAVES = [hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(70_000)]

PATHS = {
    "tile/0/000": TileName(0, 0),
    "tile/0/x001/234": TileName(0, 1234),
    "tile/0/x001/x234/067": TileName(0, 1_234_067),
    "tile/0/x001/x234/067.p/8": TileName(0, 1_234_067, 8),
    "tile/1/x001/000": TileName(1, 1000),
    "tile/63/999.p/255": TileName(63, 999, 255),
    "tile/entries/000.p/1": TileName(tiles.ENTRIES, 0, 1),
    "tile/entries/x100/000": TileName(tiles.ENTRIES, 100_000),
}


@pytest.mark.parametrize("path", PATHS)
def test_paths_are_written_and_read_as_specified(path: str) -> None:
    """A tile and its path name each other."""
    assert PATHS[path].path == path
    assert TileName.parse(path) == PATHS[path]


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/0/x000/001",
        "tile/0/001/x234",
        "tile/0/1234",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/08",
        "tile/0/000.p/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/٠٠٠",
        "tile/data/000",
        "tile/entries/000\n",
        "checkpoint",
    ],
)
def test_any_other_spelling_is_no_path(path: str) -> None:
    """Only the one spelling of a path is answered."""
    with pytest.raises(BadTile):
        TileName.parse(path)


def test_a_tree_of_70000_has_the_tiles_of_the_specification() -> None:
    """273 full tiles of leaves and one of 112, one full tile above and one of 17, and one hash at the top."""
    grown = [name for name, _ in tiles.grow_tiles(0, _no_tile, LEAVES)]
    widths = {level: [name.width for name in grown if name.level == level] for level in range(3)}
    assert widths == {0: [256] * 273 + [112], 1: [256, 17], 2: [1]}
    assert list(tiles.list_right_edge(70_000)) == [TileName(0, 273, 112), TileName(1, 1, 17), TileName(2, 0, 1)]


def test_a_tree_of_256_has_a_full_tile_and_one_hash_above() -> None:
    """A full tile's hash stands in the level above at once."""
    assert [name for name, _ in tiles.grow_tiles(0, _no_tile, LEAVES[:256])] == [TileName(0, 0), TileName(1, 0, 1)]


def test_growing_reads_and_writes_the_right_edge_only() -> None:
    """One more leaf touches one tile a level at most, and only the partial tile before it is read."""
    stored = {(name.level, name.index): tile for name, tile in tiles.grow_tiles(0, _no_tile, LEAVES[:69_999])}
    read: list[tuple[int, int]] = []

    def edge(level: int, index: int) -> bytes:
        read.append((level, index))
        return stored[level, index]

    assert [name for name, _ in tiles.grow_tiles(69_999, edge, LEAVES[69_999:])] == [TileName(0, 273, 112)]
    assert read == [(0, 273)]


def test_a_stored_tile_that_is_too_narrow_is_refused() -> None:
    """A tree cannot grow from an edge that lacks hashes."""
    with pytest.raises(BadTile):
        list(tiles.grow_tiles(10, lambda level, index: LEAVES[0] * 9, LEAVES[:1]))


def test_a_node_beyond_a_narrow_tile_is_refused() -> None:
    """A reader does not make up the hash that a tile lacks."""
    node = tiles.HashReader(lambda level, index: b"".join(LEAVES[:3]))
    assert node(1, 0) == merkle.node_hash(LEAVES[0], LEAVES[1])
    for missing in ((0, 3), (1, 1), (2, 0)):
        with pytest.raises(BadTile):
            node(*missing)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_536, 65_537, 70_000])
def test_width_tells_how_much_of_each_tile_a_tree_has(size: int) -> None:
    """Full tiles, the partial one, and none beyond it."""
    grown = {(name.level, name.index): name.width for name, _ in tiles.grow_tiles(0, _no_tile, LEAVES[:size])}
    for level in range(4):
        for index in range(size // 256 + 2):
            assert tiles.compute_tile_width(size, level, index) == grown.get((level, index), 0)


def test_bundles_hold_each_entry_after_its_length() -> None:
    """A bundle is its entries after two bytes of length each, and nothing else reads as one."""
    entries = [b"", b"a", bytes(300)]
    bundle = tiles.encode_entries(entries)
    assert bundle[:5] == b"\x00\x00\x00\x01a"
    assert tiles.decode_entries(bundle) == entries
    for wrong in (bundle[:-1], bundle + b"\x00", bundle + b"\x00\x01", b"\x00\x00" * 257):
        with pytest.raises(BadTile):
            tiles.decode_entries(wrong)
    with pytest.raises(BadTile):
        tiles.encode_entries([bytes(65_536)])


@pytest.mark.parametrize("length", [0, 31, 33, 257 * 32])
def test_a_tile_of_an_impossible_length_is_refused(length: int) -> None:
    """Tiles hold 1 to 256 whole hashes."""
    with pytest.raises(BadTile):
        tiles.split_tile(bytes(length))


def _no_tile(level: int, index: int) -> bytes:
    raise AssertionError("a tree that begins has no tile to read")
