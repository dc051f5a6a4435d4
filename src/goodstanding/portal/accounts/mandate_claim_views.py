"""Claims to act for a subject: made by a person with a proof, confirmed or refused by the overseer, with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.access.mandates import OVERSEERS_OFFICE, compute_latest_end
from goodstanding.errors import BadInput, GoodstandingError, NotAllowed, NotFound, NotPossible
from goodstanding.messages import CaseMessage, Message
from goodstanding.portal.accounts.mandate_claim_forms import ClaimAnswer, ClaimAnswerForm, MandateClaimForm
from goodstanding.portal.accounts.mandate_emails import tell_representatives
from goodstanding.portal.accounts.schemas import (
    ClaimAnswerPage,
    ClaimDeskPage,
    ClaimLine,
    ClaimPage,
    ClaimProof,
    EnteredMandate,
)
from goodstanding.portal.accounts.views import OFFICE_ROLES
from goodstanding.register.cases.mandates import (
    MandateClaim,
    append_claim_refusal,
    claim_mandate,
    confirm_claim,
    get_claim,
    get_mandate,
    list_claims,
    list_own_claims,
    may_settle_claim,
)
from goodstanding.web.forms.review_form import ReviewForm, ReviewStep
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.downloads import build_evidence_response
from goodstanding.web.http.parameters import check_short_text, parse_number
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import get_user_name, make_signed_in_view, require_sign_in
from goodstanding.web.models import Account
from goodstanding.web.schemas.page_frame import PageLink
from goodstanding.web.schemas.people import name_person
from goodstanding.web.wording.case_terms import format_day
from goodstanding.web.wording.role_titles import get_office_title, get_public_title, get_subject_title

SHOWN_SETTLED = 20


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
            claims=[_present_own_claim(claim) for claim in reversed(list_own_claims(self.person))],
            typed=EnteredMandate(identifier=identifier, text=text),
            problem=next(iter(form.present_problems()), None),
            largest=config.get_current_register().evidence_bytes,
        )

    def build_context(self, form: MandateClaimForm) -> dict[str, Any]:
        """The form as a template reads it, whose file is claimed, and the person's claims with what came of them."""
        claims = [(_present_own_claim(claim), self._find_mandate(claim)) for claim in list_own_claims(self.person)]
        return {"form": form.present(self.find_version(form)), "subject": form.subject, "claims": claims[::-1]}

    def _find_mandate(self, claim: MandateClaim) -> dict[str, Any] | None:
        """From which day a confirmed claim lets its person act, and whether it does so today; None for any other."""
        if claim.outcome != "granted" or claim.settled_at is None:
            return None
        mandate = get_mandate(claim.settled_at)
        return {"first_day": mandate.first_day, "waits": mandate.waits(self.day), "holds": mandate.holds(self.day)}


show_claim_page = require_sign_in(MandateClaimView.as_view())


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


def _present_own_claim(claim: MandateClaim) -> ClaimLine:
    """The same to whoever claimed: how the file is called they read once they may act for it."""
    line = present_claim(claim)
    return line if claim.outcome == "granted" else line.model_copy(update={"title": get_public_title(claim.subject)})


def get_office_actor(request: HttpRequest, settles: bool = True) -> Actor:
    """The overseer, whose office settles claims; raises NotAllowed for everybody else.

    An office that settled some before only the overseer did still reads those (`settles` is False).
    """
    actor = get_actor(request)
    has_settled = not settles and actor.role in OFFICE_ROLES and bool(actor.scope)
    if actor.role is not Role.OVERSEER and not has_settled:
        message = _("Claims are settled by the overseer.")
        raise NotAllowed(message, remedy=_("charter article 18: each step names who holds it"))
    return actor


def _refuse_if_not_settling(actor: Actor, claim: MandateClaim) -> None:
    if not _can_settle_claim(actor, claim):
        raise NotFound(Message(CaseMessage.CLAIM_MISSING, {"position": claim.position}))


