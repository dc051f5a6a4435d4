"""What disks and databases that fail are called: full, read-only, locked, damaged and away, by real errors."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from goodstanding.messages import SettingsMessage
from goodstanding.register.storage.storage_errors import find_storage_problem


def _make_database(folder: Path) -> Path:
    file = folder / "a.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE note (text)")
    return file


def _write_beyond_last_page(folder: Path) -> None:
    with closing(sqlite3.connect(_make_database(folder))) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        connection.execute("INSERT INTO note VALUES (zeroblob(100000))")


def _write_read_only(folder: Path) -> None:
    with closing(sqlite3.connect(f"{_make_database(folder).as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("INSERT INTO note VALUES (1)")


def _write_locked(folder: Path) -> None:
    file = _make_database(folder)
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as holder,
        closing(sqlite3.connect(file, timeout=0)) as late,
    ):
        holder.execute("BEGIN EXCLUSIVE")
        late.execute("INSERT INTO note VALUES (1)")


def _read_garbage(folder: Path) -> None:
    (folder / "a.sqlite3").write_bytes(b"no database " * 1000)
    with closing(sqlite3.connect(folder / "a.sqlite3")) as connection:
        connection.execute("SELECT * FROM note")


def _read_unreadable_complaint(folder: Path) -> None:
    file = _make_database(folder)
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE", b"CREATE \xd4ABLE"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT * FROM note")


def _ask_nobody(folder: Path) -> None:
    psycopg.connect(f"postgresql:///register?host={folder}&port=1")


def _fill_disk(folder: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", str(folder))


@pytest.mark.parametrize(
    ("fail", "code"),
    [
        (_write_beyond_last_page, SettingsMessage.DISK_FULL),
        (_fill_disk, SettingsMessage.DISK_FULL),
        (_write_read_only, SettingsMessage.DISK_READ_ONLY),
        (_write_locked, SettingsMessage.DATABASE_LOCKED),
        (_read_garbage, SettingsMessage.DATABASE_DAMAGED),
        (_read_unreadable_complaint, SettingsMessage.DATABASE_DAMAGED),
        (_ask_nobody, SettingsMessage.DATABASE_AWAY),
    ],
)
def test_what_fails_is_named(tmp_path: Path, fail: Callable[[Path], None], code: SettingsMessage) -> None:
    """Whatever library says it, and whatever it was said inside of, the register has one word for it."""
    with pytest.raises(Exception) as failure:
        fail(tmp_path)
    outer = RuntimeError("it did not work")
    outer.__cause__ = failure.value
    for error in (failure.value, outer):
        problem = find_storage_problem(error)
        assert problem is not None
        assert problem.coded is not None
        assert problem.coded.code == code
        assert problem.remedy


def test_a_fault_of_the_program_stays_one(tmp_path: Path) -> None:
    """What no disk can help is not said to be the disk's."""
    with closing(sqlite3.connect(_make_database(tmp_path))) as connection, pytest.raises(sqlite3.Error) as failure:
        connection.execute("SELECT ? FROM note", ())
    assert find_storage_problem(failure.value) is None
    assert find_storage_problem(ValueError("no number")) is None
