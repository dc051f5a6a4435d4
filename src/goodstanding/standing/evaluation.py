"""Runs a catalogue's SQL in DuckDB over tables it is handed; gives Arrow tables back.

records    position, subject_id, record, source, reference, about, occurred, fields (JSON), published
intervals  case_position, subject_id, kind, name, stage, valid_from, valid_to, audience, because, then, why
points     subject_id, day

Positions are ledger positions. Days may come as dates or as ISO text. `score` is in the scheme's own points.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.model import Catalogue
from goodstanding.standing.cases import build_stated_steps_sql
from goodstanding.standing.change_points import build_change_points_sql
from goodstanding.standing.steps import (
    build_effects_sql,
    build_explanations_sql,
    build_matches_sql,
    build_outcomes_sql,
    build_timeline_sql,
)
from goodstanding.table_engine import open_table_engine, read_answer

INTERVALS = pa.schema(
    {
        "case_position": pa.int64(),
        "subject_id": pa.int64(),
        "kind": pa.string(),
        "name": pa.string(),
        "stage": pa.string(),
        "valid_from": pa.date32(),
        "valid_to": pa.date32(),
        "audience": pa.string(),
        "because": pa.list_(pa.int64()),
        "then": pa.string(),
        "why": pa.string(),
    }
)
_RECORDS = (
    "SELECT position, subject_id, record, source, reference, nullif(about, '') AS about,\n"
    "  CAST(occurred AS DATE) AS occurred, fields, nullif(published, '') AS published\nFROM given_records"
)


@contextmanager
def open_engine(records: pa.Table, intervals: pa.Table | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection that sees `records` and `intervals`; closed at the end, and all it made with it."""
    with open_table_engine(records.num_rows) as connection:
        connection.register("given_records", records)
        connection.execute(f"CREATE TEMP VIEW records AS {_RECORDS}")
        connection.register("intervals", INTERVALS.empty_table() if intervals is None else intervals)
        yield connection


def evaluate(records: pa.Table, intervals: pa.Table, catalogue: Catalogue, points: pa.Table) -> pa.Table:
    """Effects at each (subject_id, day) of `points`: one row each, with the positions of the records they rest on."""
    with open_engine(records, intervals) as connection:
        connection.register("points", points)
        effects = connection.sql(build_effects_sql(catalogue)).to_arrow_table()
        return effects.filter(_list_days_in_force(effects.column("day"), catalogue))


def _list_days_in_force(days: pa.ChunkedArray, catalogue: Catalogue) -> pa.ChunkedArray:
    """Which of these days the rules are in force on."""
    begun = pc.greater_equal(days, pa.scalar(_find_first_day(catalogue)))
    return pc.and_(begun, pc.less(days, pa.scalar(catalogue.until))) if catalogue.until else begun


def _find_first_day(catalogue: Catalogue) -> date:
    return date.min if catalogue.backwards else catalogue.in_force


def compute_moments(records: pa.Table, intervals: pa.Table, catalogue: Catalogue) -> pa.Table:
    """Every (subject_id, day) at which an effect can begin or end, so that between two of them nothing changes."""
    with open_engine(records, intervals) as connection:
        return read_answer(connection, build_change_points_sql(catalogue), records.num_rows)


def compute_effects(records: pa.Table, intervals: pa.Table, catalogue: Catalogue) -> pa.Table:
    """Effects over time: one row for each interval [valid_from, valid_to) in which nothing changes; NULL is open.

    They are evaluated at every moment at which something can change, then intervals that say the same are joined.
    """
    with open_engine(records, intervals) as connection:
        effects = read_answer(connection, build_timeline_sql(catalogue), records.num_rows)
    return cut_to_days(effects, _find_first_day(catalogue), catalogue.until)


def cut_to_days(rows: pa.Table, first: date, end: date | None) -> pa.Table:
    """What holds over [valid_from, valid_to), as far as it does over [first, end): the rest never does."""
    starts = pc.max_element_wise(rows.column("valid_from"), pa.scalar(first))
    ends = rows.column("valid_to")
    if end is not None:
        ends = pc.min_element_wise(ends, pa.scalar(end))  # what is open has none, which is skipped
    for name, days in (("valid_from", starts), ("valid_to", ends)):
        rows = rows.set_column(rows.column_names.index(name), rows.schema.field(name), days)
    return rows.filter(pc.fill_null(pc.less(starts, ends), True))


def compute_outcomes(records: pa.Table, catalogue: Catalogue, scheme: str) -> pa.Table:
    """What each finding alone gives under a scheme of kind `latest`, beside what its source published."""
    with open_engine(records) as connection:
        return connection.sql(build_outcomes_sql(catalogue, scheme)).to_arrow_table()


def match_records(records: pa.Table, catalogue: Catalogue, scheme: str) -> pa.Table:
    """Which record falls under which item or direct grade of a scheme of points, for how much, from when until when.

    One row for each stage of an item and each rule of direct grades that holds: position; item, points, span (the
    first day of the time within which `at_most` caps it), missing (fields that leave it open); or grade and rank, the
    lowest of which prevails; and the days since, until (exclusive; 9999-12-31 is open).
    """
    with open_engine(records) as connection:
        return read_answer(connection, build_matches_sql(catalogue, scheme), records.num_rows)


def compute_explanations(records: pa.Table, catalogue: Catalogue, record: str) -> pa.Table:
    """What in each record of a type may explain that its published outcome does not follow: position, explained."""
    with open_engine(records) as connection:
        return connection.sql(build_explanations_sql(catalogue, record)).to_arrow_table()


def compute_stated_steps(records: pa.Table, catalogue: Catalogue) -> pa.Table | None:
    """The dated steps that records state for their cases; None where the catalogue has no cases."""
    statement = build_stated_steps_sql(catalogue)
    if statement is None:
        return None
    with open_engine(records) as connection:
        return read_answer(connection, statement, records.num_rows)
