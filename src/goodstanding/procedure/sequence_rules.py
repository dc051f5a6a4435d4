"""What in a told history breaks the order of its own procedure: one small function a rule.

A rule says what was found and on which days; it accuses nobody. A step out of order can be a court's order, a gap in
the file or a slip of the pen, and the days show which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from goodstanding.messages import Message, ProcedureMessage
from goodstanding.procedure.histories import ProcedureOrder, ProceedingHistory, PublishedStatement, PublishedStep

Days = tuple[tuple[str, date | None], ...]
DeviationIterator = Iterator[tuple[Days, Message | None]]
REPLY_OVER, DECIDE_OVER = "time to reply over", "time to decide over"


@dataclass(frozen=True, slots=True)
class SequenceRule:
    """A rule: what it asks about (order, time, publication, or what changed), and what it says when it is broken."""

    about: str
    says: ProcedureMessage


RULES: dict[str, SequenceRule] = {
    "before-opening": SequenceRule("order", ProcedureMessage.STEP_BEFORE_OPENING),
    "ruled-before-decision": SequenceRule("order", ProcedureMessage.RULED_BEFORE_DECISION),
    "decided-after-ruling": SequenceRule("order", ProcedureMessage.DECIDED_AFTER_RULING),
    "decided-after-withdrawal": SequenceRule("order", ProcedureMessage.DECIDED_AFTER_WITHDRAWAL),
    "withdrawn-after-decision": SequenceRule("order", ProcedureMessage.WITHDRAWN_AFTER_DECISION),
    "does-not-follow": SequenceRule("order", ProcedureMessage.STEP_DOES_NOT_FOLLOW),
    "done-again": SequenceRule("order", ProcedureMessage.STEP_DONE_AGAIN),
    "reply-cut-short": SequenceRule("time", ProcedureMessage.REPLY_CUT_SHORT),
    "decided-late": SequenceRule("time", ProcedureMessage.DECIDED_LATE),
    "never-decided": SequenceRule("time", ProcedureMessage.NEVER_DECIDED),
    "published-early": SequenceRule("publication", ProcedureMessage.STEP_PUBLISHED_EARLY),
    "not-published": SequenceRule("publication", ProcedureMessage.STEP_NOT_PUBLISHED),
    "no-day": SequenceRule("publication", ProcedureMessage.STEP_WITHOUT_DAY),
    "status-differs": SequenceRule("publication", ProcedureMessage.STATUS_DIFFERS),
    "came-back": SequenceRule("change", ProcedureMessage.STATUS_CAME_BACK),
    "status-backwards": SequenceRule("change", ProcedureMessage.STATUS_BACKWARDS),
    "day-replaced": SequenceRule("change", ProcedureMessage.DAY_REPLACED),
    "day-changed": SequenceRule("change", ProcedureMessage.DAY_CHANGED),
    "day-removed": SequenceRule("change", ProcedureMessage.DAY_REMOVED),
    "day-told-late": SequenceRule("change", ProcedureMessage.DAY_TOLD_LATE),
    "number-changed": SequenceRule("change", ProcedureMessage.NUMBER_CHANGED),
    "opening-told-late": SequenceRule("change", ProcedureMessage.OPENING_TOLD_LATE),
    "left-out": SequenceRule("change", ProcedureMessage.PROCEEDING_LEFT_OUT),
}


def _find_steps_before_opening(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    opened = statement.of(order.opening)
    for day, step in order.dated(statement):
        if opened and opened.day and day < opened.day:
            yield ((order.opening, opened.day), (step, day)), None


def _find_steps_after(
    order: ProcedureOrder, statement: PublishedStatement, earlier: str, later: str
) -> DeviationIterator:
    """Each step of the role `later` whose day comes after the first step of the role `earlier`."""
    first = order.first(statement, earlier)
    for day, step in order.dated(statement):
        if first and order.role(step) == later and first[0] < day:
            yield ((first[1], first[0]), (step, day)), None


def _find_early_ruling(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    ruled, decided = order.first(statement, "annulment"), order.first(statement, "decision")
    if ruled and (decided is None or ruled[0] < decided[0]):
        yield ((ruled[1], ruled[0]), *(((decided[1], decided[0]),) if decided else ())), None


def _find_unfollowing_steps(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    case = order.folded(statement)
    reached = {stage.step for stage in case.stages}
    last = case.stages[-1] if case.stages else None
    for published_step in statement.steps:
        if published_step.day and published_step.step not in reached:
            yield ((published_step.step, published_step.day), *(((last.step, last.since),) if last else ())), None


def _find_repeated_steps(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    for published_step in statement.steps:
        if published_step.day and published_step.again:
            yield tuple((published_step.step, day) for day in sorted((published_step.day, *published_step.again))), None


def _find_short_reply_time(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    times, decided = order.times(statement), order.first(statement, "decision")
    if order.procedure and order.procedure.reply and times and decided and decided[0] < times[0]:
        yield ((decided[1], decided[0]), (REPLY_OVER, times[0])), None


def _find_late_decision(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    times, decided = order.times(statement), order.first(statement, "decision", "withdrawal")
    if _has_time_to_decide(order) and times and decided and decided[0] >= times[1]:
        yield ((decided[1], decided[0]), (DECIDE_OVER, times[1])), None


def _find_missing_decision(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    times, dated = order.times(statement), order.dated(statement)
    alone = {step for _day, step in dated} == {order.opening}
    if _has_time_to_decide(order) and times and alone and statement.stated >= times[1]:
        yield (*((step, day) for day, step in dated), (DECIDE_OVER, times[1])), None


def _has_time_to_decide(order: ProcedureOrder) -> bool:
    return bool(order.procedure and order.procedure.decision and order.procedure.decision.days)


def _find_early_publication(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    for published_step in statement.steps:
        if published_step.day and published_step.shown and published_step.shown < published_step.day:
            yield (
                ((published_step.step, published_step.day), (_name_publication(published_step), published_step.shown)),
                None,
            )


def _find_missing_publication(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    published_step = statement.of(statement.published)
    if (
        published_step
        and published_step.day
        and published_step.shown is None
        and order.rules.steps[published_step.step].public_on
    ):
        yield ((published_step.step, published_step.day),), None


def _find_missing_day(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    published_step = statement.of(statement.published)
    if statement.published in order.rules.steps and (published_step is None or published_step.day is None):
        yield ((str(statement.published), None),), None


def derive_stage(statement: PublishedStatement, order: ProcedureOrder) -> str | None:
    """The stage that the days give on the statement's own day; None where nothing opened the case."""
    return order.folded(statement, statement.stated).stage


