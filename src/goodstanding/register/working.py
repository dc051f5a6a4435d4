"""Effects and case intervals of the subjects that something happened to, worked out anew and stored."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.register.outcome import RECORDS, intervals_of
from goodstanding.register.store import Columns

_CURRENT = """
SELECT record.position, record.subject_id, record.record, record.source, record.reference,
  coalesce(record.about, '') AS about, record.occurred, record.fields, coalesce(record.published, '') AS published
FROM record
JOIN touched
  ON touched.subject_id = record.subject_id
  AND touched.catalogue = record.catalogue
WHERE record.catalogue = '{catalogue}'
  AND record.replaced_at IS NULL
"""
_FORGET = """
DELETE FROM {table}
WHERE catalogue = '{catalogue}'
  AND subject_id IN (SELECT subject_id FROM touched WHERE catalogue = '{catalogue}')
"""
_STORED = {
    "case_interval": """
SELECT * EXCLUDE (because), CAST(to_json(because) AS VARCHAR) AS because, '{catalogue}' AS catalogue
FROM made
ORDER BY ALL
""",
    "effect": """
SELECT * EXCLUDE (because, score), CAST(score AS BIGINT) AS score, CAST(to_json(because) AS VARCHAR) AS because,
  '{catalogue}' AS catalogue
FROM made
ORDER BY subject_id, valid_from, measure
""",
}


WHOLE = RECORDS.append(pa.field("catalogue", pa.string()))


def renew(store: Columns, rules: Mapping[str, Catalogue], touched: pa.Table, whole: pa.Table) -> None:
    """Replaces intervals and effects of each (subject_id, catalogue) in `touched`, whose records are read.

    `whole` has all records of subjects about whom nothing is stored yet; nobody is in both. `rules` are those in force.
    """
    names = {*touched.column("catalogue").to_pylist(), *pc.unique(whole.column("catalogue")).to_pylist()}
    if touched.num_rows:
        store.hold("touched", touched)
    for name in sorted(names):
        if name not in rules:  # it fails the charter, so nothing comes from it
            continue
        given = whole.filter(pc.equal(whole.column("catalogue"), name)).drop_columns("catalogue")
        found = _again(store, name) if touched.num_rows else RECORDS.empty_table()
        _renew_one(store, rules[name], pa.concat_tables([found, given]))


def _again(store: Columns, catalogue: str) -> pa.Table:
    """Forgets what is stored about those touched under a catalogue; gives their records."""
    for table in _STORED:
        store.run(_FORGET.format(table=table, catalogue=catalogue))
    return store.read(_CURRENT.format(catalogue=catalogue), RECORDS)


def _renew_one(store: Columns, catalogue: Catalogue, records: pa.Table) -> None:
    if records.num_rows:
        intervals = intervals_of(records, catalogue)
        _store(store, "case_interval", intervals, catalogue)
        _store(store, "effect", standing.effects(records, intervals, catalogue), catalogue)


def _store(store: Columns, table: str, made: pa.Table, catalogue: Catalogue) -> None:
    if made.num_rows:
        with duckdb.connect() as duck:
            duck.register("made", made)
            store.add(table, duck.sql(_STORED[table].format(catalogue=catalogue.name)).to_arrow_table())
