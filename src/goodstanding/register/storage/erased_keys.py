"""The keys of erased records: what was erased under a key is not taken in again."""

from __future__ import annotations

from goodstanding.errors import NotPossible
from goodstanding.ledger import store as ledger

ERASED_REASON = (
    "a record with this reference was erased here, so it is not taken in again; another matter needs its own"
)


def refuse_if_erased(source: str, record: str, reference: str) -> None:
    """Nothing, or NotPossible where a record with that reference of the source was erased."""
    if ledger.list_erased_keys([f"{source} {record} {reference}"]):
        raise NotPossible(
            f"{ERASED_REASON[0].upper()}{ERASED_REASON[1:]}.", where="reference", remedy="a reference of its own"
        )
