"""Claims to act for a subject: made by a person with a proof, confirmed or refused by an office, with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.access.mandates import LONGEST_YEARS
from goodstanding.errors import BadIdentifier, BadInput, GoodstandingError, NotAllowed, NotFound
from goodstanding.procedure.notices import Exhibit
from goodstanding.register import evidence, file, mandates, project
from goodstanding.register.mandates import Claim
from goodstanding.web import actors, asking
from goodstanding.web.about import about
from goodstanding.web.evidence import evidence_response
from goodstanding.web.models import Account
from goodstanding.web.personal import name_of, own, typed
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import accounts as shapes
from goodstanding.web.views.account import OFFICES, subject_title, title_of

SHOWN_SETTLED = 20


def now() -> datetime:
    """The present instant, for the ledger."""
    return datetime.now(UTC)


def _claim(request: HttpRequest) -> HttpResponse:
    identifier = asking.checked(typed(request, "identifier"), "identifier")
    _on_file(identifier)
    text = mandates.checked_text(typed(request, "text"), "text")
    day, person = actors.today(), name_of(request)
    mandates.claim(person, identifier, text, _proof(request, person, day), day, now())
    project.catch_up()
    return redirect("claim")


def _on_file(identifier: str) -> None:
    try:
        file.whose(identifier)
    except (BadIdentifier, NotFound) as error:
        error.where = "identifier"
        raise


def _proof(request: HttpRequest, person: str, day: date) -> Exhibit | None:
    sent = request.FILES.get("proof")
    return evidence.accept(sent.name or "", sent.file, person, day) if sent else None


def build(request: HttpRequest, problem: Problem | None = None) -> shapes.ClaimPage:
    """The form, and one's own claims, newest first."""
    person, own_claims = name_of(request), []
    for one in reversed(mandates.claims()):
        if one.person == person:
            own_claims.append(line(one))
    asked = typed(request, "identifier") or request.GET.get("identifier", "")[:200]
    return shapes.ClaimPage(
        about=about(),
        name=person,
        claims=own_claims,
        typed=shapes.Typed(identifier=asked, text=typed(request, "text")),
        problem=problem,
        largest=config.current().evidence_bytes,
    )


view = own("claim", _claim)(build)


def line(one: Claim) -> shapes.ClaimLine:
    """A claim as pages and twins say it."""
    proof = one.evidence
    return shapes.ClaimLine(
        number=one.position, subject=one.subject, title=subject_title(one.subject), person=one.person, text=one.text,
        proof=shapes.Proof(name=proof.name, digest=proof.digest, size=proof.size) if proof else None, day=one.day,
        outcome=one.outcome, reason=one.reason, by=one.by, office=title_of(Role.SOURCE, one.office),
        settled_on=one.settled_on,
    )  # fmt: skip


def office_of(request: HttpRequest) -> Actor:
    """Whoever acts for an office; raises NotAllowed for everybody else."""
    actor = actors.actor_of(request)
    if actor.role not in OFFICES or not actor.scope:
        said = _("Claims are settled by a clerk or decider of a source.")
        raise NotAllowed(said, remedy=_("charter article 18: each step names who holds it"))
    return actor


def _settle(request: HttpRequest) -> HttpResponse:
    actor, day = office_of(request), actors.today()
    number = asking.checked(typed(request, "claim"), "claim")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise NotFound(_("There is no such claim."), where="claim", remedy=_("one of those below"))
    if typed(request, "do") == "refuse":
        mandates.refuse(int(number), actor, typed(request, "reason"), day, now())
    elif typed(request, "do") == "confirm":
        _confirm(int(number), actor, asking.day(typed(request, "until"), "until"), day)
    else:
        raise BadInput(_("Nothing was chosen."), where="do", remedy=_("confirm or refuse"))
    project.catch_up()
    return redirect("claims")


def _confirm(number: int, actor: Actor, last_day: date, day: date) -> None:
    """Grants the mandate, and gives its person the account that works as long as it holds."""
    claimed = mandates.claim_at(number)
    user = get_user_model().objects.filter(username=claimed.person, is_active=True).first()
    if user is None:
        raise NotFound(_("This account was closed."), where="claim", remedy=_("refuse the claim"))
    with transaction.atomic():
        mandates.confirm(number, actor, last_day, day, now())
        Account.objects.get_or_create(user=user, role=Role.SUBJECT.value, scope=claimed.subject)


def build_desk(request: HttpRequest, problem: Problem | None = None) -> shapes.ClaimsPage:
    """The claims that wait for this office, oldest first, and the last that it settled."""
    actor, day = office_of(request), actors.today()
    every = mandates.claims()
    settled = [one for one in reversed(every) if one.office == actor.scope][:SHOWN_SETTLED]
    number = typed(request, "claim")
    return shapes.ClaimsPage(
        about=about(),
        office=title_of(actor.role, actor.scope),
        today=day,
        latest=day + timedelta(days=LONGEST_YEARS * 366),
        waiting=[line(one) for one in every if one.open and _theirs(actor, one)],
        settled=[line(one) for one in settled],
        typed=shapes.Typed(
            text=typed(request, "reason"),
            until=typed(request, "until"),
            number=int(number) if number.isascii() and number.isdecimal() else None,
        ),
        problem=problem,
    )


view_desk = own("claims", _settle)(build_desk)


def _theirs(actor: Actor, one: Claim) -> bool:
    try:
        return mandates.settles(actor, one).allowed
    except GoodstandingError:  # nobody holds the identifier any more
        return False


@require_safe
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """The file that was handed in with a claim: for its claimant, and for an office that may settle it."""
    claimed = mandates.claim_at(number)
    signed_in = request.user.is_authenticated
    if not signed_in or (name_of(request) != claimed.person and not _theirs(actors.actor_of(request), claimed)):
        said = _("This file is for whoever claimed, and for the office that settles the claim.")
        raise NotAllowed(said, remedy=_("charter article 19: what is between the parties is for the parties"))
    if claimed.evidence is None:
        raise NotFound(_("No file came with this claim."))
    return evidence_response(claimed.evidence)
