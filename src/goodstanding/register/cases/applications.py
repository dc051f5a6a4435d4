"""Applications for a listing: by creditors, workers and consumers, to a source; what became of each.

    ListingApplied        list, source, subject {kind, identifiers, name}, text, amount, currency, evidence, by, day
    ApplicationProposed   application, case (positions), by, office, day
    ApplicationDeclined   application, text (the reasons), by, office, day
    ComplaintFiled        application, text, by, day
    ComplaintAnswered     application, text, by, day

An application has no effect: it opens no file, and only a case that a clerk proposes because of it leads to anything.
Who made it is said nowhere but in its own event. Nothing is kept but the events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from goodstanding.access import Actor
from goodstanding.access.case_acts import ApplicationResource, may_see_application
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadInput, NotFound
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.calendars import TimeLimit
from goodstanding.procedure.notices import Exhibit
from goodstanding.procedure.time_limits import ProcedureTerms, build_terms
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.rules.enacted_catalogues import can_count_days, get_list_rule, list_enacted
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import APPLICATION_KINDS, EventKind
from goodstanding.subjects import PUBLISHED_KINDS

ANSWER_LIMIT = TimeLimit(20, working=True)


@dataclass(frozen=True, slots=True)
class MoneyAmount:
    """A sum of money in the smallest unit of its currency, which ISO 4217 names by three letters."""

    units: int
    currency: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an applicant says about how an application was handled, when, and what the overseer answered."""

    position: int
    text: str
    day: date
    answer: str = ""
    answered_by: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """What somebody asks for: a listing of whom, by which source, because of what."""

    list: str
    source: str
    kind: str
    identifier: str
    name: str
    text: str
    amount: MoneyAmount | None = None
    evidence: tuple[Exhibit, ...] = ()

    @property
    def catalogue(self) -> str:
        """The name of the catalogue whose list it is."""
        return self.list.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Application:
    """A request as it was made: by whom and when; the case or the refusal that it led to, and complaints about that."""

    position: int
    request: ListingRequest
    by: str
    day: date
    case: int | None = None
    proposed_on: date | None = None
    declined_on: date | None = None
    declined_by: str = ""
    reasons: str = ""
    complaints: tuple[Complaint, ...] = ()
    events: tuple[tuple[int, str], ...] = ()  # what was done with it since: positions and kinds, in order

    @property
    def open(self) -> bool:
        """Whether the source has neither proposed a listing because of it nor declined it."""
        return self.case is None and self.declined_on is None

    @property
    def open_complaint(self) -> Complaint | None:
        """The complaint that waits for an answer."""
        return next((complaint for complaint in self.complaints if complaint.answered_on is None), None)

    @property
    def answer_until(self) -> date:
        """The first day on which the source has let its time to answer pass."""
        return _load_terms(self.request.list).over(self.day, ANSWER_LIMIT, "authority")

    def silent(self, at: date) -> bool:
        """Whether the source had said nothing for twenty working days."""
        return self.open and at >= self.answer_until

    @property
    def resource(self) -> ApplicationResource:
        """What `access` asks about it."""
        return ApplicationResource(self.by, load_authority_tree().now(self.request.source))


@dataclass(frozen=True, slots=True)
class ListingOffer:
    """A list that somebody may apply for with a source, and the kinds of subject that can be on it."""

    list: str
    title: str
    catalogue_title: str
    source: str
    source_name: str
    kinds: tuple[str, ...]


class _ApplicationEventBody(msgspec.Struct, frozen=True):
    """What an event about an application says."""

    day: date
    by: str
    text: str = ""
    list: str = ""
    source: str = ""
    subject: Mapping[str, Any] = {}
    amount: int | None = None
    currency: str = ""
    evidence: Sequence[Mapping[str, Any]] = ()
    application: int = -1
    case: int | None = None


def list_offers() -> list[ListingOffer]:
    """Every list of a catalogue in force that a case can put somebody on, with each source that can open that case."""
    tree, offers = load_authority_tree(), list[ListingOffer]()
    for name, enacted_catalogue in list_enacted().items():
        rules = enacted_catalogue.catalogue
        for key, rule in rules.lists.items():
            if rule.case:
                record, kinds = rules.cases[rule.case].record, _list_published_kinds(rules, rule.case)
                mandated_sources = [source for source in rules.sources if record in rules.mandates.get(source.id, ())]
                offers += [
                    ListingOffer(f"{name}/{key}", rule.title, rules.title, source.id, source.name, kinds)
                    for source in mandated_sources
                    if tree.now(source.id) == source.id and not source.has_end
                ]
    return [offer for offer in offers if offer.kinds]


