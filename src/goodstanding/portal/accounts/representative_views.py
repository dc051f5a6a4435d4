"""Who acts for a subject: seen by its representatives, the office that granted the mandate, and the overseer."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodstanding.access import Actor, Role
from goodstanding.access.mandates import OVERSEERS_OFFICE, Mandate, find_seniority, may_revoke_mandate
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.portal.accounts.schemas import EnteredMandate, MandateLine, RepresentativesPage
from goodstanding.portal.accounts.views import OFFICE_ROLES
from goodstanding.register.cases.claims.claim_subjects import list_identifiers
from goodstanding.register.cases.mandates import (
    list_mandates,
    list_mandates_of_subject,
    revoke_mandate,
)
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.parameters import check_short_text, parse_number
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import make_signed_in_view, read_posted_text
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.wording.role_titles import get_office_title, get_scope_title, get_subject_title


def _revoke_mandate(request: HttpRequest) -> HttpResponse:
    number = parse_number(check_short_text(read_posted_text(request, "mandate"), "mandate"))
    if number is None:
        raise NotFound(_("There is no such mandate."), where="mandate", remedy=_("one of those below"))
    revoke_mandate(number, get_actor(request), read_posted_text(request, "reason"), clock.get_today(), clock.get_now())
    return redirect("representatives")


def build_representatives_page(request: HttpRequest, problem: ProblemSchema | None = None) -> RepresentativesPage:
    """The mandates that the asker may see: those that hold first, then the latest."""
    actor, day = get_actor(request), clock.get_today()
    visible_mandates = sorted(
        _list_visible_mandates(actor), key=lambda mandate: (mandate.ended_on <= day, -mandate.position)
    )
    return RepresentativesPage(
        about=describe_register(),
        role=actor.role.value,
        scope=get_scope_title(actor.role, actor.scope) or get_office_title(OVERSEERS_OFFICE),
        mandates=[_present_mandate(mandate, actor, day, visible_mandates) for mandate in visible_mandates],
        typed=EnteredMandate(
            text=read_posted_text(request, "reason"),
            number=parse_number(read_posted_text(request, "mandate")),
        ),
        problem=problem,
    )


show_representatives_page = make_signed_in_view("portal/accounts/representatives.html", _revoke_mandate)(
    build_representatives_page
)


def _list_visible_mandates(actor: Actor) -> list[Mandate]:
    if actor.role is Role.SUBJECT:
        return list_mandates_of_subject(list_identifiers(actor.scope))
    if actor.role is Role.OVERSEER:
        return list_mandates()
    if actor.role in OFFICE_ROLES and actor.scope:
        return [mandate for mandate in list_mandates() if mandate.office == actor.scope]
    message = _("Mandates are for a subject's representatives, and for the office that granted them.")
    raise NotAllowed(message, remedy=_("charter article 19: what is between the parties is for the parties"))


def _present_mandate(mandate: Mandate, actor: Actor, day: date, visible_mandates: list[Mandate]) -> MandateLine:
    own_subject = (actor.scope,) if actor.role is Role.SUBJECT else ()
    seniority = find_seniority(visible_mandates, actor.name, day) if own_subject else None
    is_over, scopes = mandate.ended_on <= day, (*own_subject, mandate.subject)
    revocable = not is_over and may_revoke_mandate(actor, mandate, scopes, seniority).allowed
    return MandateLine(
        number=mandate.position, subject=mandate.subject, title=get_subject_title(mandate.subject),
        person=mandate.person, by=mandate.by, office=get_office_title(mandate.office), granted_on=mandate.granted_on,
        first_day=mandate.first_day, last_day=mandate.last_day, holds=mandate.holds(day), waits=mandate.waits(day),
        revocable=revocable, ended_on=mandate.ended_on if is_over else None, revoked_by=mandate.revoked_by,
        reason=mandate.reason, own=mandate.person == actor.name,
    )  # fmt: skip
