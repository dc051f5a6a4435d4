"""Which cases wait for whom, the nearest deadline first: read by index from the stretches of all cases.

No queue is ever counted or read whole: where a filter decides, only the `NEAREST` deadlines are looked at, and counting
and paging stop at `MOST`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

from goodstanding.access import Actor, Role
from goodstanding.errors import NotAllowed
from goodstanding.ledger.models import Event
from goodstanding.procedure.hearing import Act, Case, Phase
from goodstanding.register import answering, catalogues, hearing_rows
from goodstanding.register.authorities import offices
from goodstanding.register.file import Subject, subjects
from goodstanding.register.store import rows

MOST, NEAREST, MANY = 1_000, 5_000, 30
SOON, LONG_AGO = timedelta(days=60), timedelta(days=366)
TERM_OVER = "its term is over"  # as `procedure.hearing` says why a listing ends by itself


class Queue(StrEnum):
    """What cases wait for."""

    TO_SERVE = "to-serve"
    WAITING = "waiting"
    TO_DECIDE = "to-decide"
    DECISIONS = "decisions-to-serve"
    ASKED = "asked"
    APPEALS = "appeals"
    INTERIM = "interim"
    ENDING = "ending"


PHASES: Mapping[Queue, tuple[Phase, ...]] = {
    Queue.TO_SERVE: (Phase.PROPOSED,),
    Queue.WAITING: (Phase.TOLD,),
    Queue.TO_DECIDE: (Phase.TOLD,),
    Queue.DECISIONS: (Phase.DECIDED,),
    Queue.ASKED: (Phase.ASKED,),
    Queue.APPEALS: (Phase.APPEALED, Phase.APPEALED_BINDING, Phase.REFUSAL_APPEALED),
    Queue.INTERIM: (Phase.INTERIM,),
    Queue.ENDING: (Phase.IN_FORCE, Phase.FINAL, Phase.INTERIM),
}
OF_ROLE: Mapping[Role, tuple[Queue, ...]] = {
    Role.SOURCE: (
        Queue.TO_SERVE, Queue.DECISIONS, Queue.WAITING, Queue.TO_DECIDE, Queue.ASKED, Queue.APPEALS, Queue.ENDING,
    ),
    Role.DECIDER: (
        Queue.TO_DECIDE, Queue.ASKED, Queue.WAITING, Queue.DECISIONS, Queue.APPEALS, Queue.ENDING,
    ),
    Role.APPEAL: (Queue.APPEALS, Queue.INTERIM),
}  # fmt: skip
_SPANS = """
SELECT case_position, subject_id, catalogue, source, listed, phase, valid_from, valid_to, "then"
FROM hearing_span
WHERE phase = %s
  AND valid_to > %s
  AND valid_from <= %s
"""
_REPLIES = """
SELECT count(*)
FROM hearing_act
WHERE hearing_act.case_position = nearest.case_position
  AND act = 'ReplyFiled'
"""
_HEARINGS = _REPLIES.replace("ReplyFiled", "InterimHeard")
_ACTS = """
SELECT position, case_position, act, CAST(day AS TEXT) AS day, person, office, upheld,
  coalesce(CAST(ends_on AS TEXT), '') AS ends_on
FROM hearing_act
WHERE case_position IN ({marks})
ORDER BY case_position, position
"""
_CASES = """
SELECT position, subject_id, catalogue, listed, source, act, coalesce(about, -1) AS about, code
FROM hearing
WHERE position IN ({marks})
"""
_CASE = ("position", "subject_id", "catalogue", "listed", "source", "act", "about", "code")
_ACT = ("position", "case_position", "act", "day", "person", "office", "upheld", "ends_on")


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose cases are looked at: a source's own, or for an appeal body those of sources it stands apart from."""

    role: Role
    sources: tuple[str, ...]

    @property
    def queues(self) -> tuple[Queue, ...]:
        """The queues on this desk, what waits for whoever works here first."""
        return OF_ROLE[self.role]


