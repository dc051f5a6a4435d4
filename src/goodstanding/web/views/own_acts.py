"""What a subject does about the entries of its own file: disputes, asks for repair, replies in public, wants alerts."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodstanding.errors import BadInput, NotPossible
from goodstanding.procedure.notices import Exhibit
from goodstanding.register import project, replies, requests
from goodstanding.web import actors
from goodstanding.web.hearings import attaching
from goodstanding.web.own_file import alerts, asked
from goodstanding.web.own_file.asked import Asking, Doing
from goodstanding.web.pages import render_shape
from goodstanding.web.personal import typed
from goodstanding.web.problems import of, status_of
from goodstanding.web.shapes import Problem
from goodstanding.web.views.own_file import holder, now

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def dispute(request: HttpRequest, position: int) -> HttpResponse:
    """The form that disputes a record, or with `link` that it is about this subject; sent, it opens a case."""
    link = request.GET.get("link") == "1"
    return _answered(request, position, Doing.LINK if link else Doing.DISPUTE)


@require_http_methods(METHODS)
def repair(request: HttpRequest, position: int) -> HttpResponse:
    """The form that asks to come off a list that rests on a record; sent, it opens a case."""
    return _answered(request, position, Doing.REPAIR)


@require_http_methods(METHODS)
def reply(request: HttpRequest, position: int) -> HttpResponse:
    """The form for short public words beside an entry; sent, they are published."""
    return _answered(request, position, Doing.REPLY)


def _answered(request: HttpRequest, position: int, doing: Doing) -> HttpResponse:
    actor, who = holder(request)
    asking = Asking(doing, actor, who, asked.own_record(who, position), actors.today())
    if reason := asked.why_not(asking):
        raise NotPossible(reason, remedy=_("the file shows what can be asked for, and from when"))
    if request.method != "POST":
        return _shown(request, asking, "form", "", [], [])
    text, unkept = asked.cleaned(asking, typed(request, "text"))
    exhibits, wrong = attaching.taken(request, position, actor, asking.at)
    problems = [*unkept, *wrong]
    if typed(request, "do") == "edit" or problems:
        return _shown(request, asking, "form", text, exhibits, problems)
    if typed(request, "do") != "send":
        return _shown(request, asking, "check", text, exhibits, [])
    try:
        return _sent(request, asking, text, exhibits)
    except (BadInput, NotPossible) as error:
        return _shown(request, asking, "form", text, exhibits, [of(error)], status_of(error))


def _sent(request: HttpRequest, asking: Asking, text: str, exhibits: list[Exhibit]) -> HttpResponse:
    position, actor = asking.record.position, asking.actor
    if asking.doing is Doing.REPLY:
        replies.publish(position, actor, asking.at, now(), text)
        return _back("replied", f"record-{position}")
    given = attaching.as_said(exhibits)
    if asking.doing is Doing.REPAIR:
        held = requests.ask_repair(position, actor, asking.at, now(), text, given)
    else:
        link = asking.doing is Doing.LINK
        held = requests.dispute(position, actor, asking.at, now(), text, link=link, evidence=given)
    said = urlencode({"done": held.opened.position})
    return HttpResponseRedirect(f"/cases/{held.position}?{said}", status=303)


def _shown(
    request: HttpRequest, asking: Asking, stage: str, text: str, exhibits: list[Exhibit], problems: list[Problem],
    status: int = 0,
) -> HttpResponse:  # fmt: skip
    shape = asked.page(asking, stage, text, exhibits, problems)
    return render_shape(request, "own-act", shape, status or (400 if problems else 200), twin="")


@require_POST
def retract(request: HttpRequest, position: int) -> HttpResponse:
    """Takes public words back, at once."""
    actor, who = holder(request)
    found = replies.reply_at(position) if position < asked.FARTHEST else replies.reply_at(-1)
    asked.own_record(who, found.beside)
    replies.retract(position, actor, actors.today(), now())
    project.catch_up()
    return _back("retracted", "replies")


@require_POST
def alert(request: HttpRequest) -> HttpResponse:
    """Begins or ends alerts by e-mail to whoever is signed in."""
    actor, _who = holder(request)
    on = typed(request, "alerts") == "on"
    _refuse_unknown(request, on)
    alerts.wish(request.user, actor.scope, on)
    return _back("alerts-on" if on else "alerts-off", "alerts")


def _refuse_unknown(request: HttpRequest, on: bool) -> None:
    if on and not request.user.email:
        raise BadInput(_("No e-mail address of yours is known."), remedy=_("an address, under your account"))


def _back(done: str, part: str) -> HttpResponse:
    return HttpResponseRedirect(f"/file?done={done}#{part}", status=303)
