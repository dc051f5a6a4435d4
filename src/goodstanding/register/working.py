"""Effects and case intervals of the subjects that something happened to, worked out anew and stored."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.register.hearing_effects import Heard, lifted, lifts_by_subject, listing_intervals
from goodstanding.register.hearing_rows import NOT_STATED
from goodstanding.register.outcome import RECORDS, intervals_of
from goodstanding.register.store import NUMBER, TEXT, Columns, schema

_CURRENT = """
SELECT record.position, record.subject_id, record.record, record.source, record.reference,
  coalesce(record.about, '') AS about, record.occurred, record.fields, coalesce(record.published, '') AS published
FROM record
JOIN touched
  ON touched.subject_id = record.subject_id
  AND touched.catalogue = record.catalogue
WHERE record.catalogue = '{catalogue}'
  AND record.replaced_at IS NULL
  AND record.event NOT IN ({hearing})
"""
_BINDING = """
SELECT DISTINCT hearing_span.case_position, hearing_span.subject_id, hearing_span.listed AS name,
  CAST(hearing_span.valid_from AS TEXT) AS valid_from, coalesce(CAST(hearing_span.valid_to AS TEXT), '') AS valid_to
FROM hearing_span
JOIN touched
  ON touched.subject_id = hearing_span.subject_id
  AND touched.catalogue = hearing_span.catalogue
WHERE hearing_span.catalogue = '{catalogue}'
  AND hearing_span.binds = 1
"""
_LIFTING = """
SELECT DISTINCT hearing.subject_id, hearing.about, CAST(hearing_span.valid_from AS TEXT) AS valid_from,
  coalesce(CAST(hearing_span.valid_to AS TEXT), '') AS valid_to, hearing_span.lifts
FROM hearing_span
JOIN hearing ON hearing.position = hearing_span.case_position
JOIN touched
  ON touched.subject_id = hearing_span.subject_id
  AND touched.catalogue = hearing_span.catalogue
WHERE hearing_span.catalogue = '{catalogue}'
  AND hearing_span.lifts > 0
"""
_BINDS = schema(case_position=NUMBER, subject_id=NUMBER, name=TEXT, valid_from=TEXT, valid_to=TEXT)
_LIFTS = schema(subject_id=NUMBER, about=NUMBER, valid_from=TEXT, valid_to=TEXT, lifts=NUMBER)
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


_UNHEARD = Heard(listing_intervals([], None), {})
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
        heard = _heard(store, rules[name]) if touched.num_rows else _UNHEARD
        _renew_one(store, rules[name], pa.concat_tables([found, given]), heard)


def _heard(store: Columns, catalogue: Catalogue) -> Heard:
    """What the cases heard here add to the effects of those touched, and what they take from them."""
    binding = store.read(_BINDING.format(catalogue=catalogue.name), _BINDS).to_pylist()
    lifting = store.read(_LIFTING.format(catalogue=catalogue.name), _LIFTS).to_pylist()
    return Heard(listing_intervals(binding, catalogue), lifts_by_subject(lifting))


def _again(store: Columns, catalogue: str) -> pa.Table:
    """Forgets what is stored about those touched under a catalogue; gives their records."""
    for table in _STORED:
        store.run(_FORGET.format(table=table, catalogue=catalogue))
    return store.read(_CURRENT.format(catalogue=catalogue, hearing=NOT_STATED), RECORDS)


def _renew_one(store: Columns, catalogue: Catalogue, records: pa.Table, heard: Heard) -> None:
    if records.num_rows or heard.intervals.num_rows:
        intervals = pa.concat_tables([intervals_of(records, catalogue), heard.intervals])
        _store(store, "case_interval", intervals, catalogue)
        _store(store, "effect", lifted(standing.effects(records, intervals, catalogue), heard.lifts), catalogue)


def _store(store: Columns, table: str, made: pa.Table, catalogue: Catalogue) -> None:
    if made.num_rows:
        with duckdb.connect() as duck:
            duck.register("made", made)
            store.add(table, duck.sql(_STORED[table].format(catalogue=catalogue.name)).to_arrow_table())
