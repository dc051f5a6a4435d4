"""What a file of a source states, with each row's problems: nobody states for another, or what was found wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from goodstanding.catalogue.feeds import ENCODINGS, Encoding, Feed
from goodstanding.errors import BadFile, BadInput
from goodstanding.intake.feed_sheet import Batch, BatchSignature, check_not_ahead
from goodstanding.intake.files.limits import refuse_if_too_large, refuse_if_too_long
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.files.sheet import Sheet
from goodstanding.intake.ingest import split_accepted_and_refused
from goodstanding.intake.mapping.canonical_form import IDENTIFIERS, map_canonical_rows
from goodstanding.intake.mapping.feed_mapping import determine_stated_day, map_rows_to_records
from goodstanding.intake.mapping.person_rows import find_person_column, has_person_number
from goodstanding.intake.mapping.problem_column import ProblemsByRow, add_problems
from goodstanding.intake.mapping.value_sql import render_column_names
from goodstanding.intake.problems import RowProblem, get_message
from goodstanding.intake.quarantine.error_report import restore_returned_sheet
from goodstanding.intake.snapshot_withdrawals import refuse_if_older_than_newest
from goodstanding.intake.submissions.formats import SubmissionFormat
from goodstanding.ledger.models import Event
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage
from goodstanding.register.files.case_queries import list_withdrawals_by_decision
from goodstanding.register.storage.event_kinds import EventKind

AT_ONCE, SHOWN_ROWS = 500, 20


@dataclass(frozen=True, slots=True)
class SubmittedStatement:
    """A sheet as it was read: on its way in as `batch`, its findings with the problems of each."""

    batch: Batch
    records: pa.Table


def read_statement(
    submission_format: SubmissionFormat, source: str, file: Path, stated: date | None, recorded_at: datetime,
    signature: BatchSignature | None = None, forgiving: bool = False, encoding: Encoding | None = None,
) -> SubmittedStatement:  # fmt: skip
    """What a file of a source states; raises BadFile or BadDay for what cannot be read or meant.

    `forgiving` takes a column that no row has for one that is empty, as programs leave out what is null.
    """
    sheet = _read_sheet(file, submission_format, forgiving, encoding)
    named_day = determine_stated_day(file.name, stated, submission_format.feed)
    day = check_not_ahead(named_day, recorded_at, submission_format.catalogue, file.name)
    refuse_if_older_than_newest(submission_format.feed, day, [source])
    findings = _map_findings(submission_format, source, sheet, day)
    anonymous_sheet = replace(
        sheet, file=f"{source}/{sheet.digest[:16]}{file.suffix}"
    )  # its name is published, so it tells nothing
    batch = Batch(
        anonymous_sheet, submission_format.feed, submission_format.catalogue, day, recorded_at, source, signature
    )
    return SubmittedStatement(batch, mark_refused_findings(findings, submission_format.feed, source))


def can_wait(file: Path) -> bool:
    """Whether a file of which feed, day or encoding is not clear yet may lie here.

    It is one that is read, in some encoding where it is not UTF-8, and in none are numbers of persons in it.
    """
    sheets = list(_list_readings(file))
    return bool(sheets) and not any(_has_persons(sheet) for sheet in sheets)


def _list_readings(file: Path) -> Iterator[Sheet]:
    try:
        yield _read_limited_sheet(file)
    except BadFile as error:
        for encoding in ENCODINGS if is_of_encoding(error) else ():
            with suppress(BadFile):
                yield _read_limited_sheet(file, encoding=encoding)


def is_of_encoding(error: BadInput) -> bool:
    """Whether it is the encoding that kept a file from being read, so that another may be chosen."""
    return get_message(error).code in (SubmissionMessage.FILE_NOT_UTF8, SubmissionMessage.FILE_OF_OTHER_ENCODING)


def _has_persons(sheet: Sheet) -> bool:
    return has_person_number(sheet.table) or any(line.problem.is_of_person for line in sheet.broken)


def _read_limited_sheet(file: Path, feed: Feed | None = None, encoding: Encoding | None = None) -> Sheet:
    try:
        refuse_if_too_large(file)
        sheet = restore_returned_sheet(read_file(file, feed, encoding))
    except BadFile as error:
        error.where = (error.where or file.name).replace(str(file), file.name)
        raise
    refuse_if_too_long(sheet)
    return sheet


def _read_sheet(
    file: Path, submission_format: SubmissionFormat, forgiving: bool, encoding: Encoding | None
) -> Sheet:  # fmt: skip
    sheet = _read_limited_sheet(file, submission_format.feed, encoding)
    if forgiving:
        missing_columns = (name for name in submission_format.feed.needed() if name not in sheet.columns)
        for name in missing_columns:
            empty = pa.nulls(sheet.table.num_rows, pa.string())
            sheet = replace(sheet, table=sheet.table.append_column(name, empty), columns=(*sheet.columns, name))
    return sheet


def _map_findings(submission_format: SubmissionFormat, source: str, sheet: Sheet, day: date) -> pa.Table:
    if submission_format.declared:
        return map_rows_to_records(sheet, submission_format.feed, submission_format.catalogue, day, Path())
    return map_canonical_rows(sheet, submission_format.catalogue, submission_format.feed.record, source, day)


def mark_refused_findings(findings: pa.Table, feed: Feed, source: str) -> pa.Table:
    """The findings with what only whoever states for itself gets wrong: another's record, or one found wrong."""
    rows, sources, keys = (findings.column(name).to_pylist() for name in ("row", "source", "key"))
    problems_by_row: ProblemsByRow = {}
    column = render_column_names(feed.source) or "source"
    for row, row_source in zip(rows, sources, strict=True):
        if row_source not in (None, source):
            message = Message(IntakeMessage.ROW_OF_ANOTHER_SOURCE, {"source": source})
            problems_by_row[row] = [RowProblem(row, column, message, row_source)]
    wrong = list_keys_found_wrong([key for key in keys if key])
    for row, key in zip(rows, keys, strict=True):
        if key in wrong:
            message = Message(IntakeMessage.ROW_FOUND_WRONG, {"case": f"GS-{wrong[key]}"})
            problems_by_row.setdefault(row, []).append(RowProblem(row, render_column_names(feed.reference), message))
    return add_problems(findings, problems_by_row)


