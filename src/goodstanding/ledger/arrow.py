"""Whole reads of the ledger as Arrow tables, on SQLite and PostgreSQL alike and without Django."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import adbc_driver_manager
import msgspec
import pyarrow

from goodstanding.errors import LedgerDiffers


class Database(msgspec.Struct, frozen=True):
    """Where the ledger's tables are: an SQLite file's URI or a PostgreSQL connection string."""

    vendor: str
    address: str

    def connect(self) -> Any:
        """A connection of its own (PEP 249) to be handed to `fetch`; close it, or use it in a `with`."""
        if self.vendor == "sqlite":
            return closing(sqlite3.connect(self.address, uri=True))
        from adbc_driver_postgresql import dbapi as postgresql

        return postgresql.connect(self.address)


def fetch(connection: Any, query: str, since: int, until: int) -> pyarrow.Table:
    """What a query with the parameters $1 and $2 finds; LedgerDiffers where the database cannot read it.

    SQLite is read by Python's own module, as Django reads it: a second copy of SQLite in one process would drop the
    first one's locks.
    """
    try:
        if isinstance(connection, sqlite3.Connection):
            return _from_rows(connection.execute(query.replace("$", "?"), (since, until)))
        with connection.cursor() as cursor:
            cursor.execute(query, (since, until))
            return cursor.fetch_arrow_table()
    except (adbc_driver_manager.Error, sqlite3.Error, pyarrow.ArrowException, OverflowError) as wrong:
        raise LedgerDiffers("the database cannot read its rows", where=f"{since} to {until}: {wrong}") from wrong


def _from_rows(cursor: sqlite3.Cursor) -> pyarrow.Table:
    names = [column[0] for column in cursor.description]
    columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(names)
    return pyarrow.table({name: pyarrow.array(column) for name, column in zip(names, columns, strict=True)})
