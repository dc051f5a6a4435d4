"""Random histories of small events, with erasures: what a fold remembers is what a full scan of the ledger says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples
from tests.registers import NOW

from goodstanding import config

pytestmark = pytest.mark.each_database

DAY = NOW.date().isoformat()
ERASABLE = ("claim", "grant", "refuse", "revoke", "reply", "retract")
_steps = st.tuples(
    st.sampled_from([*ERASABLE, "key", "end_key", "office", "draft", "ask", "dismiss", "erase", "look", "undone"]),
    st.integers(0, 3),
)
histories = st.lists(_steps, min_size=4, max_size=20)


class SmallHistory:
    """Events of the kinds that are folded, each beside what came before it; some are erased."""

    def __init__(self) -> None:
        self.positions: dict[str, list[int]] = {}
        self.words: dict[int, str] = {}
        self.erased: set[int] = set()

    def append(self, step: str, number: int) -> None:
        """One more event, about one of those before where it is about any."""
        claim, grant, reply, key = (self._earlier(kind, number) for kind in ("claim", "grant", "reply", "key"))
        text, by = f"Word{self._size()}.", {"by": "Ada", "office": "mx-sat", "day": DAY}
        kind, content = {
            "claim": ("MandateClaimed", {"subject": "mx-rfc:1", "person": f"Person {number}", "text": text}),
            "grant": ("MandateGranted", {"subject": "mx-rfc:1", "person": f"Person {number}", "claim": claim}),
            "refuse": ("MandateRefused", {"claim": claim, "text": text}),
            "revoke": ("MandateRevoked", {"mandate": grant, "text": text}),
            "reply": ("ReplyPublished", {"beside": number, "text": text}),
            "retract": ("ReplyRetracted", {"beside": number, "reply": reply}),
            "key": ("KeyAdded", {"source": "mx-sat", "key": f"k{self._size()}", "public": text}),
            "end_key": ("KeyRevoked", {"source": "mx-sat", "key": f"k{key}", "reason": text}),
            "office": ("AuthorityMerged", {"office": f"office-{number}", "into": "mx-sat"}),
            "draft": ("CatalogueDrafted", {"name": "sound", "version": number, "digest": text, "files": {}}),
        }[step]
        if step != "end_key" or key >= 0:
            position = _append(kind, content | by)
            self.positions.setdefault(step, []).append(position)
            self.words[position] = text

    def ask(self, number: int) -> int | None:
        """Asks for the erasure of one event, if one is left; gives where."""
        from goodstanding.ledger import content_erasure
        from goodstanding.ledger.erasure_statements import ErasureBasis, ErasureReason, ErasureRequest

        left = [at for step in ERASABLE for at in self.positions.get(step, ()) if at not in self.erased]
        if not left:
            return None
        reason, basis = (
            ErasureReason("order", "A court."),
            ErasureBasis("Example Act", "art. 9"),
        )
        request = ErasureRequest((left[number % len(left)],), reason, basis, "Ada", NOW.date())
        return _append("ErasureAsked", content_erasure.build_event_content(request))

    def dismiss(self, number: int) -> None:
        """Asks for an erasure, which somebody refuses."""
        if (request := self.ask(number)) is not None:
            _append("ErasureRefused", {"asked": request, "by": "Ben", "text": "No.", "day": DAY})

    def erase(self, number: int) -> None:
        """Erases one event, as two people said."""
        from goodstanding.ledger import content_erasure
        from goodstanding.register.storage.lifecycle import load_signer

        if (request := self.ask(number)) is not None:
            positions = content_erasure.get_erasure_request(request).positions
            content_erasure.erase_events(
                [content_erasure.ErasureTarget(at) for at in positions], request, "Ben", (), NOW, load_signer()
            )
            self.erased |= set(positions)

    def undone(self, _number: int) -> None:
        """A claim is appended and read, and then the transaction is rolled back."""
        from django.db import transaction

        with transaction.atomic():
            _append("MandateClaimed", {"subject": "mx-rfc:1", "person": "Nobody", "text": "Undone.", "day": DAY})
            assert "Undone." in repr(_read_folds()["claims"])
            transaction.set_rollback(True)
        _append("MandateClaimed", {"subject": "mx-rfc:1", "person": "Somebody", "text": "Kept.", "day": DAY})

    def _earlier(self, step: str, number: int) -> int:
        positions = [at for at in self.positions.get(step, ()) if at not in self.erased]
        return positions[number % len(positions)] if positions else -1

    def _size(self) -> int:
        from goodstanding.ledger import store

        return store.get_ledger_size()


def _append(kind: str, content: Mapping[str, Any]) -> int:
    from goodstanding.ledger import store
    from goodstanding.register.storage.lifecycle import load_signer

    return store.append([store.EventDraft(kind, content)], NOW, load_signer()).size - 1


def _list_folds() -> dict[str, Any]:
    from goodstanding.intake.submissions import source_keys
    from goodstanding.register.cases import applications, mandates, public_replies
    from goodstanding.register.erasure import erasure_requests
    from goodstanding.register.rules import authorities, drafts

    return {
        "claims": mandates._CLAIMS,
        "mandates": mandates._MANDATES,
        "people": mandates._GRANTS_BY_PERSON,
        "replies": public_replies._FOLD,
        "applications": applications._FOLD,
        "keys": source_keys._KEYS,
        "offices": authorities._CHANGES,
        "drafts": drafts._DRAFTS,
        "erasures": erasure_requests._OPEN_ERASURES,
    }


def _read_folds() -> dict[str, list[Any]]:
    return {name: list(fold.items().items()) for name, fold in _list_folds().items()}


def _scan_ledger() -> dict[str, list[Any]]:
    """What the folds say of all that is left in the ledger, read from its first event on."""
    from goodstanding.ledger import store

    scanned = {}
    for name, fold in _list_folds().items():
        items: dict[Any, Any] = {}
        for entry in store.read_entries():
            if entry.kind in fold.kinds and entry.body is not None:
                fold.add(items, entry)
        scanned[name] = list(items.items())
    return scanned


@settings(max_examples=share_of_examples(24), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=histories)
@example([("claim", 0), ("look", 0), ("grant", 0), ("look", 0), ("revoke", 0), ("erase", 0), ("look", 0)])
@example([("reply", 1), ("reply", 1), ("look", 0), ("erase", 1), ("retract", 1), ("look", 0), ("erase", 0)])
@example([("key", 0), ("look", 0), ("end_key", 0), ("claim", 0), ("ask", 0), ("look", 0), ("dismiss", 0)])
@example([("claim", 0), ("look", 0), ("undone", 0), ("look", 0), ("office", 0), ("draft", 0), ("draft", 0)])
def test_after_any_history_a_fold_says_what_a_full_scan_says_and_nothing_that_was_erased(
    register_folder: config.RegisterSettings, steps: list[tuple[str, int]]
) -> None:
    """Whenever it was read before; what was erased is gone from it, and what was rolled back never was there."""
    history = SmallHistory()
    for step, number in steps:
        if step == "look":
            assert _read_folds() == _scan_ledger()
        elif step in ("ask", "dismiss", "erase", "undone"):
            getattr(history, step)(number)
        else:
            history.append(step, number)
    folded = _read_folds()
    assert folded == _scan_ledger()
    assert [at for at in history.erased if history.words[at] in repr(folded)] == []
    assert "Undone." not in repr(folded)
