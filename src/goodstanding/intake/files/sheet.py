"""A file's rows as text columns, with the lines of it that are no rows: what every reader of a format gives.

A sheet has the clerk's own columns as text, empty cells as NULL, and `row`, the clerk's own number of the row (for
Parquet counted from 1, for CSV and JSON lines the line of the file). A line that is no row comes back with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from goodstanding.catalogue.feeds import Encoding, Feed
from goodstanding.errors import BadFile
from goodstanding.intake.problems import RowProblem
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage

ROW_NUMBER = "row number"
RAW_LINE, QUARANTINE_NUMBER = "line as sent", "quarantined as"
EXPORT_COLUMNS = (
    RAW_LINE,
    "row in file",
    QUARANTINE_NUMBER,
    "problems",
)  # what an export from quarantine adds to the clerk's own columns


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

    `is_part` says that it came back with the mended rows of another file alone, `notes` what its sender should know,
    `separator` what stands between cells where the feed says otherwise.
    """

    file: str
    digest: str
    columns: tuple[str, ...]
    table: pa.Table
    broken: tuple[BrokenLine, ...]
    is_part: bool = False
    notes: tuple[Message, ...] = ()
    separator: str = ""


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What is known of a file beforehand: the feed it is of, and the encoding that somebody said it has."""

    feed: Feed | None = None
    encoding: Encoding | None = None


@dataclass(frozen=True, slots=True)
class FileRows:
    """What a reader makes of a file: its rows, its lines that are none, and what its sender should know."""

    table: pa.Table
    broken: Sequence[BrokenLine] = ()
    notes: tuple[Message, ...] = ()
    separator: str = ""


def list_header_notes(lines_above: int) -> tuple[Message, ...]:
    """That lines above the header were left out, where there are any."""
    return (Message(IntakeMessage.LINES_ABOVE_HEADER, {"number": lines_above}),) if lines_above else ()


def build_file_error(code: SubmissionMessage, file: Path, line: int | None = None, **params: object) -> BadFile:
    """A refusal of a file, at one of its lines if that is known; `error` is what a library says of it."""
    where = str(file) if line is None else f"{file}, line {line}"
    return BadFile(Message(code, {"file": file.name, "error": "", **params}), where=where)


def refuse_if_header_unclear(names: Mapping[int, str], file: Path, line: int) -> None:
    """Nothing, or BadFile with the number of the first column that has no name, or that of one before it.

    Not with the name: where there is no header it is somebody's cell.
    """
    before: set[str] = set()
    for number, name in (names or {1: ""}).items():
        if not name.strip() or name in before:
            message = Message(SubmissionMessage.HEADER_NAMES_UNCLEAR, {"file": file.name})
            raise BadFile(message, where=f"{file}, line {line}, column {number}")
        before.add(name)


def build_table(cells: Sequence[tuple[str | None, ...]], header: Sequence[str], numbers: list[int]) -> pa.Table:
    """The rows of a file as a table: its cells column by column, and each row's own number."""
    columns = {
        name: pa.array([cell or None for cell in column], pa.string())
        for name, column in zip(header, cells, strict=True)
    }
    return pa.table(columns | {ROW_NUMBER: pa.array(numbers, pa.int64())})
