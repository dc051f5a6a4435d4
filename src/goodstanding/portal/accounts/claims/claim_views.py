"""Claims to act for a subject, made by a person with a proof, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.portal.accounts.claims.forms import MandateClaimForm
from goodstanding.portal.accounts.claims.presenters import present_own_claim
from goodstanding.portal.accounts.schemas import (
    ClaimPage,
    EnteredMandate,
)
from goodstanding.register.cases.mandates import (
    MandateClaim,
    claim_mandate,
    get_mandate,
    list_own_claims,
)
from goodstanding.web.forms.review_form import ReviewForm, ReviewStep
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import get_user_name, require_sign_in
from goodstanding.web.schemas.page_frame import PageLink
from goodstanding.web.wording.case_terms import format_day


class MandateClaimView(ReviewFormView):
    """The form of a claim with one's own claims below it; a look at what will be sent."""

    template = "portal/accounts/claim.html"

    has_twin = True

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Who claims, today."""
        super().setup(request, *arguments, **parameters)
        self.person, self.day = get_user_name(request), clock.get_today()

    def build_form(self, data: Any = None, uploads: Any = None) -> MandateClaimForm:
        """The form, with what was sent; empty, it is filled as its address says."""
        identifier = self.request.GET.get("identifier", "")[:200]
        return MandateClaimForm(self.person, self.day, data, uploads, identifier)

    def list_events(self, form: MandateClaimForm) -> Mapping[int, PageLink] | None:
        """Their claims to the same file."""
        if form.subject is None:
            return None
        claims = list_own_claims(self.person, form.subject.identifier)
        title = _("You claimed this file on %(day)s")
        return {
            claim.position: PageLink(title=title % {"day": format_day(claim.day)}, address=f"{reverse('claim')}#mine")
            for claim in claims
        }

    def is_stale(self, form: ReviewForm) -> bool:
        """Whether they claimed the file since they checked the form; the empty form does not say yet which file."""
        return form.asked_step is ReviewStep.SEND and super().is_stale(form)

    def send(self, form: MandateClaimForm) -> str:
        """Makes the claim."""
        assert form.subject
        identifier, text, now = form.subject.identifier, form.cleaned_data["text"], clock.get_now()
        claim_mandate(self.person, identifier, text, form.proof, self.day, now, form.version_seen)
        return f"{reverse('claim')}#mine"

    def build_page(self, form: MandateClaimForm, stage: ReviewStage, review: Mapping[str, Any]) -> ClaimPage:
        """The page of the claim, with their own claims, newest first."""
        identifier, text = (str(form[name].value() or "") for name in ("identifier", "text"))
        return ClaimPage(
            about=describe_register(),
            name=self.person,
            claims=[present_own_claim(claim) for claim in reversed(list_own_claims(self.person))],
            typed=EnteredMandate(identifier=identifier, text=text),
            problem=next(iter(form.present_problems()), None),
            largest=config.get_current_register().evidence_bytes,
        )

    def build_context(self, form: MandateClaimForm) -> dict[str, Any]:
        """The form as a template reads it, whose file is claimed, and the person's claims with what came of them."""
        claims = [(present_own_claim(claim), self._find_mandate(claim)) for claim in list_own_claims(self.person)]
        return {"form": form.present(self.find_version(form)), "subject": form.subject, "claims": claims[::-1]}

    def _find_mandate(self, claim: MandateClaim) -> dict[str, Any] | None:
        """From which day a confirmed claim lets its person act, and whether it does so today; None for any other."""
        if claim.outcome != "granted" or claim.settled_at is None:
            return None
        mandate = get_mandate(claim.settled_at)
        return {"first_day": mandate.first_day, "waits": mandate.waits(self.day), "holds": mandate.holds(self.day)}


show_claim_page = require_sign_in(MandateClaimView.as_view())
