"""What people do about applications for a listing: make one, answer it, complain, answer the complaint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from goodstanding.access import Actor
from goodstanding.access.case_acts import ApplicationResource, may_apply
from goodstanding.errors import BadInput, NotAllowed, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.messages import CaseMessage, Message
from goodstanding.plain_text import remove_name_marks
from goodstanding.register.cases.applications import (
    Application,
    ListingRequest,
    MoneyAmount,
    get_application,
    list_applications,
    list_offers,
    list_own_applications,
    render_event_exhibits,
)
from goodstanding.register.cases.case_file import get_case
from goodstanding.register.projection.projector import append_event, append_exclusively, refuse_if_overtaken
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.event_text import check_event_line, check_event_text

MOST_OPEN = 20
GREATEST = 10**15


def submit_application(
    request: ListingRequest, actor: Actor, day: date, recorded_at: datetime, seen: int | None = None
) -> Application:
    """The application made; raises NotAllowed, BadInput for what cannot be meant, NotPossible for one made before.

    `seen` is the newest that the actor knows of `list_own_applications`: where there is another it is Overtaken.
    """
    _refuse_if_not_allowed(actor, EventKind.LISTING_APPLIED, ApplicationResource(actor.name))
    checked_request = _check_request(request)
    with ledger.hold_append_lock():
        own_applications = list_own_applications(actor.name, checked_request.identifier)
        refuse_if_overtaken(seen, max((application.position for application in own_applications), default=0))
        _refuse_if_repeated(checked_request, actor)
        content = build_application_content(checked_request)
        position = _append_event(EventKind.LISTING_APPLIED, content, actor, day, recorded_at)
    return get_application(position)


def build_application_content(request: ListingRequest) -> dict[str, Any]:
    """What the event of an application says but for who applies."""
    subject = {"kind": request.kind, "identifiers": [request.identifier], "name": request.name}
    money = {"amount": request.amount.units, "currency": request.amount.currency} if request.amount else {}
    exhibits = {"evidence": render_event_exhibits(request.evidence)} if request.evidence else {}
    return {"list": request.list, "source": request.source, "subject": subject, "text": request.text} | money | exhibits


def _check_request(request: ListingRequest) -> ListingRequest:
    offers = {(listing_offer.list, listing_offer.source): listing_offer for listing_offer in list_offers()}
    offer = offers.get((request.list, request.source))
    if offer is None:
        raise BadInput(Message(CaseMessage.LIST_NOT_OFFERED), where="list")
    if request.kind not in offer.kinds:
        raise BadInput(Message(CaseMessage.KIND_NOT_OFFERED, {"kinds": ", ".join(offer.kinds)}), where="kind")
    name = check_event_line(remove_name_marks(request.name), "name")
    _refuse_if_bad_amount(request.amount)
    identifier = str(parse_identifier(request.identifier, request.kind))
    return replace(request, identifier=identifier, name=name, text=check_event_text(request.text, "text"))


def _refuse_if_bad_amount(amount: MoneyAmount | None) -> None:
    if amount is None:
        return
    if not 0 < amount.units < GREATEST:
        raise BadInput(Message(CaseMessage.AMOUNT_OUT_OF_BOUNDS), where="amount")
    code = amount.currency
    if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
        raise BadInput(Message(CaseMessage.CURRENCY_UNKNOWN), where="currency")


def _refuse_if_repeated(request: ListingRequest, actor: Actor) -> None:
    open_applications = [
        application for application in list_applications() if application.by == actor.name and application.open
    ]
    for application in open_applications:
        if (application.request.list, application.request.source, application.request.identifier) == (
            request.list,
            request.source,
            request.identifier,
        ):
            message = Message(CaseMessage.APPLIED_ALREADY, {"position": application.position})
            raise NotPossible(message, where="identifier")
    if len(open_applications) >= MOST_OPEN:
        raise NotPossible(Message(CaseMessage.APPLICATIONS_TOO_MANY, {"number": MOST_OPEN}))


def get_proposable_application(position: int, listed: str, actor: Actor) -> Application:
    """The application that a clerk is about to propose a listing on; raises NotAllowed, BadInput, NotPossible."""
    application = get_application(position)
    _refuse_if_not_allowed(actor, EventKind.APPLICATION_PROPOSED, application.resource)
    _refuse_if_answered(application)
    if application.request.list != listed:
        raise BadInput(Message(CaseMessage.APPLIED_FOR_ANOTHER_LIST, {"list": application.request.list}), where="list")
    return application


def build_application_proposed(position: int, case: int, actor: Actor, day: date) -> ledger.EventDraft:
    """The event that says which case an application led to; it follows the case's own event at once."""
    content = {"application": position, "case": case, "by": actor.name, "office": actor.scope}
    return ledger.EventDraft(EventKind.APPLICATION_PROPOSED, content | {"day": day.isoformat()})


