"""The feeds of a catalogue run dry, without a register: a few rows with no, the usual and the oddest cells are mapped.

What a row lacks is a problem of the row, as ever; what fails here would stop every file of the feed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import duckdb
import pyarrow as pa

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.field_values import GREATEST_INTEGER, LOST_LETTER, MOST_CHARACTERS, compute_last_day
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import CatalogueError, GoodstandingError
from goodstanding.intake.files.sheet import build_table
from goodstanding.intake.mapping.feed_mapping import map_columns
from goodstanding.messages import EnactmentMessage, Message

_ODD_CELLS = (
    None, "2024-02-29", "29.02.2024", str(GREATEST_INTEGER), "-1", "yes", "'; --", "x" * (MOST_CHARACTERS + 1),
    LOST_LETTER,
)  # fmt: skip
_ROWS = 16
_OF_THE_FEED = (duckdb.Error, pa.ArrowException, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


def list_feed_failures(catalogue: Catalogue) -> list[CatalogueError]:
    """The feeds by which no row could be taken in, each with its file and why."""
    failures = []
    for name, feed in catalogue.feeds.items():
        try:
            _map_odd_rows(catalogue, feed)
        except (GoodstandingError, *_OF_THE_FEED) as error:
            params = {"feed": name, "problem": str(error).partition("\n")[0]}
            failures.append(CatalogueError(Message(EnactmentMessage.FEED_FAILS, params), where=f"feeds/{name}.yaml"))
    return failures


def _map_odd_rows(catalogue: Catalogue, feed: Feed) -> None:
    alone = feed.model_copy(update={"beside": None})  # its columns stand in the same sheet here
    columns = feed.columns()
    cells = [_list_cells(feed, catalogue, column) for column in columns]
    table = build_table(cells, columns, list(range(1, _ROWS + 1)))
    map_columns(table, alone, catalogue, compute_last_day(catalogue.in_force), {})


def _list_cells(feed: Feed, catalogue: Catalogue, column: str) -> tuple[str | None, ...]:
    """What the rows have in a column: the codes that it is mapped from and to, then what nobody thought of."""
    cells = chain(dict.fromkeys(_list_known_cells(feed, catalogue, column)), _ODD_CELLS * _ROWS)
    return tuple(islice(cells, _ROWS))


def _list_known_cells(feed: Feed, catalogue: Catalogue, column: str) -> Iterator[str]:
    fields = catalogue.records[feed.record].fields
    for name, value in feed.values().items():
        if column in value.reads():
            rule = fields.get(name.removeprefix("fields."))
            yield from islice((key for key in value.map or () if key), 3)
            yield from islice(rule.one_of if rule else (), 3)
