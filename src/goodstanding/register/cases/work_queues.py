"""Which cases wait for whom, the nearest deadline first: read by index from the spans of all cases.

No queue is ever counted or read whole: where a filter decides, only the `NEAREST` deadlines are looked at, and counting
and paging stop at `MOST`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from goodstanding.ledger.models import Event
from goodstanding.procedure.case_states import Act, EndReason, HeardCase, Phase
from goodstanding.register.cases.desks import OF_ROLE as OF_ROLE
from goodstanding.register.cases.desks import Desk as Desk
from goodstanding.register.cases.desks import WorkQueue as WorkQueue
from goodstanding.register.cases.desks import get_desk as get_desk
from goodstanding.register.cases.reply_deadlines import list_reply_deadlines
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.subjects import Subject, list_subjects
from goodstanding.register.projection.case_rows import CASE_ROW, CASES, fold_case
from goodstanding.register.rules.enacted_catalogues import list_catalogue_versions, list_enacted
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.queries import fetch_rows

MOST, NEAREST, MANY = 1_000, 5_000, 30
SOON, LONG_AGO = timedelta(days=60), timedelta(days=366)


PHASES: Mapping[WorkQueue, tuple[Phase, ...]] = {
    WorkQueue.TO_SERVE: (Phase.PROPOSED,),
    WorkQueue.WAITING: (Phase.TOLD,),
    WorkQueue.TO_DECIDE: (Phase.TOLD,),
    WorkQueue.DECISIONS: (Phase.DECIDED,),
    WorkQueue.ASKED: (Phase.ASKED,),
    WorkQueue.APPEALS: (Phase.APPEALED, Phase.APPEALED_BINDING, Phase.REFUSAL_APPEALED),
    WorkQueue.INTERIM: (Phase.INTERIM,),
    WorkQueue.ENDING: (Phase.IN_FORCE, Phase.FINAL, Phase.INTERIM),
}
_SPANS = """
SELECT case_position, subject_id, catalogue, source, listed, phase, valid_from, valid_to, "then"
FROM hearing_span
WHERE phase = %s
  AND valid_to > %s
  AND valid_from <= %s
"""
_REPLIES = f"""
SELECT count(*)
FROM hearing_act
WHERE hearing_act.case_position = nearest.case_position
  AND act = '{EventKind.REPLY_FILED}'
"""
_HEARINGS = _REPLIES.replace(EventKind.REPLY_FILED, EventKind.INTERIM_HEARD)
_ACTS = """
SELECT position, case_position, act, CAST(day AS TEXT) AS day, person, office, upheld,
  coalesce(CAST(ends_on AS TEXT), '') AS ends_on
FROM hearing_act
WHERE case_position IN ({marks})
ORDER BY case_position, position
"""
_ACT = ("position", "case_position", "act", "day", "person", "office", "upheld", "ends_on")


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """A case in a queue: the span it is in, how it was opened, and when the subject replied."""

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
    case: HeardCase

    @property
    def replied(self) -> tuple[date, ...]:
        """The days on which the subject replied in this span."""
        return tuple(
            case_act.day for case_act in self.case.done if case_act.act is Act.REPLY and case_act.day >= self.since
        )


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of a queue; `total` stops at `MOST`, and then it `has_more`."""

    lines: tuple[QueuedCase, ...]
    total: int
    has_more: bool


def list_queue(
    desk: Desk, work_queue: WorkQueue, moment: PointInTime, listed: str = "", number: int = 1, per_page: int = 50
) -> QueuePage:
    """The cases of a queue at a moment, the nearest deadline first; `listed` is `catalogue/list`, or empty for all."""
    statement, parameters = _build_query(desk, work_queue, moment, listed)
    ordered = f"SELECT *\nFROM ({statement}) AS found\nORDER BY valid_to, case_position\nLIMIT {MOST + 1}"
    span_rows = fetch_rows(ordered, parameters)
    first = (number - 1) * per_page
    lines = tuple(_build_queued_cases(span_rows[:MOST][first : first + per_page]))
    return QueuePage(lines, min(len(span_rows), MOST), len(span_rows) > MOST)


