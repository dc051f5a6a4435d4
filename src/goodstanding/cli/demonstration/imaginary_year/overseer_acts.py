"""What passes over the overseer's desk in the year: erasures that a court ordered, and claims to act for a firm."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

from goodstanding.access import Actor, Role
from goodstanding.cli.demonstration.imaginary_year.year_plan import LAST_DAY, YearPlan
from goodstanding.procedure.case_states import Act
from goodstanding.register.cases.mandates import append_claim_refusal, claim_mandate, confirm_claim
from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.subjects import find_subject_id
from goodstanding.register.storage.evidence_store import accept_exhibit

_ERASED = 4
_GROUNDS = ErasureGrounds("order", "a court found that it had to be taken off the files", "Aldermark Data Act art. 12")
_OVERSEER = Actor(Role.OVERSEER, "", "overseer.aldermark")
_PEOPLE = ("q.thistlewood", "m.larkhollow", "e.stonecrop", "v.netherby", "o.jessamine", "t.cragfoot")
_CONFIRMED, _REFUSED = 2, 3  # so many of the first are confirmed, then one is refused
_TEXT = "I am the managing director. The extract from the commercial register that I attach says so."
_REFUSAL = "The extract is two years old and names another director. Claim again with one of this month."


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
        confirm_erasure(asked_for.position, _OVERSEER.name, recorded_at)
    return len(withdrawn[:_ERASED])


def make_claims(plan: YearPlan, recorded_at: datetime) -> int:
    """Makes the claims of the last weeks and settles some; gives how many there are."""
    firms = [case.firm for case in plan.cases[20:] if case.proposal]
    for number, (person, firm) in enumerate(zip(_PEOPLE, firms, strict=False)):
        day = LAST_DAY - timedelta(days=15 - 2 * number)
        proof = f"Extract from the commercial register of Aldermark (made up)\n{firm.name}\nDirector: {person}\n"
        exhibit = accept_exhibit("extract.txt", io.BytesIO(proof.encode()), person, day)
        claim = claim_mandate(person, firm.identifier, _TEXT, exhibit, day, recorded_at)
        _settle(claim, number, day + timedelta(days=3), recorded_at)
    return len(_PEOPLE)


def _settle(claim: int, number: int, day: date, recorded_at: datetime) -> None:
    if number < _CONFIRMED:
        confirm_claim(claim, _OVERSEER, day + timedelta(days=700), day, recorded_at)
    elif number < _REFUSED:
        append_claim_refusal(claim, _OVERSEER, _REFUSAL, day, recorded_at)
