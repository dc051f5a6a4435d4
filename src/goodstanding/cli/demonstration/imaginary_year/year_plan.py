"""The whole year, drawn from a seed: firms, cases at every step of every proceeding, requests and applications.

It reads and writes nothing: the same rules and the same seed give the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from goodstanding.catalogue import Catalogue
from goodstanding.cli.demonstration.demo_days import OPENED_ON
from goodstanding.cli.demonstration.imaginary_year.application_plans import draw_applications
from goodstanding.cli.demonstration.imaginary_year.case_plans import PlannedApplication, PlannedCase
from goodstanding.cli.demonstration.imaginary_year.case_walk import CaseWalk
from goodstanding.cli.demonstration.imaginary_year.firms import Firm, draw_firms
from goodstanding.cli.demonstration.imaginary_year.procedure_kinds import INTERIM, MISCONDUCT, PROCEEDINGS, Proceeding
from goodstanding.cli.demonstration.imaginary_year.province import FOOD_OFFICES, OFFICES, Office, get_office
from goodstanding.procedure.case_states import Act, Phase
from goodstanding.procedure.time_limits import ProcedureTerms
from goodstanding.register.cases.proposals import Proposal
from goodstanding.register.projection.case_rows import find_case_terms
from goodstanding.register.rules.enacted_catalogues import EnactedCatalogue
from goodstanding.standing.cases import find_code_field

SEED, HEARINGS = 2026, 4_400
LAST_DAY = date(2026, 10, 30)  # a Friday; on the Monday after it the demonstration stands still
COMPANY = 0  # the place of the firm for which a demonstration account speaks
_REQUESTS = 0.42  # of the cases that bind and in which nobody acts any more


@dataclass(frozen=True, slots=True)
class YearPlan:
    """All that happens: the cases, those before a request about them, and the applications."""

    firms: tuple[Firm, ...]
    cases: tuple[PlannedCase, ...]
    applications: tuple[PlannedApplication, ...]


@dataclass
class _Draw:
    """What is at hand while the year is drawn: the random numbers, the rules, and who was not before an office yet."""

    random: Random
    rules: Mapping[str, Catalogue]
    last_day: date
    firms: list[Firm]
    cases: list[PlannedCase] = field(default_factory=list)
    waiting: dict[str, list[Firm]] = field(default_factory=dict)
    terms: dict[tuple[str, str, str], ProcedureTerms] = field(default_factory=dict)

    def take_firm(self, proceeding: Proceeding) -> Firm:
        """A firm about which nothing was proposed for this list."""
        if proceeding.list not in self.waiting:
            is_food = proceeding.catalogue == FOOD_OFFICES
            concerned = [firm for firm in self.firms[COMPANY + 1 :] if firm.handles_food or not is_food]
            self.random.shuffle(concerned)
            self.waiting[proceeding.list] = concerned
        return self.waiting[proceeding.list].pop()

    def find_terms(self, catalogue: str, listed: str, code: str) -> ProcedureTerms:
        """How long each step may take: as the register finds it, of rules that have one version."""
        if (catalogue, listed, code) not in self.terms:
            case = {"catalogue": catalogue, "listed": listed, "code": code, "occurred": "", "position": 1}
            versions = {catalogue: [EnactedCatalogue(0, OPENED_ON, self.rules[catalogue])]}
            self.terms[catalogue, listed, code] = find_case_terms(case, versions) or ProcedureTerms()
        return self.terms[catalogue, listed, code]


def draw_year(
    catalogues: Iterable[Catalogue], seed: int = SEED, hearings: int = HEARINGS, last_day: date = LAST_DAY
) -> YearPlan:
    """The plan of a year in which so many cases are opened by authorities."""
    random, rules = Random(seed), {catalogue.name: catalogue for catalogue in catalogues}
    draw = _Draw(random, rules, last_day, draw_firms(random))
    _plan_persona_cases(draw)
    shares = [proceeding.share for proceeding in PROCEEDINGS]
    for proceeding in random.choices(PROCEEDINGS, shares, k=hearings):
        _plan_hearing(draw, proceeding)
    for case in list(draw.cases):
        _plan_request(draw, case)
    applications, cases = draw_applications(random, draw.firms, draw.cases, last_day)
    return YearPlan(tuple(draw.firms), tuple(cases), tuple(applications))


def _plan_hearing(draw: _Draw, proceeding: Proceeding) -> None:
    offices = [office for office in OFFICES if office.catalogue == proceeding.catalogue]
    office = draw.random.choices(offices, [office.habits.weight for office in offices])[0]
    day = _draw_working_day(draw.random, proceeding.first_day, draw.last_day)
    walk, proposal = _open_case(draw, proceeding, office, draw.take_firm(proceeding), day)
    walk.go_on()
    _add_case(draw, walk, proposal=proposal)


def _draw_working_day(random: Random, first: date, last: date) -> date:
    day = first + timedelta(days=random.randrange((last - first).days + 1))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _open_case(draw: _Draw, proceeding: Proceeding, office: Office, firm: Firm, day: date) -> tuple[CaseWalk, Proposal]:
    """A case that was just opened, and the finding that its opening proposes."""
    fields = proceeding.draw_fields(draw.random, day)
    rules = draw.rules[proceeding.catalogue]
    occurred = max(rules.in_force, day - timedelta(days=draw.random.randrange(2, 28)))
    proposal = Proposal(
        list=proceeding.list, kind="organisation", identifier=firm.identifier, name=firm.name,
        reference=f"AM-{day.year}-{len(draw.cases) + 1:05}", occurred=occurred,
        text=proceeding.words.draw_finding(draw.random, firm.name), fields=fields,
    )  # fmt: skip
    code = find_code_field(rules, rules.lists[proceeding.listed].case or "")
    terms = draw.find_terms(proceeding.catalogue, proceeding.listed, str(fields.get(code or "", "")))
    walk = CaseWalk(draw.random, proceeding, office, firm, terms, draw.last_day)
    walk.finding = proposal.text
    act, actor = (Act.IMPOSE_INTERIM, office.get_decider(0)) if proceeding.is_interim else (Act.PROPOSE, office.clerk)
    walk.do(act, actor, day, text=proposal.text)
    return walk, proposal


def _add_case(draw: _Draw, walk: CaseWalk, proposal: Proposal | None = None, about: int | None = None) -> None:
    number = len(draw.cases)
    draw.cases.append(
        PlannedCase(number, walk.proceeding, walk.firm, walk.office, tuple(walk.acts), walk.case, proposal, about)
    )


def _plan_request(draw: _Draw, case: PlannedCase) -> None:
    """Perhaps a dispute of a case, or a request for repair, where it binds and nobody acts in it any more."""
    final = next((span for span in case.state.spans if span.phase is Phase.FINAL), None)
    if final is None or case.acts[-1].act is Act.PERFORM or not case.proposal:
        return
    if draw.random.random() >= _REQUESTS:
        return
    act = draw.random.choices((Act.DISPUTE_RECORD, Act.DISPUTE_LINK, Act.ASK_REPAIR), (5, 1, 3))[0]
    wait = case.proceeding.repair_days if act is Act.ASK_REPAIR else 0
    day = max(final.since, case.acts[-1].day) + timedelta(days=wait + draw.random.randrange(1, 100))
    if day <= draw.last_day and case.state.binds(day):
        _walk_request(draw, case, act, day)


def _walk_request(draw: _Draw, case: PlannedCase, act: Act, day: date) -> None:
    terms = draw.find_terms(case.proceeding.catalogue, case.proceeding.listed, "")
    walk = CaseWalk(draw.random, case.proceeding, case.office, case.firm, terms, draw.last_day)
    walk.finding = f"About the case of {case.proposal.reference if case.proposal else ''}:"
    walk.do(act, walk.subject, day, text=_WISHES[act])
    walk.go_on()
    _add_case(draw, walk, about=case.number)


_WISHES = {
    Act.DISPUTE_RECORD: "The finding is wrong: the paper it rests on was looked at again, and it is genuine.",
    Act.DISPUTE_LINK: "This is another company with a similar name. We never took part in that tender.",
    Act.ASK_REPAIR: "We have put right what was found and ask to come off the list. The proofs are with the office.",
}


def _plan_persona_cases(draw: _Draw) -> None:
    """What waits for those whom the demonstration names: the company's cases, and a full desk of its office."""
    firm = replace(draw.firms[COMPANY], handles_food=True)
    draw.firms[COMPANY] = firm
    office = get_office("aldermark-buyer-01")
    _plan_steps(draw, INTERIM, get_office("aldermark-food-01"), firm, 0, ())
    _plan_steps(draw, MISCONDUCT, office, firm, 17, _UP_TO_NOTICE)
    _plan_steps(draw, MISCONDUCT, get_office("aldermark-buyer-09"), firm, 70, _UP_TO_SERVICE)
    for days, acts in _DESK:
        _plan_steps(draw, MISCONDUCT, office, draw.take_firm(MISCONDUCT), days, acts)