def count_queued_cases(desk: Desk, moment: PointInTime) -> dict[WorkQueue, int]:
    """How many cases stand in each queue of a desk; one more than `MOST` where there are more."""
    parts, parameters = [], list[Any]()
    for work_queue in desk.queues:
        statement, queue_parameters = _build_query(desk, work_queue, moment, "")
        parts.append(
            f"SELECT '{work_queue}' AS name, count(*) AS n FROM (SELECT 1 FROM ({statement}) AS s"
            f" LIMIT {MOST + 1}) AS c"
        )
        parameters += queue_parameters
    numbers = {WorkQueue(name): int(n) for name, n in fetch_rows("\nUNION ALL\n".join(parts), parameters)}
    return {work_queue: numbers[work_queue] for work_queue in desk.queues}


def _build_query(desk: Desk, work_queue: WorkQueue, moment: PointInTime, listed: str) -> tuple[str, list[Any]]:
    """A query for a queue's spans, and its parameters: a part for each day, source and phase, as the index has them."""
    parts, parameters = list[str](), list[Any]()
    for at, in_place, catalogues in _limit_by_day(moment):
        for source, named in _limit_by_source(desk):
            for phase in PHASES[work_queue]:
                for bounds, bounding, condition, condition_values in _list_limits(desk, work_queue, phase, at, listed):
                    most = NEAREST if condition else MOST + 1
                    inner = f"{_SPANS}{source}{in_place}{bounds}\nORDER BY valid_to\nLIMIT {most}"
                    kept = f"SELECT *\nFROM ({inner}) AS nearest{condition}\nORDER BY valid_to\nLIMIT {MOST + 1}"
                    parts.append(f"SELECT *\nFROM ({kept}) AS part")
                    parameters += [phase.value, at, at, *named, *catalogues, *bounding, *condition_values]
    if not parts:  # no catalogue in force has such times for these sources
        return f"{_SPANS} AND 1 = 0", [PHASES[work_queue][0].value, moment.today, moment.today]
    return "\nUNION ALL\n".join(parts), parameters


def _limit_by_day(moment: PointInTime) -> list[tuple[date, str, list[str]]]:
    """A part for each day that it is in some catalogue now, with its catalogues; one for them all where it is one."""
    catalogues_by_day: defaultdict[date, list[str]] = defaultdict(list)
    for name in list_enacted():
        catalogues_by_day[moment.case_day(name)].append(name)
    if len(catalogues_by_day) <= 1:
        return [(day, "", []) for day in catalogues_by_day or (moment.today,)]
    return [
        (day, f" AND catalogue IN ({', '.join(['%s'] * len(names))})", names)
        for day, names in catalogues_by_day.items()
    ]


def _limit_by_source(desk: Desk) -> list[tuple[str, list[str]]]:
    """A part for each source, since the index has its spans in order; one for them all where they are many."""
    if not desk.sources:
        return [(" AND 1 = 0", [])]
    if len(desk.sources) <= MANY:
        return [(" AND source = %s", [source]) for source in desk.sources]
    return [(f" AND source IN ({', '.join(['%s'] * len(desk.sources))})", list(desk.sources))]


def _list_limits(desk: Desk, work_queue: WorkQueue, phase: Phase, at: date, listed: str) -> Iterator[_Limit]:
    """How deadlines are bounded beyond lying ahead, and what is asked of the nearest, each with its parameters."""
    conditions, parameters = list[str](), list[Any]()
    if listed:
        conditions, parameters = ["catalogue = %s", "listed = %s"], [*listed.partition("/")[::2]]
    if work_queue is WorkQueue.INTERIM:
        conditions.append(f"({_HEARINGS}) = 0")
    if work_queue is WorkQueue.ENDING:
        end_conditions = ['"then" = %s'] if phase is Phase.IN_FORCE else []
        yield (
            " AND valid_to <= %s",
            [at + SOON],
            _render_where([*conditions, *end_conditions]),
            [*parameters, *[EndReason.TERM_OVER.value][: len(end_conditions)]],
        )
    elif work_queue in (WorkQueue.TO_DECIDE, WorkQueue.WAITING):
        yield from _limit_by_reply(desk, work_queue, at, conditions, parameters)
    else:
        yield "", [], _render_where(conditions), parameters


