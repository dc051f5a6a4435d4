"""Worked examples: that a wrong expectation is found, and that one which lacks a part is refused."""

from __future__ import annotations

import pytest

from goodstanding.catalogue import load_files, run_examples
from goodstanding.errors import CatalogueError
from goodstanding.register.outcome import work_examples

FILE = "examples.yaml"


def test_a_right_example_holds(small):
    """An example whose effects come out as written holds."""
    assert [result.holds for result in run_examples(small, work_examples)] == [True]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("grade: B", {"grade": {"value": "A"}}),
        ("grade: null", {"grade": {"value": "A"}}),
        ("grade: {value: A, score: 6}", {"grade": {"value": "A", "score": 5}}),
        ("decisions: listed", {"decisions": None}),
    ],
)
def test_a_wrong_example_says_what_came_out(changed, expected, found):
    """An example that expects something else does not hold, and shows what was found instead."""
    (result,) = run_examples(load_files(changed(FILE, "grade: A", expected)), work_examples)
    assert not result.holds
    assert result.found == found


@pytest.mark.parametrize("part", ["  law: act art. 1\n", "  then:\n    - {at: 2020-02-03, effects: {grade: A}}\n"])
def test_an_example_without_one_of_its_parts_is_refused(changed, part):
    """An example needs a title, a law, records and what follows."""
    with pytest.raises(CatalogueError, match="lacks"):
        run_examples(load_files(changed(FILE, part, "")), work_examples)
