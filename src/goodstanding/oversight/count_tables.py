"""Counts in rows and parts, with all their totals: as they are, and as they may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

SMALL = 10  # a count of one or more that is less than this is not shown to the public


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts by row and part; the parts of a row make its total, the rows of a part the part's total.

    Where `groups` names each row's group, the rows of a group make its line, and the groups that of all.
    """

    rows: tuple[str, ...]
    parts: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    groups: tuple[str, ...] = ()

    @staticmethod
    def of(parts: Sequence[str], counts: Iterable[tuple[str, str, int]]) -> CountTable:
        """A grid from (row, part, count), rows with the greatest totals first; a part that is not named is an error."""
        counts_by_row: dict[str, dict[str, int]] = {}
        for row, part, count in counts:
            line = counts_by_row.setdefault(row, dict.fromkeys(parts, 0))
            line[part] += int(count)
        ordered = sorted(counts_by_row, key=lambda row: (-sum(counts_by_row[row].values()), row))
        return CountTable(tuple(ordered), tuple(parts), tuple(tuple(counts_by_row[row].values()) for row in ordered))

    def ordered(self, rows: Sequence[str]) -> CountTable:
        """The same with these rows, in this order; one that it does not have is all zeros."""
        none = (0,) * len(self.parts)
        counts_by_row = dict(zip(self.rows, self.counts, strict=True))
        return CountTable(tuple(rows), self.parts, tuple(counts_by_row.get(row, none) for row in rows))

    def grouped(self, groups: Mapping[str, str]) -> CountTable:
        """The same with each row's group; a row without one is in the group with no name."""
        return replace(self, groups=tuple(groups.get(row, "") for row in self.rows))

    @property
    def totals(self) -> CountTable:
        """Only the totals of its rows, as one part."""
        return CountTable(self.rows, ("whole",), tuple((sum(line),) for line in self.counts), self.groups)


@dataclass(frozen=True, slots=True)
class DisclosedLine:
    """A row of a grid as it may be shown; None is not shown."""

    name: str
    parts: Mapping[str, int | None]
    total: int | None

    @property
    def hidden(self) -> bool:
        """Whether a count of it is left out."""
        return None in (self.total, *self.parts.values())


@dataclass(frozen=True, slots=True)
class DisclosedTable:
    """A grid as it may be shown: a line for each row, for each group, and for `all`."""

    parts: tuple[str, ...]
    lines: tuple[DisclosedLine, ...]
    all: DisclosedLine
    groups: tuple[DisclosedLine, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether a count is left out."""
        return any(line.hidden for line in (*self.lines, *self.groups, self.all))

    def line(self, name: str) -> DisclosedLine | None:
        """The line of a row, if there is one."""
        return next((line for line in self.lines if line.name == name), None)
