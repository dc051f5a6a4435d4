"""Whole published tables against the rules: how many published outcomes follow from their own findings."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from goodstanding import standing
from goodstanding.catalogue import Catalogue, load_library, overlay_catalogue
from goodstanding.procedure import list_intervals
from goodstanding.table_engine import open_table_engine

DATA = Path(os.environ.get("GOODSTANDING_DATA") or Path(__file__).parents[2] / ".." / "shared" / "data").resolve()
LIBRARY = load_library()
pytestmark = [
    pytest.mark.whole_tables,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the published tables are not here; GOODSTANDING_DATA names their folder"
    ),
]
FHRS = """
SELECT CAST(row_id AS BIGINT) AS position, CAST(row_id AS BIGINT) AS subject_id, 'inspection' AS record,
  'uk-fhrs-la:' || local_authority_code AS source, row_id AS reference, NULL AS about,
  coalesce(ratingdate, DATE '2015-02-16') AS occurred,
  to_json({
    status: CASE ratingvalue
      WHEN 'Exempt' THEN 'exempt'
      WHEN 'AwaitingInspection' THEN 'awaiting-inspection'
      WHEN 'AwaitingPublication' THEN 'awaiting-publication'
      ELSE 'rated' END,
    hygiene: hygiene, structural: structural, confidence: confidenceinmanagement
  }) AS fields,
  CASE WHEN ratingvalue IN ('0', '1', '2', '3', '4', '5') THEN ratingvalue END AS published
FROM '{folder}/uk_food_hygiene/fhrs_2015.parquet'
"""
NEW_YORK = """
WITH visits AS (
  SELECT camis, inspection_date, inspection_type, max(score) AS score, max(grade) AS grade,
    bool_or(contains(action, 'losed by')) AS closed,
    bool_or(contains(action, 're-opened by')) AS reopened,
    bool_or(contains(action, 're-closed by')) AS closed_again
  FROM '{folder}/nyc_restaurants/violations.parquet'
  GROUP BY ALL
)
SELECT row_number() OVER (ORDER BY camis, inspection_date, inspection_type) AS position,
  CAST(camis AS BIGINT) AS subject_id, 'inspection' AS record, 'us-nyc-dohmh' AS source,
  concat_ws('/', camis, inspection_date, inspection_type) AS reference, NULL AS about,
  CASE WHEN inspection_date = DATE '1900-01-01' THEN DATE '2014-12-31' ELSE inspection_date END AS occurred,
  to_json({
    status: CASE WHEN inspection_type IS NULL THEN 'not-yet-inspected' ELSE 'inspected' END,
    card: CASE
      WHEN grade IN ('P', 'Z') THEN 'pending'
      WHEN grade = 'Not Yet Graded' THEN 'not-yet-graded'
      ELSE grade END,
    score: score, closed: closed, reopened: reopened, closed_again: closed_again
  }) AS fields,
  CASE WHEN grade IN ('A', 'B', 'C') THEN grade END AS published
FROM visits
"""
ARTICLE_69B = """
SELECT row_number() OVER () AS position, row_number() OVER () AS subject_id, 'proceeding' AS record, 'mx-sat' AS source,
  rfc || '/' || presumption_sat_notice AS reference, NULL AS about, presumption_sat_date AS occurred,
  to_json({
    presumed_on: presumption_sat_date, presumed_published_on: presumption_dof_date,
    rebutted_on: rebutted_sat_date, rebutted_published_on: rebutted_dof_date,
    final_on: final_sat_date, final_published_on: final_dof_date,
    annulled_on: favourable_ruling_sat_date, annulled_published_on: favourable_ruling_dof_date,
    redone: multiple_dates_as_published
  }) AS fields,
  CASE status
    WHEN 'Presunto' THEN 'presumed'
    WHEN 'Desvirtuado' THEN 'rebutted'
    WHEN 'Definitivo' THEN 'final'
    WHEN 'Sentencia Favorable' THEN 'annulled' END AS published
FROM '{folder}/mx_sat_69b/as_of_{day}.parquet'
"""


def _read_table(statement: str, **tables: pa.Table) -> pa.Table:
    with open_table_engine(1_000_000) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return connection.sql(statement).to_arrow_table()


def _read_records(statement: str, **parts: str) -> pa.Table:
    for name, part in {"folder": str(DATA), **parts}.items():
        statement = statement.replace("{" + name + "}", part)
    return _read_table(statement)


def _count_agreement(records: pa.Table, catalogue: Catalogue, scheme: str) -> tuple[int, int]:
    """How many outcomes were published, and how many of them the rule gives by itself."""
    outcomes = standing.compute_outcomes(records, catalogue, scheme)
    proven = "FROM found WHERE published IS NOT NULL AND why IS DISTINCT FROM 'unproven'"
    (row,) = _read_table(
        f"SELECT count(*) AS published, count(*) FILTER (value = published) AS agree {proven}", found=outcomes
    ).to_pylist()
    return row["published"], row["agree"]


@pytest.fixture(scope="module")
def fhrs() -> pa.Table:
    """The food hygiene ratings of early 2015 as records."""
    return _read_records(FHRS)


@pytest.fixture(scope="module")
def new_york() -> pa.Table:
    """New York's inspections to the end of 2014 as records."""
    return _read_records(NEW_YORK)


def test_food_hygiene_agrees_with_every_published_rating(fhrs: pa.Table) -> None:
    """The three scores give the published rating of all 240,499 establishments that have them."""
    assert _count_agreement(fhrs, LIBRARY["uk-food-hygiene"], "food-hygiene") == (240_499, 240_499)


