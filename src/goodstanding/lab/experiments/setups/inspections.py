"""Whether looking where the last visit was bad finds more: real visits, in the order of time and out of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.experiments.setups.setup import STRONG, Measurement, RunSize, Values
from goodstanding.lab.observations.inspection_visits import Numbers, VisitPairs, read_all_pairs

LAST_GRADE = "last-grade"  # the mechanism: switched off, each premises has the last grade of another one
DAYS_A_MONTH = 30.4
_SHUFFLES = 8
_EPOCH_MONTHS = 12  # visits are compared with others of the same month


@dataclass(frozen=True, slots=True)
class VisitPolicy:
    """How visits are steered and what counts as found: the values of one point."""

    share: float  # of visits that can be steered
    worst: float  # of visits, by severity, that count as serious
    classes: float  # grades that the last result is rounded to; 0 keeps the score
    at_risk: float  # 0 counts what a visit finds, 1 what it finds for each day since the last one
    around_cut: float  # points on each side of a grade's cut that are left out
    first_months: float  # left out at the start of each file
    in_order: bool  # whether a visit is ranked among those of its month, by what was known then


def measure_inspections(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
    """The gain in the second-best of three cities, so that it holds in two; and the gain in each."""
    policy = _build_policy(values)
    gains = {city: compute_gain(pairs, policy, seed, switch) for city, pairs in read_all_pairs().items()}
    return Measurement(sorted(gains.values())[-2], {f"gain-{city}": gain for city, gain in gains.items()})


def _build_policy(values: Values) -> VisitPolicy:
    return VisitPolicy(
        values["share"], values["worst"], values["classes"], values["at-risk"], values["around-cut"],
        values["first-months"], values["in-order"] >= 0.5,
    )  # fmt: skip


def compute_gain(pairs: VisitPairs, policy: VisitPolicy, seed: int = 0, switch: str = "") -> float:
    """Serious findings a visit where the last result was worst, over those of visits drawn uniformly, equally many."""
    kept = keep_comparable(pairs, policy)
    found = weigh_findings(kept, policy)
    rank_by = round_to_classes(kept.earlier, policy.classes)
    if switch == STRONG:
        rank_by = found
    if switch != LAST_GRADE:
        return _compute_steered_ratio(kept, policy, rank_by, found)
    shuffled = np.random.default_rng(seed)
    gains = [_compute_steered_ratio(kept, policy, shuffled.permutation(rank_by), found) for _ in range(_SHUFFLES)]
    return float(np.mean(gains))


def keep_comparable(pairs: VisitPairs, policy: VisitPolicy) -> VisitPairs:
    """Pairs on different days, after the first months, away from a cut at which scores are bunched."""
    kept = (pairs.gap > 0) & (pairs.day >= pairs.day.min() + policy.first_months * DAYS_A_MONTH)
    if pairs.cut is not None:
        kept &= np.abs(pairs.earlier - (pairs.cut + 0.5)) > policy.around_cut
    return pairs.select(kept)


def weigh_findings(pairs: VisitPairs, policy: VisitPolicy) -> Numbers:
    """What each visit found: 1 if serious, else 0; for each day at risk as far as the policy says so."""
    serious = pairs.severity >= max(np.quantile(pairs.severity, 1 - policy.worst), 1e-9)
    return np.asarray(serious / (pairs.gap / np.median(pairs.gap)) ** policy.at_risk)


def round_to_classes(scores: Numbers, classes: float) -> Numbers:
    """Scores as grades: so many classes of about equal size, where 0 or 1 keeps the score."""
    if classes < 2:
        return scores
    cuts = np.quantile(scores, np.arange(1, int(classes)) / int(classes))
    return np.searchsorted(np.unique(cuts), scores, side="left").astype(np.float64)


def _compute_steered_ratio(pairs: VisitPairs, policy: VisitPolicy, rank_by: Numbers, found: Numbers) -> float:
    visited = weigh_visits(rank_by, _number_periods(pairs, policy), policy.share)
    return float((visited * found).sum() / visited.sum() / found.mean())


def _number_periods(pairs: VisitPairs, policy: VisitPolicy) -> NDArray[np.int64]:
    months = ((pairs.day - pairs.day.min()) / DAYS_A_MONTH).astype(np.int64)
    return months if policy.in_order else np.zeros_like(months)


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
