"""A few cases of the year that a court ordered to be erased: asked for by one person and confirmed by another."""

from __future__ import annotations

from datetime import datetime

from goodstanding.cli.demonstration.imaginary_year.year_plan import YearPlan
from goodstanding.procedure.case_states import Act
from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.subjects import find_subject_id

_ERASED = 4
_GROUNDS = ErasureGrounds("order", "a court found that it had to be taken off the files", "Aldermark Data Act art. 12")


def erase_cases(plan: YearPlan, recorded_at: datetime) -> int:
    """Erases some cases that came to nothing, of firms about which there is no other; gives how many."""
    numbers = [case.firm.identifier for case in plan.cases]
    withdrawn = [
        case
        for case in plan.cases
        if case.acts[-1].act is Act.WITHDRAW and case.proposal and numbers.count(case.firm.identifier) == 1
    ]
    for case in withdrawn[:_ERASED]:
        [case_row] = list_case_rows(find_subject_id(case.firm.identifier), 2**53)
        asked_for = request_erasure([case_row["position"]], _GROUNDS, "clerk of the High Court", recorded_at)
        confirm_erasure(asked_for.position, "overseer.aldermark", recorded_at)
    return len(withdrawn[:_ERASED])
