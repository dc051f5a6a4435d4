"""Small questions to the projection: by ADBC on SQLite, by Django on PostgreSQL; asked once while a request lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connections

from goodstanding.ledger.read_cache import read_cached
from goodstanding.register.storage.connections import is_postgres, open_reader
from goodstanding.register.storage.database_router import get_projection_alias

_WHOLE = "1048576"


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
