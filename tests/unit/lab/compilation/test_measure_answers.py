"""Measures that ask about the record they rest on: of a graded record they are applied, of a sum they are refused."""

from __future__ import annotations

import pytest
from tests.behaviours import make_behaviour

from goodstanding.errors import CatalogueError
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.simulation.outcomes.grade_levels import list_standings

RULES = """
records:
  act:
    title: Act
    ON
    by: [office]
    states: finding
    fields:
      number: {type: integer, title: Number, kind: finding, one_of: [0, 10], required: true}
      strict: {type: boolean, title: Strict, kind: finding, required: true}
schemes:
  credit:
    title: Credit
    ON
    record: act
    GRADED
measures:
  on-grade:
    {title: Grade, ON, kind: restriction, field: extending-credit, scheme: credit, grades: [C], purpose: visits,
     audience: [office], when: strict}
"""
POINTS = """kind: points
    base: 50
    items: {i: {title: I, ON, when: number > 0, points: -20}}
    bands: [{grade: A, at_least: 50}, {grade: C}]
"""
NEWEST = """kind: latest
    score: number
    bands: [{grade: A, at_least: 5}, {grade: C}]
"""
MEAN = NEWEST + "    over: P1Y\n"
LINES = """\
records:
  late-tax:
    {record: act, source: office, fields: {number: {0: 0.5, 10: 0.5}, strict: {true: 0.5, false: 0.5}}, noticed: 1,
     shares: made up}
"""


@pytest.mark.parametrize("graded", [POINTS, MEAN])
def test_a_measure_on_a_sum_that_asks_about_a_record_is_refused(graded: str) -> None:
    """A sum is of many records, and nothing says which is meant: no such catalogue comes as far as the laboratory."""
    with pytest.raises(CatalogueError, match="rests on several records"):
        make_behaviour(LINES, RULES.replace("GRADED", graded))


def test_a_grade_has_a_level_with_the_measure_and_one_without_it() -> None:
    """So that what follows from a grade depends on its newest record."""
    (graded,) = list_standings(compile_scheme(make_behaviour(LINES, RULES.replace("GRADED", NEWEST)))).schemes
    assert [(graded.arrays.grade_names[level.grade], len(level.measures)) for level in graded.levels] == [
        ("A", 0),
        ("C", 0),
        ("C", 1),
    ]
