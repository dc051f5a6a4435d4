"""Builds the projection anew beside the one in use, compares them row for row, and only then switches."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import adbc_driver_manager
import django.db
import duckdb
import pyarrow as pa
from django.apps import apps
from django.db import connections

from goodstanding import config
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.projection.new_register import make_tables
from goodstanding.register.projection.projector import Progress, catch_up
from goodstanding.register.storage.columns import ColumnStore, open_column_store
from goodstanding.register.storage.connections import close_reader
from goodstanding.register.storage.database_checks import VerificationFinding
from goodstanding.register.storage.database_router import PROJECTION, REBUILD, redirect_projection
from goodstanding.register.storage.indexes import defer_indexes
from goodstanding.register.storage.rebuild_lock import hold_rebuild_lock
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema
from goodstanding.table_engine import open_table_engine

DATABASE_ERRORS = (adbc_driver_manager.Error, django.db.Error, sqlite3.Error)
_NOTHING = "\x1f"
_MORE = "SELECT {chosen} FROM {one} EXCEPT ALL SELECT {chosen} FROM {other}"
_PLACES = ("subject_id", "case_position", "id", "position")  # columns that hold a place in the ledger
STRETCH = 100_000  # places whose rows are compared at a time


@dataclass(frozen=True, slots=True)
class ProjectionDifference:
    """A row that only one projection has: the table, which side (`in use` or `rebuilt`), and its columns."""

    table: str
    side: str
    row: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a rebuild found: the ledger size, the differences from the projection that was in use, that it switched."""

    size: int
    differences: tuple[ProjectionDifference, ...]
    switched: bool


def rebuild_projection(progress: Progress | None = None) -> RebuildResult:
    """Rebuilds, compares and switches; what differed is reported, and the rebuilt tables are used from then on.

    Tables that are gone or cannot be read are one difference, and no hindrance.
    """
    with hold_rebuild_lock():
        size = build_second_projection(progress)
        differences = _compare_projections()
        _switch_to_rebuilt()
    return RebuildResult(size, differences, True)


def replace(progress: Progress | None = None) -> int:
    """Rebuilds and switches without looking at the tables in use, which may be of another version; gives the size."""
    size = build_second_projection(progress)
    _switch_to_rebuilt()
    return size


def _compare_projections() -> tuple[ProjectionDifference, ...]:
    try:
        return tuple(list_projection_differences())
    except DATABASE_ERRORS as error:
        return (
            ProjectionDifference(
                "projection", "in use", (str(Message(RegisterMessage.TABLES_UNREADABLE, {"problem": str(error)})),)
            ),
        )


def build_second_projection(progress: Progress | None = None) -> int:
    """Makes the tables of `rebuild` from the whole ledger; gives the size they reflect."""
    discard_rebuild()
    with redirect_projection(REBUILD):
        make_tables(REBUILD)
        with defer_indexes():
            return catch_up(progress)


def discard_rebuild() -> None:
    """Takes away what was built beside the projection in use, and what an interrupted switch left of an older one."""
    close_reader()
    connections[REBUILD].close()
    register = config.get_current_register()
    if register.postgres:
        with connections["default"].cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {config.SCHEMAS[REBUILD]} CASCADE")
        return
    _remove_files_but(register.sqlite_file(PROJECTION))
    connections[REBUILD].settings_dict["NAME"] = str(register.sqlite_file(REBUILD))


def _remove_files_but(used: Path) -> None:
    for file in used.parent.glob("*.sqlite3*"):
        if file.name.split(".")[0] != used.stem:
            file.unlink(missing_ok=True)


def _switch_to_rebuilt() -> None:
    close_reader()
    register = config.get_current_register()
    if register.postgres:
        for alias in (PROJECTION, REBUILD):
            connections[alias].close()
        used, beside = config.SCHEMAS[PROJECTION], config.SCHEMAS[REBUILD]
        with connections["default"].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {used}")  # a copy that was put back may lack it
            cursor.execute(
                f"BEGIN; ALTER SCHEMA {used} RENAME TO {used}_old; ALTER SCHEMA {beside} RENAME TO {used};"
                f"DROP SCHEMA {used}_old CASCADE; COMMIT"
            )
        return
    _sync_to_disk(register.sqlite_file(REBUILD))
    register.switch()
    _remove_files_but(register.sqlite_file(PROJECTION))
    for alias in (PROJECTION, REBUILD):
        connections[alias].settings_dict["NAME"] = str(register.sqlite_file(alias))


def _sync_to_disk(file: Path) -> None:
    """Makes a file that was built without waiting for the disk durable."""
    for path in (file, file.parent):
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def list_compared_columns() -> dict[str, list[str]]:
    """The projection's tables and the columns that are compared; numbers given by the database are not."""
    columns_by_table = {}
    for model in apps.get_app_config(PROJECTION).get_models():
        names = [field.column for field in model._meta.local_fields]
        automatic = model._meta.auto_field is not None
        columns_by_table[model._meta.db_table] = [name for name in names if not (automatic and name == "id")]
    if config.get_current_register().postgres:
        columns_by_table["subject"].append("grams")
        columns_by_table["gram"] = ["gram", "n"]
    return columns_by_table


