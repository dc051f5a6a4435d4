"""The check: lives of a run are asked of the rules themselves, and each grade, score and measure is equal to the day.

A record counts in the world from the day it is known, so the rules are asked once for each state of knowledge of a
life, with the records that were known then, and compared over the days on which no other record was known.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.effects import RECORDS, compute_intervals
from goodstanding.errors import LaboratoryError
from goodstanding.lab.compilation.scheme_arrays import NONE, SchemeArrays
from goodstanding.lab.simulation.docket.list_stretches import (
    DayOfLists,
    KnownRecord,
    cut_days_of_lists,
    group_days_of_lists,
    list_listed_stretches,
)
from goodstanding.lab.simulation.drawn_chunks import build_chunk, get_cells
from goodstanding.lab.simulation.life_records import GONE, LOG_AGENT, LOG_DAY, LOG_FIRST, LOG_ORDER, LOG_SECOND
from goodstanding.lab.simulation.outcomes.grade_levels import GradedScheme, list_standings
from goodstanding.lab.simulation.outcomes.outcome_tables import NO_SCORE
from goodstanding.lab.simulation.reactions import MECHANISMS
from goodstanding.lab.simulation.run_counts import Mechanisms, Run, SchemeCounts
from goodstanding.lab.simulation.scheme_checks import EPOCH
from goodstanding.lab.simulation.scheme_lives import SchemeLives, WrittenLives
from goodstanding.messages import Message, RunMessage

LIVES = 1_000
MOST_POSITIONS = 1_000_000  # of one state of knowledge
Stretch = tuple[int, int, str, int | None]  # first day, end day, grade or measure, score


class WrittenVariant(Protocol):
    """What a record of a variant says: its type and its fields, lengths of which begin with the day of the conduct."""

    @property
    def record(self) -> str:
        """The type of the record."""
        ...

    @property
    def fields(self) -> Sequence[tuple[str, Any]]:
        """Names and values; None is left out."""
        ...


@dataclass(frozen=True, slots=True)
class Agreement:
    """How much was compared without a difference: lives, states of knowledge, records, and stretches of time."""

    lives: int
    states: int
    records: int
    stretches: int


@dataclass(frozen=True, slots=True)
class KnownState:
    """What was known of an agent on the days [first, end): the kernel's records, and what it found.

    Standings are (day, score, grade), listings (day, rows of list or measure with the step), each until the next one.
    """

    agent: int
    first: int
    end: int
    records: tuple[KnownRecord, ...]
    standings: tuple[tuple[int, ...], ...]
    listings: tuple[DayOfLists, ...]


def check_lives(
    run: Run,
    name: str,
    catalogue: Catalogue,
    variants: Sequence[WrittenVariant],
    lives: int = LIVES,
    mechanisms: Mechanisms = MECHANISMS,
) -> Agreement:
    """So many random lives and those with the most records, asked of the rules; LaboratoryError on a difference.

    Without any record there is nothing to ask, and such a life agrees.
    """
    counts, sums = run.get_scheme(name), [0, 0, 0, 0]
    for kind, of_kind in counts.lives.items():
        size = get_cells(run.population, kind).size
        numbers = _choose_numbers(counts, kind, size, of_kind.seed, lives)
        chunk = build_chunk(run.population, of_kind.scheme, kind, numbers)
        tables = of_kind.build_occasions(mechanisms)
        outside = of_kind.watch_others(run.population, tables, numbers)
        states = list(_list_states(of_kind, of_kind.write(chunk.table, tables, outside)))
        stretches = _compare(of_kind, catalogue, variants, states, numbers)
        for place, number in enumerate((len(numbers), len(states), sum(len(s.records) for s in states), stretches)):
            sums[place] += number
    return Agreement(*sums)


def _choose_numbers(counts: SchemeCounts, kind: Any, size: int, seed: int, lives: int) -> np.ndarray[Any, Any]:
    drawn = np.random.default_rng(seed).choice(size, min(lives, size), replace=False)
    busiest = counts.busiest.get(kind, np.empty(0, np.int64))
    return np.unique(np.concatenate([np.asarray(drawn, np.int64), busiest])).astype(np.int64)


def _list_states(lives: SchemeLives, written: WrittenLives) -> Iterator[KnownState]:
    """The states of knowledge of each life, in the order of time."""
    by_agent, standings_by_agent = _group_records(written), _group_rows(written.standings)
    days_of_lists = group_days_of_lists(written.listings)
    for agent, rows in sorted(by_agent.items()):
        days = _list_days_asked(rows, is_newest=bool(lives.scheme.outcomes))
        on_file: dict[int, KnownRecord] = {}
        for first, end in zip(days, [*days[1:], int(lives.month_starts[-1])], strict=True):
            _learn(on_file, [record for day, record in rows if first <= day < end])
            steps = (row[LOG_DAY:] for row in standings_by_agent[agent] if first <= row[LOG_DAY] < end)
            listings = cut_days_of_lists(days_of_lists[agent], first, end)
            yield KnownState(agent, first, end, tuple(on_file.values()), tuple(tuple(row) for row in steps), listings)


def _list_days_asked(rows: list[tuple[int, KnownRecord]], is_newest: bool) -> list[int]:
    """The days on which something became known or was withdrawn.

    Where records are graded, none has a say on days before its own: what was known on the day of the conduct itself
    can be asked about together with what was known before.
    """
    days = {day for day, _record in rows}
    late = {day for day, record in rows if record.variant == GONE or record.occurred != day}
    return sorted({min(days), *late} if is_newest else days)


def _group_records(written: WrittenLives) -> dict[int, list[tuple[int, KnownRecord]]]:
    """By agent, what became known or was withdrawn, with the day, in the order of time."""
    rows: dict[int, list[tuple[int, KnownRecord]]] = defaultdict(list)
    for row in written.records.tolist():
        rows[row[LOG_AGENT]].append((row[LOG_DAY], KnownRecord(row[LOG_FIRST], row[LOG_SECOND], row[LOG_ORDER])))
    for agent, day, *decision in written.decisions.tolist():
        rows[agent].append((day, KnownRecord(*decision)))
    return rows


def _group_rows(log: Any) -> dict[int, list[list[int]]]:
    rows: dict[int, list[list[int]]] = defaultdict(list)
    for row in log.tolist():
        rows[row[LOG_AGENT]].append(row)
    return rows


def _learn(on_file: dict[int, KnownRecord], records: list[KnownRecord]) -> None:
    """Adds what becomes known, by its order, and takes out what is withdrawn."""
    for record in records:
        if record.variant == GONE:
            del on_file[record.order]
        else:
            on_file[record.order] = record


def _compare(
    lives: SchemeLives,
    catalogue: Catalogue,
    variants: Sequence[WrittenVariant],
    states: Sequence[KnownState],
    numbers: np.ndarray[Any, Any],
) -> int:
    """How many stretches are equal; raises LaboratoryError with the life where any is not."""
    if not states:
        return 0
    table = pa.Table.from_pylist(list(_list_rows(catalogue, variants, states)), schema=RECORDS)
    stretches = _ask_stretches(table, catalogue, states)
    number = 0
    for place, state in enumerate(states):
        of_rules, of_kernel = _join(stretches[place]), _join(_list_stretches(lives, state))
        if of_rules != of_kernel:
            life = _describe(catalogue, variants, state, of_rules, of_kernel)
            params = {"agent": int(numbers[state.agent]), "catalogue": catalogue.name, "life": life}
            raise LaboratoryError(Message(RunMessage.LIFE_DIFFERS, params))
        number += len(of_rules)
    return number


def _ask_stretches(table: pa.Table, catalogue: Catalogue, states: Sequence[KnownState]) -> dict[int, list[Stretch]]:
    """What the rules say at every moment of each state's days: it holds until the next one."""
    intervals = compute_intervals(table, catalogue)
    moments = defaultdict[int, set[int]](set)
    for subject_id, state in enumerate(states):
        moments[subject_id].add(state.first)
    for subject_id, day in zip(
        *standing.compute_moments(table, intervals, catalogue).to_pydict().values(), strict=True
    ):
        if states[subject_id].first < _count_days(day) < states[subject_id].end:
            moments[subject_id].add(_count_days(day))
    ends = {}
    for subject_id, days in moments.items():
        first_days = sorted(days)
        for first, end in zip(first_days, [*first_days[1:], states[subject_id].end], strict=True):
            ends[subject_id, first] = end
    stretches = defaultdict[int, list[Stretch]](list)
    effects = standing.evaluate(table, intervals, catalogue, _build_points(list(ends))).to_pylist()
    for row in effects:
        first = _count_days(row["day"])
        name = _name_effect(row)
        if name is not None:
            end = ends[row["subject_id"], first]
            stretches[row["subject_id"]].append((first, end, name, row["score"]))
    return stretches


