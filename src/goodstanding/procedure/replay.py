"""Told proceedings gone through again: what breaks their own order, and how long each step took.

Pure: histories in, findings and lengths out. Nothing here is about one country; roles and order come from a catalogue.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from goodstanding.procedure.histories import History, Order, Statement
from goodstanding.procedure.order import BETWEEN, OVER, REPLY_OVER, RULES, WITHIN, Days, follows


@dataclass(frozen=True, slots=True)
class Finding:
    """A proceeding that breaks a rule: the steps and their days, a note, and the days on which it was stated so."""

    rule: str
    reference: str
    stated: tuple[date, ...]
    days: Days
    note: str


@dataclass(frozen=True, slots=True)
class Stated:
    """How one day's statements fare: proceedings, published statuses, and how many of these follow from the days."""

    day: date
    proceedings: int
    published: int
    follow: int


@dataclass(frozen=True, slots=True)
class Broken:
    """How often a rule is broken: in how many proceedings by day of statement, and in how many in all."""

    rule: str
    about: str
    says: str
    by_day: dict[date, int]
    proceedings: int


@dataclass(frozen=True, slots=True)
class Length:
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
class Replay:
    """What a replay found: statements by day, rules with how often they are broken, lengths, and every finding.

    `about` is in how many proceedings any rule of a kind is broken.
    """

    proceedings: int
    stated: tuple[Stated, ...]
    about: dict[str, int]
    broken: tuple[Broken, ...]
    lengths: tuple[Length, ...]
    findings: tuple[Finding, ...]


def replay(histories: Iterable[History], days: Iterable[date], order: Order) -> Replay:
    """Goes through all histories; `days` are all days on which their source stated the whole list."""
    histories, every = tuple(histories), tuple(sorted(set(days)))
    found = tuple(_merged(_findings(histories, every, order)))
    return Replay(
        len(histories),
        tuple(_stated(histories, day, order) for day in every),
        _about(found),
        tuple(_broken(found, every)),
        tuple(lengths(histories, order)),
        found,
    )


def _findings(histories: tuple[History, ...], days: tuple[date, ...], order: Order) -> Iterator[Finding]:
    """Every finding as it read on one day."""
    for history in histories:
        for one in history.statements:
            for rule, within in WITHIN.items():
                yield from (Finding(rule, history.reference, (one.stated,), *found) for found in within(one, order))
        for old, new in pairwise(history.statements):
            for rule, between in BETWEEN.items():
                for found in between(old, new, order):
                    yield Finding(rule, history.reference, (new.stated,), *found)
        for rule, over in OVER.items():
            for stated, steps, note in over(history, days, order):
                yield Finding(rule, history.reference, (stated,), steps, note)


def _merged(found: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, by proceeding, with every day on which it read so."""
    stated: defaultdict[Finding, tuple[date, ...]] = defaultdict(tuple)
    for one in found:
        stated[replace(one, stated=())] += one.stated
    for one in sorted(stated, key=lambda one: (one.reference, list(RULES).index(one.rule))):
        yield replace(one, stated=stated[one])


def _stated(histories: tuple[History, ...], day: date, order: Order) -> Stated:
    told = [one for history in histories for one in history.statements if one.stated == day]
    published = [one for one in told if one.published is not None]
    follow = sum(follows(one, order) == one.published for one in published)
    return Stated(day, len(told), len(published), follow)


def _about(found: tuple[Finding, ...]) -> dict[str, int]:
    kinds = {(RULES[one.rule].about, one.reference) for one in found}
    return dict(sorted(Counter(about for about, _reference in kinds).items()))


def _broken(found: tuple[Finding, ...], days: tuple[date, ...]) -> Iterator[Broken]:
    for name, rule in RULES.items():
        told = {(stated, one.reference) for one in found if one.rule == name for stated in one.stated}
        counted = Counter(stated for stated, _reference in told)
        by_day = {day: counted[day] for day in days}
        yield Broken(name, rule.about, rule.says, by_day, len({reference for _stated, reference in told}))


def lengths(histories: Iterable[History], order: Order) -> Iterator[Length]:
    """How long each step took, by each proceeding's newest statement, in calendar days.

    Counted are stage to stage, step to publication, and the end of the time to reply to the first decision on it.
    What is said to come before what it follows has no length; the rules find it.
    """
    took: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for history in histories:
        for earlier, later, days in _lengths(history.statements[-1], order):
            took[earlier, later].append(days)
    rank = {name: index for index, name in enumerate(order.rules.steps)}
    for earlier, later in sorted(took, key=lambda pair: (rank.get(pair[0], len(rank)), rank.get(pair[1], len(rank)))):
        yield _length(earlier, later, sorted(took[earlier, later]))


def _lengths(newest: Statement, order: Order) -> Iterator[tuple[str, str, int]]:
    for old, new in pairwise(order.folded(newest, again=True).stages):
        yield old.step, new.step, (new.since - old.since).days
    for one in newest.told:
        if one.day and one.shown and one.day <= one.shown:
            yield one.step, f"{one.step} published", (one.shown - one.day).days
    times, decided = order.times(newest), order.first(newest, "decision", "withdrawal")
    if times and decided and times[0] <= decided[0]:
        yield REPLY_OVER, "decided", (decided[0] - times[0]).days


def _length(earlier: str, later: str, took: list[int]) -> Length:
    quarter, median, three_quarters = (took[(len(took) * part + 3) // 4 - 1] for part in (1, 2, 3))
    return Length(earlier, later, len(took), took[0], quarter, median, three_quarters, took[-1])
