"""Acts about applications: a form, a page that shows once more what will be sent, and the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor, Role
from goodstanding.errors import NotAllowed, NotFound, NotPossible
from goodstanding.portal.applications.forms import ApplicationAct, ApplicationActForm, NewApplicationForm
from goodstanding.portal.applications.presenters import present_application
from goodstanding.portal.applications.schemas import ApplicationActPage
from goodstanding.portal.applications.views import get_visible_application, list_offered_acts
from goodstanding.procedure.case_states import Act
from goodstanding.register.cases.acts import append_act
from goodstanding.register.cases.application_acts import (
    answer_complaint,
    decline_application,
    file_complaint,
    list_application_events,
    submit_application,
)
from goodstanding.register.cases.applications import Application, get_application, list_own_applications
from goodstanding.register.cases.case_file import get_case
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.parameters import read_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.page_frame import PageLink

APPENDERS = {
    ApplicationAct.DECLINE: decline_application,
    ApplicationAct.COMPLAIN: file_complaint,
    ApplicationAct.ANSWER: answer_complaint,
}
ApplicationForm = NewApplicationForm | ApplicationActForm


class _ApplicationFormView(ReviewFormView):
    """What the page of a new application and that of an act about one have in common."""

    template = "portal/applications/act.html"
    application: Application | None = None

    def build_page(self, form: ApplicationForm, stage: ReviewStage, review: Mapping[str, Any]) -> ApplicationActPage:
        """The page of the form."""
        application = self.application
        return ApplicationActPage(
            about=describe_register(),
            act=form.act.value,
            stage=stage,
            line=present_application(application, clock.get_moment()) if application else None,
            form=form.present(self.request.path, self.find_version(form)),
        )


class NewApplicationView(_ApplicationFormView):
    """The form of an application; a look at what will be sent; or the application that was made."""

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Who applies; raises NotAllowed for whoever does not act as an applicant."""
        super().setup(request, *arguments, **parameters)
        self.actor = _get_applicant(request)

    def build_form(self, data: Any = None, uploads: Any = None) -> NewApplicationForm:
        """The form; empty, it is filled as its address says."""
        initial = {} if data else {name: read_text(self.request, name) for name in ("list", "identifier", "name")}
        return NewApplicationForm(self.actor, clock.get_today(), data, uploads, initial)

    def list_events(self, form: NewApplicationForm) -> dict[int, PageLink] | None:
        """The applications that they made about the same subject."""
        if form.request is None:
            return None
        return {
            application.position: _link_application(application, _("Application %(number)s of yours is about the same"))
            for application in list_own_applications(self.actor.name, form.request.identifier)
        }

    def send(self, form: NewApplicationForm) -> str:
        """Makes the application."""
        assert form.request
        application = submit_application(
            form.request, self.actor, clock.get_day_in(form.request.catalogue), clock.get_now(), form.version_seen
        )
        return f"{reverse('application', args=[application.position])}?done={form.act.value}"


class ApplicationActView(_ApplicationFormView):
    """The form of an act about one application; a look at what will be sent; or the act itself."""

    application: Application

    def setup(self, request: HttpRequest, *arguments: Any, position: int, doing: str, **parameters: Any) -> None:
        """Which act about which application, by whom; raises NotFound for an act that is none."""
        super().setup(request, *arguments, **parameters)
        self.application, self.actor = get_visible_application(request, position)
        acts = {act.value: act for act in ApplicationAct if act is not ApplicationAct.APPLY}
        if doing not in acts:
            raise NotFound(_("There is no such act."), where=doing[:100])
        self.act = acts[doing]

    def get(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """The empty form; raises NotPossible where the act is not open."""
        if reason := self.explain_refusal():
            raise NotPossible(reason, remedy=_("what the application’s own page offers"))
        return super().get(request, **parameters)

    def build_form(self, data: Any = None, uploads: Any = None) -> ApplicationActForm:
        """The form, with what was sent."""
        return ApplicationActForm(self.act, data)

    def list_events(self, form: ApplicationActForm) -> dict[int, PageLink]:
        """What was done with the application, and in the case that it led to."""
        events = list_application_events(self.application)
        return {position: self._link_event(kind) for position, kind in events.items()}

    def _link_event(self, kind: str) -> PageLink:
        if title := _name_events().get(kind):
            return _link_application(self.application, title)
        case = self.application.case
        title = _("Something was done in GS-%(number)s") % {"number": case}
        return PageLink(title=title, address=reverse("case", args=[case]))

    def reload(self) -> None:
        """The application with what was done with it meanwhile."""
        self.application = get_application(self.application.position)

    def explain_refusal(self) -> str:
        """Why the act is not open to them now; nothing where it is."""
        offered_acts = {offered_act.act for offered_act in list_offered_acts(self.application, self.actor)}
        return "" if self.act in offered_acts else _("This is not open to you now.")

    def send(self, form: ApplicationActForm) -> str:
        """Does the act."""
        text, position = form.cleaned_data["text"], self.application.position
        day, now = clock.get_day_in(self.application.request.catalogue), clock.get_now()
        if self.act is ApplicationAct.PERFORMED:
            case = self.application.case if self.application.case is not None else -1
            append_act(case, Act.PERFORM, self.actor, day, now, self._count_seen_acts(case, form), text=text)
        else:
            APPENDERS[self.act](position, self.actor, day, now, text, form.version_seen)
        return f"{reverse('application', args=[position])}?done={self.act.value}"

    def _count_seen_acts(self, case: int, form: ApplicationActForm) -> int:
        """How many acts of its case the sender had seen: those up to the newest event that they had."""
        return sum(case_act.position <= (form.version_seen or 0) for case_act in get_case(case).acts)


def _get_applicant(request: HttpRequest) -> Actor:
    actor = get_actor(request)
    if actor.role is not Role.APPLICANT:
        message = _("You need the role of applicant to apply.")
        raise NotAllowed(message, remedy=_("Take this role at /applications: anybody who is signed in can."))
    return actor


def _name_events() -> dict[str, str]:
    return {
        EventKind.APPLICATION_PROPOSED: _("A listing was proposed because of it"),
        EventKind.APPLICATION_DECLINED: _("It was declined"),
        EventKind.COMPLAINT_FILED: _("A complaint was made about it"),
        EventKind.COMPLAINT_ANSWERED: _("The complaint was answered"),
    }


def _link_application(application: Application, title: str) -> PageLink:
    title = title % {"number": application.position} if "%(" in title else title
    return PageLink(title=title, address=reverse("application", args=[application.position]))


show_new_application_page = NewApplicationView.as_view()
show_application_act_page = ApplicationActView.as_view()
