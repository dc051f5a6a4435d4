"""What events of some kinds say together: worked out once for a ledger size, then added to as the ledger grows.

This is the one way to keep derived state that is small and rare; what is listed on a page without bound is a table of
the projection. A fold stays in the memory of each process, so its kinds are those of which a register has hundreds, not
millions. An entry takes about 0.5 KB for a key of a source, a change of an office or a reply, 0.6 KB for a mandate,
1.7 KB for a source that was admitted (with the line of its proposal) and 1 KB for a claim, an application or a draft,
with what somebody wrote in it on top (10,000 characters at most; a reviewer 500 for each of some 20 to 140 questions);
an open erasure takes 0.04 KB for each event that it names, and nothing once it is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from django.db import connections

from goodstanding import config
from goodstanding.ledger import store as ledger
from goodstanding.ledger.content_erasure import ERASED
from goodstanding.ledger.store import LedgerEntry

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _ErasedRow(msgspec.Struct, frozen=True):
    kind: str


class _ErasedRows(msgspec.Struct, frozen=True):
    erased: tuple[_ErasedRow, ...] = ()


class EventFold(Generic[K, V]):
    """The items that events of some kinds make and change, by a key, such as the position of the event behind each.

    `add` says what becomes of the items with one more event: it changes the mapping that it is handed. Where an event
    of these kinds was erased, all is worked out anew from what is left.
    """

    def __init__(self, kinds: Sequence[str], add: Callable[[dict[K, V], LedgerEntry], None]) -> None:
        self.kinds, self.add = tuple(kinds), add
        self._items_by_register: dict[tuple[Path, str], tuple[int, dict[K, V]]] = {}

    def items(self) -> Mapping[K, V]:
        """The items as the ledger has them now, in order; nobody changes what they get."""
        register = config.get_current_register()
        register_key = (register.folder, register.database)
        size, (folded_size, items) = ledger.get_ledger_size(), self._items_by_register.get(register_key, (0, {}))
        if size == folded_size:
            return items
        later = list(ledger.list_entries_of_kinds(tuple({*self.kinds, ERASED}), folded_size))
        if size < folded_size or any(self._is_erasure_of_these(entry) for entry in later):
            items, later = {}, list(ledger.list_entries_of_kinds(self.kinds))
        items = self._fold(items, later, size)
        if not connections[ledger.ALIAS].in_atomic_block:  # what is not committed yet may never have happened
            self._items_by_register[register_key] = size, items
        return items

    def as_of(self, size: int | None) -> Mapping[K, V]:
        """The items as they were known at a ledger size; now where that is None."""
        if size is None:
            return self.items()
        return self._fold({}, list(ledger.list_entries_of_kinds(self.kinds)), size)

    def _fold(self, items: dict[K, V], entries: Sequence[LedgerEntry], size: int) -> dict[K, V]:
        wanted = [entry for entry in entries if entry.position < size and entry.kind in self.kinds]
        if not wanted:
            return items
        updated = dict(items)  # whoever reads the items meanwhile goes on with those of before
        for entry in wanted:
            self.add(updated, entry)
        return updated

    def _is_erasure_of_these(self, entry: LedgerEntry) -> bool:
        """Whether an entry erases an event that was folded; one that does not say what it erases may have."""
        if entry.kind != ERASED:
            return False
        rows = msgspec.json.decode(entry.body or "{}", type=_ErasedRows).erased
        return not rows or any(row.kind in self.kinds for row in rows)
