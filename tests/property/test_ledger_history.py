"""Random histories: what is appended is numbered as a simple model says, and the ledger verifies after each."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples

from goodstanding import config
from goodstanding.ledger import keys, merkle, notes, proofs, store
from goodstanding.ledger.notes import Signer
from goodstanding.ledger.store import EventDraft
from goodstanding.ledger.verification import verify_ledger

pytestmark = pytest.mark.each_database

AT = datetime(2027, 3, 3, 12, 0, 5, tzinfo=UTC)
_rounds = itertools.count()
drafts = st.tuples(st.none() | st.integers(0, 5), st.sampled_from(["a", "é", "名", None]))
calls = st.lists(st.lists(drafts, max_size=300), max_size=4)


@pytest.fixture
def signer(register_folder: Any) -> Signer:
    """The signer of the register that the test works on."""
    return keys.load_signing_key(config.get_current_register().folder)


@settings(max_examples=share_of_examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=calls)
def test_any_history_is_numbered_as_the_model_says_and_verifies(
    signer: Signer, history: list[list[tuple[int | None, str | None]]]
) -> None:
    """Versions count up by key, the same again is nothing, positions have no gap, and all of it is provable."""
    prefix, filed, before = f"round {next(_rounds)}", dict[str, list[str | None]](), store.get_ledger_size()
    old = proofs.get_checkpoint() if before else None
    expected: list[tuple[str, int | None]] = []
    for call in history:
        drafts = [_draft(prefix, key, says) for key, says in call]
        positions = [_expect(draft, says, filed, expected) for draft, (_, says) in zip(drafts, call, strict=True)]
        appended = store.append(drafts, AT, signer)
        assert appended.positions == tuple(None if position is None else before + position for position in positions)
        assert appended.size == before + len(expected)
    assert [(row.kind, row.version) for row in store.read_entries(before)] == expected
    assert verify_ledger(signer.verifier, old) == []
    _prove_last(signer)


def _draft(prefix: str, key: int | None, says: str | None) -> EventDraft:
    digest = None if says is None else hashlib.sha256(says.encode()).digest()
    filed_as = None if key is None else f"{prefix} {key}"
    return EventDraft("RecordIssued", {"says": says, "of": filed_as}, filed_as, digest, "RecordCorrected")


def _expect(
    draft: EventDraft, says: str | None, filed: dict[str, list[str | None]], expected: list[tuple[str, int | None]]
) -> int | None:
    """The model: the place of this draft among the new events, None where it repeats the latest under its key."""
    if draft.key is None:
        expected.append(("RecordIssued", None))
        return len(expected) - 1
    versions = filed.setdefault(draft.key, [])
    if versions and says is not None and versions[-1] == says:
        return None
    versions.append(says)
    expected.append(("RecordIssued" if len(versions) == 1 else "RecordCorrected", len(versions)))
    return len(expected) - 1


def _prove_last(signer: Signer) -> None:
    if size := store.get_ledger_size():
        shown = proofs.prove_inclusion(size - 1)
        root = notes.open_checkpoint(shown.checkpoint, signer.verifier).root
        merkle.verify_inclusion(shown.leaf_hash, size - 1, size, shown.path, root)
