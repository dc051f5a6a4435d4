"""What oversight leaves out cannot be worked out from what it shows, whatever the counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.profiles import examples

from goodstanding.oversight.count_tables import SMALL, CountTable, DisclosedLine, DisclosedTable
from goodstanding.oversight.disclosure_control import disclose_table

COUNTS = st.one_of(st.integers(0, 14), st.integers(0, 3), st.sampled_from([0, 10, 40, 250]))


@st.composite
def grids(draw: st.DrawFn) -> CountTable:
    """Tables of up to four rows and three parts, with or without groups."""
    parts = tuple("abc"[: draw(st.integers(1, 3))])
    counts = draw(st.lists(st.tuples(*[COUNTS] * len(parts)), min_size=1, max_size=4))
    rows = tuple(f"row {at}" for at in range(len(counts)))
    made = CountTable(rows, parts, tuple(counts))
    return made.grouped({row: draw(st.sampled_from("xy")) for row in rows}) if draw(st.booleans()) else made


def every(made: DisclosedTable) -> tuple[DisclosedLine, ...]:
    """All the lines of a table."""
    return (*made.lines, *made.groups, made.all)


def whole(grid: CountTable) -> Iterator[tuple[int, ...]]:
    """The counts of all lines of a table, in the same order."""
    yield from ((*line, sum(line)) for line in grid.counts)
    for name in dict.fromkeys(grid.groups):
        lines = [line for line, group in zip(grid.counts, grid.groups, strict=True) if group == name]
        yield (*map(sum, zip(*lines, strict=True)), sum(map(sum, lines)))
    yield (*map(sum, zip(*grid.counts, strict=True)), sum(map(sum, grid.counts)))


def tables(grid: CountTable, made: DisclosedTable) -> Iterator[CountTable]:
    """Every table a step away that reads the same: what is shown is equal, what is not is one or more.

    A step changes each count by one at most. In a table with its totals that is enough: if what is left out can be
    anything else at all, then it can be that.
    """
    free = [
        (row, at)
        for row, line in enumerate(made.lines)
        for at, part in enumerate(made.parts)
        if line.parts[part] is None
    ]
    for changes in product((-1, 0, 1), repeat=len(free)):
        counts = [list(line) for line in grid.counts]
        for (row, at), change in zip(free, changes, strict=True):
            counts[row][at] += change
        other = CountTable(grid.rows, grid.parts, tuple(map(tuple, counts)), grid.groups)
        if reads_alike(made, other):
            yield other


def reads_alike(made: DisclosedTable, other: CountTable) -> bool:
    """Whether a table agrees with everything that is shown, and with what everybody knows of the rest."""
    for line, counts in zip(every(made), whole(other), strict=True):
        for said, count in zip((*line.parts.values(), line.total), counts, strict=True):
            if count < 1 if said is None else said != count:
                return False
    return True


@given(grids())
def test_no_small_count_is_shown(grid: CountTable) -> None:
    """Neither in a row nor in a total; what is shown is true."""
    for line, counts in zip(every(disclose_table(grid)), whole(grid), strict=True):
        for said, count in zip((*line.parts.values(), line.total), counts, strict=True):
            assert said is None if 0 < count < SMALL else said in (None, count)


@settings(max_examples=examples(150))
@given(grids())
def test_nothing_left_out_can_be_worked_out(grid: CountTable) -> None:
    """For each count that is left out there is another table that reads the same and differs in it."""
    made = disclose_table(grid)
    if sum(line.parts[part] is None for line in made.lines for part in made.parts) > 9:
        return
    ours, found = list(whole(grid)), [list(whole(one)) for one in tables(grid, made)]
    for number, line in enumerate(every(made)):
        for at, said in enumerate((*line.parts.values(), line.total)):
            if said is None:
                assert any(other[number][at] != ours[number][at] for other in found), (line, grid)


@given(grids())
def test_a_count_of_nobody_is_shown(grid: CountTable) -> None:
    """A zero tells of nobody, and hiding it would hide who never misses anything."""
    for line, counts in zip(every(disclose_table(grid)), whole(grid), strict=True):
        assert all(said == 0 for said, count in zip(line.parts.values(), counts, strict=False) if count == 0)


@given(grids())
def test_tables_with_the_same_totals_leave_out_the_same_ones(grid: CountTable) -> None:
    """What is left out of the totals alone is left out of every table that has them, however it parts them."""
    plain = [line.total is None for line in disclose_table(grid.totals).lines]
    ours = [line.total is None for line in disclose_table(grid).lines]
    assert all(mine for mine, either in zip(ours, plain, strict=True) if either)
