"""One step of an agent through a month, whether agents live one after another or all of them month by month.

The order of a month: what a record reads of the past and of others; records that come with the month; what becomes
known, ends or is withdrawn up to its first day, which is the standing that measures rest on; acts, each noticed or not;
what becomes known, ends or is withdrawn up to its last day; the standing that others can read; counters. Within a day
withdrawals come before what becomes known, and both before the standing is reckoned.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.civil_days import split_day
from goodstanding.lab.simulation.kernel_tables import (
    DISPUTE_ASKS,
    Integers,
)
from goodstanding.lab.simulation.life_loop import advance_life, begin_life, record_occasion, take_turn
from goodstanding.lab.simulation.life_records import NEXT_KNOWN, NEXT_WITHDRAWN
from goodstanding.lab.simulation.months.past_tables import YEAR
from goodstanding.lab.simulation.points_state import CHANGE, GRADE
from goodstanding.lab.world.candidates import find_month, open_months
from goodstanding.lab.world.random_streams import derive_key, open_stream

_MONTHLY = derive_key("every month")
_MONTHS_OF_YEAR = (1 << YEAR) - 1


class Memory(NamedTuple):
    """What one agent keeps of its past: standings and acts of a year, and its next candidate of each act."""

    standings: Integers
    years: Integers
    nexts: Integers


@njit(cache=True)
def make_memory(past, occasions):  # type: ignore[no-untyped-def]
    """Room for the past of one agent."""
    return Memory(
        np.empty(YEAR if len(past.grade_columns) else 0, np.int64),
        np.empty(len(past.count_columns), np.int64),
        np.empty(len(occasions.keys), np.int64),
    )


@njit(**PLAIN)
def _find_next(occasion, month, stream, cell, occasions, months):  # type: ignore[no-untyped-def]
    odds = occasions.odds[cell, occasion]
    return find_month(open_months(stream, occasions.keys[occasion]), odds[0], odds[1], month, months)


@njit(**PLAIN)
def begin_months(row, stream, agents, month_starts, rules, origins, occasions, memory, scratch):  # type: ignore[no-untyped-def]
    """An agent before its first month, with what joining leads to in wait; whether there was room."""
    months, flags = len(month_starts) - 1, agents.flags[row]
    begin_life(rules, agents.falls[row], month_starts[0], scratch)
    memory.standings[:], memory.years[:], memory.nexts[:] = NONE, 0, months
    for occasion in range(1, len(occasions.keys)):
        if flags & occasions.needs[occasion] == occasions.needs[occasion]:
            memory.nexts[occasion] = _find_next(occasion, 0, stream, agents.cells[row], occasions, months)
    return take_turn(row, 0, 0, month_starts, stream, agents, origins, occasions, scratch, None, None)


@njit(**PLAIN)
def _read_past(past, month, memory, sources):  # type: ignore[no-untyped-def]
    for place in range(len(past.grade_columns)):
        standing = memory.standings[month % YEAR] if month >= YEAR else NONE
        sources[past.grade_columns[place]] = past.grade_levels[place, standing + 1]
    for place in range(len(past.count_columns)):
        bits, number = memory.years[place], 0
        while bits:
            bits &= bits - 1
            number += 1
        sources[past.count_columns[place]] = number
        memory.years[place] = memory.years[place] << 1 & _MONTHS_OF_YEAR


@njit(**PLAIN)
def live_month(row, month, stream, agents, month_starts, rules, origins, occasions, past, memory, scratch):  # type: ignore[no-untyped-def]
    """An agent's month; whether there was room. What others say in it already stands in the agent's sources."""
    first_day, asks = month_starts[month], origins.disputes[:, DISPUTE_ASKS]
    keeps = asks[0] + asks[1] > 0
    _read_past(past, month, memory, agents.sources[row])
    if not _record_month(row, month, stream, first_day, agents, origins, past, scratch):
        return False
    if not _advance_to(rules, keeps, first_day, row, occasions, scratch):
        return False
    if len(memory.standings):
        memory.standings[month % YEAR] = scratch.state[GRADE]
    for occasion in range(1, len(memory.nexts)):
        if memory.nexts[occasion] == month and not _take_turn(
            row, month, occasion, stream, agents, month_starts, origins, occasions, past, memory, scratch
        ):
            return False
    return _advance_to(rules, keeps, month_starts[month + 1] - 1, row, occasions, scratch)


@njit(**PLAIN)
def _record_month(row, month, stream, first_day, agents, origins, past, scratch):  # type: ignore[no-untyped-def]
    """Records that come with a month, of every month and of one of the year; whether there was room."""
    years = len(past.year_months)
    monthly, own_stream = len(origins.group_starts) - 2 - years, open_stream(stream, _MONTHLY)
    if past.has_months and not record_occasion(
        row, monthly, 0, own_stream, month, first_day, agents, origins, scratch, None, None
    ):
        return False
    calendar_month = split_day(first_day)[1] if years else 0
    for place in range(years):
        if past.year_months[place] == calendar_month and not record_occasion(
            row, monthly + 1 + place, 0, own_stream, month, first_day, agents, origins, scratch, None, None
        ):
            return False
    return True


@njit(**PLAIN)
def _advance_to(rules, keeps, day, row, occasions, scratch):  # type: ignore[no-untyped-def]
    life = scratch.life
    soon = min(life[NEXT_KNOWN], scratch.state[CHANGE], life[NEXT_WITHDRAWN])
    return soon > day or advance_life(rules, keeps, day, row, occasions.is_bad, scratch, None, None, None)


@njit(**PLAIN)
def _take_turn(row, month, occasion, stream, agents, month_starts, origins, occasions, past, memory, scratch):  # type: ignore[no-untyped-def]
    """A candidate of a month, whether it is done in the year, and when the next one of its kind is."""
    counts = scratch.counts
    done = counts[occasion - 1]
    if not take_turn(row, month, occasion, month_starts, stream, agents, origins, occasions, scratch, None, None):
        return False
    for place in range(len(past.count_acts)):
        if past.count_acts[place] == occasion - 1 and counts[occasion - 1] > done:
            memory.years[place] |= 1
    months = len(month_starts) - 1
    memory.nexts[occasion] = _find_next(occasion, month + 1, stream, agents.cells[row], occasions, months)
    return True
