"""Rows and files that were refused: kept with their problems, exported in the clerk's own columns, replayed."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import IO, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from goodstanding.errors import GoodstandingError
from goodstanding.intake.files.sheet import EXPORT_COLUMNS, RAW_LINE, ROW_NUMBER, Sheet
from goodstanding.intake.models import Quarantined
from goodstanding.intake.problems import RowProblem, get_message
from goodstanding.intake.quarantine.row_refusals import RefusedRows
from goodstanding.intake.quarantine.stored_problems import parse_problems, render_problems
from goodstanding.messages import IntakeMessage, Message
from goodstanding.plain_text import quote_cell
from goodstanding.register.rules.enacted_catalogues import get_feed
from goodstanding.table_files import filter_table

FILE_ROW = None
_AT_ONCE = 2_000
_KeptRow = tuple[int | None, dict[str, Any], list[RowProblem]]


def quarantine_rows(sheet: Sheet, feed: str, stated: date, refused: RefusedRows, received_at: datetime) -> int:
    """Puts rows aside with their cells; the same row refused again is kept once. Gives how many rows are refused."""
    own = [name for name in sheet.columns if name not in EXPORT_COLUMNS]
    broken = ((line.row, dict.fromkeys(own) | {RAW_LINE: line.text}, [line.problem]) for line in sheet.broken)
    kept = chain(_iterate_kept_rows(sheet, own, refused), broken)
    with transaction.atomic():
        while some := list(islice(kept, _AT_ONCE)):
            _store_entries(feed, sheet.file, stated, some, received_at)
    return len(refused) + len(sheet.broken)


def _iterate_kept_rows(sheet: Sheet, own: list[str], refused: RefusedRows) -> Iterator[_KeptRow]:
    """The refused rows with what is kept of their cells."""
    is_refused = pc.is_in(sheet.table.column(ROW_NUMBER), pa.array(refused.numbers, pa.int64()))
    refused_cells = _iterate_cells(filter_table(sheet.table, is_refused))  # in the order of their numbers, as all are
    for cells, (row, problems) in zip(refused_cells, refused.items(), strict=True):
        assert cells[ROW_NUMBER] == row
        yield row, _choose_kept_cells(cells, own, problems), problems


def _iterate_cells(table: pa.Table) -> Iterator[dict[str, Any]]:
    for start in range(0, table.num_rows, _AT_ONCE):
        yield from table.slice(start, _AT_ONCE).to_pylist()


def _choose_kept_cells(cells: dict[str, Any], own: list[str], problems: list[RowProblem]) -> dict[str, Any]:
    """The cells of a row; none where to keep them would be to take it in after all."""
    is_never_kept = any(problem.is_never_kept for problem in problems)
    return {} if is_never_kept else {name: cells[name] for name in own}


def quarantine_file(
    file: str, content: str, feed: str, stated: date | None, error: GoodstandingError, received_at: datetime
) -> None:
    """Notes that a whole file was refused, by its name and digest; the clerk still has the file."""
    details = error.diagnostics().removeprefix(error.message)
    message = Message(IntakeMessage.FILE_REFUSED, {"refusal": get_message(error), "details": details})
    cells = {"file": file, "sha256": content}
    _store_entries(feed, file, stated, [(FILE_ROW, cells, [RowProblem(None, "", message)])], received_at)


def _store_entries(feed: str, file: str, stated: date | None, kept: Sequence[_KeptRow], received_at: datetime) -> None:
    entries = [_build_entry(feed, file, stated, row, cells, problems, received_at) for row, cells, problems in kept]
    Quarantined.objects.bulk_create(entries, ignore_conflicts=True, batch_size=1000)
    for start in range(0, len(entries), 500):  # what was mended once and is refused again waits again
        digests = [entry.digest for entry in entries[start : start + 500]]
        Quarantined.objects.filter(feed=feed, digest__in=digests).exclude(replayed_at=None).update(replayed_at=None)


def _build_entry(
    feed: str,
    file: str,
    stated: date | None,
    row: int | None,
    cells: dict[str, Any],
    problems: list[RowProblem],
    at: datetime,
) -> Quarantined:
    identity_parts = [file, cells, str(stated), row, [problem.words() for problem in problems]]
    identity = hashlib.sha256(msgspec.json.encode(identity_parts)).digest()
    problems_json, cells_json = render_problems(problems), json.dumps(cells, ensure_ascii=False)
    return Quarantined(
        feed=feed,
        file=file,
        digest=identity,
        row=row,
        stated=stated,
        problems=problems_json,
        cells=cells_json,
        received_at=at,
    )


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """One refused row or file that nobody has mended yet; `dismissed` is why somebody gave it up."""

    id: int
    feed: str
    file: str
    row: int | None
    stated: date | None
    problems: tuple[RowProblem, ...]
    cells: dict[str, Any]
    dismissed: str = ""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are meant: of a feed, of files of a name, with a problem in a column or of a code, with a text.

    `is_dismissed` asks for those that somebody gave up, which otherwise are left out; `after` for those after a number.
    """

    feed: str = ""
    file: str = ""
    column: str = ""
    code: str = ""
    text: str = ""
    ids: tuple[int, ...] = ()
    is_dismissed: bool = False
    after: int = 0

    def select(self) -> Any:
        """The entries, oldest first."""
        wanted = {"feed": self.feed, "file__startswith": self.file, "id__gt": self.after, "id__in": self.ids}
        wanted |= {"cells__contains": json.dumps(self.text, ensure_ascii=False)[1:-1]}
        members = [("column", self.column), ("code", self.code)]
        entries = Quarantined.objects.filter(replayed_at=None, dismissed_at__isnull=not self.is_dismissed)
        for name, value in members:
            member = f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
            entries = entries.filter(problems__contains=member) if value else entries
        return entries.filter(**{name: value for name, value in wanted.items() if value}).order_by("id")


