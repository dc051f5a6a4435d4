"""Which version of the projection's tables a register holds: a number that is kept with the tables themselves.

It is SQLite's own `user_version`, and on PostgreSQL the comment of the schema, so that asking needs no table.
"""

from __future__ import annotations

from django.db import connections

from goodstanding import config
from goodstanding.register.store import columns, is_postgres, rows

VERSION = 1  # raise it with every change of the tables, or of what is written into them; registers then rebuild theirs
UNMARKED = 0  # tables that were made before there was a number

_SQLITE = """
SELECT user_version, (SELECT count(*) FROM sqlite_master WHERE name = 'progress')
FROM pragma_user_version
"""
_POSTGRES = """
SELECT coalesce(obj_description(to_regnamespace(current_schema()::text), 'pg_namespace'), '0'),
  CASE WHEN to_regclass('progress') IS NULL THEN 0 ELSE 1 END
"""


def find_version() -> int | None:
    """The version of the tables in use; None where there are none."""
    [(version, tables)] = rows(_POSTGRES if is_postgres() else _SQLITE)
    return int(version) if tables else None


def mark_version(alias: str) -> None:
    """Notes that the tables of a connection are those of this version."""
    if is_postgres():
        with connections[alias].cursor() as cursor:
            cursor.execute(f"COMMENT ON SCHEMA {config.SCHEMAS[alias]} IS '{VERSION}'")
        return
    with columns(alias) as store:
        store.run(f"PRAGMA user_version = {VERSION}")
