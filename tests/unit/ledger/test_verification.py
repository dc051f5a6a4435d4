"""A ledger that holds has no findings; one byte changed anywhere in it has, on both databases."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from goodstanding.errors import BadInput
from goodstanding.ledger import proofs, store, verification
from goodstanding.ledger.notes import Note, Signer, parse_note
from goodstanding.ledger.store import EventDraft
from goodstanding.ledger.verification import verify_ledger

pytestmark = pytest.mark.each_database

AT = datetime(2027, 3, 3, 12, 0, 5, 250_000, tzinfo=UTC)
PLACES = [
    ("ledger_event", "body"),
    ("ledger_event", "salt"),
    ("ledger_event", "commitment"),
    ("ledger_event", "digest"),
    ("ledger_event", "key"),
    ("ledger_event", "kind"),
    ("ledger_event", "recorded_at"),
    ("ledger_tile", "hashes"),
    ("ledger_checkpoint", "note"),
    ("ledger_checkpoint", "root"),
    ("ledger_checkpoint", "recorded_at"),
]
NUMBERS = [
    ("ledger_event", "version"),
    ("ledger_event", "position"),
    ("ledger_tile", "level"),
    ("ledger_tile", "index"),
    ("ledger_checkpoint", "size"),
]


def run_statement(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Does to the tables what nobody should."""
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def list_codes(signer: Signer, against: str | None = None) -> set[str]:
    """The kinds of findings."""
    return {finding.code for finding in verify_ledger(signer.verifier, against)}


def test_a_ledger_that_holds_has_no_findings(signer: Signer, history: int) -> None:
    """After any appends everything recomputed is what is stored."""
    assert verify_ledger(signer.verifier) == []
    assert verify_ledger(signer.verifier, proofs.get_checkpoint(history - 1)) == []


def test_an_empty_ledger_holds(signer: Signer) -> None:
    """Nothing stored is nothing wrong."""
    for table in ("event", "tile", "checkpoint"):
        run_statement(f"DELETE FROM ledger_{table}")
    assert verify_ledger(signer.verifier) == []


@pytest.mark.parametrize(("table", "column"), PLACES, ids=str)
def test_one_byte_changed_is_found(signer: Signer, history: int, table: str, column: str) -> None:
    """Whichever byte of whichever row: the ledger no longer holds, and holds again once it is mended."""
    chance = random.Random(f"{table} {column}")
    row_key = {"ledger_event": "position", "ledger_tile": 'level * 1000 + "index"', "ledger_checkpoint": "size"}[table]
    rows = run_statement(f"SELECT {row_key}, {column} FROM {table} WHERE length({column}) > 0 ORDER BY 1")
    for row, value in chance.choices(rows, k=5):
        changed = flip_bit(value, chance, {value for _, value in rows if column == "key"})
        run_statement(f"UPDATE {table} SET {column} = %s WHERE {row_key} = %s", changed, row)
        assert verify_ledger(signer.verifier) != [], (row, value, changed)
        run_statement(f"UPDATE {table} SET {column} = %s WHERE {row_key} = %s", value, row)
    assert verify_ledger(signer.verifier) == []


def flip_bit(value: Any, chance: random.Random, taken: set[Any]) -> Any:
    """The value with one bit changed, so that text stays text and no key becomes another row's."""
    while True:
        data = bytearray(value.encode() if isinstance(value, str) else bytes(value))
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        changed = data.decode(errors="replace") if isinstance(value, str) else bytes(data)
        if not isinstance(changed, str) or (not {"\x00", "\ufffd"} & set(changed) and changed not in taken):
            return changed


@pytest.mark.parametrize(("table", "column"), NUMBERS, ids=str)
def test_one_number_changed_is_found(signer: Signer, history: int, table: str, column: str) -> None:
    """Neither a version, a position, a tile's place nor a checkpoint's size can be another."""
    ((number,),) = run_statement(f'SELECT max("{column}") FROM {table}')
    run_statement(f'UPDATE {table} SET "{column}" = %s WHERE "{column}" = %s', number + 5, number)
    assert verify_ledger(signer.verifier) != []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM ledger_event WHERE position = 300", "gap"),
        ("UPDATE ledger_event SET body = NULL, salt = NULL WHERE position = 300", "body-missing"),
        ("UPDATE ledger_event SET key = NULL, version = NULL, digest = NULL WHERE position = 300", "filing"),
        ("DELETE FROM ledger_tile WHERE level = 0", "tile"),
        ("DELETE FROM ledger_tile WHERE level = 1", "tile"),
        ("""INSERT INTO ledger_tile (level, "index", hashes) SELECT 5, 0, hashes FROM ledger_tile""", "tile-width"),
        ("DELETE FROM ledger_checkpoint WHERE size = (SELECT max(size) FROM ledger_checkpoint)", "unsigned"),
        ("UPDATE ledger_event SET version = 7 WHERE version = 2", "version"),
        ("UPDATE ledger_event SET body = '{}' || body WHERE position = 300", "body-not-canonical"),
        ("UPDATE ledger_checkpoint SET note = (SELECT min(note) FROM ledger_checkpoint)", "checkpoint-row"),
    ],
)
def test_each_kind_of_damage_is_named(signer: Signer, history: int, statement: str, code: str) -> None:
    """A finding's code tells what happened."""
    if "SELECT 5, 0" in statement:
        statement += " WHERE level = 1"
    run_statement(statement)
    assert code in list_codes(signer)


