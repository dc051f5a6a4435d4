"""One life after another, over the whole horizon: what an agent does, what is recorded, and what its standing becomes.

The order of a month is: means and prices from the standing on its first day, acts, notice, records as they become
known, standing, counters. Behaviour is monthly and law daily: a record counts in the world from the day it is known.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.simulation.candidate_bits import WORD_BITS, find_lowest_bit, mark_number
from goodstanding.lab.simulation.kernel_tables import DISPUTE_ASKS, PLAIN
from goodstanding.lab.simulation.life_records import (
    AFTER,
    FALL,
    IS_BACK,
    NEXT_KNOWN,
    NEXT_WITHDRAWN,
    RECORDS,
    TODAY,
    await_record,
    make_scratch,
    renew_file,
)
from goodstanding.lab.simulation.outcomes.standing_log import write_standing
from goodstanding.lab.simulation.outcomes.standing_state import clear, reckon
from goodstanding.lab.simulation.points_state import CHANGE, GRADE, SCORE
from goodstanding.lab.simulation.record_draws import choose_origin, is_noticed
from goodstanding.lab.world.candidates import draw_day, draw_luck, find_first_block, find_month, open_months
from goodstanding.lab.world.random_streams import open_stream

_32 = np.uint64(32)
# What is kept of each agent.
KEPT_FITS, KEPT_RECORDS, KEPT_FALL, KEPT_AFTER, KEPT_BACK, KEPT_SCORE, KEPT_GRADE = range(7)
KEPT_SIZE = 7


@njit(**PLAIN)
def _mark_candidates(occasions, stream, cell, flags, months, candidates):  # type: ignore[no-untyped-def]
    """Marks month and occasion, in one number, of all that could happen at some grade; joining comes first."""
    candidates[:] = 0
    mark_number(candidates, 0, True)
    for occasion in range(1, len(occasions.keys)):
        key, needs = occasions.keys[occasion], occasions.needs[occasion]
        if flags & needs != needs:
            continue
        odds, lucks = occasions.odds[cell, occasion], occasions.most[occasion]
        months_stream = open_months(stream, key)
        month = find_month(months_stream, odds[0], odds[1], find_first_block(months_stream, odds[2], months), months)
        while month < months:
            is_possible = draw_luck(stream, key, uint64(month)) < lucks
            mark_number(candidates, month << occasions.bits | occasion, is_possible)
            month = find_month(months_stream, odds[0], odds[1], month + 1, months)
    mark_number(candidates, months << occasions.bits, True)


@njit(**PLAIN)
def record_occasion(row, occasion, is_wrong, stream, month, day, agents, origins, scratch):  # type: ignore[no-untyped-def]
    """The records that an occasion leads to, each in wait until it is known; whether there was room."""
    sources = agents.sources[row]
    for group in range(origins.group_starts[occasion], origins.group_starts[occasion + 1]):
        if is_wrong:
            origin = origins.choices[origins.choice_starts[group]]
        else:
            origin = choose_origin(origins, group, stream, month, sources)
            if origin < 0 or not is_noticed(origins, origin, stream, month, agents.places[row]):
                continue
        if not await_record(origins, origin, stream, month, day, sources, is_wrong, scratch):
            return False
    return True


@njit(**PLAIN)
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
        if not renew_file(rules, keeps, day, agent, scratch):
            return False
        reckon(rules, day, state, scratch.stages, scratch.grades)
        if life[FALL] == OPEN and state[GRADE] != NONE and is_bad[state[GRADE]]:
            life[FALL] = day
        write_standing(rules, agent, day, scratch)


@njit(**PLAIN)
def _happens(month, occasion, first_day, stream, occasions, scratch):  # type: ignore[no-untyped-def]
    """Whether a candidate act is done at the grade of its month, counted if it is."""
    life, counts, acts = scratch.life, scratch.counts, len(occasions.is_breach)
    luck = draw_luck(stream, occasions.keys[occasion], uint64(month))
    if luck >= occasions.thresholds[scratch.state[GRADE] + 1, occasion]:
        return False
    counts[occasion - 1] += 1
    if first_day >= life[FALL]:
        counts[acts + occasion - 1] += 1
        life[AFTER] += occasions.is_breach[occasion - 1]
    return True


@njit(**PLAIN)
def take_turn(row, month, occasion, month_starts, stream, agents, origins, occasions, scratch):  # type: ignore[no-untyped-def]
    """An occasion comes or does not, and is recorded or is not; whether there was room."""
    key, first_day, acts = occasions.keys[occasion], month_starts[month], len(occasions.is_breach)
    is_wrong = np.int64(occasion > acts)
    if 0 < occasion <= acts and not _happens(month, occasion, first_day, stream, occasions, scratch):
        return True
    length = month_starts[month + 1] - first_day if occasion > 0 else 0
    day = first_day + np.int64(draw_day(stream, key, uint64(month)) * uint64(length) >> _32)
    own_stream = open_stream(stream, key)
    return record_occasion(row, occasion, is_wrong, own_stream, month, day, agents, origins, scratch)


@njit(**PLAIN)
def begin_life(rules, fall, first_day, scratch):  # type: ignore[no-untyped-def]
    """An agent of whom nothing is known yet."""
    life = scratch.life
    clear(rules, scratch.state)
    life[:] = 0
    scratch.counts[:] = 0
    life[TODAY], life[FALL], life[NEXT_KNOWN], life[NEXT_WITHDRAWN] = first_day, fall, OPEN, OPEN


@njit(**PLAIN)
def _live(seed, row, agents, month_starts, rules, origins, occasions, scratch):  # type: ignore[no-untyped-def]
    """One life, left in the scratch; whether there was room for it. The last turn is the end of the last month."""
    life, months, candidates = scratch.life, len(month_starts) - 1, scratch.candidates
    stream, asks = open_stream(uint64(seed), agents.keys[row]), origins.disputes[:, DISPUTE_ASKS]
    keeps = asks[0] + asks[1] > 0
    begin_life(rules, agents.falls[row], month_starts[0], scratch)
    _mark_candidates(occasions, stream, agents.cells[row], agents.flags[row], months, candidates)
    for word in range(len(candidates)):
        left = candidates[word]
        while left != 0:
            turn = word << WORD_BITS | find_lowest_bit(left)
            left &= left - uint64(1)
            month = turn >> occasions.bits
            to_day = month_starts[month] - (month == months)
            if min(life[NEXT_KNOWN], scratch.state[CHANGE], life[NEXT_WITHDRAWN]) <= to_day and not advance_life(
                rules, keeps, to_day, row, occasions.is_bad, scratch
            ):
                return False
            if month < months and not take_turn(
                row, month, turn - (month << occasions.bits), month_starts, stream, agents, origins, occasions, scratch
            ):
                return False
    pass_days(month_starts[months], occasions.is_bad, scratch)
    return True


@njit(**PLAIN)
def keep_life(kept, fits, scratch):  # type: ignore[no-untyped-def]
    """Writes down what is kept of a life."""
    life, state = scratch.life, scratch.state
    kept[KEPT_FITS], kept[KEPT_RECORDS], kept[KEPT_FALL] = fits, life[RECORDS], life[FALL]
    kept[KEPT_AFTER], kept[KEPT_BACK] = life[AFTER], life[IS_BACK]
    kept[KEPT_SCORE], kept[KEPT_GRADE] = state[SCORE], state[GRADE]


@njit(cache=True, nogil=True)
def live_agents(seed, agents, month_starts, rules, origins, occasions, room, records, standings):  # type: ignore[no-untyped-def]
    """All lives of a chunk: what is kept of each agent, what those that fit did together, and how much was written.

    Records and standings are written down as far as there is room in these two logs, of which both may be empty.
    """
    acts, number = len(occasions.is_breach), len(agents.keys)
    width, candidates = 2 * acts + occasions.thresholds.shape[0], len(month_starts) << occasions.bits
    scratch = make_scratch(room, candidates, width, records, standings)
    kept, totals = np.empty((number, KEPT_SIZE), np.int32), np.zeros(width, np.int64)
    for row in range(number):
        fits = _live(seed, row, agents, month_starts, rules, origins, occasions, scratch)
        keep_life(kept[row], fits, scratch)
        if fits:
            for place in range(width):
                totals[place] += scratch.counts[place]
    return kept, totals, scratch.written
