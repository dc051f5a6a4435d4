"""The rows that a program sends: a JSON array of objects, or JSON lines; each becomes one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from goodstanding.catalogue.feeds import Feed
from goodstanding.errors import BadFile, BadInput
from goodstanding.intake.files.json_lines_reader import find_repeated_member
from goodstanding.intake.files.limits import refuse_if_too_many_rows
from goodstanding.intake.files.sheet import EXPORT_COLUMNS
from goodstanding.intake.mapping.canonical_form import IDENTIFIERS
from goodstanding.intake.submissions.formats import SubmissionFormat
from goodstanding.intake.submissions.statements import refuse_if_lines_of_persons

ARRAY_TYPE, LINE_TYPES = "application/json", ("application/x-ndjson", "application/jsonl")
ROW_TYPES = (ARRAY_TYPE, *LINE_TYPES)
_RAW = msgspec.json.Decoder(list[msgspec.Raw])


def parse_rows(body: bytes, content_type: str, submission_format: SubmissionFormat, where: str) -> list[bytes]:
    """The rows of a body, a line each; raises BadInput or BadFile for what cannot be rows of this feed."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in ROW_TYPES:
        raise BadInput(_("Rows are sent as JSON."), where="Content-Type", remedy=", ".join(ROW_TYPES))
    row_lines = _parse_array(body) if kind == ARRAY_TYPE else _parse_lines(body)
    if not row_lines:
        raise BadInput(_("There are no rows."), where=where, remedy=_("at least one row"))
    refuse_if_too_many_rows(len(row_lines), where)
    _refuse_if_repeated_member(row_lines, where)
    canonical_lines = [_flatten_row(line) for line in row_lines] if not submission_format.declared else row_lines
    _refuse_if_unknown_columns(canonical_lines, submission_format, where)
    return canonical_lines


def parse_part(body: bytes, content_type: str, submission_format: SubmissionFormat, where: str) -> list[bytes]:
    """The same of a part that lies here until its batch is closed: nothing of it is kept where a row names a person."""
    lines = parse_rows(body, content_type, submission_format, where)
    refuse_if_lines_of_persons(lines, submission_format)
    return lines


def _parse_array(body: bytes) -> list[bytes]:
    try:
        body.decode()
        return [bytes(raw_row).replace(b"\n", b" ").replace(b"\r", b" ") for raw_row in _RAW.decode(body)]
    except (ValueError, msgspec.DecodeError, RecursionError) as error:
        raise BadInput(
            _("This is no JSON array of rows."), where=str(error)[:200], remedy='[{"column": "value"}]'
        ) from error


def _parse_lines(body: bytes) -> list[bytes]:
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_("This is not in UTF-8."), where=f"byte {error.start}", remedy="UTF-8") from error
    stripped = (line.strip() for line in body.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    return [line for line in stripped if line]


def _refuse_if_repeated_member(row_lines: Iterable[bytes], where: str) -> None:
    """Nothing, or BadInput: of two values under one name the sender may mean either."""
    for number, line in enumerate(row_lines, 1):
        if (name := find_repeated_member(line.decode())) is not None:
            raise BadInput(
                _("A row says the same twice."), where=f"{where}, row {number}: {name[:100]}", remedy=_("one value")
            )


def _flatten_row(line: bytes) -> bytes:
    """A row in the canonical form may be written as an event is: `subject` and `fields` as objects of their own."""
    row = _parse_object(line)
    if not any(isinstance(value, dict | list) for value in row.values()):
        return line
    flat = dict(pair for name, value in row.items() for pair in _flatten_pair(name, value))
    return msgspec.json.encode(flat)


def _flatten_pair(name: str, value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        for inner, inner_value in value.items():
            yield from (
                _flatten_pair(f"{name}.{inner}", inner_value)
                if name == "subject"
                else [(f"{name}.{inner}", inner_value)]
            )
    elif name == IDENTIFIERS and isinstance(value, list) and all(isinstance(identifier, str) for identifier in value):
        yield name, " ".join(value)
    else:
        yield name, value


def _parse_object(line: bytes) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _refuse_if_unknown_columns(lines: Iterable[bytes], submission_format: SubmissionFormat, where: str) -> None:
    known_columns = _list_feed_columns(submission_format.feed) | set(submission_format.columns)
    for number, line in enumerate(lines, 1):
        unknown_column = next((name for name in _parse_object(line) if name not in known_columns), None)
        if unknown_column is not None:
            message = _("The feed %(feed)s has no such column.") % {"feed": submission_format.name}
            raise BadFile(
                message,
                where=f"{where}, row {number}: {unknown_column[:100]}",
                remedy=", ".join(submission_format.columns)[:500],
            )


def _list_feed_columns(feed: Feed) -> set[str]:
    return {*feed.columns(), *feed.ignored, *EXPORT_COLUMNS}
