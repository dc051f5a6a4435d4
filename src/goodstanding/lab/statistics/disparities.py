"""How an outcome differs between groups: shares, their ratio and difference, and what was too small to be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from goodstanding.lab.statistics.intervals import CONFIDENCE, Estimate, compute_exact_share

POWER = 0.8


@dataclass(frozen=True, slots=True)
class GroupShare:
    """The share of a group to whom something happened."""

    group: str
    people: int
    share: Estimate


def list_group_shares(groups: NDArray[np.str_], happened: NDArray[np.bool_]) -> list[GroupShare]:
    """The share of each group, by name, with its exact interval."""
    names, codes = np.unique(groups, return_inverse=True)
    people, hits = np.bincount(codes), np.bincount(codes, weights=happened)
    return [
        GroupShare(str(name), int(count), compute_exact_share(int(hit), int(count)))
        for name, count, hit in zip(names, people, hits, strict=True)
    ]


def compute_share_ratio(hits: int, people: int, other_hits: int, other_people: int) -> Estimate:
    """One group's share over another's, with the interval of its logarithm (Katz et al. 1978); NaN over no hits."""
    if not (hits and other_hits):
        value = float("nan") if not other_hits else 0.0
        return Estimate(value, 0.0, float("inf"))
    value = (hits / people) / (other_hits / other_people)
    spread = (1 / hits - 1 / people + 1 / other_hits - 1 / other_people) ** 0.5
    reach = float(np.exp(stats.norm.ppf((1 + CONFIDENCE) / 2) * spread))
    return Estimate(value, value / reach, value * reach)


def compute_share_difference(hits: int, people: int, other_hits: int, other_people: int) -> Estimate:
    """One group's share less another's: exact intervals of both, joined by the distances of their ends (Zou 2008).

    So the interval has a width even where nobody of either group was hit.
    """
    own, other = compute_exact_share(hits, people), compute_exact_share(other_hits, other_people)
    difference = own.value - other.value
    below = ((own.value - own.low) ** 2 + (other.high - other.value) ** 2) ** 0.5
    above = ((own.high - own.value) ** 2 + (other.value - other.low) ** 2) ** 0.5
    return Estimate(difference, max(-1.0, difference - below), min(1.0, difference + above))


def compute_detectable_difference(share: float, people: int, other_people: int, power: float = POWER) -> float:
    """The least difference between two groups' shares that would be seen with this power: what is smaller may be there.

    By the normal approximation, around the share of both.
    """
    reach = stats.norm.ppf((1 + CONFIDENCE) / 2) + stats.norm.ppf(power)
    return float(reach * (share * (1 - share) * (1 / people + 1 / other_people)) ** 0.5)


def widen_to_detectable(estimate: Estimate, power: float = POWER) -> float:
    """The least difference that would be seen with this power, from the width of its interval."""
    reach = stats.norm.ppf((1 + CONFIDENCE) / 2)
    return float((estimate.high - estimate.low) / 2 * (reach + stats.norm.ppf(power)) / reach)
