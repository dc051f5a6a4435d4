"""Told proceedings gone through again: what breaks their own order, and how long each step took.

Pure: histories in, findings and lengths out. Nothing here is about one country; roles and order come from a catalogue.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from goodstanding.messages import Message
from goodstanding.procedure.histories import ProcedureOrder, ProceedingHistory, PublishedStatement
from goodstanding.procedure.sequence_rules import (
    HISTORY_RULES,
    REPLY_OVER,
    RULES,
    STATEMENT_RULES,
    SUCCESSION_RULES,
    Days,
    derive_stage,
)


@dataclass(frozen=True, slots=True)
class SequenceFinding:
    """A proceeding that breaks a rule: the steps and their days, a note, and the days on which it was stated so."""

    rule: str
    reference: str
    stated: tuple[date, ...]
    days: Days
    note: Message | None


@dataclass(frozen=True, slots=True)
class StatementCounts:
    """How one day's statements fare: proceedings, published statuses, and how many of these follow from the days."""

    day: date
    proceedings: int
    published: int
    follow: int


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """How often a rule is broken: in how many proceedings by day of statement, and in how many in all."""

    rule: str
    about: str
    says: Message
    by_day: dict[date, int]
    proceedings: int


@dataclass(frozen=True, slots=True)
class StepDuration:
    """How many days lay between two steps, over all proceedings in which one came right after the other.

    The quarters are days that occurred: a quarter, half and three quarters of all took no longer.
    """

    earlier: str
    later: str
    count: int
    shortest: int
    quarter: int
    median: int
    three_quarters: int
    longest: int


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """What a replay found: statements by day, rules with how often they are broken, lengths, and every finding.

    `about` is in how many proceedings any rule of a kind is broken.
    """

    proceedings: int
    stated: tuple[StatementCounts, ...]
    about: dict[str, int]
    broken: tuple[BrokenRule, ...]
    lengths: tuple[StepDuration, ...]
    findings: tuple[SequenceFinding, ...]


def replay_histories(
    histories: Iterable[ProceedingHistory], days: Iterable[date], order: ProcedureOrder
) -> ReplayResult:
    """Goes through all histories; `days` are all days on which their source stated the whole list."""
    histories, all_days = tuple(histories), tuple(sorted(set(days)))
    findings = tuple(_merge_findings(_list_findings(histories, all_days, order)))
    return ReplayResult(
        len(histories),
        tuple(_count_statements(histories, day, order) for day in all_days),
        _count_by_kind(findings),
        tuple(_count_broken_rules(findings, all_days)),
        tuple(list_step_durations(histories, order)),
        findings,
    )


def _list_findings(
    histories: tuple[ProceedingHistory, ...], days: tuple[date, ...], order: ProcedureOrder
) -> Iterator[SequenceFinding]:
    """Every finding as it read on one day."""
    for history in histories:
        for statement in history.statements:
            for rule, within in STATEMENT_RULES.items():
                yield from (
                    SequenceFinding(rule, history.reference, (statement.stated,), *deviation)
                    for deviation in within(statement, order)
                )
        for old, new in pairwise(history.statements):
            for rule, between in SUCCESSION_RULES.items():
                for deviation in between(old, new, order):
                    yield SequenceFinding(rule, history.reference, (new.stated,), *deviation)
        for rule, over in HISTORY_RULES.items():
            for stated, steps, note in over(history, days, order):
                yield SequenceFinding(rule, history.reference, (stated,), steps, note)


def _merge_findings(findings: Iterable[SequenceFinding]) -> Iterator[SequenceFinding]:
    """Each finding once, by proceeding, with every day on which it read so."""
    stated: defaultdict[SequenceFinding, tuple[date, ...]] = defaultdict(tuple)
    for finding in findings:
        stated[replace(finding, stated=())] += finding.stated
    for finding in sorted(stated, key=lambda finding: (finding.reference, list(RULES).index(finding.rule))):
        yield replace(finding, stated=stated[finding])


def _count_statements(histories: tuple[ProceedingHistory, ...], day: date, order: ProcedureOrder) -> StatementCounts:
    statements = [statement for history in histories for statement in history.statements if statement.stated == day]
    published = [statement for statement in statements if statement.published is not None]
    follow = sum(derive_stage(statement, order) == statement.published for statement in published)
    return StatementCounts(day, len(statements), len(published), follow)


def _count_by_kind(findings: tuple[SequenceFinding, ...]) -> dict[str, int]:
    kinds = {(RULES[finding.rule].about, finding.reference) for finding in findings}
    return dict(sorted(Counter(about for about, _reference in kinds).items()))


def _count_broken_rules(findings: tuple[SequenceFinding, ...], days: tuple[date, ...]) -> Iterator[BrokenRule]:
    for name, rule in RULES.items():
        occurrences = {
            (stated, finding.reference) for finding in findings if finding.rule == name for stated in finding.stated
        }
        counted = Counter(stated for stated, _reference in occurrences)
        by_day = {day: counted[day] for day in days}
        yield BrokenRule(
            name, rule.about, Message(rule.says), by_day, len({reference for _stated, reference in occurrences})
        )


def list_step_durations(histories: Iterable[ProceedingHistory], order: ProcedureOrder) -> Iterator[StepDuration]:
    """How long each step took, by each proceeding's newest statement, in calendar days.

    Counted are stage to stage, step to publication, and the end of the time to reply to the first decision on it.
    What is said to come before what it follows has no length; the rules find it.
    """
    took: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for history in histories:
        for earlier, later, days in _measure_steps(history.statements[-1], order):
            took[earlier, later].append(days)
    rank = {name: index for index, name in enumerate(order.rules.steps)}
    for earlier, later in sorted(took, key=lambda pair: (rank.get(pair[0], len(rank)), rank.get(pair[1], len(rank)))):
        yield _summarise_durations(earlier, later, sorted(took[earlier, later]))


def _measure_steps(newest: PublishedStatement, order: ProcedureOrder) -> Iterator[tuple[str, str, int]]:
    for old, new in pairwise(order.folded(newest, again=True).stages):
        yield old.step, new.step, (new.since - old.since).days
    for published_step in newest.steps:
        if published_step.day and published_step.shown and published_step.day <= published_step.shown:
            yield (
                published_step.step,
                f"{published_step.step} published",
                (published_step.shown - published_step.day).days,
            )
    times, decided = order.times(newest), order.first(newest, "decision", "withdrawal")
    if times and decided and times[0] <= decided[0]:
        yield REPLY_OVER, "decided", (decided[0] - times[0]).days


def _summarise_durations(earlier: str, later: str, took: list[int]) -> StepDuration:
    quarter, median, three_quarters = (took[(len(took) * part + 3) // 4 - 1] for part in (1, 2, 3))
    return StepDuration(earlier, later, len(took), took[0], quarter, median, three_quarters, took[-1])
