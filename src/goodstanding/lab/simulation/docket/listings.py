"""Who is on which list on a day, which measures hold, what they do to conduct, and what is written down of it."""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, Trigger
from goodstanding.lab.simulation.docket.case_table import I_AT_LEAST, I_PARTS, V_MEASURES
from goodstanding.lab.simulation.docket.docket_memory import (
    APART,
    D_CAN,
    DEBT,
    EVER_MEASURED,
    IS_BAD,
    L_BEGIN,
    L_END,
    L_LIST,
    L_MATTER,
    L_STEP,
    L_VARIANT,
    LISTINGS,
    LISTS,
    MATTERS,
    MEASURES,
    NEXT_LISTING,
    NOW_ON,
    ON,
    SURE_MONTH,
    UNABLE_LISTS,
    VARIANT,
)
from goodstanding.lab.simulation.docket.docket_table import COUNTS
from goodstanding.lab.simulation.docket.follow_ups import follow_up
from goodstanding.lab.simulation.points_state import copy_row
from goodstanding.lab.world.candidates import WHOLE

_ENTERS, _LEAVES, _WHOLE = int(Trigger.ENTERS), int(Trigger.LEAVES), float(WHOLE)
SURE = np.uint64(WHOLE + 1)
COMBINED = -1  # as the step that lists somebody: other lists do


@njit(**APART)
def settle_listings(table, origins, day, agent, docket):  # type: ignore[no-untyped-def]
    """Lists and measures on a day, and what follows from a list that is entered or left; whether there was room."""
    lists = _list_subject(table.law, day, docket)
    lists = _combine_lists(table.law, lists, docket)
    _find_measures(table, lists, docket)
    before = docket.state[LISTS]
    docket.state[LISTS] = lists
    docket.state[IS_BAD] = lists & table.reactions.bad_lists
    _write_listings(table.law, day, agent, docket)
    return _follow_lists(table, origins, before, day, docket)


@njit(**APART)
def _list_subject(law, day, docket):  # type: ignore[no-untyped-def]
    """A bit for each list on which some case puts its subject on a day; what is over is dropped."""
    state, listings, lists, able, row = docket.state, docket.listings, 0, 0, 0
    state[NEXT_LISTING] = OPEN
    docket.list_measures[:] = 0
    docket.matters[: state[MATTERS], NOW_ON] = 0
    while row < state[LISTINGS]:
        if listings[row, L_END] <= day:
            state[LISTINGS] -= 1
            copy_row(listings, state[LISTINGS], listings, row)
            continue
        if listings[row, L_BEGIN] > day:
            state[NEXT_LISTING] = min(state[NEXT_LISTING], listings[row, L_BEGIN])
        else:
            state[NEXT_LISTING] = min(state[NEXT_LISTING], listings[row, L_END])
            which, place = listings[row, L_LIST], listings[row, L_MATTER]
            lists |= 1 << which
            docket.matters[place, NOW_ON] |= 1 << which
            measures = law.variants[docket.matters[place, VARIANT], V_MEASURES]
            docket.list_measures[which] |= measures | law.variants[listings[row, L_VARIANT], V_MEASURES]
            debt = docket.matters[place, DEBT]
            able |= (debt < 0 or docket.debts[debt, D_CAN]) << which
        row += 1
    state[UNABLE_LISTS] = lists & ~able
    return lists


@njit(**APART)
def _combine_lists(law, lists, docket):  # type: ignore[no-untyped-def]
    """The same with the lists that are made of others."""
    for which in law.combined:
        number, measures, is_unable = 0, 0, 1
        for part in range(len(law.lists)):
            if (law.lists[which, I_PARTS] & lists) >> part & 1:
                number += 1
                measures |= docket.list_measures[part]
                is_unable &= docket.state[UNABLE_LISTS] >> part
        if number >= law.lists[which, I_AT_LEAST]:
            lists |= 1 << which
            docket.list_measures[which] = measures
            docket.state[UNABLE_LISTS] |= (is_unable & 1) << which
    return lists


@njit(**APART)
def _find_measures(table, lists, docket):  # type: ignore[no-untyped-def]
    """Which measures hold; what they do to conduct is worked out anew where that changed."""
    law, measures = table.law, 0
    for measure in range(len(law.measures)):
        which = law.measures[measure]
        if which >= 0 and lists >> which & 1:
            measures |= (docket.list_measures[which] >> measure & 1) << measure
    if measures == docket.state[MEASURES]:
        return
    docket.state[MEASURES], docket.state[EVER_MEASURED] = measures, 1
    reactions = table.reactions
    docket.factors[:] = 1.0
    fields = 0
    for measure in range(len(law.measures)):
        if measures >> measure & 1:
            for act in range(len(docket.factors) - 1):
                docket.factors[act] *= reactions.factors[measure, act]
            if reactions.fields[measure] >= 0:
                fields |= 1 << reactions.fields[measure]
    docket.factors[-1] = table.debts.performs
    for field in range(len(reactions.field_chances)):
        if fields >> field & 1:
            docket.factors[-1] += reactions.field_chances[field]


