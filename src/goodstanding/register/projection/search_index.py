"""Subjects in their table and in the index that a search by name reads: written, and taken out of both."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from goodstanding.register.storage.columns import ColumnStore
from goodstanding.subjects import PUBLISHED_KINDS
from goodstanding.subjects.names import build_search_texts

_FEWER = """
UPDATE gram
SET n = gram.n - counted.n
FROM (
  SELECT unnest(grams) AS gram, count(*) AS n
  FROM subject
  WHERE id IN (SELECT id FROM changed)
  GROUP BY 1
) AS counted
WHERE counted.gram = gram.gram
"""


def remove_subjects(store: ColumnStore, changed: pa.Table) -> None:
    """Takes subjects (id, searchable) out of their table and out of the search."""
    if not changed.num_rows:
        return
    store.hold("changed", changed)
    if store.postgres:
        store.run(_FEWER)
        store.run("DELETE FROM gram WHERE n = 0")
    else:
        store.run(
            "INSERT INTO subject_search (subject_search, rowid, searchable)\n"
            "SELECT 'delete', id, searchable FROM changed"
        )
    store.run("DELETE FROM subject WHERE id IN (SELECT id FROM changed)")


def write_subjects(store: ColumnStore, duck: duckdb.DuckDBPyConnection, subjects: pa.Table, changed: pa.Table) -> None:
    """Writes subjects that are new or `changed`, from DuckDB's tables `now` and `before`."""
    duck.register("changed", changed)
    fresh = duck.sql(
        "SELECT now.* FROM now ANTI JOIN before USING (id) UNION ALL SELECT now.* FROM now SEMI JOIN changed USING (id)"
    ).to_arrow_table()
    called = zip(*(fresh.column(name).to_pylist() for name in ("kind", "name", "names")), strict=True)
    texts = build_search_texts([_list_indexed_names(*kind_and_names) for kind_and_names in called])
    fresh = fresh.append_column("searchable", pa.array(texts, pa.string()))
    if not fresh.num_rows:
        return
    if store.postgres:
        _write_grams(store, duck, fresh)
        return
    store.add("subject", fresh)
    store.hold("fresh", fresh.select(["id", "searchable"]))
    store.run("INSERT INTO subject_search (rowid, searchable) SELECT id, searchable FROM temp.fresh")


def _list_indexed_names(kind: str, name: str, names: str) -> str:
    """The names by which a subject is found, one a line: none of a natural person's (charter article 3)."""
    if kind not in PUBLISHED_KINDS:
        return ""
    return f"{name}\n{names}" if names else name


def _write_grams(store: ColumnStore, duck: duckdb.DuckDBPyConnection, fresh: pa.Table) -> None:
    duck.register("fresh", fresh)
    with_grams = duck.sql(
        "SELECT *, list_distinct(list_transform(\n"
        "  range(1, greatest(len(searchable) - 1, 1)), lambda i: searchable[i:i + 2])) AS grams\nFROM fresh"
    ).to_arrow_table()
    store.add("subject", with_grams)
    duck.register("with_grams", with_grams)
    store.hold(
        "counted",
        duck.sql(
            "SELECT gram, count(*) AS n FROM (SELECT unnest(grams) AS gram FROM with_grams) GROUP BY gram"
        ).to_arrow_table(),
    )
    store.run("INSERT INTO gram SELECT gram, n FROM counted ON CONFLICT (gram) DO UPDATE SET n = gram.n + excluded.n")
