"""Measures that reach others, on graphs small enough to see."""

from __future__ import annotations

import numpy as np

from goodstanding.lab.simulation.months.bound_others import count_reached, spread_along, spread_to_representatives
from goodstanding.lab.world.edges import build_edges

PATH = build_edges(5, np.array([0, 1, 2], np.uint32), np.array([1, 2, 3], np.uint32))  # 0-1-2-3, and 4 alone


def test_a_measure_reaches_those_who_are_tied_and_no_further() -> None:
    """In the months in which it binds, and one tie far."""
    bound = np.zeros((5, 3), np.bool_)
    bound[1, 0] = bound[4, 1] = bound[3, 2] = True
    expected = np.zeros((5, 3), np.bool_)
    expected[[0, 2], 0] = expected[2, 2] = True
    assert np.array_equal(spread_along(bound, PATH), expected)


def test_a_firm_reaches_its_representative() -> None:
    """As long as any firm of theirs is bound."""
    bound_firms = np.array([[True, False, False], [False, True, False], [False, False, False]])
    reached = spread_to_representatives(bound_firms, np.array([2, 2, 0], np.uint32), 3)
    assert reached.tolist() == [[False] * 3, [False] * 3, [True, True, False]]


def test_who_is_reached_without_a_record_is_counted_for_each_who_has_one() -> None:
    """Whoever is bound by a record of their own is not counted as reached."""
    bound = np.array([[True], [True], [False], [False], [False]])
    assert count_reached(bound, spread_along(bound, PATH)) == 0.5
    nobody = np.zeros((5, 1), np.bool_)
    assert count_reached(nobody, spread_along(nobody, PATH)) == 0.0
