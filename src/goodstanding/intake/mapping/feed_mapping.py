"""From a sheet's columns to findings, as a feed declares: one DuckDB query, with the problems of each row beside it.

A problem names the clerk's own column, a code with its parameters, and the value. The result has one row a finding:
`row`, `rows` (all row numbers behind it), `source`, `reference`, `problems`, and the event: `key`, `before` and `after`
(its canonical text around the kind) and `digest` (what decides whether the same is stated again).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadDay, BadFile
from goodstanding.intake.files.reader import EXPORT_COLUMNS, ROW_NUMBER, Sheet, read_file
from goodstanding.intake.mapping.feed_sql import FeedQuery
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.subjects.names import repair_encoding
from goodstanding.table_engine import open_table_engine

_CONTROL = r"[\x01-\x1f\x7f\x{80}-\x{9f}]+"


def map_rows_to_records(sheet: Sheet, feed: Feed, catalogue: Catalogue, stated: date, folder: Path) -> pa.Table:
    """One row a finding, in file order: its rows, key, body and problems; raises BadFile for columns not the feed's."""
    table = _join_companion_file(sheet, feed, folder)
    check_columns(table.column_names, feed, sheet)
    table = _add_optional_columns(table, feed)
    with open_table_engine(table.num_rows) as duck:
        duck.register("sheet", _repair_texts(table, feed))
        duck.register("sources", _build_sources_table(catalogue, feed))
        query = FeedQuery(feed, catalogue, stated)
        duck.execute(f"CREATE TEMP TABLE mapped AS {query.rows()}")
        return duck.sql(query.findings()).to_arrow_table()


def determine_stated_day(sheet_name: str, stated: date | None, feed: Feed) -> date:
    """The day the file states: in its name, else as given; raises BadDay where neither says it."""
    if match := re.search(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)", sheet_name):
        try:
            return date.fromisoformat(match[1])
        except ValueError as error:
            message = Message(SubmissionMessage.STATED_DAY_UNREAL, {"day": match[1]})
            raise BadDay(message, where=sheet_name) from error
    if stated is None:
        raise BadDay(Message(SubmissionMessage.STATED_DAY_MISSING, {"feed": feed.feed}), where=sheet_name)
    return stated


def check_columns(names: Iterable[str], feed: Feed, sheet: Sheet) -> None:
    """Raises BadFile for a column the feed does not know, or one it needs and the file lacks."""
    present_columns, needed = {name for name in names if name != ROW_NUMBER}, feed.needed()
    if missing := [name for name in needed if name not in present_columns]:
        near = get_close_matches(missing[0], present_columns, n=1)
        code = SubmissionMessage.COLUMN_MISNAMED if near else SubmissionMessage.COLUMN_MISSING
        raise BadFile(_describe_column(code, missing[0], near, feed, needed), where=sheet.file)
    if unknown := sorted(set(sheet.columns) - set(feed.columns()) - set(feed.ignored) - set(EXPORT_COLUMNS)):
        near = get_close_matches(unknown[0], feed.columns(), n=1)
        code = SubmissionMessage.COLUMN_MISSPELT if near else SubmissionMessage.COLUMN_UNKNOWN
        raise BadFile(_describe_column(code, unknown[0], near, feed), where=sheet.file)


def _describe_column(
    code: SubmissionMessage, column: str, near: list[str], feed: Feed, columns: Iterable[str] = ()
) -> Message:
    similar = repr(near[0]) if near else ""
    return Message(code, {"column": repr(column), "feed": feed.feed, "near": similar, "columns": ", ".join(columns)})


def _add_optional_columns(table: pa.Table, feed: Feed) -> pa.Table:
    """The sheet with an empty column for each that the feed can do without and the file does not have."""
    for name in feed.columns():
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    return table


def _join_companion_file(sheet: Sheet, feed: Feed, folder: Path) -> pa.Table:
    if feed.beside is None:
        return sheet.table
    other = read_file(folder / feed.beside.file)
    own = [name for name in other.columns if name == feed.beside.on or name not in sheet.columns]
    joined = sheet.table.join(other.table.select(own), keys=feed.beside.on, join_type="left outer")
    return joined.sort_by(ROW_NUMBER)


def _repair_texts(table: pa.Table, feed: Feed) -> pa.Table:
    """Text that a feed says was decoded wrongly is decoded again; control characters are read as spaces."""
    for value in feed.values().values():
        if value.mend and value.column:
            texts = table.column(value.column).to_pylist()
            table = _replace_column(
                table,
                value.column,
                pa.array(
                    [text if text is None or text.isascii() else repair_encoding(text) for text in texts], pa.string()
                ),
            )
    for name in feed.columns():
        texts = table.column(name)
        if pc.any(pc.match_substring_regex(texts, _CONTROL)).as_py():
            table = _replace_column(table, name, pc.replace_substring_regex(texts, _CONTROL, " "))
    return table


def _replace_column(table: pa.Table, name: str, texts: pa.ChunkedArray | pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, texts)


def _build_sources_table(catalogue: Catalogue, feed: Feed) -> pa.Table:
    may = {identifier: feed.record in records for identifier, records in catalogue.mandates.items()}
    return pa.table({"id": pa.array(list(may), pa.string()), "may": pa.array(list(may.values()), pa.bool_())})
