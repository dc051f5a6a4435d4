"""Whose a record is: the file that holds one of its identifiers, or a new one, opened by the record itself.

How a subject is called, and which further identifiers it has, is the word of the source whose record opened its file:
a record of another source is filed, and neither renames the subject for everybody nor binds an identifier to its file.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa

from goodstanding.register.projection.search_index import remove_subjects, write_subjects
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema
from goodstanding.table_engine import read_answer

_NAMED = """
CREATE TEMP TABLE named AS
SELECT position, unnest(subject.identifiers) AS text
FROM issued
"""
_MANY = """
SELECT coalesce(max(len(subject.identifiers)), 0) > 1
FROM issued
"""
_RESOLVED = """
CREATE TEMP TABLE whose AS
SELECT position, coalesce(held.subject_id, min(position) OVER (PARTITION BY text)) AS subject_id
FROM named
LEFT JOIN held USING (text)
UNION ALL
SELECT position, position AS subject_id
FROM issued
WHERE len(subject.identifiers) IS DISTINCT FROM 1
"""
_FRESH = """
SELECT text, min(position) AS subject_id
FROM named
ANTI JOIN held USING (text)
GROUP BY text
ORDER BY text
"""
_SUBJECTS = """
WITH
opener AS (         -- the source whose record opened the file: names and identifiers are its own to state
  SELECT subject_id, source
  FROM opened_before
  UNION ALL
  SELECT position AS subject_id, source
  FROM issued
  JOIN whose USING (position)
  WHERE position = subject_id
),
naming AS (
  SELECT position, subject_id AS id, subject AS stated
  FROM whose
  JOIN issued USING (position)
  JOIN opener USING (subject_id, source)
),
newest AS (         -- what its records said last: one that says nothing of the region leaves the region as it was
  SELECT id, arg_max(stated.kind, position) AS kind,
    arg_max(stated.name, position) FILTER (stated.name <> '') AS name,
    arg_max(stated.region, position) FILTER (stated.region <> '') AS region,
    arg_max(stated.sector, position) FILTER (stated.sector <> '') AS sector
  FROM naming
  GROUP BY id
),
present AS (
  SELECT id, coalesce(newest.kind, before.kind) AS kind, coalesce(newest.name, before.name, '') AS name,
    coalesce(newest.region, before.region, '') AS region, coalesce(newest.sector, before.sector, '') AS sector
  FROM newest
  FULL JOIN before USING (id)
  WHERE id IN (SELECT subject_id FROM whose)
),
called AS (         -- every other name that a record of that source or the file itself has for the subject
  SELECT DISTINCT id, unnest(list_append(coalesce(stated.names, []), stated.name)) AS name
  FROM naming
  WHERE len(stated.names) > 0
    OR id IN (SELECT id FROM naming GROUP BY id HAVING count(*) > 1)
  UNION
  SELECT id, unnest(string_split(concat_ws(chr(10), before.name, before.names), chr(10))) AS name
  FROM before
),
others AS (
  SELECT id, string_agg(called.name, chr(10) ORDER BY called.name) AS names
  FROM called
  JOIN present USING (id)
  WHERE called.name <> '' AND called.name IS DISTINCT FROM present.name
  GROUP BY id
)
SELECT id, kind, name, coalesce(others.names, '') AS names, region, sector
FROM present
LEFT JOIN others USING (id)
ORDER BY id
"""


def resolve_subjects(store: ColumnStore, duck: duckdb.DuckDBPyConnection) -> None:
    """Gives DuckDB the table `whose` (position, subject_id); writes new subjects, identifiers and changed names."""
    duck.execute(_NAMED)
    stored_identifiers = _read_stored_identifiers(store, duck)
    duck.register("held", stored_identifiers)
    store.hold("known", duck.sql("SELECT DISTINCT subject_id AS id FROM held").to_arrow_table())
    openers = store.read(_OPENERS, build_schema(subject_id=NUMBER, source=TEXT))
    duck.register("opened_before", openers)
    before = _read_stored_subjects(store)  # read before anything is written: reading waits for all that was asked
    duck.register("before", before)
    store.add("identifier", _resolve_identifiers(duck, stored_identifiers, openers))
    [(issued,)] = duck.execute("SELECT count(*) FROM issued").fetchall()
    subjects = read_answer(duck, _SUBJECTS, issued)
    changed = _list_changed_subjects(duck, subjects)
    remove_subjects(store, changed)
    write_subjects(store, duck, subjects, changed)


def _resolve_identifiers(
    duck: duckdb.DuckDBPyConnection, stored_identifiers: pa.Table, openers: pa.Table
) -> pa.Table:  # fmt: skip
    """Makes the table `whose`; gives the identifiers that are new.

    A record with several identifiers may bind them together for the records after it, so then they go one by one.
    """
    if duck.sql(_MANY).fetchall() == [(True,)]:
        resolved, fresh = _resolve_one_by_one(duck, stored_identifiers, openers)
        duck.register("whose", resolved)
        return fresh
    duck.execute(_RESOLVED)
    return duck.sql(_FRESH).to_arrow_table()


def _resolve_one_by_one(
    duck: duckdb.DuckDBPyConnection, stored_identifiers: pa.Table, openers: pa.Table
) -> tuple[pa.Table, pa.Table]:  # fmt: skip
    """Whose each record is, one after the other, so that batches make no difference; and the new identifiers."""
    subject_ids: dict[str, int] = _map_columns(stored_identifiers, "text", "subject_id")
    sources: dict[int, str] = _map_columns(openers, "subject_id", "source")
    before = len(subject_ids)
    records = duck.sql(
        "SELECT position, source, subject.identifiers AS texts FROM issued ORDER BY position"
    ).to_arrow_table()
    subjects = [
        _resolve_subject_id(position, source, texts, subject_ids, sources)
        for position, source, texts in zip(*(column.to_pylist() for column in records.columns), strict=True)
    ]
    fresh = list(subject_ids.items())[before:]
    identifiers = pa.table(
        {
            "text": pa.array([text for text, _ in fresh], TEXT),
            "subject_id": pa.array([subject_id for _, subject_id in fresh], NUMBER),
        }
    )
    return pa.table({"position": records.column("position"), "subject_id": pa.array(subjects, NUMBER)}), identifiers


def _map_columns(table: pa.Table, key: str, value: str) -> dict[Any, Any]:
    return dict(zip(table.column(key).to_pylist(), table.column(value).to_pylist(), strict=True))


def _resolve_subject_id(
    position: int, source: str, texts: list[str], subject_ids: dict[str, int], sources: dict[int, str]
) -> int:
    """The file that holds one of these identifiers; the others become its own by the source that opened it alone."""
    subject_id = next((subject_ids[text] for text in texts if text in subject_ids), position)
    if sources.setdefault(subject_id, source) == source:
        for text in texts:
            subject_ids.setdefault(text, subject_id)
    return subject_id


def _read_stored_identifiers(store: ColumnStore, duck: duckdb.DuckDBPyConnection) -> pa.Table:
    store.hold("named", duck.sql("SELECT DISTINCT text FROM named").to_arrow_table())
    return store.read(
        "SELECT identifier.text, identifier.subject_id FROM identifier JOIN named ON named.text = identifier.text",
        build_schema(text=TEXT, subject_id=NUMBER),
    )


_OPENERS = """
SELECT known.id AS subject_id, record.source
FROM known
JOIN record ON record.position = known.id
"""
_SUBJECT_COLUMNS = build_schema(id=NUMBER, kind=TEXT, name=TEXT, names=TEXT, region=TEXT, sector=TEXT, searchable=TEXT)


def _read_stored_subjects(store: ColumnStore) -> pa.Table:
    chosen = ", ".join(f"subject.{name}" for name in _SUBJECT_COLUMNS.names)
    return store.read(f"SELECT {chosen}\nFROM subject\nJOIN known ON known.id = subject.id", _SUBJECT_COLUMNS)


def _list_changed_subjects(duck: duckdb.DuckDBPyConnection, subjects: pa.Table) -> pa.Table:
    duck.register("now", subjects)
    return duck.sql(
        "SELECT before.id, before.searchable\nFROM before\nJOIN now USING (id)\n"
        "WHERE (now.kind, now.name, now.names, now.region, now.sector)\n"
        "  IS DISTINCT FROM (before.kind, before.name, before.names, before.region, before.sector)"
    ).to_arrow_table()
