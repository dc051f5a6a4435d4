"""A case walked from phase to phase: whoever is next acts on a day within their time, or lets it pass.

Each act is done in the same case machine, and by the same rule of who may act, as in the register itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from goodstanding.access import Actor, Role
from goodstanding.access.case_acts import CaseResource, may_act
from goodstanding.cli.demonstration.imaginary_year.case_plans import PlannedAct
from goodstanding.cli.demonstration.imaginary_year.case_reasons import COPIED, GRANTS
from goodstanding.cli.demonstration.imaginary_year.firms import Firm
from goodstanding.cli.demonstration.imaginary_year.procedure_kinds import Proceeding
from goodstanding.cli.demonstration.imaginary_year.province import AUTHORITIES, BODIES, Office
from goodstanding.errors import NotAllowed
from goodstanding.procedure.authority_tree import AuthorityTree
from goodstanding.procedure.case_machine import apply_act
from goodstanding.procedure.case_states import OPENING, Act, CompletedAct, HeardCase, Phase, PhaseSpan
from goodstanding.procedure.time_limits import ProcedureTerms
from goodstanding.register.cases.acts import check_act_content

_TREE = AuthorityTree({office.source: office.above for office in AUTHORITIES if office.above})
_SATURDAY = 5
_SERVICES = (("opened", "delivered", "posted", "published"), (5, 4, 2, 0.3))


class CaseWalk:
    """A case while it is drawn: where the machine has it, what was done, and up to which day it may go."""

    def __init__(
        self, random: Random, proceeding: Proceeding, office: Office, firm: Firm, terms: ProcedureTerms, last_day: date
    ) -> None:
        self.random, self.proceeding, self.office, self.firm, self.last_day = random, proceeding, office, firm, last_day
        self.case, self.acts, self.day, self.finding = HeardCase(terms), list[PlannedAct](), date.min, ""

    @property
    def subject(self) -> Actor:
        """Whoever speaks for the firm."""
        return Actor(
            Role.SUBJECT, self.firm.identifier, self.firm.representative, f"Representative of {self.firm.name}"
        )

    def do(self, act: Act, actor: Actor, day: date, **content: Any) -> bool:
        """Does an act, unless its day is too late for the plan; whether it was done."""
        if day > self.last_day:
            return False
        if not (allowed := may_act(actor, act, self._build_resource(actor))).allowed:
            raise NotAllowed(allowed.because, where=act)
        checked = check_act_content(content)
        self.case = apply_act(self.case, self._complete(act, actor, day, checked))
        self.acts.append(PlannedAct(act, actor, day, content))
        self.day = day
        return True

    def _complete(self, act: Act, actor: Actor, day: date, content: Mapping[str, Any]) -> CompletedAct:
        ends = content.get("ends_on")
        upheld, text = bool(content.get("upheld", True)), str(content.get("text", ""))
        return CompletedAct(act, day, actor.name, upheld, text, date.fromisoformat(ends) if ends else None)

    def _build_resource(self, actor: Actor) -> CaseResource:
        is_request = bool(self.acts) and self.acts[0].act in OPENING - {Act.PROPOSE, Act.IMPOSE_INTERIM}
        apart = _TREE.apart(self.office.source, actor.scope)
        return CaseResource(frozenset({self.firm.identifier}), self.office.source, "", is_request, apart)

    def go_on(self) -> None:
        """Lets everybody act, one after the other, until somebody does not, or the plan's last day is over."""
        while (span := self._find_span()) and (turn := _TURNS.get(span.phase)) and turn(self, span):
            pass

    def _find_span(self) -> PhaseSpan | None:
        return next((span for span in self.case.spans if span.holds(self.day)), None)

    def draw_day(self, span: PhaseSpan, pace: float = 0.0, since: date | None = None) -> date:
        """A working day within a span, the earlier the smaller the pace: of the office, unless one is named."""
        first = max(since or span.since, span.since)
        until = span.until or first + timedelta(days=120)
        share = (pace or self.office.habits.pace) * self.random.uniform(0.4, 1.4)
        day = first + timedelta(days=round((until - first).days * min(share, 0.95)))
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
        return max(first, min(day, until - timedelta(days=1)))

    def lapses(self) -> bool:
        """Whether the office lets its time pass."""
        return self.random.random() < self.office.habits.lapses

    def draws(self, share: float) -> bool:
        """Whether something happens that does so often."""
        return self.random.random() < share

    def draw_reasons(self, upheld: bool, copies: float = 0.0) -> str:
        """Reasons of a decision; an office that copies them gives the same again and again."""
        if self.draws(copies):
            return COPIED
        reasons = self.proceeding.words.draw_reasons(self.random, self.finding)
        return reasons if upheld else f"{reasons} {self.random.choice(GRANTS)}"

    def draw_service(self) -> dict[str, str]:
        """How something is served, and the proof of it."""
        names, weights = _SERVICES
        return {
            "service": self.random.choices(names, weights)[0],
            "proof": f"Receipt {self.random.randrange(1_000, 9_999)}",
        }


def _take_proposed(walk: CaseWalk, span: PhaseSpan) -> bool:
    if walk.lapses():
        return False
    return walk.do(Act.SERVE_NOTICE, walk.office.clerk, walk.draw_day(span, 0.4), **walk.draw_service())


