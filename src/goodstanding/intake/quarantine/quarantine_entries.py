"""Rows and files that were refused: kept with their problems, exported in the clerk's own columns, replayed."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import msgspec
import pyarrow as pa

from goodstanding.errors import GoodstandingError
from goodstanding.intake.files.sheet import EXPORT_COLUMNS, QUARANTINE_NUMBER, RAW_LINE, ROW_NUMBER, Sheet
from goodstanding.intake.models import Quarantined
from goodstanding.intake.problems import RowProblem, get_message
from goodstanding.intake.quarantine.stored_problems import parse_problems, render_problems
from goodstanding.messages import IntakeMessage, Message
from goodstanding.plain_text import quote_cell

FILE_ROW = None


def quarantine_rows(
    sheet: Sheet, feed: str, stated: date, refused: dict[int, list[RowProblem]], received_at: datetime
) -> int:
    """Puts rows aside with their cells; the same row refused again is kept once. Gives how many rows are refused."""
    wanted = sorted(refused)
    positions = {row: index for index, row in enumerate(sheet.table.column(ROW_NUMBER).to_pylist())} if wanted else {}
    refused_cells = (
        sheet.table.take(pa.array([positions[row] for row in wanted], pa.int64())).to_pylist() if wanted else []
    )
    own = [name for name in sheet.columns if name not in EXPORT_COLUMNS]
    kept: list[Any] = [
        (row, _choose_kept_cells(cells, own, refused[row]), refused[row])
        for row, cells in zip(wanted, refused_cells, strict=True)
    ]
    kept += [
        (broken_line.row, dict.fromkeys(own) | {RAW_LINE: broken_line.text}, [broken_line.problem])
        for broken_line in sheet.broken
    ]
    _store_entries(feed, sheet.file, stated, kept, received_at)
    return len(kept)


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


def _store_entries(feed: str, file: str, stated: date | None, kept: Iterable[Any], received_at: datetime) -> None:
    entries = [_build_entry(feed, file, stated, row, cells, problems, received_at) for row, cells, problems in kept]
    Quarantined.objects.bulk_create(entries, ignore_conflicts=True, batch_size=1000)
    for start in range(0, len(entries), 500):  # what was mended once and is refused again waits again
        digests = [entry.digest for entry in entries[start : start + 500]]
        Quarantined.objects.filter(feed=feed, digest__in=digests).update(replayed_at=None)


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
    """One refused row or file that nobody has mended yet."""

    id: int
    feed: str
    file: str
    row: int | None
    stated: date | None
    problems: tuple[RowProblem, ...]
    cells: dict[str, Any]


def list_open_entries(feed: str | None = None, limit: int | None = None) -> list[OpenEntry]:
    """What is in quarantine, oldest first; of one feed if named."""
    quarantined = Quarantined.objects.filter(replayed_at=None, **({"feed": feed} if feed else {})).order_by("id")
    return [_build_open_entry(entry) for entry in quarantined[:limit]]


def count_open_entries(feed: str | None = None) -> int:
    """How many rows and files are waiting."""
    return Quarantined.objects.filter(replayed_at=None, **({"feed": feed} if feed else {})).count()


def _build_open_entry(entry: Quarantined) -> OpenEntry:
    try:
        problems, cells = parse_problems(entry.row, entry.problems), dict(json.loads(entry.cells))
    except (ValueError, KeyError, TypeError):  # a damaged row waits like any other, and holds up none
        problems, cells = (RowProblem(entry.row, "", Message(IntakeMessage.ENTRY_UNREADABLE)),), {}
    return OpenEntry(entry.pk, entry.feed, entry.file, entry.row, entry.stated, problems, cells)


def export_open_rows(stream: IO[str], feed: str) -> int:
    """Writes the waiting rows of a feed as CSV in the clerk's own columns; line, number and problems come last.

    Cells that a spreadsheet would run are quoted until they come back. The number in `quarantined as` says which entry
    a row is, so that the mended row ends its wait.
    """
    entries = [entry for entry in list_open_entries(feed) if entry.row is not None]
    header = [name for name in dict.fromkeys(name for entry in entries for name in entry.cells) if name != RAW_LINE]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*map(quote_cell, header), *EXPORT_COLUMNS])
    for entry in entries:
        cells = [quote_cell(entry.cells.get(name) or "") for name in (*header, RAW_LINE)]
        problems = quote_cell("; ".join(problem.words() for problem in entry.problems))
        writer.writerow([*cells, entry.row, entry.id, problems])
    return len(entries)


def build_replay_sheets(feed: str) -> Iterator[tuple[date, Sheet, list[int]]]:
    """The waiting rows of a feed as sheets, one a statement day, with the ids of the rows: to be replayed.

    A row that another row of its file contradicts is not among them: only a clerk can say which of the two is meant.
    """
    entries = [
        entry for entry in list_open_entries(feed) if entry.cells and RAW_LINE not in entry.cells and entry.stated
    ]
    entries = [entry for entry in entries if entry.row is not None]
    entries = [entry for entry in entries if not any(problem.is_repeated for problem in entry.problems)]
    for day in sorted({entry.stated for entry in entries if entry.stated}):
        of_day = [entry for entry in entries if entry.stated == day]
        header = tuple(dict.fromkeys(name for entry in of_day for name in entry.cells))
        texts = {name: pa.array([entry.cells.get(name) for entry in of_day], pa.string()) for name in header}
        table = pa.table(texts | {ROW_NUMBER: pa.array(range(1, len(of_day) + 1), pa.int64())})
        digest = hashlib.sha256(msgspec.json.encode([entry.cells for entry in of_day])).hexdigest()
        yield day, Sheet(f"quarantine of {feed}", digest, header, table, ()), [entry.id for entry in of_day]


def resolve_mended_rows(
    feed: str, columns: tuple[str, ...], sheet: Sheet, refused: Iterable[int], at: datetime, within: str = ""
) -> None:
    """Marks as gone in what `sheet` mends: each waiting row whose reference stands in a row that was not refused, or
    whose number a row names (one refused again waits under a new number), and a refused file of the same name.
    Of what sources sent for themselves only the entries of files whose names begin with `within` can be meant, and
    only they by their numbers.
    """
    entries = [
        entry
        for entry in list_open_entries(feed)
        if not within or "/" not in entry.file or entry.file.startswith(within)
    ]
    columns = tuple(name for name in columns if name in sheet.columns)
    if not entries:
        return
    refused_numbers = {*refused, *(broken_line.row for broken_line in sheet.broken)}
    numbered = [QUARANTINE_NUMBER] if QUARANTINE_NUMBER in sheet.columns else []
    rows = sheet.table.select([*columns, *numbered, ROW_NUMBER]).to_pylist()
    accepted = {tuple(row[name] for name in columns) for row in rows if row[ROW_NUMBER] not in refused_numbers}
    numbers = {row.get(QUARANTINE_NUMBER) for row in rows}
    named = {str(entry.id) for entry in entries if entry.file.startswith(within)} & numbers
    waited = [entry for entry in entries if not (entry.file == sheet.file and entry.row in refused_numbers)]
    mark_resolved((entry.id for entry in waited if _is_mended(entry, sheet.file, columns, accepted, named)), at)


def _is_mended(
    entry: OpenEntry, file: str, columns: tuple[str, ...], accepted: set[tuple[Any, ...]], named: set[str]
) -> bool:
    if entry.row is None:
        return entry.file == file
    return str(entry.id) in named or tuple(entry.cells.get(name) for name in columns) in accepted


def update_problems(ids: list[int], refused: dict[int, list[RowProblem]]) -> None:
    """Gives waiting rows the problems they have now: `refused` is by their number in `ids`, counted from 1."""
    for row, problems in refused.items():
        bare = {"cells": "{}"} if any(problem.is_never_kept for problem in problems) else {}
        Quarantined.objects.filter(pk=ids[row - 1]).update(problems=render_problems(problems), **bare)


def mark_resolved(ids: Iterable[int], at: datetime) -> None:
    """Marks rows as gone in."""
    Quarantined.objects.filter(pk__in=list(ids)).update(replayed_at=at)
