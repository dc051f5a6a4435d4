"""The projection's tables as SQL, made from the models, and the version of them that a register holds.

They are never migrated: tables of another version are rebuilt from the ledger. The version is kept with the tables
themselves, as SQLite's own `user_version` or as the comment of PostgreSQL's schema, so that asking needs no table.
"""

from __future__ import annotations

import hashlib

from django.apps import apps
from django.db import connections

from goodstanding import config
from goodstanding.register.routing import PROJECTION
from goodstanding.register.store import columns, is_postgres, rows

ROWS = 1  # raise it when the same events give other rows in the same tables: registers then rebuild theirs

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
_VERSION_SQLITE = """
SELECT user_version, (SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ({tables}))
FROM pragma_user_version
"""
_VERSION_POSTGRES = """
SELECT coalesce(obj_description(to_regnamespace(current_schema()::text), 'pg_namespace'), '0'), count(*)
FROM pg_tables
WHERE schemaname = current_schema()
  AND tablename IN ({tables})
"""


def create_tables(alias: str) -> None:
    """Makes the tables of a projection's connection and marks them with their version: all of it, or nothing."""
    version = schema_version()
    with columns(alias) as store:
        if store.postgres:
            store.run(f"CREATE SCHEMA IF NOT EXISTS {config.SCHEMAS[alias]}")
        for statement in list_statements():
            store.run(statement)
        if store.postgres:
            store.run(f"COMMENT ON SCHEMA {config.SCHEMAS[alias]} IS '{version}'")
        else:
            store.run(f"PRAGMA user_version = {version}")


def has_current_schema() -> bool:
    """Whether the projection in use has the tables of this version of the program."""
    return find_version() == schema_version()


def find_version() -> int | None:
    """The version of the tables in use, 0 for those of programs that marked none; None where a table is missing."""
    names = list_tables()
    tables = ", ".join(f"'{name}'" for name in names)
    [(version, count)] = rows((_VERSION_POSTGRES if is_postgres() else _VERSION_SQLITE).format(tables=tables))
    return int(version) if count == len(names) else None


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
    """The names of the tables that the models describe."""
    return tuple(model._meta.db_table for model in apps.get_app_config(PROJECTION).get_models())
