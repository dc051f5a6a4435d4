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

from goodstanding.procedure.histories import History, Order, Statement, Told

Days = tuple[tuple[str, date | None], ...]
Found = Iterator[tuple[Days, str]]
REPLY_OVER, DECIDE_OVER = "time to reply over", "time to decide over"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it asks about (order, time, publication, or what changed), and what it says when it is broken."""

    about: str
    says: str


RULES: dict[str, Rule] = {
    "before-opening": Rule("order", "A step has an earlier day than the notice that opens the case."),
    "ruled-before-decision": Rule("order", "The decision was annulled before there was one, or without any."),
    "decided-after-ruling": Rule("order", "It was decided after a ruling had annulled it."),
    "decided-after-withdrawal": Rule("order", "It was decided after the authority had cleared the subject."),
    "withdrawn-after-decision": Rule("order", "The authority cleared the subject after its own decision."),
    "does-not-follow": Rule("order", "A step cannot follow the stage that the case had reached."),
    "done-again": Rule("order", "A step was done more than once."),
    "reply-cut-short": Rule("time", "It was decided before the time to reply was over."),
    "decided-late": Rule("time", "It was decided after the time to decide was over."),
    "never-decided": Rule("time", "The time to decide was over on the file's day, and nothing was decided."),
    "published-early": Rule("publication", "A step was published before its own day."),
    "not-published": Rule("publication", "The step that the source says stands has no day of publication."),
    "no-day": Rule("publication", "The step that the source says stands has no day."),
    "status-differs": Rule("publication", "The published status does not follow from the days."),
    "came-back": Rule("change", "One file says cleared, a later one says that it stands again."),
    "status-backwards": Rule("change", "The status moved to one that cannot follow the one before."),
    "day-replaced": Rule("change", "A later file gives another day, and says the earlier one beside it."),
    "day-changed": Rule("change", "A later file gives another day, and does not say so."),
    "day-removed": Rule("change", "A later file has no day where an earlier one had."),
    "day-told-late": Rule("change", "A later file gives a day that an earlier one should have had."),
    "number-changed": Rule("change", "A later file gives a notice another number, and does not say so."),
    "opening-told-late": Rule("change", "The case was opened and published before the file that does not have it."),
    "left-out": Rule("change", "A later file leaves the proceeding out."),
}


def _before_opening(one: Statement, order: Order) -> Found:
    opened = one.of(order.opening)
    for day, step in order.dated(one):
        if opened and opened.day and day < opened.day:
            yield ((order.opening, opened.day), (step, day)), ""


def _after(order: Order, one: Statement, earlier: str, later: str) -> Found:
    """Each step of the role `later` whose day comes after the first step of the role `earlier`."""
    first = order.first(one, earlier)
    for day, step in order.dated(one):
        if first and order.role(step) == later and first[0] < day:
            yield ((first[1], first[0]), (step, day)), ""


def _ruled_before_decision(one: Statement, order: Order) -> Found:
    ruled, decided = order.first(one, "annulment"), order.first(one, "decision")
    if ruled and (decided is None or ruled[0] < decided[0]):
        yield ((ruled[1], ruled[0]), *(((decided[1], decided[0]),) if decided else ())), ""


def _does_not_follow(one: Statement, order: Order) -> Found:
    case = order.folded(one)
    reached = {stage.step for stage in case.stages}
    last = case.stages[-1] if case.stages else None
    for each in one.told:
        if each.day and each.step not in reached:
            yield ((each.step, each.day), *(((last.step, last.since),) if last else ())), ""


def _done_again(one: Statement, order: Order) -> Found:
    for each in one.told:
        if each.day and each.again:
            yield tuple((each.step, day) for day in sorted((each.day, *each.again))), ""


def _reply_cut_short(one: Statement, order: Order) -> Found:
    times, decided = order.times(one), order.first(one, "decision")
    if order.procedure and order.procedure.reply and times and decided and decided[0] < times[0]:
        yield ((decided[1], decided[0]), (REPLY_OVER, times[0])), ""


def _decided_late(one: Statement, order: Order) -> Found:
    times, decided = order.times(one), order.first(one, "decision", "withdrawal")
    if _has_time_to_decide(order) and times and decided and decided[0] >= times[1]:
        yield ((decided[1], decided[0]), (DECIDE_OVER, times[1])), ""


def _never_decided(one: Statement, order: Order) -> Found:
    times, dated = order.times(one), order.dated(one)
    alone = {step for _day, step in dated} == {order.opening}
    if _has_time_to_decide(order) and times and alone and one.stated >= times[1]:
        yield (*((step, day) for day, step in dated), (DECIDE_OVER, times[1])), ""


def _has_time_to_decide(order: Order) -> bool:
    return bool(order.procedure and order.procedure.decision and order.procedure.decision.days)


def _published_early(one: Statement, order: Order) -> Found:
    for each in one.told:
        if each.day and each.shown and each.shown < each.day:
            yield ((each.step, each.day), (_publication(each), each.shown)), ""


def _not_published(one: Statement, order: Order) -> Found:
    each = one.of(one.published)
    if each and each.day and each.shown is None and order.rules.steps[each.step].public_on:
        yield ((each.step, each.day),), ""


def _no_day(one: Statement, order: Order) -> Found:
    each = one.of(one.published)
    if one.published in order.rules.steps and (each is None or each.day is None):
        yield ((str(one.published), None),), ""


def follows(one: Statement, order: Order) -> str | None:
    """The stage that the days give on the statement's own day; None where nothing opened the case."""
    return order.folded(one, one.stated).stage


