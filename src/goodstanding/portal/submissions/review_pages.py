"""The page that shows a record once more before it is sent, corrected or withdrawn, with what would follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from goodstanding.access import Actor
from goodstanding.intake.submissions.formats import SubmissionFormat
from goodstanding.portal.submissions.clerks import get_source_name, present_record_type
from goodstanding.portal.submissions.consequences import calculate_consequences
from goodstanding.portal.submissions.schemas import CarriedValue, RecordReviewPage, RecordValueLine
from goodstanding.register.files.records import Record
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.subjects.presenters import present_subject


def build_record_review_page(
    request: HttpRequest, actor: Actor, submission_format: SubmissionFormat, body: Mapping[str, Any],
    record: Record | None, *, doing: str,
    stated_values: list[RecordValueLine], kept: list[CarriedValue],
) -> RecordReviewPage:  # fmt: skip
    """What will be sent, and what would follow from it."""
    name = get_source_name(actor.scope)
    entered_name = str(body["subject"]["name"] or "") if body else ""
    consequences = calculate_consequences(request, actor, submission_format.catalogue, body, record, name)
    return RecordReviewPage(
        about=describe_register(),
        source=actor.scope,
        source_name=name,
        action=request.path,
        doing=doing,
        name=submission_format.catalogue.name,
        mode=submission_format.catalogue.mode,
        type=present_record_type(submission_format),
        on_file=present_subject(consequences.on_file) if consequences.on_file else None,
        renamed=entered_name if consequences.on_file and entered_name not in ("", consequences.on_file.name) else "",
        said=stated_values,
        kept=kept,
        whole=consequences.whole,
        at=consequences.at,
        rests_on=consequences.rests_on,
        result=consequences.result,
    )
