"""From an occasion to the record of it: whether anybody notices, what the record says, and when it is known."""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import OPEN, Axis
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.kernel_tables import (
    AXIS_KIND,
    AXIS_LEVELS,
    AXIS_SOURCE,
    AXIS_STRIDE,
    DISPUTE_ASKS,
    DISPUTE_UPHELD,
    NEED_LEVEL,
    NEED_SOURCE,
    ORIGIN_AXES,
    ORIGIN_DELAY,
    ORIGIN_LAST_DELAY,
    ORIGIN_NEEDS,
    ORIGIN_SHARE,
    ORIGIN_VARIANT,
)
from goodstanding.lab.world.candidates import WHOLE
from goodstanding.lab.world.random_streams import derive_key, draw_word, open_stream

_GROUP, _NOTICE, _DELAY, _FIELD, _LIFE, _DISPUTE, _DECISION = (
    derive_key(purpose)
    for purpose in ("which record", "noticed", "delay", "field", "field for life", "dispute", "decision")
)
_32 = np.uint64(32)
_DRAWN, _FOR_LIFE = int(Axis.DRAWN), int(Axis.LIFE)
KNOWN, OCCURRED, VARIANT, ORDER, WITHDRAWN = range(5)  # columns of a record, not known yet or on file
RECORD_SIZE = 5


@njit(**PLAIN)
def _draw_luck(stream, purpose, number, month):  # type: ignore[no-untyped-def]
    """Luck in 2^-32, for the so-manieth draw of one purpose in a month."""
    return np.int64(draw_word(open_stream(stream, purpose + uint64(number)), uint64(month)) >> _32)


@njit(**PLAIN)
def choose_origin(origins, group, stream, month, sources):  # type: ignore[no-untyped-def]
    """Which origin of a group makes the record of an occasion; -1 where none does."""
    first, end = origins.choice_starts[group], origins.choice_starts[group + 1]
    is_sure = end - first == 1 and origins.origins[origins.choices[first], ORIGIN_SHARE] >= WHOLE
    luck = np.int64(0) if is_sure else _draw_luck(stream, _GROUP, 0, month)
    for place in range(first, end):
        origin = origins.choices[place]
        if luck < origins.origins[origin, ORIGIN_SHARE]:
            return origin if has_needs(origins, origin, sources) else -1
    return -1


@njit(**PLAIN)
def has_needs(origins, origin, sources):  # type: ignore[no-untyped-def]
    """Whether what an origin asks of the agent is so."""
    for need in range(origins.origins[origin, ORIGIN_NEEDS], origins.origins[origin + 1, ORIGIN_NEEDS]):
        if sources[origins.needs[need, NEED_SOURCE]] != origins.needs[need, NEED_LEVEL]:
            return False
    return True


@njit(**PLAIN)
def is_noticed(origins, origin, stream, month, place):  # type: ignore[no-untyped-def]
    """Whether somebody makes a record of it."""
    return _draw_luck(stream, _NOTICE, 0, month) < origins.noticed[place, origin]


@njit(**PLAIN)
def draw_delay(origins, origin, stream, month):  # type: ignore[no-untyped-def]
    """How many days pass until the record is known."""
    first, last = origins.origins[origin, ORIGIN_DELAY], origins.origins[origin, ORIGIN_LAST_DELAY]
    if first == last:
        return first
    return first + (_draw_luck(stream, _DELAY, 0, month) * (last + 1 - first) >> 32)


@njit(**PLAIN)
def draw_withdrawal(origins, stream, month, known_day, is_wrong):  # type: ignore[no-untyped-def]
    """The day on which a record is withdrawn after a dispute; OPEN where nobody disputes it, or in vain."""
    asks = origins.disputes[is_wrong, DISPUTE_ASKS]
    if asks == 0 or _draw_luck(stream, _DISPUTE, 0, month) >= asks:
        return np.int64(OPEN)
    if _draw_luck(stream, _DECISION, 0, month) >= origins.disputes[is_wrong, DISPUTE_UPHELD]:
        return np.int64(OPEN)
    return known_day + origins.days_to_decide


@njit(**PLAIN)
def draw_variant(origins, origin, stream, month, sources):  # type: ignore[no-untyped-def]
    """The variant that a record is of: each of its fields has a level."""
    variant, first = origins.origins[origin, ORIGIN_VARIANT], origins.origins[origin, ORIGIN_AXES]
    for axis in range(first, origins.origins[origin + 1, ORIGIN_AXES]):
        level = _find_level(origins, axis, axis - first, stream, month, sources)
        variant += level * origins.axes[axis, AXIS_STRIDE]
    return variant


@njit(**PLAIN)
def _find_level(origins, axis, number, stream, month, sources):  # type: ignore[no-untyped-def]
    row, kind = origins.axes[axis, AXIS_LEVELS], origins.axes[axis, AXIS_KIND]
    if kind != _DRAWN and kind != _FOR_LIFE:
        return origins.level_ends[row + sources[origins.axes[axis, AXIS_SOURCE]]]
    is_drawn = kind == _DRAWN
    luck = _draw_luck(stream, _FIELD if is_drawn else _LIFE, number, month if is_drawn else 0)
    level = 0
    while luck >= origins.level_ends[row + level]:
        level += 1
    return level
