"""Disparity: how the share hit differs between groups, beside how their conduct differs without any rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.life_histories import Floats, Truths
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.statistics.disparities import (
    compute_detectable_difference,
    compute_share_difference,
    compute_share_ratio,
)
from goodstanding.lab.statistics.intervals import compute_ratio_of_sums
from goodstanding.messages import AssessmentMessage

PAIRED_TRAITS = {"person": ("income", "sex", "residence"), "firm": ("size",)}  # first level against last
REGION = "region"


@dataclass(frozen=True, slots=True)
class GroupPair:
    """Two groups of a sample that are compared, by a name such as `income/first-fifth`."""

    name: str
    first: Truths
    second: Truths


def list_disparities(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """Shares of all groups, and what sets the ends of each trait apart."""
    days = sample.history.count_days(sample.is_hit)
    conduct = sample.twin.acts.count_by_agent(sample.is_breach, sample.people).astype(np.float64)
    for trait in (*PAIRED_TRAITS[sample.kind], REGION):
        levels = sample.list_levels(trait)
        if len([level for level in levels if level]) < 2:
            yield builder.leave_out(Indicator.DIFFERENCE, trait, AssessmentMessage.TRAIT_MISSING, trait=trait)
            continue
        places = sample.agents.levels[trait]
        yield from _list_shares(builder, trait, levels, places, days > 0)
        if trait == REGION:
            yield _compare_shares(builder, _choose_extremes(levels, places, days > 0, builder.seed), days > 0)
            continue
        pair = GroupPair(f"{trait}/{levels[0]}-{levels[-1]}", places == 0, places == len(levels) - 1)
        yield from _compare(builder, pair, days, conduct)


def _list_shares(
    builder: ResultBuilder, trait: str, levels: tuple[str, ...], places: NDArray[np.uint8], is_hit: Truths
) -> Iterator[Result]:
    people = np.bincount(places, minlength=len(levels))
    hits = np.bincount(places[is_hit], minlength=len(levels))
    for place, level in enumerate(levels):
        yield builder.build_share(Indicator.HIT, int(hits[place]), int(people[place]), f"{trait}/{level}")


def _compare(builder: ResultBuilder, pair: GroupPair, days: Floats, conduct: Floats) -> Iterator[Result]:
    yield _compare_shares(builder, pair, days > 0)
    yield _compare_ratios(builder, pair, days > 0)
    yield _build_sums_ratio(builder, Indicator.CONDUCT_RATIO, pair, (conduct,))
    yield _build_sums_ratio(builder, Indicator.AMPLIFICATION, pair, (days, conduct))


def _compare_shares(builder: ResultBuilder, pair: GroupPair, is_hit: Truths) -> Result:
    """The difference, with the least that would be seen; left out where one of the groups is empty."""
    (hits, people), (other_hits, other_people) = _count_pair(pair, is_hit)
    if not (people and other_people):
        return builder.leave_out_few(Indicator.DIFFERENCE, min(people, other_people), people + other_people, pair.name)
    estimate = compute_share_difference(hits, people, other_hits, other_people)
    number = people + other_people
    finding = builder.build_finding(Indicator.DIFFERENCE, estimate, number, "exact", pair.name)
    least = compute_detectable_difference((hits + other_hits) / number, people, other_people)
    return replace(finding, detectable=least) if hits + other_hits else finding


def _compare_ratios(builder: ResultBuilder, pair: GroupPair, is_hit: Truths) -> Result:
    (hits, people), (other_hits, other_people) = _count_pair(pair, is_hit)
    if not (hits and other_hits):
        return builder.leave_out_few(Indicator.RATIO, min(hits, other_hits), people + other_people, pair.name)
    ratio = compute_share_ratio(hits, people, other_hits, other_people)
    return builder.build_finding(Indicator.RATIO, ratio, people + other_people, "linearised", pair.name)


def _count_pair(pair: GroupPair, is_hit: Truths) -> tuple[tuple[int, int], tuple[int, int]]:
    first, second = ((int((group & is_hit).sum()), int(group.sum())) for group in (pair.first, pair.second))
    return first, second


def _build_sums_ratio(
    builder: ResultBuilder, indicator: Indicator, pair: GroupPair, columns: tuple[Floats, ...]
) -> Result:
    """The mean of a column in the first group over that in the second; of two columns the ratio of both ratios."""
    is_either = pair.first | pair.second
    parts = [column[is_either] * group[is_either] for column in columns for group in (pair.first, pair.second)]
    sizes = [group[is_either].astype(np.float64) for group in (pair.first, pair.second)]
    number = min(int(np.count_nonzero(part)) for part in parts)
    statistic = _compute_ratio if len(columns) == 1 else compute_amplification
    return builder.build_statistic(indicator, statistic, (*parts, *sizes), number, pair.name)


def _compute_ratio(
    first: Floats, second: Floats, first_size: Floats, second_size: Floats, axis: int = -1
) -> NDArray[np.float64]:
    return np.asarray(compute_ratio_of_sums(first, second, axis) / compute_ratio_of_sums(first_size, second_size, axis))


def compute_amplification(
    days: Floats, other_days: Floats, conduct: Floats, other_conduct: Floats, *sizes: Floats, axis: int = -1
) -> NDArray[np.float64]:
    """How many times as far apart two groups are in days hit as in conduct; how large they are falls out."""
    return np.asarray(
        compute_ratio_of_sums(days, other_days, axis) / compute_ratio_of_sums(conduct, other_conduct, axis)
    )


def _choose_extremes(levels: tuple[str, ...], places: NDArray[np.uint8], is_hit: Truths, seed: int) -> GroupPair:
    """The regions with the highest and lowest share in one half of the people, to be compared in the other half."""
    is_first = np.random.default_rng(seed).random(len(places)) < 0.5
    people = np.bincount(places[is_first], minlength=len(levels))
    hits = np.bincount(places[is_first & is_hit], minlength=len(levels))
    shares = np.where(people > 0, hits / np.maximum(people, 1), np.nan)
    highest, lowest = int(np.nanargmax(shares)), int(np.nanargmin(shares))
    name = f"{REGION}/{levels[highest]}-{levels[lowest]}"
    return GroupPair(name, (places == highest) & ~is_first, (places == lowest) & ~is_first)
