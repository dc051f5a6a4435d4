"""JSON lines as sources send them: one object a line; a line that is none is kept with its reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from goodstanding.intake.files.file_text import decode_text
from goodstanding.intake.files.sheet import BrokenLine, FileOptions, FileRows, build_file_error, build_table
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage


def read_json_lines(file: Path, options: FileOptions) -> FileRows:
    """The rows of a file of JSON lines, and its lines that are no rows; raises BadFile where it holds none."""
    json_rows: list[dict[str, str | None]] = []
    numbers: list[int] = []
    broken: list[BrokenLine] = []
    for number, line in enumerate(decode_text(file, options.encoding).split("\n"), 1):
        if line.strip():
            row = _parse_json_row(line)
            if isinstance(row, Message):
                broken.append(BrokenLine(number, line, row))
            else:
                json_rows.append(row)
                numbers.append(number)
    header = list(dict.fromkeys(name for row in json_rows for name in row))
    header = header or _list_names(broken)
    if not header and broken:
        raise build_file_error(SubmissionMessage.FILE_NO_JSON_LINES, file, 1)
    cells = [tuple(row.get(name) for row in json_rows) for name in header]
    return FileRows(build_table(cells, header, numbers), broken)


def _list_names(broken: Sequence[BrokenLine]) -> list[str]:
    """The names in those lines that are objects, of which none is a row."""
    names: dict[str, None] = {}
    for line in broken:
        if line.message.code in (IntakeMessage.MEMBER_REPEATED, IntakeMessage.CELL_NOT_PLAIN):
            names |= dict.fromkeys(msgspec.json.decode(line.text))
    return list(names)


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
