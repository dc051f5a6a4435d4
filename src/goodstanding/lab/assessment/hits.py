"""Who is hit, for how long, and who would not have been: by mistake, or without having been heard."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.life_histories import Floats, LifeHistory, Truths
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.messages import AssessmentMessage


def list_hits(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """Shares of people and days: hit, wrongly hit or spared, unheard."""
    days = sample.history.count_days(sample.is_hit)
    yield from list_days(sample, builder, (Indicator.HIT, Indicator.HIT_DAYS), days)
    yield builder.build_mean(Indicator.DAYS_OF_HIT, days[days > 0])
    wrong_days = count_differing_days(sample.history, sample.corrected, sample.is_hit)
    yield from list_days(sample, builder, (Indicator.WRONGLY_HIT, Indicator.WRONG_DAYS), wrong_days)
    spared_days = count_differing_days(sample.corrected, sample.history, sample.is_hit)
    yield builder.build_share(Indicator.WRONGLY_SPARED, int((spared_days > 0).sum()), sample.people)
    yield from _list_unheard(sample, builder)


def list_days(
    sample: LifeSample, builder: ResultBuilder, indicators: tuple[Indicator, Indicator], days: Floats, group: str = ""
) -> Iterator[Result]:
    """The share of people with any such days, and how many those are a person and year."""
    share, mean = indicators
    yield builder.build_share(share, int((days > 0).sum()), sample.people, group)
    yield builder.build_mean(mean, days / sample.history.years, group)


def _list_unheard(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """By the rules alone: a record takes effect on the day it is known, unless a notice comes before."""
    indicators, is_unheard = (Indicator.UNHEARD, Indicator.UNHEARD_DAYS), sample.find_unheard()
    if is_unheard is None:
        for indicator in indicators:
            yield builder.leave_out(indicator, "", AssessmentMessage.BEHAVIOUR_NOT_GIVEN)
        return
    yield from list_days(sample, builder, indicators, sample.history.count_days(is_unheard))


def count_differing_days(history: LifeHistory, other: LifeHistory, is_hit: Truths) -> Floats:
    """For each agent the days hit in one history and not in the other of the same agents."""
    agents, days, lengths = _cut_days(history, other)
    first, second = (_find_grades(lives, agents, days) for lives in (history, other))
    is_counted = is_hit[first] & ~is_hit[second]
    return np.asarray(np.bincount(agents, weights=lengths * is_counted, minlength=history.agents), np.float64)


def _cut_days(history: LifeHistory, other: LifeHistory) -> tuple[Integers, Integers, Integers]:
    """Stretches in which neither history changes: agent, first day, how many days."""
    width = history.end_day - history.first_day + 1
    keys = np.unique(
        np.concatenate([history.build_keys(rows[:, 0], rows[:, 1]) for rows in (history.standings, other.standings)])
    )
    agents, days = keys // width, keys % width + history.first_day
    is_last = np.append(agents[1:] != agents[:-1], True)[: len(keys)]
    ends = np.where(is_last, history.end_day, np.append(days[1:], history.end_day)[: len(keys)])
    return agents, days, ends - days


def _find_grades(history: LifeHistory, agents: Integers, days: Integers) -> Integers:
    padded = np.append(history.standings[:, 3], NONE)
    return np.asarray(padded[history.find_rows(agents, days)])


def list_wrong_times(history: LifeHistory, other: LifeHistory, is_hit: Truths) -> Integers:
    """Rows of agent, first day and end: when agents are hit in one history and not in the other, without a break."""
    agents, days, lengths = _cut_days(history, other)
    is_wrong = is_hit[_find_grades(history, agents, days)] & ~is_hit[_find_grades(other, agents, days)]
    rows = np.column_stack([agents, days, days + lengths])[is_wrong]
    follows = (rows[1:, 0] == rows[:-1, 0]) & (rows[1:, 1] == rows[:-1, 2])
    starts = np.flatnonzero(np.append(True, ~follows)[: len(rows)])
    ends = np.append(starts[1:], len(rows))[: len(starts)] - 1
    return np.column_stack([rows[starts, 0], rows[starts, 1], rows[ends, 2]])
