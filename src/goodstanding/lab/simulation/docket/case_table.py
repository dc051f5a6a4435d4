"""The rules of cases, lists and the measures that rest on lists, as compiled code reads them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.compilation.scheme_arrays import NONE, CaseArrays, SchemeArrays
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.messages import Message, RunMessage

Truths = NDArray[np.bool_]
MOST_BITS = 62  # of lists, steps or measures, which stand in one whole number


# Columns of the tables; a length is two, months and days. Steps and lists that belong to one are bits of a number.
V_RECORD, V_OPENS, V_STEPS, V_CODE, V_UNTIL, V_MEASURES = 0, 1, 2, 3, 4, 6
T_STEP, T_ON, T_PUBLIC, T_HOLDS = 0, 1, 3, 5
K_CASE, K_AFTER, K_RELEASES, K_IS_SHOWN, K_LAW_END = range(5)
I_CASE, I_STEPS, I_HAS_STAY, I_BY_UNTIL, I_FROM_PUBLIC, I_PARTS, I_AT_LEAST = range(7)


class CaseTable(NamedTuple):
    """The rules of cases: a row for each variant (V), stated step (T), step (K) and list (I), as in `CaseArrays`.

    The row after the last variant ends the steps that the last one states. `waits` are by step and code, `stays` by
    list and code; `combined` are the lists made of others, after those that they are made of. `measures` are the lists
    on which measures rest.
    """

    sums_next_day: bool
    cases: int
    variants: Integers
    stated: Integers
    steps: Integers
    waits: Integers
    lists: Integers
    stays: Integers
    combined: Integers
    measures: Integers


def build_case_table(scheme: SchemeArrays, cases: CaseArrays) -> CaseTable:
    """The rules of a catalogue's cases; raises LaboratoryError where they have more of anything than bits."""
    _refuse_if_many(scheme, cases)
    end = np.zeros(1, np.int64)  # no variant follows the last
    return CaseTable(
        bool(scheme.sums_next_day), len(cases.case_names),
        join_columns(
            np.append(scheme.variant_records, end), np.append(cases.is_opening, end), cases.step_starts,
            np.append(cases.codes, end), np.append(cases.untils.reshape(-1, 2), [[0, 0]], axis=0),
            np.append(_build_measure_bits(scheme), end),
        ),
        join_columns(
            cases.stated_steps, cases.stated_on.reshape(-1, 2), cases.stated_public.reshape(-1, 2), cases.stated_holds
        ),
        join_columns(
            cases.step_cases, gather_bits(cases.step_after), cases.step_releases, cases.step_is_shown,
            cases.step_law_until,
        ),
        _widen(cases.step_not_before),
        join_columns(
            cases.list_cases, gather_bits(cases.list_steps), cases.list_has_stay, cases.list_by_until,
            cases.list_from_public, gather_bits(cases.list_from), cases.list_at_least,
        ),
        _widen(cases.list_stays), _order_combined(cases), _widen(scheme.measures.lists),
    )  # fmt: skip


def _refuse_if_many(scheme: SchemeArrays, cases: CaseArrays) -> None:
    for number in (len(cases.list_names), len(cases.step_names), len(scheme.measures.names)):
        if number > MOST_BITS:
            params = {"catalogue": scheme.name, "number": number, "most": MOST_BITS}
            raise LaboratoryError(Message(RunMessage.LISTS_TOO_MANY, params))


def _order_combined(cases: CaseArrays) -> Integers:
    """The lists made of others, each after those that it is made of."""
    left = [place for place, case in enumerate(cases.list_cases) if case == NONE]
    ordered: list[int] = []
    while left:
        ready = [place for place in left if not any(cases.list_from[place, part] for part in left)]
        ordered += ready
        left = [place for place in left if place not in ready]
    return np.array(ordered, np.int64)


def _build_measure_bits(scheme: SchemeArrays) -> Integers:
    bits = np.zeros(len(scheme.variant_records), np.int64)
    for measure in np.flatnonzero(scheme.measures.lists != NONE):
        bits |= scheme.measures.holds[measure].astype(np.int64) << measure
    return bits


def gather_bits(rows: Truths) -> Integers:
    """Rows of truths as numbers, a bit for each column."""
    bits = rows.astype(np.int64) << np.arange(rows.shape[1])
    return np.asarray(bits.sum(axis=1, dtype=np.int64))


def join_columns(*columns: NDArray[np.generic]) -> Integers:
    """Columns side by side, a length as two of them."""
    return _widen(np.column_stack([_widen(column) for column in columns]))


def _widen(column: NDArray[np.generic]) -> Integers:
    return np.array(column, dtype=np.int64)
