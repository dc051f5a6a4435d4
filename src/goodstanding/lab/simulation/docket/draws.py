"""Chance in cases: whether something comes about, and on which day."""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.docket.decision_table import (
    O_IS_WORKING,
    O_LATE,
    O_LATE_AT_MOST,
    O_LATE_BY,
    O_TERM,
)
from goodstanding.lab.simulation.record_draws import draw_delay
from goodstanding.lab.world.random_streams import derive_key, draw_word, open_stream

_LATE, _LATE_BY = derive_key("late"), derive_key("late by")
_32 = np.uint64(32)


@njit(**PLAIN)
def draw_chance(stream, purpose, counter):  # type: ignore[no-untyped-def]
    """Luck in 2^-32 for one purpose, at a counter such as a day."""
    return np.int64(draw_word(open_stream(stream, purpose), uint64(counter)) >> _32)


@njit(**PLAIN)
def find_last_day(table, origin, day):  # type: ignore[no-untyped-def]
    """The last day of a term that begins on a day: what is over only on a day that does not work moves on."""
    place, days = day - table.first_day, table.origins[origin, O_TERM]
    if not table.origins[origin, O_IS_WORKING]:
        return table.work_days[table.work_counts[place + days - 1]] if place + days > 0 else table.work_days[0]
    return table.work_days[table.work_counts[place] + days - 1] if days else day


@njit(**PLAIN)
def draw_made_day(table, origins, origin, stream, day):  # type: ignore[no-untyped-def]
    """The day on which a record is made of something that happened on a day."""
    if table.origins[origin, O_TERM] == NONE:
        return day + draw_delay(origins, origin, stream, day)
    return find_last_day(table, origin, day) + draw_lateness(table, origin, stream, day)


@njit(**PLAIN)
def draw_lateness(table, origin, stream, day):  # type: ignore[no-untyped-def]
    """How many days an authority is late, if it is."""
    if draw_chance(stream, _LATE, day) >= table.origins[origin, O_LATE]:
        return 0
    first, last = table.origins[origin, O_LATE_BY], table.origins[origin, O_LATE_AT_MOST]
    return first + (draw_chance(stream, _LATE_BY, day) * (last + 1 - first) >> 32)
