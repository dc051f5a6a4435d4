"""Which versions are filed under a key, and under which keys something was erased."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import msgspec
from django.db import connections

from goodstanding import config
from goodstanding.errors import ErasedBefore
from goodstanding.ledger import keys, tombstones
from goodstanding.ledger.store.entries import ALIAS
from goodstanding.messages import LedgerMessage, Message

_KEYS_AT_ONCE = 10_000
_FILED = {
    "sqlite": """
        SELECT event.key, event.version, event.digest
        FROM json_each(%s) AS asked
        JOIN ledger_event AS event ON event.key = asked.value
        ORDER BY event.version""",
    "postgresql": """
        SELECT event.key, event.version, event.digest
        FROM ledger_event AS event
        WHERE event.key = ANY(%s)
        ORDER BY event.version""",
}
_ERASED_ANY = """
    SELECT 1
    FROM ledger_event
    WHERE key IS NULL
      AND kind = 'ContentErased'
    LIMIT 1"""


def read_filed_versions(cursor: Any, sought_keys: set[str]) -> dict[str, tuple[int, bytes | None]]:
    """The latest version and digest on file under each of some keys."""
    if not sought_keys:
        return {}
    parameter = msgspec.json.encode(sought_keys).decode() if cursor.db.vendor == "sqlite" else list(sought_keys)
    cursor.execute(_FILED[cursor.db.vendor], [parameter])
    return {key: (version, digest) for key, version, digest in cursor.fetchall()}


def refuse_if_erased(cursor: Any, new_keys: set[str]) -> None:
    """Raises ErasedBefore where something was erased under one of the keys."""
    if erased := _list_erased_among(cursor, new_keys):
        raise ErasedBefore(Message(LedgerMessage.EVENT_KEY_ERASED), where=min(erased))


def list_erased_keys(candidates: Iterable[str]) -> set[str]:
    """Those of some keys under which something was erased; where nothing ever was, no key is looked at."""
    with connections[ALIAS].cursor() as cursor:
        if not _has_erasures(cursor):
            return set()
        remaining, erased = iter(candidates), set[str]()
        while batch := set(islice(remaining, _KEYS_AT_ONCE)):
            erased |= _list_erased_among(cursor, batch)
        return erased - read_filed_versions(cursor, erased).keys()  # what is on file is another matter, spelled alike


def _has_erasures(cursor: Any) -> bool:
    cursor.execute(_ERASED_ANY)
    return cursor.fetchone() is not None


def _list_erased_among(cursor: Any, sought_keys: set[str]) -> set[str]:
    if not sought_keys or not _has_erasures(cursor):
        return set()
    keys_by_tombstone = tombstones.map_tombstones(
        sought_keys, keys.load_tombstone_secret(config.get_current_register().folder)
    )
    filed = read_filed_versions(cursor, set(keys_by_tombstone))
    return {key for tombstone in filed for key in keys_by_tombstone[tombstone]}
