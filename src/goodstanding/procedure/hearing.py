"""A case that is heard: from proposal to its end, as dated spans that say what follows if nobody acts.

A case is the whole row of its spans, up to its end, at every moment: an act cuts the span of its day and lays down
those that follow. Nothing here reads a clock, and nothing has to run for time to pass: whoever asks compares days.

    proposed -> told -> decided -> in force -> final -> ended          silence of the authority ends it for the subject
                                      appealed ->  final or ended      an appeal in time suspends what binds
    asked -> granted, or refused -> refusal appealed -> granted        what the subject asks for: silence grants it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from goodstanding.errors import NotPossible
from goodstanding.procedure.terms import Terms

INTERIM_DAYS = 15
_TERM = "its term is over"
_SILENCE = "silence of the authority"
_UNHEARD = "silence on the appeal"


class Phase(StrEnum):
    """Where a case stands."""

    PROPOSED = "proposed"
    TOLD = "told"
    DECIDED = "decided"
    IN_FORCE = "in-force"
    APPEALED = "appealed"
    APPEALED_BINDING = "appealed-binding"
    FINAL = "final"
    INTERIM = "interim"
    ASKED = "asked"
    REFUSED = "refused"
    REFUSAL_APPEALED = "refusal-appealed"
    GRANTED = "granted"
    ENDED = "ended"


class Act(StrEnum):
    """What somebody does in a case."""

    PROPOSE = "CaseProposed"
    SERVE_NOTICE = "NoticeServed"
    REPLY = "ReplyFiled"
    DECIDE = "CaseDecided"
    SERVE_DECISION = "DecisionServed"
    APPEAL = "AppealFiled"
    LIFT_SUSPENSION = "SuspensionLifted"
    DECIDE_APPEAL = "AppealDecided"
    IMPOSE_INTERIM = "InterimImposed"
    HEAR_INTERIM = "InterimHeard"
    PERFORM = "ObligationPerformed"
    WITHDRAW = "CaseWithdrawn"
    DISPUTE_RECORD = "RecordDisputed"
    DISPUTE_LINK = "LinkDisputed"
    DECIDE_DISPUTE = "DisputeDecided"
    ASK_REPAIR = "RepairRequested"
    DECIDE_REPAIR = "RepairDecided"
    UNDO = "CaseUndone"


BINDING = frozenset({Phase.IN_FORCE, Phase.APPEALED_BINDING, Phase.FINAL, Phase.INTERIM})
OPENING = frozenset({Act.PROPOSE, Act.IMPOSE_INTERIM, Act.DISPUTE_RECORD, Act.DISPUTE_LINK, Act.ASK_REPAIR})
DECIDING = frozenset({Act.DECIDE, Act.DECIDE_APPEAL, Act.HEAR_INTERIM, Act.DECIDE_DISPUTE, Act.DECIDE_REPAIR})
DISPUTES = frozenset({Act.DISPUTE_RECORD, Act.DISPUTE_LINK})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a case: its phase, from, to (None is open), and why the next one follows if nobody acts."""

    phase: Phase
    since: date
    until: date | None
    then: str = ""

    def holds(self, at: date) -> bool:
        """Whether a day lies in it."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done: the act, its day, who did it, its reasons, the end it sets, and whether it came late.

    `upheld` is whether what stands against the subject stands: the finding, the decision, the record, or the listing.
    """

    act: Act
    day: date
    by: str
    upheld: bool = True
    reasons: str = ""
    ends_on: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A case as far as it has come, and as it goes on by itself: what was done, and all its spans."""

    terms: Terms
    done: tuple[Done, ...] = ()
    spans: tuple[Span, ...] = ()
    reply_until: date | None = None
    first_bound: date | None = None
    decided_end: date | None = None
    overturned: bool = False

    def phase(self, at: date) -> Phase | None:
        """Where the case stands at a day; None before it was proposed."""
        return next((one.phase for one in self.spans if one.holds(at)), None)

    def binds(self, at: date) -> bool:
        """Whether what was decided binds at a day; nothing ever did in a case that was overturned."""
        return not self.overturned and self.phase(at) in BINDING

    @property
    def opening(self) -> Act | None:
        """The act that opened it."""
        return self.done[0].act if self.done else None

    def who(self, act: Act) -> str | None:
        """Who did something in this case, the last time."""
        return next((one.by for one in reversed(self.done) if one.act is act), None)


def advance(case: Case, done: Done) -> Case:
    """The case after one act; raises NotPossible, and then nothing has changed."""
    _refuse_disorder(case, done)
    rule = _RULES.get((done.act, case.phase(done.day)))
    if rule is None:
        phase = case.phase(done.day) or "not open"
        raise NotPossible(f"The case is {phase} on {done.day}.", where=done.act, remedy=_possible(case, done))
    return rule(case, done)


def actions(case: Case, by: str, at: date) -> dict[Act, str]:
    """Every act, with why somebody cannot do it on a day; nothing where they can."""
    return {act: _why_not(case, Done(act, at, by, reasons="to be given")) for act in Act if act is not Act.UNDO}


def _why_not(case: Case, done: Done) -> str:
    try:
        advance(case, done)
    except NotPossible as refused:
        return refused.message
    return ""


def _refuse_disorder(case: Case, done: Done) -> None:
    if case.done and done.day < case.done[-1].day:
        raise NotPossible(
            f"Something was done on {case.done[-1].day}, later than {done.day}.", remedy="a day from then on"
        )
    if done.act in DECIDING and not done.reasons.strip():
        raise NotPossible("A decision without reasons.", remedy="reasons that name facts and law")


def _possible(case: Case, done: Done) -> str:
    return ", ".join(act for act, phase in _RULES if phase == case.phase(done.day)) or "a new case"


def _laid(case: Case, done: Done, *spans: Span) -> Case:
    """The case with a span of the act's day cut, and what follows laid down after it."""
    kept = tuple(
        replace(one, until=done.day, then="") if one.until is None or one.until > done.day else one
        for one in case.spans
        if one.since < done.day
    )
    return replace(case, done=(*case.done, done), spans=(*kept, *spans))


