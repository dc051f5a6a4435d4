"""Adding up, over random records: moments and stretches of time say the same."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples
from tests.rules import build_catalogue_texts

from goodstanding import standing
from goodstanding.catalogue import Catalogue, load_catalogue, load_files, load_library
from goodstanding.catalogue.loader import get_catalogue_folder
from goodstanding.effects import RECORDS, compute_intervals
from goodstanding.standing.evaluation import INTERVALS
from goodstanding.table_engine import open_table_engine

DAYS = st.dates(date(2009, 1, 1), date(2016, 12, 31))
ENGLAND, NEW_YORK = (
    load_catalogue(get_catalogue_folder("uk-food-hygiene")),
    load_catalogue(get_catalogue_folder("us-nyc-food-grades")),
)
JIANGSU, CHINA = (
    load_catalogue(get_catalogue_folder("cn-environment-12")),
    load_catalogue(get_catalogue_folder("cn-serious-violations")),
)
EVERYTHING = """
records:
  act:
    title: Act
    ON
    by: [office]
    fields:
      class: {type: code, title: Class, one_of: [minor, grave, good]}
      months: {type: integer, title: Months, at_least: -1, at_most: 60}
      poor: {type: boolean, title: Poor}
      until: {type: date, title: Until, future: true}
  joined: {title: Joined, ON, by: [office], fields: {old: {type: boolean, title: Old}}}
  mended: {title: Mended, ON, by: [office], about: act}
schemes:
  mean:
    title: Mean
    ON
    kind: latest
    record: act
    score: months
    over: P2Y
    lapses: P20M
    ungraded: [{when: class = 'good', reason: Good., ON}]
    bands: [{grade: A, at_least: 9}, {grade: B}]
  newest:
    title: Newest
    ON
    kind: latest
    record: act
    score: months
    base: 3
    starts: [{when: class = 'good', points: 40, ON}]
    direct: [{grade: C, when: class = 'grave', ON}]
    bands: [{grade: A, at_least: 9}, {grade: B}]
    lapses: P2Y
  running:
    title: Running
    ON
    kind: points
    record: act
    starts_with: joined
    base: 50
    starts: [{when: old, points: 70, ON}]
    direct: [{grade: C, when: class = 'grave' AND poor, counts_for: P14M, ON}]
    bonus: [{after: P1Y, points: 3, ON}]
    items:
      minor:
        {title: Minor, ON, when: class = 'minor', points: -2 * months, counts_for: P3Y, at_most: 30, per: ever,
         fades: [{after: P6M, points: -4}, {after: P14M, points: -1}]}
      good: {title: Good, ON, when: class = 'good', points: 5, at_most: 8, per: quarter}
    bands: [{grade: A, at_least: 60}, {grade: B, at_least: 40}, {grade: D}]
  card:
    title: Card
    ON
    kind: scorecard
    record: act
    floor: 2
    cap: 30
    lapses: P3Y
    characteristics:
      months:
        {title: Months, ON, reason: Months., weight: 150,
         attributes: [{when: months < 9, points: 20}, {when: months >= 9, points: 3}]}
      poor: {title: Poor, ON, reason: Poor., attributes: [{when: poor, points: -7}, {when: NOT poor, points: 4}]}
    bands: [{grade: A, at_least: 20}, {grade: B}]
cases:
  case:
    title: Case
    ON
    record: act
    spares: {inability-to-pay: {when: poor, ON}}
    steps:
      found: {title: Found, ON, when: class <> 'good'}
      over: {title: Over, ON, record: mended, after: [found]}
lists:
  set: {title: Set, ON, case: case, while: [found], stays: {until: until, at_most: P2Y}}
  open: {title: Open, ON, case: case, while: [found]}
  fixed: {title: Fixed, ON, case: case, while: [found], stays: P6M}
  two: {title: Two, ON, from: [set, open, fixed], at_least: 2}
  both: {title: Both, ON, from: [two, fixed], at_least: 2, audience: parties}
measures:
  on-two: {title: On two, ON, kind: restriction, list: two, purpose: tenders, audience: [office, anybody]}
  on-grade: {title: Grade, ON, kind: supervision, scheme: running, grades: [C, D], purpose: visits, audience: [office]}
