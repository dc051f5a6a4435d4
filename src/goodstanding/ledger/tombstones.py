"""What stays of an erased event's key: a keyed digest, so that the same thing sent again is recognised.

Nobody without the register's secret can try keys out, and the key's own text, which may name somebody, is gone.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256

MARK = "erased:"  # no key of a source begins so


def make_tombstone(key: str, secret: bytes) -> str:
    """The tombstone of a key: the mark and HMAC-SHA-256 (RFC 2104) under the register's secret, in hexadecimal."""
    return MARK + hmac.digest(secret, key.encode(), sha256).hex()


def map_tombstones(keys: Iterable[str], secret: bytes) -> dict[str, str]:
    """The keys by their tombstones."""
    return {make_tombstone(key, secret): key for key in keys}
