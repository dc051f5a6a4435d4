"""Applications for a listing: for whoever made them, the clerks of their source, and the overseer."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodstanding.access import Actor, Role
from goodstanding.access.case_acts import ApplicationResource, may_apply, may_see_application
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.messages import CaseMessage, Message
from goodstanding.portal.applications.forms import ApplicationAct, describe_application_form
from goodstanding.portal.applications.presenters import present_application
from goodstanding.portal.applications.schemas import (
    ApplicationActLink,
    ApplicationPage,
    ApplicationsPage,
    ComplaintSchema,
    UnansweredCount,
)
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.cases.application_status import get_status
from goodstanding.register.cases.applications import (
    Application,
    Complaint,
    count_silent_applications,
    get_application,
    list_visible_applications,
)
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.web.forms.attachments import name_media_type
from goodstanding.web.forms.money import format_amount
from goodstanding.web.http import clock
from goodstanding.web.http.actors import CHOSEN_ACCOUNT_KEY, get_actor, get_actor_or_anybody, list_own_accounts
from goodstanding.web.http.downloads import build_evidence_response
from goodstanding.web.http.errors import render_message
from goodstanding.web.http.pagination import build_paging
from goodstanding.web.http.parameters import read_page_number
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import get_user_name, make_signed_in_view
from goodstanding.web.models import Account
from goodstanding.web.schemas.forms import ExhibitSchema
from goodstanding.web.wording.role_titles import get_scope_title

PER_PAGE = 50
FARTHEST = 2**53
SEEING_ROLES = (Role.APPLICANT, Role.SOURCE, Role.OVERSEER)
DONE_ACTS = ("applied", *(application_act.value for application_act in ApplicationAct))
EVENT_KIND_BY_ACT = {
    ApplicationAct.DECLINE: EventKind.APPLICATION_DECLINED,
    ApplicationAct.COMPLAIN: EventKind.COMPLAINT_FILED,
    ApplicationAct.ANSWER: EventKind.COMPLAINT_ANSWERED,
}


def build_applications_page(request: HttpRequest) -> ApplicationsPage:
    """The applications that whoever asks may see: what waits for them first, then the newest."""
    actor, moment, number = get_actor_or_anybody(request), clock.get_moment(), read_page_number(request)
    visible_applications = sorted(
        list_visible_applications(actor), key=lambda application: not _is_waiting(application, actor)
    )
    shown = visible_applications[(number - 1) * PER_PAGE : number * PER_PAGE]
    return ApplicationsPage(
        about=describe_register(),
        role=actor.role.value if actor.role in SEEING_ROLES else "",
        name=get_user_name(request),
        part=any(account.role == Role.APPLICANT for account in list_own_accounts(request)),
        lines=[present_application(application, moment) for application in shown],
        waiting=sum(_is_waiting(application, actor) for application in visible_applications),
        unanswered=_present_unanswered(count_silent_applications(moment)) if actor.role is Role.OVERSEER else [],
        paging=build_paging(number, PER_PAGE, len(visible_applications), len(shown)),
        done=_read_done_act(request),
    )


show_applications_page = make_signed_in_view("portal/applications/list.html")(build_applications_page)


def _is_waiting(application: Application, actor: Actor) -> bool:
    """Whether an application waits for this actor to answer it."""
    return (
        application.open_complaint is not None
        if actor.role is Role.OVERSEER
        else application.open and actor.role is Role.SOURCE
    )


def _present_unanswered(unanswered_by_source: Counter[str]) -> list[UnansweredCount]:
    return [
        UnansweredCount(source=source, source_name=get_scope_title(Role.SOURCE, source), total=total)
        for source, total in unanswered_by_source.most_common()
    ]


def _read_done_act(request: HttpRequest) -> str:
    return next((done_act for done_act in DONE_ACTS if done_act == request.GET.get("done")), "")


def get_visible_application(request: HttpRequest, position: int) -> tuple[Application, Actor]:
    """An application, and who asks; for everybody but its applicant, its source and the overseer there is none."""
    actor = get_actor(request)
    if actor.role not in SEEING_ROLES:
        raise _build_refusal(actor)
    missing = NotFound(Message(CaseMessage.APPLICATION_MISSING, {"position": position}))
    if position >= FARTHEST:
        raise missing
    application = get_application(position)
    if not may_see_application(actor, application.resource).allowed:
        raise missing
    return application, actor


def _build_refusal(actor: Actor) -> NotAllowed:
    because = may_see_application(actor, ApplicationResource()).because
    return NotAllowed(_("Applications are for those who made them."), remedy=because)


def build_application_page(request: HttpRequest, position: int) -> ApplicationPage:
    """One application, word for word, what became of it, and what whoever asks can do."""
    application, actor = get_visible_application(request, position)
    return ApplicationPage(
        about=describe_register(),
        line=present_application(application, clock.get_moment()),
        role=actor.role.value,
        because=render_message(may_see_application(actor, application.resource).because),
        text=application.request.text,
        amount=format_amount(application.request.amount),
        evidence=[_present_exhibit(exhibit, position) for exhibit in application.request.evidence],
        declined_by=application.declined_by,
        declined_on=application.declined_on,
        reasons=application.reasons,
        complaints=[_present_complaint(complaint) for complaint in application.complaints],
        doings=list_offered_acts(application, actor),
        done=_read_done_act(request),
    )


show_application_page = make_signed_in_view("portal/applications/detail.html")(build_application_page)


def _present_exhibit(exhibit: Exhibit, position: int) -> ExhibitSchema:
    address = reverse("application-evidence", args=[position, exhibit.digest])
    return ExhibitSchema(
        name=exhibit.name, digest=exhibit.digest, size=exhibit.size, type=exhibit.media_type,
        title=name_media_type(exhibit.media_type),
        address=address, by="", position=position,
    )  # fmt: skip


def _present_complaint(complaint: Complaint) -> ComplaintSchema:
    return ComplaintSchema(
        position=complaint.position, text=complaint.text, day=complaint.day, answer=complaint.answer,
        answered_by=complaint.answered_by,
        answered_on=complaint.answered_on,
    )  # fmt: skip


def list_offered_acts(application: Application, actor: Actor) -> list[ApplicationActLink]:
    """What an actor can do with an application today, the likeliest first."""
    offered_acts = []
    if application.open and may_apply(actor, EventKind.APPLICATION_PROPOSED, application.resource).allowed:
        address = f"{reverse('propose')}?application={application.position}"
        offered_acts.append(ApplicationActLink(act="propose", title=_("Propose a listing"), address=address))
    if (
        actor.role is Role.APPLICANT
        and get_status(application, clock.get_day_in(application.request.catalogue)).confirm
    ):
        offered_acts.append(_present_offered_act(application, ApplicationAct.PERFORMED))
    open_now = {
        ApplicationAct.DECLINE: application.open,
        ApplicationAct.COMPLAIN: application.open_complaint is None,
        ApplicationAct.ANSWER: bool(application.open_complaint),
    }
    allowed_acts = (
        application_act
        for application_act, event_kind in EVENT_KIND_BY_ACT.items()
        if open_now[application_act] and may_apply(actor, event_kind, application.resource).allowed
    )
    return [*offered_acts, *(_present_offered_act(application, application_act) for application_act in allowed_acts)]


def _present_offered_act(application: Application, application_act: ApplicationAct) -> ApplicationActLink:
    title, address = (
        describe_application_form(application_act).title,
        reverse("application-act", args=[application.position, application_act.value]),
    )
    return ApplicationActLink(act=application_act.value, title=title, address=address)


@require_safe
def download_application_evidence(request: HttpRequest, position: int, digest: str) -> HttpResponse:
    """A file that came with an application, as a download."""
    application, _actor = get_visible_application(request, position)
    exhibit = next((candidate for candidate in application.request.evidence if candidate.digest == digest), None)
    if exhibit is None:
        raise NotFound(_("No such file came with this application."), where=str(position))
    return build_evidence_response(exhibit)


@require_POST
def take_applicant_role(request: HttpRequest) -> HttpResponse:
    """Lets whoever is signed in act as an applicant: it gives them no right over anybody else."""
    if not request.user.is_authenticated:
        raise NotAllowed(
            _("Sign in to use this page."),
            remedy=_("Sign in at %(address)s.") % {"address": reverse("sign-in")},
        )
    account, _new = Account.objects.get_or_create(user=request.user, role=Role.APPLICANT.value, scope="")
    request.session[CHOSEN_ACCOUNT_KEY] = account.pk
    return HttpResponseRedirect(reverse("applications"), status=303)
