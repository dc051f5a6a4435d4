"""Small counts are not shown, nor is anything from which one could be worked out.

A count from 1 to 9 is left out; nobody is in a count of 0, so it is shown. What is left out must not follow from what
is shown: neither from one line by subtraction, nor from several lines together, nor from knowing that nothing left out
is 0. A table with its totals is a circulation (Gusfield, A Graph Theoretic Approach to Statistical Data Security, SIAM
J. Comput. 17, 1988): every count flows from one place to another, and what flows into a place flows out of it. A count
that is left out can be worked out exactly if no circle of such counts runs through it along which all could be one more
or one less; where there is none, the cheapest circle is closed by leaving more out.

Totals of rows stand in several tables at once. So which of them are left out follows from the totals, and more of them
are only where nothing else would do.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from goodstanding.oversight.count_tables import SMALL, CountTable, DisclosedLine, DisclosedTable

LEAST_HIDDEN = 1  # what everybody knows of a count that is left out
TOTAL_COST = 1_000_000.0  # what stands in other tables, too, goes last
TOTAL, ALL, GROUP, ROW, PART = "total", "all", "group", "row", "part"
Place = Hashable
CountKey = tuple[str, str, str]  # all, group or row; which one; which part of it, or its total


@dataclass(frozen=True, slots=True)
class _Flow:
    """A count of the table: it flows from a place to a place; what leaving it out costs."""

    key: CountKey
    out: Place
    into: Place
    count: int
    cost: float


_Steps = Mapping[Place, list[tuple[Place, _Flow]]]


def disclose_table(grid: CountTable, least: int = SMALL) -> DisclosedTable:
    """The grid without small counts, and without what gives them away; of several ways the one that loses least."""
    totals = {
        key[:2] for key in _choose_hidden_counts(list(_list_flows(grid.totals, 1.0)), set(), least) if key[2] == TOTAL
    }
    hidden = _choose_hidden_counts(
        list(_list_flows(grid, TOTAL_COST)), {(*line_key, TOTAL) for line_key in totals}, least
    )
    lines = _build_lines(grid, hidden)
    rows = tuple(lines[ROW, str(at), name] for at, name in enumerate(grid.rows))
    groups = tuple(lines[GROUP, name, name] for name in dict.fromkeys(grid.groups))
    return DisclosedTable(grid.parts, rows, lines[ALL, "", ""], groups)


def _choose_hidden_counts(flows: list[_Flow], required: set[CountKey], least: int) -> set[CountKey]:
    """What is left out: the small counts, what is given, and what else must be."""
    small = [flow for flow in flows if 0 < flow.count < least]
    hidden = {flow for flow in flows if flow.key in required or 0 < flow.count < least}
    for flow in sorted(small, key=lambda candidate: candidate.count):
        if not _is_undetermined(flow, hidden):
            hidden |= _find_cheapest_circle(flow, flows, hidden)
    return {flow.key for flow in hidden}


def _list_flows(grid: CountTable, total_cost: float) -> Iterator[_Flow]:
    """Every count as a flow: all to its total, down to groups and rows, through a row to its parts, and up again.

    What leaving out costs is about what is lost; a row is dearer than its group, since it is what readers came for.
    """
    for at, line in enumerate(grid.counts):
        over = (GROUP, grid.groups[at]) if grid.groups else (PART,)
        for part, number in zip(grid.parts, line, strict=True):
            yield _Flow((ROW, str(at), part), (ROW, at), (*over, part), number, number + 1)
        total = sum(line)
        yield _Flow((ROW, str(at), TOTAL), (*over, TOTAL), (ROW, at), total, (total + 1) * total_cost)
    for name in dict.fromkeys(grid.groups):
        sums = _sum_parts(grid, name)
        for part, number in zip(grid.parts, sums, strict=True):
            yield _Flow((GROUP, name, part), (GROUP, name, part), (PART, part), number, 0.25 * number)
        total = sum(sums)
        yield _Flow((GROUP, name, TOTAL), (PART, TOTAL), (GROUP, name, TOTAL), total, 0.25 * total * total_cost)
    sums = _sum_parts(grid)
    for part, number in zip(grid.parts, sums, strict=True):
        yield _Flow((ALL, "", part), (PART, part), ALL, number, 20.0 * number + 20)
    yield _Flow((ALL, "", TOTAL), ALL, (PART, TOTAL), sum(sums), TOTAL_COST * TOTAL_COST)


def _sum_parts(grid: CountTable, group: str | None = None) -> list[int]:
    chosen = [
        line for at, line in enumerate(grid.counts) if group is None or (grid.groups and grid.groups[at] == group)
    ]
    return [sum(line[at] for line in chosen) for at in range(len(grid.parts))]


def _map_steps(flows: Iterable[_Flow], without: _Flow) -> _Steps:
    """From each place, where one more or one less of a count leads to."""
    steps: dict[Place, list[tuple[Place, _Flow]]] = {}
    for flow in flows:
        if flow is not without:
            steps.setdefault(flow.out, []).append((flow.into, flow))
            if flow.count > LEAST_HIDDEN:
                steps.setdefault(flow.into, []).append((flow.out, flow))
    return steps


def _is_undetermined(flow: _Flow, hidden: set[_Flow]) -> bool:
    """Whether it could be one more or one less, for all that is shown."""
    steps = _map_steps(hidden, flow)
    return _is_reachable(steps, flow.into, flow.out) or (
        flow.count > LEAST_HIDDEN and _is_reachable(steps, flow.out, flow.into)
    )


def _is_reachable(steps: _Steps, start: Place, end: Place) -> bool:
    seen, waiting = {start}, deque([start])
    while waiting:
        place = waiting.popleft()
        if place == end:
            return True
        for next_place, _flow in steps.get(place, ()):
            if next_place not in seen:
                seen.add(next_place)
                waiting.append(next_place)
    return False


def _find_cheapest_circle(flow: _Flow, flows: list[_Flow], hidden: set[_Flow]) -> set[_Flow]:
    """The counts that close the cheapest circle through one: there is one, since what flows in flows out.

    Those of 0 are always shown, so they close none. All on the circle could be one more or one less together.
    """
    steps = _map_steps([candidate for candidate in flows if candidate.count], flow)
    paths = [_find_cheapest_path(steps, flow.into, flow.out, hidden)]
    if flow.count > LEAST_HIDDEN:
        paths.append(_find_cheapest_path(steps, flow.out, flow.into, hidden))
    return min(paths, key=lambda path: path[0])[1]


def _find_cheapest_path(steps: _Steps, start: Place, end: Place, hidden: set[_Flow]) -> tuple[float, set[_Flow]]:
    """Dijkstra's way from a place to a place, over what is hidden for nothing; infinite where there is none."""
    best: dict[Place, float] = {start: 0.0}
    previous: dict[Place, tuple[Place, _Flow]] = {}
    turn = count()
    waiting: list[tuple[float, int, Place]] = [(0.0, next(turn), start)]
    while waiting:
        cost, _turn, place = heapq.heappop(waiting)
        if place == end:
            return cost, set(_trace_path_back(previous, start, end))
        if cost > best[place]:
            continue
        for next_place, flow in steps.get(place, ()):
            path_cost = cost + (0.0 if flow in hidden else flow.cost)
            if path_cost < best.get(next_place, float("inf")):
                best[next_place], previous[next_place] = path_cost, (place, flow)
                heapq.heappush(waiting, (path_cost, next(turn), next_place))
    return float("inf"), set()


def _trace_path_back(previous: Mapping[Place, tuple[Place, _Flow]], start: Place, end: Place) -> Iterator[_Flow]:
    while end != start:
        end, flow = previous[end]
        yield flow


def _build_lines(grid: CountTable, hidden: set[CountKey]) -> dict[CountKey, DisclosedLine]:
    """Every line by what it is of, with None for what is hidden."""
    counted: dict[CountKey, list[int]] = {
        (ROW, str(at), name): list(grid.counts[at]) for at, name in enumerate(grid.rows)
    }
    counted |= {(GROUP, name, name): _sum_parts(grid, name) for name in dict.fromkeys(grid.groups)}
    counted[ALL, "", ""] = _sum_parts(grid)
    lines = {}
    for (kind, line_key, name), counts in counted.items():
        whole = dict(zip((*grid.parts, TOTAL), (*counts, sum(counts)), strict=True))
        left = {part: None if (kind, line_key, part) in hidden else number for part, number in whole.items()}
        total = left.pop(TOTAL)
        lines[kind, line_key, name] = DisclosedLine(name, left, total)
    return lines
