"""How pages speak of applications: whom they are about, and what became of them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.access import Role
from goodstanding.errors import BadInput
from goodstanding.portal.applications.schemas import ApplicationLine
from goodstanding.procedure.intervals import compute_last_day, find_last_day
from goodstanding.register.cases.application_status import OVER, ApplicationState, ApplicationStatus, get_status
from goodstanding.register.cases.applications import Application
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.enacted_catalogues import get_list_rule
from goodstanding.web.wording.case_terms import format_day
from goodstanding.web.wording.role_titles import get_scope_title


def present_application(application: Application, moment: PointInTime) -> ApplicationLine:
    """An application and where it stands at a moment."""
    status = get_status(application, moment.case_day(application.request.catalogue))
    return ApplicationLine(
        position=application.position,
        list=application.request.list,
        list_title=name_list(application.request.list),
        source=application.request.source,
        source_name=get_scope_title(Role.SOURCE, application.request.source),
        name=application.request.name,
        identifier=application.request.identifier,
        by=application.by,
        day=application.day,
        state=status.state.value,
        state_title=name_application_state(status.state),
        says=describe_application_status(status),
        since=status.since,
        until=status.until,
        last_day=find_last_day(status.until),
        case=status.case,
        over=status.state in OVER,
        complaint=application.open_complaint is not None,
    )


def name_list(listed: str) -> str:
    """The title of a list; its name where its rules are in force no longer."""
    try:
        catalogue, key = get_list_rule(listed)
    except BadInput:
        return listed
    return catalogue.lists[key].title


def name_application_state(state: ApplicationState) -> str:
    """Where an application stands, in a word or two."""
    titles = {
        ApplicationState.RECEIVED: _("Received"),
        ApplicationState.UNANSWERED: _("No answer"),
        ApplicationState.DECLINED: _("Declined"),
        ApplicationState.PROPOSED: _("Proposed"),
        ApplicationState.DECIDED: _("Decided"),
        ApplicationState.LISTED: _("Listed"),
        ApplicationState.APPEALED: _("Appealed"),
        ApplicationState.PERFORMED: _("Performed"),
        ApplicationState.REJECTED: _("Not upheld"),
        ApplicationState.ENDED: _("Over"),
    }
    return titles[state]


def describe_application_status(status: ApplicationStatus) -> str:
    """What became of an application, in a sentence."""
    named = {
        "since": format_day(status.since),
        "last": format_day(compute_last_day(status.until)) if status.until else "",
        "case": f"GS-{status.case}",
    }
    status_text = {
        ApplicationState.RECEIVED: _("The source can answer until the end of %(last)s."),
        ApplicationState.UNANSWERED: _(
            "The source let twenty working days pass without an answer. That is counted, and the overseer sees it."
        ),
        ApplicationState.DECLINED: _("The source declined it on %(since)s, with its reasons."),
        ApplicationState.PROPOSED: _(
            "The source proposed a listing as %(case)s. The subject is heard before anything is decided."
        ),
        ApplicationState.DECIDED: _("%(case)s was decided on %(since)s. Nothing is in force before that is served."),
        ApplicationState.LISTED: _("%(case)s put it on the list, since %(since)s."),
        ApplicationState.APPEALED: _("The subject appealed in %(case)s. Nothing is in force while that is heard."),
        ApplicationState.PERFORMED: _("Payment or performance was confirmed on %(since)s, so %(case)s is over."),
        ApplicationState.REJECTED: _("%(case)s was decided against a listing, or the decision fell, on %(since)s."),
        ApplicationState.ENDED: _("%(case)s is over since %(since)s."),
    }[status.state]
    return status_text % named
