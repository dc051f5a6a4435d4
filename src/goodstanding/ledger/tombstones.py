"""What stays of an erased event's key: a keyed digest, so that the same thing sent again is recognised.

It is that of the key in any spelling, so that what differs from it only in zeros, spaces, case or width of letters, or
a midnight behind a day, is recognised too. Tombstones made before that are those of one spelling.

Nobody without the register's secret can try keys out, and the key's own text, which may name somebody, is gone.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

from goodstanding.plain_text import fold_spelling

MARK = "erased:"  # no key of a source begins so


def make_tombstone(key: str, secret: bytes) -> str:
    """The tombstone of a key in any spelling: the mark and HMAC-SHA-256 (RFC 2104) under the register's secret."""
    return _make_digest(f"\x00{fold_spelling(key)}", secret)  # no key holds a NUL: never that of one spelling


def make_exact_tombstone(key: str, secret: bytes) -> str:
    """The tombstone of a key in one spelling only, as all were once."""
    return _make_digest(key, secret)


def _make_digest(text: str, secret: bytes) -> str:
    return MARK + hmac.digest(secret, text.encode(), sha256).hex()


def choose_tombstones(keys: Iterable[str], taken: Collection[str], secret: bytes) -> dict[str, str]:
    """A tombstone of its own for each key: of two that are spelled alike the second has that of its one spelling."""
    used, chosen = set(taken), {}
    for key in sorted(set(keys)):
        tombstone = make_tombstone(key, secret)
        chosen[key] = tombstone if tombstone not in used else make_exact_tombstone(key, secret)
        used.add(chosen[key])
    return chosen


def map_tombstones(keys: Iterable[str], secret: bytes) -> Mapping[str, set[str]]:
    """The keys by the tombstones that any of them may have left."""
    keys_by_tombstone: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys:
        keys_by_tombstone[make_tombstone(key, secret)].add(key)
        keys_by_tombstone[make_exact_tombstone(key, secret)].add(key)
    return keys_by_tombstone
