"""Applications for listings by made-up creditors and bidders: some lead to a case, some are declined, some wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from goodstanding.access import Actor, Role
from goodstanding.cli.demonstration.imaginary_year.case_plans import PlannedAct, PlannedApplication, PlannedCase
from goodstanding.cli.demonstration.imaginary_year.firms import Firm
from goodstanding.cli.demonstration.imaginary_year.procedure_kinds import DEBTS, MISCONDUCT
from goodstanding.cli.demonstration.imaginary_year.province import OFFICES
from goodstanding.register.storage.event_kinds import EventKind

_APPLICATIONS, _APPLICANTS = 320, 90
_OVERSEER = Actor(Role.OVERSEER, "", "overseer.aldermark")
_LONGEST_ANSWER = 26  # days: twenty working days are more
_TEXTS = {
    DEBTS.catalogue: "The judgment is final and nothing was paid. We ask that the company be entered.",
    MISCONDUCT.catalogue: "We bid beside this company and know that its reference is false. Please look into it.",
}
_DECLINED = "What was sent does not prove it yet. Apply again with the document that your letter speaks of."
_COMPLAINT = "We were not answered as the law wants it. Nobody says why."
_ANSWER = "The office was asked and explained itself. Its letter went to your old address; it is repeated with this."


def draw_applications(
    random: Random, firms: Sequence[Firm], cases: Sequence[PlannedCase], last_day: date
) -> tuple[list[PlannedApplication], list[PlannedCase]]:
    """Applications, and the cases again: those that an application led to name it."""
    applied = list[PlannedApplication]()
    linked = [_link_application(random, case, applied) for case in cases]
    offices = [office for office in OFFICES if office.catalogue in _TEXTS]
    for number in range(_APPLICATIONS):
        day = DEBTS.first_day + timedelta(days=random.randrange((last_day - DEBTS.first_day).days + 1))
        firm, office = firms[1 + (number * 7) % (len(firms) - 1)], random.choice(offices)
        applicant, amount = _draw_applicant(random), random.randrange(30_000, 4_000_000)
        listed = DEBTS.list if office.catalogue == DEBTS.catalogue else MISCONDUCT.list
        text = _TEXTS[office.catalogue]
        application = PlannedApplication(len(applied), applicant, firm, office, listed, text, amount, day)
        applied.append(_answer_application(random, application, last_day))
    return applied, linked


def _link_application(random: Random, case: PlannedCase, applied: list[PlannedApplication]) -> PlannedCase:
    if case.proceeding is not DEBTS or case.proposal is None or random.random() > 0.25:
        return case
    day = case.opening.day - timedelta(days=random.randrange(2, 15))
    applicant, amount = _draw_applicant(random), int(case.proposal.fields["amount_due"])
    application = PlannedApplication(
        len(applied), applicant, case.firm, case.office, DEBTS.list, _TEXTS[DEBTS.catalogue], amount, day
    )
    applied.append(application)
    return replace(case, application=application)


def _draw_applicant(random: Random) -> str:
    return f"applicant-{random.randrange(1, _APPLICANTS):03}"


def _answer_application(random: Random, application: PlannedApplication, last_day: date) -> PlannedApplication:
    """The application with its answer, with a complaint about that, and with the overseer's answer to it."""
    day, acts = application.day, list[PlannedAct]()
    if random.random() < 0.6:
        answered = day + timedelta(days=random.randrange(3, _LONGEST_ANSWER))
        clerk = application.office.clerk
        acts.append(PlannedAct(EventKind.APPLICATION_DECLINED, clerk, answered, {"text": _DECLINED}))
    if random.random() < 0.3:
        complained = day + timedelta(days=random.randrange(32, 60))
        applicant = Actor(Role.APPLICANT, "", application.applicant)
        acts.append(PlannedAct(EventKind.COMPLAINT_FILED, applicant, complained, {"text": _COMPLAINT}))
        if random.random() < 0.7:
            heard = complained + timedelta(days=random.randrange(5, 30))
            acts.append(PlannedAct(EventKind.COMPLAINT_ANSWERED, _OVERSEER, heard, {"text": _ANSWER}))
    return replace(application, acts=tuple(act for act in acts if act.day <= last_day))
