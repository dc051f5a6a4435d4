"""How entries of quarantine end: mended in another file, tried again as they are, or given up with a reason."""

from __future__ import annotations

import hashlib
import json
import zlib
from array import array
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from goodstanding.errors import BadInput
from goodstanding.intake.files.sheet import QUARANTINE_NUMBER, RAW_LINE, ROW_NUMBER, Sheet
from goodstanding.intake.models import Quarantined
from goodstanding.intake.problems import RowProblem
from goodstanding.intake.quarantine.quarantine_entries import (
    EntryFilter,
    OpenEntry,
    iterate_open_entries,
)
from goodstanding.intake.quarantine.row_refusals import RefusedRows
from goodstanding.intake.quarantine.stored_problems import render_problems
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.register.storage.event_text import refuse_if_forbidden_characters
from goodstanding.register.storage.lifecycle import release_page_cache

MOST_REASON = 500
MOST_ROWS = 10_000  # of a sheet that is tried again, but for rows of one reference
_AT_ONCE = 500
_Layout = tuple[date, tuple[str, ...]]  # the day and the columns


@dataclass(frozen=True, slots=True)
class ReplaySheet:
    """Waiting rows of one statement day and the same columns, and their numbers in quarantine."""

    stated: date
    sheet: Sheet
    ids: tuple[int, ...]


def build_replay_sheets(feed: str, reference: Collection[str]) -> Iterator[ReplaySheet]:
    """The waiting rows of a feed as sheets, to be tried again; those of one reference are in one sheet.

    A row that another row of its file contradicts is not among them: only a clerk can say which of the two is meant.
    Rows of other columns are in a sheet of their own, so that those of a feed's older form hold up none.
    """
    entries_by_layout: defaultdict[_Layout, _LayoutEntries] = defaultdict(_LayoutEntries)
    for entry in filter(_is_replayable, iterate_open_entries(EntryFilter(feed))):
        assert entry.stated
        place = zlib.crc32(repr([entry.cells.get(name) for name in reference]).encode())
        entries_by_layout[entry.stated, tuple(entry.cells)].append(entry.id, place)
    release_page_cache()
    for stated, header in sorted(entries_by_layout):
        for ids in entries_by_layout.pop((stated, header)).divide():
            yield ReplaySheet(stated, _build_replay_sheet(feed, header, ids), tuple(ids))
            release_page_cache()


class _LayoutEntries:
    """Entries of one day and the same columns: their numbers, and a number for the reference of each."""

    def __init__(self) -> None:
        self.ids, self.places = array("q"), array("q")

    def append(self, entry: int, place: int) -> None:
        self.ids.append(entry)
        self.places.append(place)

    def divide(self) -> Iterator[list[int]]:
        """Their numbers sheet by sheet, in order of the first of each reference.

        So a sheet's entries lie next to each other in the database, which reads and writes few of its pages.
        """
        ranks = pa.array(self.places, pa.int64()).dictionary_encode().indices
        order = pc.sort_indices(ranks)
        ids, ranks = pa.array(self.ids, pa.int64()).take(order), ranks.take(order)
        start = 0
        while start < len(ids):
            end = min(start + MOST_ROWS, len(ids))
            while end < len(ids) and ranks[end] == ranks[end - 1]:
                end += 1
            yield sorted(ids[start:end].to_pylist())
            start = end


def _is_replayable(entry: OpenEntry) -> bool:
    is_row = entry.row is not None and bool(entry.cells) and RAW_LINE not in entry.cells and entry.stated is not None
    return is_row and not any(problem.is_repeated for problem in entry.problems)


def _build_replay_sheet(feed: str, header: tuple[str, ...], ids: list[int]) -> Sheet:
    cells: list[tuple[str | None, ...]] = []
    for some in _iterate_shares(ids):
        texts = Quarantined.objects.filter(pk__in=some).order_by("id").values_list("cells", flat=True)
        cells.extend(tuple(json.loads(text).values()) for text in texts)
    columns = {
        name: pa.array(column, pa.string()) for name, column in zip(header, zip(*cells, strict=True), strict=True)
    }
    table = pa.table(columns | {ROW_NUMBER: pa.array(range(1, len(ids) + 1), pa.int64())})
    digest = hashlib.sha256(msgspec.json.encode([header, ids])).hexdigest()
    return Sheet(f"quarantine of {feed}", digest, header, table, ())


