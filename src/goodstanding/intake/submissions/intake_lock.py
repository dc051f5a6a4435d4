"""Who takes a submission in holds its lock until it is done: whoever is killed lets go, and is not waited for."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connections

from goodstanding import config
from goodstanding.intake.files.upload_store import FOLDER


@contextmanager
def hold_intake_lock(submission_id: str) -> Iterator[bool]:
    """Whether a submission is now this caller's to take in, as long as a `with` block lasts; nobody is waited for."""
    hold = _hold_in_database if config.get_current_register().postgres else _hold_in_folder
    with hold(submission_id) as is_ours:
        yield is_ours


def is_being_ingested(submission_id: str) -> bool:
    """Whether somebody takes a submission in at this moment."""
    with hold_intake_lock(submission_id) as is_free:
        return not is_free


@contextmanager
def _hold_in_database(submission_id: str) -> Iterator[bool]:
    number = int.from_bytes(hashlib.sha256(submission_id.encode()).digest()[:8], signed=True)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        [is_ours] = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            with suppress(DatabaseError), connections["default"].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _hold_in_folder(submission_id: str) -> Iterator[bool]:
    file = config.get_current_register().path(FOLDER, f"{submission_id}.lock")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            file.unlink(missing_ok=True)
