"""Feeds that state everything anew: what a file leaves out is withdrawn, unless too much would go at once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.errors import BadDay
from goodstanding.ledger import store as ledger
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage
from goodstanding.register.files.point_in_time import find_newest_statement_day
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.types import TEXT, build_schema
from goodstanding.table_engine import open_table_engine

if TYPE_CHECKING:
    from goodstanding.intake.feed_sheet import Batch, IngestResult

_ON_FILE = "SELECT source, reference FROM record WHERE feed = '{feed}' AND replaced_at IS NULL"
_LEFT_OUT = """
SELECT on_file.source, on_file.reference
FROM on_file
SEMI JOIN found ON found.source = on_file.source
ANTI JOIN found AS same ON same.source = on_file.source AND same.reference = on_file.reference
ORDER BY ALL
"""


def refuse_if_older_than_newest(feed: Feed, stated: date, source: str = "") -> None:
    """A statement older than the newest one on file says nothing about now: raises BadDay.

    What other sources sent for themselves alone says nothing about a `source` that does.
    """
    newest = find_newest_statement_day(feed.feed, source)
    if newest and stated < newest:
        params = {"feed": feed.feed, "newest": newest, "day": stated}
        raise BadDay(Message(SubmissionMessage.STATED_LATER, params))


def withdraw_omitted_records(batch: Batch, findings: pa.Table, intake: IngestResult) -> IngestResult:
    """Withdraws the findings that a whole statement leaves out; with too many it only says so."""
    omitted_records, note = plan_withdrawals(batch, findings)
    if note:
        return replace(intake, notes=(*intake.notes, note))
    drafts = [_build_withdrawal_draft(batch, source, reference) for source, reference in omitted_records]
    appended = ledger.append(drafts, batch.recorded_at, load_signer()) if drafts else None
    done = appended.issued + appended.corrected if appended else 0
    return replace(intake, withdrawn=done)


def plan_withdrawals(batch: Batch, findings: pa.Table) -> tuple[list[tuple[str, str]], Message | None]:
    """The findings (source and reference) that a whole statement withdraws, or why it withdraws none of those it could.

    Whoever sends for itself alone leaves out nothing of another source.
    """
    if batch.feed.whole is None:
        return [], None
    omitted_records, on_file = _list_omitted_records(batch.feed, _select_own_rows(findings, batch.source), batch.source)
    if refusal := _explain_refusal(batch, findings, len(omitted_records), on_file):
        return [], refusal
    return omitted_records, None


def _explain_refusal(batch: Batch, findings: pa.Table, omitted_count: int, on_file: int) -> Message | None:
    """Why nothing may be withdrawn: unreadable lines may be what seems left out, or too much would go at once."""
    most = max(1, int(on_file * batch.feed.whole.withdraw_at_most)) if batch.feed.whole else 0
    params = {"omitted": omitted_count, "on_file": on_file, "most": most}
    if omitted_count and (
        batch.sheet.broken or findings.column("reference").null_count or findings.column("source").null_count
    ):
        return Message(IntakeMessage.OMITTED_UNREADABLE, params)
    return Message(IntakeMessage.OMITTED_TOO_MANY, params) if omitted_count > most else None


def _select_own_rows(table: pa.Table, source: str) -> pa.Table:
    """What whoever sends for itself alone says, or has on file; of a row without a source nobody knows."""
    return table.filter(pc.fill_null(pc.equal(table.column("source"), source), True)) if source else table


def _list_omitted_records(feed: Feed, findings: pa.Table, source: str) -> tuple[list[tuple[str, str]], int]:
    with open_column_store() as store:
        all_on_file = store.read(_ON_FILE.format(feed=feed.feed), build_schema(source=TEXT, reference=TEXT))
    on_file = _select_own_rows(all_on_file, source)
    if not on_file.num_rows:
        return [], 0
    with open_table_engine(on_file.num_rows + findings.num_rows) as duck:
        duck.register("on_file", on_file)
        duck.register("found", findings.select(["source", "reference"]))
        return duck.sql(_LEFT_OUT).fetchall(), on_file.num_rows


def _build_withdrawal_draft(batch: Batch, source: str, reference: str) -> ledger.EventDraft:
    content = {
        "catalogue": batch.catalogue.name,
        "record": batch.feed.record,
        "source": source,
        "reference": reference,
        "stated": batch.stated.isoformat(),
        "reason": f"left out of {batch.sheet.file}, which states everything anew",
    }
    digest = hashlib.sha256(b"withdrawn").digest()
    return ledger.EventDraft(
        EventKind.RECORD_WITHDRAWN,
        content,
        f"{source} {batch.feed.record} {reference}",
        digest,
        EventKind.RECORD_WITHDRAWN,
    )
