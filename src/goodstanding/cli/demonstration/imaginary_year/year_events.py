"""The plan as events: in the order of their days, each with its place in the ledger, worded as real acts word them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from goodstanding.access import Actor, Role
from goodstanding.catalogue import Catalogue
from goodstanding.cli.demonstration.imaginary_year.case_plans import PlannedAct, PlannedApplication, PlannedCase
from goodstanding.cli.demonstration.imaginary_year.year_plan import YearPlan
from goodstanding.ledger.store import EventDraft
from goodstanding.procedure.case_states import DISPUTES, OPENING, Act
from goodstanding.register.cases.acts import build_act_body, check_act_content, draft_undoing, draft_withdrawal
from goodstanding.register.cases.application_acts import (
    build_application_body,
    build_application_content,
    build_application_proposed,
)
from goodstanding.register.cases.applications import ListingRequest, MoneyAmount
from goodstanding.register.cases.proposals import build_proposal_content
from goodstanding.register.cases.subject_requests import build_request_content
from goodstanding.register.storage.event_kinds import EventKind

PlannedStep = tuple[date, PlannedCase | PlannedApplication, PlannedAct | None]  # without an act: an application made


@dataclass
class _Places:
    """Where cases and applications stand in the ledger, as far as they are written; `size` is the next position."""

    rules: Mapping[str, Catalogue]
    size: int
    cases: dict[int, int] = field(default_factory=dict)
    proposals: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    applications: dict[int, int] = field(default_factory=dict)


def list_drafts_by_day(
    plan: YearPlan, rules: Mapping[str, Catalogue], size: int
) -> Iterator[tuple[date, list[EventDraft]]]:
    """The events of each day, from the day of the first; `size` is that of the ledger before them."""
    places = _Places(rules, size)
    for day, steps in groupby(list_steps(plan), key=itemgetter(0)):
        drafts = list[EventDraft]()
        for _day, matter, act in steps:
            written = _write_step(places, matter, act)
            places.size += len(written)
            drafts += written
        yield day, drafts


def list_steps(plan: YearPlan) -> list[PlannedStep]:
    """Everything that happens, in the order of its days; on one day applications come first, then cases in order."""
    steps = list[PlannedStep]()
    for application in plan.applications:
        steps.append((application.day, application, None))
        steps += [(act.day, application, act) for act in application.acts]
    steps += [(act.day, case, act) for case in plan.cases for act in case.acts]
    return sorted(steps, key=itemgetter(0))


def _write_step(places: _Places, matter: PlannedCase | PlannedApplication, act: PlannedAct | None) -> list[EventDraft]:
    if isinstance(matter, PlannedApplication):
        return [_write_application(places, matter) if act is None else _write_answer(places, matter, act)]
    return [] if act is None else _write_act(places, matter, act)


def _write_application(places: _Places, application: PlannedApplication) -> EventDraft:
    places.applications[application.number] = places.size
    content = build_application_content(build_request(application))
    applicant = Actor(Role.APPLICANT, "", application.applicant)
    return EventDraft(EventKind.LISTING_APPLIED, build_application_body(content, applicant, application.day))


def build_request(application: PlannedApplication) -> ListingRequest:
    """What is applied for, as the register takes it."""
    firm, money = application.firm, MoneyAmount(application.amount, "EUR")
    source, identifier = application.office.source, firm.identifier
    return ListingRequest(application.listed, source, "organisation", identifier, firm.name, application.text, money)


def _write_answer(places: _Places, application: PlannedApplication, act: PlannedAct) -> EventDraft:
    content = {"application": places.applications[application.number], **act.content}
    return EventDraft(act.act, build_application_body(content, act.actor, act.day))


def _write_act(places: _Places, case: PlannedCase, act: PlannedAct) -> list[EventDraft]:
    if act.act in OPENING:
        places.cases[case.number] = places.size
        return _open_request(places, case, act) if case.proposal is None else _open_hearing(places, case, act)
    content = check_act_content(act.content) | {"case": places.cases[case.number]}
    draft = EventDraft(act.act, build_act_body(content, act.actor, act.day))
    return [draft, *_list_consequences(places, case, act)]


def _open_request(places: _Places, case: PlannedCase, act: PlannedAct) -> list[EventDraft]:
    content = build_request_content(places.cases[case.about or 0], str(act.content["text"]))
    return [EventDraft(act.act, build_act_body(content, act.actor, act.day))]


def _open_hearing(places: _Places, case: PlannedCase, act: PlannedAct) -> list[EventDraft]:
    content = _build_finding(places.rules[case.proceeding.catalogue], case, act.day)
    places.proposals[case.number] = content
    if case.application is None:
        return [EventDraft(act.act, build_act_body(content, act.actor, act.day))]
    applied = places.applications[case.application.number]
    body = build_act_body(content | {"application": applied, "evidence": []}, act.actor, act.day)
    return [EventDraft(act.act, body), build_application_proposed(applied, places.size, act.actor, act.day)]


def _build_finding(rules: Catalogue, case: PlannedCase, day: date) -> dict[str, Any]:
    listed = case.proceeding.listed
    rule = rules.cases[rules.lists[listed].case or ""]
    return build_proposal_content(case.get_proposal(), rules, listed, rule, day) | {"source": case.office.source}


def _list_consequences(places: _Places, case: PlannedCase, act: PlannedAct) -> list[EventDraft]:
    """What a dispute takes with it that finds the record wrong."""
    decides = act.act is Act.DECIDE_DISPUTE or (act.act is Act.DECIDE_APPEAL and case.opening.act in DISPUTES)
    if case.about is None or not decides or act.content["upheld"]:
        return []
    about, reason = places.cases[case.about], f"found wrong in GS-{places.cases[case.number]}"
    withdrawal = draft_withdrawal(about, places.proposals[case.about], act.day, reason)
    return [withdrawal, draft_undoing(about, act.day, reason)]
