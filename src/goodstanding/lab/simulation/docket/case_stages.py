"""Where a case stands and on which lists, from the steps that records state: what `procedure` says of it.

`procedure.stated_cases` folds the steps of a case in their order, and `procedure.intervals` makes listings of its
stages; the check of a run holds both equal to this.
"""

from __future__ import annotations

from numba import njit

from goodstanding.lab.compilation.scheme_arrays import OPEN
from goodstanding.lab.simulation.civil_days import add_length
from goodstanding.lab.simulation.docket.case_table import (
    I_BY_UNTIL,
    I_CASE,
    I_FROM_PUBLIC,
    I_HAS_STAY,
    I_STEPS,
    K_AFTER,
    K_CASE,
    K_IS_SHOWN,
    K_LAW_END,
    K_RELEASES,
    T_HOLDS,
    T_ON,
    T_PUBLIC,
    T_STEP,
    V_CODE,
    V_STEPS,
    V_UNTIL,
)
from goodstanding.lab.simulation.docket.docket_memory import (
    APART,
    ENDS,
    G_SHOWN,
    G_SINCE,
    G_STEP,
    G_VARIANT,
    L_BEGIN,
    L_END,
    L_LIST,
    L_MATTER,
    L_STEP,
    L_VARIANT,
    LISTINGS,
    NEXT_LISTING,
    OCCURRED,
    S_DAY,
    S_HOLDS,
    S_MATTER,
    S_PUBLIC,
    S_STEP,
    S_TURN,
    S_VARIANT,
    STEPS,
    VARIANT,
)
from goodstanding.lab.simulation.points_state import copy_row


@njit(**APART)
def state_steps(law, place, variant, occurred, docket):  # type: ignore[no-untyped-def]
    """Adds the steps that a record of a day states for a matter; whether there was room."""
    for row in range(law.variants[variant, V_STEPS], law.variants[variant + 1, V_STEPS]):
        number = docket.state[STEPS]
        if number == len(docket.steps):
            return False
        step, stated = docket.steps[number], law.stated[row]
        step[S_MATTER], step[S_STEP], step[S_VARIANT] = place, stated[T_STEP], variant
        step[S_DAY] = add_length(occurred, stated[T_ON], stated[T_ON + 1], law.sums_next_day)
        step[S_PUBLIC] = add_length(occurred, stated[T_PUBLIC], stated[T_PUBLIC + 1], law.sums_next_day)
        step[S_HOLDS] = stated[T_HOLDS]
        docket.state[STEPS] = number + 1
    return True


@njit(**APART)
def fold_matter(law, place, day, docket):  # type: ignore[no-untyped-def]
    """Lists a matter's subject anew, from all that is stated of it; whether there was room."""
    _drop_listings(place, docket)
    docket.matters[place, ENDS] = -1
    docket.state[NEXT_LISTING] = min(docket.state[NEXT_LISTING], day)
    for case in range(law.cases):
        stages = _reach_stages(law, place, case, docket)
        if stages == 0:
            continue
        last = docket.stages[stages - 1]
        end = last[G_SINCE] if law.steps[last[G_STEP], K_RELEASES] else OPEN
        docket.matters[place, ENDS] = max(docket.matters[place, ENDS], end)
        for which in range(len(law.lists)):
            if law.lists[which, I_CASE] == case and not _list_stages(law, which, stages, place, day, docket):
                return False
    return True


@njit(**APART)
def _drop_listings(place, docket):  # type: ignore[no-untyped-def]
    row = 0
    while row < docket.state[LISTINGS]:
        if docket.listings[row, L_MATTER] == place:
            docket.state[LISTINGS] -= 1
            copy_row(docket.listings, docket.state[LISTINGS], docket.listings, row)
        else:
            row += 1


@njit(**APART)
def _comes_before(law, first, second):  # type: ignore[no-untyped-def]
    """Whether a step counts before another: the opening ones first, then by day, then in the catalogue's order."""
    is_later, other_is_later = law.steps[first[S_STEP], K_AFTER] != 0, law.steps[second[S_STEP], K_AFTER] != 0
    if is_later != other_is_later:
        return other_is_later
    if first[S_DAY] != second[S_DAY]:
        return first[S_DAY] < second[S_DAY]
    return first[S_STEP] < second[S_STEP]