def list_application_events(application: Application) -> dict[int, str]:
    """What was done with an application, and in the case that it led to: kinds of events, by position."""
    case_acts = get_case(application.case).acts if application.case is not None else ()
    return {case_act.position: case_act.act.value for case_act in case_acts} | dict(application.events)


def _get_application_as_seen(position: int, seen: int | None) -> Application:
    """An application; raises Overtaken where more was done with it than whoever acts had seen."""
    application = get_application(position)
    refuse_if_overtaken(seen, max(list_application_events(application), default=0))
    return application


def decline_application(
    position: int, actor: Actor, day: date, recorded_at: datetime, reasons: str, seen: int | None = None
) -> Application:
    """The application declined, with reasons that its applicant reads; raises NotAllowed, BadInput, NotPossible."""
    text = check_event_text(reasons, "reasons")
    with append_exclusively():
        application = _get_application_as_seen(position, seen)
        _refuse_if_not_allowed(actor, EventKind.APPLICATION_DECLINED, application.resource)
        _refuse_if_answered(application)
        _append_event(EventKind.APPLICATION_DECLINED, {"application": position, "text": text}, actor, day, recorded_at)
    return get_application(position)


def file_complaint(
    position: int, actor: Actor, day: date, recorded_at: datetime, text: str, seen: int | None = None
) -> Application:
    """The application with a complaint about how it was handled, for the overseer to answer."""
    complaint_text = check_event_text(text, "text")
    with append_exclusively():
        application = _get_application_as_seen(position, seen)
        _refuse_if_not_allowed(actor, EventKind.COMPLAINT_FILED, application.resource)
        if application.open_complaint:
            raise NotPossible(Message(CaseMessage.COMPLAINT_OPEN))
        _append_event(
            EventKind.COMPLAINT_FILED, {"application": position, "text": complaint_text}, actor, day, recorded_at
        )
    return get_application(position)


def answer_complaint(
    position: int, actor: Actor, day: date, recorded_at: datetime, text: str, seen: int | None = None
) -> Application:
    """The application with the overseer's answer to the complaint about it."""
    answer_text = check_event_text(text, "text")
    with append_exclusively():
        application = _get_application_as_seen(position, seen)
        _refuse_if_not_allowed(actor, EventKind.COMPLAINT_ANSWERED, application.resource)
        if not application.open_complaint:
            raise NotPossible(Message(CaseMessage.COMPLAINT_MISSING))
        _append_event(
            EventKind.COMPLAINT_ANSWERED, {"application": position, "text": answer_text}, actor, day, recorded_at
        )
    return get_application(position)


def _refuse_if_answered(application: Application) -> None:
    if application.case is not None:
        message = Message(CaseMessage.APPLICATION_PROPOSED, {"case": application.case})
        raise NotPossible(message, where=str(application.position))
    if application.declined_on is not None:
        params = {"person": application.declined_by, "day": application.declined_on}
        raise NotPossible(Message(CaseMessage.APPLICATION_DECLINED, params), where=str(application.position))


def _refuse_if_not_allowed(actor: Actor, act: str, resource: ApplicationResource) -> None:
    allowed = may_apply(actor, act, resource)
    if not allowed.allowed:
        raise NotAllowed(Message(CaseMessage.ACT_NOT_YOURS), remedy=allowed.because)


def _append_event(kind: str, content: dict[str, Any], actor: Actor, day: date, recorded_at: datetime) -> int:
    return append_event(ledger.EventDraft(kind, build_application_body(content, actor, day)), recorded_at)


def build_application_body(content: Mapping[str, Any], actor: Actor, day: date) -> dict[str, Any]:
    """The body of an event about an application: what was stated, by whom, for which office if any, and when."""
    office = {"office": actor.scope} if actor.scope else {}
    return {**content, "by": actor.name, **office, "day": day.isoformat()}
