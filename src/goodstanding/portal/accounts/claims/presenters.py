"""A claim as its claimant and the office that answers it read it."""

from __future__ import annotations

from goodstanding.portal.accounts.schemas import (
    ClaimLine,
    ClaimProof,
)
from goodstanding.register.cases.mandates import (
    MandateClaim,
)
from goodstanding.web.wording.role_titles import get_office_title, get_public_title, get_subject_title


def present_claim(claim: MandateClaim) -> ClaimLine:
    """A claim as pages and twins say it to the office that settles it."""
    proof = claim.evidence
    return ClaimLine(
        number=claim.position, subject=claim.subject, title=get_subject_title(claim.subject), person=claim.person,
        text=claim.text,
        proof=ClaimProof(name=proof.name, digest=proof.digest, size=proof.size) if proof else None, day=claim.day,
        outcome=claim.outcome, reason=claim.reason, by=claim.by, office=get_office_title(claim.office),
        settled_on=claim.settled_on,
    )  # fmt: skip


def present_own_claim(claim: MandateClaim) -> ClaimLine:
    """The same to whoever claimed: how the file is called they read once they may act for it."""
    line = present_claim(claim)
    return line if claim.outcome == "granted" else line.model_copy(update={"title": get_public_title(claim.subject)})
