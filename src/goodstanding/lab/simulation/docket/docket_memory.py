"""The memory of one life's cases: a small list each of what is open, stated, listed, awaited and owed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.kernel_compilation import PLAIN
from goodstanding.lab.simulation.docket.docket_table import COUNTS
from goodstanding.lab.simulation.kernel_tables import (
    Integers,
    Levels,
)

# Of a matter, which a decision opens: on CHANGE_DAY it becomes of the variant RIGHT, or is withdrawn; ON has a bit for
# each list on which it puts its subject, NOW_ON today, and from ENDS on no step of it is awaited any more.
ORDER, VARIANT, OCCURRED, DEBT, STREAM, CHANGE_DAY, RIGHT, ON, ENDS, NOW_ON = range(10)
# Of a step that a record states for a matter, of a stage that it has reached, and of a listing that follows.
S_MATTER, S_STEP, S_DAY, S_PUBLIC, S_HOLDS, S_VARIANT, S_TURN = range(7)
G_STEP, G_SINCE, G_SHOWN, G_VARIANT = range(4)
L_MATTER, L_LIST, L_BEGIN, L_END, L_STEP, L_VARIANT = range(6)
# Of what is awaited: a record, known on a day, or something that happens, of which the variant says what.
P_DAY, P_VARIANT, P_ORDER, P_ABOUT, P_DEBT, P_STREAM, P_CHANGE_DAY, P_RIGHT = range(8)
GONE, HAPPENING = -1, -2  # HAPPENING less a Trigger
# Of a debt: what is true, what is believed (a bit each), whether it is over, and the months of what may come next.
D_STREAM, D_CAN, D_HIDES, D_BELIEFS, D_OVER, D_RECOVERS, D_PERFORMS, D_SETTLES, D_CANNOT = range(9)
# Numbers of the life: how long each list is, the days on which something is next, and what is so today.
(
    MATTERS, STEPS, LISTINGS, PENDING, DEBTS, ORDERS, MONTHS, NEXT_PENDING, NEXT_LISTING, NEXT_CHANGE,
    LISTS, UNABLE_LISTS, MEASURES, IS_BAD, AGENT_STREAM, DEBT_NOW, SURE_MONTH, EVER_MEASURED,
) = range(18)  # fmt: skip
# Of what is called from several places, to be compiled once.
APART = PLAIN | {"forceinline": False}
FIRST_ORDER = 1 << 40  # so that no record of points has the number of a decision
NOBODYS_DEBT = -2  # as the debt of a decision: it is about what nobody did
DECISION_LOG, LISTING_LOG, HAPPENING_LOG = 7, 4, 5  # columns of what is written down


class Docket(NamedTuple):
    """What is open of one life, in use by one after another, and what is written down, if anything is.

    `factors` are those of acts with the measures of today, and last the chance that a debt is performed in a month.
    """

    matters: Integers
    steps: Integers
    stages: Integers
    listings: Integers
    pending: Integers
    debts: Integers
    state: Integers
    list_measures: Integers
    sources: Levels
    factors: NDArray[np.float64]
    counts: Integers
    decisions: Integers
    listed: Integers
    happened: Integers
    written: Integers


@njit(cache=True)
def open_docket(table, room, decisions, listed, happened):  # type: ignore[no-untyped-def]
    """Room for lives with so many decisions at a time; None where a scheme has no cases."""
    if table is None:
        return None
    lists = len(table.law.lists)
    return Docket(
        np.empty((room, 10), np.int64), np.empty((4 * room, 7), np.int64), np.empty((4 * room, 4), np.int64),
        np.empty((2 * room, 6), np.int64), np.empty((2 * room, 8), np.int64), np.empty((room, 9), np.int64),
        np.zeros(18, np.int64), np.zeros(lists, np.int64), np.zeros(len(table.decisions.sources), np.uint8),
        np.ones(table.reactions.shares.shape[1] + 1, np.float64), np.zeros(COUNTS + 2 * lists, np.int64), decisions,
        listed, happened, np.zeros(3, np.int64),
    )  # fmt: skip


@njit(**PLAIN)
def clear_docket(table, stream, months, sources, docket):  # type: ignore[no-untyped-def]
    """An agent of whom no case is open and no debt known."""
    state = docket.state
    state[:] = 0
    state[NEXT_PENDING], state[NEXT_LISTING], state[NEXT_CHANGE] = OPEN, OPEN, OPEN
    state[MONTHS], state[AGENT_STREAM], state[DEBT_NOW], state[SURE_MONTH] = months, np.int64(stream), NONE, NONE
    state[ORDERS] = FIRST_ORDER
    docket.counts[:] = 0
    docket.factors[:] = 1.0
    docket.factors[-1] = table.debts.performs
    for source in range(len(sources)):
        docket.sources[source] = sources[source]


@njit(**PLAIN)
def find_next_day(docket):  # type: ignore[no-untyped-def]
    """The next day on which something of the cases can change."""
    state = docket.state
    return min(state[NEXT_PENDING], state[NEXT_LISTING], state[NEXT_CHANGE])


@njit(**APART)
def await_row(day, variant, about, debt, stream, change_day, right, docket):  # type: ignore[no-untyped-def]
    """Something in wait until a day, under the next number; whether there was room."""
    state, pending = docket.state, docket.pending
    number = state[PENDING]
    if number == len(pending):
        return False
    pending[number, P_DAY], pending[number, P_VARIANT], pending[number, P_ORDER] = day, variant, state[ORDERS]
    pending[number, P_ABOUT], pending[number, P_DEBT], pending[number, P_STREAM] = about, debt, np.int64(stream)
    pending[number, P_CHANGE_DAY], pending[number, P_RIGHT] = change_day, right
    state[PENDING], state[ORDERS] = number + 1, state[ORDERS] + 1
    state[NEXT_PENDING] = min(state[NEXT_PENDING], day)
    return True


@njit(**PLAIN)
def find_matter(order, docket):  # type: ignore[no-untyped-def]
    """The place of the matter that a record of this number opened; -1 for none."""
    for place in range(docket.state[MATTERS]):
        if docket.matters[place, ORDER] == order:
            return place
    return -1


@njit(**PLAIN)
def count_further(docket):  # type: ignore[no-untyped-def]
    """How many counts cases add to those of a run."""
    if docket is None:
        return 0
    return len(docket.counts)


@njit(**PLAIN)
def add_further(totals, docket):  # type: ignore[no-untyped-def]
    """Adds what a life's cases came to."""
    if docket is not None:
        for place in range(len(totals)):
            totals[place] += docket.counts[place]


@njit(**PLAIN)
def note_written(written, docket):  # type: ignore[no-untyped-def]
    """How many rows of decisions, listings and of what happened there are."""
    if docket is not None:
        for place in range(len(written)):
            written[place] = docket.written[place]
