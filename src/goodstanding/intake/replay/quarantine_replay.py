"""Rows in quarantine tried again as they are, under the rules and sources of now; what still fails holds up nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadFile, BadInput
from goodstanding.intake.feed_sheet import Batch, IngestResult
from goodstanding.intake.ingest import append_records, split_accepted_and_refused
from goodstanding.intake.mapping.feed_mapping import map_rows_to_records
from goodstanding.intake.mapping.problem_column import add_problems
from goodstanding.intake.mapping.value_sql import render_column_names
from goodstanding.intake.problems import RowProblem, get_message
from goodstanding.intake.quarantine.entry_resolution import (
    ReplaySheet,
    build_replay_sheets,
    mark_resolved,
    update_problems,
)
from goodstanding.intake.quarantine.probable_repeats import mark_probable_repeats
from goodstanding.intake.quarantine.unclear_cases import mark_unclear_cases
from goodstanding.intake.snapshot_withdrawals import list_sources
from goodstanding.ledger import store as ledger
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage
from goodstanding.register.files.point_in_time import find_newest_statement_day
from goodstanding.register.projection.projector import catch_up
from goodstanding.register.rules.enacted_catalogues import get_feed

_COUNTS = ("rows", "issued", "corrected", "unchanged", "quarantined")


def replay_quarantine(feed_name: str, recorded_at: datetime) -> Sequence[IngestResult]:
    """Takes the waiting rows of a feed in again, under the rules of now; those that still fail stay in quarantine."""
    catalogue, feed = get_feed(feed_name)
    if feed.group_by:
        raise BadInput(Message(SubmissionMessage.ROWS_NOT_REPLAYABLE, {"feed": feed_name}))
    sheets = build_replay_sheets(feed_name, feed.reference.reads())
    results_by_day: dict[date, IngestResult] = {}
    for waiting in sheets:
        result = _replay_sheet(waiting, feed, catalogue, recorded_at)
        before = results_by_day.get(waiting.stated)
        results_by_day[waiting.stated] = _add_results(before, result) if before else result
        pa.default_memory_pool().release_unused()
    catch_up()
    size = ledger.get_ledger_size()
    return [replace(result, size=size) for result in results_by_day.values()]


def _add_results(before: IngestResult, result: IngestResult) -> IngestResult:
    counts = {name: getattr(before, name) + getattr(result, name) for name in _COUNTS}
    notes = (*before.notes, *(note for note in result.notes if note not in before.notes))
    return replace(result, notes=notes, **counts)


def _replay_sheet(waiting: ReplaySheet, feed: Feed, catalogue: Catalogue, recorded_at: datetime) -> IngestResult:
    rows = len(waiting.ids)
    result = IngestResult(feed.feed, waiting.sheet.file, waiting.stated, rows, quarantined=rows)
    try:
        records = map_rows_to_records(waiting.sheet, feed, catalogue, waiting.stated, Path())
    except BadFile as error:  # columns of an older form of the feed
        return replace(result, notes=(get_message(error),))
    records = _mark_outdated_rows(records, feed, waiting)
    records, notes = mark_probable_repeats(records, render_column_names(feed.reference))
    records = mark_unclear_cases(records, feed, catalogue)
    good, refused = split_accepted_and_refused(records)
    batch = Batch(waiting.sheet, feed, catalogue, waiting.stated, recorded_at)
    result = append_records(batch, good, replace(result, quarantined=len(refused), notes=notes), _tell_nobody)
    update_problems(waiting.ids, refused)
    mark_resolved((waiting.ids[row - 1] for row in range(1, rows + 1) if row not in refused), recorded_at)
    return result


def _tell_nobody(_stage: str, _done: int, _total: int) -> None:
    pass


def _mark_outdated_rows(records: pa.Table, feed: Feed, waiting: ReplaySheet) -> pa.Table:
    """With the problem of each row whose source has stated the feed on a later day: it says nothing about now."""
    newest = find_newest_statement_day(feed.feed)
    if newest is None or newest <= waiting.stated:
        return records
    newest_by_source = {
        source: find_newest_statement_day(feed.feed, waiting.stated, [source]) for source in list_sources(records)
    }
    column, problems_by_row = render_column_names(feed.source), dict[int, list[RowProblem]]()
    for row, source in zip(records.column("row").to_pylist(), records.column("source").to_pylist(), strict=True):
        if newest_of_source := newest_by_source.get(source):
            params = {"newest": newest_of_source, "day": waiting.stated}
            problems_by_row[row] = [RowProblem(row, column, Message(IntakeMessage.ROW_OUTDATED, params))]
    return add_problems(records, problems_by_row)
