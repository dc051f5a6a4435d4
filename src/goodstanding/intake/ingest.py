"""Intake: a feed's file becomes events, one a finding; what fails is put aside and holds nothing else up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
from django.db import connections

from goodstanding.catalogue.feeds import Encoding
from goodstanding.errors import BadDay, BadFile
from goodstanding.intake.feed_sheet import Batch, IngestResult, Progress, check_not_ahead
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.mapping.feed_mapping import determine_stated_day, map_rows_to_records
from goodstanding.intake.mapping.value_sql import render_column_names
from goodstanding.intake.quarantine.entry_resolution import resolve_mended_rows
from goodstanding.intake.quarantine.erased_records import split_off_erased_records
from goodstanding.intake.quarantine.error_report import restore_exported_cells
from goodstanding.intake.quarantine.probable_repeats import mark_probable_repeats
from goodstanding.intake.quarantine.quarantine_entries import quarantine_file, quarantine_rows
from goodstanding.intake.quarantine.row_refusals import RefusedRows
from goodstanding.intake.quarantine.source_backlog import build_unadmitted_note
from goodstanding.intake.quarantine.unclear_cases import mark_unclear_cases
from goodstanding.intake.snapshot_withdrawals import (
    list_sources,
    refuse_if_older_than_newest,
    withdraw_omitted_records,
)
from goodstanding.ledger import store as ledger
from goodstanding.register.projection.projector import catch_up
from goodstanding.register.rules.enacted_catalogues import get_feed
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.indexes import defer_indexes
from goodstanding.register.storage.lifecycle import load_signer, release_page_cache
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.table_files import filter_table, release_table_pages

CHUNK = 10_000
_MOST_PROBLEMS = 1_000  # that are told at once
_WRITTEN = ("row", "source", "reference", "key", "before", "after", "digest")


def ingest_file(
    file: Path,
    feed_name: str,
    recorded_at: datetime,
    stated: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    encoding: Encoding | None = None,
) -> IngestResult:
    """Takes in a file of a feed; a file that cannot be read is put aside as a whole and raised as BadFile."""
    catalogue, feed = get_feed(feed_name)
    day = stated
    try:
        sheet = restore_exported_cells(read_file(file, feed, encoding))
        day = check_not_ahead(determine_stated_day(file.name, stated, feed), recorded_at, catalogue, file.name)
        records = map_rows_to_records(sheet, feed, catalogue, day, file.parent)
        refuse_if_older_than_newest(feed, day, list_sources(records))
    except (BadFile, BadDay) as error:
        if file.is_file() and not dry_run:
            quarantine_file(file.name, _compute_digest(file), feed.feed, day, error, recorded_at)
        raise
    return ingest_batch(Batch(sheet, feed, catalogue, day, recorded_at), records, dry_run, progress)


def _compute_digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def ingest_batch(
    batch: Batch, records: pa.Table, dry_run: bool = False, progress: Progress | None = None
) -> IngestResult:
    """Findings into the ledger, refused rows into quarantine, then the projection brought up to date."""
    tell = progress or (lambda stage, done, total: None)
    records, notes = mark_probable_repeats(records, render_column_names(batch.feed.reference))
    records = mark_unclear_cases(records, batch.feed, batch.catalogue)
    release_table_pages()
    good, refused = split_accepted_and_refused(records)
    row_count = batch.sheet.table.num_rows + len(batch.sheet.broken)
    notes = (*batch.sheet.notes, *notes, *build_unadmitted_note(refused.iterate_problems()))
    result = IngestResult(batch.feed.feed, batch.sheet.file, batch.stated, row_count, notes=notes)
    broken = (broken_line.problem for broken_line in batch.sheet.broken)
    problems = tuple(islice(chain(refused.iterate_problems(), broken), _MOST_PROBLEMS))
    if dry_run:
        return replace(
            result,
            quarantined=len(refused) + len(batch.sheet.broken),
            problems=problems,
            size=ledger.get_ledger_size(),
        )
    put_aside = quarantine_rows(batch.sheet, batch.feed.feed, batch.stated, refused, batch.recorded_at)
    result = replace(result, quarantined=put_aside, problems=problems)
    release_page_cache()
    with _defer_indexes(good.num_rows):
        result = append_records(batch, good, result, tell)
        _resolve_mended_rows(batch, refused)
        catch_up(lambda done, total: tell("projecting", done, total))
    pa.default_memory_pool().release_unused()
    result = withdraw_omitted_records(batch, records, result)
    result = replace(result, size=_append_statement_received(batch, list_sources(records), result))
    catch_up()
    return result


def _resolve_mended_rows(batch: Batch, refused: RefusedRows) -> None:
    """What waited and is mended now; a source that sends for itself mends its own rows only."""
    source_columns = batch.feed.source.reads() if batch.source else ()
    columns = (*source_columns, *batch.feed.reference.reads())
    within = f"{batch.source}/" if batch.source else ""
    resolve_mended_rows(batch.feed.feed, columns, batch.sheet, refused, batch.recorded_at, within)


def _defer_indexes(findings: int) -> AbstractContextManager[None]:
    """Indexes are made at the end where more comes in than is on file: then nobody misses them meanwhile."""
    [(on_file,)] = fetch_rows("SELECT count(*) FROM subject")
    return defer_indexes() if findings > max(on_file, CHUNK) else nullcontext()


def split_accepted_and_refused(records: pa.Table) -> tuple[pa.Table, RefusedRows]:
    """The findings without problems, and the rows of the others with theirs."""
    import pyarrow.compute as pc

    records, erased = split_off_erased_records(records)
    is_wrong = pc.greater(pc.list_value_length(records.column("problems")), 0)
    wrong = filter_table(records.select(erased.column_names), is_wrong)
    return filter_table(records.select(_WRITTEN), pc.invert(is_wrong)), RefusedRows(pa.concat_tables([erased, wrong]))


def append_records(batch: Batch, good: pa.Table, result: IngestResult, tell: Progress) -> IngestResult:
    """Appends chunk by chunk; what is durable is projected meanwhile by a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        projected: Future[int] | None = None
        for start in range(0, good.num_rows, CHUNK):
            appended = ledger.append(list(build_drafts(good.slice(start, CHUNK))), batch.recorded_at, load_signer())
            release_table_pages()
            result = _add_counts(result, appended)
            tell("appending", min(start + CHUNK, good.num_rows), good.num_rows)
            if projected is None or projected.done():
                projected = _project_next(executor, projected)
        if projected:
            projected.result()
    return result


