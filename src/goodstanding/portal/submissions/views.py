"""A source's way in: how it can send records, what it sent, what became of it, and its records by their reference."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from goodstanding.intake.quarantine.error_report import render_open_entries
from goodstanding.intake.quarantine.quarantine_entries import EntryFilter, OpenEntry, iterate_open_entries
from goodstanding.intake.submissions.batches import Submission, get_submission, list_newest_submissions
from goodstanding.intake.submissions.formats import list_formats
from goodstanding.intake.submissions.source_keys import list_source_keys
from goodstanding.portal.submissions.api.schemas import RowCounts
from goodstanding.portal.submissions.api.views import present_batch
from goodstanding.portal.submissions.clerks import get_clerk, get_source_name, list_record_types, present_feed
from goodstanding.portal.submissions.schemas import (
    SourceKeyLine,
    SourceRecordLine,
    SubmissionLine,
    SubmissionPage,
    SubmissionsPage,
)
from goodstanding.portal.submissions.upload_views import build_csv_response
from goodstanding.register.search.source_records import list_records_by_reference
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.parameters import read_text
from goodstanding.web.http.register_info import describe_register

SHOWN_SUBMISSIONS = 20


def build_send_page(request: HttpRequest, source: str) -> SubmissionsPage:
    """The ways in, the keys, what was sent last, and the records of a reference that was asked for."""
    get_clerk(request, source)
    reference = read_text(request, "reference")
    return SubmissionsPage(
        about=describe_register(),
        source=source,
        source_name=get_source_name(source),
        types=list_record_types(source),
        feeds=[present_feed(submission_format) for submission_format in list_formats(source)],
        keys=[
            SourceKeyLine(
                key=source_key.key, since=source_key.recorded_at, in_use=source_key.in_use, reason=source_key.reason
            )
            for source_key in list_source_keys(source)
        ],
        sent=[
            _present_submission_line(submission) for submission in list_newest_submissions(source, SHOWN_SUBMISSIONS)
        ],
        asked=reference,
        found=_present_records_by_reference(source, reference) if reference else None,
    )


show_send_page = make_page_view("portal/submissions/overview.html")(build_send_page)


def _present_submission_line(submission: Submission) -> SubmissionLine:
    summary = json.loads(submission.answer) if submission.answer else {}
    return SubmissionLine(
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


def _present_records_by_reference(source: str, reference: str) -> list[SourceRecordLine]:
    return [
        SourceRecordLine(
            position=record.position,
            title=record.title,
            reference=record.reference,
            occurred=record.occurred,
            name=record.subject_name,
            withdrawn=record.withdrawn,
        )
        for record in list_records_by_reference(source, reference)
    ]


def build_sent_page(request: HttpRequest, source: str, sending: str) -> SubmissionPage:
    """What became of something that the source sent in."""
    get_clerk(request, source)
    submission = get_submission(source, sending)
    return SubmissionPage(
        about=describe_register(),
        source=source,
        source_name=get_source_name(source),
        way=submission.way,
        by=submission.by,
        file=submission.file,
        batch=present_batch(submission, get_language() or ""),
        waiting=len(_list_open_rows(submission)),
    )


show_sent_page = make_page_view("portal/submissions/submission.html")(build_sent_page)


def _list_open_rows(submission: Submission) -> list[OpenEntry]:
    """Its rows that nobody has mended yet."""
    if not submission.digest:
        return []
    own_files = EntryFilter(submission.feed, f"{submission.source}/{submission.digest[:16]}.")
    own_rows = iterate_open_entries(own_files)
    return [open_row for open_row in own_rows if open_row.row is not None and open_row.stated == submission.stated]


@require_safe
def download_open_rows(request: HttpRequest, source: str, sending: str) -> HttpResponse:
    """The rows that still wait, as CSV in the columns in which they were sent, with what is wrong."""
    get_clerk(request, source)
    submission = get_submission(source, sending)
    return build_csv_response(render_open_entries(_list_open_rows(submission)), submission.file or "batch.jsonl")