def resolve_mended_rows(
    feed: str, columns: tuple[str, ...], sheet: Sheet, refused: Container[int], at: datetime, within: str = ""
) -> None:
    """Marks as gone in what `sheet` mends: each waiting row whose reference stands in a row that was not refused, or
    whose number a row names (one refused again waits under a new number), and a refused file of the same name.
    Of what sources sent for themselves only the entries of files whose names begin with `within` can be meant, and
    only they by their numbers.
    """
    entries = EntryFilter(feed).select().values_list("id", "file", "row", "cells")
    if not entries.exists():
        return
    columns = tuple(name for name in columns if name in sheet.columns)
    mended = _MendedRows(sheet, columns, refused, within)
    numbered = entries.iterator(chunk_size=_AT_ONCE)
    mark_resolved(array("q", (number for number, *entry in numbered if mended.has(number, *entry))), at)


class _MendedRows:
    """What a sheet says anew: the references of rows that were not refused, and the numbers that its rows name."""

    def __init__(self, sheet: Sheet, columns: tuple[str, ...], refused: Container[int], within: str) -> None:
        self.sheet, self.columns, self.refused, self.within = sheet, columns, refused, within
        self.broken = {broken_line.row for broken_line in sheet.broken}
        numbered = [QUARANTINE_NUMBER] if QUARANTINE_NUMBER in sheet.columns else []
        self.numbers = {number for name in numbered for number in sheet.table.column(name).to_pylist()}

    @cached_property
    def accepted(self) -> set[tuple[str | None, ...]]:
        """The references of the rows that were not refused; where only rows of this sheet wait, nobody asks."""
        columns = (self.sheet.table.column(name).to_pylist() for name in (ROW_NUMBER, *self.columns))
        return {tuple(cells) for number, *cells in zip(*columns, strict=True) if not self.has_refused(number)}

    def has_refused(self, row: int | None) -> bool:
        """Whether a row of this sheet was refused, or a line of it is no row."""
        return row in self.refused or row in self.broken

    def has(self, number: int, file: str, row: int | None, cells: str) -> bool:
        """Whether an entry is mended by this."""
        is_foreign = self.within and "/" in file and not file.startswith(self.within)
        if is_foreign or (file == self.sheet.file and self.has_refused(row)):
            return False
        if row is None:
            return file == self.sheet.file
        if str(number) in self.numbers and file.startswith(self.within):
            return True
        kept_cells = _parse_cells(cells)
        return tuple(kept_cells.get(name) for name in self.columns) in self.accepted


def _parse_cells(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text))
    except (ValueError, TypeError):  # a damaged entry is mended by nothing
        return {RAW_LINE: text}


def update_problems(ids: tuple[int, ...], refused: RefusedRows) -> None:
    """Gives waiting rows the problems they have now: `refused` is by their number in `ids`, counted from 1."""
    problems_by_id = {ids[row - 1]: problems for row, problems in refused.items()}
    with transaction.atomic():
        for some in _iterate_shares(problems_by_id):
            entries = Quarantined.objects.filter(pk__in=some)
            changed = [entry for entry in entries if _renew_entry(entry, problems_by_id[entry.pk])]
            Quarantined.objects.bulk_update(changed, ["problems", "cells"])


def _renew_entry(entry: Quarantined, problems: list[RowProblem]) -> bool:
    """Gives an entry its problems; whether it has others than before."""
    before = entry.problems, entry.cells
    entry.problems = render_problems(problems)
    if any(problem.is_never_kept for problem in problems):
        entry.cells = "{}"
    return before != (entry.problems, entry.cells)


def mark_resolved(ids: Iterable[int], at: datetime) -> None:
    """Marks rows as gone in."""
    _update_entries(ids, replayed_at=at)


def dismiss_entries(entry_filter: EntryFilter, reason: str, by: str, at: datetime) -> int:
    """Gives up what waits, with a reason; it is kept, and is neither listed nor tried again. Gives how many."""
    cleaned = reason.strip()
    if not cleaned or len(cleaned) > MOST_REASON:
        raise BadInput(Message(SubmissionMessage.ENTRIES_DISMISSED_UNREASONED, {"most": MOST_REASON}), where="reason")
    refuse_if_forbidden_characters(cleaned, "reason")
    ids = list(entry_filter.select().values_list("id", flat=True))
    _update_entries(ids, dismissed_at=at, dismissal=cleaned, dismissed_by=by)
    return len(ids)


def _update_entries(ids: Iterable[int], **values: Any) -> None:
    with transaction.atomic():
        for some in _iterate_shares(ids):
            Quarantined.objects.filter(pk__in=some).update(**values)


def _iterate_shares(ids: Iterable[int]) -> Iterator[list[int]]:
    """Numbers, as many at a time as a statement takes."""
    numbers = iter(ids)
    while some := list(islice(numbers, _AT_ONCE)):
        yield some
