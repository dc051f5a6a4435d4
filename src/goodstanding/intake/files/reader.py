"""Files as sources send them, of any format that is known, read into text columns; what cannot be read is kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodstanding.catalogue.feeds import Encoding, Feed
from goodstanding.errors import BadFile
from goodstanding.intake.files.csv_reader import read_csv
from goodstanding.intake.files.json_lines_reader import read_json_lines
from goodstanding.intake.files.sheet import (
    QUARANTINE_NUMBER,
    ROW_NUMBER,
    BrokenLine,
    FileOptions,
    FileRows,
    Sheet,
    build_file_error,
)
from goodstanding.intake.files.workbook_reader import read_workbook
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage
from goodstanding.subjects import find_person_scheme
from goodstanding.table_files import move_to_file

MOST_BYTES = 4_000_000_000


def read_file(file: Path, feed: Feed | None = None, encoding: Encoding | None = None) -> Sheet:
    """The rows of a file; raises BadFile where it is not the format its name claims, empty, or cut short.

    The feed says how its files are written, and by its columns the header is found. `encoding` is said by whoever sends
    the file, against what the feed says.
    """
    if not file.is_file():
        raise BadFile(Message(SubmissionMessage.FILE_MISSING, {"file": str(file)}))
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise build_file_error(SubmissionMessage.FILE_FORMAT_UNKNOWN, file)
    if not 0 < file.stat().st_size <= MOST_BYTES:
        raise build_file_error(SubmissionMessage.FILE_EMPTY_OR_TOO_LARGE, file)
    options = FileOptions(feed, encoding or (feed.written.encoding if feed else None))
    file_rows = reader(file, options)
    table, broken = move_to_file(file_rows.table), file_rows.broken
    if not table.num_rows and not broken:
        raise build_file_error(SubmissionMessage.FILE_WITHOUT_ROWS, file)
    columns = tuple(name for name in table.column_names if name != ROW_NUMBER)
    is_part = QUARANTINE_NUMBER in columns
    lines = tuple(map(_forget_person, broken))
    digest = compute_file_digest(file)
    return Sheet(file.name, digest, columns, table, lines, is_part, file_rows.notes, file_rows.separator)


def _forget_person(line: BrokenLine) -> BrokenLine:
    """A line without its text where a natural person's number stands in it: nobody can say in which cell."""
    if find_person_scheme(line.text) is None:
        return line
    return BrokenLine(line.row, "", Message(IntakeMessage.ROW_OF_PERSON))


def compute_file_digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_parquet(file: Path, _options: FileOptions) -> FileRows:
    try:
        names = Counter(pq.read_schema(file).names)
        if repeated := next((name for name, number in names.items() if number > 1), None):
            params = {"file": file.name, "column": repr(repeated)}
            raise BadFile(Message(SubmissionMessage.COLUMN_TWICE, params), where=str(file))
        table = pq.read_table(file)
    except (pa.ArrowException, OSError) as error:
        raise build_file_error(SubmissionMessage.FILE_NO_PARQUET, file, error=error) from error
    texts = {name: _cast_to_text(table.column(name), name, file) for name in table.column_names}
    return FileRows(pa.table(texts | {ROW_NUMBER: pa.array(range(1, table.num_rows + 1), pa.int64())}))


def _cast_to_text(column: pa.ChunkedArray, name: str, file: Path) -> pa.ChunkedArray:
    try:
        return pc.cast(column, pa.string())
    except pa.ArrowException as error:
        params = {"column": repr(name), "type": column.type}
        raise BadFile(Message(SubmissionMessage.COLUMN_OF_OTHER_TYPE, params), where=str(file)) from error


_READERS: dict[str, Callable[[Path, FileOptions], FileRows]] = {
    ".parquet": _read_parquet,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_workbook,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}
