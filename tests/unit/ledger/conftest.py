"""A register's signer, and small histories to append."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from goodstanding import config
from goodstanding.ledger import keys, store
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.store import EventDraft

AT = datetime(2027, 3, 3, 12, 0, 5, 250_000, tzinfo=UTC)


@pytest.fixture
def signer(register_folder: Any) -> Signer:
    """The signer of the register that the test works on."""
    return keys.load_signing_key(config.get_current_register().folder)


@pytest.fixture
def draft() -> Callable[..., EventDraft]:
    """Makes a draft of a record: what it says decides its digest."""
    return record_draft


@pytest.fixture
def history(signer: Signer) -> int:
    """The ledger's size after three appends: 700 records, 20 corrections of 30 restated, an event without a key."""
    store.append([record_draft(number) for number in range(700)], AT, signer)
    store.append([record_draft(number, "corrected" if number < 20 else "first") for number in range(30)], AT, signer)
    return store.append([EventDraft("RegisterOpened", {"name": "Café «名»", "version": 3})], AT, signer).size


def record_draft(number: int, says: str = "first") -> EventDraft:
    """A record under the key of its number."""
    content = {
        "source": "uk:102",
        "reference": str(number),
        "published": says,
        "fields": {"hygiene": number, "note": "größer"},
    }
    digest = hashlib.sha256(f"{number} {says}".encode()).digest()
    return EventDraft("RecordIssued", content, f"uk:102 {number}", digest, "RecordCorrected")
