"""A case that is heard: from proposal to its end, as dated spans that say what follows if nobody acts.

A case is the whole row of its spans, up to its end, at every moment: an act cuts the span of its day and lays down
those that follow. Nothing here reads a clock, and nothing has to run for time to pass: whoever asks compares days.

    proposed -> told -> decided -> in force -> final -> ended          silence of the authority ends it for the subject
                                      appealed ->  final or ended      an appeal in time suspends what binds
    asked -> granted, or refused -> refusal appealed -> granted        what the subject asks for: silence grants it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from goodstanding.errors import NotPossible
from goodstanding.messages import Message, MessageCode, ProcedureMessage
from goodstanding.procedure.case_states import (
    BINDING,
    DECIDING,
    DISPUTES,
    MISSED_DUTIES,
    OPENING,
    Act,
    CompletedAct,
    EndReason,
    HeardCase,
    Phase,
    PhaseSpan,
)

__all__ = [
    "BINDING",
    "DECIDING",
    "DISPUTES",
    "INTERIM_DAYS",
    "MISSED_DUTIES",
    "OPENING",
    "Act",
    "CompletedAct",
    "EndReason",
    "HeardCase",
    "Phase",
    "PhaseSpan",
    "apply_act",
    "list_act_refusals",
]

INTERIM_DAYS = 15


def apply_act(case: HeardCase, done: CompletedAct) -> HeardCase:
    """The case after one act; raises NotPossible, and then nothing has changed."""
    return _apply_in_phase(case, done, case.phase(done.day))


def _apply_in_phase(case: HeardCase, done: CompletedAct, phase: Phase | None) -> HeardCase:
    _refuse_disorder(case, done)
    rule = _RULES.get((done.act, phase))
    if rule is None:
        raise NotPossible(_describe_phase(phase, done.day), where=done.act)
    return rule(case, done)


def list_act_refusals(case: HeardCase, by: str, at: date) -> dict[Act, Message | None]:
    """Every act, with why somebody cannot do it on a day; None where they can."""
    phase = case.phase(at)
    return {
        act: _explain_refusal(case, CompletedAct(act, at, by, reasons="to be given"), phase)
        for act in Act
        if act is not Act.UNDO
    }


def _explain_refusal(case: HeardCase, done: CompletedAct, phase: Phase | None) -> Message | None:
    try:
        _apply_in_phase(case, done, phase)
    except NotPossible as refused:
        return refused.coded if isinstance(refused.coded, Message) else None
    return None


def _refuse(code: MessageCode, **params: object) -> NotPossible:
    """The error that says why an act is not possible."""
    return NotPossible(Message(code, params))


def _refuse_disorder(case: HeardCase, done: CompletedAct) -> None:
    if case.done and done.day < case.done[-1].day:
        raise _refuse(ProcedureMessage.ACT_OUT_OF_ORDER, last=case.done[-1].day, day=done.day)
    if done.act in DECIDING and not done.reasons.strip():
        raise _refuse(ProcedureMessage.DECISION_UNREASONED)


def _describe_phase(phase: Phase | None, day: date) -> Message:
    acts = ", ".join(act for act, rule_phase in _RULES if rule_phase == phase)
    params = {"day": day, "acts": acts}
    if phase is None:
        return Message(ProcedureMessage.CASE_NOT_OPEN, params)
    return Message(ProcedureMessage.CASE_IN_PHASE if acts else ProcedureMessage.CASE_OVER, params | {"phase": phase})


def _lay_spans(case: HeardCase, done: CompletedAct, *spans: PhaseSpan) -> HeardCase:
    """The case with a span of the act's day cut, and what follows laid down after it."""
    kept = tuple(
        replace(span, until=done.day, then=None) if span.until is None or span.until > done.day else span
        for span in case.spans
        if span.since < done.day
    )
    return replace(case, done=(*case.done, done), spans=(*kept, *spans))


def _build_end_span(day: date) -> PhaseSpan:
    return PhaseSpan(Phase.ENDED, day, None)


def _build_lapsing_spans(phase: Phase, since: date, until: date, why: EndReason) -> tuple[PhaseSpan, ...]:
    return (PhaseSpan(phase, since, until, why), _build_end_span(until)) if since < until else (_build_end_span(until),)


def _propose(case: HeardCase, done: CompletedAct) -> HeardCase:
    until = case.terms.over(done.day, case.terms.notice, "authority")
    return _lay_spans(case, done, *_build_lapsing_spans(Phase.PROPOSED, done.day, until, EndReason.NOT_TOLD))


