"""How well a score sorts those to whom something happened from the others, and how well a risk is calibrated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from goodstanding.lab.statistics.intervals import CONFIDENCE, Estimate

Scores = NDArray[np.float64]
Outcomes = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """People with about the same stated risk: how many, the mean of what was stated, the share that happened."""

    people: int
    stated: float
    happened: float


def compute_auc(scores: Scores, happened: Outcomes) -> float:
    """How often, of somebody to whom it happened and somebody to whom not, the first has the higher score (ties: ½)."""
    ranks = stats.rankdata(scores)
    cases = int(happened.sum())
    others = len(happened) - cases
    return float((ranks[happened].sum() - cases * (cases + 1) / 2) / (cases * others))


def compute_expected_auc(scores: Scores, risks: Scores) -> float:
    """The AUC to be expected where each has a risk that it happens: of a made-up world, without a draw's luck."""
    _values, places = np.unique(scores, return_inverse=True)
    cases, others = (np.bincount(places, weights=weights) for weights in (risks, 1 - risks))
    below = np.cumsum(others) - others
    return float((cases * (below + others / 2)).sum() / (cases.sum() * others.sum()))


def estimate_auc(scores: Scores, happened: Outcomes) -> Estimate:
    """The AUC with its interval (DeLong et al. 1988), cut at 0 and 1."""
    below, above = _compute_placements(scores, happened)
    reach = _compute_reach(float(np.var(part, ddof=1)) / len(part) for part in (below, above))
    value = float(below.mean())
    return Estimate(value, max(0.0, value - reach), min(1.0, value + reach))


def compare_auc(scores: Scores, other_scores: Scores, happened: Outcomes) -> Estimate:
    """The first score's AUC less the second's on the same people, with its interval (DeLong et al. 1988)."""
    parts = [_compute_placements(column, happened) for column in (scores, other_scores)]
    differences = [first - second for first, second in zip(*parts, strict=True)]
    reach = _compute_reach(float(np.var(difference, ddof=1)) / len(difference) for difference in differences)
    value = float(differences[0].mean())
    return Estimate(value, value - reach, value + reach)


def _compute_reach(variances: Iterable[float]) -> float:
    """How far an interval reaches from its middle, from the variances of independent parts."""
    return float(stats.norm.ppf((1 + CONFIDENCE) / 2) * sum(variances) ** 0.5)


def _compute_placements(scores: Scores, happened: Outcomes) -> tuple[Scores, Scores]:
    """For each to whom it happened the share of others below; for each other the share of those above."""
    cases, others = scores[happened], scores[~happened]
    ranks, of_cases, of_others = (stats.rankdata(column) for column in (scores, cases, others))
    below = (ranks[happened] - of_cases) / len(others)
    above = 1 - (ranks[~happened] - of_others) / len(cases)
    return below, above


def list_calibration_bins(risks: Scores, happened: Outcomes, bins: int = 10) -> list[CalibrationBin]:
    """Stated and observed risk in bins of equal size, from the lowest risk to the highest."""
    parts = np.array_split(np.argsort(risks, kind="stable"), bins)
    return [
        CalibrationBin(len(part), float(risks[part].mean()), float(happened[part].mean()))
        for part in parts
        if len(part)
    ]
