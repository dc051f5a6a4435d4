"""Whose a record is: the file that holds one of its identifiers, or a new one, opened by the record itself."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from goodstanding.register.projection.search_index import remove_subjects, write_subjects
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema

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
newest AS (         -- the newest record says how the subject is called and where it is
  SELECT id, subject AS said
  FROM issued
  JOIN (SELECT subject_id AS id, max(position) AS position FROM whose GROUP BY subject_id) USING (position)
),
called AS (         -- every other name that a record or the file itself has for the subject
  SELECT DISTINCT subject_id AS id, unnest(list_append(coalesce(issued.subject.names, []), issued.subject.name)) AS name
  FROM issued
  JOIN whose USING (position)
  WHERE len(issued.subject.names) > 0
    OR subject_id IN (SELECT subject_id FROM whose GROUP BY subject_id HAVING count(*) > 1)
  UNION
  SELECT id, unnest(string_split(concat_ws(chr(10), before.name, before.names), chr(10))) AS name
  FROM before
),
others AS (
  SELECT id, string_agg(name, chr(10) ORDER BY name) AS names
  FROM called
  JOIN newest USING (id)
  WHERE name <> '' AND name IS DISTINCT FROM said.name
  GROUP BY id
)
SELECT id, said.kind AS kind, coalesce(said.name, '') AS name, coalesce(others.names, '') AS names,
  coalesce(said.region, '') AS region, coalesce(said.sector, '') AS sector
FROM newest
LEFT JOIN others USING (id)
ORDER BY id
"""


def resolve_subjects(store: ColumnStore, duck: duckdb.DuckDBPyConnection) -> None:
    """Gives DuckDB the table `whose` (position, subject_id); writes new subjects, identifiers and changed names."""
    duck.execute(_NAMED)
    stored_identifiers = _read_stored_identifiers(store, duck)
    duck.register("held", stored_identifiers)
    before = _read_stored_subjects(store, duck)  # read before anything is written: reading waits for all that was asked
    duck.register("before", before)
    store.add("identifier", _resolve_identifiers(duck, stored_identifiers))
    subjects = duck.sql(_SUBJECTS).to_arrow_table()
    changed = _list_changed_subjects(duck, subjects)
    remove_subjects(store, changed)
    write_subjects(store, duck, subjects, changed)


def _resolve_identifiers(duck: duckdb.DuckDBPyConnection, stored_identifiers: pa.Table) -> pa.Table:
    """Makes the table `whose`; gives the identifiers that are new.

    A record with several identifiers may bind them together for the records after it, so then they go one by one.
    """
    if duck.sql(_MANY).fetchall() == [(True,)]:
        resolved, fresh = _resolve_one_by_one(duck, stored_identifiers)
        duck.register("whose", resolved)
        return fresh
    duck.execute(_RESOLVED)
    return duck.sql(_FRESH).to_arrow_table()


def _resolve_one_by_one(duck: duckdb.DuckDBPyConnection, stored_identifiers: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Whose each record is, one after the other, so that batches make no difference; and the new identifiers."""
    subject_ids = dict(
        zip(
            stored_identifiers.column("text").to_pylist(),
            stored_identifiers.column("subject_id").to_pylist(),
            strict=True,
        )
    )
    before = len(subject_ids)
    records = duck.sql("SELECT position, subject.identifiers AS texts FROM issued ORDER BY position").to_arrow_table()
    positions = records.column("position").to_pylist()
    subjects = [
        _resolve_subject_id(position, texts, subject_ids)
        for position, texts in zip(positions, records.column("texts").to_pylist(), strict=True)
    ]
    fresh = list(subject_ids.items())[before:]
    identifiers = pa.table(
        {
            "text": pa.array([text for text, _ in fresh], TEXT),
            "subject_id": pa.array([subject_id for _, subject_id in fresh], NUMBER),
        }
    )
    return pa.table({"position": records.column("position"), "subject_id": pa.array(subjects, NUMBER)}), identifiers


def _resolve_subject_id(position: int, texts: list[str], subject_ids: dict[str, int]) -> int:
    subject_id = next((subject_ids[text] for text in texts if text in subject_ids), position)
    for text in texts:
        subject_ids.setdefault(text, subject_id)
    return subject_id


def _read_stored_identifiers(store: ColumnStore, duck: duckdb.DuckDBPyConnection) -> pa.Table:
    store.hold("named", duck.sql("SELECT DISTINCT text FROM named").to_arrow_table())
    return store.read(
        "SELECT identifier.text, identifier.subject_id FROM identifier JOIN named ON named.text = identifier.text",
        build_schema(text=TEXT, subject_id=NUMBER),
    )


_SUBJECT_COLUMNS = build_schema(id=NUMBER, kind=TEXT, name=TEXT, names=TEXT, region=TEXT, sector=TEXT, searchable=TEXT)


def _read_stored_subjects(store: ColumnStore, duck: duckdb.DuckDBPyConnection) -> pa.Table:
    store.hold("known", duck.sql("SELECT DISTINCT subject_id AS id FROM held").to_arrow_table())
    chosen = ", ".join(f"subject.{name}" for name in _SUBJECT_COLUMNS.names)
    return store.read(f"SELECT {chosen}\nFROM subject\nJOIN known ON known.id = subject.id", _SUBJECT_COLUMNS)


def _list_changed_subjects(duck: duckdb.DuckDBPyConnection, subjects: pa.Table) -> pa.Table:
    duck.register("now", subjects)
    return duck.sql(
        "SELECT before.id, before.searchable\nFROM before\nJOIN now USING (id)\n"
        "WHERE (now.kind, now.name, now.names, now.region, now.sector)\n"
        "  IS DISTINCT FROM (before.kind, before.name, before.names, before.region, before.sector)"
    ).to_arrow_table()
