"""Intervals agree with published tables and with distributions that are known exactly."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from goodstanding.lab.statistics.intervals import (
    CONFIDENCE,
    compute_exact_share,
    compute_ratio_of_sums,
    compute_resampled_estimate,
)


def compute_mean(column: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
    """The mean of a column."""
    return np.asarray(column.mean(axis=axis))


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),
        (1, 20, 0.0013, 0.2487),
        (5, 10, 0.1871, 0.8129),
        (10, 10, 0.6915, 1.0),
        (50, 100, 0.3983, 0.6017),
    ],
)
def test_the_interval_of_a_share_is_that_of_the_tables(hits: int, trials: int, low: float, high: float) -> None:
    """Clopper's and Pearson's ends for 95 %, to four places."""
    share = compute_exact_share(hits, trials)
    assert share.value == hits / trials
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_of_no_trials_nothing_is_known() -> None:
    """The interval is everything, and the share itself is no number."""
    share = compute_exact_share(0, 0)
    assert np.isnan(share.value)
    assert (share.low, share.high) == (0.0, 1.0)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5])
def test_the_exact_interval_covers_the_truth_at_least_as_often_as_it_says(share: float) -> None:
    """Summed over every number of hits that 40 trials can give, so nothing is drawn."""
    ends = [compute_exact_share(hits, 40) for hits in range(41)]
    chances = stats.binom.pmf(np.arange(41), 40, share)
    covered = [end.low <= share <= end.high for end in ends]
    assert CONFIDENCE <= float(chances[covered].sum()) < 1


def test_resampled_units_spread_as_the_binomial_distribution_does() -> None:
    """A mean of ten noughts and ten ones, resampled, is a binomial share: its quantiles are known."""
    column = np.repeat([0.0, 1.0], 10)
    estimate = compute_resampled_estimate(compute_mean, (column,), seed=1, resamples=9_999)
    low, high = stats.binom.ppf([0.025, 0.975], 20, 0.5) / 20
    assert (estimate.value, estimate.low, estimate.high) == (0.5, low, high)


def test_units_that_are_all_alike_leave_no_doubt() -> None:
    """Whatever is drawn of them, the ratio of their sums is the same."""
    columns = (np.full(30, 6.0), np.full(30, 4.0))
    estimate = compute_resampled_estimate(compute_ratio_of_sums, columns, seed=1, resamples=99)
    assert (estimate.value, estimate.low, estimate.high) == (1.5, 1.5, 1.5)


def test_the_same_seed_gives_the_same_interval() -> None:
    """An interval can be repeated, and depends on the seed alone."""
    column = np.arange(50.0)
    first, again, other = (compute_resampled_estimate(compute_mean, (column,), seed, 199) for seed in (1, 1, 2))
    assert first == again != other
