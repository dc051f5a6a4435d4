"""One life after another, over the whole horizon: what an agent does, what is recorded, and what its standing becomes.

The order of a month is: means and prices from the standing on its first day, acts, notice, records as they become
known, standing, counters. Behaviour is monthly and law daily: a record counts in the world from the day it is known.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.docket.debts import begin_cases, live_month_of_debts, meet_debt
from goodstanding.lab.simulation.docket.decision_table import O_IS_DECISION
from goodstanding.lab.simulation.docket.decisions import await_decision
from goodstanding.lab.simulation.docket.docket_days import live_day_of_cases
from goodstanding.lab.simulation.docket.docket_memory import (
    EVER_MEASURED,
    IS_BAD,
    add_further,
    count_further,
    find_next_day,
    note_written,
    open_docket,
)
from goodstanding.lab.simulation.docket.listings import SURE, find_threshold, pass_listed_days, write_happening
from goodstanding.lab.simulation.kernel_tables import (
    DISPUTE_ASKS,
)
from goodstanding.lab.simulation.life_records import (
    AFTER,
    DIFFERS,
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
from goodstanding.lab.world.candidate_bits import WORD_BITS, find_later_bits, find_lowest_bit, mark_number
from goodstanding.lab.world.candidates import draw_day, draw_luck, find_first_block, find_month, open_months
from goodstanding.lab.world.random_streams import open_stream

_32 = np.uint64(32)
# What is kept of each agent.
KEPT_FITS, KEPT_RECORDS, KEPT_FALL, KEPT_AFTER, KEPT_BACK, KEPT_SCORE, KEPT_GRADE = range(7)
KEPT_SIZE = 7
# Where a life did not fit is 0, where it did 1, and beside that a bit for each other arm in which it would be another.
FITS = 1


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
def record_occasion(row, occasion, is_wrong, stream, month, day, agents, origins, scratch, table, docket):  # type: ignore[no-untyped-def]
    """The records that an occasion leads to, each in wait until it is known; whether there was room."""
    sources = agents.sources[row]
    if docket is not None:
        sources = docket.sources
    for group in range(origins.group_starts[occasion], origins.group_starts[occasion + 1]):
        if is_wrong:
            origin = origins.choices[origins.choice_starts[group]]
        else:
            origin = choose_origin(origins, group, stream, month, sources)
            if origin < 0 or not is_noticed(origins, origin, stream, month, agents.places[row]):
                continue
        if docket is not None and table.decisions.origins[origin, O_IS_DECISION]:
            if not await_decision(table, origins, origin, stream, month, day, is_wrong, docket):
                return False
        elif not await_record(origins, origin, stream, month, day, sources, is_wrong, scratch):
            return False
    return True


@njit(**PLAIN)
def _is_fallen(is_bad, scratch, docket):  # type: ignore[no-untyped-def]
    """Whether somebody has a bad grade, or is on a bad list."""
    if docket is not None and docket.state[IS_BAD]:
        return True
    grade = scratch.state[GRADE]
    return grade != NONE and is_bad[grade]


@njit(**PLAIN)
def pass_days(day, is_bad, scratch, docket):  # type: ignore[no-untyped-def]
    """Time goes on: days of each grade and list, and whether neither was bad any more after the first bad one."""
    life, counts, grade = scratch.life, scratch.counts, scratch.state[GRADE]
    counts[len(counts) - len(is_bad) + grade] += day - life[TODAY]
    if docket is not None:
        pass_listed_days(day - life[TODAY], docket)
    if day > life[FALL] and not _is_fallen(is_bad, scratch, docket):
        life[IS_BACK] = 1
    life[TODAY] = day


@njit(**PLAIN)
def _find_next(scratch, docket):  # type: ignore[no-untyped-def]
    """The next day on which something becomes known, is withdrawn, begins or ends."""
    day = min(scratch.life[NEXT_KNOWN], scratch.state[CHANGE], scratch.life[NEXT_WITHDRAWN])
    if docket is not None:
        day = min(day, find_next_day(docket))
    return day


@njit(**PLAIN)
def advance_life(rules, keeps, to_day, agent, is_bad, scratch, origins, table, docket):  # type: ignore[no-untyped-def]
    """Whatever becomes known, is withdrawn, begins or ends up to a day, that day included; whether there was room."""
    life, state = scratch.life, scratch.state
    while True:
        day, before = _find_next(scratch, docket), state[GRADE]
        if day > to_day:
            return True
        pass_days(day, is_bad, scratch, docket)
        if not renew_file(rules, keeps, day, agent, scratch):
            return False
        reckon(rules, day, state, scratch.stages, scratch.grades)
        if docket is not None and not live_day_of_cases(table, origins, day, before, agent, scratch, docket):
            return False
        if life[FALL] == OPEN and _is_fallen(is_bad, scratch, docket):
            life[FALL] = day
        write_standing(rules, agent, day, scratch)


@njit(**PLAIN)
def _happens(month, occasion, first_day, stream, occasions, scratch, table, docket):  # type: ignore[no-untyped-def]
    """Whether a candidate act is done at the grade and on the lists of its month, counted if it is."""
    life, counts, acts = scratch.life, scratch.counts, len(occasions.is_breach)
    luck = draw_luck(stream, occasions.keys[occasion], uint64(month))
    threshold = occasions.thresholds[scratch.state[GRADE] + 1, occasion]
    if docket is not None:
        threshold = find_threshold(table, scratch.state[GRADE], occasion - 1, month, docket)
    if threshold < SURE:
        _note_others(luck, luck < threshold, occasion, occasions, scratch)
    if luck >= threshold:
        return False
    counts[occasion - 1] += 1
    if first_day >= life[FALL]:
        counts[acts + occasion - 1] += 1
        life[AFTER] += occasions.is_breach[occasion - 1]
    return True


@njit(**PLAIN)
def _note_others(luck, happens, occasion, occasions, scratch):  # type: ignore[no-untyped-def]
    """In which other arms the same candidate would go another way, as no measure of a list is in force."""
    for arm in range(len(occasions.others)):
        if (luck < occasions.others[arm, scratch.state[GRADE] + 1, occasion]) != happens:
            scratch.life[DIFFERS] |= 1 << arm


@njit(**PLAIN)
def take_turn(row, month, occasion, month_starts, stream, agents, origins, occasions, scratch, table, docket):  # type: ignore[no-untyped-def]
    """An occasion comes or does not, and is recorded or is not; whether there was room."""
    if docket is not None and occasion == len(occasions.keys):
        return live_month_of_debts(table, month, month_starts, occasions, scratch, docket)
    key, first_day, acts = occasions.keys[occasion], month_starts[month], len(occasions.is_breach)
    is_wrong = np.int64(occasion > acts)
    is_act = 0 < occasion <= acts
    if is_act and not _happens(month, occasion, first_day, stream, occasions, scratch, table, docket):
        return True
    length = month_starts[month + 1] - first_day if occasion > 0 else 0
    day = first_day + np.int64(draw_day(stream, key, uint64(month)) * uint64(length) >> _32)
    own_stream = open_stream(stream, key)
    if docket is not None and is_act:
        write_happening(docket, row, day, NONE, occasion - 1, 0)
    if docket is not None and not meet_debt(table, own_stream, month, occasion, day, occasions, scratch, docket):
        return False
    return record_occasion(row, occasion, is_wrong, own_stream, month, day, agents, origins, scratch, table, docket)


@njit(**PLAIN)
def begin_life(rules, fall, first_day, scratch):  # type: ignore[no-untyped-def]
    """An agent of whom nothing is known yet."""
    life = scratch.life
    clear(rules, scratch.state)
    life[:] = 0
    scratch.counts[:] = 0
    life[TODAY], life[FALL], life[NEXT_KNOWN], life[NEXT_WITHDRAWN] = first_day, fall, OPEN, OPEN


@njit(**PLAIN)
def _differs_surely(month_starts, scratch, docket):  # type: ignore[no-untyped-def]
    """Whether a life may be another in any other arm: where measures of lists were ever in force.

    And where the fall is on the first day of a month: what is done that day counts as after it if it is known before.
    """
    if docket is not None and docket.state[EVER_MEASURED]:
        return True
    for month in range(len(month_starts)):  # noqa: SIM110 - compiled code has no generators
        if month_starts[month] == scratch.life[FALL]:
            return True
    return False


@njit(**PLAIN)
def _live(seed, row, agents, month_starts, rules, origins, occasions, scratch, table, docket):  # type: ignore[no-untyped-def]
    """One life, left in the scratch; whether there was room for it. The last turn is the end of the last month."""
    months, candidates = len(month_starts) - 1, scratch.candidates
    stream, asks = open_stream(uint64(seed), agents.keys[row]), origins.disputes[:, DISPUTE_ASKS]
    keeps = asks[0] + asks[1] > 0
    begin_life(rules, agents.falls[row], month_starts[0], scratch)
    _mark_candidates(occasions, stream, agents.cells[row], agents.flags[row], months, candidates)
    if docket is not None:
        begin_cases(table, stream, months, agents.sources[row], occasions, candidates, docket)
    for word in range(len(candidates)):
        left = candidates[word]
        while left != 0:
            turn = word << WORD_BITS | find_lowest_bit(left)
            left &= left - uint64(1)
            month = turn >> occasions.bits
            to_day = month_starts[month] - (month == months)
            if _find_next(scratch, docket) <= to_day and not advance_life(
                rules, keeps, to_day, row, occasions.is_bad, scratch, origins, table, docket
            ):
                return False
            if month < months and not take_turn(
                row, month, turn - (month << occasions.bits), month_starts, stream, agents, origins, occasions, scratch,
                table, docket,
            ):  # fmt: skip
                return False
            if docket is not None:
                left = find_later_bits(candidates[word], turn)  # what is owed may have brought another turn
    pass_days(month_starts[months], occasions.is_bad, scratch, docket)
    if _differs_surely(month_starts, scratch, docket):
        scratch.life[DIFFERS] = (1 << len(occasions.others)) - 1
    return True


@njit(**PLAIN)
def keep_life(kept, fits, scratch):  # type: ignore[no-untyped-def]
    """Writes down what is kept of a life."""
    life, state = scratch.life, scratch.state
    kept[KEPT_FITS] = life[DIFFERS] << 1 | FITS if fits else 0
    kept[KEPT_RECORDS], kept[KEPT_FALL] = life[RECORDS], life[FALL]
    kept[KEPT_AFTER], kept[KEPT_BACK] = life[AFTER], life[IS_BACK]
    kept[KEPT_SCORE], kept[KEPT_GRADE] = state[SCORE], state[GRADE]


@njit(cache=True, nogil=True)
def live_agents(seed, agents, month_starts, rules, origins, occasions, table, room, logs):  # type: ignore[no-untyped-def]
    """All lives of a chunk: what is kept of each agent, what those that fit did together, and how much was written.

    What they did has a row for all of them, and one for each other arm, of those whose lives are the same in it.
    Records, standings, decisions, listings and what happened are written down as far as there is room in these logs,
    all of which may be empty. `table` is for cases, None without.
    """
    acts, number = len(occasions.is_breach), len(agents.keys)
    width, candidates = 2 * acts + occasions.thresholds.shape[0], len(month_starts) << occasions.bits
    scratch, docket = (
        make_scratch(room, candidates, width, logs[0], logs[1]),
        open_docket(table, room, logs[2], logs[3], logs[4]),
    )
    kept = np.empty((number, KEPT_SIZE), np.int32)
    totals = np.zeros((1 + len(occasions.others), width + count_further(docket)), np.int64)
    for row in range(number):
        fits = _live(seed, row, agents, month_starts, rules, origins, occasions, scratch, table, docket)
        keep_life(kept[row], fits, scratch)
        for arm in range(len(totals) if fits else 0):
            if arm == 0 or not scratch.life[DIFFERS] >> (arm - 1) & 1:
                for place in range(width):
                    totals[arm, place] += scratch.counts[place]
                add_further(totals[arm, width:], docket)
    written = np.zeros(len(logs), np.int64)
    written[:2] = scratch.written
    note_written(written[2:], docket)
    return kept, totals, written
