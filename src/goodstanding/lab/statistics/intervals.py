"""Intervals of uncertainty: exact for shares, by resampling for what is worked out from many units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95
RESAMPLES = 999
Statistic = Callable[..., NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the ends of its interval of confidence, in the figure's own unit."""

    value: float
    low: float
    high: float


def compute_exact_share(hits: int, trials: int, confidence: float = CONFIDENCE) -> Estimate:
    """The share of hits with its exact interval (Clopper and Pearson 1934); of no trials nothing is known: 0 to 1."""
    if trials == 0:
        return Estimate(float("nan"), 0.0, 1.0)
    ends = stats.binomtest(hits, trials).proportion_ci(confidence, method="exact")
    return Estimate(hits / trials, float(ends.low), float(ends.high))


def compute_resampled_estimate(
    statistic: Statistic, columns: tuple[NDArray[np.float64], ...], seed: int, resamples: int = RESAMPLES
) -> Estimate:
    """A statistic of several columns, one value for each unit, with the interval of resampled units (percentiles).

    `statistic(*columns, axis)` is over the columns' last axis. Units are what is independent of one another: premises,
    people, never visits or months of the same.
    """
    drawn = stats.bootstrap(
        columns, statistic, paired=True, vectorized=True, n_resamples=resamples, confidence_level=CONFIDENCE,
        method="percentile", rng=np.random.default_rng(seed), batch=max(1, 4_000_000 // max(1, len(columns[0]))),
    )  # fmt: skip
    ends = drawn.confidence_interval
    return Estimate(float(statistic(*columns, axis=-1)), float(ends.low), float(ends.high))


def compute_ratio_of_sums(
    upper: NDArray[np.float64], lower: NDArray[np.float64], axis: int = -1
) -> NDArray[np.float64]:
    """The sum of one column over that of another."""
    return np.asarray(upper.sum(axis=axis) / lower.sum(axis=axis))
