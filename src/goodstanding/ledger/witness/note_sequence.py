"""Signed notes that stand one after another, taken apart and opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goodstanding.errors import BadNote
from goodstanding.ledger.notes import MOST_SIGNATURES, CheckpointBody, Verifier, open_checkpoint

MOST_LINES = 2 * MOST_SIGNATURES  # of one note; no checkpoint has as many
_SIGNATURE = "\u2014 ".encode()


def split_notes(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The notes in lines: a note ends with its last signature; blank lines between notes are nobody's."""
    note: list[bytes] = []
    for line in lines:
        is_signature = line.startswith(_SIGNATURE)
        if note and (len(note) == MOST_LINES or (note[-1].startswith(_SIGNATURE) and not is_signature)):
            yield b"".join(note)
            note = []
        if note or line.strip():
            note.append(line)
    if note:
        yield b"".join(note)


def find_newest_checkpoint(tail: bytes, verifier: Verifier) -> CheckpointBody | None:
    """The largest checkpoint at the end of what a witness keeps; None where it keeps nothing.

    Raises BadNote where something is there, and none of it is this log's.
    """
    checkpoints: list[CheckpointBody] = []
    problem: BadNote | None = None
    for note in split_notes(tail.splitlines(keepends=True)):
        try:
            checkpoints.append(open_checkpoint(note, verifier))
        except BadNote as wrong:  # the first may be cut off
            problem = wrong
    if not checkpoints and problem:
        raise problem
    return max(checkpoints, key=lambda checkpoint: checkpoint.size, default=None)