def _plan_steps(
    draw: _Draw, proceeding: Proceeding, office: Office, firm: Firm, days: int, acts: Sequence[Act]
) -> None:
    """A case that was opened so many days before the last one, and in which just these acts were done."""
    walk, proposal = _open_case(draw, proceeding, office, firm, draw.last_day - timedelta(days=days))
    for act in acts:
        _do_step(walk, act)
    _add_case(draw, walk, proposal=proposal)


_UP_TO_NOTICE = (Act.SERVE_NOTICE,)
_UP_TO_REPLY = (Act.SERVE_NOTICE, Act.REPLY)
_UP_TO_DECISION = (Act.SERVE_NOTICE, Act.REPLY, Act.DECIDE)
_DESK = (
    *((days, ()) for days in (1, 2, 3)),
    *((days, _UP_TO_REPLY) for days in (36, 37, 39)),
    *((days, _UP_TO_DECISION) for days in (56, 58, 60)),
)
_UP_TO_SERVICE = (*_UP_TO_DECISION, Act.SERVE_DECISION)


def _do_step(walk: CaseWalk, act: Act) -> None:
    day = walk.day + timedelta(days={Act.DECIDE: 42, Act.SERVE_DECISION: 4}.get(act, 5))
    if act is Act.REPLY:
        walk.do(act, walk.subject, day, text=walk.proceeding.words.draw_reply(walk.random))
    elif act is Act.DECIDE:
        end = walk.proceeding.compute_end(walk.office, walk.random, day)
        walk.do(act, walk.office.get_decider(0), day, upheld=True, text=walk.draw_reasons(True), ends_on=end)
    else:
        walk.do(act, walk.office.clerk, day, **walk.draw_service())
