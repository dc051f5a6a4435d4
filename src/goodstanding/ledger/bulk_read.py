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
from goodstanding.messages import LedgerMessage, Message

if TYPE_CHECKING:
    import pyarrow

ColumnValues = Sequence[Any]
BATCH_ROWS = 4_096  # rows made into columns at a time: few enough to stay in the processor's cache


class DatabaseAddress(msgspec.Struct, frozen=True):
    """Where the ledger's tables are: an SQLite file's URI or a PostgreSQL connection string."""

    vendor: str
    address: str

    def connect(self) -> Any:
        """A connection of its own, to be handed to `read_table` or `read_values` and used in a `with`."""
        if self.vendor == "sqlite":
            return closing(sqlite3.connect(self.address, uri=True))
        return lend_connection(self.address)


_idle: dict[tuple[int, str], list[Any]] = {}  # by process and address: what a fork inherits stays its parent's
IDLE_CONNECTIONS = 2  # idle connections to one address


@contextmanager
def lend_connection(address: str) -> Iterator[Any]:
    """An ADBC connection to a PostgreSQL server and a transaction on it, for a `with` block; rolled back at its end.

    It is kept for the next one: on a new connection the server has to look up everything that it is asked about.
    """
    connection = _take_idle_connection(address) or connect_server(address).adbc_clone()
    try:
        connection.adbc_connection.set_autocommit(False)
        yield connection
        connection.adbc_connection.rollback()
        connection.adbc_connection.set_autocommit(True)
    except BaseException:
        connection.close()
        raise
    _keep_idle(address, connection)


def _take_idle_connection(address: str) -> Any | None:
    while idle := _idle.get((os.getpid(), address)):
        connection = idle.pop()
        if _is_alive(connection):
            return connection
        connection.close()
    return None


def _is_alive(connection: Any) -> bool:
    import adbc_driver_manager

    try:
        with connection.cursor() as cursor:
            cursor.adbc_statement.set_sql_query("SELECT 1")
            cursor.adbc_statement.execute_update()
    except adbc_driver_manager.Error:
        return False
    return True


def _keep_idle(address: str, connection: Any) -> None:
    idle = _idle.setdefault((os.getpid(), address), [])
    if len(idle) < IDLE_CONNECTIONS:
        idle.append(connection)
    else:
        connection.close()


def close_idle_connections() -> None:
    """Closes the connections that this process keeps."""
    for process, address in list(_idle):
        if process == os.getpid():
            for connection in _idle.pop((process, address)):
                connection.close()


@lru_cache(maxsize=8)
def connect_server(address: str) -> Any:
    """What ADBC connections to a PostgreSQL server are made from, by `adbc_clone`.

    The driver reads the server's types once for it, not for each connection, which would take 50 ms. Its own session is
    closed, so that it holds nothing.
    """
    from adbc_driver_postgresql import dbapi as postgresql

    root_connection = postgresql.connect(address, autocommit=True)
    root_connection.adbc_connection.close()
    atexit.register(root_connection.close)
    atexit.register(close_idle_connections)  # before the server itself
    return root_connection


def read_table(connection: Any, query: str, since: int, until: int) -> pyarrow.Table:
    """The columns that a query with parameters $1 and $2 finds; LedgerDiffers where the database cannot read them."""
    if not isinstance(connection, sqlite3.Connection):
        return _fetch_arrow_table(connection, query, since, until)
    with _translate_errors(sqlite3.Error):
        return _fetch_table(_execute_query(connection, query, since, until, str))


def read_values(connection: Any, query: str, since: int, until: int) -> dict[str, ColumnValues]:
    """The same as Python's own values, text as bytes: so that even text which is damaged can be looked at."""
    if not isinstance(connection, sqlite3.Connection):
        return _convert_text_to_bytes(_fetch_arrow_table(connection, query, since, until))
    with _translate_errors(sqlite3.Error):
        cursor = _execute_query(connection, query, since, until, bytes)
        return _build_columns(cursor, cursor.fetchall())


@contextmanager
def _translate_errors(errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as wrong:
        raise LedgerDiffers(Message(LedgerMessage.ROWS_UNREADABLE), where=str(wrong)) from wrong


def _execute_query(connection: sqlite3.Connection, query: str, since: int, until: int, text: type) -> sqlite3.Cursor:
    connection.text_factory = text
    return connection.execute(query.replace("$", "?"), (since, until))


def _build_columns(cursor: sqlite3.Cursor, rows: list[tuple]) -> dict[str, ColumnValues]:
    names = [column[0] for column in cursor.description]
    return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))


def _fetch_table(cursor: sqlite3.Cursor) -> pyarrow.Table:
    import pyarrow

    parts = [pyarrow.table(_build_columns(cursor, []))]
    while rows := cursor.fetchmany(BATCH_ROWS):
        parts.append(
            pyarrow.table({name: pyarrow.array(column) for name, column in _build_columns(cursor, rows).items()})
        )
    return pyarrow.concat_tables(parts, promote_options="default")


def _fetch_arrow_table(connection: Any, query: str, since: int, until: int) -> pyarrow.Table:
    import adbc_driver_manager

    with _translate_errors(adbc_driver_manager.Error), connection.cursor() as cursor:
        cursor.execute(query, (since, until))
        return cursor.fetch_arrow_table()


def _convert_text_to_bytes(arrow_table: pyarrow.Table) -> dict[str, ColumnValues]:
    import pyarrow

    text, binary = pyarrow.string(), pyarrow.binary()
    columns = zip(arrow_table.column_names, arrow_table.columns, strict=True)
    return {name: (column.cast(binary) if column.type == text else column).to_pylist() for name, column in columns}
