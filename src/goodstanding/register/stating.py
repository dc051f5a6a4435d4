"""What a source may state for itself, and how what it sends is read: by its feeds, or in a record's canonical form.

Nobody states for another: a row of another source is refused like any other wrong row, and so is one that states again
what a decision found wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import pyarrow as pa

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue, RecordType
from goodstanding.errors import BadFile, UnknownFeed
from goodstanding.ledger.models import Event
from goodstanding.register import canonical, catalogues, error_file, limits, mapping, withdrawals
from goodstanding.register.intake import Batch, BatchSignature, check_not_ahead
from goodstanding.register.quarantine import RowProblem
from goodstanding.register.reading import Sheet, read_file
from goodstanding.register.values import render_column_names

FOUND_WRONG_PREFIX = "found wrong in "  # how the reason of a withdrawal by decision begins
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SubmissionFormat:
    """One way in which a source may state records of a type: a declared feed, or the record's canonical form."""

    catalogue: Catalogue
    feed: Feed
    declared: bool

    @property
    def name(self) -> str:
        """The feed's name, or catalogue and record type with a slash between."""
        return self.feed.feed

    @property
    def record(self) -> RecordType:
        """The type of record that it states."""
        return self.catalogue.records[self.feed.record]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a row may have, in order."""
        return (
            self.feed.columns() if self.declared else canonical.list_canonical_columns(self.catalogue, self.feed.record)
        )


def list_formats(source: str) -> list[SubmissionFormat]:
    """Every way in which a source may state records, by the mandates of the catalogues in force."""
    return [
        submission_format
        for enacted_catalogue in catalogues.list_enacted().values()
        for submission_format in _list_catalogue_formats(enacted_catalogue.catalogue, source)
    ]


def _list_catalogue_formats(catalogue: Catalogue, source: str) -> Iterator[SubmissionFormat]:
    permitted_records = catalogue.mandates.get(source, frozenset())
    for feed in catalogue.feeds.values():
        if feed.record in permitted_records and feed.source.text in (None, source):
            yield SubmissionFormat(catalogue, feed.model_copy(update={"beside": None}), declared=True)
    for record in catalogue.records:
        if record in permitted_records and canonical.list_subject_kinds(catalogue, record):
            yield SubmissionFormat(catalogue, canonical.build_canonical_feed(catalogue, record), declared=False)


def get_format(source: str, name: str) -> SubmissionFormat:
    """The way of that name; raises UnknownFeed with those that the source has."""
    formats = {submission_format.name: submission_format for submission_format in list_formats(source)}
    if name not in formats:
        near = get_close_matches(name, formats, n=1) or list(formats)
        remedy = ", ".join(near) or "a catalogue in force that gives this source a mandate"
        raise UnknownFeed(f"{source} has no feed {name[:100]!r}.", where="feed", remedy=remedy)
    return formats[name]


@dataclass(frozen=True, slots=True)
class SubmittedStatement:
    """A sheet as it was read: on its way in as `batch`, its findings with the problems of each."""

    batch: Batch
    found: pa.Table


def read_statement(
    submission_format: SubmissionFormat, source: str, file: Path, stated: date | None, recorded_at: datetime,
    signature: BatchSignature | None = None, forgiving: bool = False,
) -> SubmittedStatement:  # fmt: skip
    """What a file of a source states; raises BadFile or BadDay for what cannot be read or meant.

    `forgiving` takes a column that no row has for one that is empty, as programs leave out what is null.
    """
    sheet = _read_sheet(file, submission_format, forgiving)
    day = check_not_ahead(
        mapping.determine_stated_day(file.name, stated, submission_format.feed), recorded_at, file.name
    )
    withdrawals.refuse_if_older_than_newest(submission_format.feed, day, source)
    findings = _map_findings(submission_format, source, sheet, day)
    anonymous_sheet = replace(
        sheet, file=f"{source}/{sheet.digest[:16]}{file.suffix}"
    )  # its name is published, so it tells nothing
    batch = Batch(
        anonymous_sheet, submission_format.feed, submission_format.catalogue, day, recorded_at, source, signature
    )
    return SubmittedStatement(batch, mark_refused_findings(findings, submission_format.feed, source))


def _read_sheet(file: Path, submission_format: SubmissionFormat, forgiving: bool) -> Sheet:
    try:
        limits.refuse_if_too_large(file)
        sheet = error_file.restore_returned_sheet(read_file(file))
    except BadFile as error:
        where = (error.where or file.name).replace(str(file), file.name)
        raise type(error)(error.message, where=where, remedy=error.remedy) from error
    limits.refuse_if_too_long(sheet)
    if forgiving:
        missing_columns = (name for name in submission_format.feed.needed() if name not in sheet.columns)
        for name in missing_columns:
            empty = pa.nulls(sheet.table.num_rows, pa.string())
            sheet = replace(sheet, table=sheet.table.append_column(name, empty), columns=(*sheet.columns, name))
    return sheet


def _map_findings(submission_format: SubmissionFormat, source: str, sheet: Sheet, day: date) -> pa.Table:
    if submission_format.declared:
        return mapping.map_rows_to_records(sheet, submission_format.feed, submission_format.catalogue, day, Path())
    return canonical.map_canonical_rows(sheet, submission_format.catalogue, submission_format.feed.record, source, day)


def mark_refused_findings(findings: pa.Table, feed: Feed, source: str) -> pa.Table:
    """The findings with what only whoever states for itself gets wrong: another's record, or one found wrong."""
    rows, sources, keys = (findings.column(name).to_pylist() for name in ("row", "source", "key"))
    problems_by_row: canonical.ProblemsByRow = {}
    column = render_column_names(feed.source) or "source"
    for row, row_source in zip(rows, sources, strict=True):
        if row_source not in (None, source):
            message = f"another source's record: only the records of {source} can be stated here"
            problems_by_row[row] = [RowProblem(row, column, message, row_source)]
    wrong = list_keys_found_wrong([key for key in keys if key])
    for row, key in zip(rows, keys, strict=True):
        if key in wrong:
            message = f"this record was {wrong[key]}, so it is not stated again"
            problems_by_row.setdefault(row, []).append(RowProblem(row, render_column_names(feed.reference), message))
    return canonical.add_problems(findings, problems_by_row)


def list_keys_found_wrong(keys: Sequence[str]) -> dict[str, str]:
    """The records among those of some keys that a decision found wrong, each with what was decided."""
    wanted, reasons_by_key = iter(keys), dict[str, str]()
    while some := list(islice(wanted, AT_ONCE)):
        events = Event.objects.filter(
            key__in=some, kind="RecordWithdrawn", body__contains=f'"reason":"{FOUND_WRONG_PREFIX}'
        )
        for key, body in events.values_list("key", "body"):
            reasons_by_key[key] = body.partition('"reason":"')[2].partition('"')[0]
    return reasons_by_key
