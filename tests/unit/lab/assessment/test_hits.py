"""Days hit, wrongly hit and spared, by worked examples; copies by their closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lives_of_firms import draw_small_sample

from goodstanding.lab.assessment.findings import Finding, Indicator, LeftOut
from goodstanding.lab.assessment.hits import count_differing_days, list_hits, list_wrong_times
from goodstanding.lab.assessment.life_histories import LifeHistory
from goodstanding.lab.assessment.record_copies import list_copies, spread_copies
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.behaviour.behaviour_model import CopyRules
from goodstanding.lab.parameters import Parameter

IS_HIT = np.array([False, False, True, False])
ACTS = draw_small_sample().history.acts
BUILDER = ResultBuilder("firm", 1)


def make_history(*rows: tuple[int, int, int]) -> LifeHistory:
    """Two agents from day 0 to 100, each row an agent, a day and the grade from then on."""
    standings = np.array([(agent, day, 0, grade) for agent, day, grade in rows], np.int64).reshape(-1, 4)
    return LifeHistory(2, 0, 100, standings, np.empty((0, 5), np.int64), ACTS)


def make_copies(holders: int, refresh: float, drops: float, passes_on: float | None = None) -> CopyRules:
    """Rules of copies with these numbers."""
    values = {"holders": holders, "refresh_days": refresh, "drops_after_removal": drops, "passes_on": passes_on}
    numbers = {
        name: Parameter(value=value, range=(0, 1_000), unit="made up", assumption="made up")
        for name, value in values.items()
        if value is not None
    }
    return CopyRules(**numbers)


def test_a_wrong_day_is_hit_in_the_life_and_not_in_the_one_without_mistakes() -> None:
    """Hit from 10 to 40 and again from 60; without mistakes only from 30 to 40 and never again."""
    life = make_history((0, 0, 1), (0, 10, 2), (0, 40, 1), (0, 60, 2), (1, 5, 0))
    corrected = make_history((0, 0, 1), (0, 30, 2), (0, 40, 1), (1, 5, 0))
    assert count_differing_days(life, corrected, IS_HIT).tolist() == [20 + 40, 0]
    assert count_differing_days(corrected, life, IS_HIT).tolist() == [0, 0]
    assert list_wrong_times(life, corrected, IS_HIT).tolist() == [[0, 10, 30], [0, 60, 100]]


def test_a_life_that_is_its_own_correction_has_no_wrong_day() -> None:
    """Also where it is hit all the time."""
    life = make_history((0, 0, 2), (1, 50, 2))
    assert count_differing_days(life, life, IS_HIT).tolist() == [0, 0]
    assert len(list_wrong_times(life, life, IS_HIT)) == 0


def test_a_wrong_time_goes_on_through_changes_of_other_things() -> None:
    """A score that changes while somebody is wrongly hit does not end the time; two agents are never joined."""
    life = make_history((0, 0, 2), (0, 50, 2), (1, 0, 2))
    clean = make_history((0, 0, 1), (1, 0, 1), (1, 20, 2))
    assert list_wrong_times(life, clean, IS_HIT).tolist() == [[0, 0, 100], [1, 0, 20]]


def test_hits_have_shares_days_and_those_without_a_say() -> None:
    """Rules without a notice before effect leave everybody who is hit unheard; wrongly hit are some of the hit."""
    sample = draw_small_sample()
    results = {result.indicator: result for result in list_hits(sample, BUILDER)}
    hit, wrong, unheard = (
        results[indicator] for indicator in (Indicator.HIT, Indicator.WRONGLY_HIT, Indicator.UNHEARD)
    )
    assert isinstance(hit, Finding)
    assert isinstance(wrong, Finding)
    days = sample.history.count_days(sample.is_hit)
    assert hit.estimate.value == (days > 0).mean()
    assert 0 < wrong.estimate.value < hit.estimate.value
    assert unheard == Finding(Indicator.UNHEARD, "firm", "", hit.estimate, sample.people, "exact")
    assert isinstance(results[Indicator.HIT_DAYS], Finding)
    assert results[Indicator.HIT_DAYS].estimate.value == pytest.approx(days.mean() / sample.history.years)


def test_what_a_behaviour_does_not_say_of_copies_is_left_out() -> None:
    """With the reason, never as none."""
    results = list(list_copies(draw_small_sample(), BUILDER))
    assert all(isinstance(result, LeftOut) for result in results)
    assert {str(result.reason) for result in results} == {"The behaviour does not say who else holds copies."}


@pytest.mark.parametrize("holders", [1, 3, 9])
def test_the_last_copy_goes_when_the_last_holder_has_fetched(holders: int) -> None:
    """Fetching every 30 days from days of their own: on average 30 · n / (n + 1) days, as of the last of n."""
    keys, times = np.arange(4_000, dtype=np.uint64), np.tile([0, 200], (4_000, 1))
    copies = spread_copies(make_copies(holders, 30, 1), keys, times, 1_000, seed=3)
    assert copies.days.mean() == pytest.approx(30 * holders / (holders + 1), abs=4 * 30 / 4_000**0.5)
    assert copies.days.max() <= 30
    assert not copies.is_stale.any()


def test_a_holder_that_never_drops_keeps_its_copy_to_the_end() -> None:
    """And one that fetches too seldom never took it; nobody holds what nobody may have."""
    keys, times = np.arange(500, dtype=np.uint64), np.tile([0, 200], (500, 1))
    kept = spread_copies(make_copies(2, 30, 0), keys, times, 1_000, seed=3)
    assert (kept.days == 800).all()
    assert kept.is_stale.all()
    seldom = spread_copies(make_copies(1, 1_000, 1), keys, times, 1_000, seed=3)
    assert 0 < (seldom.days > 0).mean() < 0.3
    assert (spread_copies(make_copies(0, 30, 1), keys, times, 1_000, seed=3).days == 0).all()


def test_holders_that_fetch_from_one_another_bring_copies_back() -> None:
    """Only where one of them has kept one; a chance of nothing is as if nobody did."""
    keys, times = np.arange(500, dtype=np.uint64), np.tile([0, 200], (500, 1))
    alone, never, often = (
        spread_copies(make_copies(4, 30, 0.7, chance), keys, times, 1_000, seed=3) for chance in (None, 0, 0.5)
    )
    assert alone.days.tolist() == never.days.tolist()
    assert never.is_back.sum() == 0
    assert (alone.is_stale & often.is_back).mean() > 0.5
    assert (often.days >= alone.days).all()
    sure = spread_copies(make_copies(4, 30, 1, 0.5), keys, times, 1_000, seed=3)
    assert sure.days.max() < 800


@given(st.integers(0, 50), st.permutations(range(12)))
def test_copies_do_not_depend_on_the_order_of_the_times(seed: int, order: list[int]) -> None:
    """Each is drawn by its own key."""
    keys, times = np.arange(12, dtype=np.uint64), np.array([(10 * place, 15 * place + 20) for place in range(12)])
    rules = make_copies(5, 20, 0.6)
    plain, mixed = (spread_copies(rules, keys[rows], times[rows], 400, seed) for rows in (range(12), order))
    assert plain.days[order].tolist() == mixed.days.tolist()
