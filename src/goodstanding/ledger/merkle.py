"""The Merkle tree of RFC 6962 and RFC 9162: hashes, inclusion and consistency proofs, and their verification.

A node is named by its level and its index in that level: node (3, 2) is the hash over leaves 16 to 23. Only complete
nodes have a name; every other hash of the standard is folded from them. A source of nodes is a function of level and
index. Verification raises or returns nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from goodstanding.errors import BadProof
from goodstanding.messages import LedgerMessage, Message

HASH_SIZE = 32  # bytes, SHA-256
_LEAF, _NODE = hashlib.sha256(b"\x00"), hashlib.sha256(b"\x01")  # what their hashes begin with
EMPTY_ROOT = hashlib.sha256().digest()  # RFC 9162, 2.1.1: the hash of an empty tree

Nodes = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one log entry (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two hashes (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """The hashes of many entries, in order."""
    return _list_digests(_LEAF, entries)


def level_above(hashes: Sequence[bytes]) -> list[bytes]:
    """The hashes over neighbouring pairs; an odd one at the end is left out."""
    remaining = iter(hashes)
    return _list_digests(_NODE, map(b"".join, zip(remaining, remaining, strict=False)))


def _list_digests(begun: hashlib._Hash, endings: Iterable[bytes]) -> list[bytes]:
    """Each ending hashed after what was begun with: a copy of a hash begun is made sooner than one anew."""
    copy, digests = begun.copy, list[bytes]()
    for ending in endings:
        digest = copy()
        digest.update(ending)
        digests.append(digest.digest())
    return digests


def rows_above(hashes: Sequence[bytes]) -> list[Sequence[bytes]]:
    """The row given and every row of complete nodes above it, the last one holding a single hash."""
    rows = [hashes]
    while len(rows[-1]) > 1:
        rows.append(level_above(rows[-1]))
    return rows


def compute_root_of_leaves(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes: of an empty tree for none."""
    rows = rows_above(hashes)
    return compute_root(len(hashes), lambda level, index: rows[level][index])


def compute_root(size: int, node: Nodes) -> bytes:
    """The root of the tree's first `size` leaves."""
    return _hash_range(0, size, node) if size else EMPTY_ROOT


def inclusion_path(position: int, size: int, node: Nodes) -> tuple[bytes, ...]:
    """The hashes that lead from the leaf at `position` to the root of the first `size` leaves (RFC 9162, 2.1.3.1)."""
    _refuse_missing_leaf(position, size)
    return tuple(_hash_range(start, end, node) for start, end in reversed(list(_list_sibling_ranges(position, size))))


def consistency_path(old: int, new: int, node: Nodes) -> tuple[bytes, ...]:
    """The hashes that show the first `old` leaves unchanged among the first `new` (RFC 9162, 2.1.4.1).

    Empty where nothing needs showing: for an empty old tree and between equal sizes.
    """
    _refuse_shrunk_tree(old, new)
    ranges = list(_list_difference_ranges(old, new)) if old else []
    return tuple(_hash_range(start, end, node) for start, end in reversed(ranges))


