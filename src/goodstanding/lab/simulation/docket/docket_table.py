"""All that a kernel reads of a scheme's cases under one arm: rules, decisions, debts, and what measures do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.acts import Acts
from goodstanding.lab.compilation.scheme_arrays import NONE, SchemeArrays
from goodstanding.lab.simulation.docket.case_table import CaseTable, build_case_table, gather_bits
from goodstanding.lab.simulation.docket.debt_table import DebtTable, build_debt_table
from goodstanding.lab.simulation.docket.decision_table import DecisionTable, build_decision_table
from goodstanding.lab.simulation.kernel_tables import Integers, OccasionTable, list_acts

GAIN, MEANS = "gain", "means"
COUNTS = 4  # debts, those that could be paid at first, performed, settled; then days on each list, twice
OPENED, ABLE, PERFORMED, SETTLED = range(COUNTS)


class ListReactions(NamedTuple):
    """What measures that rest on lists do to conduct, in the arm that is lived.

    shares         (grades + 1, acts): chance of each candidate at nobody's grade and each grade, with no list
    factors        (measures, acts): times that chance while the measure holds
    field_chances  field: how much likelier it is in a month that a debt is performed, and fields (measures) which
    bad_lists      a bit for each list on which to be is a fall
    sure_act       the act that everybody does within the first year, since it is why they were drawn; NONE
    """

    shares: NDArray[np.float64]
    factors: NDArray[np.float64]
    fields: Integers
    field_chances: NDArray[np.float64]
    bad_lists: int
    sure_act: int


class DocketTable(NamedTuple):
    """The rules of cases, how decisions come about, debts, and reactions."""

    law: CaseTable
    decisions: DecisionTable
    debts: DebtTable
    reactions: ListReactions


class ArmTables(NamedTuple):
    """When something can happen in an arm, and its cases, if a scheme has any."""

    occasions: OccasionTable
    docket: DocketTable | None


def build_docket_table(
    scheme: SchemeArrays,
    acts: Acts,
    days: tuple[int, int],
    shares: NDArray[np.float64],
    is_bad: NDArray[np.bool_],
    sure_act: str,
    mechanisms: Iterable[str],
) -> DocketTable | None:
    """The cases of a scheme between two days, where these mechanisms are at work; None where it has none."""
    cases = scheme.stated_cases
    if cases is None:
        return None
    names = list_acts(scheme)
    at_work = tuple(mechanisms)
    fields, chances = _build_fields(scheme, at_work)
    bad_lists = int(gather_bits(is_bad.reshape(1, -1))[0])
    act = names.index(sure_act) if sure_act in names else NONE
    factors = _build_factors(scheme, names, at_work)
    reactions = ListReactions(np.ascontiguousarray(shares), factors, fields, chances, bad_lists, act)
    decisions = build_decision_table(scheme, cases, *days)
    return DocketTable(build_case_table(scheme, cases), decisions, build_debt_table(scheme, acts), reactions)


def _build_factors(scheme: SchemeArrays, names: tuple[str, ...], mechanisms: tuple[str, ...]) -> NDArray[np.float64]:
    measures = scheme.measures
    columns = [scheme.origins.act_names.index(name) for name in names]
    factors = np.ones((len(measures.names), len(columns)))
    for mechanism, effects in ((MEANS, measures.means_factors), (GAIN, measures.gain_factors)):
        if mechanism in mechanisms:
            factors *= effects[:, columns]
    return factors


def _build_fields(scheme: SchemeArrays, mechanisms: tuple[str, ...]) -> tuple[Integers, NDArray[np.float64]]:
    """The field of each measure, and what one adds to the chance of performing: a price, so at work with gain alone."""
    if scheme.debts is None:
        return np.full(len(scheme.measures.names), NONE, np.int64), np.zeros(0)
    chances = scheme.debts.performs_more
    return scheme.debts.measure_fields.astype(np.int64), chances if GAIN in mechanisms else np.zeros_like(chances)
