"""Worked examples: that a wrong expectation is found, and that one which lacks a part is refused."""

from __future__ import annotations

import pytest

from goodstanding.catalogue import load_files, run_examples
from goodstanding.effects import compute_examples
from goodstanding.errors import CatalogueError

FILE = "examples.yaml"


def test_a_right_example_holds(small_catalogue):
    """An example whose effects come out as written holds."""
    assert [result.holds for result in run_examples(small_catalogue, compute_examples)] == [True]


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("grade: B", {"grade": {"value": "A"}}),
        ("grade: null", {"grade": {"value": "A"}}),
        ("grade: {value: A, score: 6}", {"grade": {"value": "A", "score": 5}}),
        ("decisions: listed", {"decisions": None}),
    ],
)
def test_a_wrong_example_says_what_came_out(change_files, expected, actual):
    """An example that expects something else does not hold, and shows what was found instead."""
    (result,) = run_examples(load_files(change_files(FILE, "grade: A", expected)), compute_examples)
    assert not result.holds
    assert result.actual == actual


@pytest.mark.parametrize("part", ["  law: act art. 1\n", "  then:\n    - {at: 2020-02-03, effects: {grade: A}}\n"])
def test_an_example_without_one_of_its_parts_is_refused(change_files, part):
    """An example needs a title, a law, records and what follows."""
    with pytest.raises(CatalogueError, match="lacks"):
        run_examples(load_files(change_files(FILE, part, "")), compute_examples)


@pytest.mark.parametrize(
    "text",
    [
        "- {example: x, law: act art. 1, records: 5, then: []}",
        "- {example: x, law: act art. 1, records: [], then: 7}",
        "- {example: x, law: act art. 1, records: [], then: [{at: soon, effects: {}}]}",
        "- {example: x, law: act art. 1, records: [], then: [{at: 2020-01-01, effects: none}]}",
        "- {example: x, law: act art. 1, records: [{record: visit, occurred: never}], then: []}",
        "- {example: x, law: act art. 1, records: [{occurred: 2020-01-01}], then: []}",
    ],
)
def test_an_example_of_another_shape_is_refused(small_catalogue, text):
    """What is no list, no mapping or no day is told, never a crash."""
    with pytest.raises(CatalogueError, match="cannot be read"):
        run_examples(load_files({**small_catalogue.files, FILE: text}), compute_examples)
