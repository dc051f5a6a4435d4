"""What was refused: kept with its reason and original cells, listed, exported in the clerk's own columns, replayed."""

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

from goodstanding.register.models import Quarantined
from goodstanding.register.reading import ADDED, NUMBER, RAW, ROW, TWICE, Broken, Sheet

FILE_ROW = None
ERASED = "a record with this reference was erased here, so it is not taken in again; another matter needs its own"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row, or (row None) a whole file, was refused; `value` is what stood there."""

    row: int | None
    column: str
    reason: str
    value: str | None = None

    def words(self) -> str:
        """In one line, for a clerk: `ratingdate: not a day such as 2015-02-16 ('soon')`."""
        shown = f" ({self.value!r})" if self.value is not None else ""
        return f"{self.column}: {self.reason}{shown}" if self.column else f"{self.reason}{shown}"


def refuse_rows(sheet: Sheet, feed: str, stated: date, refused: dict[int, list[Problem]], received_at: datetime) -> int:
    """Puts rows aside with their cells; the same row refused again is kept once. Gives how many rows are refused."""
    wanted = sorted(refused)
    positions = {row: index for index, row in enumerate(sheet.table.column(ROW).to_pylist())} if wanted else {}
    found = sheet.table.take(pa.array([positions[row] for row in wanted], pa.int64())).to_pylist() if wanted else []
    own = [name for name in sheet.columns if name not in ADDED]
    kept: list[Any] = [
        (row, _kept_cells(cells, own, refused[row]), refused[row]) for row, cells in zip(wanted, found, strict=True)
    ]
    kept += [(one.row, dict.fromkeys(own) | {RAW: one.text}, [_as_problem(one)]) for one in sheet.broken]
    _keep(feed, sheet.file, stated, kept, received_at)
    return len(kept)


def _kept_cells(cells: dict[str, Any], own: list[str], problems: list[Problem]) -> dict[str, Any]:
    """The cells of a row; none of a record that was erased: to keep them would be to take it in after all."""
    return {} if any(one.reason == ERASED for one in problems) else {name: cells[name] for name in own}


def refuse_file(file: str, content: str, feed: str, stated: date | None, reason: str, received_at: datetime) -> None:
    """Notes that a whole file was refused, by its name and digest; the clerk still has the file."""
    _keep(feed, file, stated, [(FILE_ROW, {"file": file, "sha256": content}, [Problem(None, "", reason)])], received_at)


def _as_problem(broken: Broken) -> Problem:
    return Problem(broken.row, "", broken.reason)


def _keep(feed: str, file: str, stated: date | None, kept: Iterable[Any], received_at: datetime) -> None:
    entries = [_entry(feed, file, stated, row, cells, problems, received_at) for row, cells, problems in kept]
    Quarantined.objects.bulk_create(entries, ignore_conflicts=True, batch_size=1000)
    for start in range(0, len(entries), 500):  # what was mended once and is refused again waits again
        same = [entry.digest for entry in entries[start : start + 500]]
        Quarantined.objects.filter(feed=feed, digest__in=same).update(replayed_at=None)


def _entry(
    feed: str,
    file: str,
    stated: date | None,
    row: int | None,
    cells: dict[str, Any],
    problems: list[Problem],
    at: datetime,
) -> Quarantined:
    whole = [file, cells, str(stated), row, [problem.words() for problem in problems]]
    identity = hashlib.sha256(msgspec.json.encode(whole)).digest()
    said, texts = _said(problems), json.dumps(cells, ensure_ascii=False)
    return Quarantined(
        feed=feed, file=file, digest=identity, row=row, stated=stated, problems=said, cells=texts, received_at=at
    )


def _said(problems: list[Problem]) -> str:
    return json.dumps([[one.column, one.reason, one.value] for one in problems], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One refused row or file that nobody has mended yet."""

    id: int
    feed: str
    file: str
    row: int | None
    stated: date | None
    problems: tuple[Problem, ...]
    cells: dict[str, Any]


def waiting(feed: str | None = None, limit: int | None = None) -> list[Waiting]:
    """What is in quarantine, oldest first; of one feed if named."""
    found = Quarantined.objects.filter(replayed_at=None, **({"feed": feed} if feed else {})).order_by("id")
    return [_waiting(one) for one in found[:limit]]


def count(feed: str | None = None) -> int:
    """How many rows and files are waiting."""
    return Quarantined.objects.filter(replayed_at=None, **({"feed": feed} if feed else {})).count()