def _serve_notice(case: HeardCase, done: CompletedAct) -> HeardCase:
    reply = case.terms.over(done.day, case.terms.reply, "subject")
    until = case.terms.over(reply, case.terms.decision, "authority")
    spans = _build_lapsing_spans(Phase.TOLD, done.day, until, EndReason.SILENCE)
    return replace(_lay_spans(case, done, *spans), reply_until=reply)


def _reply(case: HeardCase, done: CompletedAct) -> HeardCase:
    late = case.reply_until is not None and done.day >= case.reply_until
    return replace(case, done=(*case.done, replace(done, late=late)))


def _decide(case: HeardCase, done: CompletedAct) -> HeardCase:
    if done.by == case.who(Act.PROPOSE):
        raise _refuse(ProcedureMessage.DECIDER_PROPOSED, person=done.by)
    if done.upheld and case.reply_until and done.day < case.reply_until and not case.who(Act.REPLY):
        raise _refuse(ProcedureMessage.REPLY_TIME_RUNS, day=case.reply_until)
    if not done.upheld:
        return _lay_spans(case, done, _build_end_span(done.day))
    until = case.terms.over(done.day, case.terms.service, "authority")
    spans = _build_lapsing_spans(Phase.DECIDED, done.day, until, EndReason.NOT_SERVED)
    return replace(_lay_spans(case, done, *spans), decided_end=done.ends_on)


def _serve_decision(case: HeardCase, done: CompletedAct) -> HeardCase:
    last = case.terms.over(done.day, case.terms.appeal, "subject")
    case = replace(case, first_bound=case.first_bound or done.day)
    end = _find_term_end(case, done.day)
    if end and end <= last:
        return _lay_spans(case, done, *_build_lapsing_spans(Phase.IN_FORCE, done.day, end, EndReason.TERM_OVER))
    return _lay_spans(
        case,
        done,
        PhaseSpan(Phase.IN_FORCE, done.day, last, EndReason.APPEAL_TIME_OVER),
        *_build_final_spans(case, last),
    )


def _build_final_spans(case: HeardCase, since: date) -> tuple[PhaseSpan, ...]:
    end = _find_term_end(case, since)
    return (
        _build_lapsing_spans(Phase.FINAL, since, max(since, end), EndReason.TERM_OVER)
        if end
        else (PhaseSpan(Phase.FINAL, since, None),)
    )


def _find_term_end(case: HeardCase, day: date) -> date | None:
    """The day on which what was decided ends: its own, the law's longest at most, counted from its first day."""
    ends = (case.terms.ends(case.first_bound or day), case.decided_end)
    return min((end for end in ends if end), default=None)


def _appeal(case: HeardCase, done: CompletedAct) -> HeardCase:
    until = case.terms.over(done.day, case.terms.appeal_decision, "authority")
    return _lay_spans(case, done, *_build_lapsing_spans(Phase.APPEALED, done.day, until, EndReason.APPEAL_SILENCE))


def _lift_suspension(case: HeardCase, done: CompletedAct) -> HeardCase:
    """A court orders that the measure binds while the appeal is heard; silence on the appeal still ends it."""
    if case.first_bound is None:
        case = replace(case, first_bound=done.day)
    until = next(
        span.until for span in case.spans if span.phase is Phase.APPEALED and span.until and done.day < span.until
    )
    end = min(until, _find_term_end(case, done.day) or until)
    why = EndReason.APPEAL_SILENCE if end == until else EndReason.TERM_OVER
    return _lay_spans(case, done, *_build_lapsing_spans(Phase.APPEALED_BINDING, done.day, end, why))


def _decide_appeal(case: HeardCase, done: CompletedAct) -> HeardCase:
    if done.by in (case.who(Act.PROPOSE), case.who(Act.DECIDE)):
        raise _refuse(ProcedureMessage.APPEAL_DECIDER_ACTED, person=done.by)
    if not done.upheld:
        return replace(_lay_spans(case, done, _build_end_span(done.day)), overturned=True)
    case = replace(case, first_bound=case.first_bound or done.day)
    return _lay_spans(case, done, *_build_final_spans(case, done.day))


def _impose_interim(case: HeardCase, done: CompletedAct) -> HeardCase:
    heard = case.terms.over(done.day, case.terms.interim_hearing, "authority")
    until = min(heard, done.day + timedelta(days=INTERIM_DAYS))
    return _lay_spans(case, done, *_build_lapsing_spans(Phase.INTERIM, done.day, until, EndReason.NOT_HEARD))


def _hear_interim(case: HeardCase, done: CompletedAct) -> HeardCase:
    imposed = next(completed.day for completed in reversed(case.done) if completed.act is Act.IMPOSE_INTERIM)
    until = imposed + timedelta(days=INTERIM_DAYS)
    if not done.upheld:
        return _lay_spans(case, done, _build_end_span(done.day))
    return _lay_spans(case, done, *_build_lapsing_spans(Phase.INTERIM, done.day, until, EndReason.INTERIM_OVER))


