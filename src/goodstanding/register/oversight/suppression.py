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

from goodstanding.register.oversight.grids import SMALL, Grid, Line, Shown

LEAST = 1  # what everybody knows of a count that is left out
DEAR = 1_000_000.0  # what stands in other tables, too, goes last
TOTAL, ALL, GROUP, ROW, PART = "total", "all", "group", "row", "part"
Place = Hashable
Key = tuple[str, str, str]  # all, group or row; which one; which part of it, or its total


@dataclass(frozen=True, slots=True)
class _Flow:
    """A count of the table: it flows from a place to a place; what leaving it out costs."""

    key: Key
    out: Place
    into: Place
    count: int
    cost: float


_Steps = Mapping[Place, list[tuple[Place, _Flow]]]


def shown(grid: Grid) -> Shown:
    """The grid without small counts, and without what gives them away; of several ways the one that loses least."""
    totals = {key[:2] for key in _hidden(list(_flows(grid.totals, 1.0)), set()) if key[2] == TOTAL}
    hidden = _hidden(list(_flows(grid, DEAR)), {(*one, TOTAL) for one in totals})
    lines = _lines(grid, hidden)
    rows = tuple(lines[ROW, str(at), name] for at, name in enumerate(grid.rows))
    groups = tuple(lines[GROUP, name, name] for name in dict.fromkeys(grid.groups))
    return Shown(grid.parts, rows, lines[ALL, "", ""], groups)


def _hidden(flows: list[_Flow], given: set[Key]) -> set[Key]:
    """What is left out: the small counts, what is given, and what else must be."""
    small = [one for one in flows if 0 < one.count < SMALL]
    hidden = {one for one in flows if one.key in given or 0 < one.count < SMALL}
    for one in sorted(small, key=lambda each: each.count):
        if not _open(one, hidden):
            hidden |= _circle(one, flows, hidden)
    return {one.key for one in hidden}


def _flows(grid: Grid, total_cost: float) -> Iterator[_Flow]:
    """Every count as a flow: all to its total, down to groups and rows, through a row to its parts, and up again.

    What leaving out costs is about what is lost; a row is dearer than its group, since it is what readers came for.
    """
    for at, line in enumerate(grid.counts):
        over = (GROUP, grid.groups[at]) if grid.groups else (PART,)
        for part, one in zip(grid.parts, line, strict=True):
            yield _Flow((ROW, str(at), part), (ROW, at), (*over, part), one, one + 1)
        total = sum(line)
        yield _Flow((ROW, str(at), TOTAL), (*over, TOTAL), (ROW, at), total, (total + 1) * total_cost)
    for name in dict.fromkeys(grid.groups):
        sums = _sums(grid, name)
        for part, one in zip(grid.parts, sums, strict=True):
            yield _Flow((GROUP, name, part), (GROUP, name, part), (PART, part), one, 0.25 * one)
        total = sum(sums)
        yield _Flow((GROUP, name, TOTAL), (PART, TOTAL), (GROUP, name, TOTAL), total, 0.25 * total * total_cost)
    sums = _sums(grid)
    for part, one in zip(grid.parts, sums, strict=True):
        yield _Flow((ALL, "", part), (PART, part), ALL, one, 20.0 * one + 20)
    yield _Flow((ALL, "", TOTAL), ALL, (PART, TOTAL), sum(sums), DEAR * DEAR)


def _sums(grid: Grid, group: str | None = None) -> list[int]:
    chosen = [
        line for at, line in enumerate(grid.counts) if group is None or (grid.groups and grid.groups[at] == group)
    ]
    return [sum(line[at] for line in chosen) for at in range(len(grid.parts))]


def _steps(flows: Iterable[_Flow], without: _Flow) -> _Steps:
    """From each place, where one more or one less of a count leads to."""
    found: dict[Place, list[tuple[Place, _Flow]]] = {}
    for one in flows:
        if one is not without:
            found.setdefault(one.out, []).append((one.into, one))
            if one.count > LEAST:
                found.setdefault(one.into, []).append((one.out, one))
    return found


def _open(one: _Flow, hidden: set[_Flow]) -> bool:
    """Whether it could be one more or one less, for all that is shown."""
    steps = _steps(hidden, one)
    return _leads(steps, one.into, one.out) or (one.count > LEAST and _leads(steps, one.out, one.into))


def _leads(steps: _Steps, start: Place, end: Place) -> bool:
    seen, waiting = {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            return True
        for there, _flow in steps.get(here, ()):
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return False


def _circle(one: _Flow, flows: list[_Flow], hidden: set[_Flow]) -> set[_Flow]:
    """The counts that close the cheapest circle through one: there is one, since what flows in flows out.

    Those of 0 are always shown, so they close none. All on the circle could be one more or one less together.
    """
    steps = _steps([each for each in flows if each.count], one)
    ways = [_cheapest(steps, one.into, one.out, hidden)]
    if one.count > LEAST:
        ways.append(_cheapest(steps, one.out, one.into, hidden))
    return min(ways, key=lambda way: way[0])[1]


def _cheapest(steps: _Steps, start: Place, end: Place, hidden: set[_Flow]) -> tuple[float, set[_Flow]]:
    """Dijkstra's way from a place to a place, over what is hidden for nothing; infinite where there is none."""
    best: dict[Place, float] = {start: 0.0}
    came: dict[Place, tuple[Place, _Flow]] = {}
    turn = count()
    waiting: list[tuple[float, int, Place]] = [(0.0, next(turn), start)]
    while waiting:
        cost, _turn, here = heapq.heappop(waiting)
        if here == end:
            return cost, set(_back(came, start, end))
        if cost > best[here]:
            continue
        for there, flow in steps.get(here, ()):
            new = cost + (0.0 if flow in hidden else flow.cost)
            if new < best.get(there, float("inf")):
                best[there], came[there] = new, (here, flow)
                heapq.heappush(waiting, (new, next(turn), there))
    return float("inf"), set()


def _back(came: Mapping[Place, tuple[Place, _Flow]], start: Place, end: Place) -> Iterator[_Flow]:
    while end != start:
        end, flow = came[end]
        yield flow


def _lines(grid: Grid, hidden: set[Key]) -> dict[Key, Line]:
    """Every line by what it is of, with None for what is hidden."""
    counted: dict[Key, list[int]] = {(ROW, str(at), name): list(grid.counts[at]) for at, name in enumerate(grid.rows)}
    counted |= {(GROUP, name, name): _sums(grid, name) for name in dict.fromkeys(grid.groups)}
    counted[ALL, "", ""] = _sums(grid)
    found = {}
    for (what, which, name), counts in counted.items():
        whole = dict(zip((*grid.parts, TOTAL), (*counts, sum(counts)), strict=True))
        left = {part: None if (what, which, part) in hidden else one for part, one in whole.items()}
        total = left.pop(TOTAL)
        found[what, which, name] = Line(name, left, total)
    return found
