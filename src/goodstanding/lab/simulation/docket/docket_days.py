"""A day of the cases of a life: what becomes known, changes, begins and ends, and what follows from it."""

from __future__ import annotations

from numba import njit

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, Trigger
from goodstanding.lab.simulation.docket.case_stages import fold_matter, state_steps
from goodstanding.lab.simulation.docket.case_table import V_OPENS
from goodstanding.lab.simulation.docket.docket_memory import (
    APART,
    CHANGE_DAY,
    D_BELIEFS,
    D_CAN,
    D_HIDES,
    DEBT,
    GONE,
    HAPPENING,
    L_MATTER,
    LISTINGS,
    MATTERS,
    NEXT_CHANGE,
    NEXT_PENDING,
    OCCURRED,
    ON,
    ORDER,
    P_ABOUT,
    P_CHANGE_DAY,
    P_DAY,
    P_DEBT,
    P_ORDER,
    P_RIGHT,
    P_STREAM,
    P_VARIANT,
    PENDING,
    RIGHT,
    S_MATTER,
    S_VARIANT,
    STEPS,
    STREAM,
    VARIANT,
    find_matter,
    find_next_day,
)
from goodstanding.lab.simulation.docket.docket_table import PERFORMED, SETTLED
from goodstanding.lab.simulation.docket.follow_ups import follow_grade, follow_up
from goodstanding.lab.simulation.docket.listings import settle_listings, write_decision, write_happening
from goodstanding.lab.simulation.life_records import RECORDS
from goodstanding.lab.simulation.points_state import GRADE, copy_row

_PERFORMS, _SETTLES, _LEAVES = int(Trigger.PERFORMS), int(Trigger.SETTLES), int(Trigger.LEAVES)


@njit(**APART)
def live_day_of_cases(table, origins, day, before, agent, scratch, docket):  # type: ignore[no-untyped-def]
    """A day of cases, after that of points, which may have brought a grade; whether there was room."""
    grade = scratch.state[GRADE]
    if grade != before and grade != NONE and not follow_grade(table, origins, before, grade, day, docket):
        return False
    return find_next_day(docket) > day or settle_docket(table, origins, day, agent, scratch.life, docket)


@njit(**APART)
def settle_docket(table, origins, day, agent, life, docket):  # type: ignore[no-untyped-def]
    """Whatever happens to cases up to a day, that day included; whether there was room."""
    state = docket.state
    if state[NEXT_CHANGE] <= day and not _change_matters(table, origins, day, agent, docket):
        return False
    if state[NEXT_PENDING] <= day and not _take_pending(table, origins, day, agent, life, docket):
        return False
    return settle_listings(table, origins, day, agent, docket)


@njit(**APART)
def _take_pending(table, origins, day, agent, life, docket):  # type: ignore[no-untyped-def]
    """Takes what was awaited until a day, in the order of its numbers; whether there was room."""
    place = _find_first(day, docket)
    while place >= 0:
        row = docket.pending[place]
        variant, order, about, debt = row[P_VARIANT], row[P_ORDER], row[P_ABOUT], row[P_DEBT]
        made_on, stream, change_day, right = row[P_DAY], row[P_STREAM], row[P_CHANGE_DAY], row[P_RIGHT]
        docket.state[PENDING] -= 1
        copy_row(docket.pending, docket.state[PENDING], docket.pending, place)
        if variant <= HAPPENING:
            truth = docket.debts[debt]
            seen = truth[D_CAN] | truth[D_HIDES] << 1 | truth[D_BELIEFS] << 2
            write_happening(docket, agent, day, HAPPENING - variant, debt, seen)
            if not _happen(table, origins, HAPPENING - variant, debt, day, docket):
                return False
        else:
            life[RECORDS] += 1
            write_decision(docket, agent, day, made_on, variant, order, about, debt)
            if table.law.variants[variant, V_OPENS]:
                if not _open_matter(table, variant, order, made_on, debt, stream, change_day, right, day, docket):
                    return False
            elif about >= 0 and not _add_to_matter(table, variant, about, made_on, day, docket):
                return False
        place = _find_first(day, docket)
    docket.state[NEXT_PENDING] = OPEN
    for place in range(docket.state[PENDING]):
        docket.state[NEXT_PENDING] = min(docket.state[NEXT_PENDING], docket.pending[place, P_DAY])
    return True


@njit(**APART)
def _find_first(day, docket):  # type: ignore[no-untyped-def]
    pending, first = docket.pending, -1
    for place in range(docket.state[PENDING]):
        if pending[place, P_DAY] <= day and (first < 0 or pending[place, P_ORDER] < pending[first, P_ORDER]):
            first = place
    return first


