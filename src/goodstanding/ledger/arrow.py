"""Whole reads of the ledger as Arrow tables, on SQLite and PostgreSQL alike and without Django."""

from __future__ import annotations

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
        """A connection of its own (PEP 249) whose cursors fetch Arrow tables; close it, or use it in a `with`."""
        if self.vendor == "sqlite":
            from adbc_driver_sqlite import dbapi as sqlite

            return sqlite.connect(self.address)
        from adbc_driver_postgresql import dbapi as postgresql

        return postgresql.connect(self.address)


def fetch(connection: Any, query: str, since: int, until: int) -> pyarrow.Table:
    """What a query with the parameters $1 and $2 finds; LedgerDiffers where the database cannot read it.

    No column may begin with a thousand nulls: on SQLite its type is told from them.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, (since, until))
            return cursor.fetch_arrow_table()
    except (adbc_driver_manager.Error, pyarrow.ArrowException) as wrong:
        raise LedgerDiffers("the database cannot read its rows", where=f"{since} to {until}: {wrong}") from wrong
