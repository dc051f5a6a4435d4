"""What a subject does about the entries of its own file: disputes, asks for repair, replies in public, wants alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodstanding.errors import BadInput, NotPossible
from goodstanding.portal.own_file.alerts import set_alert
from goodstanding.portal.own_file.request_forms import (
    LARGEST_POSITION,
    EntryRequest,
    EntryRequestForm,
    EntryRequestKind,
    explain_request_refusal,
    get_subject_record,
    link_entry_event,
    present_request_page,
)
from goodstanding.portal.own_file.schemas import RequestPage
from goodstanding.portal.own_file.views import get_file_holder
from goodstanding.register.cases.public_replies import get_reply, list_entry_events, publish_reply, retract_reply
from goodstanding.register.cases.subject_requests import dispute_record, request_repair
from goodstanding.web.forms.attachments import build_event_files
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.signed_in_pages import read_posted_text
from goodstanding.web.schemas.page_frame import PageLink


class EntryRequestView(ReviewFormView):
    """The form of a request about an entry; sent, it opens a case, or publishes the words."""

    template = "portal/own_file/request.html"
    doing = EntryRequestKind.DISPUTE

    def setup(self, request: HttpRequest, *arguments: Any, position: int, **parameters: Any) -> None:
        """Who asks for what, about which record of its file, today."""
        super().setup(request, *arguments, **parameters)
        actor, subject = get_file_holder(request)
        is_link = self.doing is EntryRequestKind.DISPUTE and request.GET.get("link") == "1"
        doing, record = EntryRequestKind.LINK if is_link else self.doing, get_subject_record(subject, position)
        self.entry_request = EntryRequest(doing, actor, subject, record, clock.get_day_in(record.catalogue))

    def get(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """The empty form; raises NotPossible where there is nothing to ask for."""
        if reason := self.explain_refusal():
            raise NotPossible(reason, remedy=_("the file shows what can be asked for, and from when"))
        return super().get(request, **parameters)

    def build_form(self, data: Any = None, uploads: Any = None) -> EntryRequestForm:
        """The form, with what was sent."""
        return EntryRequestForm(self.entry_request, data, uploads)

    def list_events(self, form: EntryRequestForm) -> Mapping[int, PageLink]:
        """What happened about the entry."""
        events = list_entry_events(self.entry_request.record.position)
        return {position: link_entry_event(position, event) for position, event in events.items()}

    def reload(self) -> None:
        """The record as it stands by now."""
        record = get_subject_record(self.entry_request.who, self.entry_request.record.position)
        self.entry_request = replace(self.entry_request, record=record)

    def explain_refusal(self) -> str:
        """Why it cannot be asked for today; nothing where it can."""
        return explain_request_refusal(self.entry_request)

    def send(self, form: EntryRequestForm) -> str:
        """Publishes the words, or opens the case."""
        request, text, now = self.entry_request, form.cleaned_data["text"], clock.get_now()
        position, actor, at, evidence = request.record.position, request.actor, request.at, form.exhibits
        if request.doing is EntryRequestKind.REPLY:
            publish_reply(position, actor, at, now, text, form.version_seen)
            return f"{reverse('own-file')}?done=replied#record-{position}"
        files = build_event_files(evidence)
        if request.doing is EntryRequestKind.REPAIR:
            case_file = request_repair(position, actor, at, now, text, files, form.version_seen)
        else:
            is_link = request.doing is EntryRequestKind.LINK
            case_file = dispute_record(position, actor, at, now, text, is_link, files, form.version_seen)
        query = urlencode({"done": case_file.opened.position})
        return f"{reverse('case', args=[case_file.position])}?{query}"

    def build_page(self, form: EntryRequestForm, stage: ReviewStage, review: Mapping[str, Any]) -> RequestPage:
        """The page of the request."""
        return present_request_page(self.entry_request, stage, form, self.find_version(form))


show_dispute_page = EntryRequestView.as_view()
show_repair_page = EntryRequestView.as_view(doing=EntryRequestKind.REPAIR)
show_reply_page = EntryRequestView.as_view(doing=EntryRequestKind.REPLY)


@require_POST
def retract_own_reply(request: HttpRequest, position: int) -> HttpResponse:
    """Takes public words back, at once."""
    actor, subject = get_file_holder(request)
    public_reply = get_reply(position) if position < LARGEST_POSITION else get_reply(-1)
    record = get_subject_record(subject, public_reply.beside)
    retract_reply(position, actor, clock.get_day_in(record.catalogue), clock.get_now())
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
        raise BadInput(_("You have not given an e-mail address."), remedy=_("an address, under your account"))


def _redirect_to_file(done: str, part: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('own-file')}?done={done}#{part}", status=303)
