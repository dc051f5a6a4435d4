"""What a subject does about the entries of its own file: disputes, asks for repair, replies in public, wants alerts."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodstanding.errors import BadInput, NotPossible
from goodstanding.portal.own_file.alerts import set_alert
from goodstanding.portal.own_file.request_forms import (
    LARGEST_POSITION,
    EntryRequest,
    EntryRequestKind,
    clean_request_text,
    explain_request_refusal,
    get_subject_record,
    present_request_page,
)
from goodstanding.portal.own_file.views import get_file_holder
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.cases.public_replies import get_reply, publish_reply, retract_reply
from goodstanding.register.cases.subject_requests import dispute_record, request_repair
from goodstanding.register.projection.projector import catch_up
from goodstanding.web.forms.attachments import build_event_files, collect_request_attachments
from goodstanding.web.http import clock
from goodstanding.web.http.errors import get_error_status, present_error
from goodstanding.web.http.pages import render_schema
from goodstanding.web.http.signed_in_pages import read_posted_text
from goodstanding.web.schemas.common import ProblemSchema

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
    entry_request = EntryRequest(doing, actor, subject, get_subject_record(subject, position), clock.get_today())
    if reason := explain_request_refusal(entry_request):
        raise NotPossible(reason, remedy=_("the file shows what can be asked for, and from when"))
    if request.method != "POST":
        return _render_request_page(request, entry_request, "form", "", [], [])
    text, unkept = clean_request_text(entry_request, read_posted_text(request, "text"))
    exhibits, file_problems = collect_request_attachments(request, position, actor, entry_request.at)
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
        publish_reply(position, actor, entry_request.at, clock.get_now(), text)
        return _redirect_to_file("replied", f"record-{position}")
    evidence = build_event_files(exhibits)
    if entry_request.doing is EntryRequestKind.REPAIR:
        case_file = request_repair(position, actor, entry_request.at, clock.get_now(), text, evidence)
    else:
        link = entry_request.doing is EntryRequestKind.LINK
        case_file = dispute_record(
            position, actor, entry_request.at, clock.get_now(), text, link=link, evidence=evidence
        )
    query = urlencode({"done": case_file.opened.position})
    return HttpResponseRedirect(f"/cases/{case_file.position}?{query}", status=303)


def _render_request_page(
    request: HttpRequest, entry_request: EntryRequest, stage: str, text: str, exhibits: list[Exhibit],
    problems: list[ProblemSchema],
    status: int = 0,
) -> HttpResponse:  # fmt: skip
    schema = present_request_page(entry_request, stage, text, exhibits, problems)
    return render_schema(request, "own-act", schema, status or (400 if problems else 200), twin="")


@require_POST
def retract_own_reply(request: HttpRequest, position: int) -> HttpResponse:
    """Takes public words back, at once."""
    actor, subject = get_file_holder(request)
    public_reply = get_reply(position) if position < LARGEST_POSITION else get_reply(-1)
    get_subject_record(subject, public_reply.beside)
    retract_reply(position, actor, clock.get_today(), clock.get_now())
    catch_up()
    return _redirect_to_file("retracted", "replies")


@require_POST
def set_alerts(request: HttpRequest) -> HttpResponse:
    """Begins or ends alerts by e-mail to whoever is signed in."""
    actor, _who = get_file_holder(request)
    on = read_posted_text(request, "alerts") == "on"
    _refuse_if_no_address(request, on)
    set_alert(request.user, actor.scope, on)
    return _redirect_to_file("alerts-on" if on else "alerts-off", "alerts")


def _refuse_if_no_address(request: HttpRequest, on: bool) -> None:
    if on and not request.user.email:
        raise BadInput(_("No e-mail address of yours is known."), remedy=_("an address, under your account"))


def _redirect_to_file(done: str, part: str) -> HttpResponse:
    return HttpResponseRedirect(f"/file?done={done}#{part}", status=303)
