"""A source's way in: how it can send records, what it sent, what became of it, and its records by their reference."""

from __future__ import annotations

import json
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from goodstanding.register import catalogues, error_file, quarantine, sendings, source_keys, stating
from goodstanding.register.models import Sending
from goodstanding.register.quarantine import OpenEntry
from goodstanding.register.store import fetch_rows
from goodstanding.web import asking, clerks, push
from goodstanding.web.about import describe_register
from goodstanding.web.pages import make_page_view
from goodstanding.web.shapes import stating as shapes
from goodstanding.web.shapes.sending import RowCounts
from goodstanding.web.views.uploads import build_csv_response

SHOWN_SUBMISSIONS = 20
_BY_REFERENCE = """
SELECT record.position, record.catalogue, record.record, record.reference, record.occurred, subject.name, record.event
FROM record
JOIN subject ON subject.id = record.subject_id
WHERE record.source = %s
  AND record.reference = %s
  AND (record.replaced_at IS NULL OR record.replaced_at = record.position)
ORDER BY record.position DESC
LIMIT 20
"""


def build_send_page(request: HttpRequest, source: str) -> shapes.SubmissionsPage:
    """The ways in, the keys, what was sent last, and the records of a reference that was asked for."""
    clerks.get_clerk(request, source)
    reference = asking.read_text(request, "reference")
    return shapes.SubmissionsPage(
        about=describe_register(),
        source=source,
        source_name=clerks.get_source_name(source),
        types=clerks.list_record_types(source),
        feeds=[clerks.present_feed(submission_format) for submission_format in stating.list_formats(source)],
        keys=[
            shapes.SourceKeyLine(
                key=source_key.key, since=source_key.recorded_at, in_use=source_key.in_use, reason=source_key.reason
            )
            for source_key in source_keys.list_source_keys(source)
        ],
        sent=[
            _present_submission_line(submission)
            for submission in sendings.list_newest_submissions(source, SHOWN_SUBMISSIONS)
        ],
        asked=reference,
        found=_list_records_by_reference(source, reference) if reference else None,
    )


show_send_page = make_page_view("source-send")(build_send_page)


def _present_submission_line(submission: Sending) -> shapes.SubmissionLine:
    summary = json.loads(submission.answer) if submission.answer else {}
    return shapes.SubmissionLine(
        id=submission.id,
        way=submission.way,
        by=submission.by,
        feed=submission.feed,
        stated=submission.stated,
        opened_at=submission.opened_at,
        closed=submission.closed_at is not None,
        position=submission.position,
        counts=RowCounts(**summary["counts"]) if summary else None,
    )


def _list_records_by_reference(source: str, reference: str) -> list[shapes.SourceRecordLine]:
    rules = {name: enacted.catalogue for name, enacted in catalogues.list_on_file().items()}
    return [
        shapes.SourceRecordLine(
            position=position,
            title=rules[catalogue].records[record].title,
            reference=record_reference,
            occurred=date.fromisoformat(str(occurred)),
            name=name,
            withdrawn=event == "RecordWithdrawn",
        )
        for position, catalogue, record, record_reference, occurred, name, event in fetch_rows(
            _BY_REFERENCE, [source, reference]
        )
    ]


def build_sent_page(request: HttpRequest, source: str, sending: str) -> shapes.SubmissionPage:
    """What became of something that the source sent in."""
    clerks.get_clerk(request, source)
    submission = sendings.get_submission(source, sending)
    return shapes.SubmissionPage(
        about=describe_register(),
        source=source,
        source_name=clerks.get_source_name(source),
        way=submission.way,
        by=submission.by,
        file=submission.file,
        batch=push.present_batch(submission),
        waiting=len(_list_open_rows(submission)),
    )


show_sent_page = make_page_view("sent")(build_sent_page)


def _list_open_rows(submission: Sending) -> list[OpenEntry]:
    """Its rows that nobody has mended yet."""
    if not submission.digest:
        return []
    file_prefix = f"{submission.source}/{submission.digest[:16]}."
    own_rows = (
        open_row for open_row in quarantine.list_open_entries(submission.feed) if open_row.file.startswith(file_prefix)
    )
    return [open_row for open_row in own_rows if open_row.row is not None and open_row.stated == submission.stated]


@require_safe
def download_open_rows(request: HttpRequest, source: str, sending: str) -> HttpResponse:
    """The rows that still wait, as CSV in the columns in which they were sent, with what is wrong."""
    clerks.get_clerk(request, source)
    submission = sendings.get_submission(source, sending)
    return build_csv_response(
        error_file.render_open_entries(_list_open_rows(submission)), submission.file or "batch.jsonl"
    )
