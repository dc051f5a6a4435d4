"""One record, stated, corrected or withdrawn by a clerk of its source: checked like a feed's row, one event each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
import pyarrow as pa

from goodstanding.errors import BadInput, ContradictsEarlier, NotFound, Overtaken
from goodstanding.intake.files.sheet import ROW_NUMBER, Sheet
from goodstanding.intake.ingest import split_accepted_and_refused
from goodstanding.intake.mapping.canonical_form import build_canonical_feed, map_canonical_rows
from goodstanding.intake.problems import RowProblem
from goodstanding.intake.quarantine.probable_repeats import mark_probable_repeats
from goodstanding.intake.quarantine.unclear_cases import mark_unclear_cases
from goodstanding.intake.submissions.batches import SubmissionHeader, note_record_submission
from goodstanding.intake.submissions.formats import SubmissionFormat
from goodstanding.intake.submissions.statements import mark_refused_findings
from goodstanding.ledger import store as ledger
from goodstanding.ledger.models import Event
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.register.cases.acts import build_withdrawal
from goodstanding.register.files.records import Record
from goodstanding.register.projection.projector import append_exclusively, catch_up
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.event_text import check_event_text
from goodstanding.register.storage.lifecycle import load_signer

LONGEST = 2_000
_HOW = ("feed", "kind", "row", "stated", "version")  # what says how a record came, not what it states


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A record as its event would say it, or what is wrong with it, each problem in the column it stands in."""

    problems: tuple[RowProblem, ...]
    body: Mapping[str, Any]
    key: str = ""
    digest: bytes = b""

    def says_the_same(self, body: Mapping[str, Any]) -> bool:
        """Whether another event's body states the same, however it came."""
        return all(self.body.get(name) == body.get(name) for name in {*self.body, *body} - set(_HOW))


def check_record(
    submission_format: SubmissionFormat, source: str, cells: Mapping[str, str], stated: date, called: str = ""
) -> CheckedRecord:
    """What a record in canonical columns states, by exactly the rules of a row of a feed; nothing is written.

    `called` is the feed that a corrected record came by, which it keeps.
    """
    texts = {name: pa.array([text or None], pa.string()) for name, text in cells.items()}
    digest = hashlib.sha256(msgspec.json.encode(dict(cells), order="sorted")).hexdigest()
    sheet = Sheet("form", digest, tuple(cells), pa.table(texts | {ROW_NUMBER: pa.array([1], pa.int64())}), ())
    records = map_canonical_rows(
        sheet, submission_format.catalogue, submission_format.feed.record, source, stated, called
    )
    canonical = build_canonical_feed(submission_format.catalogue, submission_format.feed.record)
    checked, _notes = mark_probable_repeats(mark_refused_findings(records, canonical, source), "reference")
    checked = mark_unclear_cases(checked, canonical, submission_format.catalogue)
    good, refused = split_accepted_and_refused(checked)
    if refused:
        return CheckedRecord(tuple(refused.iterate_problems()), {})
    [row] = good.to_pylist()
    body = json.loads(f"{row['before']}{EventKind.RECORD_ISSUED}{row['after']}}}") | {"row": None}
    return CheckedRecord((), body, row["key"], bytes.fromhex(row["digest"]))


def issue_record(checked: CheckedRecord, source: str, by: str, recorded_at: datetime) -> int:
    """States a record; gives its position, also where the very same was sent before. Raises ContradictsEarlier."""
    with ledger.hold_append_lock():
        if newest := _find_newest_event(checked.key):
            if newest.kind != EventKind.RECORD_WITHDRAWN and bytes(newest.digest) == checked.digest:
                return int(newest.position)
            raise ContradictsEarlier(Message(SubmissionMessage.REFERENCE_ON_FILE), where="reference")
        position = _append_draft(_build_draft(checked), recorded_at)
    return _note_submission(checked.body, source, by, position, recorded_at)


def correct_record(record: Record, checked: CheckedRecord, by: str, recorded_at: datetime) -> int:
    """States a record anew in place of its newest version; gives the correction's position."""
    with append_exclusively():
        current_event = _get_current_event(record)
        if checked.key != current_event.key:
            message = Message(SubmissionMessage.CORRECTION_OF_OTHER_RECORD, {"reference": record.reference})
            raise BadInput(message, where="reference")
        if checked.says_the_same(json.loads(current_event.body)):
            raise BadInput(Message(SubmissionMessage.RECORD_UNCHANGED), where="record")
        position = _append_draft(_build_draft(checked), recorded_at)
    return _note_submission(checked.body, record.source, by, position, recorded_at)


def withdraw_record(record: Record, reason: str, by: str, day: date, recorded_at: datetime) -> int:
    """Withdraws a record with the reason that its source gives; gives the withdrawal's position."""
    cleaned_reason = check_withdrawal_reason(reason)
    with append_exclusively():
        _get_current_event(record)
        position = _append_draft(build_withdrawal(record.position, day, cleaned_reason), recorded_at)
    return _note_submission({"feed": record.feed, "stated": day.isoformat()}, record.source, by, position, recorded_at)


def check_withdrawal_reason(reason: str) -> str:
    """The reason for a withdrawal as its event says it; raises BadInput for none, or for too much."""
    if not reason.strip():
        message = Message(SubmissionMessage.RECORD_WITHDRAWN_UNREASONED, {"most": f"{LONGEST:,}"})
        raise BadInput(message, where="reason")
    return check_event_text(reason, "reason", LONGEST)


def get_record_body(position: int) -> dict[str, Any]:
    """What the event of a record says; raises NotFound where it was erased."""
    body = Event.objects.filter(position=position).values_list("body", flat=True).first()
    if body is None:
        raise NotFound(Message(SubmissionMessage.RECORD_TEXT_ERASED), where=f"position {position}")
    return dict(json.loads(body))


def _build_draft(checked: CheckedRecord) -> ledger.EventDraft:
    content = {name: value for name, value in checked.body.items() if name != "kind"}
    return ledger.EventDraft(EventKind.RECORD_ISSUED, content, checked.key, checked.digest, EventKind.RECORD_CORRECTED)


def _append_draft(draft: ledger.EventDraft, recorded_at: datetime) -> int:
    [position] = ledger.append([draft], recorded_at, load_signer()).positions
    if position is None:
        raise BadInput(Message(SubmissionMessage.RECORD_UNCHANGED), where="record")
    return position


def _find_newest_event(key: str) -> Event | None:
    return Event.objects.filter(key=key).order_by("-version").first()


def _get_current_event(record: Record) -> Event:
    """The event of a record, if it is still the newest version; raises Overtaken."""
    newest = _find_newest_event(f"{record.source} {record.record} {record.reference}")
    if newest is None or newest.position != record.position or newest.kind == EventKind.RECORD_WITHDRAWN:
        raise Overtaken(Message(SubmissionMessage.RECORD_OUTDATED), where=f"position {record.position}")
    return newest


def _note_submission(body: Mapping[str, Any], source: str, by: str, position: int, recorded_at: datetime) -> int:
    catch_up()
    stated = date.fromisoformat(body["stated"])
    note_record_submission(SubmissionHeader(source, body["feed"], "form", by, stated), position, recorded_at)
    return position
