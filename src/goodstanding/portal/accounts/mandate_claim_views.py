"""Claims to act for a subject: made by a person with a proof, confirmed or refused by an office, with a reason."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.access.mandates import LONGEST_MANDATE_YEARS
from goodstanding.errors import BadIdentifier, BadInput, GoodstandingError, NotAllowed, NotFound
from goodstanding.portal.accounts.schemas import ClaimDeskPage, ClaimLine, ClaimPage, ClaimProof, EnteredMandate
from goodstanding.portal.accounts.views import OFFICE_ROLES
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.cases.mandates import (
    MandateClaim,
    append_claim_refusal,
    claim_mandate,
    confirm_claim,
    get_claim,
    list_claims,
    may_settle_claim,
)
from goodstanding.register.files.subjects import find_subject_id
from goodstanding.register.storage.event_text import check_event_text
from goodstanding.register.storage.evidence_store import accept_exhibit
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.downloads import build_evidence_response
from goodstanding.web.http.parameters import check_short_text, parse_day
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import get_user_name, make_signed_in_view, read_posted_text
from goodstanding.web.models import Account
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.wording.role_titles import get_scope_title, get_subject_title

SHOWN_SETTLED = 20


def _submit_claim(request: HttpRequest) -> HttpResponse:
    identifier = check_short_text(read_posted_text(request, "identifier"), "identifier")
    _refuse_if_not_on_file(identifier)
    text = check_event_text(read_posted_text(request, "text"), "text")
    day, person = clock.get_today(), get_user_name(request)
    claim_mandate(person, identifier, text, _accept_proof(request, person, day), day, clock.get_now())
    return redirect("claim")


def _refuse_if_not_on_file(identifier: str) -> None:
    try:
        find_subject_id(identifier)
    except (BadIdentifier, NotFound) as error:
        error.where = "identifier"
        raise


def _accept_proof(request: HttpRequest, person: str, day: date) -> Exhibit | None:
    sent = request.FILES.get("proof")
    return accept_exhibit(sent.name or "", sent.file, person, day) if sent else None


def build_claim_page(request: HttpRequest, problem: ProblemSchema | None = None) -> ClaimPage:
    """The form, and one's own claims, newest first."""
    person, own_claims = get_user_name(request), []
    for claim in reversed(list_claims()):
        if claim.person == person:
            own_claims.append(present_claim(claim))
    identifier = read_posted_text(request, "identifier") or request.GET.get("identifier", "")[:200]
    return ClaimPage(
        about=describe_register(),
        name=person,
        claims=own_claims,
        typed=EnteredMandate(identifier=identifier, text=read_posted_text(request, "text")),
        problem=problem,
        largest=config.get_current_register().evidence_bytes,
    )


show_claim_page = make_signed_in_view("portal/accounts/claim.html", _submit_claim)(build_claim_page)


def present_claim(claim: MandateClaim) -> ClaimLine:
    """A claim as pages and twins say it."""
    proof = claim.evidence
    return ClaimLine(
        number=claim.position, subject=claim.subject, title=get_subject_title(claim.subject), person=claim.person,
        text=claim.text,
        proof=ClaimProof(name=proof.name, digest=proof.digest, size=proof.size) if proof else None, day=claim.day,
        outcome=claim.outcome, reason=claim.reason, by=claim.by, office=get_scope_title(Role.SOURCE, claim.office),
        settled_on=claim.settled_on,
    )  # fmt: skip


def get_office_actor(request: HttpRequest) -> Actor:
    """Whoever acts for an office; raises NotAllowed for everybody else."""
    actor = get_actor(request)
    if actor.role not in OFFICE_ROLES or not actor.scope:
        message = _("Claims are settled by a clerk or decider of a source.")
        raise NotAllowed(message, remedy=_("charter article 18: each step names who holds it"))
    return actor


def _settle_claim(request: HttpRequest) -> HttpResponse:
    actor, day = get_office_actor(request), clock.get_today()
    number = check_short_text(read_posted_text(request, "claim"), "claim")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise NotFound(_("There is no such claim."), where="claim", remedy=_("one of those below"))
    if read_posted_text(request, "do") == "refuse":
        append_claim_refusal(int(number), actor, read_posted_text(request, "reason"), day, clock.get_now())
    elif read_posted_text(request, "do") == "confirm":
        _confirm_claim(int(number), actor, parse_day(read_posted_text(request, "until"), "until"), day)
    else:
        raise BadInput(_("Nothing was chosen."), where="do", remedy=_("confirm or refuse"))
    return redirect("claims")


def _confirm_claim(number: int, actor: Actor, last_day: date, day: date) -> None:
    """Grants the mandate, and gives its person the account that works as long as it holds."""
    claimed = get_claim(number)
    user = get_user_model().objects.filter(username=claimed.person, is_active=True).first()
    if user is None:
        raise NotFound(_("This account was closed."), where="claim", remedy=_("refuse the claim"))
    with transaction.atomic():
        confirm_claim(number, actor, last_day, day, clock.get_now())
        Account.objects.get_or_create(user=user, role=Role.SUBJECT.value, scope=claimed.subject)


def build_claims_page(request: HttpRequest, problem: ProblemSchema | None = None) -> ClaimDeskPage:
    """The claims that wait for this office, oldest first, and the last that it settled."""
    actor, day = get_office_actor(request), clock.get_today()
    claims = list_claims()
    settled = [claim for claim in reversed(claims) if claim.office == actor.scope][:SHOWN_SETTLED]
    number = read_posted_text(request, "claim")
    return ClaimDeskPage(
        about=describe_register(),
        office=get_scope_title(actor.role, actor.scope),
        today=day,
        latest=day + timedelta(days=LONGEST_MANDATE_YEARS * 366),
        waiting=[present_claim(claim) for claim in claims if claim.open and _can_settle_claim(actor, claim)],
        settled=[present_claim(claim) for claim in settled],
        typed=EnteredMandate(
            text=read_posted_text(request, "reason"),
            until=read_posted_text(request, "until"),
            number=int(number) if number.isascii() and number.isdecimal() else None,
        ),
        problem=problem,
    )


show_claims_page = make_signed_in_view("portal/accounts/claims.html", _settle_claim)(build_claims_page)


def _can_settle_claim(actor: Actor, claim: MandateClaim) -> bool:
    try:
        return may_settle_claim(actor, claim).allowed
    except GoodstandingError:  # nobody holds the identifier any more
        return False


@require_safe
def download_claim_proof(request: HttpRequest, number: int) -> HttpResponse:
    """The file that was handed in with a claim: for its claimant, and for an office that may settle it."""
    claimed = get_claim(number)
    signed_in = request.user.is_authenticated
    if not signed_in or (
        get_user_name(request) != claimed.person and not _can_settle_claim(get_actor(request), claimed)
    ):
        message = _("This file is for whoever claimed, and for the office that settles the claim.")
        raise NotAllowed(message, remedy=_("charter article 19: what is between the parties is for the parties"))
    if claimed.evidence is None:
        raise NotFound(_("No file came with this claim."))
    return build_evidence_response(claimed.evidence)
