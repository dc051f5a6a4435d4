"""Who acts for a subject: seen and revoked by its representatives, and by the office that granted the mandate."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodstanding.access import Actor, Role
from goodstanding.access.mandates import Mandate
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.register import mandates, project
from goodstanding.web import actors, asking
from goodstanding.web.about import about
from goodstanding.web.personal import own, typed
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import accounts as shapes
from goodstanding.web.views.account import OFFICES, subject_title, title_of
from goodstanding.web.views.claims import now


def _revoke(request: HttpRequest) -> HttpResponse:
    number = asking.checked(typed(request, "mandate"), "mandate")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise NotFound(_("There is no such mandate."), where="mandate", remedy=_("one of those below"))
    mandates.revoke(int(number), actors.actor_of(request), typed(request, "reason"), actors.today(), now())
    project.catch_up()
    return redirect("representatives")


def build(request: HttpRequest, problem: Problem | None = None) -> shapes.RepresentativesPage:
    """The mandates that the asker may see: those that hold first, then the latest."""
    actor, day = actors.actor_of(request), actors.today()
    held = sorted(_seen(actor), key=lambda one: (not one.holds(day), -one.position))
    number = typed(request, "mandate")
    return shapes.RepresentativesPage(
        about=about(),
        role=actor.role.value,
        scope=title_of(actor.role, actor.scope),
        mandates=[_line(one, actor, day) for one in held],
        typed=shapes.Typed(
            text=typed(request, "reason"), number=int(number) if number.isascii() and number.isdecimal() else None
        ),
        problem=problem,
    )


view = own("representatives", _revoke)(build)


def _seen(actor: Actor) -> list[Mandate]:
    if actor.role is Role.SUBJECT:
        return mandates.of_subject(mandates.identifiers_of(actor.scope))
    if actor.role in OFFICES and actor.scope:
        return [one for one in mandates.mandates() if one.office == actor.scope]
    said = _("Mandates are for a subject's representatives, and for the office that granted them.")
    raise NotAllowed(said, remedy=_("charter article 19: what is between the parties is for the parties"))


def _line(one: Mandate, actor: Actor, day: date) -> shapes.MandateLine:
    return shapes.MandateLine(
        number=one.position, subject=one.subject, title=subject_title(one.subject), person=one.person, by=one.by,
        office=title_of(Role.SOURCE, one.office), granted_on=one.granted_on, last_day=one.last_day,
        holds=one.holds(day), ended_on=None if one.holds(day) else one.ended_on, revoked_by=one.revoked_by,
        reason=one.reason, own=one.person == actor.name,
    )  # fmt: skip
