"""The projection's tables as SQL, made from the models, and the version of them that a register holds.

They are never migrated: tables of another version are rebuilt from the ledger. The version is kept with the tables
themselves, as SQLite's own `user_version` or as the comment of PostgreSQL's schema, so that asking needs no table.
"""

from __future__ import annotations

import hashlib

from django.apps import apps
from django.db import connections

from goodstanding import config
from goodstanding.register.storage.columns import ColumnStore, open_column_store
from goodstanding.register.storage.connections import is_postgres
from goodstanding.register.storage.database_router import PROJECTION
from goodstanding.register.storage.queries import fetch_rows

ROWS = 10  # raise it when the same events give other rows in the same tables: registers then rebuild theirs

# Search over names: FTS5 trigrams on SQLite; on PostgreSQL an array of trigrams with GIN, and how common each is.
_SEARCH_SQLITE = (
    """
CREATE VIRTUAL TABLE subject_search USING fts5(
  searchable,
  content='subject',
  content_rowid='id',
  tokenize='trigram case_sensitive 1',
  detail=none,
  columnsize=0
)
""",
    "CREATE VIRTUAL TABLE subject_gram USING fts5vocab(subject_search, row)",
)
_SEARCH_POSTGRES = (
    "ALTER TABLE subject ADD COLUMN grams text[] COLLATE \"C\" NOT NULL DEFAULT '{}'",
    "CREATE INDEX subject_grams ON subject USING gin (grams)",
    'CREATE TABLE gram (gram text COLLATE "C" PRIMARY KEY, n bigint NOT NULL)',
)
_VERSION_SQLITE = "SELECT user_version FROM pragma_user_version"
_VERSION_POSTGRES = """
SELECT coalesce(obj_description(to_regnamespace(current_schema()::text), 'pg_namespace'), '0')
"""
_TABLES_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table'"
_TABLES_POSTGRES = "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = current_schema()"


def create_tables(alias: str) -> None:
    """Makes the tables of a projection's connection and marks them with their version: all of it, or nothing."""
    with open_column_store(alias) as store:
        if store.postgres:
            store.run(f"CREATE SCHEMA IF NOT EXISTS {config.SCHEMAS[alias]}")
        for statement in list_statements():
            store.run(statement)
        _mark_version(store, alias, schema_version())


def _mark_version(store: ColumnStore, alias: str, version: int) -> None:
    comment = f"COMMENT ON SCHEMA {config.SCHEMAS[alias]} IS '{version}'"
    store.run(comment if store.postgres else f"PRAGMA user_version = {version}")


def is_of_another_version() -> bool:
    """Whether there are tables in use, and another version of the program, or one that marked none, made them."""
    return bool(_find_tables()) and _find_version() != str(schema_version())


def has_all_tables() -> bool:
    """Whether none of the tables that this version makes is missing."""
    return _find_tables().issuperset(list_tables())


def _find_version() -> str:
    return str(fetch_rows(_VERSION_POSTGRES if is_postgres() else _VERSION_SQLITE)[0][0])


def _find_tables() -> set[str]:
    return {name for (name,) in fetch_rows(_TABLES_POSTGRES if is_postgres() else _TABLES_SQLITE)}


def schema_version() -> int:
    """The version of the tables that this program makes: 31 bits of the digest of their SQL, never 0."""
    text = "\n".join((str(ROWS), *list_statements()))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) >> 1 or 1


def list_statements() -> tuple[str, ...]:
    """The statements that make the tables, their indexes and the search in the register's database."""
    editor = connections["default"].SchemaEditorClass(connections["default"], collect_sql=True)
    editor.deferred_sql = []  # entering the editor would make it, and look through all of the ledger's tables as well
    for model in apps.get_app_config(PROJECTION).get_models():
        editor.create_model(model)
    search = _SEARCH_POSTGRES if is_postgres() else _SEARCH_SQLITE
    return (*editor.collected_sql, *map(str, editor.deferred_sql), *search)


def list_tables() -> tuple[str, ...]:
    """The names of the tables that the models describe, and of the one that search needs beside them."""
    models = apps.get_app_config(PROJECTION).get_models()
    return (*(model._meta.db_table for model in models), "gram" if is_postgres() else "subject_search")
