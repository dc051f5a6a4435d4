"""Whole reads of the ledger in columns, on SQLite and PostgreSQL alike and without Django.

SQLite is read by Python's own module, as Django reads it: a second copy of SQLite in one process would drop the first
one's locks. Modules that only one of the databases or one of the forms needs are loaded when they are first asked for,
because processes that help to verify should begin soon.
"""

from __future__ import annotations

import atexit
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from goodstanding.errors import LedgerDiffers

if TYPE_CHECKING:
    import pyarrow

Values = Sequence[Any]
BATCH = 4_096  # rows made into columns at a time: few enough to stay in the processor's cache


class Database(msgspec.Struct, frozen=True):
    """Where the ledger's tables are: an SQLite file's URI or a PostgreSQL connection string."""

    vendor: str
    address: str

    def connect(self) -> Any:
        """A connection of its own, to be handed to `table` or `values` and used in a `with`."""
        if self.vendor == "sqlite":
            return closing(sqlite3.connect(self.address, uri=True))
        return lent(self.address)


_idle: dict[tuple[int, str], list[Any]] = {}  # by process and address: what a fork inherits stays its parent's
KEPT = 2  # idle connections to one address


@contextmanager
def lent(address: str) -> Iterator[Any]:
    """An ADBC connection to a PostgreSQL server and a transaction on it, for a `with` block; rolled back at its end.

    It is kept for the next one: on a new connection the server has to look up everything that it is asked about.
    """
    connection = _idle_one(address) or server(address).adbc_clone()
    try:
        connection.adbc_connection.set_autocommit(False)
        yield connection
        connection.adbc_connection.rollback()
        connection.adbc_connection.set_autocommit(True)
    except BaseException:
        connection.close()
        raise
    _keep(address, connection)


def _idle_one(address: str) -> Any | None:
    while idle := _idle.get((os.getpid(), address)):
        connection = idle.pop()
        if _answers(connection):
            return connection
        connection.close()
    return None


def _answers(connection: Any) -> bool:
    import adbc_driver_manager

    try:
        with connection.cursor() as cursor:
            cursor.adbc_statement.set_sql_query("SELECT 1")
            cursor.adbc_statement.execute_update()
    except adbc_driver_manager.Error:
        return False
    return True


def _keep(address: str, connection: Any) -> None:
    idle = _idle.setdefault((os.getpid(), address), [])
    if len(idle) < KEPT:
        idle.append(connection)
    else:
        connection.close()


def forget_idle() -> None:
    """Closes the connections that this process keeps."""
    for process, address in list(_idle):
        if process == os.getpid():
            for connection in _idle.pop((process, address)):
                connection.close()


@lru_cache(maxsize=8)
def server(address: str) -> Any:
    """What ADBC connections to a PostgreSQL server are made from, by `adbc_clone`.

    The driver reads the server's types once for it, not for each connection, which would take 50 ms. Its own session is
    closed, so that it holds nothing.
    """
    from adbc_driver_postgresql import dbapi as postgresql

    made = postgresql.connect(address, autocommit=True)
    made.adbc_connection.close()
    atexit.register(made.close)
    atexit.register(forget_idle)  # before the server itself
    return made


def table(connection: Any, query: str, since: int, until: int) -> pyarrow.Table:
    """The columns that a query with parameters $1 and $2 finds; LedgerDiffers where the database cannot read them."""
    if not isinstance(connection, sqlite3.Connection):
        return _arrow(connection, query, since, until)
    with _reading(sqlite3.Error):
        return _tables(_cursor(connection, query, since, until, str))


def values(connection: Any, query: str, since: int, until: int) -> dict[str, Values]:
    """The same as Python's own values, text as bytes: so that even text which is damaged can be looked at."""
    if not isinstance(connection, sqlite3.Connection):
        return _bytes(_arrow(connection, query, since, until))
    with _reading(sqlite3.Error):
        cursor = _cursor(connection, query, since, until, bytes)
        return _columns(cursor, cursor.fetchall())


@contextmanager
def _reading(errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as wrong:
        raise LedgerDiffers("the database cannot read its rows", where=str(wrong)) from wrong


def _cursor(connection: sqlite3.Connection, query: str, since: int, until: int, text: type) -> sqlite3.Cursor:
    connection.text_factory = text
    return connection.execute(query.replace("$", "?"), (since, until))


def _columns(cursor: sqlite3.Cursor, rows: list[tuple]) -> dict[str, Values]:
    names = [column[0] for column in cursor.description]
    return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))


def _tables(cursor: sqlite3.Cursor) -> pyarrow.Table:
    import pyarrow

    parts = [pyarrow.table(_columns(cursor, []))]
    while rows := cursor.fetchmany(BATCH):
        parts.append(pyarrow.table({name: pyarrow.array(each) for name, each in _columns(cursor, rows).items()}))
    return pyarrow.concat_tables(parts, promote_options="default")


def _arrow(connection: Any, query: str, since: int, until: int) -> pyarrow.Table:
    import adbc_driver_manager

    with _reading(adbc_driver_manager.Error), connection.cursor() as cursor:
        cursor.execute(query, (since, until))
        return cursor.fetch_arrow_table()


def _bytes(found: pyarrow.Table) -> dict[str, Values]:
    import pyarrow

    text, binary = pyarrow.string(), pyarrow.binary()
    columns = zip(found.column_names, found.columns, strict=True)
    return {name: (each.cast(binary) if each.type == text else each).to_pylist() for name, each in columns}