def _name_effect(row: Mapping[str, Any]) -> str | None:
    """How an effect is compared: a grade, a list with the step that leads to it, or a measure; nothing of a stage."""
    if row["kind"] in ("grade", "case"):
        return f"{row['measure']} {row['value']}" if row["kind"] == "grade" and row["value"] is not None else None
    return f"list {row['measure']}: {row['value']}" if row["kind"] == "listing" else f"measure {row['measure']}"


def _build_points(points: Sequence[tuple[int, int]]) -> pa.Table:
    return pa.table(
        {
            "subject_id": pa.array([subject_id for subject_id, _day in points], pa.int64()),
            "day": pa.array([day for _subject_id, day in points], pa.int32()).cast(pa.date32()),
        }
    )


def _list_rows(
    catalogue: Catalogue, variants: Sequence[WrittenVariant], states: Sequence[KnownState]
) -> Iterator[dict[str, Any]]:
    """The records of each state of knowledge, which is a subject of its own."""
    for subject_id, state in enumerate(states):
        for position, record in enumerate(state.records):
            day, variant = EPOCH + timedelta(record.occurred), variants[record.variant]
            yield {
                "position": subject_id * MOST_POSITIONS + position,
                "subject_id": subject_id,
                "record": variant.record,
                "source": "laboratory",
                "reference": str(record.order),
                "about": None if record.about == NONE else str(record.about),
                "occurred": day,
                "fields": json.dumps(_write_fields(catalogue, variant, day)),
                "published": None,
            }


