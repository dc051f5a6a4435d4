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
from goodstanding.web.own_file.asked import EntryRequest, EntryRequestKind
from goodstanding.web.pages import render_schema
from goodstanding.web.personal import read_posted_text
from goodstanding.web.problems import get_error_status, present_error
from goodstanding.web.shapes import ProblemSchema
from goodstanding.web.views.own_file import get_file_holder, get_now

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def show_dispute_page(request: HttpRequest, position: int) -> HttpResponse:
    """The form that disputes a record, or with `link` that it is about this subject; sent, it opens a case."""
    link = request.GET.get("link") == "1"
    return _review_or_send(request, position, EntryRequestKind.LINK if link else EntryRequestKind.DISPUTE)


@require_http_methods(METHODS)
def show_repair_page(request: HttpRequest, position: int) -> HttpResponse:
    """The form that asks to come off a list that rests on a record; sent, it opens a case."""
    return _review_or_send(request, position, EntryRequestKind.REPAIR)


@require_http_methods(METHODS)
def show_reply_page(request: HttpRequest, position: int) -> HttpResponse:
    """The form for short public words beside an entry; sent, they are published."""
    return _review_or_send(request, position, EntryRequestKind.REPLY)


def _review_or_send(request: HttpRequest, position: int, doing: EntryRequestKind) -> HttpResponse:
    actor, subject = get_file_holder(request)
    entry_request = EntryRequest(doing, actor, subject, asked.get_subject_record(subject, position), actors.get_today())
    if reason := asked.explain_request_refusal(entry_request):
        raise NotPossible(reason, remedy=_("the file shows what can be asked for, and from when"))
    if request.method != "POST":
        return _render_request_page(request, entry_request, "form", "", [], [])
    text, unkept = asked.clean_request_text(entry_request, read_posted_text(request, "text"))
    exhibits, file_problems = attaching.collect_attachments(request, position, actor, entry_request.at)
    problems = [*unkept, *file_problems]
    if read_posted_text(request, "do") == "edit" or problems:
        return _render_request_page(request, entry_request, "form", text, exhibits, problems)
    if read_posted_text(request, "do") != "send":
        return _render_request_page(request, entry_request, "check", text, exhibits, [])
    try:
        return _send_request(request, entry_request, text, exhibits)
    except (BadInput, NotPossible) as error:
        return _render_request_page(
            request, entry_request, "form", text, exhibits, [present_error(error)], get_error_status(error)
        )


def _send_request(
    request: HttpRequest, entry_request: EntryRequest, text: str, exhibits: list[Exhibit]
) -> HttpResponse:
    position, actor = entry_request.record.position, entry_request.actor
    if entry_request.doing is EntryRequestKind.REPLY:
        replies.publish_reply(position, actor, entry_request.at, get_now(), text)
        return _redirect_to_file("replied", f"record-{position}")
    evidence = attaching.build_event_files(exhibits)
    if entry_request.doing is EntryRequestKind.REPAIR:
        case_file = requests.request_repair(position, actor, entry_request.at, get_now(), text, evidence)
    else:
        link = entry_request.doing is EntryRequestKind.LINK
        case_file = requests.dispute_record(
            position, actor, entry_request.at, get_now(), text, link=link, evidence=evidence
        )
    query = urlencode({"done": case_file.opened.position})
    return HttpResponseRedirect(f"/cases/{case_file.position}?{query}", status=303)


def _render_request_page(
    request: HttpRequest, entry_request: EntryRequest, stage: str, text: str, exhibits: list[Exhibit], problems: list[ProblemSchema],
    status: int = 0,
) -> HttpResponse:  # fmt: skip
    schema = asked.present_request_page(entry_request, stage, text, exhibits, problems)
    return render_schema(request, "own-act", schema, status or (400 if problems else 200), twin="")


@require_POST
def retract_own_reply(request: HttpRequest, position: int) -> HttpResponse:
    """Takes public words back, at once."""
    actor, subject = get_file_holder(request)
    public_reply = replies.get_reply(position) if position < asked.LARGEST_POSITION else replies.get_reply(-1)
    asked.get_subject_record(subject, public_reply.beside)
    replies.retract_reply(position, actor, actors.get_today(), get_now())
    project.catch_up()
    return _redirect_to_file("retracted", "replies")


@require_POST
def set_alerts(request: HttpRequest) -> HttpResponse:
    """Begins or ends alerts by e-mail to whoever is signed in."""
    actor, _who = get_file_holder(request)
    on = read_posted_text(request, "alerts") == "on"
    _refuse_if_no_address(request, on)
    alerts.set_alert(request.user, actor.scope, on)
    return _redirect_to_file("alerts-on" if on else "alerts-off", "alerts")


def _refuse_if_no_address(request: HttpRequest, on: bool) -> None:
    if on and not request.user.email:
        raise BadInput(_("No e-mail address of yours is known."), remedy=_("an address, under your account"))


def _redirect_to_file(done: str, part: str) -> HttpResponse:
    return HttpResponseRedirect(f"/file?done={done}#{part}", status=303)
