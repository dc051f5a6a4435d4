"""Connections to the projection's file on SQLite, by ADBC alone: opened with pragmas, one reader for each thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import adbc_driver_manager.dbapi as dbapi

from goodstanding import config
from goodstanding.register.storage.database_router import get_projection_alias

_SQLITE = (*config.PRAGMAS, "synchronous=NORMAL", "temp_store=MEMORY")


@contextmanager
def open_autocommit_connection() -> Iterator[dbapi.Connection]:
    """A connection to the projection in use on SQLite that begins no transaction: for what cannot stand in one."""
    close_reader()
    connection = open_sqlite(config.get_current_register().sqlite_file(get_projection_alias()))
    try:
        yield connection
    finally:
        connection.close()


def open_sqlite(file: Path, extra_pragmas: Sequence[str] = ()) -> dbapi.Connection:
    """A connection to an SQLite file, set as all of this register's are."""
    from adbc_driver_sqlite import dbapi as driver

    if not file.exists():
        file.touch(mode=0o600)  # SQLite would let everybody read it
    connection = driver.connect(f"file:{quote(str(file))}", autocommit=True)
    try:
        with connection.cursor() as cursor:
            for pragma in (*_SQLITE, *extra_pragmas):
                cursor.executescript(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


_reader = threading.local()


def open_reader() -> dbapi.Connection:
    """This thread's reading connection to the SQLite projection in use; a new one once it was rebuilt."""
    file = config.get_current_register().sqlite_file(get_projection_alias())
    if getattr(_reader, "file", None) != file:
        close_reader()
        _reader.connection = open_sqlite(file)
        _reader.file = file
    return _reader.connection


def close_reader() -> None:
    """Closes this thread's reading connection, if it has one."""
    if connection := getattr(_reader, "connection", None):
        connection.close()
    _reader.connection = _reader.file = None


def is_postgres() -> bool:
    """Whether the register's database is PostgreSQL."""
    return config.get_current_register().postgres