_Limit = tuple[str, list[Any], str, list[Any]]


def _render_where(conditions: Sequence[str]) -> str:
    return "\nWHERE " + "\n  AND ".join(conditions) if conditions else ""


def _limit_by_reply(
    desk: Desk, work_queue: WorkQueue, at: date, conditions: list[str], parameters: list[Any]
) -> Iterator[_Limit]:
    """Cases in which a reply is in or the time for it over; or, list by list, those in which it still runs."""
    lists = [deadline for deadline in list_reply_deadlines(at) if deadline.sources & set(desk.sources)]
    cases = " ".join("WHEN catalogue = %s AND listed = %s THEN %s" for _deadline in lists)
    over = f"CASE {cases} ELSE %s END" if lists else "%s"
    ready = f"(valid_from <= {over} OR ({_REPLIES}) > 0)"
    days = [value for deadline in lists for value in (deadline.catalogue, deadline.listed, deadline.served)] + [
        at - LONG_AGO
    ]
    if work_queue is WorkQueue.TO_DECIDE:
        yield "", [], _render_where([*conditions, ready]), [*parameters, *days]
        return
    for bound in sorted({deadline.decide_by for deadline in lists}):
        bound_deadlines = [deadline for deadline in lists if deadline.decide_by == bound]
        named = " OR ".join("(catalogue = %s AND listed = %s)" for _deadline in bound_deadlines)
        bound_parameters = [
            *parameters,
            *(name for deadline in bound_deadlines for name in (deadline.catalogue, deadline.listed)),
            *days,
        ]
        yield (
            " AND valid_to >= %s",
            [bound],
            _render_where([*conditions, f"({named})", f"NOT {ready}"]),
            bound_parameters,
        )


def _build_queued_cases(span_rows: Sequence[tuple[Any, ...]]) -> Iterator[QueuedCase]:
    """The cases of these spans with what was done in them: four questions, however many cases."""
    if not span_rows:
        return
    positions = [row[0] for row in span_rows]
    subjects_by_id, cases, bodies = (
        list_subjects(list({row[1] for row in span_rows})),
        _fold_cases(positions),
        _read_opening_bodies(positions),
    )
    for position, subject_id, catalogue, source, listed, phase, since, until, _then in span_rows:
        if position in cases:
            body = bodies.get(position, {})
            yield QueuedCase(
                position, subjects_by_id[subject_id], catalogue, source, listed, Phase(phase), _parse_day(since),
                _parse_day(until),
                cases[position].done[0].act, str(body.get("reference", "")), body.get("objection"), cases[position],
            )  # fmt: skip


def _fold_cases(positions: Sequence[int]) -> dict[int, HeardCase]:
    marks = ", ".join(["%s"] * len(positions))
    acts = [dict(zip(_ACT, row, strict=True)) for row in fetch_rows(_ACTS.format(marks=marks), positions)]
    done = {case: list(case_acts) for case, case_acts in groupby(acts, key=itemgetter("case_position"))}
    cases: Iterable[dict[str, Any]] = (
        dict(zip(CASE_ROW.names, row, strict=True))
        for row in fetch_rows(f"{CASES}WHERE hearing.position IN ({marks})", positions)
    )
    versions = list_catalogue_versions()
    folded = {
        case_row["position"]: fold_case(case_row, done.get(case_row["position"], []), versions) for case_row in cases
    }
    return {position: case for position, case in folded.items() if case and case.done}


def _read_opening_bodies(positions: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the opening events say; nothing of those that were erased."""
    events = Event.objects.filter(position__in=positions).values_list("position", "body")
    return {position: json.loads(body) for position, body in events if body}


def _parse_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
