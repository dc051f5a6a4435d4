"""Differences between groups agree with worked examples."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from goodstanding.lab.statistics.disparities import (
    compute_detectable_difference,
    compute_share_difference,
    compute_share_ratio,
    list_group_shares,
)
from goodstanding.lab.statistics.intervals import CONFIDENCE


def test_each_group_has_its_own_share_by_name() -> None:
    """Counted one by one, in the order of the names, with an interval around it."""
    groups = np.array(["rich", "poor", "poor", "rich", "poor", "poor"])
    happened = np.array([False, True, False, False, True, True])
    shares = list_group_shares(groups, happened)
    assert [(share.group, share.people, share.share.value) for share in shares] == [("poor", 4, 0.75), ("rich", 2, 0.0)]
    assert all(share.share.low <= share.share.value <= share.share.high for share in shares)


def test_a_ratio_of_shares_has_the_interval_of_its_logarithm() -> None:
    """15 of 100 over 5 of 100, worked by hand: three times, with exp(±1.96 · √(1/15 − 1/100 + 1/5 − 1/100))."""
    ratio = compute_share_ratio(15, 100, 5, 100)
    reach = math.exp(1.959964 * math.sqrt(1 / 15 - 1 / 100 + 1 / 5 - 1 / 100))
    assert ratio.value == pytest.approx(3.0)
    assert (ratio.low, ratio.high) == (pytest.approx(3 / reach, rel=1e-6), pytest.approx(3 * reach, rel=1e-6))


def test_a_ratio_over_nobody_is_not_known() -> None:
    """No hits in the other group leave no ratio; none in this one leave 0, and both an open interval."""
    unknown, none = compute_share_ratio(3, 10, 0, 10), compute_share_ratio(0, 10, 3, 10)
    assert math.isnan(unknown.value)
    assert none.value == 0
    assert (unknown.low, unknown.high) == (none.low, none.high) == (0.0, math.inf)


def test_what_could_not_be_seen_shrinks_with_the_root_of_the_number_of_people() -> None:
    """(1.96 + 0.84) standard errors of a difference, worked by hand; four times the people halve it."""
    small, large = (compute_detectable_difference(0.5, people, people) for people in (100, 400))
    assert small == pytest.approx((1.959964 + 0.841621) * math.sqrt(0.25 * 0.02), rel=1e-6)
    assert large == pytest.approx(small / 2)


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_a_difference_of_shares_turns_its_sign_and_covers_none_where_groups_are_equal(
    people: int, other_people: int, data: st.DataObject
) -> None:
    """The interval holds the value, swaps its ends with the groups, and has a width even without any hit."""
    hits, other_hits = data.draw(st.integers(0, people)), data.draw(st.integers(0, other_people))
    first = compute_share_difference(hits, people, other_hits, other_people)
    second = compute_share_difference(other_hits, other_people, hits, people)
    assert first.low <= first.value <= first.high
    assert (first.value, first.low, first.high) == pytest.approx((-second.value, -second.high, -second.low))
    assert first.low < first.high
    equal = compute_share_difference(hits, people, hits, people)
    assert equal.value == 0
    assert equal.low < 0 < equal.high


def test_a_difference_of_shares_joins_the_exact_ends_of_both() -> None:
    """30 of 100 less 4 of 100, from the tables' 0.2124 to 0.3998 and 0.0110 to 0.0993."""
    difference = compute_share_difference(30, 100, 4, 100)
    assert difference.value == pytest.approx(0.26)
    assert difference.low == pytest.approx(0.26 - math.hypot(0.3 - 0.2124, 0.0993 - 0.04), abs=1e-4)
    assert difference.high == pytest.approx(0.26 + math.hypot(0.3998 - 0.3, 0.04 - 0.0110), abs=1e-4)


@pytest.mark.parametrize(("share", "other_share"), [(0.02, 0.02), (0.1, 0.1), (0.5, 0.5), (0.3, 0.05)])
def test_the_interval_of_a_difference_covers_the_truth_as_often_as_it_says(share: float, other_share: float) -> None:
    """Summed over all numbers of hits that 12 and 18 people can have, so that nothing is drawn."""
    chances = [stats.binom.pmf(np.arange(n + 1), n, p) for n, p in ((12, share), (18, other_share))]
    covered = 0.0
    for hits, chance in enumerate(chances[0]):
        for other_hits, other_chance in enumerate(chances[1]):
            difference = compute_share_difference(hits, 12, other_hits, 18)
            if difference.low <= share - other_share <= difference.high:
                covered += float(chance * other_chance)
    assert covered >= CONFIDENCE
