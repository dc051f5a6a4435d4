"""Whatever the tree: its proofs verify, no changed byte does, and its tiles do not depend on how it grew."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.errors import BadNote, BadProof, BadTile
from goodstanding.ledger import merkle, notes, tiles
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.tiles import TileName

LARGEST = 2_000
LEAVES = [hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(LARGEST)]
sizes = st.integers(1, LARGEST) | st.sampled_from([1, 2, 255, 256, 257, 511, 512, 513, 1024, 1025])


def grow_tree(size: int, steps: list[int]) -> dict[tuple[int, int], bytes]:
    """The tiles of a tree that grew to `size` by these steps, and by what was left."""
    stored: dict[tuple[int, int], bytes] = {}
    at = 0
    for step in [*steps, size]:
        leaves = LEAVES[at : min(at + step, size)]
        for name, hashes in tiles.grow_tiles(at, lambda level, index: stored[level, index], leaves):
            stored[name.level, name.index] = hashes
        at += len(leaves)
    return stored


def build_reader(size: int) -> tiles.HashReader:
    """The nodes of a tree of `size` leaves, read from tiles."""
    stored = grow_tree(size, [])
    return tiles.HashReader(lambda level, index: stored[level, index])


def flip_bit(value: bytes, at: int) -> bytes:
    """The bytes with one bit changed."""
    number = at % (8 * len(value))
    return bytes(byte ^ (1 << number % 8) if place == number // 8 else byte for place, byte in enumerate(value))


@given(sizes, st.lists(st.integers(1, 600), max_size=12))
def test_tiles_do_not_depend_on_the_steps_by_which_a_tree_grew(size: int, steps: list[int]) -> None:
    """Leaf by leaf, in chunks or at once, the same bytes stand in the same tiles."""
    stored = grow_tree(size, steps)
    assert stored == grow_tree(size, [])
    node = tiles.HashReader(lambda level, index: stored[level, index])
    assert merkle.compute_root(size, node) == merkle.compute_root_of_leaves(LEAVES[:size])
    widths = {place: len(hashes) // 32 for place, hashes in stored.items()}
    assert widths == {(level, index): tiles.compute_tile_width(size, level, index) for level, index in stored}


@given(st.data(), sizes)
def test_every_inclusion_proof_holds_and_none_with_a_changed_bit(data: st.DataObject, size: int) -> None:
    """A proof from tiles leads to the root; with any bit of leaf, root or path changed, or a hash more or less, not."""
    position = data.draw(st.integers(0, size - 1))
    root = merkle.compute_root_of_leaves(LEAVES[:size])
    path = merkle.inclusion_path(position, size, build_reader(size))
    hashes = (LEAVES[position], root, *path)
    merkle.verify_inclusion(LEAVES[position], position, size, path, root)
    forged = _forge_hashes(data, hashes)
    with pytest.raises(BadProof):
        merkle.verify_inclusion(forged[0], position, size, forged[2:], forged[1])
    for wrong in (path[:-1], (*path, root)):
        if wrong != path:
            with pytest.raises(BadProof):
                merkle.verify_inclusion(LEAVES[position], position, size, wrong, root)


@given(st.data(), sizes)
def test_a_proof_holds_at_its_own_place_only(data: st.DataObject, size: int) -> None:
    """The same path never shows the leaf at another position of the same tree."""
    position, other = (data.draw(st.integers(0, size - 1)) for _ in range(2))
    path, root = merkle.inclusion_path(position, size, build_reader(size)), merkle.compute_root_of_leaves(LEAVES[:size])
    if position != other:
        with pytest.raises(BadProof):
            merkle.verify_inclusion(LEAVES[position], other, size, path, root)


@given(st.data(), sizes)
def test_every_consistency_proof_holds_and_none_with_a_changed_bit(data: st.DataObject, new: int) -> None:
    """Any tree continues each of its beginnings; with any bit of roots or path changed, that is not shown."""
    old = data.draw(st.integers(1, new))
    roots = merkle.compute_root_of_leaves(LEAVES[:old]), merkle.compute_root_of_leaves(LEAVES[:new])
    path = merkle.consistency_path(old, new, build_reader(new))
    merkle.verify_consistency(old, new, *roots, path)
    forged = _forge_hashes(data, (*roots, *path))
    with pytest.raises(BadProof):
        merkle.verify_consistency(old, new, forged[0], forged[1], forged[2:])
    for wrong in (path[:-1], (*path, roots[1])):
        if wrong != path:
            with pytest.raises(BadProof):
                merkle.verify_consistency(old, new, *roots, wrong)


def _forge_hashes(data: st.DataObject, hashes: tuple[bytes, ...]) -> tuple[bytes, ...]:
    at, bit = data.draw(st.integers(0, len(hashes) - 1)), data.draw(st.integers(0, 255))
    return (*hashes[:at], flip_bit(hashes[at], bit), *hashes[at + 1 :])


@given(st.data(), st.integers(2, LARGEST))
def test_a_rewritten_leaf_is_inconsistent_with_every_tree_that_held_it(data: st.DataObject, new: int) -> None:
    """No path from tiles of a changed history leads from the old root to the new one."""
    old = data.draw(st.integers(1, new - 1))
    leaf = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:leaf], flip_bit(LEAVES[leaf], 0), *LEAVES[leaf + 1 : new]]
    rows = merkle.rows_above(rewritten)
    path = merkle.consistency_path(old, new, lambda level, index: rows[level][index])
    with pytest.raises(BadProof):
        merkle.verify_consistency(
            old, new, merkle.compute_root_of_leaves(LEAVES[:old]), merkle.compute_root_of_leaves(rewritten), path
        )


@given(st.integers(-1, 63), st.integers(0, 10**15), st.integers(1, 256))
def test_every_tile_has_one_path(level: int, index: int, width: int) -> None:
    """What is written is read back as the same tile."""
    name = TileName(level, index, width)
    assert TileName.parse(name.path) == name


@given(st.text(alphabet="tile/entrisx0123456789.p-", max_size=40))
def test_a_path_that_is_read_is_written_the_same(path: str) -> None:
    """No tile answers to two paths."""
    with suppress(BadTile):
        assert TileName.parse(f"tile/{path}").path == f"tile/{path}"


@given(st.lists(st.binary(max_size=80), max_size=256))
def test_bundles_give_back_their_entries(entries: list[bytes]) -> None:
    """Any entries of up to a tile come back from their bundle."""
    assert tiles.decode_entries(tiles.encode_entries(entries)) == entries


@given(st.binary(max_size=300))
def test_a_bundle_that_is_read_is_written_the_same(bundle: bytes) -> None:
    """No two bundles hold the same entries."""
    with suppress(BadTile):
        assert tiles.encode_entries(tiles.decode_entries(bundle)) == bundle


SIGNER = Signer.generate("log.example/property")
AT = datetime(2026, 3, 3, tzinfo=UTC)


@given(st.integers(0, 2**53), st.integers(0, 10**6))
def test_a_checkpoint_with_any_bit_changed_is_refused(size: int, at: int) -> None:
    """Text, signatures and times: nothing in a checkpoint can be changed unnoticed."""
    note = notes.sign_checkpoint(size, LEAVES[size % LARGEST], SIGNER, AT).encode()
    assert notes.open_checkpoint(note, SIGNER.verifier).size == size
    assert notes.read_signing_time(notes.parse_note(note), SIGNER.verifier) == AT
    with pytest.raises(BadNote):
        _open_all(flip_bit(note, at))


def _open_all(note: bytes) -> None:
    notes.open_checkpoint(note, SIGNER.verifier)
    notes.read_signing_time(notes.parse_note(note), SIGNER.verifier)
