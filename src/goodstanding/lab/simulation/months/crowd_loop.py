"""Lives of all agents together, by month: everybody lives a month, then reads what those have to whom they are tied."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.kernel_tables import (
    Integers,
)
from goodstanding.lab.simulation.life_loop import keep_life, pass_days
from goodstanding.lab.simulation.life_records import LOG_SIZE, make_scratch
from goodstanding.lab.simulation.months.crowd import load_agent, store_agent
from goodstanding.lab.simulation.months.month_step import begin_months, live_month, make_memory
from goodstanding.lab.simulation.outcomes.outcome_tables import NO_SCORE
from goodstanding.lab.simulation.points_state import GRADE, SCORE
from goodstanding.lab.world.random_streams import open_stream

LISTED, MEAN_SCORE, LOWEST_GRADE = range(3)  # what a column reads


class TieTable(NamedTuple):
    """What a column reads, and its place among those of ties or of lists.

    Those to whom an agent is tied are ends[starts[place, agent]...]. `bounds` are the numbers from which another level
    of a mean score begins, `grades` the grade in a column's scheme by standing, the first of which is nobody's.
    `listed` are bits by agent, place and month, 64 months a word.
    """

    matters: Integers
    places: Integers
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    bound_starts: Integers
    bounds: Integers
    grades: Integers
    listed: NDArray[np.uint64]


@njit(**PLAIN)
def find_mean(ties, column, row, scores):  # type: ignore[no-untyped-def]
    """The mean score of those to whom an agent is tied, rounded down; NO_SCORE where none of them has one."""
    total, number = np.int64(0), np.int64(0)
    for place in range(ties.starts[ties.places[column], row], ties.starts[ties.places[column], row + 1]):
        score = scores[ties.ends[place]]
        if score != NO_SCORE:
            total += score
            number += 1
    return total // number if number else NO_SCORE


@njit(**PLAIN)
def find_lowest(ties, column, row, shown):  # type: ignore[no-untyped-def]
    """The lowest grade, the last in its scheme's order, of those to whom an agent is tied; else that of nobody."""
    nobody = ties.grades[column, 0]
    lowest = NONE
    for place in range(ties.starts[ties.places[column], row], ties.starts[ties.places[column], row + 1]):
        grade = ties.grades[column, shown[ties.ends[place]] + 1]
        if grade != nobody:
            lowest = max(lowest, grade)
    return nobody if lowest == NONE else lowest


@njit(**PLAIN)
def read_others(ties, row, month, scores, shown, columns, sources):  # type: ignore[no-untyped-def]
    """Writes into an agent's sources what others say at the beginning of a month."""
    for column in range(len(columns)):
        if ties.matters[column] == LOWEST_GRADE:
            sources[columns[column]] = find_lowest(ties, column, row, shown)
        elif ties.matters[column] == MEAN_SCORE:
            mean, level = find_mean(ties, column, row, scores), 0
            for bound in range(ties.bound_starts[column], ties.bound_starts[column + 1]):
                level += mean >= ties.bounds[bound]
            sources[columns[column]] = level
        else:
            sources[columns[column]] = ties.listed[row, ties.places[column], month >> 6] >> uint64(month & 63) & uint64(
                1
            )


@njit(**PLAIN)
def _publish(row, scores, shown, scratch):  # type: ignore[no-untyped-def]
    shown[row] = scratch.state[GRADE]
    scores[row] = scratch.state[SCORE] if scratch.state[GRADE] != NONE else NO_SCORE


@njit(cache=True, nogil=True)
def begin_crowd(  # type: ignore[no-untyped-def]
    first, end, seed, agents, month_starts, rules, origins, occasions, past, crowd, room
):
    """Some of all agents before the first month; whether there was room."""
    nothing, fits = np.empty((0, LOG_SIZE), np.int64), True
    scratch, memory = make_scratch(room, 0, 1, nothing, nothing), make_memory(past, occasions)
    for row in range(first, end):
        stream = open_stream(uint64(seed), agents.keys[row])
        fits &= begin_months(row, stream, agents, month_starts, rules, origins, occasions, memory, scratch)
        fits &= store_agent(crowd, row, memory, scratch)
    return fits


@njit(cache=True, nogil=True)
def live_crowd_month(  # type: ignore[no-untyped-def]
    first,
    end,
    seed,
    agents,
    month_starts,
    rules,
    origins,
    occasions,
    past,
    crowd,
    room,
    month,
    ties,
    scores,
    shown,
    totals,
):
    """A month of some of all agents, who read what was shown at the end of the month before; whether there was room."""
    nothing, fits = np.empty((0, LOG_SIZE), np.int64), True
    scratch, memory = make_scratch(room, 0, len(totals), nothing, nothing), make_memory(past, occasions)
    scratch.counts[:] = 0
    for row in range(first, end):
        read_others(ties, row, month, scores, shown, past.outside_columns, agents.sources[row])
        load_agent(crowd, row, memory, scratch)
        stream = open_stream(uint64(seed), agents.keys[row])
        fits &= live_month(row, month, stream, agents, month_starts, rules, origins, occasions, past, memory, scratch)
        _publish(row, crowd.scores, crowd.shown, scratch)
        fits &= store_agent(crowd, row, memory, scratch)
    totals += scratch.counts
    return fits


@njit(cache=True, nogil=True)
def end_crowd(month_starts, occasions, past, crowd, totals, kept, room):  # type: ignore[no-untyped-def]
    """The last days of everybody, and what is kept of each."""
    nothing = np.empty((0, LOG_SIZE), np.int64)
    scratch, memory = make_scratch(room, 0, len(totals), nothing, nothing), make_memory(past, occasions)
    scratch.counts[:] = 0
    for row in range(len(kept)):
        load_agent(crowd, row, memory, scratch)
        pass_days(month_starts[len(month_starts) - 1], occasions.is_bad, scratch, None)
        keep_life(kept[row], True, scratch)
    totals += scratch.counts