def _project_next(executor: ThreadPoolExecutor, projected: Future[int] | None) -> Future[int]:
    if projected:
        projected.result()
    return executor.submit(_catch_up_in_thread)


def _catch_up_in_thread() -> int:
    try:
        return catch_up()
    finally:
        connections.close_all()


def _add_counts(result: IngestResult, appended: ledger.AppendResult) -> IngestResult:
    return replace(
        result,
        issued=result.issued + appended.issued,
        corrected=result.corrected + appended.corrected,
        unchanged=result.unchanged + appended.unchanged,
        size=appended.size,
    )


def build_drafts(records: pa.Table) -> Iterator[ledger.EventDraft]:
    """One draft a finding."""
    columns = (records.column(name).to_pylist() for name in ("key", "before", "after", "digest"))
    for key, before, after, digest in zip(*columns, strict=True):
        yield ledger.EventDraft(
            EventKind.RECORD_ISSUED,
            ledger.CanonicalBody(before, after),
            key,
            bytes.fromhex(digest),
            EventKind.RECORD_CORRECTED,
        )


def _append_statement_received(batch: Batch, sources: Sequence[str], result: IngestResult) -> int:
    """Notes in the ledger that the file was received, once: its day, its digest and what became of its rows."""
    counts = {key: value for key, value in asdict(result).items() if isinstance(value, int) and key != "size"}
    content = {
        "catalogue": batch.catalogue.name,
        "feed": batch.feed.feed,
        "file": batch.sheet.file,
        "digest": batch.sheet.digest,
        "stated": batch.stated.isoformat(),
        "counts": counts,
    } | _build_sender_content(batch, sources)
    source_prefix = f"{batch.source} " if batch.source else ""
    key = f"statement {source_prefix}{batch.feed.feed} {batch.stated.isoformat()} {batch.sheet.digest}"
    digest = hashlib.sha256(msgspec.json.encode([batch.sheet.digest, batch.feed.feed])).digest()
    draft = ledger.EventDraft(EventKind.STATEMENT_RECEIVED, content, key, digest, EventKind.STATEMENT_RECEIVED)
    return ledger.append([draft], batch.recorded_at, load_signer()).size


def _build_sender_content(batch: Batch, sources: Sequence[str]) -> dict[str, Any]:
    """Who sent a file for itself and signed it (charter article 23), or the sources that a file of several is about."""
    content: dict[str, Any] = {"source": batch.source} if batch.source else {"sources": list(sources)}
    if signature := batch.signature:
        content |= {
            "signed_by": signature.key,
            "signature": {"base": signature.base, "value": signature.value, "parts": list(signature.parts)},
        }
    return content