def desk_of(actor: Actor) -> Desk:
    """The desk at which somebody works; raises NotAllowed for whoever works at none."""
    if actor.role not in OF_ROLE or not actor.scope:
        remedy = "charter article 18: each step names who holds it; clerks, deciders and appeal bodies of an office"
        raise NotAllowed("This desk is for those who work on cases.", remedy=remedy)
    tree, scope = offices(), actor.scope
    groups = [{source.id for source in one.catalogue.sources} for one in catalogues.enacted().values()]
    if actor.role is Role.APPEAL:
        near = [group for group in groups if scope in map(tree.now, group)] or groups
        return Desk(actor.role, tuple(sorted(one for one in set().union(*near) if tree.apart(one, scope))))
    known = {scope}.union(*groups)
    return Desk(actor.role, tuple(sorted(one for one in known if tree.now(one) == tree.now(scope))))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in a queue: the stretch it is in, how it was opened, and when the subject replied."""

    position: int
    subject: Subject
    catalogue: str
    source: str
    listed: str
    phase: Phase
    since: date
    until: date
    opening: Act
    reference: str
    objection: int | None
    case: Case

    @property
    def replied(self) -> tuple[date, ...]:
        """The days on which the subject replied in this stretch."""
        return tuple(one.day for one in self.case.done if one.act is Act.REPLY and one.day >= self.since)


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a queue; `total` stops at `MOST`, and then there are `more`."""

    lines: tuple[Waiting, ...]
    total: int
    more: bool


def queue(desk: Desk, which: Queue, at: date, listed: str = "", number: int = 1, per_page: int = 50) -> Part:
    """The cases of a queue on a day, the nearest deadline first; `listed` is `catalogue/list`, or nothing for all."""
    statement, parameters = _asked(desk, which, at, listed)
    ordered = f"SELECT *\nFROM ({statement}) AS found\nORDER BY valid_to, case_position\nLIMIT {MOST + 1}"
    found = rows(ordered, parameters)
    first = (number - 1) * per_page
    lines = tuple(_lines(found[:MOST][first : first + per_page]))
    return Part(lines, min(len(found), MOST), len(found) > MOST)


def counts(desk: Desk, at: date) -> dict[Queue, int]:
    """How many cases stand in each queue of a desk; one more than `MOST` where there are more."""
    parts, parameters = [], list[Any]()
    for which in desk.queues:
        statement, given = _asked(desk, which, at, "")
        parts.append(
            f"SELECT '{which}' AS name, count(*) AS n FROM (SELECT 1 FROM ({statement}) AS s LIMIT {MOST + 1}) AS c"
        )
        parameters += given
    found = {Queue(name): int(n) for name, n in rows("\nUNION ALL\n".join(parts), parameters)}
    return {which: found[which] for which in desk.queues}


def _asked(desk: Desk, which: Queue, at: date, listed: str) -> tuple[str, list[Any]]:
    """A query for a queue's spans, and its parameters: a part for each source and phase, as the index has them."""
    parts, parameters = list[str](), list[Any]()
    for source, named in _whose(desk):
        for phase in PHASES[which]:
            for bounds, bounding, condition, given in _limits(desk, which, phase, at, listed):
                most = NEAREST if condition else MOST + 1
                inner = f"{_SPANS}{source}{bounds}\nORDER BY valid_to\nLIMIT {most}"
                kept = f"SELECT *\nFROM ({inner}) AS nearest{condition}\nORDER BY valid_to\nLIMIT {MOST + 1}"
                parts.append(f"SELECT *\nFROM ({kept}) AS part")
                parameters += [phase.value, at, at, *named, *bounding, *given]
    if not parts:  # no catalogue in force has such times for these sources
        return f"{_SPANS} AND 1 = 0", [PHASES[which][0].value, at, at]
    return "\nUNION ALL\n".join(parts), parameters


def _whose(desk: Desk) -> list[tuple[str, list[str]]]:
    """A part for each source, since the index has its spans in order; one for them all where they are many."""
    if not desk.sources:
        return [(" AND 1 = 0", [])]
    if len(desk.sources) <= MANY:
        return [(" AND source = %s", [source]) for source in desk.sources]
    return [(f" AND source IN ({', '.join(['%s'] * len(desk.sources))})", list(desk.sources))]


