"""Roots and proofs against the published vectors of Certificate Transparency (RFC 6962)."""

from __future__ import annotations

import pytest

from goodstanding.errors import BadProof
from goodstanding.ledger import merkle

ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
LEAVES = merkle.leaf_hashes([bytes.fromhex(entry) for entry in ENTRIES])
ROWS = merkle.rows_above(LEAVES)


def node(level: int, index: int) -> bytes:
    """The published tree as a source of nodes."""
    return ROWS[level][index]


def from_hex(hashes: list[str]) -> tuple[bytes, ...]:
    """The hashes of a vector."""
    return tuple(bytes.fromhex(text) for text in hashes)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size: int) -> None:
    """Trees of no leaf up to eight leaves have the roots that every implementation gives."""
    assert merkle.compute_root(size, node).hex() == ROOTS[size]
    assert merkle.compute_root_of_leaves(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("position", "size"), INCLUSION)
def test_inclusion_paths_are_the_published_ones(position: int, size: int) -> None:
    """A leaf's path is the published one, and leads to the root."""
    path = merkle.inclusion_path(position, size, node)
    assert path == from_hex(INCLUSION[position, size])
    merkle.verify_inclusion(LEAVES[position], position, size, path, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_consistency_paths_are_the_published_ones(old: int, new: int) -> None:
    """The path between two trees is the published one, and leads to both roots."""
    path = merkle.consistency_path(old, new, node)
    assert path == from_hex(CONSISTENCY[old, new])
    merkle.verify_consistency(old, new, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]), path)


def test_a_place_outside_the_tree_has_no_proof() -> None:
    """Neither a leaf beyond the last nor a tree smaller than before can be shown or accepted."""
    root = bytes.fromhex(ROOTS[8])
    for position, size in ((8, 8), (-1, 8), (0, 0)):
        with pytest.raises(BadProof):
            merkle.inclusion_path(position, size, node)
        with pytest.raises(BadProof):
            merkle.verify_inclusion(LEAVES[0], position, size, (), root)
    with pytest.raises(BadProof):
        merkle.consistency_path(8, 7, node)
    with pytest.raises(BadProof):
        merkle.verify_consistency(8, 7, root, bytes.fromhex(ROOTS[7]), ())


def test_an_empty_tree_continues_as_any_but_has_one_root() -> None:
    """From size 0 nothing needs showing, and nothing else may be claimed for it."""
    merkle.verify_consistency(0, 8, merkle.EMPTY_ROOT, bytes.fromhex(ROOTS[8]), ())
    for root, path in ((LEAVES[0], ()), (merkle.EMPTY_ROOT, (LEAVES[0],))):
        with pytest.raises(BadProof):
            merkle.verify_consistency(0, 8, root, bytes.fromhex(ROOTS[8]), path)


def test_two_roots_for_one_size_are_refused() -> None:
    """Equal sizes need equal roots."""
    with pytest.raises(BadProof):
        merkle.verify_consistency(8, 8, bytes.fromhex(ROOTS[8]), bytes.fromhex(ROOTS[7]), ())


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_hash_of_another_length_is_refused(size: int) -> None:
    """What is no SHA-256 hash is not hashed as if it were one."""
    with pytest.raises(BadProof):
        merkle.verify_inclusion(LEAVES[0], 0, 2, (bytes(size),), bytes.fromhex(ROOTS[2]))
