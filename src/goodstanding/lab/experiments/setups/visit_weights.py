"""Which visits a policy makes: the worst of each period, equally many as it may steer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.observations.inspection_visits import Numbers


def weigh_visits(rank_by: Numbers, period: NDArray[np.int64], share: float) -> Numbers:
    """How much of each visit is made when the worst share of each period's is: 1, 0, or in between where many tie."""
    order = np.lexsort((-rank_by, period))
    period, ranked = period[order], rank_by[order]
    size = np.bincount(period)[period]
    place = np.arange(len(order)) - np.searchsorted(period, period)
    weights = np.clip(share * size - place, 0.0, 1.0)
    return _share_among_ties(weights, period, ranked)[np.argsort(order, kind="stable")]


def _share_among_ties(weights: Numbers, period: NDArray[np.int64], ranked: Numbers) -> Numbers:
    """Premises that tie have the same chance, so each gets the mean of their weights."""
    begins = np.r_[True, (period[1:] != period[:-1]) | (ranked[1:] != ranked[:-1])]
    tie = np.cumsum(begins) - 1
    return np.asarray((np.bincount(tie, weights=weights) / np.bincount(tie))[tie])
