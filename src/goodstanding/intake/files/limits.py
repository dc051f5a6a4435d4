"""What a file that comes from outside may hold at most: looked at before the whole of it is read into memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodstanding.errors import BadFile
from goodstanding.intake.files.sheet import Sheet
from goodstanding.messages import Message, SubmissionMessage

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_TEXT = 8 * MOST_BYTES  # of a file that is packed, once it is unpacked
HEADER_LINES = 20  # the header is one of these
_MOST_CELLS = 200 * MOST_COLUMNS  # of another line: a text in it may have many commas
_SEPARATORS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_MEGABYTE = 1024 * 1024
_TOO_WIDE = Message(SubmissionMessage.FILE_TOO_WIDE, {"most": MOST_COLUMNS})
_UNPACKS_TOO_LARGE = Message(SubmissionMessage.FILE_UNPACKS_TOO_LARGE, {"most": MOST_TEXT // _MEGABYTE})


def refuse_if_too_large(file: Path) -> None:
    """Nothing, or BadFile for a file that is too large or would become so once it is read."""
    size = file.stat().st_size
    refuse_if_too_many_bytes(size, file.name)
    checks = {
        ".csv": _refuse_if_excessive_csv,
        ".parquet": _refuse_if_excessive_parquet,
        ".jsonl": _refuse_if_excessive_json_lines,
        ".ndjson": _refuse_if_excessive_json_lines,
    }
    if size and (check := checks.get(file.suffix.lower())):
        check(file)


def refuse_if_too_many_bytes(size: int, where: str) -> None:
    """Nothing, or BadFile for more bytes than are taken in at once."""
    if size > MOST_BYTES:
        raise BadFile(Message(SubmissionMessage.FILE_TOO_LARGE, {"most": MOST_BYTES // _MEGABYTE}), where=where)


def refuse_if_too_many_rows(rows: int, where: str) -> None:
    """Nothing, or BadFile for more rows than are taken in at once."""
    if rows > MOST_ROWS:
        raise BadFile(Message(SubmissionMessage.FILE_TOO_LONG, {"most": f"{MOST_ROWS:,}"}), where=where)


def refuse_if_too_long(sheet: Sheet) -> None:
    """Nothing, or BadFile for a sheet of too many rows or columns."""
    refuse_if_too_many_rows(sheet.table.num_rows + len(sheet.broken), sheet.file)
    if len(sheet.columns) > MOST_COLUMNS:
        raise BadFile(_TOO_WIDE, where=sheet.file)


def _refuse_if_excessive_csv(file: Path) -> None:
    """Lines and separators outside quotation marks are counted, and nothing is split: millions of cells take a GB."""
    rows, is_quoted = 0, False
    with file.open(encoding="latin-1") as stream:  # any separator and mark is the same letter in it
        for number, line in enumerate(stream, 1):
            _refuse_if_line_too_wide(line, number, file.name)
            is_quoted ^= line.count('"') % 2 == 1
            rows += not is_quoted and not line.isspace()
            refuse_if_too_many_rows(rows - HEADER_LINES, file.name)


def _refuse_if_line_too_wide(line: str, number: int, name: str) -> None:
    most = MOST_COLUMNS if number <= HEADER_LINES else _MOST_CELLS
    if len(line) < most or max(map(line.count, _SEPARATORS)) < most:
        return
    plain = _QUOTED.sub("", line)
    if max(map(plain.count, _SEPARATORS)) >= most:
        raise BadFile(_TOO_WIDE, where=f"{name}, line {number}")


def _refuse_if_excessive_parquet(file: Path) -> None:
    """Texts are read once each and their lengths added up, so that a small file cannot become a huge one."""
    try:
        metadata = pq.read_metadata(file)
        if metadata.num_rows > MOST_ROWS or metadata.num_columns > MOST_COLUMNS:
            most = {"rows": f"{MOST_ROWS:,}", "columns": MOST_COLUMNS}
            raise BadFile(Message(SubmissionMessage.FILE_TOO_LONG_OR_WIDE, most), where=file.name)
        if sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups)) > MOST_TEXT:
            raise BadFile(_UNPACKS_TOO_LARGE, where=file.name)
        texts = [metadata.schema.column(number).path for number in range(metadata.num_columns)]
        table = pq.ParquetFile(file, read_dictionary=texts).read()
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        message = Message(SubmissionMessage.UPLOAD_NO_PARQUET, {"error": str(error)[:200]})
        raise BadFile(message, where=file.name) from error
    if sum(map(_measure_column, table.columns)) > MOST_TEXT:
        raise BadFile(_UNPACKS_TOO_LARGE, where=file.name)


def _measure_column(column: pa.ChunkedArray) -> int:
    return sum(_measure_chunk(chunk) for chunk in column.chunks)


def _measure_chunk(chunk: pa.Array) -> int:
    if not pa.types.is_dictionary(chunk.type):
        return int(chunk.nbytes)
    try:
        lengths = pc.binary_length(chunk.dictionary)
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return int(chunk.nbytes)
    return int(pc.sum(lengths.take(chunk.indices)).as_py() or 0)


def _refuse_if_excessive_json_lines(file: Path) -> None:
    with file.open("rb") as stream:
        refuse_if_too_wide(stream, file.name)


def refuse_if_too_wide(lines: Iterable[bytes], name: str) -> None:
    """Nothing, or BadFile where lines of JSON name so many columns that a table of them would be huge."""
    column_names: set[str] = set()
    for line in lines:
        try:
            row = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            continue
        if isinstance(row, dict):
            column_names.update(row)
        if len(column_names) > MOST_COLUMNS:
            raise BadFile(_TOO_WIDE, where=name)
