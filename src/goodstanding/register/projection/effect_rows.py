"""Effects and case intervals of the subjects that something happened to, worked out anew and stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.effects import RECORDS
from goodstanding.register.projection.case_effects import (
    CaseEffects,
    build_listing_intervals,
    calculate_by_version,
    find_widest_rules,
    group_lifts_by_subject,
)
from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS_SQL
from goodstanding.register.rules.effect_isolation import calculate_apart
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema
from goodstanding.standing import RuleVersion
from goodstanding.table_engine import open_table_engine

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
  CAST(hearing_span.valid_from AS TEXT) AS valid_from, coalesce(CAST(hearing_span.valid_to AS TEXT), '') AS valid_to,
  CAST(record.occurred AS TEXT) AS occurred
FROM hearing_span
JOIN touched
  ON touched.subject_id = hearing_span.subject_id
  AND touched.catalogue = hearing_span.catalogue
JOIN record ON record.position = hearing_span.case_position
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
_BINDS = build_schema(case_position=NUMBER, subject_id=NUMBER, name=TEXT, valid_from=TEXT, valid_to=TEXT,
                      occurred=TEXT)  # fmt: skip
_LIFTS = build_schema(subject_id=NUMBER, about=NUMBER, valid_from=TEXT, valid_to=TEXT, lifts=NUMBER)
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


_UNHEARD = CaseEffects(build_listing_intervals([], None), {})
RECORDS_WITH_CATALOGUE = RECORDS.append(pa.field("catalogue", pa.string()))


def recompute_effect_rows(
    store: ColumnStore, rules: Mapping[str, list[RuleVersion]], touched: pa.Table, whole: pa.Table
) -> None:
    """Replaces intervals and effects of each (subject_id, catalogue) in `touched`, whose records are read.

    A pair that several things touched stands for its records once. `whole` has all records of subjects about whom
    nothing is stored yet; nobody is in both. `rules` are the versions of those in force.
    """
    names = {*touched.column("catalogue").to_pylist(), *pc.unique(whole.column("catalogue")).to_pylist()}
    if touched.num_rows:
        store.hold("touched", touched.group_by(touched.column_names).aggregate([]))
    for name in sorted(names):
        if name not in rules:  # it fails the charter or cannot be read, so nothing comes from it any more
            if touched.num_rows:
                _delete_effect_rows(store, name)
            continue
        new_records = whole.filter(pc.equal(whole.column("catalogue"), name)).drop_columns("catalogue")
        stored_records = _delete_effect_rows(store, name) if touched.num_rows else RECORDS.empty_table()
        heard = _read_case_effects(store, rules[name]) if touched.num_rows else _UNHEARD
        records = pa.concat_tables([stored_records, new_records])
        _recompute_catalogue(store, rules[name], records, heard)


def _read_case_effects(store: ColumnStore, versions: list[RuleVersion]) -> CaseEffects:
    """What the cases heard here add to the effects of those touched, and what they take from them."""
    catalogue = find_widest_rules(versions)
    binding = store.read(_BINDING.format(catalogue=catalogue.name), _BINDS).to_pylist()
    lifting = store.read(_LIFTING.format(catalogue=catalogue.name), _LIFTS).to_pylist()
    conduct_days = {row["case_position"]: date.fromisoformat(row["occurred"]) for row in binding}
    return CaseEffects(build_listing_intervals(binding, catalogue), group_lifts_by_subject(lifting), conduct_days)


def _delete_effect_rows(store: ColumnStore, catalogue: str) -> pa.Table:
    """Forgets what is stored about those touched under a catalogue; gives their records."""
    for table in _STORED:
        store.run(_FORGET.format(table=table, catalogue=catalogue))
    return store.read(_CURRENT.format(catalogue=catalogue, hearing=CASE_FINDING_KINDS_SQL), RECORDS)


def _recompute_catalogue(
    store: ColumnStore, versions: list[RuleVersion], records: pa.Table, heard: CaseEffects
) -> None:
    catalogue = versions[-1].catalogue

    def calculate(some_records: pa.Table, listings: pa.Table) -> tuple[pa.Table, pa.Table]:
        return calculate_by_version(some_records, listings, versions, heard)

    if records.num_rows or heard.intervals.num_rows:
        for intervals, effects in calculate_apart(calculate, catalogue, records, heard.intervals):
            _write_rows(store, "case_interval", standing.cut_to_days(intervals, date.min, catalogue.until), catalogue)
            _write_rows(store, "effect", effects, catalogue)


def _write_rows(store: ColumnStore, table: str, new_rows: pa.Table, catalogue: Catalogue) -> None:
    if new_rows.num_rows:
        with open_table_engine(new_rows.num_rows) as duck:
            duck.register("made", new_rows)
            store.add(table, duck.sql(_STORED[table].format(catalogue=catalogue.name)).to_arrow_table())
