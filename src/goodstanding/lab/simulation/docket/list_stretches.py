"""Stretches of time on lists, and of the measures that rest on them, as a kernel wrote them down day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goodstanding.lab.compilation.scheme_arrays import NONE, SchemeArrays
from goodstanding.lab.simulation.docket.listings import COMBINED

BY_OTHER_LISTS = "combined"  # how the rules call the step of a list that is made of others


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record as the kernel has it: its day, its variant, its number, and that of the record that it is about."""

    occurred: int
    variant: int
    order: int
    about: int = NONE


@dataclass(frozen=True, slots=True)
class DayOfLists:
    """What holds from a day on: lists with the steps that lead to them, and after all lists the measures."""

    day: int
    rows: tuple[tuple[int, int], ...]


def group_days_of_lists(log: Any) -> dict[int, list[DayOfLists]]:
    """By agent, what holds from each day on which that was settled."""
    rows: dict[int, list[tuple[int, list[tuple[int, int]]]]] = defaultdict(list)
    for agent, day, which, step in log.tolist():
        if which == NONE:
            rows[agent].append((day, []))
        else:
            rows[agent][-1][1].append((which, step))
    days = {agent: [DayOfLists(day, tuple(of_day)) for day, of_day in settled] for agent, settled in rows.items()}
    return defaultdict(list, days)


def cut_days_of_lists(days: Sequence[DayOfLists], first: int, end: int) -> tuple[DayOfLists, ...]:
    """What holds on the first day, however long it has, and on each day before the end on which that was settled."""
    before = [settled for settled in days if settled.day < first]
    begun = [replace(before[-1], day=first)] if before else []
    return (*begun, *(settled for settled in days if first <= settled.day < end))


def list_listed_stretches(
    scheme: SchemeArrays, days: Sequence[DayOfLists], end: int
) -> Iterator[tuple[int, int, str, None]]:
    """First day, end, and list or measure; on a day that was settled twice the last one counts."""
    ends = [*(settled.day for settled in days[1:]), end]
    for settled, until in zip(days, ends, strict=False):  # of nothing there is only the end
        for which, step in settled.rows if settled.day < until else ():
            yield settled.day, until, _name(scheme, which, step), None


def _name(scheme: SchemeArrays, which: int, step: int) -> str:
    assert scheme.stated_cases, "only a scheme with cases has lists"
    lists = scheme.stated_cases.list_names
    if which >= len(lists):
        return f"measure {scheme.measures.names[which - len(lists)]}"
    step_name = BY_OTHER_LISTS if step == COMBINED else scheme.stated_cases.step_names[step].split(".")[1]
    return f"list {lists[which]}: {step_name}"
