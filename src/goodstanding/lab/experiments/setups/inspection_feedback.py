"""What becomes of a file whose records arise only where one looks: premises of a city, visited by their last grade.

Each premises has a true rate of serious findings, drawn from what its visits leave likely. Steered visits write the
records by which the next visits are steered; complaints can write them too, whoever was visited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.experiments.setups.visit_weights import weigh_visits
from goodstanding.lab.observations.inspection_visits import Numbers, VisitPairs
from goodstanding.lab.statistics.intervals import CONFIDENCE, Estimate

_ROUNDS = 8
_DRAWS = 40
_TOO_MANY = 1.5  # times as many visits as the true rate warrants


@dataclass(frozen=True, slots=True)
class FeedbackOutcome:
    """After some rounds: findings a visit over uniform draws, who had too many visits, which bad ones had none."""

    gain: float
    over_inspected: float  # share of premises with half as many visits again as their true rate warrants
    overlooked: float  # share of the third with the highest true rates that was not visited once


def draw_true_rates(pairs: VisitPairs, worst: float, seed: int) -> Numbers:
    """A rate for each premises: the city's distribution (beta, by moments), given that premises' own findings."""
    least = max(np.quantile(pairs.severity, 1 - worst), 1e-9)
    _names, first, codes = np.unique(pairs.premises, return_index=True, return_inverse=True)
    codes = np.r_[codes, codes[first]]  # with the visit before the first pair
    serious = np.r_[pairs.severity, pairs.earlier[first]] >= least
    visits = np.bincount(codes).astype(np.float64)
    findings = np.bincount(codes, weights=serious).astype(np.float64)
    mean = findings.sum() / visits.sum()
    strength = _estimate_strength(visits, findings, float(mean))
    drawn = np.random.default_rng(seed)
    return np.asarray(drawn.beta(strength * mean + findings, strength * (1 - mean) + visits - findings))


def _estimate_strength(visits: Numbers, findings: Numbers, mean: float) -> float:
    """How alike premises are: of how many visits the city's mean is worth, by the spread between them (moments)."""
    several = visits > 1
    spread = float((((findings - visits * mean) ** 2)[several] - (visits * mean * (1 - mean))[several]).sum())
    shared = float((visits * (visits - 1))[several].sum()) * mean * (1 - mean)
    correlation = min(max(spread / shared, 0.01), 0.9) if shared else 0.01
    return 1 / correlation - 1


def simulate_feedback(
    rates: Numbers, share: float, seed: int, reported: float = 0.0, steered: bool = True
) -> FeedbackOutcome:
    """Rounds of visits to a share of all premises, those with the worst last record first; all had one visit before.

    `reported` is how often the state of premises comes to be recorded by a complaint, without any visit; without
    `steered` visits are drawn uniformly.
    """
    drawn = np.random.default_rng(seed)
    last_record = (drawn.random(len(rates)) < rates).astype(np.float64)
    visits, findings = np.zeros(len(rates)), 0.0
    for _round in range(_ROUNDS):
        visited = _choose_visited(last_record * steered, share, drawn)
        serious = drawn.random(len(rates)) < rates
        seen = visited | (drawn.random(len(rates)) < reported)
        last_record = np.where(seen, serious, last_record).astype(np.float64)
        visits, findings = visits + visited, findings + float((serious & visited).sum())
    return _describe_outcome(rates, visits, findings)


def _choose_visited(last_record: Numbers, share: float, drawn: np.random.Generator) -> NDArray[np.bool_]:
    """So many premises, the worst last records first, chance among those that tie."""
    ranked = last_record + drawn.random(len(last_record)) * 1e-9
    everywhere = np.zeros(len(last_record), dtype=np.int64)
    return np.asarray(weigh_visits(ranked, everywhere, share) > 0.5)


def estimate_feedback_figures(
    cities: Mapping[str, VisitPairs], share: float, worst: float, seed: int
) -> dict[str, Estimate]:
    """The figures below, each with the interval of drawing the true rates and all visits many times."""
    draws = [compute_feedback_figures(cities, share, worst, seed + draw) for draw in range(_DRAWS)]
    columns = {name: np.array([draw[name] for draw in draws]) for name in draws[0]}
    ends = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    return {
        name: Estimate(float(column.mean()), *(float(end) for end in np.quantile(column, ends)))
        for name, column in columns.items()
    }


def compute_feedback_figures(
    cities: Mapping[str, VisitPairs], share: float, worst: float, seed: int
) -> dict[str, float]:
    """The means over cities: steered, drawn uniformly, steered where complaints report half of all states."""
    rates = [draw_true_rates(pairs, worst, seed) for pairs in cities.values()]
    ways = {"": {}, "-if-uniform": {"steered": False}, "-with-complaints": {"reported": 0.5}}
    figures = {}
    for ending, way in ways.items():
        outcomes = [simulate_feedback(city_rates, share, seed, **way) for city_rates in rates]  # type: ignore[arg-type]
        for name in ("gain", "over_inspected", "overlooked"):
            mean = float(np.mean([getattr(outcome, name) for outcome in outcomes]))
            figures[f"feedback-{name.replace('_', '-')}{ending}"] = mean
    return figures


def _describe_outcome(rates: Numbers, visits: Numbers, findings: float) -> FeedbackOutcome:
    warranted = rates / rates.sum() * visits.sum()
    too_many = (visits > _TOO_MANY * warranted) & (visits >= warranted + 1)
    worst_third = rates >= np.quantile(rates, 2 / 3)
    return FeedbackOutcome(
        findings / float(visits.sum()) / float(rates.mean()),
        float(too_many.mean()),
        float((visits[worst_third] == 0).mean()),
    )