def _find_status_difference(statement: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    stage = derive_stage(statement, order)
    if statement.published is not None and stage != statement.published:
        days = tuple((step, day) for day, step in order.dated(statement))
        code = ProcedureMessage.STATUS_EXPLAINED if statement.explained else ProcedureMessage.STATUS_UNEXPLAINED
        params = {"published": statement.published, "stage": stage, "explanation": statement.explained}
        yield days, Message(code, params)


STATEMENT_RULES: dict[str, Callable[[PublishedStatement, ProcedureOrder], DeviationIterator]] = {
    "before-opening": _find_steps_before_opening,
    "ruled-before-decision": _find_early_ruling,
    "decided-after-ruling": lambda statement, order: _find_steps_after(order, statement, "annulment", "decision"),
    "decided-after-withdrawal": lambda statement, order: _find_steps_after(order, statement, "withdrawal", "decision"),
    "withdrawn-after-decision": lambda statement, order: _find_steps_after(order, statement, "decision", "withdrawal"),
    "does-not-follow": _find_unfollowing_steps,
    "done-again": _find_repeated_steps,
    "reply-cut-short": _find_short_reply_time,
    "decided-late": _find_late_decision,
    "never-decided": _find_missing_decision,
    "published-early": _find_early_publication,
    "not-published": _find_missing_publication,
    "no-day": _find_missing_day,
    "status-differs": _find_status_difference,
}


def _find_returned_status(old: PublishedStatement, new: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    if order.clears(old.published) and new.published in order.rules.steps and not order.clears(new.published):
        yield _list_published_days(old, new), _describe_statuses(old, new)


def _find_backward_status(old: PublishedStatement, new: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    step = order.rules.steps.get(new.published or "")
    if step and old.published not in (None, new.published, *step.after):
        yield _list_published_days(old, new), _describe_statuses(old, new)


def _describe_statuses(old: PublishedStatement, new: PublishedStatement) -> Message:
    return Message(ProcedureMessage.STATUS_THEN, {"before": old.published, "after": new.published})


def _list_published_days(old: PublishedStatement, new: PublishedStatement) -> Days:
    """The days that each of two statements gives for the step it says stands."""
    pairs = ((old.published, old.of(old.published)), (new.published, new.of(new.published)))
    return tuple((str(name), published_step.day if published_step else None) for name, published_step in pairs)


def _list_changeable_days(
    old: PublishedStatement, new: PublishedStatement
) -> Iterator[tuple[str, date | None, date | None, tuple[date, ...]]]:
    """Each day that can change: of what, as told before, as told later, and the further days told later."""
    for step in dict.fromkeys(published_step.step for published_step in (*old.steps, *new.steps)):
        before, after = old.of(step) or PublishedStep(step, None), new.of(step) or PublishedStep(step, None)
        yield step, before.day, after.day, after.again
        yield _name_publication(after), before.shown, after.shown, after.shown_again


def _name_publication(published_step: PublishedStep) -> str:
    return f"{published_step.step} published"


def _find_replaced_days(old: PublishedStatement, new: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    yield from (
        (((label, before), (label, after)), None)
        for label, before, after, further in _list_changeable_days(old, new)
        if before and after and before != after and before in further
    )


def _find_changed_days(old: PublishedStatement, new: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    for label, before, after, further in _list_changeable_days(old, new):
        if before and after and before != after and before not in further:
            yield ((label, before), (label, after)), None


def _find_removed_days(old: PublishedStatement, new: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    yield from (
        (((label, before), (label, None)), None)
        for label, before, after, _ in _list_changeable_days(old, new)
        if before and not after
    )


def _find_late_days(old: PublishedStatement, new: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    for label, before, after, _further in _list_changeable_days(old, new):
        if before is None and after and after <= old.stated:
            yield ((label, after),), None


def _find_changed_numbers(old: PublishedStatement, new: PublishedStatement, order: ProcedureOrder) -> DeviationIterator:
    new_numbers = dict(new.numbers)
    for label, number in old.numbers:
        if label in new_numbers and not _split_words(number) <= _split_words(new_numbers[label]):
            params = {"label": label, "before": repr(number), "after": repr(new_numbers[label])}
            yield (), Message(ProcedureMessage.NUMBER_THEN, params)


def _split_words(number: str) -> set[str]:
    return set(re.findall(r"[^\s/]*\w[^\s/]*", number))


SUCCESSION_RULES: dict[str, Callable[[PublishedStatement, PublishedStatement, ProcedureOrder], DeviationIterator]] = {
    "came-back": _find_returned_status,
    "status-backwards": _find_backward_status,
    "day-replaced": _find_replaced_days,
    "day-changed": _find_changed_days,
    "day-removed": _find_removed_days,
    "day-told-late": _find_late_days,
    "number-changed": _find_changed_numbers,
}


def _find_omissions(
    history: ProceedingHistory, days: tuple[date, ...], order: ProcedureOrder
) -> Iterator[tuple[date, Days, Message]]:
    statement_by_day = {statement.stated: statement for statement in history.statements}
    for before, after in pairwise(days):
        if before in statement_by_day and after not in statement_by_day:
            old = statement_by_day[before]
            note = Message(ProcedureMessage.STATUS_ON, {"status": old.published, "day": before})
            yield after, tuple((step, day) for day, step in order.dated(old)), note


def _find_late_opening(
    history: ProceedingHistory, days: tuple[date, ...], order: ProcedureOrder
) -> Iterator[tuple[date, Days, Message]]:
    first = history.statements[0]
    opened = first.of(order.opening)
    missed = [day for day in days if opened and opened.shown and opened.shown <= day < first.stated]
    if opened and missed:
        yield (
            first.stated,
            ((order.opening, opened.day), (_name_publication(opened), opened.shown)),
            Message(ProcedureMessage.NOT_ON, {"day": missed[0]}),
        )


HISTORY_RULES: dict[
    str, Callable[[ProceedingHistory, tuple[date, ...], ProcedureOrder], Iterator[tuple[date, Days, Message]]]
] = {
    "opening-told-late": _find_late_opening,
    "left-out": _find_omissions,
}
