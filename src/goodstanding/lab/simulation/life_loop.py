"""One life after another, over the whole horizon: what an agent does, what is recorded, and what its standing becomes.

The order of a month is: means and prices from the standing on its first day, acts, notice, records as they become
known, standing, counters. Behaviour is monthly and law daily: a record counts in the world from the day it is known.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit, prange, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.simulation.points_state import (
    CHANGE,
    GRADE,
    GRADE_SIZE,
    SCORE,
    STAGE_SIZE,
    STATE_SIZE,
    clear_state,
    put_on_file,
    reckon_standing,
)
from goodstanding.lab.simulation.record_draws import (
    KNOWN,
    OCCURRED,
    ORDER,
    RECORD_SIZE,
    VARIANT,
    WITHDRAWN,
    choose_origin,
    draw_delay,
    draw_variant,
    draw_withdrawal,
    is_noticed,
)
from goodstanding.lab.world.candidates import draw_day, draw_luck, find_candidate
from goodstanding.lab.world.random_streams import derive_key, open_stream

AGENTS_A_BLOCK = 256
_JOINING = derive_key("joining")
_ACT_BITS, _LOW = 16, (1 << 16) - 1
_32 = np.uint64(32)
# Places of the numbers of one life that is going on.
PENDING, RECORDS, TODAY, FALL, NEXT_KNOWN, IS_BACK, AFTER, FILED, NEXT_WITHDRAWN = range(9)
LIFE_SIZE = 9
# What is kept of each agent.
KEPT_FITS, KEPT_RECORDS, KEPT_FALL, KEPT_AFTER, KEPT_BACK, KEPT_SCORE, KEPT_GRADE = range(7)
KEPT_SIZE = 7
# What is written down of a life: a record on the day it becomes known, or a standing from a day on.
LOG_AGENT, LOG_DAY, LOG_FIRST, LOG_SECOND, LOG_ORDER = range(5)
LOG_SIZE = 5
GONE = -1  # as variant: the record of this order was withdrawn
CANDIDATES_A_RECORD = 8


class Scratch(NamedTuple):
    """Memory that one life after another uses: a small list of each kind, and what is written down, if anything is."""

    candidates: Integers
    pending: Integers
    filed: Integers
    stages: Integers
    grades: Integers
    state: Integers
    life: Integers
    counts: Integers
    records: Integers
    standings: Integers
    written: Integers


@njit(cache=True)
def _make_scratch(room, width, records, standings):  # type: ignore[no-untyped-def]
    return Scratch(
        np.empty(CANDIDATES_A_RECORD * room, np.int64),
        np.empty((room, RECORD_SIZE), np.int64),
        np.empty((room, RECORD_SIZE), np.int64),
        np.empty((room, STAGE_SIZE), np.int64),
        np.empty((room, GRADE_SIZE), np.int64),
        np.empty(STATE_SIZE, np.int64),
        np.empty(LIFE_SIZE, np.int64),
        np.empty(width, np.int64),
        records,
        standings,
        np.zeros(2, np.int64),
    )


@njit(cache=True)
def _gather_candidates(occasions, stream, cell, flags, months, candidates):  # type: ignore[no-untyped-def]
    """Candidates in the order of time, as month and kind of act in one number; how many, or -1 without room."""
    number = 0
    for act in range(len(occasions.keys)):
        chance = occasions.chances[cell, act]
        if flags & occasions.needs[act] != occasions.needs[act] or chance <= 0.0:
            continue
        act_stream = open_stream(stream, occasions.keys[act])
        month = find_candidate(act_stream, chance, 0, months)
        while month < months:
            if number == len(candidates):
                return -1
            _insert(candidates, number, month << _ACT_BITS | act)
            number += 1
            month = find_candidate(act_stream, chance, month + 1, months)
    return number


@njit(cache=True, inline="always")
def _insert(candidates, number, key):  # type: ignore[no-untyped-def]
    place = number
    while place > 0 and candidates[place - 1] > key:
        candidates[place] = candidates[place - 1]
        place -= 1
    candidates[place] = key


@njit(cache=True)
def _record_occasion(origins, occasion, stream, month, day, sources, place, scratch):  # type: ignore[no-untyped-def]
    """The records that an occasion leads to, each in wait until it is known; whether there was room."""
    for group in range(origins.group_starts[occasion], origins.group_starts[occasion + 1]):
        origin = choose_origin(origins, group, stream, month, sources)
        if origin >= 0 and is_noticed(origins, origin, stream, month, place):
            if not _await_record(origins, origin, stream, month, day, sources, False, scratch):
                return False
    return True


@njit(cache=True)
def _await_record(origins, origin, stream, month, day, sources, is_wrong, scratch):  # type: ignore[no-untyped-def]
    life, pending = scratch.life, scratch.pending
    number = life[PENDING]
    if number == len(pending):
        return False
    known = day + draw_delay(origins, origin, stream, month)
    pending[number, KNOWN], pending[number, OCCURRED], pending[number, ORDER] = known, day, life[RECORDS]
    pending[number, VARIANT] = draw_variant(origins, origin, stream, month, sources)
    pending[number, WITHDRAWN] = draw_withdrawal(origins, stream, month, known, is_wrong)
    life[PENDING], life[RECORDS] = number + 1, life[RECORDS] + 1
    life[NEXT_KNOWN] = min(life[NEXT_KNOWN], known)
    return True


@njit(cache=True)
def _find_first(day, life, pending):  # type: ignore[no-untyped-def]
    """The first record of those in wait that is known by a day, in the order in which they came; -1 for none."""
    first = -1
    for place in range(life[PENDING]):
        if pending[place, KNOWN] <= day and (first < 0 or pending[place, ORDER] < pending[first, ORDER]):
            first = place
    return first


@njit(cache=True)
def _file_known(rules, keeps, day, agent, scratch):  # type: ignore[no-untyped-def]
    """Puts on file what becomes known on a day; whether there was room."""
    life, pending = scratch.life, scratch.pending
    first = _find_first(day, life, pending)
    while first >= 0:
        occurred, variant = pending[first, OCCURRED], pending[first, VARIANT]
        if not put_on_file(rules, variant, occurred, day, scratch.state, scratch.stages, scratch.grades):
            return False
        _write(scratch.records, scratch.written, 0, agent, day, occurred, variant, pending[first, ORDER])
        if keeps and not _keep_record(pending[first], life, scratch.filed):
            return False
        life[PENDING] -= 1
        pending[first] = pending[life[PENDING]]
        first = _find_first(day, life, pending)
    life[NEXT_KNOWN] = OPEN
    for place in range(life[PENDING]):
        life[NEXT_KNOWN] = min(life[NEXT_KNOWN], pending[place, KNOWN])
    return True


@njit(cache=True)
def _keep_record(record, life, filed):  # type: ignore[no-untyped-def]
    """Keeps a record as long as any may be withdrawn, since standing is then reckoned from those that are left."""
    number = life[FILED]
    if number == len(filed):
        return False
    filed[number] = record
    life[FILED] = number + 1
    life[NEXT_WITHDRAWN] = min(life[NEXT_WITHDRAWN], record[WITHDRAWN])
    return True


@njit(cache=True)
def _withdraw(rules, day, agent, scratch):  # type: ignore[no-untyped-def]
    """Takes what is withdrawn on a day off the file, and puts what is left on it anew; whether there was room."""
    life, filed, left = scratch.life, scratch.filed, 0
    clear_state(scratch.state)
    life[NEXT_WITHDRAWN] = OPEN
    for place in range(life[FILED]):
        if filed[place, WITHDRAWN] <= day:
            _write(scratch.records, scratch.written, 0, agent, day, filed[place, OCCURRED], GONE, filed[place, ORDER])
            continue
        filed[left] = filed[place]
        variant, occurred = filed[left, VARIANT], filed[left, OCCURRED]
        if not put_on_file(rules, variant, occurred, day, scratch.state, scratch.stages, scratch.grades):
            return False
        life[NEXT_WITHDRAWN] = min(life[NEXT_WITHDRAWN], filed[left, WITHDRAWN])
        left += 1
    life[FILED] = left
    return True


@njit(cache=True, inline="always")
def _write(log, written, which, agent, day, first, second, order):  # type: ignore[no-untyped-def]
    """A row of what is written down, as far as there is a log; what has no row there is counted all the same."""
    number = written[which]
    if number < len(log):
        log[number, LOG_AGENT], log[number, LOG_DAY] = agent, day
        log[number, LOG_FIRST], log[number, LOG_SECOND], log[number, LOG_ORDER] = first, second, order
    written[which] = number + 1


@njit(cache=True, inline="always")
def _pass_days(day, is_bad, scratch):  # type: ignore[no-untyped-def]
    """Time goes on: days of each grade, and whether a better grade ever came after the first bad one."""
    life, counts, grade = scratch.life, scratch.counts, scratch.state[GRADE]
    counts[len(counts) - len(is_bad) + grade] += day - life[TODAY]
    if day > life[FALL] and (grade == NONE or not is_bad[grade]):
        life[IS_BACK] = 1
    life[TODAY] = day


@njit(cache=True)
def _advance(rules, keeps, to_day, agent, is_bad, scratch):  # type: ignore[no-untyped-def]
    """Whatever becomes known, is withdrawn, begins or ends up to a day, that day included; whether there was room."""
    life, state = scratch.life, scratch.state
    while True:
        day = min(life[NEXT_KNOWN], state[CHANGE], life[NEXT_WITHDRAWN])
        if day > to_day:
            return True
        _pass_days(day, is_bad, scratch)
        if life[NEXT_WITHDRAWN] <= day and not _withdraw(rules, day, agent, scratch):
            return False
        if life[NEXT_KNOWN] <= day and not _file_known(rules, keeps, day, agent, scratch):
            return False
        reckon_standing(rules, day, state, scratch.stages, scratch.grades)
        if life[FALL] == OPEN and state[GRADE] != NONE and is_bad[state[GRADE]]:
            life[FALL] = day
        _write(scratch.standings, scratch.written, 1, agent, day, state[SCORE], state[GRADE], 0)


@njit(cache=True)
def _act(row, month, act, month_starts, stream, agents, origins, occasions, scratch):  # type: ignore[no-untyped-def]
    """A candidate happens or does not, and is recorded or is not; whether there was room."""
    life, acts = scratch.life, occasions.thresholds.shape[1]
    act_stream, first_day = open_stream(stream, occasions.keys[act]), month_starts[month]
    if act < acts:
        if draw_luck(act_stream, uint64(month)) >= occasions.thresholds[scratch.state[GRADE] + 1, act]:
            return True
        scratch.counts[act] += 1
        if first_day >= life[FALL]:
            scratch.counts[acts + act] += 1
            life[AFTER] += occasions.is_breach[act]
    length = uint64(month_starts[month + 1] - first_day)
    day = first_day + np.int64(draw_day(act_stream, uint64(month)) * length >> _32)
    sources = agents.sources[row]
    if act < acts:
        return _record_occasion(origins, act, act_stream, month, day, sources, agents.places[row], scratch)
    return _await_record(origins, occasions.origins[act], act_stream, month, day, sources, True, scratch)


@njit(cache=True)
def _live(seed, row, agents, month_starts, rules, origins, occasions, scratch):  # type: ignore[no-untyped-def]
    """One life, left in the scratch; whether there was room for it."""
    agent, life, months = agents.keys[row], scratch.life, len(month_starts) - 1
    clear_state(scratch.state)
    life[:] = 0
    scratch.counts[:] = 0
    life[TODAY], life[FALL], life[NEXT_KNOWN], life[NEXT_WITHDRAWN] = month_starts[0], agents.falls[row], OPEN, OPEN
    keeps = origins.asks[0] + origins.asks[1] > 0
    stream, joining = open_stream(uint64(seed), agent), len(origins.group_starts) - 2
    number = _gather_candidates(
        occasions, stream, agents.cells[row], agents.flags[row], months, scratch.candidates
    )
    if number < 0 or not _record_occasion(
        origins, joining, open_stream(stream, _JOINING), 0, month_starts[0], agents.sources[row], agents.places[row],
        scratch,
    ):  # fmt: skip
        return False
    for turn in range(number):
        month, act = scratch.candidates[turn] >> _ACT_BITS, scratch.candidates[turn] & _LOW
        if not _advance(rules, keeps, month_starts[month], row, occasions.is_bad, scratch):
            return False
        if not _act(row, month, act, month_starts, stream, agents, origins, occasions, scratch):
            return False
    if not _advance(rules, keeps, month_starts[months] - 1, row, occasions.is_bad, scratch):
        return False
    _pass_days(month_starts[months], occasions.is_bad, scratch)
    return True


@njit(cache=True, inline="always")
def _keep(kept, scratch):  # type: ignore[no-untyped-def]
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
        scratch = _make_scratch(room, width, nothing, nothing)
        for row in range(block * AGENTS_A_BLOCK, min((block + 1) * AGENTS_A_BLOCK, number)):
            if _live(seed, row, agents, month_starts, rules, origins, occasions, scratch):
                _keep(kept[row], scratch)
                for place in range(width):
                    totals[block, place] += scratch.counts[place]
    return kept, totals


@njit(cache=True)
def write_lives(seed, agents, month_starts, rules, origins, occasions, room, records, standings):  # type: ignore[no-untyped-def]
    """The same lives again, one after the other, written down: how many records and standings, or -1 without room."""
    width = 2 * occasions.thresholds.shape[1] + occasions.thresholds.shape[0]
    scratch = _make_scratch(room, width, records, standings)
    for row in range(len(agents.keys)):
        if not _live(seed, row, agents, month_starts, rules, origins, occasions, scratch):
            return -1, -1
    return scratch.written[0], scratch.written[1]