def _waiting(one: Quarantined) -> Waiting:
    problems = tuple(Problem(one.row, column, reason, value) for column, reason, value in json.loads(one.problems))
    return Waiting(one.pk, one.feed, one.file, one.row, one.stated, problems, json.loads(one.cells))


def export(stream: IO[str], feed: str) -> int:
    """Writes the waiting rows of a feed as CSV in the clerk's own columns; line, number and problems come last.

    The number in `quarantined as` says which entry a row is, so that the mended row ends its wait.
    """
    entries = [entry for entry in waiting(feed) if entry.row is not None]
    header = [name for name in dict.fromkeys(name for entry in entries for name in entry.cells) if name != RAW]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*header, *ADDED])
    for entry in entries:
        cells = [entry.cells.get(name) if entry.cells.get(name) is not None else "" for name in (*header, RAW)]
        writer.writerow([*cells, entry.row, entry.id, "; ".join(problem.words() for problem in entry.problems)])
    return len(entries)


def sheets(feed: str) -> Iterator[tuple[date, Sheet, list[int]]]:
    """The waiting rows of a feed as sheets, one a statement day, with the ids of the rows: to be replayed.

    A row that another row of its file contradicts is not among them: only a clerk can say which of the two is meant.
    """
    entries = [entry for entry in waiting(feed) if entry.cells and RAW not in entry.cells and entry.stated]
    entries = [entry for entry in entries if entry.row is not None]
    entries = [entry for entry in entries if not any(one.reason.startswith(TWICE) for one in entry.problems)]
    for day in sorted({entry.stated for entry in entries if entry.stated}):
        of_day = [entry for entry in entries if entry.stated == day]
        header = tuple(dict.fromkeys(name for entry in of_day for name in entry.cells))
        texts = {name: pa.array([entry.cells.get(name) for entry in of_day], pa.string()) for name in header}
        table = pa.table(texts | {ROW: pa.array(range(1, len(of_day) + 1), pa.int64())})
        digest = hashlib.sha256(msgspec.json.encode([entry.cells for entry in of_day])).hexdigest()
        yield day, Sheet(f"quarantine of {feed}", digest, header, table, ()), [entry.id for entry in of_day]


def mended(
    feed: str, columns: tuple[str, ...], sheet: Sheet, refused: Iterable[int], at: datetime, within: str = ""
) -> None:
    """Marks as gone in what `sheet` mends: each waiting row whose reference stands in a row that was not refused, or
    whose number a row names (one refused again waits under a new number), and a refused file of the same name.
    Of what sources sent for themselves only the entries of files whose names begin with `within` can be meant, and
    only they by their numbers.
    """
    entries = [one for one in waiting(feed) if not within or "/" not in one.file or one.file.startswith(within)]
    columns = tuple(name for name in columns if name in sheet.columns)
    if not entries:
        return
    still = {*refused, *(one.row for one in sheet.broken)}
    numbered = [NUMBER] if NUMBER in sheet.columns else []
    rows = sheet.table.select([*columns, *numbered, ROW]).to_pylist()
    accepted = {tuple(row[name] for name in columns) for row in rows if row[ROW] not in still}
    numbers = {row.get(NUMBER) for row in rows}
    named = {str(entry.id) for entry in entries if entry.file.startswith(within)} & numbers
    waited = [entry for entry in entries if not (entry.file == sheet.file and entry.row in still)]
    replayed((one.id for one in waited if _is_mended(one, sheet.file, columns, accepted, named)), at)


def _is_mended(
    entry: Waiting, file: str, columns: tuple[str, ...], accepted: set[tuple[Any, ...]], named: set[str]
) -> bool:
    if entry.row is None:
        return entry.file == file
    return str(entry.id) in named or tuple(entry.cells.get(name) for name in columns) in accepted


def refused_again(ids: list[int], refused: dict[int, list[Problem]]) -> None:
    """Gives waiting rows the problems they have now: `refused` is by their number in `ids`, counted from 1."""
    for row, problems in refused.items():
        bare = {"cells": "{}"} if any(one.reason == ERASED for one in problems) else {}
        Quarantined.objects.filter(pk=ids[row - 1]).update(problems=_said(problems), **bare)


def replayed(ids: Iterable[int], at: datetime) -> None:
    """Marks rows as gone in."""
    Quarantined.objects.filter(pk__in=list(ids)).update(replayed_at=at)
