"""DuckDB, in which tables are worked on: one database a process for few rows, and one of its own for many."""

from __future__ import annotations

import atexit
import os
from functools import cache

import duckdb
import pyarrow as pa

FEW = 1_000  # rows over which any plan is good, and looking for the best one takes most of the time
_KEPT_OPTIMIZER = "filter_pushdown"


def open_table_engine(rows: int, memory_limit: str = "1GB", folder: str = "") -> duckdb.DuckDBPyConnection:
    """A connection to work on about so many rows with, to be closed by whoever asks, and all that was made with it.

    What is made in it must be temporary: where rows are few, other connections are to the same database. What takes
    more memory is put into the folder meanwhile.
    """
    if rows <= FEW:
        return _open_small_database(os.getpid()).cursor()
    limits: dict[str, str | bool | int | float | list[str]] = {"threads": 2, "memory_limit": memory_limit}
    if folder:
        limits["temp_directory"] = folder
    return duckdb.connect(config=limits)


def read_answer(connection: duckdb.DuckDBPyConnection, statement: str, rows: int) -> pa.Table:
    """What a long statement over so many rows gives; `sql` alone would plan it twice, which takes longer for few."""
    if rows > FEW:
        return connection.sql(statement).to_arrow_table()
    connection.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {statement}")
    try:
        return connection.sql("FROM answer").to_arrow_table()
    finally:
        connection.execute("DROP TABLE answer")


@cache
def _open_small_database(process: int) -> duckdb.DuckDBPyConnection:
    """The database for few rows, one for each process: to open one takes longer than most questions to it."""
    database = duckdb.connect(config={"threads": 1, "memory_limit": "1GB"})
    atexit.register(database.close)
    optimizers = [name for (name,) in database.sql("FROM duckdb_optimizers()").fetchall() if name != _KEPT_OPTIMIZER]
    database.execute(f"SET disabled_optimizers = '{','.join(optimizers)}'")
    return database
