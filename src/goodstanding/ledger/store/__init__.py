"""The ledger's door: append events under one lock, durably and provably, and read them back.

`recorded_at` is when the register came to know; it is kept in whole seconds of UTC, never runs backwards, and is signed
with the checkpoint that closes each append. Positions count from 0 without gaps; a ledger's size is the next position.
"""

from goodstanding.ledger.store.append_transaction import (
    MOST_DRAFTS,
    append,
    hold_append_lock,
)
from goodstanding.ledger.store.entries import (
    ALIAS,
    AppendResult,
    CanonicalBody,
    EventDraft,
    LedgerEntry,
    format_instant,
)
from goodstanding.ledger.store.entry_reader import (
    get_database_address,
    get_ledger_size,
    list_entries_at,
    list_entries_of_kinds,
    read_arrow_table,
    read_bodies,
    read_bodies_at,
    read_entries,
)
from goodstanding.ledger.store.filed_keys import (
    list_erased_keys,
)
from goodstanding.ledger.store.stored_tiles import (
    build_tile_reader,
    find_tile,
)

__all__ = [
    "ALIAS",
    "MOST_DRAFTS",
    "AppendResult",
    "CanonicalBody",
    "EventDraft",
    "LedgerEntry",
    "append",
    "build_tile_reader",
    "find_tile",
    "format_instant",
    "get_database_address",
    "get_ledger_size",
    "hold_append_lock",
    "list_entries_at",
    "list_entries_of_kinds",
    "list_erased_keys",
    "read_arrow_table",
    "read_bodies",
    "read_bodies_at",
    "read_entries",
]