def _status_differs(one: Statement, order: Order) -> Found:
    stage = follows(one, order)
    if one.published is not None and stage != one.published:
        days = tuple((step, day) for day, step in order.dated(one))
        yield days, f"published {one.published}, follows {stage}; {one.explained or 'unexplained'}"


WITHIN: dict[str, Callable[[Statement, Order], Found]] = {
    "before-opening": _before_opening,
    "ruled-before-decision": _ruled_before_decision,
    "decided-after-ruling": lambda one, order: _after(order, one, "annulment", "decision"),
    "decided-after-withdrawal": lambda one, order: _after(order, one, "withdrawal", "decision"),
    "withdrawn-after-decision": lambda one, order: _after(order, one, "decision", "withdrawal"),
    "does-not-follow": _does_not_follow,
    "done-again": _done_again,
    "reply-cut-short": _reply_cut_short,
    "decided-late": _decided_late,
    "never-decided": _never_decided,
    "published-early": _published_early,
    "not-published": _not_published,
    "no-day": _no_day,
    "status-differs": _status_differs,
}


def _came_back(old: Statement, new: Statement, order: Order) -> Found:
    if order.clears(old.published) and new.published in order.rules.steps and not order.clears(new.published):
        yield _last(old, new), f"{old.published}, then {new.published}"


def _status_backwards(old: Statement, new: Statement, order: Order) -> Found:
    step = order.rules.steps.get(new.published or "")
    if step and old.published not in (None, new.published, *step.after):
        yield _last(old, new), f"{old.published}, then {new.published}"


def _last(old: Statement, new: Statement) -> Days:
    """The days that each of two statements gives for the step it says stands."""
    pairs = ((old.published, old.of(old.published)), (new.published, new.of(new.published)))
    return tuple((str(name), one.day if one else None) for name, one in pairs)


def _days(old: Statement, new: Statement) -> Iterator[tuple[str, date | None, date | None, tuple[date, ...]]]:
    """Each day that can change: of what, as told before, as told later, and the further days told later."""
    for step in dict.fromkeys(one.step for one in (*old.told, *new.told)):
        before, after = old.of(step) or Told(step, None), new.of(step) or Told(step, None)
        yield step, before.day, after.day, after.again
        yield _publication(after), before.shown, after.shown, after.shown_again


def _publication(one: Told) -> str:
    return f"{one.step} published"


def _day_replaced(old: Statement, new: Statement, order: Order) -> Found:
    yield from (
        (((what, a), (what, b)), "") for what, a, b, more in _days(old, new) if a and b and a != b and a in more
    )


def _day_changed(old: Statement, new: Statement, order: Order) -> Found:
    for what, before, after, more in _days(old, new):
        if before and after and before != after and before not in more:
            yield ((what, before), (what, after)), ""


def _day_removed(old: Statement, new: Statement, order: Order) -> Found:
    yield from (
        (((what, before), (what, None)), "") for what, before, after, _ in _days(old, new) if before and not after
    )


def _day_told_late(old: Statement, new: Statement, order: Order) -> Found:
    for what, before, after, _more in _days(old, new):
        if before is None and after and after <= old.stated:
            yield ((what, after),), ""


def _number_changed(old: Statement, new: Statement, order: Order) -> Found:
    told = dict(new.numbers)
    for what, number in old.numbers:
        if what in told and not _words(number) <= _words(told[what]):
            yield (), f"{what}: {number!r}, then {told[what]!r}"


def _words(number: str) -> set[str]:
    return set(re.findall(r"[^\s/]*\w[^\s/]*", number))


BETWEEN: dict[str, Callable[[Statement, Statement, Order], Found]] = {
    "came-back": _came_back,
    "status-backwards": _status_backwards,
    "day-replaced": _day_replaced,
    "day-changed": _day_changed,
    "day-removed": _day_removed,
    "day-told-late": _day_told_late,
    "number-changed": _number_changed,
}


def _left_out(history: History, days: tuple[date, ...], order: Order) -> Iterator[tuple[date, Days, str]]:
    told = {one.stated: one for one in history.statements}
    for before, after in pairwise(days):
        if before in told and after not in told:
            old = told[before]
            yield after, tuple((step, day) for day, step in order.dated(old)), f"{old.published} on {before}"


def _opening_told_late(history: History, days: tuple[date, ...], order: Order) -> Iterator[tuple[date, Days, str]]:
    first = history.statements[0]
    opened = first.of(order.opening)
    missed = [day for day in days if opened and opened.shown and opened.shown <= day < first.stated]
    if opened and missed:
        yield first.stated, ((order.opening, opened.day), (_publication(opened), opened.shown)), f"not on {missed[0]}"


OVER: dict[str, Callable[[History, tuple[date, ...], Order], Iterator[tuple[date, Days, str]]]] = {
    "opening-told-late": _opening_told_late,
    "left-out": _left_out,
}
