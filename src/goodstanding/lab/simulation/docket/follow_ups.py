"""What authorities do because of something: a record that follows, about a case or opening one."""

from __future__ import annotations

from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE, Trigger
from goodstanding.lab.simulation.docket.case_table import V_RECORD
from goodstanding.lab.simulation.docket.decision_table import (
    F_ABOUT,
    F_GRADES,
    F_LUCK,
    F_NOT_ON,
    F_ORIGIN,
    F_TRIGGER,
    F_WHICH,
    O_KEY,
)
from goodstanding.lab.simulation.docket.decisions import add_decision, read_debt
from goodstanding.lab.simulation.docket.docket_memory import (
    AGENT_STREAM,
    APART,
    D_STREAM,
    DEBT,
    ENDS,
    LISTS,
    MATTERS,
    ORDER,
    STREAM,
    VARIANT,
)
from goodstanding.lab.simulation.docket.draws import draw_chance, draw_made_day
from goodstanding.lab.simulation.record_draws import has_needs
from goodstanding.lab.world.random_streams import derive_key, open_stream

_FOLLOWS, _REACHES = derive_key("follows"), int(Trigger.REACHES)


@njit(**APART)
def follow_up(table, origins, trigger, which, matter, debt, day, docket):  # type: ignore[no-untyped-def]
    """Whatever follows on a day, because of a list that a matter led to, or a debt; whether there was room.

    `which` is the list; -1 where there is none, as are a matter and a debt.
    """
    follows = table.decisions.follows
    for row in range(len(follows)):
        is_of_other = which >= 0 and follows[row, F_WHICH] != which
        if follows[row, F_TRIGGER] != trigger or is_of_other or _is_excluded(follows[row, F_NOT_ON], docket):
            continue
        if not _follow(table, origins, row, matter, debt, day, docket):
            return False
    return True


@njit(**APART)
def _follow(table, origins, row, matter, debt, day, docket):  # type: ignore[no-untyped-def]
    about = table.decisions.follows[row, F_ABOUT]
    if about < 0:
        stream = docket.state[AGENT_STREAM]
        if debt >= 0:
            stream = docket.debts[debt, D_STREAM]
        if matter >= 0:
            stream = docket.matters[matter, STREAM]
        return _make(table, origins, row, stream, NONE, debt, day, docket)
    for place in range(docket.state[MATTERS]):
        concerned = docket.matters[place]
        if table.law.variants[concerned[VARIANT], V_RECORD] != about or day >= concerned[ENDS]:
            continue
        if _is_concerned(table, place, about, matter, debt, docket) and not _make(
            table, origins, row, concerned[STREAM], concerned[ORDER], concerned[DEBT], day, docket
        ):
            return False
    return True


@njit(**APART)
def _is_concerned(table, place, about, matter, debt, docket):  # type: ignore[no-untyped-def]
    """Whether what happened is about a matter: it is its own, of the same debt, or of everything of the agent."""
    if matter >= 0 and table.law.variants[docket.matters[matter, VARIANT], V_RECORD] == about:
        return place == matter
    return debt < 0 or docket.matters[place, DEBT] == debt


@njit(**APART)
def _make(table, origins, row, base, about, debt, day, docket):  # type: ignore[no-untyped-def]
    origin = table.decisions.follows[row, F_ORIGIN]
    read_debt(table, debt, False, docket)
    stream = open_stream(open_stream(uint64(base), uint64(table.decisions.origins[origin, O_KEY])), uint64(day))
    if not has_needs(origins, origin, docket.sources):
        return True
    if draw_chance(stream, _FOLLOWS, 0) >= table.decisions.follows[row, F_LUCK]:
        return True
    made_on = draw_made_day(table.decisions, origins, origin, stream, day)
    return add_decision(table, origins, origin, stream, stream, day, made_on, about, debt, False, docket)


@njit(**APART)
def follow_grade(table, origins, before, grade, day, docket):  # type: ignore[no-untyped-def]
    """Whatever follows because a grade is reached from another one that is not meant; whether there was room."""
    follows = table.decisions.follows
    for row in range(len(follows)):
        if follows[row, F_TRIGGER] != _REACHES or follows[row, F_WHICH] != 0:
            continue
        grades = follows[row, F_GRADES]
        if (
            not grades >> grade & 1
            or (before != NONE and grades >> before & 1)
            or _is_excluded(follows[row, F_NOT_ON], docket)
        ):
            continue
        if not _follow(table, origins, row, NONE, NONE, day, docket):
            return False
    return True


@njit(**APART)
def _is_excluded(not_on, docket):  # type: ignore[no-untyped-def]
    return not_on >= 0 and docket.state[LISTS] >> not_on & 1 == 1
