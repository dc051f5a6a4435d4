"""What was known of a life, one state of knowledge after another, as a kernel wrote it down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goodstanding.lab.simulation.docket.list_stretches import (
    DayOfLists,
    KnownRecord,
    cut_days_of_lists,
    group_days_of_lists,
)
from goodstanding.lab.simulation.life_records import GONE, LOG_AGENT, LOG_DAY, LOG_FIRST, LOG_ORDER, LOG_SECOND
from goodstanding.lab.simulation.scheme_lives import SchemeLives, WrittenLives


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


def list_known_states(lives: SchemeLives, written: WrittenLives) -> Iterator[KnownState]:
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
    for agent, day, *decision, _debt in written.decisions.tolist():
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
