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

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.simulation.kernel_tables import PLAIN, Integers
from goodstanding.lab.simulation.life_loop import act_in_month, advance_life, record_occasion
from goodstanding.lab.simulation.life_records import (
    FALL,
    NEXT_KNOWN,
    NEXT_WITHDRAWN,
    TODAY,
)
from goodstanding.lab.simulation.months.past_tables import YEAR
from goodstanding.lab.simulation.outcomes.standing_state import clear
from goodstanding.lab.simulation.points_state import CHANGE, GRADE
from goodstanding.lab.world.candidates import find_candidate
from goodstanding.lab.world.random_streams import derive_key, open_stream

_JOINING, _MONTHLY = derive_key("joining"), derive_key("every month")
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
def begin_life(row, stream, agents, month_starts, rules, origins, occasions, memory, scratch):  # type: ignore[no-untyped-def]
    """An agent before its first month, with what joining leads to in wait; whether there was room."""
    life, months, flags = scratch.life, len(month_starts) - 1, agents.flags[row]
    clear(rules, scratch.state)
    life[:] = 0
    life[TODAY], life[FALL], life[NEXT_KNOWN], life[NEXT_WITHDRAWN] = month_starts[0], agents.falls[row], OPEN, OPEN
    memory.standings[:], memory.years[:] = NONE, 0
    for act in range(len(occasions.keys)):
        chance = occasions.chances[agents.cells[row], act]
        memory.nexts[act] = months
        if flags & occasions.needs[act] == occasions.needs[act] and chance > 0.0:
            memory.nexts[act] = find_candidate(stream, occasions.keys[act], chance, 0, months)
    joining = len(origins.group_starts) - 2
    return record_occasion(
        origins, joining, open_stream(stream, _JOINING), 0, month_starts[0], agents.sources[row], agents.places[row],
        scratch,
    )  # fmt: skip


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
    first_day, keeps = month_starts[month], origins.asks[0] + origins.asks[1] > 0
    _read_past(past, month, memory, agents.sources[row])
    if past.has_months and not record_occasion(
        origins, len(origins.group_starts) - 3, open_stream(stream, _MONTHLY), month, first_day, agents.sources[row],
        agents.places[row], scratch,
    ):  # fmt: skip
        return False
    if not _advance_to(rules, keeps, first_day, row, occasions, scratch):
        return False
    if len(memory.standings):
        memory.standings[month % YEAR] = scratch.state[GRADE]
    for act in range(len(memory.nexts)):
        if memory.nexts[act] == month and not _do_act(
            row, month, act, stream, agents, month_starts, origins, occasions, past, memory, scratch
        ):
            return False
    return _advance_to(rules, keeps, month_starts[month + 1] - 1, row, occasions, scratch)


@njit(**PLAIN)
def _advance_to(rules, keeps, day, row, occasions, scratch):  # type: ignore[no-untyped-def]
    life = scratch.life
    soon = min(life[NEXT_KNOWN], scratch.state[CHANGE], life[NEXT_WITHDRAWN])
    return soon > day or advance_life(rules, keeps, day, row, occasions.is_bad, scratch)


@njit(**PLAIN)
def _do_act(row, month, act, stream, agents, month_starts, origins, occasions, past, memory, scratch):  # type: ignore[no-untyped-def]
    """A candidate of a month, and when the next one of its kind is."""
    done = scratch.counts[act]
    if not act_in_month(row, month, act, month_starts, stream, agents, origins, occasions, scratch):
        return False
    for place in range(len(past.count_acts)):
        if past.count_acts[place] == act and scratch.counts[act] > done:
            memory.years[place] |= 1
    chance = occasions.chances[agents.cells[row], act]
    memory.nexts[act] = find_candidate(stream, occasions.keys[act], chance, month + 1, len(month_starts) - 1)
    return True
