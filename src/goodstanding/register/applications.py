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
from goodstanding.access.acts import ApplicationResource, may_see_application
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadInput, NotFound
from goodstanding.ledger import store as ledger
from goodstanding.ledger.store import Entry
from goodstanding.procedure.calendars import Limit
from goodstanding.procedure.notices import Exhibit
from goodstanding.procedure.terms import Terms, terms_of
from goodstanding.register import catalogues
from goodstanding.register.authorities import offices
from goodstanding.register.folding import Fold
from goodstanding.subjects import PUBLISHED_KINDS

KINDS = ("ListingApplied", "ApplicationProposed", "ApplicationDeclined", "ComplaintFiled", "ComplaintAnswered")
ANSWER = Limit(20, working=True)


@dataclass(frozen=True, slots=True)
class Amount:
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
class Request:
    """What somebody asks for: a listing of whom, by which source, because of what."""

    list: str
    source: str
    kind: str
    identifier: str
    name: str
    text: str
    amount: Amount | None = None
    evidence: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """A request as it was made: by whom and when; the case or the refusal that it led to, and complaints about that."""

    position: int
    asked: Request
    by: str
    day: date
    case: int | None = None
    proposed_on: date | None = None
    declined_on: date | None = None
    declined_by: str = ""
    reasons: str = ""
    complaints: tuple[Complaint, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the source has neither proposed a listing because of it nor declined it."""
        return self.case is None and self.declined_on is None

    @property
    def complained(self) -> Complaint | None:
        """The complaint that waits for an answer."""
        return next((one for one in self.complaints if one.answered_on is None), None)

    @property
    def answer_until(self) -> date:
        """The first day on which the source has let its time to answer pass."""
        return _terms(self.asked.list).over(self.day, ANSWER, "authority")

    def silent(self, at: date) -> bool:
        """Whether the source had said nothing for twenty working days."""
        return self.open and at >= self.answer_until

    @property
    def resource(self) -> ApplicationResource:
        """What `access` asks about it."""
        return ApplicationResource(self.by, offices().now(self.asked.source))


@dataclass(frozen=True, slots=True)
class Offer:
    """A list that somebody may apply for with a source, and the kinds of subject that can be on it."""

    list: str
    title: str
    catalogue_title: str
    source: str
    source_name: str
    kinds: tuple[str, ...]


class _Said(msgspec.Struct, frozen=True):
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


def offered() -> list[Offer]:
    """Every list of a catalogue in force that a case can put somebody on, with each source that can open that case."""
    tree, found = offices(), list[Offer]()
    for name, one in catalogues.enacted().items():
        rules = one.catalogue
        for key, rule in rules.lists.items():
            if rule.case:
                record, kinds = rules.cases[rule.case].record, _kinds(rules, rule.case)
                named = [each for each in rules.sources if record in rules.mandates.get(each.id, ())]
                found += [
                    Offer(f"{name}/{key}", rule.title, rules.title, each.id, each.name, kinds)
                    for each in named
                    if tree.now(each.id) == each.id
                ]
    return [one for one in found if one.kinds]


def _kinds(rules: Catalogue, case: str) -> tuple[str, ...]:
    return tuple(kind for kind in rules.concerned(rules.cases[case].record) if kind in PUBLISHED_KINDS)


def applications() -> list[Application]:
    """Every application that was made here, oldest first."""
    return list(_FOLD.items().values())


def application(position: int) -> Application:
    """The application made by the event at a position; raises NotFound."""
    found = _FOLD.items().get(position)
    if found is None:
        raise NotFound(f"There is no application {position}.", remedy="the number of an application")
    return found


def as_said(exhibits: Iterable[Exhibit]) -> list[dict[str, Any]]:
    """Files in evidence as events name them."""
    return [{"name": one.name, "digest": one.digest, "size": one.size, "type": one.media_type} for one in exhibits]


def of_case(case: int) -> Application | None:
    """The application because of which a case was proposed, if there is one."""
    return next((one for one in applications() if one.case == case), None)


def about_event(position: int) -> Application | None:
    """The application that the event at a position is about, whichever of the kinds it is."""
    found = next(ledger.read(position, position + 1), None)
    if found is None or found.kind not in KINDS or found.body is None:
        return None
    said = msgspec.json.decode(found.body, type=_Said)
    return _FOLD.items().get(position if found.kind == KINDS[0] else said.application)


def seen_by(actor: Actor) -> list[Application]:
    """Those that an actor may see, newest first."""
    return [one for one in reversed(applications()) if may_see_application(actor, one.resource).allowed]


def silence(at: date) -> Counter[str]:
    """How many applications each source had left without an answer past its time on a day."""
    return Counter(one.asked.source for one in applications() if one.silent(at))


def _terms(listed: str) -> Terms:
    try:
        catalogue, key = catalogues.list_rule(listed)
    except BadInput:  # its rules are in force no longer
        return Terms()
    return terms_of(catalogue, key)


def _add(found: dict[int, Application], entry: Entry) -> None:
    said = msgspec.json.decode(entry.body or "{}", type=_Said)
    if entry.kind == KINDS[0]:
        found[entry.position] = Application(entry.position, _request(said), said.by, said.day)
    elif held := found.get(said.application):
        found[held.position] = _after(held, entry, said)


def _request(said: _Said) -> Request:
    amount = Amount(said.amount, said.currency) if said.amount is not None else None
    who = said.subject
    exhibits = tuple(Exhibit(one["name"], one["digest"], one["size"], one["type"]) for one in said.evidence)
    return Request(said.list, said.source, who["kind"], who["identifiers"][0], who["name"], said.text, amount, exhibits)


def _after(held: Application, entry: Entry, said: _Said) -> Application:
    if entry.kind == "ApplicationProposed":
        return replace(held, case=said.case, proposed_on=said.day)
    if entry.kind == "ApplicationDeclined":
        return replace(held, declined_on=said.day, declined_by=said.by, reasons=said.text)
    if entry.kind == "ComplaintFiled":
        return replace(held, complaints=(*held.complaints, Complaint(entry.position, said.text, said.day)))
    *before, last = held.complaints
    answered = replace(last, answer=said.text, answered_by=said.by, answered_on=said.day)
    return replace(held, complaints=(*before, answered))


_FOLD: Fold[Application] = Fold(KINDS, _add)
