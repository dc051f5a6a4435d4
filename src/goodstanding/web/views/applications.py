"""Applications for a listing: for whoever made them, the clerks of their source, and the overseer."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodstanding.access import Actor, Role
from goodstanding.access.acts import ApplicationResource, may_apply, may_see_application
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.procedure.notices import Exhibit
from goodstanding.register import applications
from goodstanding.register.applications import Application, Complaint
from goodstanding.register.became import became
from goodstanding.web import actors, asking
from goodstanding.web.about import about
from goodstanding.web.applying import forms, money, said
from goodstanding.web.applying.forms import Doing
from goodstanding.web.evidence import evidence_response
from goodstanding.web.hearings import attaching
from goodstanding.web.models import Account
from goodstanding.web.paging import paging
from goodstanding.web.personal import name_of, own
from goodstanding.web.shapes import applications as shapes
from goodstanding.web.shapes import cases
from goodstanding.web.views.account import title_of

PER_PAGE = 50
FARTHEST = 2**53
SEEING = (Role.APPLICANT, Role.SOURCE, Role.OVERSEER)
DONE = ("applied", *(one.value for one in Doing))
ACTS = {
    Doing.DECLINE: "ApplicationDeclined",
    Doing.COMPLAIN: "ComplaintFiled",
    Doing.ANSWER: "ComplaintAnswered",
}


def build(request: HttpRequest) -> shapes.ApplicationsPage:
    """The applications that whoever asks may see: what waits for them first, then the newest."""
    actor, day, number = actors.shown_actor(request), actors.today(), asking.page_number(request)
    seen = sorted(applications.seen_by(actor), key=lambda one: not _waits(one, actor))
    shown = seen[(number - 1) * PER_PAGE : number * PER_PAGE]
    return shapes.ApplicationsPage(
        about=about(),
        role=actor.role.value if actor.role in SEEING else "",
        name=name_of(request),
        part=any(one.role == Role.APPLICANT for one in actors.accounts_of(request)),
        lines=[said.line(one, day) for one in shown],
        waiting=sum(_waits(one, actor) for one in seen),
        unanswered=_unanswered(applications.silence(day)) if actor.role is Role.OVERSEER else [],
        paging=paging(number, PER_PAGE, len(seen), len(shown)),
        done=_done(request),
    )


view = own("applications")(build)


def _waits(one: Application, actor: Actor) -> bool:
    """Whether an application waits for this actor to answer it."""
    return one.complained is not None if actor.role is Role.OVERSEER else one.open and actor.role is Role.SOURCE


def _unanswered(found: Counter[str]) -> list[shapes.Unanswered]:
    return [
        shapes.Unanswered(source=source, source_name=title_of(Role.SOURCE, source), total=total)
        for source, total in found.most_common()
    ]


def _done(request: HttpRequest) -> str:
    return next((one for one in DONE if one == request.GET.get("done")), "")


def opened(request: HttpRequest, position: int) -> tuple[Application, Actor]:
    """An application, and who asks; raises NotAllowed for everybody but its applicant, its source and the overseer."""
    actor = actors.actor_of(request)
    if actor.role not in SEEING:
        raise _closed(actor)
    if position >= FARTHEST:
        raise NotFound(_("There is no such application."), remedy=_("one of yours: /applications"))
    found = applications.application(position)
    if not may_see_application(actor, found.resource).allowed:
        raise _closed(actor)
    return found, actor


def _closed(actor: Actor) -> NotAllowed:
    because = may_see_application(actor, ApplicationResource()).because
    return NotAllowed(_("Applications are for those who made them."), remedy=because)


def build_one(request: HttpRequest, position: int) -> shapes.ApplicationPage:
    """One application, word for word, what became of it, and what whoever asks can do."""
    one, actor = opened(request, position)
    return shapes.ApplicationPage(
        about=about(),
        line=said.line(one, actors.today()),
        role=actor.role.value,
        because=may_see_application(actor, one.resource).because,
        text=one.asked.text,
        amount=money.shown(one.asked.amount),
        evidence=[_exhibit(each, position) for each in one.asked.evidence],
        declined_by=one.declined_by,
        declined_on=one.declined_on,
        reasons=one.reasons,
        complaints=[_complaint(each) for each in one.complaints],
        doings=doings(one, actor),
        done=_done(request),
    )


view_one = own("application")(build_one)


def _exhibit(one: Exhibit, position: int) -> cases.Exhibit:
    address = f"/applications/{position}/evidence/{one.digest}"
    return cases.Exhibit(
        name=one.name, digest=one.digest, size=one.size, type=one.media_type, title=attaching.kind(one.media_type),
        address=address, by="", position=position,
    )  # fmt: skip


def _complaint(one: Complaint) -> shapes.ComplaintPart:
    return shapes.ComplaintPart(
        position=one.position, text=one.text, day=one.day, answer=one.answer, answered_by=one.answered_by,
        answered_on=one.answered_on,
    )  # fmt: skip


def doings(one: Application, actor: Actor) -> list[shapes.Doing]:
    """What an actor can do with an application today, the likeliest first."""
    found = []
    if one.open and may_apply(actor, "ApplicationProposed", one.resource).allowed:
        address = f"/desk/propose?application={one.position}"
        found.append(shapes.Doing(act="propose", title=_("Propose a listing"), address=address))
    if actor.role is Role.APPLICANT and became(one, actors.today()).confirm:
        found.append(_doing(one, Doing.PERFORMED))
    open_now = {Doing.DECLINE: one.open, Doing.COMPLAIN: one.complained is None, Doing.ANSWER: bool(one.complained)}
    theirs = (doing for doing, act in ACTS.items() if open_now[doing] and may_apply(actor, act, one.resource).allowed)
    return [*found, *(_doing(one, doing) for doing in theirs)]


def _doing(one: Application, doing: Doing) -> shapes.Doing:
    title, address = forms.words(doing).title, f"/applications/{one.position}/{doing.value}"
    return shapes.Doing(act=doing.value, title=title, address=address)


@require_safe
def evidence(request: HttpRequest, position: int, digest: str) -> HttpResponse:
    """A file that came with an application, as a download."""
    one, _actor = opened(request, position)
    found = next((each for each in one.asked.evidence if each.digest == digest), None)
    if found is None:
        raise NotFound(_("No such file came with this application."), where=str(position))
    return evidence_response(found)


@require_POST
def take_part(request: HttpRequest) -> HttpResponse:
    """Lets whoever is signed in act as an applicant: it gives them no right over anybody else."""
    if not request.user.is_authenticated:
        raise NotAllowed(_("This is for whoever is signed in."), remedy=_("sign in first: /sign-in"))
    account, _new = Account.objects.get_or_create(user=request.user, role=Role.APPLICANT.value, scope="")
    request.session[actors.CHOSEN] = account.pk
    return HttpResponseRedirect("/applications", status=303)
