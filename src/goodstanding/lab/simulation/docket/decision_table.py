"""How decisions come about: their origins, terms and lateness, what follows from what, and how disputes go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.compilation.breaches import list_variants
from goodstanding.lab.compilation.scheme_arrays import NONE, Axis, CaseArrays, Origin, SchemeArrays, Trigger
from goodstanding.lab.simulation.docket.case_table import gather_bits, join_columns
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.world import compute_threshold
from goodstanding.lab.world.random_streams import derive_key
from goodstanding.procedure.calendars import Calendar

Truths = NDArray[np.bool_]
EPOCH = date(1970, 1, 1)
OF_AGENT, CAN_PAY, HIDES_ASSETS, BELIEVED, LISTED = range(5)  # what a field reads
_TRUTHS = {"can_pay": CAN_PAY, "hides_assets": HIDES_ASSETS}
# Columns of the tables.
O_IS_DECISION, O_KEY, O_NEEDS, O_READS, O_TERM, O_IS_WORKING, O_LATE, O_LATE_BY, O_LATE_AT_MOST = range(9)
F_ORIGIN, F_TRIGGER, F_WHICH, F_NOT_ON, F_ABOUT, F_GRADES, F_LUCK = range(7)
SOURCE_KIND, SOURCE_WHICH = range(2)
ASKS, UPHELD = range(2)


class DecisionTable(NamedTuple):
    """How records of cases come about; chances are in 2^-32.

    origins      whether its records open a case or state a step, each dated by the day it is made; the key of its
                 streams; beliefs (bits) that it needs, and that a field is; its term in days, NONE for none, and
                 whether these are working days; the chance that it is late, and by how many days
    work_counts  day, from `first_day`: working days up to it; work_days are those days
    follows      origin, Trigger, list or scheme, list on which nobody may be, record type that it is about, grades
                 (bits), and below which luck it follows; of what follows from inability, of the candidates of that
    sources      what each field reads: of the agent, a truth, a belief or a list, and which
    disputes     of a right and a wrong decision: the chances that it is disputed, and that this is upheld
    """

    origins: Integers
    first_day: int
    work_counts: Integers
    work_days: Integers
    follows: Integers
    sources: Integers
    disputes: Integers
    dispute_origin: int
    dispute_about: int
    dispute_days: int
    corrects: bool


def build_decision_table(scheme: SchemeArrays, cases: CaseArrays, first: int, end: int) -> DecisionTable:
    """How decisions come about in a run from one day to another."""
    origins = scheme.origins
    keys = np.array([derive_key(name) for name in origins.names], np.uint64)
    decisions = np.array([is_decision(scheme, cases, origin) for origin in range(len(origins.names))])
    needs_belief, reads_belief = _find_beliefs(scheme)
    counts, days = build_working_days(scheme.calendar, first, end)
    return DecisionTable(
        join_columns(
            decisions, keys.view(np.int64), gather_bits(needs_belief), gather_bits(reads_belief), origins.terms,
            origins.term_is_working, origins.late, origins.late_by.reshape(-1, 2),
        ),
        first, counts, days, _build_follows(scheme), _find_sources(scheme, cases), *_build_disputes(scheme),
    )  # fmt: skip


def is_decision(scheme: SchemeArrays, cases: CaseArrays, origin: int) -> bool:
    """Whether records of an origin open a case, or state a step of one."""
    starts = cases.step_starts
    return any(cases.is_opening[row] or starts[row] < starts[row + 1] for row in list_variants(scheme, origin))


def build_working_days(calendar: str, first: int, end: int) -> tuple[Integers, Integers]:
    """How many working days there are up to each day from the first on, and which they are; some time past the end."""
    works = Calendar.of(calendar).works
    numbers = range(first, end + 3 * 366)
    days = [number for number in numbers if works(EPOCH + timedelta(number))]
    counts = np.searchsorted(np.array(days), np.array(numbers), side="right")
    return counts.astype(np.int64), np.array(days, np.int64)


def _find_beliefs(scheme: SchemeArrays) -> tuple[Truths, Truths]:
    origins, names = scheme.origins, scheme.debts.belief_names if scheme.debts else ()
    needs = np.zeros((len(origins.names), len(names)), np.bool_)
    reads = needs.copy()
    for origin in range(len(origins.names)):
        for kind, source, _level in origins.needs[origins.need_starts[origin] : origins.need_starts[origin + 1]]:
            if kind == Axis.BELIEF:
                needs[origin, names.index(origins.source_names[source].split(".")[1])] = True
        for axis in range(origins.axis_starts[origin], origins.axis_starts[origin + 1]):
            if origins.axis_kinds[axis] == Axis.BELIEF:
                reads[origin, names.index(origins.source_names[origins.axis_which[axis]].split(".")[1])] = True
    return needs, reads


def _find_sources(scheme: SchemeArrays, cases: CaseArrays) -> Integers:
    """What each source is, and last the kind of agent."""
    names = scheme.debts.belief_names if scheme.debts else ()
    rows = []
    for name in scheme.origins.source_names:
        head, _dot, matter = name.partition(".")
        if head == "debt":
            rows.append((_TRUTHS[matter], NONE))
        elif head == "believed":
            rows.append((BELIEVED, names.index(matter)))
        elif name.startswith("own.listed."):
            rows.append((LISTED, cases.list_names.index(name.removeprefix("own.listed."))))
        else:
            rows.append((OF_AGENT, NONE))
    return np.array([*rows, (OF_AGENT, NONE)], np.int64)


def _build_follows(scheme: SchemeArrays) -> Integers:
    origins = scheme.origins
    rows = np.flatnonzero(origins.kinds == Origin.FOLLOWING)
    most = find_chance_while_unable(scheme)
    lucks = [
        compute_threshold(share / most) if trigger == Trigger.CANNOT and most else compute_threshold(share)
        for share, trigger in zip(origins.shares[rows] / 2.0**32, origins.triggers[rows, 0], strict=True)
    ]
    grades = gather_bits(origins.trigger_grades[rows])
    return join_columns(rows, origins.triggers[rows], origins.abouts[rows], grades, np.array(lucks, np.int64))


def find_chance_while_unable(scheme: SchemeArrays) -> float:
    """The highest chance in a month that something follows while a debt cannot be paid."""
    origins = scheme.origins
    return float(max(origins.shares[origins.triggers[:, 0] == Trigger.CANNOT], default=0) / 2.0**32)


def _build_disputes(scheme: SchemeArrays) -> tuple[Integers, int, int, int, bool]:
    disputes = scheme.disputes
    if disputes is None:
        return np.zeros((2, 2), np.int64), NONE, NONE, 0, False
    about = int(scheme.origins.abouts[disputes.origin]) if disputes.origin != NONE else NONE
    right = disputes.asks_if_right, disputes.upheld_if_right
    wrong = disputes.asks_if_wrong, disputes.upheld_if_wrong
    rows = [[compute_threshold(chance) for chance in pair] for pair in (right, wrong)]
    return np.array(rows, np.int64), disputes.origin, about, int(disputes.days), disputes.corrects
