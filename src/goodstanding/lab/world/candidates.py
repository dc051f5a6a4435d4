"""Candidates: what somebody could do, drawn once from the highest rate that any scheme can cause.

A scheme decides which of them happen (thinning), so that one life has the same candidates under each. At most one act
of a kind is a candidate in a month, and months are independent: what is drawn is how long until the next one, within
blocks of sixty-four months, from the word of the month from which one looks on. So a life does not depend on the
horizon, and a kind of act without a candidate costs one word for five years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import float64, int64, njit, prange, uint64
from numpy.typing import NDArray

from goodstanding.lab.world.random_streams import derive_key, draw_word, open_stream

WHOLE = 1 << 32  # a chance of 1, as a threshold
MONTHS_A_BLOCK = 64
DOUBLINGS = 6  # from one month to a block
_MONTH, _DAY, _THINNING = (derive_key(purpose) for purpose in ("month", "day", "thinning"))
_11, _32, _UNIT = np.uint64(11), np.uint64(32), 2.0**-53


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates by agent, kind of act and month, in that order: one row each.

    `agents` counts from the first of those asked about, `acts` in the order asked, `months` from the start. `days` are
    fractions of a month, and `lucks` decide about each candidate, both in 2^-32: it happens where its luck is below
    `compute_threshold(factor / ceiling)`.
    """

    agents: NDArray[np.uint32]
    acts: NDArray[np.uint16]
    months: NDArray[np.uint16]
    days: NDArray[np.uint32]
    lucks: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class ActPlan:
    """Acts of one kind of agent as arrays: a key and the flags that are needed for each, and chances by cell.

    `chances` has a row for each cell and a column for each act: the highest in a month.
    """

    names: tuple[str, ...]
    keys: NDArray[np.uint64]
    needs: NDArray[np.uint8]
    chances: NDArray[np.float64]


def compute_threshold(chance: float) -> int:
    """A chance from 0 to 1 in 2^-32, rounded down."""
    return int(min(max(chance, 0.0), 1.0) * WHOLE)


@njit(int64(uint64, float64, int64), cache=True)
def _look_in_block(stream: np.uint64, chance: float, month: int) -> int:
    """The next month of the same block, from this one on, with a candidate; the first of the next block where none."""
    end = (month // MONTHS_A_BLOCK + 1) * MONTHS_A_BLOCK
    luck = float64(draw_word(stream, uint64(month)) >> _11) * _UNIT
    missed = block = still = 1.0 - chance
    if end - month == MONTHS_A_BLOCK:
        for _ in range(DOUBLINGS):
            block *= block
        if luck < block:
            return end
    while luck < still and month < end:
        still *= missed
        month += 1
    return month


@njit(int64(uint64, float64, int64, int64), cache=True)
def find_candidate(act_stream: np.uint64, chance: float, month: int, months: int) -> int:
    """The next month from `month` on in which an act is a candidate; `months`, the horizon, where there is none.

    `chance` is the act's highest in a month.
    """
    stream = open_stream(act_stream, _MONTH)
    while chance > 0.0 and month < months:
        end = (month // MONTHS_A_BLOCK + 1) * MONTHS_A_BLOCK
        month = _look_in_block(stream, chance, month)
        if month < end:
            return min(month, months)
    return months


@njit(uint64(uint64, uint64), cache=True, inline="always")
def draw_day(act_stream: np.uint64, month: np.uint64) -> np.uint64:
    """When in its month an act would be done, in 2^-32 of the month."""
    return draw_word(open_stream(act_stream, _DAY), month) >> _32


@njit(uint64(uint64, uint64), cache=True, inline="always")
def draw_luck(act_stream: np.uint64, month: np.uint64) -> np.uint64:
    """The luck of a candidate, in 2^-32: below the scheme's threshold it happens."""
    return draw_word(open_stream(act_stream, _THINNING), month) >> _32


@njit(uint64(uint64, uint64, uint64), cache=True, inline="always")
def open_act_stream(seed: np.uint64, agent: np.uint64, act: np.uint64) -> np.uint64:
    """The stream of one agent and kind of act."""
    return open_stream(open_stream(seed, agent), act)


@njit(cache=True)
def _count_of_agent(seed, agent, flags, keys, needs, chances, months):  # type: ignore[no-untyped-def]
    """How many candidates one agent has."""
    number = 0
    for act in range(len(keys)):
        if flags & needs[act] != needs[act]:
            continue
        stream = open_act_stream(seed, agent, keys[act])
        month = find_candidate(stream, chances[act], 0, months)
        while month < months:
            number += 1
            month = find_candidate(stream, chances[act], month + 1, months)
    return number


@njit(cache=True)
def _fill_of_agent(seed, agent, flags, keys, needs, chances, months, place, row, columns):  # type: ignore[no-untyped-def]
    """Writes one agent's candidates from a row on."""
    for act in range(len(keys)):
        if flags & needs[act] != needs[act]:
            continue
        stream = open_act_stream(seed, agent, keys[act])
        month = find_candidate(stream, chances[act], 0, months)
        while month < months:
            columns[0][row], columns[1][row], columns[2][row] = place, act, month
            columns[3][row], columns[4][row] = draw_day(stream, uint64(month)), draw_luck(stream, uint64(month))
            row += 1
            month = find_candidate(stream, chances[act], month + 1, months)


@njit(parallel=True, cache=True)
def _count_candidates(seed, agents, cells, flags, keys, needs, chances, months):  # type: ignore[no-untyped-def]
    counts = np.zeros(len(agents), np.int64)
    for place in prange(len(agents)):
        row = chances[cells[place]]
        counts[place] = _count_of_agent(seed, agents[place], flags[place], keys, needs, row, months)
    return counts


@njit(parallel=True, cache=True)
def _fill_candidates(seed, agents, cells, flags, keys, needs, chances, months, starts, columns):  # type: ignore[no-untyped-def]
    for place in prange(len(agents)):
        row = chances[cells[place]]
        _fill_of_agent(seed, agents[place], flags[place], keys, needs, row, months, place, starts[place], columns)


def draw_candidates(
    seed: int,
    agents: NDArray[np.uint64],
    cells: NDArray[np.int32],
    flags: NDArray[np.uint8],
    plan: ActPlan,
    months: int,
) -> Candidates:
    """The candidates of agents with these keys, cells and flags over some months."""
    parts = (np.uint64(seed), agents, cells, flags, plan.keys, plan.needs, plan.chances, months)
    counts = _count_candidates(*parts)
    total = int(counts.sum())
    columns = (
        np.empty(total, np.uint32),
        np.empty(total, np.uint16),
        np.empty(total, np.uint16),
        np.empty(total, np.uint32),
        np.empty(total, np.uint32),
    )
    _fill_candidates(*parts, np.cumsum(counts) - counts, columns)
    return Candidates(*columns)
