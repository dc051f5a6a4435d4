"""Whether looking where the last visit was bad finds more: real visits, in the order of time and out of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.experiments.setups.inspection_feedback import estimate_feedback_figures
from goodstanding.lab.experiments.setups.setup import (
    STRONG,
    Figures,
    Measurement,
    RunSize,
    Setup,
    Values,
    list_estimate_figures,
)
from goodstanding.lab.experiments.setups.visit_weights import weigh_visits
from goodstanding.lab.observations.inspection_visits import DATA_FILES, Numbers, VisitPairs, read_all_pairs
from goodstanding.lab.statistics.intervals import Estimate, compute_resampled_estimate

LAST_GRADE = "last-grade"  # the mechanism: switched off, each premises has the last grade of another one
DAYS_A_MONTH = 30.4
_SHUFFLES = 8
_EPOCH_MONTHS = 12  # visits are compared with others of the same month


@dataclass(frozen=True, slots=True)
class VisitPolicy:
    """How visits are steered and what counts as serious: the values of one point."""

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


def describe_inspections(values: Values, seed: int, size: RunSize) -> Figures:
    """The interval of each city's gain, premises resampled; and what becomes of a file that steered visits write."""
    policy, cities = _build_policy(values), read_all_pairs()
    estimates = {} if size.brief else estimate_feedback_figures(cities, policy.share, policy.worst, seed)
    estimates |= {f"gain-{city}": estimate_gain(pairs, policy, seed) for city, pairs in cities.items()}
    return list_estimate_figures(estimates)


INSPECTIONS = Setup(measure_inspections, describe_inspections, DATA_FILES)


def _build_policy(values: Values) -> VisitPolicy:
    return VisitPolicy(
        values["share"], values["worst"], values["classes"], values["at-risk"], values["around-cut"],
        values["first-months"], values["in-order"] >= 0.5,
    )  # fmt: skip


def compute_gain(pairs: VisitPairs, policy: VisitPolicy, seed: int = 0, switch: str = "") -> float:
    """Serious findings a visit where the last result was worst, over those of visits drawn uniformly, equally many."""
    kept = keep_comparable(pairs, policy)
    findings = weigh_findings(kept, policy)
    rank_by = round_to_classes(kept.earlier, policy.classes)
    if switch == STRONG:
        rank_by = findings
    if switch != LAST_GRADE:
        return _compute_steered_ratio(kept, policy, rank_by, findings)
    shuffled = np.random.default_rng(seed)
    gains = [_compute_steered_ratio(kept, policy, shuffled.permutation(rank_by), findings) for _ in range(_SHUFFLES)]
    return float(np.mean(gains))


def estimate_gain(pairs: VisitPairs, policy: VisitPolicy, seed: int) -> Estimate:
    """The gain with its interval: premises are resampled, whose visits depend on one another."""
    kept = keep_comparable(pairs, policy)
    findings = weigh_findings(kept, policy)
    ranked = round_to_classes(kept.earlier, policy.classes)
    visited = weigh_visits(ranked, _number_periods(kept, policy), policy.share)
    _names, premises = np.unique(kept.premises, return_inverse=True)
    columns = (visited * findings, visited, findings, np.ones_like(findings))
    sums = [np.bincount(premises, weights=column).astype(np.float64) for column in columns]
    return compute_resampled_estimate(_compute_gain_of_sums, tuple(sums), seed)


def _compute_gain_of_sums(
    steered: Numbers, visited: Numbers, findings: Numbers, visits: Numbers, axis: int = -1
) -> Numbers:
    share_of_steered = steered.sum(axis=axis) / visited.sum(axis=axis)
    return np.asarray(share_of_steered / (findings.sum(axis=axis) / visits.sum(axis=axis)))


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


def _compute_steered_ratio(pairs: VisitPairs, policy: VisitPolicy, rank_by: Numbers, findings: Numbers) -> float:
    visited = weigh_visits(rank_by, _number_periods(pairs, policy), policy.share)
    return float((visited * findings).sum() / visited.sum() / findings.mean())


def _number_periods(pairs: VisitPairs, policy: VisitPolicy) -> NDArray[np.int64]:
    months = ((pairs.day - pairs.day.min()) / DAYS_A_MONTH).astype(np.int64)
    return months if policy.in_order else np.zeros_like(months)
