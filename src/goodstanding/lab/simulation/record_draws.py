"""From an occasion to the record of it: whether anybody notices, what the record says, and when it is known."""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import OPEN, Axis
from goodstanding.lab.simulation.kernel_tables import PLAIN
from goodstanding.lab.world.candidates import WHOLE
from goodstanding.lab.world.random_streams import derive_key, draw_word, open_stream

_GROUP, _NOTICE, _DELAY, _FIELD, _LIFE, _DISPUTE, _DECISION = (
    derive_key(purpose)
    for purpose in ("which record", "noticed", "delay", "field", "field for life", "dispute", "decision")
)
_32, _WHOLE = np.uint64(32), np.uint64(WHOLE)
_DRAWN, _FOR_LIFE = int(Axis.DRAWN), int(Axis.LIFE)
KNOWN, OCCURRED, VARIANT, ORDER, WITHDRAWN = range(5)  # columns of a record, not known yet or on file
RECORD_SIZE = 5


@njit(**PLAIN, inline="always")
def _draw_luck(stream, purpose, number, month):  # type: ignore[no-untyped-def]
    """Luck in 2^-32, for the so-manieth draw of one purpose in a month."""
    return draw_word(open_stream(stream, purpose + uint64(number)), uint64(month)) >> _32


@njit(**PLAIN)
def choose_origin(origins, group, stream, month, sources):  # type: ignore[no-untyped-def]
    """Which origin of a group makes the record of an occasion; -1 where none does."""
    first, end = origins.origin_starts[group], origins.origin_starts[group + 1]
    is_sure = end - first == 1 and origins.shares[origins.origins[first]] >= _WHOLE
    luck = uint64(0) if is_sure else _draw_luck(stream, _GROUP, 0, month)
    for place in range(first, end):
        origin = origins.origins[place]
        if luck < origins.shares[origin]:
            return origin if _has_needs(origins, origin, sources) else -1
    return -1


@njit(**PLAIN)
def _has_needs(origins, origin, sources):  # type: ignore[no-untyped-def]
    for need in range(origins.need_starts[origin], origins.need_starts[origin + 1]):
        if sources[origins.need_sources[need]] != origins.need_levels[need]:
            return False
    return True


@njit(**PLAIN)
def is_noticed(origins, origin, stream, month, place):  # type: ignore[no-untyped-def]
    """Whether somebody makes a record of it."""
    return _draw_luck(stream, _NOTICE, 0, month) < origins.noticed[place, origin]


@njit(**PLAIN)
def draw_delay(origins, origin, stream, month):  # type: ignore[no-untyped-def]
    """How many days pass until the record is known."""
    first, last = origins.delays[origin, 0], origins.delays[origin, 1]
    if first == last:
        return first
    return first + np.int64(_draw_luck(stream, _DELAY, 0, month) * uint64(last + 1 - first) >> _32)


@njit(**PLAIN)
def draw_withdrawal(origins, stream, month, known_day, is_wrong):  # type: ignore[no-untyped-def]
    """The day on which a record is withdrawn after a dispute; OPEN where nobody disputes it, or in vain."""
    row = 1 if is_wrong else 0
    if origins.asks[row] == 0 or _draw_luck(stream, _DISPUTE, 0, month) >= origins.asks[row]:
        return np.int64(OPEN)
    if _draw_luck(stream, _DECISION, 0, month) >= origins.upheld[row]:
        return np.int64(OPEN)
    return known_day + origins.days_to_decide


@njit(**PLAIN)
def draw_variant(origins, origin, stream, month, sources):  # type: ignore[no-untyped-def]
    """The variant that a record is of: each of its fields has a level."""
    variant, first = origins.variants[origin], origins.axis_starts[origin]
    for axis in range(first, origins.axis_starts[origin + 1]):
        level = _find_level(origins, axis, axis - first, stream, month, sources)
        variant += level * origins.axis_strides[axis]
    return variant


@njit(**PLAIN)
def _find_level(origins, axis, number, stream, month, sources):  # type: ignore[no-untyped-def]
    row = origins.level_starts[axis]
    kind = origins.axis_kinds[axis]
    if kind != _DRAWN and kind != _FOR_LIFE:
        return origins.level_ends[row + sources[origins.axis_sources[axis]]]
    luck = np.int64(
        _draw_luck(stream, _FIELD, number, month) if kind == _DRAWN else _draw_luck(stream, _LIFE, number, 0)
    )
    level = 0
    while luck >= origins.level_ends[row + level]:
        level += 1
    return level