class ClaimAnswerView(ReviewFormView):
    """The form of an answer to a claim; a look at what will be sent."""

    template = "portal/accounts/claim_answer.html"

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Which office answers what to which claim; raises NotAllowed, NotFound and BadInput."""
        super().setup(request, *arguments, **parameters)
        self.actor, self.day = get_office_actor(request), clock.get_today()
        number_text, answer = (
            check_short_text(request.POST.get(name) or request.GET.get(name, ""), name) for name in ("claim", "do")
        )
        if (number := parse_number(number_text)) is None:
            raise NotFound(_("There is no such claim."), where="claim", remedy=_("one of those that wait"))
        self.claim = get_claim(number)
        _refuse_if_not_settling(self.actor, self.claim)
        if answer not in tuple(ClaimAnswer):
            raise BadInput(_("Nothing was chosen."), where="do", remedy=_("confirm or refuse"))
        self.answer = ClaimAnswer(answer)

    def build_form(self, data: Any = None, uploads: Any = None) -> ClaimAnswerForm:
        """The form, with what was sent."""
        return ClaimAnswerForm(self.claim, self.answer, self.day, data)

    def list_events(self, form: ClaimAnswerForm) -> Mapping[int, PageLink]:
        """The claim, or what was answered to it."""
        link = PageLink(title=_explain_settled(self.claim), address=reverse("claims"))
        return {self.claim.newest_event: link}

    def explain_refusal(self) -> str:
        """That the claim was settled; nothing where it waits."""
        return _explain_settled(self.claim)

    def reload(self) -> None:
        """The claim as it stands by now."""
        self.claim = get_claim(self.claim.position)

    def send(self, form: ClaimAnswerForm) -> str:
        """Confirms or refuses the claim."""
        if self.answer is ClaimAnswer.CONFIRM:
            last_day = form.cleaned_data["until"]
            granted = _confirm_claim(self.claim, self.actor, last_day, self.day, form.version_seen)
            tell_representatives(self.request, get_mandate(granted))
        else:
            reason, now = form.cleaned_data["reason"], clock.get_now()
            append_claim_refusal(self.claim.position, self.actor, reason, self.day, now, form.version_seen)
        return reverse("claims")

    def build_page(self, form: ClaimAnswerForm, stage: ReviewStage, review: Mapping[str, Any]) -> ClaimAnswerPage:
        """The page of the answer."""
        claim, answer_form = present_claim(self.claim), form.present(self.find_version(form))
        return ClaimAnswerPage(about=describe_register(), stage=stage, claim=claim, form=answer_form)


def _explain_settled(claim: MandateClaim) -> str:
    if claim.settled_on is None:
        return ""
    confirmed = _("%(by)s settled this claim on %(day)s: it was confirmed.")
    refused = _("%(by)s settled this claim on %(day)s: it was refused.")
    settled = {"by": name_person(claim.by), "day": format_day(claim.settled_on)}
    return (confirmed if claim.outcome == "granted" else refused) % settled


def _confirm_claim(claim: MandateClaim, actor: Actor, last_day: date, day: date, seen: int | None) -> int:
    """Grants the mandate, and gives its person the account that works as long as it holds; the grant's position."""
    user = get_user_model().objects.filter(username=claim.person, is_active=True).first()
    if user is None:
        raise NotPossible(_("This account was closed."), where="until", remedy=_("refuse the claim"))
    with transaction.atomic():
        granted = confirm_claim(claim.position, actor, last_day, day, clock.get_now(), seen)
        Account.objects.get_or_create(user=user, role=Role.SUBJECT.value, scope=claim.subject)
    return granted


def build_claims_page(request: HttpRequest) -> ClaimDeskPage:
    """The claims that wait for the overseer, oldest first, and the last that the office of whoever asks settled."""
    actor, day = get_office_actor(request, settles=False), clock.get_today()
    claims, office = list_claims(), actor.scope or OVERSEERS_OFFICE
    settled = [claim for claim in reversed(claims) if claim.office == office][:SHOWN_SETTLED]
    return ClaimDeskPage(
        about=describe_register(),
        office=get_office_title(office),
        today=day,
        latest=compute_latest_end(day),
        waiting=[present_claim(claim) for claim in claims if claim.open and _can_settle_claim(actor, claim)],
        settled=[present_claim(claim) for claim in settled],
    )


_show_claims = make_signed_in_view("portal/accounts/claims.html")(build_claims_page)
_answer_claim = require_sign_in(ClaimAnswerView.as_view())


def show_claims_page(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The claims that wait; or what the form of an answer to one leads to."""
    is_answer = request.method == "POST" and not twin
    return _answer_claim(request) if is_answer else _show_claims(request, twin=twin)


def _can_settle_claim(actor: Actor, claim: MandateClaim) -> bool:
    try:
        return may_settle_claim(actor, claim).allowed
    except GoodstandingError:  # nobody holds the identifier any more
        return False


@require_safe
def download_claim_proof(request: HttpRequest, number: int) -> HttpResponse:
    """The file that was handed in with a claim: for its claimant, and for the overseer, who settles it."""
    claimed = get_claim(number)
    signed_in = request.user.is_authenticated
    if not signed_in or (
        get_user_name(request) != claimed.person and not _can_settle_claim(get_actor(request), claimed)
    ):
        raise NotFound(Message(CaseMessage.CLAIM_MISSING, {"position": number}))
    if claimed.evidence is None:
        raise NotFound(_("No file is attached to this claim."))
    return build_evidence_response(claimed.evidence)
