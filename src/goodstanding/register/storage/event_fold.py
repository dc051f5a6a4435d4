"""What events of some kinds say together: worked out once for a ledger size, then added to as the ledger grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from goodstanding import config
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import LedgerEntry

T = TypeVar("T")
ERASED = "ContentErased"


class EventFold(Generic[T]):
    """The items that events of some kinds make and change, by a number, such as the position of the event behind each.

    `add` says what becomes of the items with one more event: it changes the mapping that it is handed. Where anything
    was erased, all is worked out anew from what is left.
    """

    def __init__(self, kinds: Sequence[str], add: Callable[[dict[int, T], LedgerEntry], None]) -> None:
        self.kinds, self.add = tuple(kinds), add
        self._folded_by_register: dict[tuple[Path, str], tuple[int, dict[int, T]]] = {}

    def items(self) -> dict[int, T]:
        """The items as the ledger has them now, in order; nobody changes what is given."""
        register_key = (config.get_current_register().folder, config.get_current_register().database)
        size, (seen, folded) = ledger.get_ledger_size(), self._folded_by_register.get(register_key, (0, {}))
        if size == seen:
            return folded
        later = list(ledger.list_entries_of_kinds((*self.kinds, ERASED), seen))
        if size < seen or any(entry.kind == ERASED for entry in later):
            folded, later = {}, list(ledger.list_entries_of_kinds(self.kinds))
        updated = dict(folded)
        for entry in later:
            if entry.position < size and entry.kind != ERASED:
                self.add(updated, entry)
        self._folded_by_register[register_key] = size, updated
        return updated

    def as_of(self, size: int | None) -> dict[int, T]:
        """The items as they were known at a ledger size; now where that is None."""
        if size is None:
            return self.items()
        folded: dict[int, T] = {}
        for entry in ledger.list_entries_of_kinds(self.kinds):
            if entry.position < size:
                self.add(folded, entry)
        return folded
