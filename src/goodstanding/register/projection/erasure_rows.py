"""What an erasure does to the tables: the files it concerns are taken out and made again from what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from django.apps import apps
from django.db import connections

from goodstanding import config
from goodstanding.ledger import content_erasure
from goodstanding.ledger import store as ledger
from goodstanding.ledger.erasure_statements import Erasure
from goodstanding.register.projection.search_index import remove_subjects
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.connections import open_autocommit_connection
from goodstanding.register.storage.database_router import PROJECTION, get_projection_alias
from goodstanding.register.storage.types import DAY, NUMBER, TEXT, build_schema
from goodstanding.table_engine import open_table_engine

_ROWS = build_schema(position=NUMBER, beside=NUMBER, erased_at=NUMBER, day=DAY, code=TEXT, law=TEXT, article=TEXT)
_GONE = build_schema(position=NUMBER, beside=NUMBER)
_MOVED = """
UPDATE erasure
SET beside = gone.beside
FROM gone
WHERE erasure.beside = gone.position
"""
_CONCERNED = """
SELECT record.subject_id
FROM record
JOIN gone ON gone.position = record.position
UNION
SELECT hearing.subject_id
FROM hearing
JOIN hearing_act ON hearing_act.case_position = hearing.position
JOIN gone ON gone.position = hearing_act.position
"""
_SAME_KEY = """
SELECT DISTINCT other.subject_id
FROM record AS one
JOIN concerned ON concerned.subject_id = one.subject_id
JOIN record AS other
  ON other.source = one.source
  AND other.record = one.record
  AND other.reference = one.reference
"""
_SEVERAL = """
SELECT position, unnest(identifiers) AS text
FROM (SELECT position, from_json(body, '{"subject": {"identifiers": ["VARCHAR"]}}').subject.identifiers AS identifiers
      FROM events
      WHERE contains(body, '"identifiers":[') AND body IS NOT NULL)
