"""Files as sources send them: Parquet, CSV and JSON lines, read into text columns; what cannot be read is kept.

A sheet has the clerk's own columns as text, empty cells as NULL, and `row`, the clerk's own number of the row (for
Parquet counted from 1, for CSV and JSON lines the line of the file). A line that is no row comes back with its reason.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodstanding.errors import BadFile
from goodstanding.intake.problems import RowProblem
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage
from goodstanding.subjects import find_person_scheme

ROW_NUMBER = "row number"
RAW_LINE, QUARANTINE_NUMBER = "line as sent", "quarantined as"
EXPORT_COLUMNS = (
    RAW_LINE,
    "row in file",
    QUARANTINE_NUMBER,
    "problems",
)  # what an export from quarantine adds to the clerk's own columns
MOST_BYTES = 4_000_000_000
_QUOTED = re.compile(r'"(?:[^"]+|"")*+"')
_CELL = re.compile(rf'(?:{_QUOTED.pattern}|[^",\r\n][^,\r\n]*)?,')
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that is no row: its number, its text, and why."""

    row: int
    text: str
    message: Message

    @property
    def reason(self) -> str:
        """Why, in the words that are written in the code."""
        return str(self.message)

    @property
    def problem(self) -> RowProblem:
        """Why, as the problem of its row."""
        return RowProblem(self.row, "", self.message)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's rows as text columns with `row number`, its broken lines, and the SHA-256 of the file.

    `is_part` says that it came back with the mended rows of another file alone.
    """

    file: str
    digest: str
    columns: tuple[str, ...]
    table: pa.Table
    broken: tuple[BrokenLine, ...]
    is_part: bool = False


def read_file(file: Path) -> Sheet:
    """The rows of a file; raises BadFile where it is not the format its name claims, empty, or cut short."""
    if not file.is_file():
        raise BadFile(Message(SubmissionMessage.FILE_MISSING, {"file": str(file)}))
    readers = {".parquet": _read_parquet, ".csv": _read_csv, ".jsonl": _read_json_lines, ".ndjson": _read_json_lines}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise _build_file_error(SubmissionMessage.FILE_FORMAT_UNKNOWN, file)
    if not 0 < file.stat().st_size <= MOST_BYTES:
        raise _build_file_error(SubmissionMessage.FILE_EMPTY_OR_TOO_LARGE, file)
    table, broken = reader(file)
    if not table.num_rows and not broken:
        raise _build_file_error(SubmissionMessage.FILE_WITHOUT_ROWS, file)
    columns = tuple(name for name in table.column_names if name != ROW_NUMBER)
    is_part = QUARANTINE_NUMBER in columns
    lines = tuple(map(_forget_person, broken))
    return Sheet(file.name, compute_file_digest(file), columns, table, lines, is_part)


def _forget_person(line: BrokenLine) -> BrokenLine:
    """A line without its text where a natural person's number stands in it: nobody can say in which cell."""
    if find_person_scheme(line.text) is None:
        return line
    return BrokenLine(line.row, "", Message(IntakeMessage.ROW_OF_PERSON))


def _build_file_error(code: SubmissionMessage, file: Path, line: int | None = None, error: object = "") -> BadFile:
    """A refusal of a file, at one of its lines if that is known; `error` is what a library says of it."""
    where = str(file) if line is None else f"{file}, line {line}"
    return BadFile(Message(code, {"file": file.name, "error": str(error)}), where=where)


def compute_file_digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_parquet(file: Path) -> tuple[pa.Table, list[BrokenLine]]:
    try:
        names = Counter(pq.read_schema(file).names)
        if repeated := next((name for name, number in names.items() if number > 1), None):
            params = {"file": file.name, "column": repr(repeated)}
            raise BadFile(Message(SubmissionMessage.COLUMN_TWICE, params), where=str(file))
        table = pq.read_table(file)
    except (pa.ArrowException, OSError) as error:
        raise _build_file_error(SubmissionMessage.FILE_NO_PARQUET, file, error=error) from error
    texts = {name: _cast_to_text(table.column(name), name, file) for name in table.column_names}
    return pa.table(texts | {ROW_NUMBER: pa.array(range(1, table.num_rows + 1), pa.int64())}), []