def refuse_if_of_persons(statement: SubmittedStatement) -> None:
    """Raises BadFile where numbers of natural persons stand in a file that would lie here until it is sent."""
    _good, refused = split_accepted_and_refused(statement.records)
    rows = [row for row, problems in refused.items() if any(problem.is_of_person for problem in problems)]
    rows += [line.row for line in statement.batch.sheet.broken if line.problem.is_of_person]
    _refuse_rows_of_persons(rows)


def refuse_if_lines_of_persons(lines: Sequence[bytes], submission_format: SubmissionFormat) -> None:
    """The same of the rows of a part, which lies here until its batch is closed."""
    rows = [
        number
        for number, line in enumerate(lines, 1)
        if find_person_column(_parse_cells(line), submission_format.feed, submission_format.catalogue, (IDENTIFIERS,))
    ]
    _refuse_rows_of_persons(rows)


def _parse_cells(line: bytes) -> dict[str, Any]:
    try:
        cells = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return {IDENTIFIERS: line.decode(errors="replace")}  # a line that is no row has no cells to tell apart
    return cells if isinstance(cells, dict) else {IDENTIFIERS: str(cells)}


def _refuse_rows_of_persons(rows: Sequence[int]) -> None:
    if rows:
        numbers = list(map(str, sorted(rows)))
        shown_rows = ", ".join(numbers[:SHOWN_ROWS] + ["…"] * (len(numbers) > SHOWN_ROWS))
        raise BadFile(Message(SubmissionMessage.ROWS_OF_PERSONS, {"rows": shown_rows}), where="rows")


def list_keys_found_wrong(keys: Sequence[str]) -> dict[str, int]:
    """The records among those of some keys that a decision found wrong, each with the case in which it did."""
    wanted, cases_by_key = iter(keys), dict[str, int]()
    while some := list(islice(wanted, AT_ONCE)):
        events = Event.objects.filter(key__in=some, kind=EventKind.RECORD_WITHDRAWN).values_list("position", "key")
        keys_by_position = dict(events)
        for position, case in list_withdrawals_by_decision(keys_by_position).items():
            cases_by_key[keys_by_position[position]] = case
    return cases_by_key
