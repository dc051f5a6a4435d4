"""Debts of a life: what is true of each, whether an authority knows it, and what becomes of it month by month."""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, Trigger
from goodstanding.lab.simulation.candidate_bits import mark_number
from goodstanding.lab.simulation.docket.debt_table import B_OF_HIDING, B_RIGHT_IF_FALSE, CAN_PAY, HIDES_IF_CANNOT
from goodstanding.lab.simulation.docket.decisions import read_debt
from goodstanding.lab.simulation.docket.docket_memory import (
    APART,
    D_BELIEFS,
    D_CAN,
    D_CANNOT,
    D_HIDES,
    D_OVER,
    D_PERFORMS,
    D_RECOVERS,
    D_SETTLES,
    D_STREAM,
    DEBT_NOW,
    DEBTS,
    HAPPENING,
    MONTHS,
    NEXT_LISTING,
    SURE_MONTH,
    await_row,
    clear_docket,
)
from goodstanding.lab.simulation.docket.docket_table import ABLE, OPENED
from goodstanding.lab.simulation.docket.draws import draw_chance
from goodstanding.lab.world.candidates import WHOLE, draw_day, draw_luck, find_candidate
from goodstanding.lab.world.random_streams import derive_key, open_stream

_SURE = derive_key("sure act")
_DEBT, _CAN, _HIDES, _BELIEF, _RECOVERS, _PERFORMS, _SETTLES, _CANNOT = (
    derive_key(purpose)
    for purpose in ("debt", "can pay", "hides assets", "belief", "recovers", "performs", "settles", "cannot pay")
)
_OPENS_DEBT, _PERFORMS_DEBT, _SETTLES_DEBT, _CANNOT_PAY = (
    HAPPENING - int(trigger) for trigger in (Trigger.OPENS, Trigger.PERFORMS, Trigger.SETTLES, Trigger.CANNOT)
)
_32, _WHOLE, _ALL = np.uint64(32), float(WHOLE), np.uint64(WHOLE)


@njit(**APART)
def begin_cases(table, stream, months, sources, occasions, candidates, docket):  # type: ignore[no-untyped-def]
    """A life without cases, in which that is sure to be done in the first year for which the agent was drawn."""
    clear_docket(table, stream, months, sources, docket)
    act = table.reactions.sure_act
    if act >= 0:
        month = np.int64(draw_chance(stream, _SURE, 0) * 12 >> 32)
        docket.state[SURE_MONTH] = month
        mark_number(candidates, min(month, months) << occasions.bits | (act + 1 if month < months else 0), True)


@njit(**APART)
def meet_debt(table, act_stream, month, occasion, day, occasions, scratch, docket):  # type: ignore[no-untyped-def]
    """Opens a debt where an act does, and lets fields read it; whether there was room."""
    debt = -1
    if 0 < occasion <= len(occasions.is_breach) and table.debts.opens[occasion - 1]:
        debt = _open_debt(table, act_stream, month, day, docket)
        if debt < 0:
            return False
        _mark_next_month(occasions, scratch.candidates, docket)
    docket.state[DEBT_NOW] = debt
    read_debt(table, debt, False, docket)
    return True


@njit(**APART)
def _open_debt(table, act_stream, month, day, docket):  # type: ignore[no-untyped-def]
    """A debt that an act opens on a day: its place, or -1 without room."""
    number, months = docket.state[DEBTS], docket.state[MONTHS]
    if number == len(docket.debts):
        return -1
    row, stream, debts = docket.debts[number], open_stream(open_stream(act_stream, _DEBT), uint64(month)), table.debts
    can = np.int64(draw_chance(stream, _CAN, 0) < debts.truths[CAN_PAY])
    hides = np.int64(draw_chance(stream, _HIDES, 0) < debts.truths[HIDES_IF_CANNOT + can])
    row[D_STREAM], row[D_CAN], row[D_HIDES], row[D_OVER] = np.int64(stream), can, hides, 0
    row[D_BELIEFS] = _believe(debts, stream, can, hides)
    row[D_RECOVERS] = months if can else find_candidate(stream, _RECOVERS, debts.recovers, month + 1, months)
    row[D_CANNOT] = months if can else find_candidate(stream, _CANNOT, debts.cannot, month + 1, months)
    row[D_PERFORMS] = find_candidate(stream, _PERFORMS, debts.performs_most, month + 1, months) if can else months
    row[D_SETTLES] = find_candidate(stream, _SETTLES, debts.settles, month + 1, months)
    docket.state[DEBTS] = number + 1
    docket.counts[OPENED] += 1
    docket.counts[ABLE] += can
    return number if await_row(day, _OPENS_DEBT, NONE, number, stream, OPEN, NONE, docket) else -1


