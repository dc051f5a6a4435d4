"""Everybody at once, where agents meet: what each keeps from month to month, in whole numbers of 32 bits and fewer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.kernel_tables import (
    ORIGIN_LAST_DELAY,
    AgentTable,
    OccasionTable,
    OriginTable,
)
from goodstanding.lab.simulation.life_records import FILED, LIFE_SIZE, PENDING
from goodstanding.lab.simulation.months.past_tables import YEAR, PastTable
from goodstanding.lab.simulation.outcomes.outcome_state import PLACES_A_SCHEME
from goodstanding.lab.simulation.outcomes.outcome_tables import NO_SCORE, OutcomeTable
from goodstanding.lab.simulation.points_state import GRADE_SIZE, GRADES, STAGE_SIZE, STAGES, STATE_SIZE
from goodstanding.lab.simulation.record_draws import RECORD_SIZE

ROOM, FILE_ROOM = 4, 8  # at first, of lists that an agent may need from one month to the next


class Crowd(NamedTuple):
    """A row for each agent: its numbers, its past, its lists, and the score and standing that others read of it.

    Of a state the first `own_places` differ by kind of scheme. A list is as long as `numbers` says; lists that a scheme
    cannot need have no room.
    """

    own_places: int
    numbers: NDArray[np.int32]
    nexts: NDArray[np.int16]
    standings: NDArray[np.int16]
    years: NDArray[np.int16]
    pending: NDArray[np.int32]
    filed: NDArray[np.int32]
    stages: NDArray[np.int32]
    grades: NDArray[np.int32]
    scores: NDArray[np.int32]
    shown: NDArray[np.int16]


def make_crowd(
    agents: AgentTable, rules: object, origins: OriginTable, occasions: OccasionTable, past: PastTable, times: int
) -> Crowd:
    """Room for all agents, so many times the room of the first try."""
    number = len(agents.keys)
    is_mean = isinstance(rules, OutcomeTable) and bool(rules.is_mean.any())
    is_points = not isinstance(rules, OutcomeTable)
    pending = ROOM * times * bool(origins.origins[:, ORIGIN_LAST_DELAY].any())
    filed = FILE_ROOM * times * bool(origins.disputes.any())
    stages, grades = ROOM * times * (is_mean or is_points), ROOM * times * is_points
    own_places = PLACES_A_SCHEME * len(rules.strides) if isinstance(rules, OutcomeTable) else STAGES
    return Crowd(
        own_places,
        np.empty((number, LIFE_SIZE + own_places + STATE_SIZE - STAGES), np.int32),
        np.empty((number, len(occasions.keys)), np.int16),
        np.empty((number, YEAR if len(past.grade_columns) else 0), np.int16),
        np.empty((number, len(past.count_columns)), np.int16),
        np.empty((number, pending, RECORD_SIZE), np.int32),
        np.empty((number, filed, RECORD_SIZE), np.int32),
        np.empty((number, stages, STAGE_SIZE), np.int32),
        np.empty((number, grades, GRADE_SIZE), np.int32),
        np.full(number, NO_SCORE, np.int32),
        np.full(number, NONE, np.int16),
    )


@njit(**PLAIN)
def load_agent(crowd, row, memory, scratch):  # type: ignore[no-untyped-def]
    """Takes an agent out of the crowd."""
    for place in range(LIFE_SIZE):
        scratch.life[place] = crowd.numbers[row, place]
    for place in range(crowd.own_places):
        scratch.state[place] = crowd.numbers[row, LIFE_SIZE + place]
    for place in range(STAGES, STATE_SIZE):
        scratch.state[place] = crowd.numbers[row, LIFE_SIZE + crowd.own_places + place - STAGES]
    for place in range(len(memory.nexts)):
        memory.nexts[place] = crowd.nexts[row, place]
    for place in range(len(memory.standings)):
        memory.standings[place] = crowd.standings[row, place]
    for place in range(len(memory.years)):
        memory.years[place] = crowd.years[row, place]
    _load_rows(crowd.pending, row, scratch.life[PENDING], scratch.pending)
    _load_rows(crowd.filed, row, scratch.life[FILED], scratch.filed)
    _load_rows(crowd.stages, row, scratch.state[STAGES], scratch.stages)
    _load_rows(crowd.grades, row, scratch.state[GRADES], scratch.grades)


@njit(**PLAIN)
def store_agent(crowd, row, memory, scratch):  # type: ignore[no-untyped-def]
    """Puts an agent back; whether there was room."""
    for place in range(LIFE_SIZE):
        crowd.numbers[row, place] = scratch.life[place]
    for place in range(crowd.own_places):
        crowd.numbers[row, LIFE_SIZE + place] = scratch.state[place]
    for place in range(STAGES, STATE_SIZE):
        crowd.numbers[row, LIFE_SIZE + crowd.own_places + place - STAGES] = scratch.state[place]
    for place in range(len(memory.nexts)):
        crowd.nexts[row, place] = memory.nexts[place]
    for place in range(len(memory.standings)):
        crowd.standings[row, place] = memory.standings[place]
    for place in range(len(memory.years)):
        crowd.years[row, place] = memory.years[place]
    return (
        _store_rows(crowd.pending, row, scratch.life[PENDING], scratch.pending)
        and _store_rows(crowd.filed, row, scratch.life[FILED], scratch.filed)
        and _store_rows(crowd.stages, row, scratch.state[STAGES], scratch.stages)
        and _store_rows(crowd.grades, row, scratch.state[GRADES], scratch.grades)
    )


@njit(**PLAIN)
def _load_rows(lists, row, number, rows):  # type: ignore[no-untyped-def]
    for place in range(number):
        for column in range(rows.shape[1]):
            rows[place, column] = lists[row, place, column]


@njit(**PLAIN)
def _store_rows(lists, row, number, rows):  # type: ignore[no-untyped-def]
    if number > lists.shape[1]:
        return False
    for place in range(number):
        for column in range(rows.shape[1]):
            lists[row, place, column] = rows[place, column]
    return True
