"""Whether the databases themselves are whole: pages, indexes against the rows, and nothing that acts by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connections, models

from goodstanding import config
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.storage.connections import is_postgres
from goodstanding.register.storage.database_router import PROJECTION
from goodstanding.register.storage.queries import fetch_rows

OWN = "goodstanding."
_MOST = 20
_INTEGRITY = f"SELECT integrity_check FROM pragma_integrity_check LIMIT {_MOST}"
_TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": f"""
        SELECT CAST(tgname AS text), CAST(relname AS text)
        FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid
        JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE NOT tgisinternal
          AND nspname IN ('{config.SCHEMAS["default"]}', '{config.SCHEMAS[PROJECTION]}')
        UNION ALL
        SELECT CAST(rulename AS text), CAST(tablename AS text)
        FROM pg_rules
        WHERE schemaname IN ('{config.SCHEMAS["default"]}', '{config.SCHEMAS[PROJECTION]}')
        ORDER BY 1""",
}


@dataclass(frozen=True, slots=True)
class VerificationFinding:
    """Something that does not hold: a stable code, where, and the problem."""

    code: str
    where: str
    problem: Message


def list_durable_faults() -> Iterator[VerificationFinding]:
    """What is wrong with the database of the ledger: its pages and indexes, its constraints, and what is foreign."""
    with connections["default"].cursor() as cursor:
        vendor = cursor.db.vendor
        try:
            if vendor == "sqlite":
                cursor.execute(_INTEGRITY)
                yield from _describe_integrity("the database of the ledger", cursor.fetchall())
            cursor.execute(_TRIGGERS[vendor])
            yield from _describe_triggers(cursor.fetchall())
            yield from _list_lost_constraints(cursor)
        except DatabaseError as wrong:
            yield VerificationFinding(
                "database",
                "the database of the ledger",
                Message(RegisterMessage.TABLES_UNREADABLE, {"problem": str(wrong)}),
            )


def list_projection_faults() -> Iterator[VerificationFinding]:
    """What is wrong with the file of the projection; on PostgreSQL its triggers are among those of the ledger."""
    if not is_postgres():
        yield from _describe_integrity("the file of the register's tables", fetch_rows(_INTEGRITY))
        yield from _describe_triggers(fetch_rows(_TRIGGERS["sqlite"]))


def _describe_integrity(where: str, rows: list[tuple[Any, ...]]) -> Iterator[VerificationFinding]:
    for (text,) in rows:
        if text != "ok":
            yield VerificationFinding("database", where, Message(RegisterMessage.DATABASE_SAYS, {"problem": str(text)}))


def _describe_triggers(rows: list[tuple[Any, ...]]) -> Iterator[VerificationFinding]:
    problem = Message(RegisterMessage.TRIGGER_FOREIGN)
    yield from (VerificationFinding("trigger", f"{name} on {table}", problem) for name, table in rows)


def _list_lost_constraints(cursor: Any) -> Iterator[VerificationFinding]:
    """Indexes that are gone, and what may be there only once and no longer has to be."""
    for model in apps.get_models():
        if not model.__module__.startswith(OWN) or model._meta.app_label == PROJECTION:
            continue
        table = model._meta.db_table
        present = cursor.db.introspection.get_constraints(cursor, table)
        unique = {
            tuple(constraint["columns"])
            for constraint in present.values()
            if constraint["unique"] or constraint["primary_key"]
        }
        for columns in _list_unique_columns(model):
            if columns not in unique:
                yield VerificationFinding(
                    "database", table, Message(RegisterMessage.UNIQUENESS_LOST, {"columns": ", ".join(columns)})
                )
        for index in model._meta.indexes:
            if index.name not in present:
                yield VerificationFinding("database", table, Message(RegisterMessage.INDEX_GONE, {"index": index.name}))


def _list_unique_columns(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    meta = model._meta
    yield from ((field.column,) for field in meta.local_concrete_fields if field.unique and field.column)
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield tuple(str(meta.get_field(name).column) for name in constraint.fields)
