"""The keys of erased records: what was erased under a key is not taken in again."""

from __future__ import annotations

from goodstanding.errors import NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, RegisterMessage


def refuse_if_erased(source: str, record: str, reference: str) -> None:
    """Nothing, or NotPossible where a record with that reference of the source was erased."""
    if ledger.list_erased_keys([f"{source} {record} {reference}"]):
        raise NotPossible(Message(RegisterMessage.RECORD_ERASED), where="reference")
