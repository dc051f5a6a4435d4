"""Sources to admit as a table of text: one line a source, with the columns that an office fills in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from goodstanding.catalogue.field_values import MOST_CHARACTERS
from goodstanding.errors import BadInput
from goodstanding.messages import Message, RegisterMessage
from goodstanding.plain_text import BYTE_ORDER_MARK, quote_cell, unify_line_breaks, unquote_cell
from goodstanding.register.rules.source_checks import MOST_LINES, AdmissionLine

NEEDED = ("id", "name", "kind", "first_day", "basis")
OPTIONAL = ("region", "above")
ROWS = "rows"  # how many rows wait for a source: told, and not read
COLUMNS = ("id", "name", "kind", "region", "above", "first_day", "basis")
_SEPARATORS = ",;\t"


def parse_admission_sheet(text: str) -> tuple[AdmissionLine, ...]:
    """The sources that a table states; raises BadInput for another header, a day that is none, or too many lines."""
    lines = unify_line_breaks(text.removeprefix(BYTE_ORDER_MARK)).strip()
    header, _break, _lines = lines.partition("\n")
    separator = max(_SEPARATORS, key=header.count)
    table = csv.DictReader(io.StringIO(lines), delimiter=separator, restkey="", restval="")
    names = [name.strip() for name in table.fieldnames or ()]
    if not set(NEEDED) <= set(names) <= {*COLUMNS, ROWS} or len(names) != len(set(names)):
        message = Message(RegisterMessage.ADMISSION_COLUMNS_DIFFER, {"columns": ",".join(COLUMNS)})
        raise BadInput(message, where="sources")
    table.fieldnames = names
    return tuple(_parse_line(number, cells) for number, cells in enumerate(_read_lines(table), 1))


def _read_lines(table: csv.DictReader[str]) -> list[Mapping[str, str]]:
    lines: list[Mapping[str, str]] = []
    try:
        lines.extend(cells for cells in table if any(cells.values()))
    except csv.Error as error:
        message = Message(RegisterMessage.ADMISSION_COLUMNS_DIFFER, {"columns": ",".join(COLUMNS)})
        raise BadInput(message, where="sources") from error
    if not 0 < len(lines) <= MOST_LINES or any(cells.get("") for cells in lines):
        params = {"number": len(lines), "most": f"{MOST_LINES:,}"}
        raise BadInput(Message(RegisterMessage.ADMISSIONS_OUT_OF_BOUNDS, params), where="sources")
    for number, cells in enumerate(lines, 1):
        if any(len(cell) > MOST_CHARACTERS for cell in cells.values()):
            params = {"most": f"{MOST_CHARACTERS:,}"}
            raise BadInput(Message(RegisterMessage.TEXT_TOO_LONG, params), where=f"sources, line {number}")
    return lines


def _parse_line(number: int, cells: Mapping[str, str]) -> AdmissionLine:
    texts = {name: unquote_cell(cells[name].strip()) for name in (*NEEDED, *OPTIONAL) if name in cells}
    return AdmissionLine(first_day=_parse_day(texts.pop("first_day"), f"sources, line {number}, first_day"), **texts)


def _parse_day(text: str, where: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # not 2015-W07-1, which is a day in other words
        raise BadInput(Message(RegisterMessage.SOURCE_DAY_UNREADABLE, {"day": repr(text[:50])}), where=where)
    return day


def render_admission_sheet(lines: Iterable[Mapping[str, object]], with_rows: bool = False) -> str:
    """Such a table, whose missing cells an office fills in."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    columns = (*COLUMNS, *([ROWS] if with_rows else []))
    writer.writerow(columns)
    writer.writerows([quote_cell(str(line.get(name, ""))) for name in columns] for line in lines)
    return stream.getvalue()