def list_projection_differences(most: int = 20) -> Iterator[ProjectionDifference]:
    """Rows that the projection in use and the rebuilt one do not share, at most `most` a table and side.

    Both are brought up to the ledger's size first, and looked at as they are then, whoever appends meanwhile.
    """
    with _open_snapshots_of_one_size() as (in_use, rebuilt):
        size = ledger.get_ledger_size()
        for table, names in list_compared_columns().items():
            compared = (
                difference
                for stretch in _list_stretches(names, size)
                for difference in _compare_stretch((in_use, rebuilt), table, names, stretch, most)
            )
            yield from _take_most(compared, most)


def _list_stretches(names: Sequence[str], size: int) -> Iterator[str]:
    """Conditions that share out the rows of a table, each row under one of them: so memory stays that of one share.

    What is no place in this ledger stands in the first or the last share.
    """
    place = next((name for name in _PLACES if name in names), None)
    if place is None or size <= STRETCH:
        yield "TRUE"
        return
    bounds = range(STRETCH, size, STRETCH)
    yield f"{place} < {STRETCH} OR {place} IS NULL"
    yield from (f"{place} >= {since} AND {place} < {since + STRETCH}" for since in bounds[:-1])
    yield f"{place} >= {bounds[-1]}"


def _compare_stretch(
    stores: tuple[ColumnStore, ColumnStore],
    table: str,
    names: list[str],
    stretch: str,
    most: int,
) -> Iterator[ProjectionDifference]:
    used_rows, rebuilt_rows = (_read_as_text(store, table, names, stretch) for store in stores)
    if used_rows.equals(rebuilt_rows):  # in the same order too, as they are where little was changed later
        return
    with open_table_engine(used_rows.num_rows + rebuilt_rows.num_rows, "700MB") as duck:
        duck.register("used", used_rows)
        duck.register("rebuilt", rebuilt_rows)
        yield from _compare_table(duck, table, names, most)


def _take_most(differences: Iterable[ProjectionDifference], most: int) -> Iterator[ProjectionDifference]:
    """At most so many differences of each side."""
    counts = Counter[str]()
    for difference in differences:
        counts[difference.side] += 1
        if counts[difference.side] <= most:
            yield difference


@contextmanager
def _open_snapshots_of_one_size() -> Iterator[tuple[ColumnStore, ColumnStore]]:
    """The projection in use and the rebuilt one, both of one ledger size and each as at one moment."""
    _catch_up_both()  # most of it while others may still append
    with open_column_store(PROJECTION) as in_use, open_column_store(REBUILD) as rebuilt:
        with ledger.hold_append_lock():
            _catch_up_both()
            for column_store in (in_use, rebuilt):
                _begin_snapshot(column_store)
        yield in_use, rebuilt


def _catch_up_both() -> None:
    for alias in (PROJECTION, REBUILD):
        with redirect_projection(alias):
            catch_up()


def _begin_snapshot(column_store: ColumnStore) -> None:
    """All that is read from now on is read as it is now: a transaction sees one moment from its first reading on."""
    if column_store.postgres:
        column_store.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    column_store.read("SELECT size FROM progress", build_schema(size=NUMBER))


def _compare_table(
    duck: duckdb.DuckDBPyConnection, table: str, names: list[str], most: int
) -> Iterator[ProjectionDifference]:
    chosen = ", ".join(f'encode("{name}")' for name in names)  # what is damaged may be no text
    for side, own, other in (("in use", "used", "rebuilt"), ("rebuilt", "rebuilt", "used")):
        for row in duck.execute(f"{_MORE.format(chosen=chosen, one=own, other=other)} LIMIT {most}").fetchall():
            yield ProjectionDifference(table, side, tuple(map(_read_cell, row)))


def _read_cell(cell: bytes) -> str | None:
    text = cell.decode(errors="replace")
    return None if text == _NOTHING else text


def check_search_index() -> Iterator[VerificationFinding]:
    """On SQLite, whether the search index still says what the names say."""
    if config.get_current_register().postgres:
        return
    with open_column_store(PROJECTION) as store:
        try:
            store.run("INSERT INTO subject_search (subject_search, rank) VALUES ('integrity-check', 1)")
        except DATABASE_ERRORS as error:
            yield VerificationFinding(
                "search", "subject_search", Message(RegisterMessage.DATABASE_SAYS, {"problem": str(error)})
            )


def _read_as_text(store: ColumnStore, table: str, names: list[str], stretch: str) -> pa.Table:
    chosen = ", ".join(f'coalesce(CAST({table}."{name}" AS text), \'{_NOTHING}\') AS "{name}"' for name in names)
    return store.read(f"SELECT {chosen} FROM {table} WHERE {stretch}", pa.schema([(name, TEXT) for name in names]))
