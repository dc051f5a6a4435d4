"""The refused rows of a sheet as CSV in the source's own columns, with what is wrong: to be mended and sent again.

A cell that a spreadsheet would run as a formula has an apostrophe in front; when the file comes back, it is taken off.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from goodstanding.register.quarantine import Problem, Waiting
from goodstanding.register.reading import RAW, ROW, Broken, Sheet

PROBLEM = "problem"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")

_Told = tuple[Mapping[str, str | None], list[Problem]]


def quoted(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe in front, unless it is a number or begins harmlessly."""
    return f"'{text}" if text.startswith(_RUNS) and not _NUMBER.fullmatch(text) else text


def unquoted(text: str) -> str:
    """The cell that `quoted` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_RUNS) and quoted(text[1:]) == text else text


def returned(sheet: Sheet) -> Sheet:
    """A sheet as it was before it came back with a column `problem`; every other sheet as it is."""
    if PROBLEM not in sheet.columns:
        return sheet
    table = sheet.table.drop_columns([PROBLEM])
    for name in [one for one in table.column_names if one != ROW]:
        texts = [None if text is None else unquoted(text) for text in table.column(name).to_pylist()]
        table = table.set_column(table.column_names.index(name), name, pa.array(texts, pa.string()))
    return Sheet(sheet.file, sheet.digest, tuple(one for one in sheet.columns if one != PROBLEM), table, sheet.broken)


def of_sheet(sheet: Sheet, refused: Mapping[int, list[Problem]]) -> str:
    """The refused rows of a sheet, and its broken lines."""
    rows = (one for one in sheet.table.to_pylist() if one[ROW] in refused)
    told: list[_Told] = [({name: row[name] for name in sheet.columns}, refused[row[ROW]]) for row in rows]
    return _written(sheet.columns, told, sheet.broken)


def of_waiting(waiting: Iterable[Waiting]) -> str:
    """The rows of a sheet that wait in quarantine."""
    told: list[_Told] = [(one.cells, list(one.problems)) for one in waiting if RAW not in one.cells]
    broken = [
        Broken(one.row or 0, str(one.cells[RAW]), "; ".join(problem.words() for problem in one.problems))
        for one in waiting
        if RAW in one.cells
    ]
    columns = dict.fromkeys(name for cells, _problems in told for name in cells)
    return _written(list(columns), told, broken)


def _written(columns: Sequence[str], told: Sequence[_Told], broken: Sequence[Broken]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")  # as RFC 4180 has it, so that a cell with either is quoted
    writer.writerow([*map(quoted, columns), *([RAW] if broken else []), PROBLEM])
    for cells, problems in told:
        words = "; ".join(problem.words() for problem in problems)
        own = [quoted(cells.get(name) or "") for name in columns]
        writer.writerow([*own, *([""] if broken else []), quoted(words)])
    for one in broken:
        writer.writerow([*[""] * len(columns), quoted(one.text), quoted(f"line {one.row}: {one.reason}")])
    return stream.getvalue()
