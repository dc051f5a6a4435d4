"""Decisions as they are made: what they say of a debt, whether they are disputed, and when they change."""

from __future__ import annotations

from numba import njit, uint64

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN
from goodstanding.lab.simulation.docket.case_table import V_OPENS, V_RECORD
from goodstanding.lab.simulation.docket.debt_table import B_OF_HIDING
from goodstanding.lab.simulation.docket.decision_table import (
    ASKS,
    BELIEVED,
    CAN_PAY,
    LISTED,
    O_KEY,
    O_NEEDS,
    O_READS,
    O_TERM,
    OF_AGENT,
    SOURCE_KIND,
    SOURCE_WHICH,
    UPHELD,
)
from goodstanding.lab.simulation.docket.docket_memory import (
    APART,
    D_BELIEFS,
    D_CAN,
    D_HIDES,
    DEBT_NOW,
    GONE,
    LISTS,
    NOBODYS_DEBT,
    ORDERS,
    await_row,
)
from goodstanding.lab.simulation.docket.draws import draw_chance, draw_lateness, find_last_day
from goodstanding.lab.simulation.record_draws import draw_delay, draw_variant
from goodstanding.lab.world.random_streams import derive_key, open_stream

_DISPUTE, _DECISION = derive_key("dispute of a decision"), derive_key("decision on a dispute")


@njit(**APART)
def read_debt(table, debt, believes_truth, docket):  # type: ignore[no-untyped-def]
    """What fields read of a debt, and of lists; with `believes_truth` as if everybody knew what is true."""
    decisions = table.decisions
    for source in range(len(decisions.sources)):
        kind, which = decisions.sources[source, SOURCE_KIND], decisions.sources[source, SOURCE_WHICH]
        if kind == LISTED:
            docket.sources[source] = docket.state[LISTS] >> which & 1
        elif kind != OF_AGENT:
            docket.sources[source] = 0 if debt < 0 else _read_truth(table, kind, which, debt, believes_truth, docket)


@njit(**APART)
def _read_truth(table, kind, which, debt, believes_truth, docket):  # type: ignore[no-untyped-def]
    row = docket.debts[debt]
    if kind == BELIEVED and believes_truth:
        return row[D_HIDES] if table.debts.beliefs[which, B_OF_HIDING] else row[D_CAN]
    if kind == BELIEVED:
        return row[D_BELIEFS] >> which & 1
    return row[D_CAN] if kind == CAN_PAY else row[D_HIDES]


@njit(**APART)
def _is_wronged(table, beliefs, debt, docket):  # type: ignore[no-untyped-def]
    """Whether one of some beliefs, a bit each, holds something against a debtor that is not so."""
    if debt < 0:
        return False
    row = docket.debts[debt]
    for belief in range(len(table.debts.beliefs)):
        truth = row[D_HIDES] if table.debts.beliefs[belief, B_OF_HIDING] else row[D_CAN]
        if (beliefs & row[D_BELIEFS]) >> belief & 1 and truth == 0:
            return True
    return False


@njit(**APART)
def await_decision(table, origins, origin, stream, month, day, is_wrong, docket):  # type: ignore[no-untyped-def]
    """The decision that an occasion leads to, dated by the day on which it is made; whether there was room."""
    made_on, debt = day + draw_delay(origins, origin, stream, month), docket.state[DEBT_NOW]
    if is_wrong:
        debt = NOBODYS_DEBT
    own_stream = open_stream(open_stream(stream, uint64(table.decisions.origins[origin, O_KEY])), uint64(month))
    return add_decision(table, origins, origin, own_stream, stream, month, made_on, NONE, debt, is_wrong, docket)


@njit(**APART)
def add_decision(table, origins, origin, own_stream, stream, counter, made_on, about, debt, is_wrong, docket):  # type: ignore[no-untyped-def]
    """A record that is made on a day, with what comes of a dispute about it; whether there was room."""
    decisions = table.decisions
    variant = draw_variant(origins, origin, stream, counter, docket.sources)
    disputed = decisions.dispute_about < 0 or decisions.dispute_about == table.law.variants[variant, V_RECORD]
    if not table.law.variants[variant, V_OPENS] or not disputed:
        return await_row(made_on, variant, about, debt, own_stream, OPEN, NONE, docket)
    right, is_wronged = GONE, is_wrong
    beliefs = decisions.origins[origin, O_NEEDS] | decisions.origins[origin, O_READS]
    is_wronged = is_wronged or _is_wronged(table, beliefs, debt, docket)
    is_due = not _is_wronged(table, decisions.origins[origin, O_NEEDS], debt, docket)
    if decisions.corrects and is_wronged and not is_wrong and is_due:
        read_debt(table, debt, True, docket)
        right = draw_variant(origins, origin, stream, counter, docket.sources)
        read_debt(table, debt, False, docket)
    return _dispute(table, origins, own_stream, made_on, variant, about, debt, right, is_wronged, docket)


@njit(**APART)
def _dispute(table, origins, stream, made_on, variant, about, debt, right, is_wrong, docket):  # type: ignore[no-untyped-def]
    """The decision, and what an upheld dispute about it leads to; whether there was room."""
    decisions, row, order = table.decisions, 1 if is_wrong else 0, docket.state[ORDERS]
    is_upheld = (
        draw_chance(stream, _DISPUTE, 0) < decisions.disputes[row, ASKS]
        and draw_chance(stream, _DECISION, 0) < decisions.disputes[row, UPHELD]
    )
    origin, day = decisions.dispute_origin, made_on + decisions.dispute_days
    if not is_upheld or origin >= 0:
        if not await_row(made_on, variant, about, debt, stream, OPEN, NONE, docket):
            return False
        return not is_upheld or _await_ruling(decisions, origins, origin, stream, made_on, order, debt, docket)
    return await_row(made_on, variant, about, debt, stream, day, right, docket)


@njit(**APART)
def _await_ruling(decisions, origins, origin, stream, made_on, order, debt, docket):  # type: ignore[no-untyped-def]
    """The record to which a dispute about a decision leads; whether there was room."""
    day = made_on + decisions.dispute_days
    if decisions.origins[origin, O_TERM] >= 0:
        day = find_last_day(decisions, origin, made_on) + draw_lateness(decisions, origin, stream, made_on)
    variant = draw_variant(origins, origin, open_stream(stream, _DECISION), 0, docket.sources)
    return await_row(day, variant, order, debt, stream, OPEN, NONE, docket)