def refuse_if_feed_unknown(feed: str) -> None:
    """Nothing for no feed, one in force, or one of which something was refused; raises UnknownFeed otherwise."""
    if feed and not Quarantined.objects.filter(feed=feed).exists():
        get_feed(feed)


def list_open_entries(feed: str | None = None, limit: int | None = None) -> list[OpenEntry]:
    """What is in quarantine, oldest first; of one feed if named."""
    return list(iterate_open_entries(EntryFilter(feed or ""), limit))


def iterate_open_entries(entry_filter: EntryFilter, limit: int | None = None) -> Iterator[OpenEntry]:
    """What is in quarantine, oldest first, one by one: there may be more than fit into memory."""
    return map(_build_open_entry, entry_filter.select()[:limit].iterator(chunk_size=_AT_ONCE))


def count_open_entries(feed: str | None = None) -> int:
    """How many rows and files are waiting."""
    return int(EntryFilter(feed or "").select().count())


def _build_open_entry(entry: Quarantined) -> OpenEntry:
    try:
        problems, cells = parse_problems(entry.row, entry.problems), dict(json.loads(entry.cells))
    except (ValueError, KeyError, TypeError):  # a damaged row waits like any other, and holds up none
        problems, cells = (RowProblem(entry.row, "", Message(IntakeMessage.ENTRY_UNREADABLE)),), {}
    return OpenEntry(entry.pk, entry.feed, entry.file, entry.row, entry.stated, problems, cells, entry.dismissal)


def export_open_rows(stream: IO[str], feed: str) -> int:
    """Writes the waiting rows of a feed as CSV in the clerk's own columns; line, number and problems come last.

    Cells that a spreadsheet would run are quoted until they come back. The number in `quarantined as` says which entry
    a row is, so that the mended row ends its wait.
    """
    entry_filter = EntryFilter(feed)
    header = _list_cell_names(entry_filter)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*map(quote_cell, header), *EXPORT_COLUMNS])
    number = 0
    for entry in _iterate_rows(entry_filter):
        cells = [quote_cell(entry.cells.get(name) or "") for name in (*header, RAW_LINE)]
        problems = quote_cell("; ".join(problem.words() for problem in entry.problems))
        writer.writerow([*cells, entry.row, entry.id, problems])
        number += 1
    return number


def _iterate_rows(entry_filter: EntryFilter) -> Iterator[OpenEntry]:
    return (entry for entry in iterate_open_entries(entry_filter) if entry.row is not None)


def _list_cell_names(entry_filter: EntryFilter) -> list[str]:
    """The columns of all rows, in the order in which they come first."""
    names: dict[str, None] = {}
    for entry in _iterate_rows(entry_filter):
        names |= dict.fromkeys(entry.cells)
    return [name for name in names if name != RAW_LINE]
