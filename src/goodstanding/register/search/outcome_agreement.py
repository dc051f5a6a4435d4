"""Audits sources: how many of the outcomes they publish follow from their own findings under the rule.

Looked at is each source's newest statement up to a day. An outcome published without the findings behind it is
`unproven`, and counted apart: the rule says nothing about it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.effects import RECORDS, compute_intervals
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.types import TEXT, build_schema
from goodstanding.table_engine import open_table_engine

_STATED = """
SELECT position, subject_id, record, source, reference, coalesce(about, '') AS about, occurred, fields,
  coalesce(published, '') AS published, stated, event
FROM record
WHERE catalogue = '{catalogue}'
  AND stated <= '{at}'
"""
_NEWEST = f"""
CREATE TEMP TABLE newest AS
SELECT *, max(stated) OVER (PARTITION BY source) AS day
FROM (
  SELECT *
  FROM stated
  QUALIFY row_number() OVER (PARTITION BY source, record, reference ORDER BY stated DESC, position DESC) = 1
)
WHERE event <> '{EventKind.RECORD_WITHDRAWN}'
"""
_GRADES = """
SELECT position, outcomes.source, outcomes.reference, outcomes.published, outcomes.value, outcomes.why, newest.fields,
  explanations.explained
FROM outcomes
JOIN newest USING (position)
JOIN explanations USING (position)
WHERE outcomes.published IS NOT NULL
"""
_CASES = """
SELECT newest.position, newest.source, newest.reference, newest.published, stages.stage AS value, 'case' AS why,
  newest.fields, explanations.explained
FROM newest
JOIN explanations ON explanations.position = newest.position
LEFT JOIN stages
  ON stages.case_position = newest.position
  AND stages.valid_from <= CAST(newest.day AS DATE)
  AND CAST(newest.day AS DATE) < coalesce(stages.valid_to, DATE '9999-12-31')
WHERE newest.record = '{record}'
  AND newest.published <> ''
"""


@dataclass(frozen=True, slots=True)
class OutcomeDifference:
    """A published outcome that does not follow, with what the findings give and what in them may explain it."""

    position: int
    source: str
    reference: str
    published: str
    follows: str | None
    why: str
    explained: str | None
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many published outcomes follow from their findings, by source, and each that does not."""

    catalogue: str
    at: date
    published: int
    agree: int
    differ: int
    unproven: int
    by_source: dict[str, dict[str, int]]
    differences: tuple[OutcomeDifference, ...]


def measure_agreement(name: str, at: date) -> Agreement:
    """The agreement of a catalogue's sources in their newest statements up to `at`; raises NotFound."""
    catalogue = get_enacted(name).catalogue
    rows = list(_iterate_outcomes(catalogue, at))
    proven = [row for row in rows if row["why"] != "unproven"]
    wrong = [row for row in proven if row["value"] != row["published"]]
    published, differ = Counter(row["source"] for row in proven), Counter(row["source"] for row in wrong)
    by_source = {
        source: {"published": count, "agree": count - differ[source], "differ": differ[source]}
        for source, count in sorted(published.items())
    }
    return Agreement(
        name,
        at,
        len(proven),
        len(proven) - len(wrong),
        len(wrong),
        len(rows) - len(proven),
        by_source,
        tuple(_build_difference(row) for row in sorted(wrong, key=lambda row: (row["source"], row["reference"]))),
    )


def _build_difference(row: dict[str, Any]) -> OutcomeDifference:
    fields = json.loads(row["fields"])
    return OutcomeDifference(
        row["position"],
        row["source"],
        row["reference"],
        row["published"],
        row["value"],
        row["why"],
        row["explained"],
        fields,
    )


def _iterate_outcomes(catalogue: Catalogue, at: date) -> Iterator[dict[str, Any]]:
    kinds = build_schema(
        **{field.name: field.type for field in RECORDS} | {"occurred": TEXT, "stated": TEXT, "event": TEXT}
    )
    with open_column_store() as store:
        stated = store.read(_STATED.format(catalogue=catalogue.name, at=at.isoformat()), kinds)
    with open_table_engine(stated.num_rows) as duck:
        duck.register("stated", stated)
        duck.execute(_NEWEST)
        newest = duck.sql("SELECT * EXCLUDE (stated, event, day) FROM newest").to_arrow_table()
        for name, record in catalogue.records.items():
            if record.published:
                duck.register("explanations", standing.compute_explanations(newest, catalogue, name))
                recompute = _recompute_grades if record.published in catalogue.schemes else _recompute_stages
                yield from recompute(duck, newest, catalogue, name)


def _recompute_grades(
    duck: duckdb.DuckDBPyConnection, newest: pa.Table, catalogue: Catalogue, record: str
) -> Iterator[dict[str, Any]]:
    duck.register("outcomes", standing.compute_outcomes(newest, catalogue, str(catalogue.records[record].published)))
    yield from duck.sql(_GRADES).to_arrow_table().to_pylist()


def _recompute_stages(
    duck: duckdb.DuckDBPyConnection, newest: pa.Table, catalogue: Catalogue, record: str
) -> Iterator[dict[str, Any]]:
    intervals = compute_intervals(newest, catalogue)
    duck.register("stages", intervals.filter(pc.equal(intervals.column("kind"), "case")))
    yield from duck.sql(_CASES.format(record=record)).to_arrow_table().to_pylist()