def _list_published_kinds(rules: Catalogue, case: str) -> tuple[str, ...]:
    return tuple(kind for kind in rules.concerned(rules.cases[case].record) if kind in PUBLISHED_KINDS)


def list_applications() -> list[Application]:
    """Every application that was made here, oldest first."""
    return list(_FOLD.items().values())


def get_application(position: int) -> Application:
    """The application made by the event at a position; raises NotFound."""
    application = _FOLD.items().get(position)
    if application is None:
        raise NotFound(Message(CaseMessage.APPLICATION_MISSING, {"position": position}))
    return application


def render_event_exhibits(exhibits: Iterable[Exhibit]) -> list[dict[str, Any]]:
    """Files in evidence as events name them."""
    return [
        {"name": exhibit.name, "digest": exhibit.digest, "size": exhibit.size, "type": exhibit.media_type}
        for exhibit in exhibits
    ]


def list_own_applications(person: str, identifier: str) -> list[Application]:
    """The applications that a person made about whoever an identifier names, oldest first."""
    subject = str(parse_identifier(identifier))
    return [
        application
        for application in list_applications()
        if application.by == person and application.request.identifier == subject
    ]


def find_application_of_case(case: int) -> Application | None:
    """The application because of which a case was proposed, if there is one."""
    return next((application for application in list_applications() if application.case == case), None)


def find_application_of_event(position: int) -> Application | None:
    """The application that the event at a position is about, whichever of the kinds it is."""
    entry = next(ledger.read_entries(position, position + 1), None)
    if entry is None or entry.kind not in APPLICATION_KINDS or entry.body is None:
        return None
    body = msgspec.json.decode(entry.body, type=_ApplicationEventBody)
    return _FOLD.items().get(position if entry.kind == EventKind.LISTING_APPLIED else body.application)


def list_visible_applications(actor: Actor) -> list[Application]:
    """Those that an actor may see, newest first."""
    return [
        application
        for application in reversed(list_applications())
        if may_see_application(actor, application.resource).allowed
    ]


def count_silent_applications(moment: PointInTime) -> Counter[str]:
    """How many applications each source had left without an answer past its time at a moment."""
    return Counter(
        application.request.source
        for application in list_applications()
        if application.silent(moment.case_day(application.request.catalogue))
    )


def _load_terms(listed: str) -> ProcedureTerms:
    try:
        catalogue, key = get_list_rule(listed)
    except BadInput:  # its rules are in force no longer
        return ProcedureTerms()
    return build_terms(catalogue, key) if can_count_days(catalogue) else ProcedureTerms()


def _apply_event(applications: dict[int, Application], entry: LedgerEntry) -> None:
    body = msgspec.json.decode(entry.body or "{}", type=_ApplicationEventBody)
    if entry.kind == EventKind.LISTING_APPLIED:
        applications[entry.position] = Application(entry.position, _parse_request(body), body.by, body.day)
    elif application := applications.get(body.application):
        events = (*application.events, (entry.position, entry.kind))
        applications[application.position] = replace(_change_application(application, entry, body), events=events)


def _parse_request(body: _ApplicationEventBody) -> ListingRequest:
    amount = MoneyAmount(body.amount, body.currency) if body.amount is not None else None
    subject = body.subject
    exhibits = tuple(
        Exhibit(exhibit["name"], exhibit["digest"], exhibit["size"], exhibit["type"]) for exhibit in body.evidence
    )
    return ListingRequest(
        body.list, body.source, subject["kind"], subject["identifiers"][0], subject["name"], body.text, amount, exhibits
    )


def _change_application(application: Application, entry: LedgerEntry, body: _ApplicationEventBody) -> Application:
    if entry.kind == EventKind.APPLICATION_PROPOSED:
        return replace(application, case=body.case, proposed_on=body.day)
    if entry.kind == EventKind.APPLICATION_DECLINED:
        return replace(application, declined_on=body.day, declined_by=body.by, reasons=body.text)
    if entry.kind == EventKind.COMPLAINT_FILED:
        return replace(
            application, complaints=(*application.complaints, Complaint(entry.position, body.text, body.day))
        )
    *before, last = application.complaints
    answered = replace(last, answer=body.text, answered_by=body.by, answered_on=body.day)
    return replace(application, complaints=(*before, answered))


_FOLD: EventFold[int, Application] = EventFold(APPLICATION_KINDS, _apply_event)
