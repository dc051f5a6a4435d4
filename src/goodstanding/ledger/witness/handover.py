"""Handing checkpoints to the witnesses: those that follow the newest that a witness keeps, in order.

The witness itself knows what it has, so nothing here rests on memory: whatever was cut off or refused is handed over by
the next attempt. Appending never waits for a witness.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

from django.db import Error, connections

from goodstanding import config
from goodstanding.errors import BadNote, GoodstandingError, LedgerDiffers, LedgerError
from goodstanding.ledger.keys import load_signing_key
from goodstanding.ledger.notes import Verifier
from goodstanding.ledger.store.entries import ALIAS
from goodstanding.ledger.store.entry_reader import get_ledger_size
from goodstanding.ledger.witness.confirmations import note_confirmations
from goodstanding.ledger.witness.new_checkpoint import CHECKPOINT_SIGNED
from goodstanding.ledger.witness.note_sequence import find_newest_checkpoint
from goodstanding.ledger.witness.witness_addresses import Witness, open_witnesses
from goodstanding.messages import LedgerMessage, Message

INTERVAL = 60  # seconds after which a server looks again: what other programs appended, and who was away
PAGE = 1_000  # checkpoints read at a time

_ROOT = """
    SELECT root
    FROM ledger_checkpoint
    WHERE size = %s"""
_LATER_NOTES = """
    SELECT size, note
    FROM ledger_checkpoint
    WHERE size > %s
    ORDER BY size
    LIMIT %s"""
_NEWEST_NOTE = """
    SELECT size, note
    FROM ledger_checkpoint
    ORDER BY size DESC
    LIMIT 1"""


def hand_over_checkpoints() -> dict[str, LedgerError]:
    """Hands each witness what it lacks; for each that did not take it, by its address, why."""
    CHECKPOINT_SIGNED.clear()
    register = config.get_current_register()
    problems: dict[str, LedgerError] = {}
    sizes: dict[str, int] = {}
    for witness in open_witnesses(register.witnesses):
        try:
            sizes[witness.address] = _hand_over(witness, load_signing_key(register.folder).verifier)
        except LedgerError as problem:
            problems[witness.address] = problem
    note_confirmations(sizes)
    return problems


def hand_over_if_signed() -> dict[str, LedgerError]:
    """Hands over what this process signed since it last tried; nothing is asked where it signed nothing."""
    return hand_over_checkpoints() if CHECKPOINT_SIGNED.is_set() else {}


def _hand_over(witness: Witness, verifier: Verifier) -> int:
    """Hands over what a witness lacks; gives the size of the newest that it has then."""
    kept_size = _find_size_kept(witness, verifier)
    newest = kept_size or 0
    for size, note in _list_notes_after(kept_size):
        witness.add_note(note.encode())
        newest = size
    return newest


def _find_size_kept(witness: Witness, verifier: Verifier) -> int | None:
    """The size of the newest checkpoint that the witness keeps, once it is seen to be one of this ledger."""
    try:
        newest = find_newest_checkpoint(witness.read_tail(), verifier)
    except BadNote as wrong:
        raise LedgerDiffers(Message(LedgerMessage.WITNESS_NOTE_UNREADABLE, {"problem": wrong.coded})) from wrong
    if newest is None:
        return None
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_ROOT, [newest.size])
        row = cursor.fetchone()
    if row is None or bytes(row[0]) != newest.root:
        raise LedgerDiffers(Message(LedgerMessage.WITNESS_DIFFERS, {"size": newest.size}))
    return newest.size


def _list_notes_after(size: int | None) -> Iterator[tuple[int, str]]:
    """The checkpoints after a size, in order; of a witness that has none only the newest, which holds all before."""
    if size is None:
        yield from _fetch(_NEWEST_NOTE)
        return
    while rows := _fetch(_LATER_NOTES, size, PAGE):
        size = rows[-1][0]
        yield from rows


def _fetch(statement: str, *parameters: int) -> list[tuple[int, str]]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[int, str]] = cursor.fetchall()
    return rows


def start_handover(tell: Callable[[str], Any]) -> Thread | None:
    """Hands over in a thread of its own for as long as the process lives; None where there is no witness.

    Whatever hinders it is told once, and once more where it changes.
    """
    if not config.get_current_register().witnesses:
        return None
    thread = Thread(target=_hand_over_repeatedly, args=(tell,), name="witnesses", daemon=True)
    thread.start()
    return thread


def _hand_over_repeatedly(tell: Callable[[str], Any]) -> None:
    handed_size, problems = -1, list[str]()
    while True:
        earlier = problems
        handed_size, problems = _attempt(handed_size)
        for problem in problems:
            if problem not in earlier:
                tell(problem)
        CHECKPOINT_SIGNED.wait(INTERVAL)


def _attempt(handed_size: int) -> tuple[int, list[str]]:
    """One attempt, where the ledger has grown since the last that succeeded: the size handed over, and the problems."""
    try:
        CHECKPOINT_SIGNED.clear()
        size = get_ledger_size()
        if size == handed_size:
            return size, []
        problems = [f"{address}: {problem.message}" for address, problem in hand_over_checkpoints().items()]
    except (Error, OSError, GoodstandingError) as wrong:
        return handed_size, [f"the witnesses: {wrong}"]
    finally:
        connections.close_all()
    return (handed_size if problems else size), problems