def _end_case(case: HeardCase, done: CompletedAct) -> HeardCase:
    return _lay_spans(case, done, _build_end_span(done.day))


def _undo_case(case: HeardCase, done: CompletedAct) -> HeardCase:
    """The finding was found wrong: nothing ever bound."""
    return replace(_lay_spans(case, done, _build_end_span(done.day)), overturned=True)


def _open_request(case: HeardCase, done: CompletedAct) -> HeardCase:
    limit = case.terms.repair if done.act is Act.ASK_REPAIR else case.terms.dispute
    return _lay_spans(
        case, done, *_build_granting_spans(Phase.ASKED, done.day, case.terms.over(done.day, limit, "authority"))
    )


def _build_granting_spans(phase: Phase, since: date, until: date) -> tuple[PhaseSpan, ...]:
    return PhaseSpan(phase, since, until, EndReason.SILENCE), PhaseSpan(Phase.GRANTED, until, None)


def _decide_request(case: HeardCase, done: CompletedAct) -> HeardCase:
    if done.by == case.done[0].by:
        raise _refuse(ProcedureMessage.DECIDER_ASKED, person=done.by)
    if not done.upheld:
        return _lay_spans(case, done, PhaseSpan(Phase.GRANTED, done.day, None))
    last = case.terms.over(done.day, case.terms.appeal, "subject")
    return _lay_spans(case, done, *_build_lapsing_spans(Phase.REFUSED, done.day, last, EndReason.APPEAL_TIME_OVER))


def _appeal_refusal(case: HeardCase, done: CompletedAct) -> HeardCase:
    until = case.terms.over(done.day, case.terms.appeal_decision, "authority")
    return _lay_spans(case, done, *_build_granting_spans(Phase.REFUSAL_APPEALED, done.day, until))


def _decide_refusal_appeal(case: HeardCase, done: CompletedAct) -> HeardCase:
    if done.by in (case.done[0].by, case.who(Act.DECIDE_DISPUTE), case.who(Act.DECIDE_REPAIR)):
        raise _refuse(ProcedureMessage.REFUSAL_DECIDER_ACTED, person=done.by)
    return _lay_spans(
        case, done, _build_end_span(done.day) if done.upheld else PhaseSpan(Phase.GRANTED, done.day, None)
    )


ActRule = Callable[[HeardCase, CompletedAct], HeardCase]
_REQUEST_PHASES = (Phase.ASKED, Phase.REFUSED, Phase.REFUSAL_APPEALED)
_HEARING_PHASES = tuple(phase for phase in Phase if phase not in (Phase.ENDED, Phase.GRANTED, *_REQUEST_PHASES))
_RULES: Mapping[tuple[Act, Phase | None], ActRule] = {
    (Act.PROPOSE, None): _propose,
    (Act.IMPOSE_INTERIM, None): _impose_interim,
    (Act.HEAR_INTERIM, Phase.INTERIM): _hear_interim,
    (Act.SERVE_NOTICE, Phase.PROPOSED): _serve_notice,
    (Act.REPLY, Phase.TOLD): _reply,
    (Act.DECIDE, Phase.TOLD): _decide,
    (Act.SERVE_DECISION, Phase.DECIDED): _serve_decision,
    (Act.APPEAL, Phase.DECIDED): _appeal,
    (Act.APPEAL, Phase.IN_FORCE): _appeal,
    (Act.LIFT_SUSPENSION, Phase.APPEALED): _lift_suspension,
    (Act.DECIDE_APPEAL, Phase.APPEALED): _decide_appeal,
    (Act.DECIDE_APPEAL, Phase.APPEALED_BINDING): _decide_appeal,
    **{(act, phase): _end_case for act in (Act.PERFORM, Act.WITHDRAW) for phase in _HEARING_PHASES},
    **{(Act.UNDO, phase): _undo_case for phase in (*_HEARING_PHASES, Phase.ENDED)},
    **{(act, None): _open_request for act in (*DISPUTES, Act.ASK_REPAIR)},
    **{(act, Phase.ASKED): _decide_request for act in (Act.DECIDE_DISPUTE, Act.DECIDE_REPAIR)},
    (Act.APPEAL, Phase.REFUSED): _appeal_refusal,
    (Act.DECIDE_APPEAL, Phase.REFUSAL_APPEALED): _decide_refusal_appeal,
    **{(Act.WITHDRAW, phase): _end_case for phase in _REQUEST_PHASES},
    **{(Act.REPLY, phase): _reply for phase in (Phase.APPEALED, Phase.ASKED, Phase.REFUSAL_APPEALED)},
}