def _take_told(walk: CaseWalk, span: PhaseSpan) -> bool:
    reply_until = walk.case.reply_until or span.since
    if walk.draws(0.03):
        text = "The office looked at its own file again and found that it had the wrong company."
        return walk.do(Act.WITHDRAW, walk.office.clerk, walk.draw_day(span, 0.3), text=text)
    if walk.draws(0.68) and not _reply(walk, span, reply_until):
        return False
    return not walk.lapses() and _decide(walk, walk.draw_day(span, since=max(reply_until, walk.day)))


def _reply(walk: CaseWalk, span: PhaseSpan, reply_until: date) -> bool:
    answering = PhaseSpan(span.phase, span.since, reply_until + timedelta(days=2 * walk.draws(0.05)))
    text = walk.proceeding.words.draw_reply(walk.random)
    return walk.do(Act.REPLY, walk.subject, walk.draw_day(answering, 0.7), text=text)


def _decide(walk: CaseWalk, day: date) -> bool:
    habits, decider = walk.office.habits, walk.office.get_decider(walk.random.randrange(2))
    upheld = walk.draws(habits.upholds)
    end = walk.proceeding.compute_end(walk.office, walk.random, day) if upheld else None
    text = walk.draw_reasons(upheld, habits.copies)
    return walk.do(Act.DECIDE, decider, day, upheld=upheld, text=text, ends_on=end)


def _take_decided(walk: CaseWalk, span: PhaseSpan) -> bool:
    if walk.lapses():
        return False
    return walk.do(Act.SERVE_DECISION, walk.office.clerk, walk.draw_day(span, 0.4), **walk.draw_service())


def _take_in_force(walk: CaseWalk, span: PhaseSpan) -> bool:
    if walk.draws(0.3):
        text = walk.proceeding.words.draw_reply(walk.random)
        return walk.do(Act.APPEAL, walk.subject, walk.draw_day(span, 0.6), text=text)
    walk.day = span.until or date.max
    return walk.day <= walk.last_day


def _take_appealed(walk: CaseWalk, span: PhaseSpan) -> bool:
    body = BODIES[walk.office.catalogue]
    member = body.get_member(walk.random.randrange(3))
    if span.phase is Phase.APPEALED and walk.draws(0.05):
        text = "The danger cannot wait for the end of the appeal: the measure binds until it is decided."
        return walk.do(Act.LIFT_SUSPENSION, member, walk.draw_day(span, 0.2), text=text)
    if walk.draws(0.03):
        return False
    upheld = walk.draws(0.72)
    return walk.do(Act.DECIDE_APPEAL, member, walk.draw_day(span, 0.65), upheld=upheld, text=walk.draw_reasons(upheld))


def _take_final(walk: CaseWalk, span: PhaseSpan) -> bool:
    if not walk.draws(walk.proceeding.performs):
        return False
    text = "What was owed was done in full, and the office saw the proof."
    return walk.do(Act.PERFORM, walk.office.clerk, walk.draw_day(span, 0.5), text=text)


def _take_interim(walk: CaseWalk, span: PhaseSpan) -> bool:
    member = BODIES[walk.office.catalogue].get_member(walk.random.randrange(3))
    if walk.case.who(Act.HEAR_INTERIM):
        return _take_final(walk, span)
    if walk.draws(0.08):
        return False
    upheld = walk.draws(0.75)
    return walk.do(Act.HEAR_INTERIM, member, walk.draw_day(span, 0.6), upheld=upheld, text=walk.draw_reasons(upheld))


def _take_asked(walk: CaseWalk, span: PhaseSpan) -> bool:
    if walk.draws(0.04):
        return walk.do(Act.WITHDRAW, walk.subject, walk.draw_day(span, 0.4), text="We have found the paper ourselves.")
    if walk.lapses():
        return False
    upheld, is_repair = walk.draws(0.6), walk.case.opening is Act.ASK_REPAIR
    act = Act.DECIDE_REPAIR if is_repair else Act.DECIDE_DISPUTE
    decider = walk.office.get_decider(walk.random.randrange(2))
    return walk.do(act, decider, walk.draw_day(span), upheld=upheld, text=walk.draw_reasons(upheld))


def _take_refused(walk: CaseWalk, span: PhaseSpan) -> bool:
    if not walk.draws(0.35):
        return False
    text = walk.proceeding.words.draw_reply(walk.random)
    return walk.do(Act.APPEAL, walk.subject, walk.draw_day(span, 0.5), text=text)


_TURNS: Mapping[Phase, Callable[[CaseWalk, PhaseSpan], bool]] = {
    Phase.PROPOSED: _take_proposed,
    Phase.TOLD: _take_told,
    Phase.DECIDED: _take_decided,
    Phase.IN_FORCE: _take_in_force,
    Phase.APPEALED: _take_appealed,
    Phase.APPEALED_BINDING: _take_appealed,
    Phase.FINAL: _take_final,
    Phase.INTERIM: _take_interim,
    Phase.ASKED: _take_asked,
    Phase.REFUSED: _take_refused,
    Phase.REFUSAL_APPEALED: _take_appealed,
}