def _cast_to_text(column: pa.ChunkedArray, name: str, file: Path) -> pa.ChunkedArray:
    try:
        return pc.cast(column, pa.string())
    except pa.ArrowException as error:
        params = {"column": repr(name), "type": column.type}
        raise BadFile(Message(SubmissionMessage.COLUMN_OF_OTHER_TYPE, params), where=str(file)) from error


def _decode_text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _build_file_error(SubmissionMessage.FILE_NOT_UTF8, file, line) from error


def _read_csv(file: Path) -> tuple[pa.Table, list[BrokenLine]]:
    text = _decode_text(file)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(_iterate_rows(lines, text, file), None)
    if not header or len(set(header)) != len(header) or not all(name.strip() for name in header):
        raise _build_file_error(SubmissionMessage.HEADER_NAMES_UNCLEAR, file, 1)
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
    return _build_table(list(zip(*rows, strict=True)) if rows else [()] * len(header), header, numbers), broken


def _iterate_rows(lines: Iterator[list[str]], text: str, file: Path) -> Iterator[list[str]]:
    last_line = getattr(lines, "line_num", 0)
    try:
        for row in lines:
            last_line = getattr(lines, "line_num", 0)
            yield row
    except csv.Error as error:
        number, is_open = _find_bad_cell(text, last_line)
        code = SubmissionMessage.FILE_QUOTE_OPEN if is_open else SubmissionMessage.FILE_NO_CSV
        raise _build_file_error(code, file, number, error) from error


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


def _build_table(cells: list[tuple[str | None, ...]], header: list[str], numbers: list[int]) -> pa.Table:
    columns = {
        name: pa.array([cell or None for cell in column], pa.string())
        for name, column in zip(header, cells, strict=True)
    }
    return pa.table(columns | {ROW_NUMBER: pa.array(numbers, pa.int64())})


def _read_json_lines(file: Path) -> tuple[pa.Table, list[BrokenLine]]:
    json_rows: list[dict[str, str | None]] = []
    numbers: list[int] = []
    broken: list[BrokenLine] = []
    for number, line in enumerate(_decode_text(file).split("\n"), 1):
        if line.strip():
            row = _parse_json_row(line)
            if isinstance(row, Message):
                broken.append(BrokenLine(number, line, row))
            else:
                json_rows.append(row)
                numbers.append(number)
    header = list(dict.fromkeys(name for row in json_rows for name in row))
    if not header and broken:
        raise _build_file_error(SubmissionMessage.FILE_NO_JSON_LINES, file, 1)
    return _build_table([tuple(row.get(name) for row in json_rows) for name in header], header, numbers), broken


def _parse_json_row(line: str) -> dict[str, str | None] | Message:
    """The cells of a line, or why it is no row."""
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        return Message(IntakeMessage.LINE_NO_JSON, {"error": str(error)})
    if not isinstance(row, dict) or not row:
        return Message(IntakeMessage.LINE_NO_OBJECT)
    if any(isinstance(value, dict | list) for value in row.values()):
        return Message(IntakeMessage.CELL_NOT_PLAIN)
    if line.count(":") > len(row) and (name := find_repeated_member(line)) is not None:
        return Message(IntakeMessage.MEMBER_REPEATED, {"name": name})
    return {name: _render_cell(value) for name, value in row.items()}


def find_repeated_member(line: str) -> str | None:
    """The name that an object in a line of JSON gives twice, so that readers may take either value; None: none."""
    repeated: list[str] = []

    def look_at(pairs: list[tuple[str, Any]]) -> None:
        numbers = Counter(name for name, _value in pairs)
        repeated.extend(name for name, number in numbers.items() if number > 1)

    with suppress(ValueError, RecursionError):  # what is no JSON is refused as that
        json.loads(line, object_pairs_hook=look_at)
    return repeated[0] if repeated else None


def _render_cell(value: object) -> str | None:
    if value is None or value == "":
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
