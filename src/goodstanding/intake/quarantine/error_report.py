"""The refused rows of a sheet as CSV in the source's own columns, with what is wrong: to be mended and sent again.

A cell that a spreadsheet would run as a formula has an apostrophe in front; when the file comes back, it is taken off.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from goodstanding.intake.files.sheet import QUARANTINE_NUMBER, RAW_LINE, ROW_NUMBER, BrokenLine, Sheet
from goodstanding.intake.problems import RowProblem, unpack_message
from goodstanding.intake.quarantine.quarantine_entries import OpenEntry
from goodstanding.plain_text import quote_cell, unquote_cell

PROBLEM = "problem"

_RefusedRow = tuple[Mapping[str, str | None], list[RowProblem]]


def restore_returned_sheet(sheet: Sheet) -> Sheet:
    """A sheet as it was before it came back with a column `problem`; every other sheet as it is."""
    if PROBLEM not in sheet.columns:
        return restore_exported_cells(sheet)
    columns = tuple(column for column in sheet.columns if column != PROBLEM)
    return replace(sheet, columns=columns, table=_unquote_cells(sheet.table.drop_columns([PROBLEM])), is_part=True)


def restore_exported_cells(sheet: Sheet) -> Sheet:
    """A sheet whose rows were exported from quarantine with the cells that they had; every other sheet as it is."""
    return replace(sheet, table=_unquote_cells(sheet.table)) if QUARANTINE_NUMBER in sheet.columns else sheet


def _unquote_cells(table: pa.Table) -> pa.Table:
    for name in [column for column in table.column_names if column != ROW_NUMBER]:
        texts = [None if text is None else unquote_cell(text) for text in table.column(name).to_pylist()]
        table = table.set_column(table.column_names.index(name), name, pa.array(texts, pa.string()))
    return table


def render_refused_rows(sheet: Sheet, refused: Mapping[int, list[RowProblem]]) -> str:
    """The refused rows of a sheet, and its broken lines."""
    rows = (row for row in sheet.table.to_pylist() if row[ROW_NUMBER] in refused)
    refused_rows: list[_RefusedRow] = [
        ({name: row[name] for name in sheet.columns}, refused[row[ROW_NUMBER]]) for row in rows
    ]
    return _render_report(sheet.columns, refused_rows, sheet.broken)


def render_open_entries(waiting: Iterable[OpenEntry]) -> str:
    """The rows of a sheet that wait in quarantine."""
    refused_rows: list[_RefusedRow] = [
        (entry.cells, list(entry.problems)) for entry in waiting if RAW_LINE not in entry.cells
    ]
    broken = [
        BrokenLine(entry.row or 0, str(entry.cells[RAW_LINE]), unpack_message(_join_words(entry.problems)))
        for entry in waiting
        if RAW_LINE in entry.cells
    ]
    columns = dict.fromkeys(name for cells, _problems in refused_rows for name in cells)
    return _render_report(list(columns), refused_rows, broken)


def _join_words(problems: Iterable[RowProblem]) -> str:
    return "; ".join(problem.words() for problem in problems)


def _render_report(columns: Sequence[str], refused_rows: Sequence[_RefusedRow], broken: Sequence[BrokenLine]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")  # as RFC 4180 has it, so that a cell with either is quoted
    writer.writerow([*map(quote_cell, columns), *([RAW_LINE] if broken else []), PROBLEM])
    for cells, problems in refused_rows:
        own = [quote_cell(cells.get(name) or "") for name in columns]
        writer.writerow([*own, *([""] if broken else []), quote_cell(_join_words(problems))])
    for broken_line in broken:
        writer.writerow(
            [
                *[""] * len(columns),
                quote_cell(broken_line.text),
                quote_cell(f"line {broken_line.row}: {broken_line.reason}"),
            ]
        )
    return stream.getvalue()
