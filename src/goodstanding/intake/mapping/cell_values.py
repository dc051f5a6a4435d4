"""One spelling for each day and number of a sheet, so that a value is the same however it was written."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import DEFAULT_DAY_FORM, DayForm, Feed
from goodstanding.catalogue.field_values import LOST_LETTER, MOST_CHARACTERS
from goodstanding.catalogue.model import Catalogue

_MIDNIGHT = r"^\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00:00(?:\.0+)?\s*$"
_DAY_PARTS = {"YYYY": r"(?P<year>[0-9]{4})", "MM": r"(?P<month>[0-9]{1,2})", "DD": r"(?P<day>[0-9]{1,2})"}
_PADDED_NUMBER = r"^\s*0*([0-9]+?)(?:\.0+)?\s*$"


def unify_spellings(table: pa.Table, feed: Feed, catalogue: Catalogue) -> pa.Table:
    """The sheet with one spelling for each day and number that the feed reads, wherever else it uses the column.

    So `2014-06-02T00:00:00.000` in a reference is the day `2014-06-02`, and `01` in a group the number 1.
    """
    day_columns, number_columns = _list_typed_columns(feed, catalogue)
    for pattern, columns in ((_MIDNIGHT, day_columns), (_PADDED_NUMBER, number_columns)):
        for name in _list_present(table, columns):
            table = replace_column(table, name, pc.replace_substring_regex(table.column(name), pattern, r"\1"))
    if feed.written.days != DEFAULT_DAY_FORM:
        for name in _list_present(table, day_columns):
            table = replace_column(table, name, _read_days(table.column(name), feed.written.days))
    return table


def list_odd_columns(table: pa.Table, feed: Feed) -> list[str]:
    """The columns with a text that may have to be refused: with a NUL or a lost letter, or long.

    Long is what is over the limit once it is joined with as much from each column that a value is read from.
    """
    values = feed.values().values()
    joined = max(len(value.reads()) for value in values)
    longest = MOST_CHARACTERS // max(joined, 1) - max(len(value.joined_by) for value in values)
    return [name for name in feed.columns() if _is_odd(table.column(name), longest)]


def _is_odd(texts: pa.ChunkedArray, longest: int) -> bool:
    is_long = (pc.max(pc.utf8_length(texts)).as_py() or 0) > longest
    return is_long or any(pc.any(pc.match_substring(texts, mark)).as_py() for mark in ("\0", LOST_LETTER))


def _list_present(table: pa.Table, columns: set[str]) -> list[str]:
    return sorted(columns & set(table.column_names))


def _read_days(texts: pa.ChunkedArray, form: DayForm) -> pa.Array:
    """Days that are written in a form, as ISO 8601 has them; what is no such day stays as it is."""
    column = texts.combine_chunks().dictionary_encode()
    parse = partial(_parse_day, pattern=_compile_day_form(form))
    days = [text if text is None else parse(text) or text for text in column.dictionary.to_pylist()]
    return pa.array(days, pa.string()).take(column.indices)


def _compile_day_form(form: DayForm) -> re.Pattern[str]:
    """A day in a form, with the midnight that programs write behind it; one digit is enough beside a mark."""
    pattern = re.escape(form)
    for part, digits in _DAY_PARTS.items():
        pattern = pattern.replace(part, digits if len(form) > len("YYYYMMDD") else digits.replace("1,2", "2"))
    return re.compile(rf"\s*{pattern}(?: 0?0:00(?::00(?:\.0+)?)?)?\s*")


def _parse_day(text: str, pattern: re.Pattern[str]) -> str | None:
    match = pattern.fullmatch(text)
    try:
        return date(*(int(match[part]) for part in ("year", "month", "day"))).isoformat() if match else None
    except ValueError:
        return None


def _list_typed_columns(feed: Feed, catalogue: Catalogue) -> tuple[set[str], set[str]]:
    """The columns that are read as days, and those that are read as whole numbers; no identifiers."""
    kinds = {name: rule.type for name, rule in catalogue.records[feed.record].fields.items()}
    typed = [(kinds[name], value) for name, value in feed.fields.items() if value.map is None]
    days = [feed.occurred, *filter(None, [feed.stated]), *(value for kind, value in typed if kind == "date")]
    identifiers = {column for identifier in feed.subject.identifiers for column in identifier.value.reads()}
    numbers = (value for kind, value in typed if kind == "integer" and value.gather not in ("codes", "count"))
    number_columns = {value.column for value in numbers if value.column} - identifiers
    return {value.column for value in days if value.column}, number_columns


def replace_column(table: pa.Table, name: str, texts: pa.ChunkedArray | pa.Array) -> pa.Table:
    """The table with other texts in a column."""
    return table.set_column(table.column_names.index(name), name, texts)
