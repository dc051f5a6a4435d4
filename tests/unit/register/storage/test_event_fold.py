"""State that is worked out from events: only what is new is read, and what was erased is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.registers import NOW

from goodstanding import config

MERGED = "AuthorityMerged"


def append_kinds(*kinds: str) -> int:
    """Appends an event of each kind; gives the ledger's size."""
    from goodstanding.ledger import store
    from goodstanding.register.storage.lifecycle import load_signer

    return store.append([store.EventDraft(kind, {"office": "a"}) for kind in kinds], NOW, load_signer()).size


@pytest.fixture
def positions(register_folder: config.RegisterSettings) -> tuple[Any, list[int]]:
    """A fold of one kind of event, and the positions of the events that it was handed so far."""
    from goodstanding.register.storage.event_fold import EventFold

    handed: list[int] = []

    def add(items: dict[int, str], entry: Any) -> None:
        handed.append(entry.position)
        items[entry.position] = entry.kind

    return EventFold((MERGED,), add), handed


@pytest.mark.each_database
def test_each_event_is_read_once(positions: tuple[Any, list[int]]) -> None:
    """And what was handed out before stays as it was."""
    fold, handed = positions
    first = append_kinds(MERGED, "AuthorityRenumbered") - 2
    before = fold.items()
    second = append_kinds(MERGED, MERGED) - 2
    assert list(fold.items()) == list(fold.items()) == handed == [first, second, second + 1]
    assert list(before) == [first]


@pytest.mark.parametrize(("erased", "again"), [(MERGED, True), ("MandateClaimed", False)])
def test_only_the_erasure_of_what_was_folded_begins_anew(
    positions: tuple[Any, list[int]], erased: str, again: bool
) -> None:
    """The erasure of another kind of event makes nobody read all once more."""
    from goodstanding.ledger import store
    from goodstanding.register.storage.lifecycle import load_signer

    fold, handed = positions
    first = append_kinds(MERGED) - 1
    assert list(fold.items()) == [first]
    content = {"asked": 0, "erased": [{"position": 0, "kind": erased}]}
    store.append([store.EventDraft("ContentErased", content)], NOW, load_signer())
    assert list(fold.items()) == [first]
    assert handed == ([first, first] if again else [first])


def test_each_register_has_items_of_its_own(
    positions: tuple[Any, list[int]], register_folder: config.RegisterSettings, tmp_path: Path
) -> None:
    """A fold that was read in one register says nothing of it in another."""
    from tests import registers

    from goodstanding.register.storage.lifecycle import use_register

    fold, _handed = positions
    first = append_kinds(MERGED) - 1
    assert list(fold.items()) == [first]
    registers.make_register(tmp_path / "other")
    with use_register(tmp_path / "other"):
        assert fold.items() == {}
    with use_register(register_folder.folder):
        assert list(fold.items()) == [first]