@njit(**APART)
def _sort_steps(law, place, case, docket):  # type: ignore[no-untyped-def]
    """The steps of a case in the order in which they count; how many."""
    steps, number = docket.steps, 0
    for row in range(docket.state[STEPS]):
        if steps[row, S_MATTER] != place or law.steps[steps[row, S_STEP], K_CASE] != case:
            continue
        at = number
        while at > 0 and _comes_before(law, steps[row], steps[steps[at - 1, S_TURN]]):
            steps[at, S_TURN] = steps[at - 1, S_TURN]
            at -= 1
        steps[at, S_TURN] = row
        number += 1
    return number


@njit(**APART)
def _reach_stages(law, place, case, docket):  # type: ignore[no-untyped-def]
    """The stages that a case reaches; how many."""
    stages, reached, code = docket.stages, 0, law.variants[docket.matters[place, VARIANT], V_CODE]
    for at in range(_sort_steps(law, place, case, docket)):
        row = docket.steps[docket.steps[at, S_TURN]]
        step, day, public = row[S_STEP], row[S_DAY], row[S_PUBLIC]
        rule, since = law.steps[step], day
        if row[S_HOLDS] != 1 or day >= rule[K_LAW_END] or (rule[K_AFTER] == 0) == (reached > 0):
            continue
        if reached > 0:
            before = stages[reached - 1]
            wait = law.waits[step, code]
            if not rule[K_AFTER] >> before[G_STEP] & 1 or _is_early(law, day, before[G_SINCE], wait):
                continue
            since = max(day, before[G_SINCE])
        shown = day if not rule[K_IS_SHOWN] else public if public >= day else OPEN
        stages[reached, G_STEP], stages[reached, G_SINCE] = step, since
        stages[reached, G_SHOWN], stages[reached, G_VARIANT] = shown, row[S_VARIANT]
        reached += 1
    return reached


@njit(**APART)
def _is_early(law, day, since, wait):  # type: ignore[no-untyped-def]
    """Whether a step comes before the time is over that it has to wait, if any."""
    if wait[0] == 0 and wait[1] == 0:
        return False
    return day < add_length(since, wait[0], wait[1], law.sums_next_day)


@njit(**APART)
def _puts_on(law, which, stage):  # type: ignore[no-untyped-def]
    return law.lists[which, I_STEPS] >> stage[G_STEP] & 1 == 1 and stage[G_SHOWN] < OPEN


@njit(**APART)
def _find_term_end(law, which, stages, place, docket):  # type: ignore[no-untyped-def]
    """When the stay on a list is over at the latest, counted from its first day; OPEN for no term, or where none is."""
    first, matter, rule = OPEN, docket.matters[place], law.lists[which]
    for at in range(stages):
        stage = docket.stages[at]
        if _puts_on(law, which, stage):
            first = min(first, stage[G_SHOWN] if rule[I_FROM_PUBLIC] else stage[G_SINCE])
    if first == OPEN or not rule[I_HAS_STAY]:
        return OPEN
    variant = law.variants[matter[VARIANT]]
    stay = law.stays[which, variant[V_CODE]]
    if stay[0] == OPEN:
        return first
    end = add_length(first, stay[0], stay[1], law.sums_next_day)
    if rule[I_BY_UNTIL]:
        until = add_length(matter[OCCURRED], variant[V_UNTIL], variant[V_UNTIL + 1], law.sums_next_day)
        end = min(end, until)
    return end


@njit(**APART)
def _list_stages(law, which, stages, place, day, docket):  # type: ignore[no-untyped-def]
    """The stretches on a list that are not over by a day; whether there was room."""
    end, at = _find_term_end(law, which, stages, place, docket), 0
    while at < stages:
        end = min(end, law.steps[docket.stages[at, G_STEP], K_LAW_END])
        if not _puts_on(law, which, docket.stages[at]):
            at += 1
            continue
        first = at
        while at + 1 < stages and _puts_on(law, which, docket.stages[at + 1]):
            at += 1
            end = min(end, law.steps[docket.stages[at, G_STEP], K_LAW_END])
        stop = min(end, docket.stages[at + 1, G_SINCE]) if at + 1 < stages else end
        if not _add_listing(which, place, docket.stages[first], stop, day, docket):
            return False
        at += 1
    return True


@njit(**APART)
def _add_listing(which, place, stage, end, day, docket):  # type: ignore[no-untyped-def]
    begin, number = max(stage[G_SHOWN], stage[G_SINCE]), docket.state[LISTINGS]
    if begin >= end or end <= day:
        return True
    if number == len(docket.listings):
        return False
    row = docket.listings[number]
    row[L_MATTER], row[L_LIST], row[L_BEGIN], row[L_END] = place, which, begin, end
    row[L_STEP], row[L_VARIANT] = stage[G_STEP], stage[G_VARIANT]
    docket.state[LISTINGS] = number + 1
    return True
