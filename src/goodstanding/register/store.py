"""The projection's database: whole columns by ADBC; small questions by ADBC on SQLite, by Django on PostgreSQL.

ADBC brings an SQLite of its own. Two copies of SQLite in one process must never open the same file: each drops the
other's locks. So on SQLite the projection's file is ADBC's alone, and the ledger's file is Django's alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import adbc_driver_manager.dbapi as dbapi
import pyarrow as pa
from django.db import connections

from goodstanding import config
from goodstanding.ledger.columns import lend_connection
from goodstanding.ledger.look import read_cached
from goodstanding.register.routing import REBUILD, get_projection_alias

_WHOLE = "1048576"
_SQLITE = (*config.PRAGMAS, "synchronous=NORMAL", "temp_store=MEMORY")
_BESIDE = ("journal_mode=OFF", "synchronous=OFF")  # nobody reads what is built beside, and it is never gone on with


def build_schema(**types: pa.DataType) -> pa.Schema:
    """A schema from names and types."""
    return pa.schema(list(types.items()))


TEXT, NUMBER, DAY = pa.string(), pa.int64(), pa.date32()


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
        table = self._ask(self._found, statement).result()
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

    def _found(self, statement: str) -> pa.Table:
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
    from adbc_driver_sqlite import dbapi as driver

    connection = driver.connect(f"file:{quote(str(file))}", autocommit=True)
    with connection.cursor() as cursor:
        for pragma in (*_SQLITE, *extra_pragmas):
            cursor.executescript(f"PRAGMA {pragma}")
    return connection


def _build_postgres_address(register: config.RegisterSettings, alias: str) -> str:
    parts = urlsplit(register.database)
    query = dict(parse_qsl(parts.query)) | {"options": f"-c search_path={config.SCHEMAS[alias]} -c work_mem=64MB"}
    return parts._replace(query=urlencode(query, quote_via=quote)).geturl()


_LATER = {  # indexes that only pages read by
    "effect_measure": "effect (measure, value, valid_from)",
    "subject_region": "subject (region)",
    "subject_sector": "subject (sector)",
}
_LATER_POSTGRES = {"subject_grams": "subject USING gin (grams)"}
_INDEXES = {
    False: "SELECT name FROM sqlite_master WHERE type = 'index'",
    True: "SELECT CAST(indexname AS text) AS name FROM pg_indexes WHERE schemaname = current_schema()",
}


def _list_deferred_indexes(store: ColumnStore) -> dict[str, str]:
    return _LATER | (_LATER_POSTGRES if store.postgres else {})


@contextmanager
def defer_indexes() -> Iterator[None]:
    """Makes the indexes that only pages read by at the end of a `with` block, at once: faster than row by row.

    Whoever is killed inside leaves them out; `mend_indexes`, with which every command begins, makes them then.
    """
    with open_column_store() as store:
        for name in _list_deferred_indexes(store):
            store.run(f"DROP INDEX IF EXISTS {name}")
    try:
        yield
    finally:
        create_missing_indexes()


def create_missing_indexes() -> None:
    """Makes those of the indexes that are not there."""
    with open_column_store() as store:
        existing_indexes = set(store.read(_INDEXES[store.postgres], build_schema(name=TEXT)).column(0).to_pylist())
        for name, over in _list_deferred_indexes(store).items():
            if name not in existing_indexes:
                store.run(f"CREATE INDEX {name} ON {over}")


_reader = threading.local()


def fetch_rows(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a small question to the projection; `%s` marks a parameter. On SQLite days come as ISO text."""
    question = (statement, repr(parameters))  # a parameter may be a list, which is no key
    return list(read_cached(question, lambda: _run_query(statement, parameters)))


def _run_query(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    if is_postgres():
        with connections[get_projection_alias()].cursor() as cursor:
            cursor.execute(statement, list(parameters))
            return cursor.fetchall()
    sqlite_parameters = [value.isoformat() if isinstance(value, date) else value for value in parameters]
    with open_reader().cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": _WHOLE})
        cursor.execute(statement.replace("%s", "?"), sqlite_parameters or None)
        table = cursor.fetch_arrow_table()  # several times faster than the cursor's own rows
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


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