def _ends(day: date) -> Span:
    return Span(Phase.ENDED, day, None)


def _then_ends(phase: Phase, since: date, until: date, why: str) -> tuple[Span, ...]:
    return (Span(phase, since, until, why), _ends(until)) if since < until else (_ends(until),)


def _propose(case: Case, done: Done) -> Case:
    until = case.terms.over(done.day, case.terms.notice, "authority")
    return _laid(case, done, *_then_ends(Phase.PROPOSED, done.day, until, "nobody was told in time"))


def _tell(case: Case, done: Done) -> Case:
    reply = case.terms.over(done.day, case.terms.reply, "subject")
    until = case.terms.over(reply, case.terms.decision, "authority")
    spans = _then_ends(Phase.TOLD, done.day, until, _SILENCE)
    return replace(_laid(case, done, *spans), reply_until=reply)


def _reply(case: Case, done: Done) -> Case:
    late = case.reply_until is not None and done.day >= case.reply_until
    return replace(case, done=(*case.done, replace(done, late=late)))


def _decide(case: Case, done: Done) -> Case:
    if done.by == case.who(Act.PROPOSE):
        raise NotPossible(f"{done.by} proposed the case.", remedy="somebody else decides")
    if done.upheld and case.reply_until and done.day < case.reply_until and not case.who(Act.REPLY):
        raise NotPossible(f"There is time to reply until {case.reply_until}.", remedy="that day, or after the reply")
    if not done.upheld:
        return _laid(case, done, _ends(done.day))
    until = case.terms.over(done.day, case.terms.service, "authority")
    spans = _then_ends(Phase.DECIDED, done.day, until, "the decision was not served in time")
    return replace(_laid(case, done, *spans), decided_end=done.ends_on)


def _bind(case: Case, done: Done) -> Case:
    last = case.terms.over(done.day, case.terms.appeal, "subject")
    case = replace(case, first_bound=case.first_bound or done.day)
    end = _term(case, done.day)
    if end and end <= last:
        return _laid(case, done, *_then_ends(Phase.IN_FORCE, done.day, end, _TERM))
    return _laid(case, done, Span(Phase.IN_FORCE, done.day, last, "the time to appeal is over"), *_final(case, last))


def _final(case: Case, since: date) -> tuple[Span, ...]:
    end = _term(case, since)
    return _then_ends(Phase.FINAL, since, max(since, end), _TERM) if end else (Span(Phase.FINAL, since, None),)


def _term(case: Case, day: date) -> date | None:
    """The day on which what was decided ends: its own, the law's longest at most, counted from its first day."""
    ends = (case.terms.ends(case.first_bound or day), case.decided_end)
    return min((one for one in ends if one), default=None)


def _appeal(case: Case, done: Done) -> Case:
    until = case.terms.over(done.day, case.terms.appeal_decision, "authority")
    return _laid(case, done, *_then_ends(Phase.APPEALED, done.day, until, _UNHEARD))


def _lift(case: Case, done: Done) -> Case:
    """A court orders that the measure binds while the appeal is heard; silence on the appeal still ends it."""
    if case.first_bound is None:
        case = replace(case, first_bound=done.day)
    until = next(one.until for one in case.spans if one.phase is Phase.APPEALED and one.until and done.day < one.until)
    end = min(until, _term(case, done.day) or until)
    why = _UNHEARD if end == until else _TERM
    return _laid(case, done, *_then_ends(Phase.APPEALED_BINDING, done.day, end, why))


def _decide_appeal(case: Case, done: Done) -> Case:
    if done.by in (case.who(Act.PROPOSE), case.who(Act.DECIDE)):
        raise NotPossible(f"{done.by} proposed or decided the case.", remedy="a body that stands apart")
    if not done.upheld:
        return replace(_laid(case, done, _ends(done.day)), overturned=True)
    case = replace(case, first_bound=case.first_bound or done.day)
    return _laid(case, done, *_final(case, done.day))


