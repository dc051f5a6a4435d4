"""Adding up, over random records: moments and stretches of time say the same."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodstanding import standing
from goodstanding.catalogue import Catalogue, load, load_library
from goodstanding.catalogue.load import find
from goodstanding.register.outcome import RECORDS, intervals_of
from goodstanding.standing.evaluate import INTERVALS

DAYS = st.dates(date(2009, 1, 1), date(2016, 12, 31))
ENGLAND, NEW_YORK = load(find("uk-food-hygiene")), load(find("us-nyc-food-grades"))
JIANGSU, CHINA = load(find("cn-environment-12")), load(find("cn-serious-violations"))


def field(rule: Any) -> st.SearchStrategy[Any]:
    """Values that a field may have, and None."""
    if rule.one_of:
        codes = [int(code) if rule.type == "integer" else code for code in rule.one_of]
        return st.none() | st.sampled_from(codes)
    kinds = {"integer": st.integers(-1, 60), "boolean": st.booleans(), "date": DAYS.map(str), "text": st.just("x")}
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


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Drawn records in the columns that standing takes."""
    made = [
        row | {"position": i, "source": "s", "reference": str(i), "fields": json.dumps(row["fields"], default=str)}
        for i, row in enumerate(rows, 1)
    ]
    return pa.Table.from_pylist(made, schema=RECORDS)


def said(row: dict[str, Any]) -> tuple[Any, ...]:
    """What an effect says, without when."""
    names = ("subject_id", "measure", "kind", "audience", "value", "score", "because", "why")
    return tuple(tuple(value) if isinstance(value, list) else value for value in (row[key] for key in names))


@pytest.mark.parametrize("catalogue", [ENGLAND, NEW_YORK, JIANGSU, CHINA], ids=lambda one: one.name)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_day_shows_the_stretch_that_contains_it(catalogue: Catalogue, data: st.DataObject) -> None:
    """What evaluate gives at a day is exactly what the stretches of effects() say that contain the day."""
    held = table(data.draw(records(catalogue)))
    day = data.draw(DAYS) + timedelta(days=data.draw(st.integers(0, 2200)))
    intervals = intervals_of(held, catalogue)
    points = pa.table({"subject_id": pa.array([1, 2], pa.int64()), "day": pa.array([day, day], pa.date32())})
    now = {said(row) for row in standing.evaluate(held, intervals, catalogue, points).to_pylist()}
    stretches = standing.effects(held, intervals, catalogue).to_pylist()
    containing = {
        said(one)
        for one in stretches
        if one["valid_from"] <= day and (one["valid_to"] is None or day < one["valid_to"])
    }
    assert now == containing


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_points_stay_between_floor_and_cap(data: st.DataObject) -> None:
    """Running points never leave floor and cap, whatever was found, and nobody outside the scheme has any."""
    held = table(data.draw(records(JIANGSU)))
    scheme = JIANGSU.schemes["environment"]
    made = standing.effects(held, intervals_of(held, JIANGSU), JIANGSU).to_pylist()
    assert all(scheme.floor <= one["score"] <= scheme.cap for one in made)
    enrolled = {row["subject_id"] for row in held.to_pylist() if row["record"] == scheme.starts_with}
    assert {one["subject_id"] for one in made} == enrolled


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_missing_score_is_never_a_grade(data: st.DataObject) -> None:
    """A finding without its scores gives no grade of its own: the published one as unproven, or none with a reason."""
    held = table(data.draw(records(ENGLAND)))
    by_position = {row["position"]: row for row in held.to_pylist()}
    for one in standing.outcomes(held, ENGLAND, "food-hygiene").to_pylist():
        fields = json.loads(by_position[one["position"]]["fields"])
        if None in (fields["hygiene"], fields["structural"], fields["confidence"]):
            assert one["why"].split(":")[0] in ("unproven", "undecided", "ungraded")
            assert one["value"] is None or one["why"] == "unproven"


@pytest.mark.parametrize("catalogue", load_library().values(), ids=lambda one: one.name)
def test_the_sql_for_an_auditor_runs_alone(catalogue: Catalogue) -> None:
    """The printed statement runs on the three tables it names, with nothing else."""
    with duckdb.connect() as duck:
        duck.register("records", RECORDS.empty_table())
        duck.register("intervals", INTERVALS.empty_table())
        duck.register("points", pa.table({"subject_id": pa.array([], pa.int64()), "day": pa.array([], pa.date32())}))
        assert duck.sql(standing.sql(catalogue)).fetchall() == []
