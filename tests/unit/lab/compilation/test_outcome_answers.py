"""Scorecards as arrays: every profile that can arise was asked about, on each side of every bound."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from goodstanding import standing
from goodstanding.effects import RECORDS
from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.compilation.scheme_arrays import Axis, Origin, SchemeArrays


@pytest.fixture(scope="module")
def sesame() -> SchemeArrays:
    """Sesame."""
    return compile_scheme(load_behaviour("sesame"))


def test_sesame_has_648_outcomes_each_asked_of_the_rules(sesame: SchemeArrays) -> None:
    """Four thirds, a court's list or none, and friends on each side of two bounds."""
    (outcomes,) = sesame.outcomes
    assert len(outcomes.grades) == len(sesame.variant_records) == 648
    assert (outcomes.scores.min(), outcomes.scores.max()) == (350, 950)
    assert outcomes.has_scores.all()
    assert sesame.origins.kinds.tolist() == [Origin.MONTH]


def test_what_decides_a_profile_is_an_axis_with_levels(sesame: SchemeArrays) -> None:
    """Chance once for life, income by fifth, late instalments of the last year, a court's list, the friends' mean."""
    origins = sesame.origins
    kinds = [Axis(kind) for kind in origins.axis_kinds]
    assert kinds == [Axis.LIFE, Axis.LIFE, Axis.COUNT, Axis.LISTED, Axis.TRAIT, Axis.EDGE_SCORE]
    levels = [
        origins.level_ends[start:end].tolist()
        for start, end in zip(origins.level_starts, origins.level_starts[1:], strict=False)
    ]
    assert levels[2:] == [[0, 1, 2], [0, 1], [0, 0, 1, 1, 2], [599, 600, 699, 700]]
    assert origins.axis_strides.tolist() == [216, 72, 24, 12, 4, 1]


@pytest.fixture(scope="module")
def tax_grade() -> SchemeArrays:
    """China's tax grade, carried over."""
    return compile_scheme(load_behaviour("cn-tax-grade-carried"))


def test_a_tax_grade_comes_once_a_year_and_by_what_a_firm_and_its_neighbours_were(tax_grade: SchemeArrays) -> None:
    """In April, by last year's late payments, the own grade of a year ago, and other firms of the representative."""
    origins = tax_grade.origins
    assert origins.kinds.tolist() == [Origin.YEAR, Origin.ACT]
    assert origins.calendar_months.tolist() == [4, -1]
    kinds = [Axis(kind) for kind in origins.axis_kinds]
    assert kinds == [Axis.DRAWN, Axis.DRAWN, Axis.DRAWN, Axis.COUNT, Axis.GRADE, Axis.EDGE_GRADE]
    levels = [
        origins.level_ends[start:end].tolist()
        for start, end in zip(origins.level_starts, origins.level_starts[1:], strict=False)
    ]
    names = tax_grade.outcomes[0].grade_names
    of_d = [int(name == "D") for name in (*names, "none")]
    assert levels[3:] == [[0, 1, 2, 4], of_d, of_d]


@pytest.mark.parametrize(
    ("late", "had_d", "others_d", "grade", "score"),
    [
        (0, 0, 0, "A", 1000),
        (0, 1, 0, "B", 890),
        (1, 0, 0, "B", 890),
        (2, 1, 0, "C", 580),
        (3, 0, 0, "D", 390),
        (0, 0, 1, "D", 1000),
    ],
)
def test_a_tax_grade_falls_by_own_years_and_by_somebody_elses_d(
    tax_grade: SchemeArrays, late: int, had_d: int, others_d: int, grade: str, score: int
) -> None:
    """With all indicators, VAT and revenue: a D of last year bars an A and costs 11 points, one of others gives a D."""
    (outcomes,) = tax_grade.outcomes
    levels = (0, 1, 1, late, had_d, others_d)
    variant = sum(level * stride for level, stride in zip(levels, tax_grade.origins.axis_strides[:6], strict=True))
    assert outcomes.grade_names[outcomes.grades[variant]] == grade
    assert outcomes.scores[variant] == score


def test_evasion_that_is_found_gives_a_d_at_once(tax_grade: SchemeArrays) -> None:
    """Whatever the points."""
    (outcomes,) = tax_grade.outcomes
    assert outcomes.grade_names[outcomes.grades[tax_grade.origins.variants[1]]] == "D"


@pytest.mark.parametrize("friends_score", [350, 598, 599, 600, 650, 699, 700, 950])
def test_any_mean_of_friends_has_the_outcome_of_its_level(sesame: SchemeArrays, friends_score: int) -> None:
    """Between two bounds the rules say the same of every number."""
    ends = np.array([599, 600, 699, 700])
    level = max(0, int(np.searchsorted(ends, friends_score, side="right")) - 1)
    fields = {"joined": True, "credit_history": "middle", "on_court_list": False, "spending": "high", "means": "low"}
    row = {
        "position": 1,
        "subject_id": 1,
        "record": "profile",
        "source": "s",
        "reference": "1",
        "occurred": date(2016, 1, 6),
    }
    stated = json.dumps({**fields, "shown": "middle", "friends_score": friends_score})
    records = pa.Table.from_pylist([row | {"fields": stated}], schema=RECORDS)
    (outcome,) = standing.compute_outcomes(records, load_behaviour("sesame").catalogue, "score").to_pylist()
    variant = 2 * 216 + 1 * 72 + 1 * 24 + 0 * 12 + 0 * 4 + level
    assert sesame.outcomes[0].scores[variant] == outcome["score"]
    assert sesame.outcomes[0].grade_names[sesame.outcomes[0].grades[variant]] == outcome["value"]
