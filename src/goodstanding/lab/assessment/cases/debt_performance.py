"""Debts: which share of them is performed, and how much more than by the same people without the measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.assessment.cases.case_histories import CaseHistory
from goodstanding.lab.assessment.cases.case_samples import CaseSample
from goodstanding.lab.assessment.findings import Finding, Indicator, Result
from goodstanding.lab.assessment.life_histories import Floats
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.compilation.scheme_arrays import Trigger
from goodstanding.lab.statistics.disparities import widen_to_detectable
from goodstanding.lab.statistics.intervals import compute_ratio_of_sums
from goodstanding.messages import AssessmentMessage

CAN, CANNOT = "can-pay", "cannot-pay"  # as a debt arises
_GROUPS = ("", CAN, CANNOT)


def list_debts(sample: CaseSample, builder: ResultBuilder) -> Iterator[Result]:
    """The share performed of all debts, of those that can be paid as they arise, and of those that cannot."""
    if sample.lives.scheme.debts is None:
        for indicator in (Indicator.PERFORMED, Indicator.PERFORMED_MORE):
            yield builder.leave_out(indicator, "", AssessmentMessage.NO_DEBTS)
        return
    for group in _GROUPS:
        paid, owed = count_performed(sample.lived, group)
        twin_paid, twin_owed = count_performed(sample.lived_as_twin, group)
        number, twin_number = (int(np.count_nonzero(column)) for column in (paid, twin_paid))
        yield builder.build_statistic(Indicator.PERFORMED, compute_ratio_of_sums, (paid, owed), number, group)
        columns = (paid, owed, twin_paid, twin_owed)
        least = min(number, twin_number)
        lead = builder.build_statistic(Indicator.PERFORMED_MORE, compute_lead, columns, least, group)
        yield replace(lead, detectable=widen_to_detectable(lead.estimate)) if isinstance(lead, Finding) else lead


def count_performed(history: CaseHistory, group: str = "") -> tuple[Floats, Floats]:
    """Of each agent the debts that were performed, and all that arose."""
    debts = history.list_debts()
    if group:
        debts = debts[(debts[:, 2] & 1 == 1) == (group == CAN)]
    return (
        history.count_debts(Trigger.PERFORMS, debts).astype(np.float64),
        np.bincount(debts[:, 0], minlength=history.agents).astype(np.float64),
    )


def compute_lead(
    paid: Floats, owed: Floats, twin_paid: Floats, twin_owed: Floats, axis: int = -1
) -> NDArray[np.float64]:
    """How much larger the share of debts performed is than that of the twins; nothing where both are the same."""
    return np.asarray(compute_ratio_of_sums(paid, owed, axis) - compute_ratio_of_sums(twin_paid, twin_owed, axis))
