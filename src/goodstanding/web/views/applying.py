"""Acts about applications: a form, a page that shows once more what will be sent, and the act itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor, Role
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.procedure.hearing import Act
from goodstanding.register import applying, hearings, project
from goodstanding.register.applications import Application
from goodstanding.web import actors, asking
from goodstanding.web.about import about
from goodstanding.web.applying import forms, said
from goodstanding.web.applying.forms import Doing, Entered
from goodstanding.web.hearings import attaching
from goodstanding.web.pages import render_shape
from goodstanding.web.personal import typed
from goodstanding.web.problems import of, status_of
from goodstanding.web.shapes import applications as shapes
from goodstanding.web.views.applications import doings, opened
from goodstanding.web.views.own_file import now

METHODS = ["GET", "HEAD", "POST"]
Sent = Callable[[], Application]


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """The form of an application; a look at what will be sent; or the application that was made."""
    actor = _applicant(request)
    if request.method != "POST":
        entered = Entered(values={name: asking.words(request, name) for name in ("list", "identifier", "name")})
        return _shown(request, Doing.APPLY, None, actor, "form", entered)
    entered = forms.read(request.POST, forms.NAMES)
    entered.exhibits, wrong = attaching.taken(request, forms.NEW, actor, actors.today())
    asked = forms.request_of(entered)
    entered.problems += wrong
    if asked is None:
        return _answered(request, Doing.APPLY, None, actor, entered, _nothing)
    return _answered(
        request, Doing.APPLY, None, actor, entered, lambda: applying.apply(asked, actor, actors.today(), now())
    )


def _nothing() -> Application:
    raise BadInput(_("Nothing is said."), where="text")


def _applicant(request: HttpRequest) -> Actor:
    actor = actors.actor_of(request)
    if actor.role is not Role.APPLICANT:
        said_of = _("Applications are made in the part of an applicant.")
        raise NotAllowed(said_of, remedy=_("that part, which anybody who is signed in can take: /applications"))
    return actor


@require_http_methods(METHODS)
def act(request: HttpRequest, position: int, doing: str) -> HttpResponse:
    """The form of an act about one application; a look at what will be sent; or the act itself."""
    one, actor = opened(request, position)
    chosen = next((each for each in Doing if each == doing and each is not Doing.APPLY), None)
    if chosen is None:
        raise NotFound(_("There is no such act."), where=doing[:100])
    if chosen not in {each.act for each in doings(one, actor)}:
        raise NotPossible(_("This is not open to you now."), remedy=_("what the application’s own page offers"))
    if request.method != "POST":
        return _shown(request, chosen, one, actor, "form", Entered())
    entered = forms.read(request.POST)
    forms.missing_words(chosen, entered)
    return _answered(request, chosen, one, actor, entered, lambda: _done(chosen, one, actor, entered.text))


def _done(doing: Doing, one: Application, actor: Actor, text: str) -> Application:
    day = actors.today()
    if doing is Doing.PERFORMED:
        said_of: dict[str, Any] = {"text": text} if text else {}
        hearings.act(one.case if one.case is not None else -1, Act.PERFORM, actor, day, now(), **said_of)
        return one
    acts = {Doing.DECLINE: applying.decline, Doing.COMPLAIN: applying.complain, Doing.ANSWER: applying.answer}
    return acts[doing](one.position, actor, day, now(), text)


def _answered(
    request: HttpRequest, doing: Doing, one: Application | None, actor: Actor, entered: Entered, send: Sent
) -> HttpResponse:
    """The form again where something is wrong or is to be changed; what will be sent; or where to go on once it is."""
    if entered.problems or typed(request, "do") == "edit":
        status = 400 if entered.problems and typed(request, "do") != "edit" else 200
        return _shown(request, doing, one, actor, "form", entered, status)
    if typed(request, "do") != "send":
        return _shown(request, doing, one, actor, "check", entered)
    try:
        made = send()
    except (BadInput, NotPossible) as error:
        entered.problems.append(of(error))
        return _shown(request, doing, one, actor, "form", entered, status_of(error))
    project.catch_up()
    return HttpResponseRedirect(f"/applications/{made.position}?done={doing.value}", status=303)


def _shown(
    request: HttpRequest, doing: Doing, one: Application | None, actor: Actor, stage: str, entered: Entered,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    shape = shapes.ApplicationActPage(
        about=about(),
        act=doing.value,
        stage=stage,
        line=said.line(one, actors.today()) if one else None,
        form=forms.form(doing, request.path, actor, entered),
        problems=entered.problems,
    )
    return render_shape(request, "application-act", shape, status, twin="")
