"""A case that is heard: from proposal to its end, as dated spans that say what follows if nobody acts.

A case is the whole row of its spans, up to its end, at every moment: an act cuts the span of its day and lays down
those that follow. Nothing here reads a clock, and nothing has to run for time to pass: whoever asks compares days.

    proposed -> told -> decided -> in force -> final -> ended          silence of the authority ends it for the subject
                                      appealed ->  final or ended      an appeal in time suspends what binds
    asked -> granted, or refused -> refusal appealed -> granted        what the subject asks for: silence grants it
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from goodstanding.errors import NotPossible
from goodstanding.messages import Message, ProcedureMessage
from goodstanding.procedure.case_states import (
    DECIDING,
    DISPUTES,
    OPENING,
    Act,
    CompletedAct,
    EndReason,
    HeardCase,
    Phase,
    PhaseSpan,
)

INTERIM_DAYS = 15


def apply_act(case: HeardCase, done: CompletedAct) -> HeardCase:
    """The case after one act; raises NotPossible, and then nothing has changed."""
    if refusal := find_act_refusal(case, done):
        raise NotPossible(refusal, where=done.act if refusal.code in _PHASE_CODES else None)
    return _RULES[done.act, case.phase(done.day)](case, done)


def list_act_refusals(case: HeardCase, by: str, at: date) -> dict[Act, Message | None]:
    """Every act, with why somebody cannot do it on a day; None where they can."""
    return {
        act: find_act_refusal(case, CompletedAct(act, at, by, reasons="to be given"))
        for act in Act
        if act is not Act.UNDO
    }


def find_act_refusal(case: HeardCase, done: CompletedAct) -> Message | None:
    """Why an act is not possible; None where it is."""
    if case.done and done.day < case.done[-1].day:
        return Message(ProcedureMessage.ACT_OUT_OF_ORDER, {"last": case.done[-1].day, "day": done.day})
    if done.act in DECIDING and not done.reasons.strip():
        return Message(ProcedureMessage.DECISION_UNREASONED)
    phase = case.phase(done.day)
    rule = _RULES.get((done.act, phase))
    if rule is None:
        return _describe_phase(phase, done.day)
    return _explain_barred_decider(case, done, rule) or _explain_reply_time(case, done)


def _explain_barred_decider(case: HeardCase, done: CompletedAct, rule: ActRule) -> Message | None:
    code, acts = _BARRED_DECIDERS.get(rule, (None, ()))
    acted = any(done.by == case.who(act) for act in acts)
    return Message(code, {"person": done.by}) if code and acted else None


def _explain_reply_time(case: HeardCase, done: CompletedAct) -> Message | None:
    waits = done.act is Act.DECIDE and done.upheld and not case.who(Act.REPLY)
    if waits and case.reply_until and done.day < case.reply_until:
        return Message(ProcedureMessage.REPLY_TIME_RUNS, {"day": case.reply_until})
    return None


_PHASE_CODES = (ProcedureMessage.CASE_NOT_OPEN, ProcedureMessage.CASE_IN_PHASE, ProcedureMessage.CASE_OVER)


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
    if not done.upheld:
        return replace(_lay_spans(case, done, _build_end_span(done.day)), overturned=True)
    case = replace(case, first_bound=case.first_bound or done.day)
    return _lay_spans(case, done, *_build_final_spans(case, done.day))


def _impose_interim(case: HeardCase, done: CompletedAct) -> HeardCase:
    heard = case.terms.over(done.day, case.terms.interim_hearing, "authority")
    until = min(heard, done.day + timedelta(days=INTERIM_DAYS))
    return _lay_spans(case, done, *_build_interim_spans(case, done.day, until, EndReason.NOT_HEARD))


def _hear_interim(case: HeardCase, done: CompletedAct) -> HeardCase:
    imposed = next(completed.day for completed in reversed(case.done) if completed.act is Act.IMPOSE_INTERIM)
    until = imposed + timedelta(days=INTERIM_DAYS)
    if not done.upheld:
        return _lay_spans(case, done, _build_end_span(done.day))
    return _lay_spans(case, done, *_build_interim_spans(case, done.day, until, EndReason.INTERIM_OVER))


def _build_interim_spans(case: HeardCase, since: date, until: date, why: EndReason) -> tuple[PhaseSpan, ...]:
    """The span of an interim measure, which ends sooner where its law or its rules do."""
    end = max(since, case.terms.rules_end or until)
    return _build_lapsing_spans(Phase.INTERIM, since, min(until, end), why if until <= end else EndReason.TERM_OVER)


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
    if not done.upheld:
        return _lay_spans(case, done, PhaseSpan(Phase.GRANTED, done.day, None))
    last = case.terms.over(done.day, case.terms.appeal, "subject")
    return _lay_spans(case, done, *_build_lapsing_spans(Phase.REFUSED, done.day, last, EndReason.APPEAL_TIME_OVER))


def _appeal_refusal(case: HeardCase, done: CompletedAct) -> HeardCase:
    until = case.terms.over(done.day, case.terms.appeal_decision, "authority")
    return _lay_spans(case, done, *_build_granting_spans(Phase.REFUSAL_APPEALED, done.day, until))


def _decide_refusal_appeal(case: HeardCase, done: CompletedAct) -> HeardCase:
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
    **{(Act.REPLY, phase): _reply for phase in (Phase.APPEALED, Phase.ASKED, Phase.REFUSAL_APPEALED, Phase.INTERIM)},
}
_BARRED_DECIDERS: Mapping[ActRule, tuple[ProcedureMessage, Collection[Act]]] = {  # whoever did one of these before
    _decide: (ProcedureMessage.DECIDER_PROPOSED, (Act.PROPOSE,)),
    _decide_appeal: (ProcedureMessage.APPEAL_DECIDER_ACTED, (Act.PROPOSE, Act.DECIDE)),
    _hear_interim: (ProcedureMessage.HEARER_IMPOSED, (Act.IMPOSE_INTERIM,)),
    _decide_request: (ProcedureMessage.DECIDER_ASKED, OPENING),
    _decide_refusal_appeal: (ProcedureMessage.REFUSAL_DECIDER_ACTED, OPENING | {Act.DECIDE_DISPUTE, Act.DECIDE_REPAIR}),
}