def _write_fields(catalogue: Catalogue, variant: WrittenVariant, day: date) -> dict[str, Any]:
    return {
        name: value.after(day, catalogue.month_sums).isoformat() if isinstance(value, Period) else value
        for name, value in variant.fields
        if value is not None
    }


def _list_stretches(lives: SchemeLives, state: KnownState) -> Iterator[Stretch]:
    """What the kernel found: the grades with their scores and the measures that follow from each, and lists."""
    yield from list_listed_stretches(lives.scheme, state.listings, state.end)
    for place, graded in enumerate(list_standings(lives.scheme).schemes):
        steps = [step for step in state.standings if step[-1] == place]
        ends = [*(step[0] for step in steps[1:]), state.end]
        for (day, score, level, _scheme), end in zip(steps, ends, strict=True):
            if level != NONE and day < end:  # on a day of several moments the last one counts
                yield from _list_level_stretches(lives.scheme, graded, (day, end, score, level))


def _list_level_stretches(
    scheme: SchemeArrays, graded: GradedScheme, stretch: tuple[int, int, int, int]
) -> Iterator[Stretch]:
    day, end, score, level = stretch
    name = f"{graded.arrays.name} {graded.level_names[level]}"
    yield day, end, name, None if score == NO_SCORE else score
    for measure in graded.levels[level].measures:
        yield day, end, f"measure {scheme.measures.names[measure]}", None


def _join(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches in order, those that touch and say the same as one; one for several audiences or cases."""
    joined: list[Stretch] = []
    for first, end, name, score in sorted(set(stretches), key=lambda stretch: (stretch[2], stretch[0])):
        if joined and joined[-1][2:] == (name, score) and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), name, score)
        else:
            joined.append((first, end, name, score))
    return joined


def _describe(
    catalogue: Catalogue,
    variants: Sequence[WrittenVariant],
    state: KnownState,
    of_rules: list[Stretch],
    of_kernel: list[Stretch],
) -> str:
    lines = [f"known from {EPOCH + timedelta(state.first)} to {EPOCH + timedelta(state.end)}"]
    for record in state.records:
        day, variant = EPOCH + timedelta(record.occurred), variants[record.variant]
        about = "" if record.about == NONE else f" about {record.about}"
        lines.append(f"  {record.order} {day} {variant.record}{about} {_write_fields(catalogue, variant, day)}")
    for title, stretches in (("the rules", of_rules), ("the run", of_kernel)):
        lines += [
            f"  {title}: {EPOCH + timedelta(first)} to {EPOCH + timedelta(end)} {name} {'' if score is None else score}"
            for first, end, name, score in stretches
        ]
    return "\n".join(lines)


def _count_days(day: date) -> int:
    return (day - EPOCH).days
