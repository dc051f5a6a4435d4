"""Whole columns in and out of the projection's database, by ADBC: one connection, one transaction, one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any, Literal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import adbc_driver_manager.dbapi as dbapi
import pyarrow as pa

from goodstanding import config
from goodstanding.ledger.bulk_read import lend_connection
from goodstanding.register.storage.connections import open_sqlite
from goodstanding.register.storage.database_router import REBUILD, get_projection_alias

_BESIDE = ("journal_mode=OFF", "synchronous=OFF")  # nobody reads what is built beside, and it is never gone on with


class ColumnStore:
    """One ADBC connection, one transaction, and one thread that carries out what is asked of it, in order.

    So the database writes while the next rows are worked out. Reading waits for all that was asked before; a statement
    that failed is raised by the next reading or at the end, and nothing after it is carried out.
    """

    def __init__(self, connection: dbapi.Connection, postgres: bool) -> None:
        self.connection, self.postgres = connection, postgres
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._last: Future[Any] | None = None

    def read(self, statement: str, schema: pa.Schema) -> pa.Table:
        """The rows of a query in the types of `schema`; columns that may be NULL are coalesced by the query.

        SQLite has no types of columns, so the driver takes them from the first rows: none may be NULL there.
        """
        table = self._ask(self._fetch_table, statement).result()
        return table.select(schema.names).cast(schema) if table.num_rows else schema.empty_table()

    def run(self, statement: str) -> None:
        """Carries out a statement that gives no rows."""
        self._ask(self._run, statement)

    def add(self, table: str, rows: pa.Table) -> None:
        """Appends rows to a table, by column name."""
        if rows.num_rows:
            self._ask(self._ingest, table, rows, "append", False)

    def hold(self, table: str, rows: pa.Table) -> None:
        """Puts rows into a temporary table of this connection, in place of an earlier one of that name."""
        schema = "pg_temp." if self.postgres else "temp."
        self.run(f"DROP TABLE IF EXISTS {schema}{table}")
        self._ask(self._ingest, table, rows, "create", True)
        if self.postgres:
            self.run(f"ANALYZE {table}")

    def finish(self) -> None:
        """Waits until all is done and commits; raises what failed."""
        if self._last:
            self._last.result()
        self.connection.adbc_connection.commit()

    def stop(self) -> None:
        """Waits until nothing is under way; what was not committed is rolled back."""
        self._thread.shutdown(cancel_futures=True)
        self.connection.adbc_connection.rollback()

    def _ask(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        self._last = self._thread.submit(_run_after, self._last, work, *arguments)
        return self._last

    def _fetch_table(self, statement: str) -> pa.Table:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetch_arrow_table()

    def _run(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.adbc_statement.set_sql_query(statement)
            cursor.adbc_statement.execute_update()

    def _ingest(self, table: str, rows: pa.Table, mode: Literal["append", "create"], temporary: bool) -> None:
        with self.connection.cursor() as cursor:
            cursor.adbc_ingest(table, rows, mode=mode, temporary=temporary)


def _run_after(previous: Future[Any] | None, work: Callable[..., Any], *arguments: Any) -> Any:
    if previous:
        previous.result()
    return work(*arguments)


@contextmanager
def open_column_store(alias: str | None = None) -> Iterator[ColumnStore]:
    """An ADBC connection to a projection; commits at the end, rolls back on error."""
    register, alias = config.get_current_register(), alias or get_projection_alias()
    if register.postgres:
        with lend_connection(_build_postgres_address(register, alias)) as connection:
            yield from _finish_or_stop(ColumnStore(connection, postgres=True))
        return
    with closing(_open_sqlite_transaction(register, alias)) as connection:
        yield from _finish_or_stop(ColumnStore(connection, postgres=False))


def _finish_or_stop(store: ColumnStore) -> Iterator[ColumnStore]:
    try:
        yield store
        store.finish()
    finally:
        store.stop()


def _open_sqlite_transaction(register: config.RegisterSettings, alias: str) -> dbapi.Connection:
    connection = open_sqlite(register.sqlite_file(alias), _BESIDE if alias == REBUILD else ())
    connection.adbc_connection.set_autocommit(False)
    return connection


def _build_postgres_address(register: config.RegisterSettings, alias: str) -> str:
    parts = urlsplit(register.database)
    query = dict(parse_qsl(parts.query)) | {"options": f"-c search_path={config.SCHEMAS[alias]} -c work_mem=64MB"}
    return parts._replace(query=urlencode(query, quote_via=quote)).geturl()
