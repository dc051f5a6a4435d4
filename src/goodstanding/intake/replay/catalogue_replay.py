"""Replays of a catalogue's proceedings: from the files their source published, or from the records on file.

Files are read by their feed's own mapping and touch no register. A row that the feed refuses is counted and left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.effects import RECORDS
from goodstanding.errors import BadInput
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.mapping.feed_mapping import determine_stated_day, list_days_in_name, map_rows_to_records
from goodstanding.intake.replay.published_statements import ProceedingKey, PublishedStatementReader
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.procedure.histories import ProcedureOrder, ProceedingHistory, PublishedStatement
from goodstanding.procedure.history_replay import ReplayResult, replay_histories
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.register.storage.types import TEXT, build_schema

_ON_FILE = """
SELECT position, subject_id, record, source, reference, coalesce(about, '') AS about, occurred, fields,
  coalesce(published, '') AS published, stated, event
FROM record
WHERE catalogue = '{catalogue}'
"""
_NAMED = """
SELECT DISTINCT (SELECT min(text) FROM identifier WHERE identifier.subject_id = record.subject_id)
FROM record
WHERE catalogue = %s
  AND (reference IN ({marks}) OR source || ' ' || reference IN ({marks}))
"""
_AT_ONCE = 200
_STATED_ON = "SELECT DISTINCT stated FROM statement WHERE feed = %s AND stated <= %s ORDER BY stated"


@dataclass(frozen=True, slots=True)
class CatalogueReplay:
    """A replay of one kind of case of a catalogue, from which files, with how many of their rows were refused."""

    catalogue: str
    case: str
    files: tuple[str, ...]
    refused: int
    replay: ReplayResult


def replay_files(
    files: Sequence[Path], catalogue: Catalogue, feed: str = "", stated: date | None = None
) -> CatalogueReplay:
    """A replay of a feed's files, each as stated on its own day; raises BadInput, BadFile and BadDay.

    `stated` is the day of a file that does not say its own.
    """
    reader = _choose_reader(catalogue, feed)
    records_by_day: dict[date, pa.Table] = {}
    refused = 0
    for file in files:
        own_day = list_days_in_name(file.name)
        day = determine_stated_day(file.name, None if own_day else stated, reader.feed)
        if day in records_by_day:
            raise BadInput(Message(SubmissionMessage.FILES_OF_ONE_DAY, {"day": day}), where=str(file))
        findings = map_rows_to_records(
            read_file(file, reader.feed), reader.feed, catalogue, day, file.parent
        ).to_pylist()
        good = [row for row in findings if not row["problems"]]
        refused += len(findings) - len(good)
        records_by_day[day] = convert_findings_to_records(good)
    return CatalogueReplay(
        catalogue.name,
        reader.case,
        tuple(file.name for file in files),
        refused,
        _replay_statements(records_by_day, reader),
    )


def replay_records_on_file(name: str, at: date, feed: str = "") -> CatalogueReplay:
    """A replay of the records on file, as stated up to a day; raises NotFound and BadInput."""
    reader = _choose_reader(get_enacted(name).catalogue, feed)
    days = [date.fromisoformat(str(row[0])) for row in fetch_rows(_STATED_ON, [reader.feed.feed, at])]
    kinds = build_schema(
        **{field.name: field.type for field in RECORDS} | {"occurred": TEXT, "stated": TEXT, "event": TEXT}
    )
    with open_column_store() as store:
        stated_records = store.read(_ON_FILE.format(catalogue=name), kinds).to_pylist()
    return CatalogueReplay(
        name,
        reader.case,
        (),
        0,
        _replay_statements({day: _select_newest_records(stated_records, day) for day in days}, reader),
    )


def list_named_subjects(result: CatalogueReplay) -> list[str]:
    """The subjects whose proceedings a replay of the records on file names, by identifier, each once."""
    references = sorted({finding.reference for finding in result.replay.findings})
    subjects: set[str] = set()
    for start in range(0, len(references), _AT_ONCE):
        some = references[start : start + _AT_ONCE]
        statement = _NAMED.format(marks=", ".join(["%s"] * len(some)))
        subjects.update(row[0] for row in fetch_rows(statement, [result.catalogue, *some, *some]))
    return sorted(subjects)


def _choose_reader(catalogue: Catalogue, feed: str) -> PublishedStatementReader:
    """For the feed that is named, or for the only one whose records open a case."""
    opened = {case.record: name for name, case in catalogue.cases.items()}
    feeds: dict[str, Feed] = {
        key: catalogue_feed for key, catalogue_feed in catalogue.feeds.items() if catalogue_feed.record in opened
    }
    if not feeds:
        raise BadInput(Message(SubmissionMessage.NO_FEED_OF_PROCEEDINGS, {"catalogue": catalogue.name}))
    chosen = feed or next(iter(feeds))
    if chosen not in feeds or (not feed and len(feeds) > 1):
        params = {"catalogue": catalogue.name, "feeds": ", ".join(feeds)}
        raise BadInput(Message(SubmissionMessage.FEED_UNCHOSEN, params), where="--feed")
    return PublishedStatementReader(catalogue, opened[feeds[chosen].record], feeds[chosen])


def convert_findings_to_records(findings: Iterable[dict[str, Any]]) -> pa.Table:
    """Findings as records; one subject for each first identifier."""
    subjects: dict[str, int] = {}
    records = []
    for position, row in enumerate(findings):
        event = json.loads(
            f"{row['before']}{EventKind.RECORD_ISSUED}{row['after']}}}"
        )  # the ledger would add the version
        subject = subjects.setdefault(event["subject"]["identifiers"][0], len(subjects))
        records.append(event | {"position": position, "subject_id": subject, "fields": json.dumps(event["fields"])})
    return _build_record_table(records)


def _select_newest_records(stated_records: Iterable[dict[str, Any]], day: date) -> pa.Table:
    """What was stated up to a day: the newest word on each record, without those withdrawn."""
    newest: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in sorted(stated_records, key=lambda row: (row["stated"], row["position"])):
        if row["stated"][:10] <= day.isoformat():
            newest[row["source"], row["record"], row["reference"]] = row
    kept = (row for row in newest.values() if row["event"] != EventKind.RECORD_WITHDRAWN)
    return _build_record_table(row | {name: row[name] or None for name in ("about", "published")} for row in kept)


def _build_record_table(records: Iterable[dict[str, Any]]) -> pa.Table:
    dated = [row | {"occurred": date.fromisoformat(row["occurred"][:10])} for row in records]
    return pa.Table.from_pylist(dated, schema=RECORDS)


def _replay_statements(records_by_day: dict[date, pa.Table], reader: PublishedStatementReader) -> ReplayResult:
    """The statements of all days, by proceeding; the source is named where there are several."""
    statements: defaultdict[ProceedingKey, list[PublishedStatement]] = defaultdict(list)
    for day in sorted(records_by_day):
        for key, statement in reader.statements(records_by_day[day], day):
            statements[key].append(statement)
    several = len({source for source, _reference in statements}) > 1
    histories = (
        ProceedingHistory(f"{source} {reference}" if several else reference, tuple(proceeding_statements))
        for (source, reference), proceeding_statements in statements.items()
    )
    return replay_histories(histories, records_by_day, ProcedureOrder.of(reader.catalogue, reader.case))