"""


def build_full_catalogue() -> Catalogue:
    """A catalogue with every way of working something out, in force within the days that are drawn."""
    files = build_catalogue_texts(EVERYTHING, "lab")
    rules = files["catalogue.yaml"].replace("2020-01-01", "2012-02-02")
    law = files["instruments.yaml"].replace("2019-07-01", "2000-01-01")
    return load_files({"catalogue.yaml": rules, "instruments.yaml": law})


LABORATORY = build_full_catalogue()


def field(rule: Any) -> st.SearchStrategy[Any]:
    """Values that a field may have, and None."""
    if rule.one_of:
        codes = [int(code) if rule.type == "integer" else code for code in rule.one_of]
        return st.none() | st.sampled_from(codes)
    kinds = {"integer": st.integers(-1, 60), "boolean": st.booleans(), "date": DAYS.map(str), "text": st.just("x")}
    kinds["codes"] = kinds["text"]
    return st.none() | kinds[rule.type]


def records(catalogue: Catalogue) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to eight records of two subjects, of any type of the catalogue."""

    def of(name: str) -> st.SearchStrategy[dict[str, Any]]:
        fields = {key: field(rule) for key, rule in catalogue.records[name].fields.items()}
        return st.fixed_dictionaries(
            {
                "record": st.just(name),
                "subject_id": st.sampled_from([1, 2]),
                "occurred": DAYS,
                "about": st.none() | st.sampled_from([str(n) for n in range(1, 9)]),
                "published": st.none() | st.sampled_from(["A", "C", "5", "3"]),
                "fields": st.fixed_dictionaries(fields),
            }
        )

    return st.lists(st.sampled_from(sorted(catalogue.records)).flatmap(of), max_size=8)


def build_record_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Drawn records in the columns that standing takes."""
    drawn_rows = [
        row | {"position": i, "source": "s", "reference": str(i), "fields": json.dumps(row["fields"], default=str)}
        for i, row in enumerate(rows, 1)
    ]
    return pa.Table.from_pylist(drawn_rows, schema=RECORDS)


def describe_effect(row: dict[str, Any]) -> tuple[Any, ...]:
    """What an effect says, without when."""
    names = ("subject_id", "measure", "kind", "audience", "value", "score", "because", "why")
    return tuple(tuple(value) if isinstance(value, list) else value for value in (row[key] for key in names))


@pytest.mark.parametrize(
    "catalogue", [ENGLAND, NEW_YORK, JIANGSU, CHINA, LABORATORY], ids=lambda catalogue: catalogue.name
)
@given(data=st.data())
@settings(max_examples=share_of_examples(25))
def test_a_day_shows_the_stretch_that_contains_it(catalogue: Catalogue, data: st.DataObject) -> None:
    """What evaluate gives at a day is exactly what the stretches of effects() say that contain the day."""
    stated = build_record_table(data.draw(records(catalogue)))
    day = data.draw(DAYS) + timedelta(days=data.draw(st.integers(0, 2200)))
    intervals = compute_intervals(stated, catalogue)
    points = pa.table({"subject_id": pa.array([1, 2], pa.int64()), "day": pa.array([day, day], pa.date32())})
    now = {describe_effect(row) for row in standing.evaluate(stated, intervals, catalogue, points).to_pylist()}
    stretches = standing.compute_effects(stated, intervals, catalogue).to_pylist()
    containing = {
        describe_effect(stretch)
        for stretch in stretches
        if stretch["valid_from"] <= day and (stretch["valid_to"] is None or day < stretch["valid_to"])
    }
    assert now == containing


@given(data=st.data())
@settings(max_examples=share_of_examples(25))
def test_points_stay_between_floor_and_cap(data: st.DataObject) -> None:
    """Running points never leave floor and cap, whatever was found, and nobody outside the scheme has any."""
    stated = build_record_table(data.draw(records(JIANGSU)))
    scheme = JIANGSU.schemes["environment"]
    effects = standing.compute_effects(stated, compute_intervals(stated, JIANGSU), JIANGSU).to_pylist()
    effects = [effect for effect in effects if effect["measure"] == "environment"]
    assert all(scheme.floor <= effect["score"] <= scheme.cap for effect in effects)
    enrolled = {row["subject_id"] for row in stated.to_pylist() if row["record"] == scheme.starts_with}
    assert {effect["subject_id"] for effect in effects} == enrolled


@given(data=st.data())
@settings(max_examples=share_of_examples(25))
def test_a_missing_score_is_never_a_grade(data: st.DataObject) -> None:
    """A finding without its scores gives no grade of its own: the published one as unproven, or none with a reason."""
    stated = build_record_table(data.draw(records(ENGLAND)))
    by_position = {row["position"]: row for row in stated.to_pylist()}
    for outcome in standing.compute_outcomes(stated, ENGLAND, "food-hygiene").to_pylist():
        fields = json.loads(by_position[outcome["position"]]["fields"])
        if None in (fields["hygiene"], fields["structural"], fields["confidence"]):
            assert outcome["why"].split(":")[0] in ("unproven", "undecided", "ungraded")
            assert outcome["value"] is None or outcome["why"] == "unproven"


@pytest.mark.parametrize("catalogue", load_library().values(), ids=lambda catalogue: catalogue.name)
def test_the_sql_for_an_auditor_runs_alone(catalogue: Catalogue) -> None:
    """The printed statement runs on the three tables it names, with nothing else."""
    with open_table_engine(1) as duck:
        duck.register("records", RECORDS.empty_table())
        duck.register("intervals", INTERVALS.empty_table())
        duck.register("points", pa.table({"subject_id": pa.array([], pa.int64()), "day": pa.array([], pa.date32())}))
        assert duck.sql(standing.build_effects_sql(catalogue)).fetchall() == []
