"""The one enumeration of the kinds of events: complete, and with what can be erased of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import goodstanding
from goodstanding.register.storage.event_kinds import KEPT_KINDS, EventKind

CODE = Path(goodstanding.__file__).parent
ROOMS = ("intake", "register", "oversight", "web", "portal", "cli")  # those that may read the enumeration
KINDS = re.compile(rf"\b({'|'.join(EventKind)})\b")


def read_trees(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    """The modules of some rooms, but for the enumeration itself."""
    for room in rooms:
        for module in (CODE / room).rglob("*.py"):
            if module.name != "event_kinds.py":
                yield module, ast.parse(module.read_text(encoding="utf-8"))


def list_appended_texts(tree: ast.Module) -> list[str]:
    """The kinds that a module writes out where it drafts an event, or hands one to its own function that drafts it."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    drafting = [call for call in calls if re.search(r"EventDraft$|^_append\w*event$", ast.unparse(call.func))]
    arguments = [argument for call in drafting for argument in (*call.args, *(word.value for word in call.keywords))]
    return [node.value for node in arguments if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def list_docstrings(tree: ast.Module) -> set[int]:
    """The lines at which docstrings begin."""
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    return {text.lineno for text in texts if isinstance(text, ast.Constant)}


def test_every_kind_that_is_appended_is_in_the_enumeration() -> None:
    """Nobody drafts an event of a kind in words of its own; the enumeration has the acts and what the ledger writes."""
    from goodstanding.ledger import content_erasure
    from goodstanding.procedure.case_states import Act

    written = {str(module): list_appended_texts(tree) for module, tree in read_trees("intake", "register")}
    assert {module: texts for module, texts in written.items() if any(KINDS.fullmatch(text) for text in texts)} == {}
    assert {*Act, *content_erasure.ERASURE_KINDS} <= set(EventKind)


def test_no_room_spells_a_kind_itself() -> None:
    """Neither in Python nor in SQL; docstrings may name kinds."""
    spelled = [
        f"{module.relative_to(CODE)}:{node.lineno}: {node.value[:60]}"
        for module, tree in read_trees(*ROOMS)
        for docstrings in [list_docstrings(tree)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.lineno not in docstrings
        if KINDS.search(node.value)
    ]
    assert spelled == []


def test_only_what_the_register_rests_on_is_never_erased() -> None:
    """Records, cases and what people said about themselves can go; rules, keys, offices and erasures stay."""
    kept = {kind.about for kind in KEPT_KINDS}
    assert kept == {"register", "rules", "authority", "source", "submission", "source key", "erasure"}
    assert {kind.about for kind in EventKind if kind.erasable} == {
        "record",
        "case",
        "mandate",
        "application",
        "reply",
        "sample",
    }
    assert kept.isdisjoint(kind.about for kind in EventKind if kind.erasable)


def test_a_kind_is_the_text_that_stands_in_the_ledger() -> None:
    """As text, in SQL and in JSON."""
    import msgspec

    kind = EventKind.RECORD_ISSUED
    assert (str(kind), f"{kind}", msgspec.json.encode({"kind": kind})) == (
        "RecordIssued", "RecordIssued", b'{"kind":"RecordIssued"}',
    )  # fmt: skip


def test_the_ledger_takes_no_kind_that_is_not_in_the_enumeration(exclusion: None) -> None:
    """All kinds in a register with rules in force are of the enumeration."""
    from goodstanding.ledger import store

    kinds = {entry.kind for entry in store.read_entries()}
    assert len(kinds) > 1
    assert kinds <= set(EventKind)
