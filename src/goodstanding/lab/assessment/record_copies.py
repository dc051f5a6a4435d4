"""Copies: who else holds what was wrong, and how long after the source was right the last copy is gone.

A holder fetches every so many days, from a day of its own on. It takes what it finds; at the first time after the
source was right it drops its copy, or keeps it to the end of the run. Where the behaviour says how often holders fetch
from one another, one that dropped it may take it from one that did not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.hits import list_wrong_times
from goodstanding.lab.assessment.life_histories import Floats, Truths
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.behaviour.behaviour_model import CopyRules
from goodstanding.lab.simulation.kernel_tables import Integers, Words
from goodstanding.lab.world.agents import AgentDraws
from goodstanding.messages import AssessmentMessage

_DAY_BITS = np.uint64(40)
INDICATORS = (Indicator.COPIED_DAYS, Indicator.STALE, Indicator.BACK)


@dataclass(frozen=True, slots=True)
class CopyTimes:
    """Of each wrong time: days from its end until no holder has a copy, cut at the end of the run; what stayed."""

    days: Floats
    is_stale: Truths
    is_back: Truths


def list_copies(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """How long copies outlast what was wrong at the source."""
    behaviour = sample.counts.behaviour
    rules = behaviour.rules.copies if behaviour else None
    if rules is None:
        code = AssessmentMessage.COPIES_NOT_SAID if behaviour else AssessmentMessage.BEHAVIOUR_NOT_GIVEN
        yield from (builder.leave_out(indicator, "", code) for indicator in INDICATORS)
        return
    history = sample.history
    times = list_wrong_times(history, sample.right, sample.is_hit)
    times = times[times[:, 2] < history.end_day]
    keys = sample.chunk.table.keys[times[:, 0]] ^ (times[:, 1].astype(np.uint64) << _DAY_BITS)
    copies = spread_copies(rules, keys, times[:, 1:], history.end_day, sample.lives.seed)
    number, stale = len(times), int(copies.is_stale.sum())
    yield builder.build_statistic(Indicator.COPIED_DAYS, np.mean, (copies.days,), number)
    yield builder.build_share(Indicator.STALE, stale, number)
    if rules.passes_on is None:
        yield builder.leave_out(Indicator.BACK, "", AssessmentMessage.PASSING_NOT_SAID)
    else:
        yield builder.build_share(Indicator.BACK, int(copies.is_back.sum()), number)


def spread_copies(rules: CopyRules, keys: Words, times: Integers, end_day: int, seed: int) -> CopyTimes:
    """What holders do with each wrong time, a row of its first day and its end; drawn by key, never by order."""
    draws, refresh = AgentDraws(seed, keys), rules.refresh_days.value
    holders = range(int(rules.holders.value))
    phases = _stack([draws.draw_fractions(f"copy phase {holder}") for holder in holders], keys) * refresh
    first, end = times[:, :1].astype(np.float64), times[:, 1:].astype(np.float64)
    taken = _find_next_fetch(first, phases, refresh)
    due = _find_next_fetch(end, phases, refresh)
    has_copy = taken < end
    drops = rules.drops_after_removal.value
    is_dropped = _stack([draws.draw_fractions(f"copy drop {holder}") for holder in holders], keys) < drops
    gone = np.where(has_copy, np.where(is_dropped & (due < end_day), due, end_day), end)
    passed = np.zeros(len(keys), np.bool_)
    if rules.passes_on is not None:
        gone, passed = _pass_on(rules, draws, gone, due, end_day)
    last = np.maximum(end[:, 0], gone.max(axis=1, initial=0.0))
    return CopyTimes(last - end[:, 0], last >= end_day, passed)


def _stack(columns: list[Floats], keys: Words) -> Floats:
    """A column for each holder, even where there is none."""
    return np.array(columns, np.float64).reshape(len(columns), len(keys)).T


def _find_next_fetch(days: Floats, phases: Floats, refresh: float) -> Floats:
    """The first day from another on, to the fraction, on which each holder fetches."""
    return np.asarray(phases + np.ceil((days - phases) / refresh) * refresh)


def _pass_on(
    rules: CopyRules, draws: AgentDraws, gone: Floats, due: Floats, end_day: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """Round by round, a holder without a copy fetches from the next one, by chance, and drops it in a later round."""
    refresh, chance = rules.refresh_days.value, rules.passes_on.value if rules.passes_on else 0.0
    drops, holders = rules.drops_after_removal.value, gone.shape[1]
    gone, fetch, passed = gone.copy(), due + refresh, np.zeros(len(gone), np.bool_)
    turn = 0
    while holders > 1 and (fetch < end_day).any():
        ahead = 1 + turn % (holders - 1)
        for holder in range(holders):
            at, other = fetch[:, holder], gone[:, (holder + ahead) % holders]
            asks = draws.draw_truths(f"copy passed {holder} {turn}", chance)
            is_back = asks & (at < end_day) & (gone[:, holder] <= at) & (other > at)
            keeps = ~draws.draw_truths(f"copy dropped again {holder} {turn}", drops)
            gone[is_back, holder] = np.where(keeps, end_day, np.minimum(at + refresh, end_day))[is_back]
            passed |= is_back
        fetch = fetch + refresh
        turn += 1
    return gone, passed
