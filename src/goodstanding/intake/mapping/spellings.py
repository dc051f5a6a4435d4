"""One spelling for each day and number of a sheet, so that a value is the same however it was written."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue

_MIDNIGHT = r"^\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00:00(?:\.0+)?\s*$"
_PADDED_NUMBER = r"^\s*0*([0-9]+?)(?:\.0+)?\s*$"


def unify_spellings(table: pa.Table, feed: Feed, catalogue: Catalogue) -> pa.Table:
    """The sheet with one spelling for each day and number that the feed reads, wherever else it uses the column.

    So `2014-06-02T00:00:00.000` in a reference is the day `2014-06-02`, and `01` in a group the number 1.
    """
    for pattern, columns in _list_typed_columns(feed, catalogue):
        for name in sorted(columns & set(table.column_names)):
            table = replace_column(table, name, pc.replace_substring_regex(table.column(name), pattern, r"\1"))
    return table


def _list_typed_columns(feed: Feed, catalogue: Catalogue) -> Iterator[tuple[str, set[str]]]:
    """How a day and a number are spelled in other ways, and the columns that are read as one; no identifiers."""
    kinds = {name: rule.type for name, rule in catalogue.records[feed.record].fields.items()}
    typed = [(kinds[name], value) for name, value in feed.fields.items() if value.map is None]
    days = [feed.occurred, *filter(None, [feed.stated]), *(value for kind, value in typed if kind == "date")]
    identifiers = {column for identifier in feed.subject.identifiers for column in identifier.value.reads()}
    numbers = (value for kind, value in typed if kind == "integer" and value.gather not in ("codes", "count"))
    yield _MIDNIGHT, {value.column for value in days if value.column}
    yield _PADDED_NUMBER, {value.column for value in numbers if value.column} - identifiers


def replace_column(table: pa.Table, name: str, texts: pa.ChunkedArray | pa.Array) -> pa.Table:
    """The table with other texts in a column."""
    return table.set_column(table.column_names.index(name), name, texts)
