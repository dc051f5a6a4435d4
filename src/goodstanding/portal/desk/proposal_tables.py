"""A file of proposals: a CSV table whose every row is one proposal, read strictly, with problems by row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadFile, BadInput
from goodstanding.intake.files.csv_reader import split_rows
from goodstanding.plain_text import list_forbidden_codes, remove_forbidden_characters, unify_line_breaks
from goodstanding.portal.desk.available_lists import list_kinds_for_list, list_stated_fields
from goodstanding.portal.desk.proposal_forms import FIELD_PREFIX, PLAIN_FIELDS, TypedProposal, read_typed_proposal

MOST_ROWS, MOST_BYTES = 200, 1_000_000
TEXT_COLUMN = "text"


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row, from 1, and what was typed in it."""

    number: int
    typed: TypedProposal


def list_file_columns(listed: str) -> list[str]:
    """The columns of a file for a list: whom and when, the fields of its finding, and the reasons."""
    return [*PLAIN_FIELDS, *list_stated_fields(listed), TEXT_COLUMN]


def list_required_columns(listed: str) -> list[str]:
    """Those that no file is without."""
    required = [name for name, rule in list_stated_fields(listed).items() if rule.required]
    plain = [name for name in PLAIN_FIELDS if name != "kind" or len(list_kinds_for_list(listed)) > 1]
    return [*plain, *required, TEXT_COLUMN]


def decode_proposal_file(content: bytes, name: str) -> str:
    """The text of a file; raises BadFile for one that is too large or not in UTF-8."""
    if len(content) > MOST_BYTES:
        raise BadFile(_("The file is too large."), where=name, remedy=_("at most 1 MB; send the rest as another file"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(_("The file is not in UTF-8."), where=name, remedy=_("the file saved as CSV UTF-8")) from error


def read_proposal_file(listed: str, text: str, actor: Actor, at: date) -> list[TypedRow]:
    """The rows of a file, each checked by itself; raises BadFile where it is no such table."""
    table_rows = _parse_rows(text)
    if not table_rows:
        raise BadFile(_("The file has no rows."), remedy=_("a header, and a row for each proposal"))
    header = [name.strip() for name in table_rows[0]]
    _refuse_if_columns_differ(header, listed)
    if len(table_rows) < 2:
        raise BadFile(_("The file has no rows."), remedy=_("a row for each proposal, below its header"))
    if len(table_rows) - 1 > MOST_ROWS:
        raise BadFile(_("The file has too many rows."), remedy=_("at most %(n)s a file") % {"n": MOST_ROWS})
    rows = [
        TypedRow(number, _read_row(header, cells, listed, actor, at)) for number, cells in enumerate(table_rows[1:], 1)
    ]
    _refuse_repeated_rows(rows)
    return rows


def render_rows(text: str, numbers: Collection[int]) -> str:
    """The file with the rows of these numbers alone, as they were typed."""
    header, *rows = _parse_rows(text)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([header, *(row for number, row in enumerate(rows, 1) if number in numbers)])
    return stream.getvalue()


def _parse_rows(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows, last_line = list[list[str]](), 0
    lines = split_rows(io.StringIO(text, newline=""), separator)
    try:
        for row in lines:
            rows.append(row)
            last_line = lines.line_num
    except csv.Error as error:
        right = _('quotation marks in pairs around a whole cell; one inside is written twice: "Joe ""Jo"" Doe"')
        message = _("The file cannot be read as CSV from line %(n)s on.") % {"n": last_line + 1}
        raise BadFile(message, where="file", remedy=right) from error
    return [row for row in rows if any(row)]


def _refuse_if_columns_differ(header: list[str], listed: str) -> None:
    expected = list_file_columns(listed)
    for name in header:
        if name not in expected:
            near = get_close_matches(name, expected, n=1) or expected
            message = _("There is no column “%(name)s”.") % {"name": name[:100]}
            raise BadFile(message, where=name[:100], remedy=", ".join(near))
    missing = [name for name in list_required_columns(listed) if name not in header]
    twice = [name for name, n in Counter(header).items() if n > 1]
    if missing or twice:
        message = _("Columns are missing: %(names)s.") if missing else _("Columns stand twice: %(names)s.")
        raise BadFile(message % {"names": ", ".join(missing or twice)}, remedy=", ".join(expected))


def _read_row(header: list[str], cells: list[str], listed: str, actor: Actor, at: date) -> TypedProposal:
    if len(cells) != len(header):
        typed = TypedProposal(listed)
        message = _("The row has %(n)s cells.") % {"n": len(cells)}
        typed.problem("row", BadInput(message, remedy=_("%(n)s, as the header has") % {"n": len(header)}))
        return typed
    if forbidden := _list_forbidden_cells(header, cells):
        typed = TypedProposal(listed, dict(zip(header, map(remove_forbidden_characters, cells), strict=True)))
        for name, codes in forbidden.items():
            message = _("The cell has characters that no text has (%(codes)s).") % {"codes": ", ".join(codes)}
            typed.problem(name, BadInput(message, remedy=_("the same without them")))
        return typed
    values = {
        name if name in (*PLAIN_FIELDS, TEXT_COLUMN) else f"{FIELD_PREFIX}{name}": cell
        for name, cell in zip(header, cells, strict=True)
    }
    kinds = list_kinds_for_list(listed)
    if not values.get("kind", "").strip() and len(kinds) == 1:
        values["kind"] = kinds[0]
    return read_typed_proposal(listed, values, actor, at, [])


def _list_forbidden_cells(header: list[str], cells: list[str]) -> dict[str, list[str]]:
    by_column = {name: list_forbidden_codes(unify_line_breaks(cell)) for name, cell in zip(header, cells, strict=True)}
    return {name: codes for name, codes in by_column.items() if codes}


def _refuse_repeated_rows(rows: list[TypedRow]) -> None:
    """Two rows about one subject under one file number would open one case: the second is refused."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        values = row.typed.values
        key = (values.get("identifier", "").strip(), values.get("reference", "").strip())
        if key in seen and row.typed.proposal:
            message = _("Row %(n)s says the same subject and file number.") % {"n": seen[key]}
            row.typed.problem("reference", BadInput(message, remedy=_("another file number, or one row")))
            row.typed.proposal = None
        seen.setdefault(key, row.number)
