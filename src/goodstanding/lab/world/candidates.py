"""Candidates: what somebody could do, drawn once from the highest rate that any scheme can cause.

A scheme decides which of them happen (thinning), so that one life has the same candidates under each. At most one act
of a kind is a candidate in a month, and months are independent: what is drawn is how long until the next one, within
blocks of sixty-four months, from the word of the month from which one looks on. So a life does not depend on the
horizon, and a kind of act without a candidate costs one word for five years.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import float64, int64, njit, prange, uint64
from numpy.typing import NDArray

from goodstanding.lab.world.random_streams import derive_key, draw_word, open_stream

WHOLE = 1 << 32  # a chance of 1, as a threshold
MONTHS_A_BLOCK = 64
_MONTH, _DAY, _THINNING = (derive_key(purpose) for purpose in ("month", "day", "thinning"))
_11, _32, _UNIT = np.uint64(11), np.uint64(32), 2.0**-53
_FEW = -16.0  # the pace from which on products take no longer than a logarithm
_UNSURE = 1e-12  # far more than a rounding error, so that how a power or a logarithm is worked out decides nothing


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


def compute_odds(chances: NDArray[np.float64], months: int) -> NDArray[np.float64]:
    """Of chances in a month, as `find_month` reads them: that of a miss, and how many misses a luck is worth.

    Last a luck below which all months of the first block, or up to the horizon, are missed for sure.
    """
    odds = np.empty((*chances.shape, 3))
    missed, pace, surely_missed = odds[..., 0], odds[..., 1], odds[..., 2]
    missed[...] = 1.0 - chances
    with np.errstate(divide="ignore"):
        slope = np.log(missed)
        np.divide(1.0, slope, out=pace)
    pace[slope >= 0.0] = -np.inf
    surely_missed[...] = np.exp(slope * min(months, MONTHS_A_BLOCK)) * (1.0 - _UNSURE)
    return odds


@njit(int64(float64, float64, float64, int64), cache=True, inline="always")
def _count_missed(luck: float, missed: float, pace: float, most: int) -> int:
    """How many months in a row luck misses, at most so many: the first is not missed whose repeated product is below.

    The last digits of the products decide. Where many months are missed, a logarithm tells how many, but for where it
    is so near to a whole number that those digits matter.
    """
    if pace < _FEW:
        months = np.log(luck) * pace
        whole, margin = np.floor(months), _UNSURE * (1.0 - pace)
        if margin < months - whole < 1.0 - margin:
            return int(min(whole, float(most)))
    number, still = 0, missed
    while luck < still and number < most:
        still *= missed
        number += 1
    return number


@njit(uint64(uint64, uint64), cache=True, inline="always")
def open_months(agent_stream: np.uint64, act: np.uint64) -> np.uint64:
    """The stream of the months in which an agent could do an act; `agent_stream` is `open_stream(seed, agent)`."""
    return open_stream(agent_stream, act ^ _MONTH)


@njit(float64(uint64, int64), cache=True, inline="always")
def _draw_miss(stream: np.uint64, month: int) -> float:
    """The luck of the months from one on, from 0 to below 1."""
    return float64(int64(draw_word(stream, uint64(month)) >> _11)) * _UNIT


@njit(int64(uint64, float64, float64, int64, int64), cache=True)
def find_month(stream: np.uint64, missed: float, pace: float, month: int, months: int) -> int:
    """The next month from `month` on in which an act is a candidate; `months`, the horizon, where there is none."""
    while month < months:
        end = min((month | (MONTHS_A_BLOCK - 1)) + 1, months)
        month += _count_missed(_draw_miss(stream, month), missed, pace, end - month)
        if month < end:
            return month
    return months


@njit(int64(uint64, float64, int64), cache=True, inline="always")
def find_first_block(stream: np.uint64, surely_missed: float, months: int) -> int:
    """The month from which on to look for the first candidate: mostly none of the first block is possible."""
    return 0 if _draw_miss(stream, 0) >= surely_missed else min(MONTHS_A_BLOCK, months)


@njit(int64(uint64, uint64, float64, int64, int64), cache=True)
def find_candidate(agent_stream: np.uint64, act: np.uint64, chance: float, month: int, months: int) -> int:
    """The same for an act by its key, of which `chance` is the highest in a month."""
    if chance <= 0.0:
        return months
    missed = 1.0 - chance
    pace = 1.0 / math.log(missed) if 0.0 < missed < 1.0 else -math.inf
    return find_month(open_months(agent_stream, act), missed, pace, month, months)


@njit(uint64(uint64, uint64, uint64), cache=True, inline="always")
def draw_day(agent_stream: np.uint64, act: np.uint64, month: np.uint64) -> np.uint64:
    """When in its month an act would be done, in 2^-32 of the month."""
    return draw_word(open_stream(agent_stream, act ^ _DAY), month) >> _32


@njit(uint64(uint64, uint64, uint64), cache=True, inline="always")
def draw_luck(agent_stream: np.uint64, act: np.uint64, month: np.uint64) -> np.uint64:
    """The luck of a candidate, in 2^-32: below the scheme's threshold it happens."""
    return draw_word(open_stream(agent_stream, act ^ _THINNING), month) >> _32


@njit(cache=True)
def _count_of_agent(agent_stream, flags, keys, needs, chances, months):  # type: ignore[no-untyped-def]
    """How many candidates one agent has."""
    number = 0
    for act in range(len(keys)):
        if flags & needs[act] != needs[act]:
            continue
        month = find_candidate(agent_stream, keys[act], chances[act], 0, months)
        while month < months:
            number += 1
            month = find_candidate(agent_stream, keys[act], chances[act], month + 1, months)
    return number


@njit(cache=True)
def _fill_of_agent(agent_stream, flags, keys, needs, chances, months, place, row, columns):  # type: ignore[no-untyped-def]
    """Writes one agent's candidates from a row on."""
    for act in range(len(keys)):
        if flags & needs[act] != needs[act]:
            continue
        month = find_candidate(agent_stream, keys[act], chances[act], 0, months)
        while month < months:
            columns[0][row], columns[1][row], columns[2][row] = place, act, month
            columns[3][row] = draw_day(agent_stream, keys[act], uint64(month))
            columns[4][row] = draw_luck(agent_stream, keys[act], uint64(month))
            row += 1
            month = find_candidate(agent_stream, keys[act], chances[act], month + 1, months)


@njit(parallel=True, cache=True)
def _count_candidates(seed, agents, cells, flags, keys, needs, chances, months):  # type: ignore[no-untyped-def]
    counts = np.zeros(len(agents), np.int64)
    for place in prange(len(agents)):
        row = chances[cells[place]]
        counts[place] = _count_of_agent(open_stream(seed, agents[place]), flags[place], keys, needs, row, months)
    return counts


@njit(parallel=True, cache=True)
def _fill_candidates(seed, agents, cells, flags, keys, needs, chances, months, starts, columns):  # type: ignore[no-untyped-def]
    for place in prange(len(agents)):
        row = chances[cells[place]]
        _fill_of_agent(
            open_stream(seed, agents[place]), flags[place], keys, needs, row, months, place, starts[place], columns
        )


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