@njit(**APART)
def _happen(table, origins, trigger, debt, day, docket):  # type: ignore[no-untyped-def]
    """Something happens to a debt: of one that is over nobody decides any more."""
    if trigger in (_PERFORMS, _SETTLES):
        docket.counts[PERFORMED if trigger == _PERFORMS else SETTLED] += 1
        place = 0
        while place < docket.state[PENDING]:
            row = docket.pending[place]
            if row[P_DEBT] == debt and row[P_VARIANT] >= 0 and table.law.variants[row[P_VARIANT], V_OPENS]:
                docket.state[PENDING] -= 1
                copy_row(docket.pending, docket.state[PENDING], docket.pending, place)
            else:
                place += 1
    return follow_up(table, origins, trigger, -1, -1, debt, day, docket)


@njit(**APART)
def _open_matter(table, variant, order, made_on, debt, stream, change_day, right, day, docket):  # type: ignore[no-untyped-def]
    place = docket.state[MATTERS]
    if place == len(docket.matters):
        return False
    row = docket.matters[place]
    row[ORDER], row[VARIANT], row[OCCURRED], row[DEBT], row[STREAM] = order, variant, made_on, debt, stream
    row[CHANGE_DAY], row[RIGHT], row[ON] = change_day, right, 0
    docket.state[MATTERS] = place + 1
    docket.state[NEXT_CHANGE] = min(docket.state[NEXT_CHANGE], change_day)
    return state_steps(table.law, place, variant, made_on, docket) and fold_matter(table.law, place, day, docket)


@njit(**APART)
def _add_to_matter(table, variant, about, made_on, day, docket):  # type: ignore[no-untyped-def]
    place = find_matter(about, docket)
    if place < 0:
        return True
    return state_steps(table.law, place, variant, made_on, docket) and fold_matter(table.law, place, day, docket)


@njit(**APART)
def _change_matters(table, origins, day, agent, docket):  # type: ignore[no-untyped-def]
    """Takes decisions back, or makes them right, as disputes about them ended; whether there was room."""
    place, matters = 0, docket.matters
    docket.state[NEXT_CHANGE] = OPEN
    while place < docket.state[MATTERS]:
        if matters[place, CHANGE_DAY] > day:
            docket.state[NEXT_CHANGE] = min(docket.state[NEXT_CHANGE], matters[place, CHANGE_DAY])
            place += 1
            continue
        order, occurred, right = matters[place, ORDER], matters[place, OCCURRED], matters[place, RIGHT]
        write_decision(docket, agent, day, occurred, right, order, -1, matters[place, DEBT])
        if right == GONE:
            lists, debt = matters[place, ON], matters[place, DEBT]
            _close_matter(table, place, day, docket)
            if not _follow_release(table, origins, lists, debt, day, docket):
                return False
            continue
        matters[place, CHANGE_DAY] = OPEN
        _drop_own_steps(matters[place, VARIANT], place, docket)
        matters[place, VARIANT] = right
        if not state_steps(table.law, place, right, occurred, docket):
            return False
        if not fold_matter(table.law, place, day, docket):
            return False
    return True


@njit(**APART)
def _follow_release(table, origins, lists, debt, day, docket):  # type: ignore[no-untyped-def]
    """What follows because somebody leaves lists with a decision that is withdrawn; whether there was room."""
    for which in range(len(table.law.lists)):
        if lists >> which & 1 and not follow_up(table, origins, _LEAVES, which, -1, debt, day, docket):
            return False
    return True


@njit(**APART)
def _drop_own_steps(variant, place, docket):  # type: ignore[no-untyped-def]
    """Takes out the steps that the opening record itself stated; a variant of -1 takes out all."""
    row = 0
    while row < docket.state[STEPS]:
        step = docket.steps[row]
        if step[S_MATTER] == place and (variant < 0 or step[S_VARIANT] == variant):
            docket.state[STEPS] -= 1
            copy_row(docket.steps, docket.state[STEPS], docket.steps, row)
        else:
            row += 1


@njit(**APART)
def _close_matter(table, place, day, docket):  # type: ignore[no-untyped-def]
    """Takes a matter off the file; the last one takes its place."""
    _drop_own_steps(-1, place, docket)
    fold_matter(table.law, place, day, docket)  # without steps: nothing is left of its listings
    last = docket.state[MATTERS] - 1
    copy_row(docket.matters, last, docket.matters, place)
    docket.state[MATTERS] = last
    for row in range(docket.state[STEPS]):
        if docket.steps[row, S_MATTER] == last:
            docket.steps[row, S_MATTER] = place
    for row in range(docket.state[LISTINGS]):
        if docket.listings[row, L_MATTER] == last:
            docket.listings[row, L_MATTER] = place
