"""The indexes that only pages read by: made at the end of a large load, and made again where they are missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from goodstanding.register.storage.columns import ColumnStore, open_column_store
from goodstanding.register.storage.types import TEXT, build_schema

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

    Whoever is killed inside leaves them out; `create_missing_indexes`, with which every command begins, makes them.
    """
    with open_column_store() as store:
        for name in _list_deferred_indexes(store):
            store.run(f"DROP INDEX IF EXISTS {name}")
    try:
        yield
    finally:
        create_missing_indexes()
        _count_effects()


def _count_effects() -> None:
    """Tells PostgreSQL what is in the table that every search asks: else it plans for an empty one, for a minute."""
    with open_column_store() as store:
        if store.postgres:
            store.run("ANALYZE effect")


def create_missing_indexes() -> None:
    """Makes those of the indexes that are not there."""
    with open_column_store() as store:
        existing_indexes = set(store.read(_INDEXES[store.postgres], build_schema(name=TEXT)).column(0).to_pylist())
        if not store.postgres:
            store.run("PRAGMA temp_store = FILE")  # rows are sorted on the disk, however many there are
        for name, over in _list_deferred_indexes(store).items():
            if name not in existing_indexes:
                store.run(f"CREATE INDEX {name} ON {over}")
