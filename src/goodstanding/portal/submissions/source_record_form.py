"""The form of a single record as a clerk fills it in: read, and checked like a row of a feed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.intake.submissions.formats import SubmissionFormat
from goodstanding.intake.submissions.single_record import CheckedRecord, check_record, get_record_body
from goodstanding.portal.submissions.record_forms import (
    TypedValues,
    build_canonical_row,
    build_form_values,
    list_field_names,
    read_record_form,
)
from goodstanding.portal.submissions.record_forms import map_problems_to_fields as at_fields
from goodstanding.register.files.records import Record
from goodstanding.register.files.subjects import Subject
from goodstanding.register.search.source_records import find_newest_position
from goodstanding.web.forms.form_fields import FieldProblem
from goodstanding.web.forms.review_form import NO_TEXT, ReviewForm, ReviewStep
from goodstanding.web.schemas.page_frame import ProblemSchema

CorrectedRecord = tuple[Record, Subject]


class SourceRecordForm(ReviewForm):
    """The form of a record of a type, or of a correction of the one on file; checked like a row of a feed."""

    def __init__(
        self, source: str, submission_format: SubmissionFormat, corrected: CorrectedRecord | None, day: date,
        data: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(NO_TEXT, data=data)
        self.source, self.submission_format, self.corrected, self.day = source, submission_format, corrected, day
        self.typed, self.checked = self.list_first_values(), CheckedRecord((), {})

    def list_first_values(self) -> TypedValues:
        """What stands in the form before anything was typed."""
        if self.corrected:
            return build_form_values(get_record_body(self.corrected[0].position), self.submission_format)
        return dict.fromkeys(list_field_names(self.submission_format), "")

    def clean(self) -> dict[str, Any]:
        """What was typed, as its event would say it; raises BadInput for a field that the form does not have."""
        self.typed = read_record_form(self.data, self.submission_format)
        if self.corrected:
            self.typed = {**self.typed, "reference": self.corrected[0].reference}
        feed_name = self.corrected[0].feed if self.corrected else ""
        row = build_canonical_row(self.typed, self.submission_format)
        self.checked = check_record(self.submission_format, self.source, row, self.day, feed_name)
        is_review = self.cleaned_data["step"] is ReviewStep.REVIEW
        for problem in at_fields(self.checked.problems) or (self._list_conflicts() if is_review else []):
            self.add_error(None, FieldProblem(problem.message, problem.remedy, problem.code, problem.where))
        return dict(self.cleaned_data)

    def _list_conflicts(self) -> list[ProblemSchema]:
        """A new record with the reference of one on file is no new record; one that says the same corrects nothing."""
        if self.corrected:
            return self._list_missing_changes(get_record_body(self.corrected[0].position))
        body = self.checked.body
        position = find_newest_position(self.source, body["record"], body["reference"])
        if position is None:
            return []
        message = _("A record with this reference is on file.")
        remedy = _("another reference, or that record corrected: position %(n)s") % {"n": position}
        return [ProblemSchema(code="contradicts-earlier", message=message, where="reference", remedy=remedy)]

    def _list_missing_changes(self, body: Mapping[str, Any]) -> list[ProblemSchema]:
        """A correction changes something."""
        if not self.checked.says_the_same(body):
            return []
        message = _("Nothing is changed.")
        return [ProblemSchema(code="bad-input", message=message, where="record", remedy=_("at least one other value"))]
