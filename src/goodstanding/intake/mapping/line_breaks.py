"""Cells with a line break where none belongs: mostly a stray quotation mark, which has swallowed the row below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.records import FieldRule
from goodstanding.intake.files.sheet import ROW_NUMBER
from goodstanding.intake.mapping.problem_column import ProblemsByRow
from goodstanding.intake.problems import RowProblem
from goodstanding.messages import IntakeMessage, Message

_BREAK = r"\S\s*[\r\n]\s*\S"
_LINE_END = re.compile(r"\r\n|\r|\n")
_SHOWN = 80


def list_line_break_problems(table: pa.Table, feed: Feed, fields: Mapping[str, FieldRule], file: str) -> ProblemsByRow:
    """The cells of names, days, numbers, codes and identifiers that have a line break inside; by row."""
    problems_by_row: ProblemsByRow = {}
    for column in _list_one_line_columns(feed, fields):
        for row in _list_broken_rows(table, column):
            number = row[ROW_NUMBER]
            problem = RowProblem(number, column, _describe_break(row, file), row[column][:_SHOWN])
            problems_by_row.setdefault(number, []).append(problem)
    return problems_by_row


def _list_broken_rows(table: pa.Table, column: str) -> list[dict[str, Any]]:
    texts = table.column(column)
    if not any(pc.any(pc.match_substring(texts, end)).as_py() for end in "\r\n"):  # as almost always, and quickly seen
        return []
    return table.filter(pc.fill_null(pc.match_substring_regex(texts, _BREAK), False)).to_pylist()


def _list_one_line_columns(feed: Feed, fields: Mapping[str, FieldRule]) -> list[str]:
    """The columns that a feed reads, but for those from which it only reads texts."""
    texts = {f"fields.{name}" for name, rule in fields.items() if rule.type == "text"}
    columns = [column for name, value in feed.values().items() if name not in texts for column in value.reads()]
    return list(dict.fromkeys(columns))


def _describe_break(row: Mapping[str, object], file: str) -> Message:
    """What is wrong, with the row's lines where the file counts by them."""
    if not file.lower().endswith(".csv"):
        return Message(IntakeMessage.CELL_OF_SEVERAL_LINES)
    last = int(str(row[ROW_NUMBER]))
    breaks = sum(len(_LINE_END.findall(cell)) for cell in row.values() if isinstance(cell, str))
    return Message(IntakeMessage.ROW_OVER_LINES, {"first": last - breaks, "last": last})


def has_rows_over_lines(records: pa.Table) -> bool:
    """Whether a row has been put aside that may have swallowed others."""
    codes = pc.struct_field(pc.list_flatten(records.column("problems")), "code")
    return bool(pc.any(pc.equal(codes, IntakeMessage.ROW_OVER_LINES.value)).as_py())
