"""CSV as sources send it: what is no row is kept, and a cell that cannot be read is told where it starts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from goodstanding.catalogue.feeds import Feed
from goodstanding.intake.files.file_text import decode_text
from goodstanding.intake.files.header_search import MOST_LINES_ABOVE, count_known_columns, find_header
from goodstanding.intake.files.sheet import (
    BrokenLine,
    FileOptions,
    FileRows,
    build_file_error,
    build_table,
    list_header_notes,
    refuse_if_header_unclear,
)
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage

if TYPE_CHECKING:
    from _csv import Reader as CsvRows

COMMA = ","
SEPARATORS = (COMMA, ";", "\t", "|")
_NAMED = {"tab": "\t"}
_QUOTED = re.compile(r'"(?:[^"]+|"")*+"')
_LINE_END = re.compile(r"\r\n|\r|\n")
_MOST_LETTERS = 131_072  # of a cell: more is mostly a quotation mark astray, which has swallowed the rows below
csv.field_size_limit(2**31 - 1)  # where the library has a limit of its own, it gives up the whole file


@dataclass(frozen=True, slots=True)
class CsvLayout:
    """What separates the cells of a file, and how many lines stand above its header."""

    separator: str = COMMA
    lines_above: int = 0


def read_csv(file: Path, options: FileOptions) -> FileRows:
    """The rows of a CSV file, and its lines that are no rows; raises BadFile where it is none."""
    text = decode_text(file, options.encoding)
    layout = find_layout(text, options.feed) if options.feed else CsvLayout()
    lines = split_rows(_skip_lines(text, layout.lines_above), layout.separator)
    header = next(_iterate_rows(lines, text, file, layout), [])
    refuse_if_header_unclear(dict(enumerate(header, 1)), file, layout.lines_above + 1)
    rows: list[list[str]] = []
    numbers: list[int] = []
    broken: list[BrokenLine] = []
    for row in _iterate_rows(lines, text, file, layout):
        number = layout.lines_above + lines.line_num
        if len(row) == len(header) and max(map(len, row)) <= _MOST_LETTERS:
            rows.append(row)
            numbers.append(number)
        elif row:
            broken.append(BrokenLine(number, layout.separator.join(row), _describe_fault(row, header, number)))
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    notes, separator = list_header_notes(layout.lines_above), layout.separator
    is_expected = separator == (_get_declared_separator(options.feed) if options.feed else COMMA)
    return FileRows(build_table(cells, header, numbers), broken, notes, "" if is_expected else separator)


def split_rows(stream: TextIO, separator: str) -> CsvRows:
    """The rows of a CSV text, cells of any length, with the `line_num` of the last line read."""
    return csv.reader(stream, strict=True, delimiter=separator)


def _describe_fault(row: Sequence[str], header: Sequence[str], last_line: int) -> Message:
    if len(row) != len(header):
        return Message(IntakeMessage.LINE_OF_OTHER_LENGTH, {"cells": len(row), "header": len(header)})
    column, cell = max(zip(header, row, strict=True), key=lambda pair: len(pair[1]))
    first_line = last_line - sum(len(_LINE_END.findall(text)) for text in row)
    params = {"column": column, "line": first_line, "letters": f"{len(cell):,}", "most": f"{_MOST_LETTERS:,}"}
    return Message(IntakeMessage.CELL_TOO_LONG, params)


def find_layout(text: str, feed: Feed) -> CsvLayout:
    """The separator and the place with which a line is the feed's header; else those that come nearest."""
    separators = dict.fromkeys([_get_declared_separator(feed), *SEPARATORS])
    first_lines = list(islice(io.StringIO(text, newline=""), MOST_LINES_ABOVE + 1))
    rows = {separator: [_split_line(line, separator) for line in first_lines] for separator in separators}
    for separator in separators:
        if (lines_above := find_header(rows[separator], feed)) is not None:
            return CsvLayout(separator, lines_above)
    nearest = max(separators, key=lambda separator: max(count_known_columns(row, feed) for row in rows[separator]))
    counts = [count_known_columns(row, feed) for row in rows[nearest]]
    return CsvLayout(nearest, counts.index(max(counts))) if any(counts) else _guess_layout(rows, feed)


def _get_declared_separator(feed: Feed) -> str:
    declared = feed.written.separator or COMMA
    return _NAMED.get(declared, declared)


def _guess_layout(rows: Mapping[str, list[list[str]]], feed: Feed) -> CsvLayout:
    """Where no column is the feed's: the separator that makes most lines, one below the other, equally wide."""
    tables = {separator: _find_table(lines) for separator, lines in rows.items()}
    separator = max(tables, key=lambda separator: tables[separator][0])
    title_lines = feed.written.title_lines
    return CsvLayout(separator, tables[separator][1] if title_lines is None else title_lines)


def _find_table(lines: list[list[str]]) -> tuple[int, int]:
    """How many lines of several cells are equally wide, one below the other, at most; and the first of them."""
    stretches = [list(stretch) for _width, stretch in groupby(enumerate(lines), lambda line: len(line[1]))]
    tables = [(len(stretch), stretch[0][0]) for stretch in stretches if len(stretch[0][1]) > 1]
    return max(tables, key=lambda table: table[0], default=(0, 0))


def _split_line(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _skip_lines(text: str, number: int) -> TextIO:
    stream = io.StringIO(text, newline="")
    for _number in range(number):
        stream.readline()
    return stream


def _iterate_rows(lines: Iterator[list[str]], text: str, file: Path, layout: CsvLayout) -> Iterator[list[str]]:
    last_line = getattr(lines, "line_num", 0)
    try:
        for row in lines:
            last_line = getattr(lines, "line_num", 0)
            yield row
    except csv.Error as error:
        number, is_open = _find_bad_cell(text, last_line + layout.lines_above, layout.separator)
        code = SubmissionMessage.FILE_QUOTE_OPEN if is_open else SubmissionMessage.FILE_NO_CSV
        raise build_file_error(code, file, number, error=error) from error


def _find_bad_cell(text: str, last_line: int, separator: str) -> tuple[int, bool]:
    """The line in which the first cell begins that cannot be read, and whether it begins with a quotation mark that
    no other closes; `last_line` is the last line that could be read.
    """
    mark = re.escape(separator)
    cell = re.compile(rf'(?:{_QUOTED.pattern}|[^"{mark}\r\n][^{mark}\r\n]*)?{mark}')
    unread, start = _skip_lines(text, last_line).read(), 0
    while match := cell.match(unread, start):
        start = match.end()
    line = last_line + 1 + len(_LINE_END.findall(unread, 0, start))
    return line, unread.startswith('"', start) and not _QUOTED.match(unread, start)