def _impose(case: Case, done: Done) -> Case:
    heard = case.terms.over(done.day, case.terms.interim_hearing, "authority")
    until = min(heard, done.day + timedelta(days=INTERIM_DAYS))
    return _laid(case, done, *_then_ends(Phase.INTERIM, done.day, until, "it was not heard in time"))


def _hear(case: Case, done: Done) -> Case:
    imposed = next(one.day for one in reversed(case.done) if one.act is Act.IMPOSE_INTERIM)
    until = imposed + timedelta(days=INTERIM_DAYS)
    if not done.upheld:
        return _laid(case, done, _ends(done.day))
    return _laid(case, done, *_then_ends(Phase.INTERIM, done.day, until, "an interim measure ends after 15 days"))


def _end(case: Case, done: Done) -> Case:
    return _laid(case, done, _ends(done.day))


def _undo(case: Case, done: Done) -> Case:
    """The finding was found wrong: nothing ever bound."""
    return replace(_laid(case, done, _ends(done.day)), overturned=True)


def _ask(case: Case, done: Done) -> Case:
    limit = case.terms.repair if done.act is Act.ASK_REPAIR else case.terms.dispute
    return _laid(case, done, *_then_granted(Phase.ASKED, done.day, case.terms.over(done.day, limit, "authority")))


def _then_granted(phase: Phase, since: date, until: date) -> tuple[Span, ...]:
    return Span(phase, since, until, _SILENCE), Span(Phase.GRANTED, until, None)


def _answer(case: Case, done: Done) -> Case:
    if done.by == case.done[0].by:
        raise NotPossible(f"{done.by} asked for it.", remedy="somebody else decides")
    if not done.upheld:
        return _laid(case, done, Span(Phase.GRANTED, done.day, None))
    last = case.terms.over(done.day, case.terms.appeal, "subject")
    return _laid(case, done, *_then_ends(Phase.REFUSED, done.day, last, "the time to appeal is over"))


def _appeal_refusal(case: Case, done: Done) -> Case:
    until = case.terms.over(done.day, case.terms.appeal_decision, "authority")
    return _laid(case, done, *_then_granted(Phase.REFUSAL_APPEALED, done.day, until))


def _decide_refusal(case: Case, done: Done) -> Case:
    if done.by in (case.done[0].by, case.who(Act.DECIDE_DISPUTE), case.who(Act.DECIDE_REPAIR)):
        raise NotPossible(f"{done.by} asked for it or refused it.", remedy="a body that stands apart")
    return _laid(case, done, _ends(done.day) if done.upheld else Span(Phase.GRANTED, done.day, None))


Rule = Callable[[Case, Done], Case]
_ASKED = (Phase.ASKED, Phase.REFUSED, Phase.REFUSAL_APPEALED)
_HEARD = tuple(phase for phase in Phase if phase not in (Phase.ENDED, Phase.GRANTED, *_ASKED))
_RULES: Mapping[tuple[Act, Phase | None], Rule] = {
    (Act.PROPOSE, None): _propose,
    (Act.IMPOSE_INTERIM, None): _impose,
    (Act.HEAR_INTERIM, Phase.INTERIM): _hear,
    (Act.SERVE_NOTICE, Phase.PROPOSED): _tell,
    (Act.REPLY, Phase.TOLD): _reply,
    (Act.DECIDE, Phase.TOLD): _decide,
    (Act.SERVE_DECISION, Phase.DECIDED): _bind,
    (Act.APPEAL, Phase.DECIDED): _appeal,
    (Act.APPEAL, Phase.IN_FORCE): _appeal,
    (Act.LIFT_SUSPENSION, Phase.APPEALED): _lift,
    (Act.DECIDE_APPEAL, Phase.APPEALED): _decide_appeal,
    (Act.DECIDE_APPEAL, Phase.APPEALED_BINDING): _decide_appeal,
    **{(act, phase): _end for act in (Act.PERFORM, Act.WITHDRAW) for phase in _HEARD},
    **{(Act.UNDO, phase): _undo for phase in (*_HEARD, Phase.ENDED)},
    **{(act, None): _ask for act in (*DISPUTES, Act.ASK_REPAIR)},
    **{(act, Phase.ASKED): _answer for act in (Act.DECIDE_DISPUTE, Act.DECIDE_REPAIR)},
    (Act.APPEAL, Phase.REFUSED): _appeal_refusal,
    (Act.DECIDE_APPEAL, Phase.REFUSAL_APPEALED): _decide_refusal,
    **{(Act.WITHDRAW, phase): _end for phase in _ASKED},
    **{(Act.REPLY, phase): _reply for phase in (Phase.APPEALED, Phase.ASKED, Phase.REFUSAL_APPEALED)},
}
