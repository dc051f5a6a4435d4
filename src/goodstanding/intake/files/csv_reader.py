"""CSV as sources send it: what is no row is kept, and a cell that cannot be read is told where it starts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from goodstanding.intake.files.file_text import decode_text
from goodstanding.intake.files.sheet import BrokenLine, build_file_error, build_table
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage

_QUOTED = re.compile(r'"(?:[^"]+|"")*+"')
_CELL = re.compile(rf'(?:{_QUOTED.pattern}|[^",\r\n][^,\r\n]*)?,')
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_csv(file: Path) -> tuple[pa.Table, list[BrokenLine]]:
    """The rows of a CSV file, and its lines that are no rows; raises BadFile where it is none."""
    text = decode_text(file)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(_iterate_rows(lines, text, file), None)
    if not header or len(set(header)) != len(header) or not all(name.strip() for name in header):
        raise build_file_error(SubmissionMessage.HEADER_NAMES_UNCLEAR, file, 1)
    rows: list[list[str]] = []
    numbers: list[int] = []
    broken: list[BrokenLine] = []
    for row in _iterate_rows(lines, text, file):
        if len(row) == len(header):
            rows.append(row)
            numbers.append(lines.line_num)
        elif row:
            message = Message(IntakeMessage.LINE_OF_OTHER_LENGTH, {"cells": len(row), "header": len(header)})
            broken.append(BrokenLine(lines.line_num, ",".join(row), message))
    return build_table(list(zip(*rows, strict=True)) if rows else [()] * len(header), header, numbers), broken


def _iterate_rows(lines: Iterator[list[str]], text: str, file: Path) -> Iterator[list[str]]:
    last_line = getattr(lines, "line_num", 0)
    try:
        for row in lines:
            last_line = getattr(lines, "line_num", 0)
            yield row
    except csv.Error as error:
        number, is_open = _find_bad_cell(text, last_line)
        code = SubmissionMessage.FILE_QUOTE_OPEN if is_open else SubmissionMessage.FILE_NO_CSV
        raise build_file_error(code, file, number, error) from error


def _find_bad_cell(text: str, last_line: int) -> tuple[int, bool]:
    """The line in which the first cell begins that cannot be read, and whether it begins with a quotation mark that
    no other closes; `last_line` is the last line that could be read.
    """
    stream = io.StringIO(text, newline="")
    for _number in range(last_line):
        stream.readline()
    unread, start = stream.read(), 0
    while cell := _CELL.match(unread, start):
        start = cell.end()
    line = last_line + 1 + len(_LINE_END.findall(unread, 0, start))
    return line, unread.startswith('"', start) and not _QUOTED.match(unread, start)