def test_food_hygiene_says_why_there_is_no_grade(fhrs: pa.Table) -> None:
    """3,256 establishments are shown as published, unproven; the others without a grade say why."""
    outcomes = standing.compute_outcomes(fhrs, LIBRARY["uk-food-hygiene"], "food-hygiene")
    reasons = _read_table(
        "SELECT why, count(*) AS n FROM found WHERE why NOT LIKE 'band:%' GROUP BY why", found=outcomes
    )
    counts = {row["why"]: row["n"] for row in reasons.to_pylist()}
    assert counts == {"unproven": 3_256, "ungraded:0": 18_840, "ungraded:1": 4_262, "ungraded:2": 2}


def test_food_hygiene_effects_cover_every_establishment(fhrs: pa.Table) -> None:
    """Each of the 266,859 establishments has one stretch of effect, but for those whose last word is too old.

    855 grades had lapsed before the rules began, and 530 reasons for having none were older than five years.
    """
    effects = standing.compute_effects(fhrs, None, LIBRARY["uk-food-hygiene"])
    endless = "count(*) FILTER (value IS NOT NULL AND valid_to IS NULL) AS endless"
    counted = f"SELECT count(*) AS n, count(DISTINCT subject_id) AS subjects, {endless} FROM found"
    assert _read_table(counted, found=effects).to_pylist() == [{"n": 265_474, "subjects": 265_474, "endless": 0}]


def test_new_york_agrees_but_for_thirty_eight(new_york: pa.Table) -> None:
    """Points and the card of re-opened establishments give 60,386 of 60,424 posted letters."""
    assert _count_agreement(new_york, LIBRARY["us-nyc-food-grades"], "food-grade") == (60_424, 60_386)


def test_new_york_by_points_alone(new_york: pa.Table) -> None:
    """Without the card of re-opened establishments the points alone give 59,876 of 60,424 letters."""
    alone = overlay_catalogue(LIBRARY["us-nyc-food-grades"], {"schemes.food-grade.discretion": None})
    assert _count_agreement(new_york, alone, "food-grade") == (60_424, 59_876)


def test_new_york_shows_no_letter_at_closed_establishments(new_york: pa.Table) -> None:
    """A visit on which the Department closes an establishment never leaves a letter standing."""
    outcomes = standing.compute_outcomes(new_york, LIBRARY["us-nyc-food-grades"], "food-grade")
    shown = "SELECT count(*) AS n, count(value) AS letters FROM found WHERE why = 'ungraded:1'"
    assert _read_table(shown, found=outcomes).to_pylist() == [{"n": 1_956, "letters": 0}]


@pytest.mark.parametrize(
    ("day", "rows", "agree"), [(date(2021, 5, 18), 9_838, 9_820), (date(2022, 11, 30), 9_963, 9_955)], ids=str
)
def test_article_69b_stages_agree_with_published_statuses(day: date, rows: int, agree: int) -> None:
    """On a file's own day the stage that the notices' days give is the published status, but for a few."""
    records = _read_records(ARTICLE_69B, day=day.isoformat())
    assert records.num_rows == rows
    assert rows - len(list(_list_exceptions(records, day))) == agree


@pytest.mark.parametrize("day", [date(2021, 5, 18), date(2022, 11, 30)], ids=str)
def test_article_69b_exceptions_are_explained_by_the_file(day: date) -> None:
    """Each exception has a step done again, a step without its day, or a rebuttal after a ruling."""
    for record in _list_exceptions(_read_records(ARTICLE_69B, day=day.isoformat()), day):
        fields = json.loads(record["fields"])
        undated = fields[f"{record['published']}_on"] is None
        twice = bool(fields["annulled_on"] and fields["rebutted_on"] and fields["annulled_on"] < fields["rebutted_on"])
        assert fields["redone"] or undated or twice, record


def test_article_69b_lists_nobody_while_the_file_names_nobody_who_decided() -> None:
    """The published file does not say who made a final decision: it stays between the parties and binds nothing."""
    kinds = {interval.kind for interval in _compute_intervals(_read_records(ARTICLE_69B, day="2022-11-30"))}
    assert kinds == {"case"}


def test_article_69b_as_published_lists_only_published_final_decisions() -> None:
    """Whoever is listed has a final decision that was published no earlier than it was made."""
    records = _read_records(ARTICLE_69B, day="2022-11-30")
    fields = {row["position"]: json.loads(row["fields"]) for row in records.to_pylist()}
    listed = [
        interval for interval in _compute_intervals(records, "mx-tax-69b-published") if interval.kind == "listing"
    ]
    assert len(listed) > 9_000
    for interval in listed:
        final = fields[interval.case_position]
        assert final["final_on"] <= final["final_published_on"] == interval.valid_from.isoformat()


def test_article_69b_keys_are_unique_and_one_row_is_dropped() -> None:
    """Tax number and notice name a proceeding once in each file; the later file leaves one proceeding out."""
    old, new = (
        {row["reference"] for row in _read_records(ARTICLE_69B, day=day).to_pylist()}
        for day in ("2021-05-18", "2022-11-30")
    )
    assert (len(old), len(new), len(old - new)) == (9_838, 9_963, 1)


def _compute_intervals(records: pa.Table, name: str = "mx-tax-69b") -> Iterator[Any]:
    catalogue = LIBRARY[name]
    steps = standing.compute_stated_steps(records, catalogue)
    assert steps is not None
    return list_intervals(steps.to_pylist(), catalogue)


def _list_exceptions(records: pa.Table, at: date) -> Iterator[dict[str, Any]]:
    """The proceedings whose stage on a day is not the status that their source published."""
    stages = {
        interval.case_position: interval.stage
        for interval in _compute_intervals(records)
        if interval.kind == "case"
        and interval.valid_from <= at
        and (interval.valid_to is None or at < interval.valid_to)
    }
    return (row for row in records.to_pylist() if stages.get(row["position"]) != row["published"])