def _limits(desk: Desk, which: Queue, phase: Phase, at: date, listed: str) -> Iterator[_Limit]:
    """How deadlines are bounded beyond lying ahead, and what is asked of the nearest, each with its parameters."""
    asked, given = list[str](), list[Any]()
    if listed:
        asked, given = ["catalogue = %s", "listed = %s"], [*listed.partition("/")[::2]]
    if which is Queue.INTERIM:
        asked.append(f"({_HEARINGS}) = 0")
    if which is Queue.ENDING:
        more = ['"then" = %s'] if phase is Phase.IN_FORCE else []
        yield " AND valid_to <= %s", [at + SOON], _where([*asked, *more]), [*given, *[TERM_OVER][: len(more)]]
    elif which in (Queue.TO_DECIDE, Queue.WAITING):
        yield from _by_reply(desk, which, at, asked, given)
    else:
        yield "", [], _where(asked), given


_Limit = tuple[str, list[Any], str, list[Any]]


def _where(asked: Sequence[str]) -> str:
    return "\nWHERE " + "\n  AND ".join(asked) if asked else ""


def _by_reply(desk: Desk, which: Queue, at: date, asked: list[str], given: list[Any]) -> Iterator[_Limit]:
    """Cases in which a reply is in or the time for it over; or, list by list, those in which it still runs."""
    lists = [one for one in answering.limits(at) if one.sources & set(desk.sources)]
    cases = " ".join("WHEN catalogue = %s AND listed = %s THEN %s" for _one in lists)
    over = f"CASE {cases} ELSE %s END" if lists else "%s"
    ready = f"(valid_from <= {over} OR ({_REPLIES}) > 0)"
    days = [value for one in lists for value in (one.catalogue, one.listed, one.served)] + [at - LONG_AGO]
    if which is Queue.TO_DECIDE:
        yield "", [], _where([*asked, ready]), [*given, *days]
        return
    for bound in sorted({one.decide_by for one in lists}):
        those = [one for one in lists if one.decide_by == bound]
        named = " OR ".join("(catalogue = %s AND listed = %s)" for _one in those)
        whose = [*given, *(name for one in those for name in (one.catalogue, one.listed)), *days]
        yield " AND valid_to >= %s", [bound], _where([*asked, f"({named})", f"NOT {ready}"]), whose


def _lines(found: Sequence[tuple[Any, ...]]) -> Iterator[Waiting]:
    """The cases of these spans with what was done in them: four questions, however many cases."""
    if not found:
        return
    positions = [row[0] for row in found]
    whose, cases, bodies = subjects(list({row[1] for row in found})), _folded(positions), _bodies(positions)
    for position, subject_id, catalogue, source, listed, phase, since, until, _then in found:
        if position in cases:
            body = bodies.get(position, {})
            yield Waiting(
                position, whose[subject_id], catalogue, source, listed, Phase(phase), _day(since), _day(until),
                cases[position].done[0].act, str(body.get("reference", "")), body.get("objection"), cases[position],
            )  # fmt: skip


def _folded(positions: Sequence[int]) -> dict[int, Case]:
    marks = ", ".join(["%s"] * len(positions))
    acts = [dict(zip(_ACT, row, strict=True)) for row in rows(_ACTS.format(marks=marks), positions)]
    done = {case: list(its) for case, its in groupby(acts, key=itemgetter("case_position"))}
    cases: Iterable[dict[str, Any]] = (
        dict(zip(_CASE, row, strict=True)) for row in rows(_CASES.format(marks=marks), positions)
    )
    versions = catalogues.versions()
    folded = {one["position"]: hearing_rows.folded_case(one, done.get(one["position"], []), versions) for one in cases}
    return {position: case for position, case in folded.items() if case and case.done}


def _bodies(positions: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the opening events say; nothing of those that were erased."""
    found = Event.objects.filter(position__in=positions).values_list("position", "body")
    return {position: json.loads(body) for position, body in found if body}


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
