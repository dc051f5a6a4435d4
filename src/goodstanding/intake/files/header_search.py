"""Where the header of a file stands: in the first line that has the columns of its feed, whatever stands above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goodstanding.catalogue.feeds import Feed

MOST_LINES_ABOVE = 100
_LEAST_KNOWN = 2  # columns that make a line a header, where a feed needs none


def is_header(cells: Sequence[str], feed: Feed) -> bool:
    """Whether a line has every column that the feed needs."""
    needed = set(feed.needed())
    return needed <= set(cells) if needed else count_known_columns(cells, feed) >= _LEAST_KNOWN


def count_known_columns(cells: Sequence[str], feed: Feed) -> int:
    """How many of the feed's columns stand in a line."""
    return len({*feed.columns(), *feed.ignored} & set(cells))


def find_header(rows: Iterable[Sequence[str]], feed: Feed) -> int | None:
    """How many lines stand above the header; as many as the feed says where the header stands there."""
    headers = [number for number, cells in enumerate(rows) if is_header(cells, feed)]
    declared = feed.written.title_lines
    return declared if declared in headers else next(iter(headers), None)
