"""One life after another, over the whole horizon: what an agent does, what is recorded, and what its standing becomes.

The order of a month is: means and prices from the standing on its first day, acts, notice, records as they become
known, standing, counters. Behaviour is monthly and law daily: a record counts in the world from the day it is known.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.simulation.kernel_tables import PLAIN
from goodstanding.lab.simulation.life_records import (
    AFTER,
    FALL,
    IS_BACK,
    LOG_SIZE,
    NEXT_KNOWN,
    NEXT_WITHDRAWN,
    RECORDS,
    TODAY,
    await_record,
    file_known,
    make_scratch,
    withdraw_records,
)
from goodstanding.lab.simulation.outcomes.standing_log import write_standing
from goodstanding.lab.simulation.outcomes.standing_state import clear, reckon
from goodstanding.lab.simulation.points_state import CHANGE, GRADE, SCORE
from goodstanding.lab.simulation.record_draws import choose_origin, is_noticed
from goodstanding.lab.world.candidates import draw_day, draw_luck, find_candidate
from goodstanding.lab.world.random_streams import derive_key, open_stream

AGENTS_A_BLOCK = 256
_JOINING = derive_key("joining")
_ACT_BITS, _LOW = 16, (1 << 16) - 1
_32 = np.uint64(32)
# What is kept of each agent.
KEPT_FITS, KEPT_RECORDS, KEPT_FALL, KEPT_AFTER, KEPT_BACK, KEPT_SCORE, KEPT_GRADE = range(7)
KEPT_SIZE = 7


@njit(**PLAIN)
def _gather_candidates(occasions, stream, cell, flags, months, candidates):  # type: ignore[no-untyped-def]
    """Candidates in the order of time, as month and kind of act in one number; how many, or -1 without room."""
    number = 0
    for act in range(len(occasions.keys)):
        chance = occasions.chances[cell, act]
        if flags & occasions.needs[act] != occasions.needs[act] or chance <= 0.0:
            continue
        month = find_candidate(stream, occasions.keys[act], chance, 0, months)
        while month < months:
            if number == len(candidates):
                return -1
            _insert(candidates, number, month << _ACT_BITS | act)
            number += 1
            month = find_candidate(stream, occasions.keys[act], chance, month + 1, months)
    return number


@njit(**PLAIN, inline="always")
def _insert(candidates, number, key):  # type: ignore[no-untyped-def]
    place = number
    while place > 0 and candidates[place - 1] > key:
        candidates[place] = candidates[place - 1]
        place -= 1
    candidates[place] = key


@njit(**PLAIN)
def record_occasion(origins, occasion, stream, month, day, sources, place, scratch):  # type: ignore[no-untyped-def]
    """The records that an occasion leads to, each in wait until it is known; whether there was room."""
    for group in range(origins.group_starts[occasion], origins.group_starts[occasion + 1]):
        origin = choose_origin(origins, group, stream, month, sources)
        if origin < 0 or not is_noticed(origins, origin, stream, month, place):
            continue
        if not await_record(origins, origin, stream, month, day, sources, False, scratch):
            return False
    return True


@njit(**PLAIN, inline="always")
def pass_days(day, is_bad, scratch):  # type: ignore[no-untyped-def]
    """Time goes on: days of each grade, and whether a better grade ever came after the first bad one."""
    life, counts, grade = scratch.life, scratch.counts, scratch.state[GRADE]
    counts[len(counts) - len(is_bad) + grade] += day - life[TODAY]
    if day > life[FALL] and (grade == NONE or not is_bad[grade]):
        life[IS_BACK] = 1
    life[TODAY] = day


@njit(**PLAIN)
def advance_life(rules, keeps, to_day, agent, is_bad, scratch):  # type: ignore[no-untyped-def]
    """Whatever becomes known, is withdrawn, begins or ends up to a day, that day included; whether there was room."""
    life, state = scratch.life, scratch.state
    while True:
        day = min(life[NEXT_KNOWN], state[CHANGE], life[NEXT_WITHDRAWN])
        if day > to_day:
            return True
        pass_days(day, is_bad, scratch)
        if life[NEXT_WITHDRAWN] <= day and not withdraw_records(rules, day, agent, scratch):
            return False
        if life[NEXT_KNOWN] <= day and not file_known(rules, keeps, day, agent, scratch):
            return False
        reckon(rules, day, state, scratch.stages, scratch.grades)
        if life[FALL] == OPEN and state[GRADE] != NONE and is_bad[state[GRADE]]:
            life[FALL] = day
        write_standing(rules, agent, day, scratch)


@njit(**PLAIN)
def act_in_month(row, month, act, month_starts, stream, agents, origins, occasions, scratch):  # type: ignore[no-untyped-def]
    """A candidate happens or does not, and is recorded or is not; whether there was room."""
    life, acts = scratch.life, occasions.thresholds.shape[1]
    act_stream, first_day = open_stream(stream, occasions.keys[act]), month_starts[month]
    if act < acts:
        if draw_luck(stream, occasions.keys[act], uint64(month)) >= occasions.thresholds[scratch.state[GRADE] + 1, act]:
            return True
        scratch.counts[act] += 1
        if first_day >= life[FALL]:
            scratch.counts[acts + act] += 1
            life[AFTER] += occasions.is_breach[act]
    length = uint64(month_starts[month + 1] - first_day)
    day = first_day + np.int64(draw_day(stream, occasions.keys[act], uint64(month)) * length >> _32)
    sources = agents.sources[row]
    if act < acts:
        return record_occasion(origins, act, act_stream, month, day, sources, agents.places[row], scratch)
    return await_record(origins, occasions.origins[act], act_stream, month, day, sources, True, scratch)


@njit(**PLAIN)
def _live(seed, row, agents, month_starts, rules, origins, occasions, scratch):  # type: ignore[no-untyped-def]
    """One life, left in the scratch; whether there was room for it."""
    agent, life, months = agents.keys[row], scratch.life, len(month_starts) - 1
    clear(rules, scratch.state)
    life[:] = 0
    scratch.counts[:] = 0
    life[TODAY], life[FALL], life[NEXT_KNOWN], life[NEXT_WITHDRAWN] = month_starts[0], agents.falls[row], OPEN, OPEN
    keeps = origins.asks[0] + origins.asks[1] > 0
    stream, joining = open_stream(uint64(seed), agent), len(origins.group_starts) - 2
    number = _gather_candidates(occasions, stream, agents.cells[row], agents.flags[row], months, scratch.candidates)
    if number < 0 or not record_occasion(
        origins, joining, open_stream(stream, _JOINING), 0, month_starts[0], agents.sources[row], agents.places[row],
        scratch,
    ):  # fmt: skip
        return False
    for turn in range(number):
        month, act = scratch.candidates[turn] >> _ACT_BITS, scratch.candidates[turn] & _LOW
        soon = min(life[NEXT_KNOWN], scratch.state[CHANGE], life[NEXT_WITHDRAWN])
        if soon <= month_starts[month] and not advance_life(
            rules, keeps, month_starts[month], row, occasions.is_bad, scratch
        ):
            return False
        if not act_in_month(row, month, act, month_starts, stream, agents, origins, occasions, scratch):
            return False
    if not advance_life(rules, keeps, month_starts[months] - 1, row, occasions.is_bad, scratch):
        return False
    pass_days(month_starts[months], occasions.is_bad, scratch)
    return True


@njit(**PLAIN, inline="always")
def keep_life(kept, scratch):  # type: ignore[no-untyped-def]
    """Writes down what is kept of a life."""
    life, state = scratch.life, scratch.state
    kept[KEPT_FITS], kept[KEPT_RECORDS], kept[KEPT_FALL] = 1, life[RECORDS], life[FALL]
    kept[KEPT_AFTER], kept[KEPT_BACK] = life[AFTER], life[IS_BACK]
    kept[KEPT_SCORE], kept[KEPT_GRADE] = state[SCORE], state[GRADE]


@njit(parallel=True, cache=True)
def live_chunk(seed, agents, month_starts, rules, origins, occasions, room):  # type: ignore[no-untyped-def]
    """All lives of a chunk: what is kept of each agent, and what those of a block did together, block by block."""
    number = len(agents.keys)
    blocks = (number + AGENTS_A_BLOCK - 1) // AGENTS_A_BLOCK
    width = 2 * occasions.thresholds.shape[1] + occasions.thresholds.shape[0]
    kept, totals = np.zeros((number, KEPT_SIZE), np.int64), np.zeros((blocks, width), np.int64)
    for block in prange(blocks):
        nothing = np.empty((0, LOG_SIZE), np.int64)
        scratch = make_scratch(room, width, nothing, nothing)
        for row in range(block * AGENTS_A_BLOCK, min((block + 1) * AGENTS_A_BLOCK, number)):
            if _live(seed, row, agents, month_starts, rules, origins, occasions, scratch):
                keep_life(kept[row], scratch)
                for place in range(width):
                    totals[block, place] += scratch.counts[place]
    return kept, totals


@njit(cache=True)
def write_lives(seed, agents, month_starts, rules, origins, occasions, room, records, standings):  # type: ignore[no-untyped-def]
    """The same lives again, one after the other, written down: how many records and standings, or -1 without room."""
    width = 2 * occasions.thresholds.shape[1] + occasions.thresholds.shape[0]
    scratch = make_scratch(room, width, records, standings)
    for row in range(len(agents.keys)):
        if not _live(seed, row, agents, month_starts, rules, origins, occasions, scratch):
            return -1, -1
    return scratch.written[0], scratch.written[1]
