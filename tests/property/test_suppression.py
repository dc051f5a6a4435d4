"""What oversight leaves out cannot be worked out from what it shows, whatever the counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples

from goodstanding.oversight.count_tables import SMALL, CountTable, DisclosedLine, DisclosedTable
from goodstanding.oversight.disclosure_control import disclose_table

COUNTS = st.one_of(st.integers(0, 14), st.integers(0, 3), st.sampled_from([0, 10, 40, 250]))


@st.composite
def grids(draw: st.DrawFn) -> CountTable:
    """Tables of up to four rows and three parts, with or without groups."""
    parts = tuple("abc"[: draw(st.integers(1, 3))])
    counts = draw(st.lists(st.tuples(*[COUNTS] * len(parts)), min_size=1, max_size=4))
    rows = tuple(f"row {at}" for at in range(len(counts)))
    table = CountTable(rows, parts, tuple(counts))
    return table.grouped({row: draw(st.sampled_from("xy")) for row in rows}) if draw(st.booleans()) else table


def list_lines(disclosed: DisclosedTable) -> tuple[DisclosedLine, ...]:
    """All the lines of a table."""
    return (*disclosed.lines, *disclosed.groups, disclosed.all)


def list_counts(grid: CountTable) -> Iterator[tuple[int, ...]]:
    """The counts of all lines of a table, in the same order."""
    yield from ((*line, sum(line)) for line in grid.counts)
    for name in dict.fromkeys(grid.groups):
        lines = [line for line, group in zip(grid.counts, grid.groups, strict=True) if group == name]
        yield (*map(sum, zip(*lines, strict=True)), sum(map(sum, lines)))
    yield (*map(sum, zip(*grid.counts, strict=True)), sum(map(sum, grid.counts)))


def list_possible_tables(grid: CountTable, disclosed: DisclosedTable) -> Iterator[CountTable]:
    """Every table a step away that reads the same: what is shown is equal, what is not is one or more.

    A step changes each count by one at most. In a table with its totals that is enough: if what is left out can be
    anything else at all, then it can be that.
    """
    free = [
        (row, at)
        for row, line in enumerate(disclosed.lines)
        for at, part in enumerate(disclosed.parts)
        if line.parts[part] is None
    ]
    for changes in product((-1, 0, 1), repeat=len(free)):
        counts = [list(line) for line in grid.counts]
        for (row, at), change in zip(free, changes, strict=True):
            counts[row][at] += change
        other = CountTable(grid.rows, grid.parts, tuple(map(tuple, counts)), grid.groups)
        if reads_alike(disclosed, other):
            yield other


def reads_alike(disclosed: DisclosedTable, other: CountTable) -> bool:
    """Whether a table agrees with everything that is shown, and with what everybody knows of the rest."""
    for line, counts in zip(list_lines(disclosed), list_counts(other), strict=True):
        for shown, count in zip((*line.parts.values(), line.total), counts, strict=True):
            if count < 1 if shown is None else shown != count:
                return False
    return True


@given(grids())
def test_no_small_count_is_shown(grid: CountTable) -> None:
    """Neither in a row nor in a total; what is shown is true."""
    for line, counts in zip(list_lines(disclose_table(grid)), list_counts(grid), strict=True):
        for shown, count in zip((*line.parts.values(), line.total), counts, strict=True):
            assert shown is None if 0 < count < SMALL else shown in (None, count)


@settings(max_examples=share_of_examples(150))
@given(grids())
def test_nothing_left_out_can_be_worked_out(grid: CountTable) -> None:
    """For each count that is left out there is another table that reads the same and differs in it."""
    disclosed = disclose_table(grid)
    if sum(line.parts[part] is None for line in disclosed.lines for part in disclosed.parts) > 9:
        return
    ours, possible = (
        list(list_counts(grid)),
        [list(list_counts(table)) for table in list_possible_tables(grid, disclosed)],
    )
    for number, line in enumerate(list_lines(disclosed)):
        for at, shown in enumerate((*line.parts.values(), line.total)):
            if shown is None:
                assert any(other[number][at] != ours[number][at] for other in possible), (line, grid)


@given(grids())
def test_a_count_of_nobody_is_shown(grid: CountTable) -> None:
    """A zero tells of nobody, and hiding it would hide who never misses anything."""
    for line, counts in zip(list_lines(disclose_table(grid)), list_counts(grid), strict=True):
        assert all(shown == 0 for shown, count in zip(line.parts.values(), counts, strict=False) if count == 0)


@given(grids())
def test_tables_with_the_same_totals_leave_out_the_same_ones(grid: CountTable) -> None:
    """What is left out of the totals alone is left out of every table that has them, however it parts them."""
    plain = [line.total is None for line in disclose_table(grid.totals).lines]
    ours = [line.total is None for line in disclose_table(grid).lines]
    assert all(mine for mine, either in zip(ours, plain, strict=True) if either)
