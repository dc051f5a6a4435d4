"""Whole reads of the ledger in columns, on SQLite and PostgreSQL alike and without Django.

SQLite is read by Python's own module, as Django reads it: a second copy of SQLite in one process would drop the first
one's locks. Modules that only one of the databases or one of the forms needs are loaded when they are first asked for,
because processes that help to verify should begin soon.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

import msgspec

from goodstanding.errors import LedgerDiffers

if TYPE_CHECKING:
    import pyarrow

Values = Sequence[Any]


class Database(msgspec.Struct, frozen=True):
    """Where the ledger's tables are: an SQLite file's URI or a PostgreSQL connection string."""

    vendor: str
    address: str

    def connect(self) -> Any:
        """A connection of its own, to be handed to `table` or `values` and used in a `with`."""
        if self.vendor == "sqlite":
            return closing(sqlite3.connect(self.address, uri=True))
        from adbc_driver_postgresql import dbapi as postgresql

        return postgresql.connect(self.address)


def table(connection: Any, query: str, since: int, until: int) -> pyarrow.Table:
    """The columns that a query with parameters $1 and $2 finds; LedgerDiffers where the database cannot read them."""
    import pyarrow

    if not isinstance(connection, sqlite3.Connection):
        return _arrow(connection, query, since, until)
    names, columns = _sqlite(connection, query, since, until, str)
    return pyarrow.table({name: pyarrow.array(column) for name, column in zip(names, columns, strict=True)})


def values(connection: Any, query: str, since: int, until: int) -> dict[str, Values]:
    """The same as Python's own values, text as bytes: so that even text which is damaged can be looked at."""
    if isinstance(connection, sqlite3.Connection):
        return dict(zip(*_sqlite(connection, query, since, until, bytes), strict=True))
    import pyarrow

    found = _arrow(connection, query, since, until)
    binary = pyarrow.schema(
        [(field.name, pyarrow.binary() if field.type == pyarrow.string() else field.type) for field in found.schema]
    )
    return {name: column.to_pylist() for name, column in zip(binary.names, found.cast(binary).columns, strict=True)}


def _sqlite(connection: sqlite3.Connection, query: str, since: int, until: int, text: type) -> tuple[list[str], list]:
    connection.text_factory = text
    try:
        cursor = connection.execute(query.replace("$", "?"), (since, until))
        rows = cursor.fetchall()
    except sqlite3.Error as wrong:
        raise LedgerDiffers("the database cannot read its rows", where=f"{since} to {until}: {wrong}") from wrong
    names = [column[0] for column in cursor.description]
    return names, list(zip(*rows, strict=True)) or [()] * len(names)


def _arrow(connection: Any, query: str, since: int, until: int) -> pyarrow.Table:
    import adbc_driver_manager

    try:
        with connection.cursor() as cursor:
            cursor.execute(query, (since, until))
            return cursor.fetch_arrow_table()
    except adbc_driver_manager.Error as wrong:
        raise LedgerDiffers("the database cannot read its rows", where=f"{since} to {until}: {wrong}") from wrong