@njit(**APART)
def find_threshold(table, grade, act, month, docket):  # type: ignore[no-untyped-def]
    """Below which luck a candidate happens, in 2^-32, with the measures of today; above all luck for what is sure."""
    if act == table.reactions.sure_act and month == docket.state[SURE_MONTH]:
        return SURE
    share = table.reactions.shares[grade + 1, act] * docket.factors[act]
    return uint64(min(1.0, share) * _WHOLE)


@njit(**APART)
def _follow_lists(table, origins, before, day, docket):  # type: ignore[no-untyped-def]
    law = table.law
    for place in range(docket.state[MATTERS]):
        now, earlier = docket.matters[place, NOW_ON], docket.matters[place, ON]
        docket.matters[place, ON] = now
        for which in range(len(law.lists) if now != earlier else 0):
            if (now ^ earlier) >> which & 1:
                trigger = _ENTERS if now >> which & 1 else _LEAVES
                debt = docket.matters[place, DEBT]
                if not follow_up(table, origins, trigger, which, place, debt, day, docket):
                    return False
    changed = before ^ docket.state[LISTS]
    for which in law.combined:
        if changed >> which & 1:
            trigger = _ENTERS if docket.state[LISTS] >> which & 1 else _LEAVES
            if not follow_up(table, origins, trigger, which, NONE, NONE, day, docket):
                return False
    return True


@njit(**APART)
def pass_listed_days(days, docket):  # type: ignore[no-untyped-def]
    """Days on each list, and those on account of nobody who could have paid."""
    lists, unable, number = docket.state[LISTS], docket.state[UNABLE_LISTS], len(docket.list_measures)
    if lists:
        for which in range(number):
            docket.counts[COUNTS + which] += days * (lists >> which & 1)
            docket.counts[COUNTS + number + which] += days * (unable >> which & 1)


@njit(**APART)
def write_decision(docket, agent, day, occurred, variant, order, about, debt):  # type: ignore[no-untyped-def]
    """A decision on the day it becomes known, changes or is withdrawn, as far as there is a log."""
    number, log = docket.written[0], docket.decisions
    if number < len(log):
        log[number, 0], log[number, 1], log[number, 2] = agent, day, occurred
        log[number, 3], log[number, 4], log[number, 5], log[number, 6] = variant, order, about, debt
    docket.written[0] = number + 1


@njit(**APART)
def write_happening(docket, agent, day, trigger, which, truth):  # type: ignore[no-untyped-def]
    """An act that was done, or what happened to a debt with what is true and believed of it, if there is a log."""
    number, log = docket.written[2], docket.happened
    if number < len(log):
        log[number, 0], log[number, 1], log[number, 2], log[number, 3], log[number, 4] = (
            agent, day, trigger, which, truth,
        )  # fmt: skip
    docket.written[2] = number + 1


@njit(**APART)
def _write_listing(docket, agent, day, which, step):  # type: ignore[no-untyped-def]
    number, log = docket.written[1], docket.listed
    if number < len(log):
        log[number, 0], log[number, 1], log[number, 2], log[number, 3] = agent, day, which, step
    docket.written[1] = number + 1


@njit(**APART)
def _write_listings(law, day, agent, docket):  # type: ignore[no-untyped-def]
    """All that holds on a day, where there is a log: lists with their steps, then measures after all lists.

    Before them stand the lists, a bit each, on which it is for debts alone that cannot be paid.
    """
    if len(docket.listed) == 0:
        return
    _write_listing(docket, agent, day, NONE, docket.state[UNABLE_LISTS])
    lists, number = docket.state[LISTS], len(law.lists)
    for row in range(docket.state[LISTINGS]):
        if docket.listings[row, L_BEGIN] <= day:
            _write_listing(docket, agent, day, docket.listings[row, L_LIST], docket.listings[row, L_STEP])
    for which in law.combined:
        if lists >> which & 1:
            _write_listing(docket, agent, day, which, COMBINED)
    for measure in range(len(law.measures)):
        if docket.state[MEASURES] >> measure & 1:
            _write_listing(docket, agent, day, number + measure, NONE)
