"""The records of a life: in wait until they are known, on file, and withdrawn; and what is written down of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from goodstanding.lab.compilation.scheme_arrays import OPEN
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.kernel_tables import (
    Integers,
    Words,
)
from goodstanding.lab.simulation.outcomes.standing_state import clear, put_record
from goodstanding.lab.simulation.points_state import (
    GRADE_SIZE,
    STAGE_SIZE,
    STATE_SIZE,
    copy_row,
)
from goodstanding.lab.simulation.record_draws import (
    KNOWN,
    OCCURRED,
    ORDER,
    RECORD_SIZE,
    VARIANT,
    WITHDRAWN,
    draw_delay,
    draw_variant,
    draw_withdrawal,
)
from goodstanding.lab.world.candidate_bits import WORD_BITS

# Places of the numbers of one life that is going on.
PENDING, RECORDS, TODAY, FALL, NEXT_KNOWN, IS_BACK, AFTER, FILED, NEXT_WITHDRAWN = range(9)
LIFE_SIZE = 9
DIFFERS = LIFE_SIZE  # after them: a bit for each other arm in which something would have gone another way
# What is written down of a life: a record on the day it becomes known, or a standing from a day on.
LOG_AGENT, LOG_DAY, LOG_FIRST, LOG_SECOND, LOG_ORDER = range(5)
LOG_SIZE = 5
GONE = -1  # as variant: the record of this order was withdrawn


class Scratch(NamedTuple):
    """Memory that one life after another uses: a small list of each kind, and what is written down, if anything is."""

    candidates: Words
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
def make_scratch(room, candidates, width, records, standings):  # type: ignore[no-untyped-def]
    """Room for lives of so many records at a time and candidates in the end, and the logs that they write into."""
    return Scratch(
        np.empty((candidates >> WORD_BITS) + 1, np.uint64),
        np.empty((room, RECORD_SIZE), np.int64),
        np.empty((room, RECORD_SIZE), np.int64),
        np.empty((room, STAGE_SIZE), np.int64),
        np.empty((room, GRADE_SIZE), np.int64),
        np.empty(STATE_SIZE, np.int64),
        np.zeros(LIFE_SIZE + 1, np.int64),
        np.empty(width, np.int64),
        records,
        standings,
        np.zeros(2, np.int64),
    )


@njit(**PLAIN)
def await_record(origins, origin, stream, month, day, sources, is_wrong, scratch):  # type: ignore[no-untyped-def]
    """A record of an occasion, in wait until it is known; whether there was room."""
    life, pending = scratch.life, scratch.pending
    number = life[PENDING]
    if number == len(pending):
        return False
    known_day = day + draw_delay(origins, origin, stream, month)
    pending[number, KNOWN], pending[number, OCCURRED], pending[number, ORDER] = known_day, day, life[RECORDS]
    pending[number, VARIANT] = draw_variant(origins, origin, stream, month, sources)
    pending[number, WITHDRAWN] = draw_withdrawal(origins, stream, month, known_day, is_wrong)
    life[PENDING], life[RECORDS] = number + 1, life[RECORDS] + 1
    life[NEXT_KNOWN] = min(life[NEXT_KNOWN], known_day)
    return True


@njit(**PLAIN)
def _find_first(day, life, pending):  # type: ignore[no-untyped-def]
    """The first record of those in wait that is known by a day, in the order in which they came; -1 for none."""
    first = -1
    for place in range(life[PENDING]):
        if pending[place, KNOWN] <= day and (first < 0 or pending[place, ORDER] < pending[first, ORDER]):
            first = place
    return first


@njit(**PLAIN)
def renew_file(rules, keeps, day, agent, scratch):  # type: ignore[no-untyped-def]
    """Takes off the file what is withdrawn on a day, puts on it what becomes known; whether there was room.

    Records are kept as long as any may be withdrawn, since standing is then reckoned from those that are left.
    """
    life, filed = scratch.life, scratch.filed
    first = life[FILED]
    if life[NEXT_WITHDRAWN] <= day:
        first = 0
        clear(rules, scratch.state)
        _withdraw_records(day, agent, scratch)
    if life[NEXT_KNOWN] <= day and not _file_known(day, agent, scratch):
        return False
    for place in range(first, life[FILED]):
        variant, occurred = filed[place, VARIANT], filed[place, OCCURRED]
        if not put_record(rules, variant, occurred, day, scratch.state, scratch.stages, scratch.grades):
            return False
    if not keeps:
        life[FILED] = 0
    return True


@njit(**PLAIN)
def _file_known(day, agent, scratch):  # type: ignore[no-untyped-def]
    """Moves what becomes known on a day to the end of the file; whether there was room."""
    life, pending, filed = scratch.life, scratch.pending, scratch.filed
    first = _find_first(day, life, pending)
    while first >= 0:
        if life[FILED] == len(filed):
            return False
        copy_row(pending, first, filed, life[FILED])
        _write_record(day, agent, filed[life[FILED], VARIANT], life[FILED], scratch)
        life[NEXT_WITHDRAWN] = min(life[NEXT_WITHDRAWN], pending[first, WITHDRAWN])
        life[FILED] += 1
        life[PENDING] -= 1
        copy_row(pending, life[PENDING], pending, first)
        first = _find_first(day, life, pending)
    life[NEXT_KNOWN] = OPEN
    for place in range(life[PENDING]):
        life[NEXT_KNOWN] = min(life[NEXT_KNOWN], pending[place, KNOWN])
    return True


@njit(**PLAIN)
def _withdraw_records(day, agent, scratch):  # type: ignore[no-untyped-def]
    """Takes what is withdrawn on a day off the file."""
    life, filed, left = scratch.life, scratch.filed, 0
    life[NEXT_WITHDRAWN] = OPEN
    for place in range(life[FILED]):
        if filed[place, WITHDRAWN] <= day:
            _write_record(day, agent, GONE, place, scratch)
            continue
        copy_row(filed, place, filed, left)
        life[NEXT_WITHDRAWN] = min(life[NEXT_WITHDRAWN], filed[left, WITHDRAWN])
        left += 1
    life[FILED] = left


@njit(**PLAIN)
def _write_record(day, agent, variant, place, scratch):  # type: ignore[no-untyped-def]
    filed = scratch.filed
    write_row(scratch.records, scratch.written, 0, agent, day, filed[place, OCCURRED], variant, filed[place, ORDER])


@njit(**PLAIN)
def write_row(log, written, which, agent, day, first, second, order):  # type: ignore[no-untyped-def]
    """A row of what is written down, as far as there is a log; what has no row there is counted all the same."""
    number = written[which]
    if number < len(log):
        log[number, LOG_AGENT], log[number, LOG_DAY] = agent, day
        log[number, LOG_FIRST], log[number, LOG_SECOND], log[number, LOG_ORDER] = first, second, order
    written[which] = number + 1