@njit(**APART)
def _believe(debts, stream, can, hides):  # type: ignore[no-untyped-def]
    """What an authority believes, a bit each: right or wrong once for the debt."""
    beliefs = 0
    for belief in range(len(debts.beliefs)):
        truth = hides if debts.beliefs[belief, B_OF_HIDING] else can
        is_right = draw_chance(stream, _BELIEF, belief) < debts.beliefs[belief, B_RIGHT_IF_FALSE + truth]
        beliefs |= (truth if is_right else 1 - truth) << belief
    return beliefs


@njit(**APART)
def _mark_next_month(occasions, candidates, docket):  # type: ignore[no-untyped-def]
    """Marks the month in which something may next happen to a debt: a turn after all others of that month."""
    months = docket.state[MONTHS]
    month = months
    for place in range(docket.state[DEBTS]):
        row = docket.debts[place]
        if not row[D_OVER]:
            month = min(month, min(min(row[D_RECOVERS], row[D_PERFORMS]), min(row[D_SETTLES], row[D_CANNOT])))
    if month < months:
        mark_number(candidates, month << occasions.bits | len(occasions.keys), True)


@njit(**APART)
def live_month_of_debts(table, month, month_starts, occasions, scratch, docket):  # type: ignore[no-untyped-def]
    """What happens to debts in a month, in wait until its day; whether there was room."""
    for place in range(docket.state[DEBTS]):
        if not docket.debts[place, D_OVER] and not _live_debt(table, place, month, month_starts, docket):
            return False
    _mark_next_month(occasions, scratch.candidates, docket)
    return True


@njit(**APART)
def _live_debt(table, place, month, month_starts, docket):  # type: ignore[no-untyped-def]
    row, months, debts = docket.debts[place], docket.state[MONTHS], table.debts
    stream = uint64(row[D_STREAM])
    if row[D_RECOVERS] == month:
        row[D_CAN], row[D_RECOVERS], row[D_CANNOT] = 1, months, months
        row[D_PERFORMS] = find_candidate(stream, _PERFORMS, debts.performs_most, month, months)
        docket.state[NEXT_LISTING] = min(docket.state[NEXT_LISTING], month_starts[month])
    if row[D_CANNOT] == month:
        row[D_CANNOT] = find_candidate(stream, _CANNOT, debts.cannot, month + 1, months)
        if not _happen(_CANNOT_PAY, _CANNOT, place, month, month_starts, docket):
            return False
    if row[D_PERFORMS] == month:
        row[D_PERFORMS] = find_candidate(stream, _PERFORMS, debts.performs_most, month + 1, months)
        needed = docket.factors[-1] / debts.performs_most * _WHOLE
        if draw_luck(stream, _PERFORMS, uint64(month)) < min(_ALL, uint64(needed)):
            row[D_OVER] = 1
            return _happen(_PERFORMS_DEBT, _PERFORMS, place, month, month_starts, docket)
    if row[D_SETTLES] == month:
        row[D_OVER] = 1
        return _happen(_SETTLES_DEBT, _SETTLES, place, month, month_starts, docket)
    return True


@njit(**APART)
def _happen(happening, purpose, place, month, month_starts, docket):  # type: ignore[no-untyped-def]
    stream = uint64(docket.debts[place, D_STREAM])
    length = uint64(month_starts[month + 1] - month_starts[month])
    day = month_starts[month] + np.int64(draw_day(stream, purpose, uint64(month)) * length >> _32)
    return await_row(day, happening, NONE, place, stream, OPEN, NONE, docket)
