"""Acts about applications: a form, a page that shows once more what will be sent, and the act itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor, Role
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.portal.applications.forms import (
    FIELD_NAMES,
    NEW_APPLICATION,
    ApplicationAct,
    EnteredApplication,
    build_application_form,
    build_request,
    note_missing_application_text,
    read_application_form,
)
from goodstanding.portal.applications.presenters import present_application
from goodstanding.portal.applications.schemas import ApplicationActPage
from goodstanding.portal.applications.views import get_visible_application, list_offered_acts
from goodstanding.procedure.case_machine import Act
from goodstanding.register.cases.acts import append_act
from goodstanding.register.cases.application_acts import (
    answer_complaint,
    decline_application,
    file_complaint,
    submit_application,
)
from goodstanding.register.cases.applications import Application
from goodstanding.register.projection.projector import catch_up
from goodstanding.web.forms.attachments import collect_request_attachments
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.errors import get_error_status, present_error
from goodstanding.web.http.pages import render_schema
from goodstanding.web.http.parameters import read_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import read_posted_text

METHODS = ["GET", "HEAD", "POST"]
SendAction = Callable[[], Application]


@require_http_methods(METHODS)
def show_new_application_page(request: HttpRequest) -> HttpResponse:
    """The form of an application; a look at what will be sent; or the application that was made."""
    actor = _get_applicant(request)
    if request.method != "POST":
        entered = EnteredApplication(values={name: read_text(request, name) for name in ("list", "identifier", "name")})
        return _render_act_page(request, ApplicationAct.APPLY, None, actor, "form", entered)
    entered = read_application_form(request.POST, FIELD_NAMES)
    entered.exhibits, file_problems = collect_request_attachments(request, NEW_APPLICATION, actor, clock.get_today())
    application_request = build_request(entered)
    entered.problems += file_problems
    if application_request is None:
        return _review_or_send(request, ApplicationAct.APPLY, None, actor, entered, _refuse_empty_application)
    return _review_or_send(
        request,
        ApplicationAct.APPLY,
        None,
        actor,
        entered,
        lambda: submit_application(application_request, actor, clock.get_today(), clock.get_now()),
    )


def _refuse_empty_application() -> Application:
    raise BadInput(_("Nothing is said."), where="text")


def _get_applicant(request: HttpRequest) -> Actor:
    actor = get_actor(request)
    if actor.role is not Role.APPLICANT:
        message = _("Applications are made in the part of an applicant.")
        raise NotAllowed(message, remedy=_("that part, which anybody who is signed in can take: /applications"))
    return actor


@require_http_methods(METHODS)
def show_application_act_page(request: HttpRequest, position: int, doing: str) -> HttpResponse:
    """The form of an act about one application; a look at what will be sent; or the act itself."""
    application, actor = get_visible_application(request, position)
    chosen = next(
        (candidate for candidate in ApplicationAct if candidate == doing and candidate is not ApplicationAct.APPLY),
        None,
    )
    if chosen is None:
        raise NotFound(_("There is no such act."), where=doing[:100])
    if chosen not in {offered_act.act for offered_act in list_offered_acts(application, actor)}:
        raise NotPossible(_("This is not open to you now."), remedy=_("what the application’s own page offers"))
    if request.method != "POST":
        return _render_act_page(request, chosen, application, actor, "form", EnteredApplication())
    entered = read_application_form(request.POST)
    note_missing_application_text(chosen, entered)
    return _review_or_send(
        request,
        chosen,
        application,
        actor,
        entered,
        lambda: _append_application_act(chosen, application, actor, entered.text),
    )


def _append_application_act(
    application_act: ApplicationAct, application: Application, actor: Actor, text: str
) -> Application:
    day = clock.get_today()
    if application_act is ApplicationAct.PERFORMED:
        content: dict[str, Any] = {"text": text} if text else {}
        append_act(
            application.case if application.case is not None else -1,
            Act.PERFORM,
            actor,
            day,
            clock.get_now(),
            **content,
        )
        return application
    acts = {
        ApplicationAct.DECLINE: decline_application,
        ApplicationAct.COMPLAIN: file_complaint,
        ApplicationAct.ANSWER: answer_complaint,
    }
    return acts[application_act](application.position, actor, day, clock.get_now(), text)


def _review_or_send(
    request: HttpRequest,
    application_act: ApplicationAct,
    application: Application | None,
    actor: Actor,
    entered: EnteredApplication,
    send: SendAction,
) -> HttpResponse:
    """The form again where something is wrong or is to be changed; what will be sent; or where to go on once it is."""
    if entered.problems or read_posted_text(request, "do") == "edit":
        status = 400 if entered.problems and read_posted_text(request, "do") != "edit" else 200
        return _render_act_page(request, application_act, application, actor, "form", entered, status)
    if read_posted_text(request, "do") != "send":
        return _render_act_page(request, application_act, application, actor, "check", entered)
    try:
        sent_application = send()
    except (BadInput, NotPossible) as error:
        entered.problems.append(present_error(error))
        return _render_act_page(request, application_act, application, actor, "form", entered, get_error_status(error))
    catch_up()
    return HttpResponseRedirect(f"/applications/{sent_application.position}?done={application_act.value}", status=303)


def _render_act_page(
    request: HttpRequest, application_act: ApplicationAct, application: Application | None, actor: Actor, stage: str,
    entered: EnteredApplication,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    schema = ApplicationActPage(
        about=describe_register(),
        act=application_act.value,
        stage=stage,
        line=present_application(application, clock.get_today()) if application else None,
        form=build_application_form(application_act, request.path, actor, entered),
        problems=entered.problems,
    )
    return render_schema(request, "application-act", schema, status, twin="")
