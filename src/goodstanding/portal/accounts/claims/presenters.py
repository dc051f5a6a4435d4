"""A claim as its claimant and the office that answers it read it."""

from __future__ import annotations

from dataclasses import replace

from goodstanding.portal.accounts.schemas import (
    ClaimLine,
    ClaimProof,
)
from goodstanding.register.cases.mandates import (
    MandateClaim,
)
from goodstanding.web.http import clock
from goodstanding.web.wording.role_titles import get_office_title, get_subject_title


def present_claim(claim: MandateClaim, title: str) -> ClaimLine:
    """A claim as pages and twins say it to the office that settles it."""
    proof = claim.evidence
    return ClaimLine(
        number=claim.position, subject=claim.subject, title=title, person=claim.person,
        text=claim.text,
        proof=ClaimProof(name=proof.name, digest=proof.digest, size=proof.size) if proof else None, day=claim.day,
        outcome=claim.outcome, reason=claim.reason, by=claim.by, office=get_office_title(claim.office),
        settled_on=claim.settled_on, answer_by=claim.answer_by,
        days_left=max(0, (claim.answer_by - clock.get_today()).days + 1),
    )  # fmt: skip


def present_own_claim(claim: MandateClaim) -> ClaimLine:
    """The same to whoever claimed, who reads how the file is called, and which office answered, once they may act.

    Before that both would tell whether there is a file, and of what kind: nothing is even looked up.
    """
    if claim.outcome == "granted":
        return present_claim(claim, get_subject_title(claim.subject))
    return present_claim(replace(claim, by="", office=""), claim.subject)
