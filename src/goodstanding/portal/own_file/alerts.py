"""Alerts: an e-mail to those who act for a subject and asked for it, when somebody else acts in one of its cases.

A letter goes out by itself, beside what it says here; an alert says only that something happened, and where to read it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from django.core.mail import EmailMessage
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access.mandates import list_mandates_in_force
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.procedure.case_states import OPENING, Act
from goodstanding.register.cases.acts import case_changed
from goodstanding.register.cases.case_file import AN_APPLICANT, CaseFile, get_case
from goodstanding.register.cases.mandates import list_mandates_of_subject
from goodstanding.register.cases.notices import has_notice
from goodstanding.web.http import clock
from goodstanding.web.models import Alert
from goodstanding.web.wording.case_terms import name_act

log = logging.getLogger("goodstanding.web")
_ACTS = tuple(act.value for act in Act if act is not Act.UNDO)
_changes: ContextVar[list[int] | None] = ContextVar("changes", default=None)  # of cases, in the request under way
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}  # RFC 3834: no robot answers it


def has_alert(user: Any, subject: str) -> bool:
    """Whether somebody asked for alerts about a subject."""
    return Alert.objects.filter(user=user, subject=subject).exists()


def set_alert(user: Any, subject: str, on: bool) -> None:
    """Begins or ends alerts about a subject to somebody."""
    if on:
        Alert.objects.get_or_create(user=user, subject=subject)
    else:
        Alert.objects.filter(user=user, subject=subject).delete()


@receiver(case_changed)
def _note_change(position: int, **_signal: Any) -> None:
    positions = _changes.get()
    if positions is not None:
        positions.append(position)


class AlertMiddleware:
    """Django middleware: once a form has acted in a case, tells who asked for it; that it fails undoes nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, whatever becomes of the e-mails."""
        if request.method != "POST":
            return self.get_response(request)
        positions = list[int]()
        outer = _changes.set(positions)
        try:
            response = self.get_response(request)
        finally:
            _changes.reset(outer)
        try:
            if positions and response.status_code < 400 and Alert.objects.exists():
                send_alerts(request, min(positions))
        except Exception:  # whatever went wrong with an e-mail, the act is done and its answer is due
            log.exception("Alerts could not be sent.")
        return response


def send_alerts(request: HttpRequest, since: int) -> int:
    """Sends alerts about what whoever asks has done in cases from a ledger size on; gives how many went out."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return 0
    name, sent = request.user.get_username(), 0
    for position, act, actor_name, case in _list_acts_since(since):
        if actor_name in (name, AN_APPLICANT):
            case_file = get_case(case)
            case_act = next((candidate for candidate in case_file.acts if candidate.position == position), None)
            if case_act is None or has_notice(case_file, case_act):
                continue  # of which its letter tells
            address = request.build_absolute_uri(reverse("case", args=[case]))
            sent += sum(
                _send_alert(_build_alert(case_file, act, address, to)) for to in _list_alert_addresses(case_file, name)
            )
    return sent


def _list_acts_since(since: int) -> Iterable[tuple[int, Act, str, int]]:
    """The acts in cases from a position on: where each stands, what it is, who did it, in which case."""
    for entry in ledger.list_entries_of_kinds(_ACTS, since):
        body, act = events.decode_body((entry.body or "{}").encode()), Act(entry.kind)
        case = entry.position if act in OPENING else body.get("case", -1)
        yield entry.position, act, str(body.get("by", "")), int(case)


def _list_alert_addresses(case_file: CaseFile, but: str) -> list[str]:
    """Where those want alerts whose mandate for the subject holds today, but for whoever acted."""
    day, identifiers = clock.get_today(), case_file.subject.identifiers
    people = {mandate.person for mandate in list_mandates_in_force(list_mandates_of_subject(identifiers), day)} - {but}
    alerts = Alert.objects.filter(subject__in=identifiers, user__username__in=people, user__is_active=True)
    return sorted({alert.user.email for alert in alerts.select_related("user") if alert.user.email})


def _build_alert(case_file: CaseFile, act: Act, address: str, to: str) -> EmailMessage:
    """Says that something happened, and where to read it; not what, for an e-mail is read by many."""
    title = _("%(case)s: %(act)s") % {"case": case_file.reference, "act": name_act(act)}
    named = {"register": config.get_current_register().name, "case": case_file.reference, "address": address}
    text = _(
        "Something was done in case %(case)s, which is about a subject that you act for in %(register)s.\n\n"
        "Sign in to read it: %(address)s\n\n"
        "You asked for these e-mails. You can end them in the file: under “Alerts”."
    )
    return EmailMessage(title, text % named, to=[to], headers=_HEADERS)


def _send_alert(message: EmailMessage) -> int:
    try:
        return message.send()
    except OSError as error:  # SMTPException is one
        log.warning("An alert was not sent: %s", error)
        return 0
