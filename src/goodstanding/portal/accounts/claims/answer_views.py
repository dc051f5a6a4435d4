"""Claims to act for a subject as an office answers them: confirmed or refused, with a reason."""

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

from goodstanding.access import Actor, Role
from goodstanding.access.mandates import OVERSEERS_OFFICE, compute_latest_end
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.messages import CaseMessage, Message
from goodstanding.portal.accounts.claims.emails import tell_representatives
from goodstanding.portal.accounts.claims.forms import ClaimAnswer, ClaimAnswerForm
from goodstanding.portal.accounts.claims.presenters import present_claim
from goodstanding.portal.accounts.schemas import (
    ClaimAnswerPage,
    ClaimDeskPage,
)
from goodstanding.portal.accounts.views import OFFICE_ROLES
from goodstanding.register.cases.claims.claim_subjects import list_stating_sources
from goodstanding.register.cases.mandates import (
    MandateClaim,
    append_claim_refusal,
    confirm_claim,
    get_claim,
    get_mandate,
    list_claims,
    may_settle_claim,
)
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor, list_own_accounts
from goodstanding.web.http.downloads import build_evidence_response
from goodstanding.web.http.parameters import check_short_text, parse_number
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import get_user_name, make_signed_in_view, require_sign_in
from goodstanding.web.models import Account
from goodstanding.web.schemas.page_frame import PageLink
from goodstanding.web.schemas.people import name_person
from goodstanding.web.wording.case_terms import format_day
from goodstanding.web.wording.role_titles import get_office_title, get_subject_title

SHOWN_SETTLED = 20


def get_office_actor(request: HttpRequest, settles: bool = True) -> Actor:
    """An appeal body or the overseer, who settle claims; raises NotAllowed for everybody else.

    An office that settled some before sources no longer did still reads those (`settles` is False).
    """
    actor = get_actor(request)
    roles = OFFICE_ROLES if not settles else (Role.APPEAL,)
    if actor.role is not Role.OVERSEER and not (actor.role in roles and actor.scope):
        message = _("Claims are settled by appeal bodies that stand apart, and by the overseer.")
        raise NotAllowed(message, remedy=_("charter article 18: each step names who holds it"))
    return actor


def _refuse_if_not_settling(request: HttpRequest, claim: MandateClaim) -> None:
    if not can_settle_claim(request, claim):
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
        _refuse_if_not_settling(request, self.claim)
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
        claim, answer_form = (
            present_claim(self.claim, get_subject_title(self.claim.subject)),
            form.present(self.find_version(form)),
        )
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
    """The claims that whoever asks may answer, the nearest last day first, and the last that their office settled."""
    actor, day = get_office_actor(request, settles=False), clock.get_today()
    claims, office = list_claims(), actor.scope or OVERSEERS_OFFICE
    settled = [claim for claim in reversed(claims) if claim.office == office][:SHOWN_SETTLED]
    return ClaimDeskPage(
        about=describe_register(),
        office=get_office_title(office),
        desk=actor.role is not Role.OVERSEER,
        today=day,
        latest=compute_latest_end(day),
        waiting=[present_claim(claim, get_subject_title(claim.subject)) for claim in list_waiting_claims(request)],
        settled=[present_claim(claim, get_subject_title(claim.subject)) for claim in settled],
    )


_show_claims = make_signed_in_view("portal/accounts/claims.html")(build_claims_page)
_answer_claim = require_sign_in(ClaimAnswerView.as_view())


def show_claims_page(request: HttpRequest, *, twin: bool = False) -> HttpResponse:
    """The claims that wait; or what the form of an answer to one leads to."""
    is_answer = request.method == "POST" and not twin
    return _answer_claim(request) if is_answer else _show_claims(request, twin=twin)


def list_waiting_claims(request: HttpRequest) -> list[MandateClaim]:
    """The claims that whoever asks may answer, the nearest last day first."""
    waiting = [claim for claim in list_claims() if claim.open and can_settle_claim(request, claim)]
    return sorted(waiting, key=lambda claim: (claim.answer_by, claim.position))


def can_settle_claim(request: HttpRequest, claim: MandateClaim) -> bool:
    """Whether whoever asks may answer a claim: nobody does who works for a source of that file as well."""
    allowed = may_settle_claim(get_actor(request), claim, clock.get_today()).allowed
    return allowed and not _works_for_source(request, claim)


def _works_for_source(request: HttpRequest, claim: MandateClaim) -> bool:
    own_sources = {
        account.scope for account in list_own_accounts(request) if account.role in (Role.SOURCE, Role.DECIDER)
    }
    return bool(own_sources) and bool(own_sources & list_stating_sources(claim.subject))


def _may_see_proof(request: HttpRequest, claim: MandateClaim) -> bool:
    """Whoever may answer it; once it is answered only who did, and the overseer."""
    actor = get_actor(request)
    is_own = claim.open or actor.role is Role.OVERSEER or actor.scope == claim.office
    return is_own and can_settle_claim(request, claim)


@require_safe
def download_claim_proof(request: HttpRequest, number: int) -> HttpResponse:
    """The file that was handed in with a claim: for its claimant, and for whoever may answer it."""
    claimed = get_claim(number)
    signed_in = request.user.is_authenticated
    if not signed_in or (get_user_name(request) != claimed.person and not _may_see_proof(request, claimed)):
        raise NotFound(Message(CaseMessage.CLAIM_MISSING, {"position": number}))
    if claimed.evidence is None:
        raise NotFound(_("No file is attached to this claim."))
    return build_evidence_response(claimed.evidence)