def verify_inclusion(leaf: bytes, position: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Nothing, or `BadProof`: the leaf hash stands at `position` in the tree of `size` leaves (RFC 9162, 2.1.3.2)."""
    _refuse_missing_leaf(position, size)
    _refuse_odd_sizes((leaf, root, *path))
    number, last, reached = position, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise BadProof(Message(LedgerMessage.PATH_TOO_LONG))
        if number & 1 or number == last:
            reached = node_hash(sibling, reached)
            number, last = _skip_unpaired_levels(number, last)
        else:
            reached = node_hash(reached, sibling)
        number, last = number >> 1, last >> 1
    if last != 0:
        raise BadProof(Message(LedgerMessage.PATH_TOO_SHORT))
    if reached != root:
        raise BadProof(Message(LedgerMessage.PATH_MISSES_ROOT))


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    """Nothing, or `BadProof`: the tree of `new` leaves begins with the tree of `old` leaves (RFC 9162, 2.1.4.2)."""
    _refuse_odd_sizes((old_root, new_root, *path))
    _refuse_shrunk_tree(old, new)
    if old in (0, new):
        _verify_trivial(old, new, old_root, new_root, path)
    else:
        _verify_growth(old, new, old_root, new_root, path)


def _verify_trivial(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    if path:
        raise BadProof(Message(LedgerMessage.PATH_NEEDLESS))
    if old == new and old_root != new_root:
        raise BadProof(Message(LedgerMessage.TREE_ROOT_TWICE))
    if old == 0 and old_root != EMPTY_ROOT:
        raise BadProof(Message(LedgerMessage.TREE_EMPTY_ROOT))


def _verify_growth(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not path:
        raise BadProof(Message(LedgerMessage.PATH_TOO_SHORT))
    number, last = _skip_ones(old - 1, new - 1)
    reached_old = reached_new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise BadProof(Message(LedgerMessage.PATH_TOO_LONG))
        if number & 1 or number == last:
            reached_old, reached_new = node_hash(step, reached_old), node_hash(step, reached_new)
            number, last = _skip_unpaired_levels(number, last)
        else:
            reached_new = node_hash(reached_new, step)
        number, last = number >> 1, last >> 1
    if last != 0:
        raise BadProof(Message(LedgerMessage.PATH_TOO_SHORT))
    if reached_old != old_root:
        raise BadProof(Message(LedgerMessage.PATH_MISSES_OLD_ROOT))
    if reached_new != new_root:
        raise BadProof(Message(LedgerMessage.PATH_MISSES_NEW_ROOT))


def _skip_unpaired_levels(number: int, last: int) -> tuple[int, int]:
    """Up past the levels at which this node has no sibling to its right."""
    while number and not number & 1:
        number, last = number >> 1, last >> 1
    return number, last


def _skip_ones(number: int, last: int) -> tuple[int, int]:
    while number & 1:
        number, last = number >> 1, last >> 1
    return number, last


def _refuse_missing_leaf(position: int, size: int) -> None:
    if not 0 <= position < size:
        raise BadProof(Message(LedgerMessage.LEAF_BEYOND_TREE, {"size": size, "position": position}))


def _refuse_shrunk_tree(old: int, new: int) -> None:
    if not 0 <= old <= new:
        raise BadProof(Message(LedgerMessage.TREE_NOT_CONTINUED, {"old": old, "new": new}))


def _refuse_odd_sizes(hashes: Iterable[bytes]) -> None:
    if any(len(node) != HASH_SIZE for node in hashes):
        raise BadProof(Message(LedgerMessage.TREE_HASH_SIZE, {"size": HASH_SIZE}))


def _find_split(width: int) -> int:
    """The largest power of two below `width`: where the standard divides a tree."""
    return 1 << ((width - 1).bit_length() - 1)


def _list_sibling_ranges(position: int, size: int) -> Iterator[tuple[int, int]]:
    """The ranges of leaves beside the way from the root down to a leaf."""
    start, end = 0, size
    while end - start > 1:
        middle = start + _find_split(end - start)
        if position < middle:
            yield middle, end
            end = middle
        else:
            yield start, middle
            start = middle


def _list_difference_ranges(old: int, new: int) -> Iterator[tuple[int, int]]:
    """The ranges of leaves from which both the old and the new root can be folded, from the root down."""
    start, end = 0, new
    while end != old:
        middle = start + _find_split(end - start)
        if old <= middle:
            yield middle, end
            end = middle
        else:
            yield start, middle
            start = middle
    if start:
        yield start, end


def _hash_range(start: int, end: int, node: Nodes) -> bytes:
    """The hash over leaves [start, end), where start is a multiple of a power of two no smaller than the range."""
    hashes = [node(level, index) for level, index in _list_complete_nodes(start, end)]
    folded = hashes.pop()
    while hashes:
        folded = node_hash(hashes.pop(), folded)
    return folded


def _list_complete_nodes(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The largest complete nodes that together cover leaves [start, end), from left to right."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level
