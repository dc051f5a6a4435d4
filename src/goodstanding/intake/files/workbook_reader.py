"""Workbooks (.xlsx) as sources send them: the sheet that has the feed's header, each cell as the text it stands for.

A workbook is a ZIP archive from outside: only what it says of itself is unpacked, and it is measured before it is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from goodstanding.catalogue.feeds import Feed
from goodstanding.errors import BadFile
from goodstanding.evidence.zip_archive import ZipArchive
from goodstanding.intake.files.header_search import MOST_LINES_ABOVE, find_header
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

MOST_CELLS = 3_000_000  # of the whole rectangle, filled or not
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,7})([0-9]{1,10})["']""")
_ERROR = re.compile(rb"""<c\b(?=[^>]*\bt\s*=\s*["']e["'])[^>]*\br\s*=\s*["'][A-Z]{1,7}([0-9]{1,10})["']""")
_WORKBOOK = "xl/workbook.xml"
_LEFT_OUT = ("xl/calcChain.xml",)  # the order in which formulas are worked out
_EXACT_BELOW = 10**15  # a spreadsheet keeps fifteen digits of a number
_Rows = Sequence[Sequence[Any]]


def read_workbook(file: Path, options: FileOptions) -> FileRows:
    """The rows of the sheet that the feed means; raises BadFile for no workbook, and where no sheet or several fit."""
    try:
        content, error_rows = _repack(_open_archive(file), file)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = _choose_sheet(book, options.feed, file)
    except (CalamineError, zipfile.BadZipFile) as error:
        raise build_file_error(SubmissionMessage.FILE_NO_WORKBOOK, file, error=error) from error
    lines_above = _find_header_row(rows, options.feed)
    return _build_rows(rows, lines_above, error_rows, file)


def _open_archive(file: Path) -> ZipArchive:
    try:
        return ZipArchive(file.read_bytes())
    except BadFile as error:
        raise build_file_error(SubmissionMessage.FILE_NO_WORKBOOK, file, error=error.message) from error


def _repack(archive: ZipArchive, file: Path) -> tuple[bytes, frozenset[int]]:
    """The workbook anew from what its parts say they are, and the rows in which a cell holds an error."""
    if _WORKBOOK not in archive.names:
        raise build_file_error(SubmissionMessage.FILE_NO_WORKBOOK, file)
    stream, error_rows, area = io.BytesIO(), set[int](), 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as copy:
        for name in archive.names:
            part = b"" if name in _LEFT_OUT else archive.read(name)
            error_rows |= {int(row) for row in _ERROR.findall(part)}
            area += _measure_sheet(part)
            if area > MOST_CELLS:
                raise build_file_error(SubmissionMessage.WORKBOOK_TOO_LARGE, file, most=f"{MOST_CELLS:,}")
            if part:
                copy.writestr(name, part)
    return stream.getvalue(), frozenset(error_rows)


def _measure_sheet(part: bytes) -> int:
    """How many cells a sheet spans up to its last row and column: so many are read into memory, filled or not."""
    columns, last_row = set[bytes](), part.count(b"<row")
    for match in _PLACE.finditer(part):
        columns.add(match[1])
        last_row = max(last_row, int(match[2]))
    return max(map(_count_column, columns), default=0) * last_row


def _count_column(letters: bytes) -> int:
    """The number of a column from its letters; a place that names a row alone may be in the first."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return max(1, number)


def _choose_sheet(book: CalamineWorkbook, feed: Feed | None, file: Path) -> _Rows:
    """The rows of the sheet that the feed names; else of the only one that is visible, or that has its header."""
    names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    if feed and feed.written.sheet:
        if feed.written.sheet not in book.sheet_names:
            sheets_of_file = ", ".join(map(repr, names))
            sheet = repr(feed.written.sheet)
            raise build_file_error(SubmissionMessage.SHEET_MISSING, file, sheet=sheet, sheets=sheets_of_file)
        names = [feed.written.sheet]
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    if len(sheets) > 1 and feed:
        fitting = {name: rows for name, rows in sheets.items() if _find_header(rows, feed) is not None}
        sheets = fitting or sheets
    if len(sheets) != 1:
        raise build_file_error(SubmissionMessage.SHEETS_SEVERAL, file, sheets=", ".join(map(repr, sheets)))
    return next(iter(sheets.values()))


def _find_header(rows: _Rows, feed: Feed) -> int | None:
    return find_header(([_render_cell(cell) or "" for cell in row] for row in rows[: MOST_LINES_ABOVE + 1]), feed)


def _find_header_row(rows: _Rows, feed: Feed | None) -> int:
    lines_above = _find_header(rows, feed) if feed else 0
    return lines_above if lines_above is not None else (feed and feed.written.title_lines) or 0


def _build_rows(rows: _Rows, lines_above: int, error_rows: frozenset[int], file: Path) -> FileRows:
    """The rows below the header, with the numbers that the sheet gives them."""
    below = [(number, row) for number, row in enumerate(rows[lines_above + 1 :], lines_above + 2) if _is_filled(row)]
    columns = _find_columns(rows[lines_above] if len(rows) > lines_above else [], [row for _number, row in below])
    refuse_if_header_unclear({place + 1: name for place, name in columns.items()}, file, lines_above + 1)
    texts = {number: [_render_cell(row[place]) for place in columns] for number, row in below}
    faults = {number: _find_fault(number, row, error_rows) for number, row in below}
    broken = [
        BrokenLine(number, ",".join(text or "" for text in texts[number]), fault)
        for number, fault in faults.items()
        if fault
    ]
    good = [number for number, fault in faults.items() if fault is None]
    cells = list(zip(*(texts[number] for number in good), strict=True)) if good else [()] * len(columns)
    return FileRows(build_table(cells, list(columns.values()), good), broken, list_header_notes(lines_above))


def _find_columns(header: Sequence[Any], rows: _Rows) -> dict[int, str]:
    """The name of each column by its place; what has no name is no column where nothing stands in it."""
    names = [_render_cell(cell) or "" for cell in header]
    return {place: name for place, name in enumerate(names) if name.strip() or any(row[place] != "" for row in rows)}


def _is_filled(row: Sequence[Any]) -> bool:
    """Whether anything stands in a row."""
    return any(cell != "" for cell in row)


def _find_fault(number: int, cells: Sequence[Any], error_rows: frozenset[int]) -> Message | None:
    """Why a row cannot be read as it was meant."""
    if number in error_rows:
        return Message(IntakeMessage.CELL_OF_ERROR)
    is_inexact = any(type(cell) in (int, float) and abs(cell) >= _EXACT_BELOW for cell in cells)
    return Message(IntakeMessage.CELL_LOST_DIGITS) if is_inexact else None


def _render_cell(cell: Any) -> str | None:
    """A cell as the text that stands for it: a whole number without decimals, a day in ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) or None