WHERE len(identifiers) > 1
"""
_BOUND = """
SELECT DISTINCT record.subject_id, identifier.subject_id AS other
FROM several
JOIN record ON record.position = several.position
JOIN identifier ON identifier.text = several.text
WHERE record.subject_id <> identifier.subject_id
"""
_LEFT = """
SELECT position
FROM record
WHERE subject_id IN (SELECT subject_id FROM concerned)
UNION
SELECT hearing_act.position
FROM hearing_act
JOIN hearing ON hearing.position = hearing_act.case_position
WHERE hearing.subject_id IN (SELECT subject_id FROM concerned)
"""
_SEARCHABLE = "SELECT id, searchable FROM subject WHERE id IN (SELECT subject_id FROM concerned)"
_ACTS = """
DELETE FROM hearing_act
WHERE case_position IN (SELECT position FROM hearing WHERE subject_id IN (SELECT subject_id FROM concerned))
"""
_FORGET = "DELETE FROM {table} WHERE subject_id IN (SELECT subject_id FROM concerned)"
_BATCH = 50_000
_REWRITE = ("INSERT INTO subject_search (subject_search) VALUES ('optimize')", "VACUUM")  # letters of old names go too


def remove_erased_rows(store: ColumnStore, since: int, until: int) -> pa.Table:
    """Takes what the ledger erased at positions [since, until) out of every table, with the files that it stood in.

    Gives the events (position, body) that these files are to be made from again, in order.
    """
    erasures = {at: event_erasure for at, event_erasure in content_erasure.list_erasures(since).items() if at < until}
    if not erasures:
        return ledger.read_bodies_at([])
    for position, event_erasure in sorted(erasures.items()):
        _write_tombstones(store, position, event_erasure)
    store.hold(
        "gone",
        _build_table(
            _GONE,
            (
                (erased_event.position, erased_event.beside)
                for event_erasure in erasures.values()
                for erased_event in event_erasure.erased
            ),
        ),
    )
    concerned = {row["subject_id"] for row in store.read(_CONCERNED, build_schema(subject_id=NUMBER)).to_pylist()}
    if not concerned:
        return ledger.read_bodies_at([])
    _hold_concerned(store, _add_bound_files(store, concerned, until))
    left = store.read(_LEFT, build_schema(position=NUMBER)).column(0).to_pylist()
    _delete_concerned_rows(store)
    return ledger.read_bodies_at(left)


def _write_tombstones(store: ColumnStore, position: int, event_erasure: Erasure) -> None:
    """Writes the tombstones of an erasure; earlier ones beside what it erases stand beside something else from now."""
    store.hold(
        "gone",
        _build_table(_GONE, ((erased_event.position, erased_event.beside) for erased_event in event_erasure.erased)),
    )
    store.run(_MOVED)
    grounds = (
        position,
        event_erasure.day,
        event_erasure.reason.code,
        event_erasure.basis.law,
        event_erasure.basis.article,
    )
    store.add(
        "erasure",
        _build_table(
            _ROWS, ((erased_event.position, erased_event.beside, *grounds) for erased_event in event_erasure.erased)
        ),
    )


def _build_table(table_schema: pa.Schema, table_rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(table_schema.names, row, strict=True)) for row in table_rows], schema=table_schema
    )


def _hold_concerned(store: ColumnStore, concerned: Iterable[int]) -> None:
    store.hold(
        "concerned", _build_table(build_schema(subject_id=NUMBER), ((subject_id,) for subject_id in sorted(concerned)))
    )


def _add_bound_files(store: ColumnStore, concerned: set[int], until: int) -> set[int]:
    """Those files and all that are bound to them: by versions of one record, or by events that name several of them."""
    bound = _map_bound_files(store, until)
    while True:
        _hold_concerned(store, concerned)
        alike = {row["subject_id"] for row in store.read(_SAME_KEY, build_schema(subject_id=NUMBER)).to_pylist()}
        bound_ids = (alike | {other for subject_id in concerned for other in bound[subject_id]}) - concerned
        if not bound_ids:
            return concerned
        concerned = concerned | bound_ids


def _map_bound_files(store: ColumnStore, until: int) -> dict[int, set[int]]:
    """The files that some event with several identifiers binds to one another: were one gone, it could join another."""
    tables = list(_iterate_shared_identifiers(until))
    bound: dict[int, set[int]] = defaultdict(set)
    if tables:
        store.hold("several", pa.concat_tables(tables))
        for row in store.read(_BOUND, build_schema(subject_id=NUMBER, other=NUMBER)).to_pylist():
            bound[row["subject_id"]].add(row["other"])
            bound[row["other"]].add(row["subject_id"])
    return bound


def _iterate_shared_identifiers(until: int) -> Iterator[pa.Table]:
    for first in range(0, until, _BATCH):
        events = ledger.read_bodies(first, min(first + _BATCH, until))
        with open_table_engine(events.num_rows, "400MB") as duck:
            duck.register("events", events)
            table = duck.sql(_SEVERAL).to_arrow_table()
        if table.num_rows:
            yield table


def _delete_concerned_rows(store: ColumnStore) -> None:
    """Deletes everything that is stored about the files concerned."""
    remove_subjects(store, store.read(_SEARCHABLE, build_schema(id=NUMBER, searchable=TEXT)))
    store.run(_ACTS)
    for model in apps.get_app_config(PROJECTION).get_models():
        if "subject_id" in [field.column for field in model._meta.local_fields]:
            store.run(_FORGET.format(table=model._meta.db_table))


def purge_projection_pages() -> bool:
    """Rewrites the projection in use, so that nothing taken out stands in free pages; whether it could do so wholly.

    On PostgreSQL what was quarantined is in tables of their own, whose dead rows go too.
    """
    if config.get_current_register().postgres:
        _vacuum_tables(get_projection_alias(), PROJECTION, "gram")
        _vacuum_tables("default", "register")
        return True
    with open_autocommit_connection() as connection, connection.cursor() as cursor:
        for statement in _REWRITE:
            cursor.executescript(statement)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return cursor.fetchall()[0][0] == 0


def _vacuum_tables(alias: str, app: str, *other_tables: str) -> None:
    with connections[alias].cursor() as cursor:
        for table in (*(model._meta.db_table for model in apps.get_app_config(app).get_models()), *other_tables):
            cursor.execute(f"VACUUM (ANALYZE) {table}")