def test_a_finding_says_where(signer: Signer, history: int) -> None:
    """The position of the event that was changed is told, and only that one is."""
    run_statement("UPDATE ledger_event SET body = replace(body, 'first', 'worst') WHERE position = 300")
    assert [(finding.code, finding.where) for finding in verify_ledger(signer.verifier)] == [
        ("commitment", "position 300")
    ]


def test_another_key_signed_nothing_here(signer: Signer, history: int) -> None:
    """Checkpoints verify under the register's own key only."""
    other = Signer.generate(signer.origin)
    assert {finding.code for finding in verify_ledger(other.verifier)} == {"checkpoint-note"}


def test_a_checkpoint_without_its_time_is_found(signer: Signer, history: int) -> None:
    """A note that lost its second signature no longer says when."""
    note = parse_note(proofs.get_checkpoint())
    run_statement(
        "UPDATE ledger_checkpoint SET note = %s WHERE size = %s", Note(note.text, note.signatures[:1]).encode(), history
    )
    assert list_codes(signer) == {"checkpoint-note"}


def test_a_rewritten_history_is_found_against_an_old_checkpoint(
    signer: Signer, history: int, draft: Callable[..., EventDraft]
) -> None:
    """A ledger written anew holds by itself, yet not against a checkpoint signed before."""
    old = proofs.get_checkpoint(history)
    for table in ("event", "tile", "checkpoint"):
        run_statement(f"DELETE FROM ledger_{table}")
    store.append([draft(number, "rewritten") for number in range(history + 10)], AT, signer)
    assert list_codes(signer) == set()
    assert list_codes(signer, old) == {"rewritten"}


def test_a_shortened_history_is_found_against_an_old_checkpoint(
    signer: Signer, history: int, draft: Callable[..., EventDraft]
) -> None:
    """A ledger that lost its end does not continue the checkpoint that covered it."""
    old = proofs.get_checkpoint(history)
    for table in ("event", "tile", "checkpoint"):
        run_statement(f"DELETE FROM ledger_{table}")
    store.append([draft(1)], AT, signer)
    assert list_codes(signer, old) == {"shrunk"}


def test_a_forged_old_checkpoint_is_refused(signer: Signer, history: int) -> None:
    """What to compare against must itself be signed by this log."""
    forged = proofs.get_checkpoint().replace(f"\n{history}\n", f"\n{history - 1}\n")
    assert list_codes(signer, forged) == {"old-checkpoint"}


@pytest.mark.parametrize("damage", ["", "no note at all", "cut", "\x00"])
def test_a_kept_checkpoint_that_cannot_be_read_is_bad_input(signer: Signer, history: int, damage: str) -> None:
    """A text that is no checkpoint accuses nobody: it is refused as what was handed in."""
    with pytest.raises(BadInput) as refused:
        verify_ledger(signer.verifier, proofs.get_checkpoint()[:-10] if damage == "cut" else damage)
    assert refused.value.coded is not None
    assert refused.value.remedy


@pytest.mark.parametrize("at_once", [0, 4_096])
def test_a_ledger_of_several_spans_is_shared_out_and_joined(
    signer: Signer, draft: Callable[..., EventDraft], monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Recounting by spans and in further processes gives what one sweep gives, whether spans lie ready there or not."""
    monkeypatch.setattr(verification, "SPAN", 256)
    monkeypatch.setattr(verification, "PIPE_BUF", at_once)
    before = store.get_ledger_size()
    for first in range(0, 3_000, 700):
        store.append([draft(number) for number in range(first, first + 700)], AT, signer)
    assert verify_ledger(signer.verifier) == []
    for position in (before, before + 1_500, before + 3_400):
        run_statement("UPDATE ledger_event SET body = replace(body, 'first', 'worst') WHERE position = %s", position)
    places = [finding.where for finding in verify_ledger(signer.verifier)]
    assert places == [f"position {position}" for position in (before, before + 1_500, before + 3_400)]


def test_processes_that_cannot_start_are_done_without(
    signer: Signer, history: int, draft: Callable[..., EventDraft], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A helper that ends at once gives its share back."""
    monkeypatch.setattr(verification, "SPAN", 256)
    monkeypatch.setattr("sys.executable", "/bin/false")
    store.append([draft(number) for number in range(3_000)], AT, signer)
    assert verify_ledger(signer.verifier) == []
