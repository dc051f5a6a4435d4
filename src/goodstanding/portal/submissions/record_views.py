"""A single record, entered by a clerk of its source: type chosen, filled in, checked, sent or corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.errors import NotFound
from goodstanding.intake.submissions.formats import SubmissionFormat, get_format
from goodstanding.intake.submissions.single_record import (
    correct_record,
    issue_record,
)
from goodstanding.portal.submissions.clerks import get_clerk, get_source_name, list_record_types, present_record_type
from goodstanding.portal.submissions.record_forms import (
    RecordFormFields,
    TypedValues,
    present_field_problems,
    present_kept_values,
)
from goodstanding.portal.submissions.review_pages import build_record_review_page
from goodstanding.portal.submissions.schemas import (
    CarriedValue,
    RecordFormPage,
    RecordReviewPage,
    RecordValueLine,
)
from goodstanding.portal.submissions.source_record_form import CorrectedRecord, SourceRecordForm
from goodstanding.portal.submissions.source_record_views import (
    explain_unchangeable,
    get_source_record,
    link_newest_version,
    refuse_if_unchangeable,
)
from goodstanding.register.files.records import Record
from goodstanding.register.files.subjects import Subject
from goodstanding.web.forms.review_form import ReviewForm
from goodstanding.web.forms.review_views import ReviewFormView, ReviewStage
from goodstanding.web.http import clock
from goodstanding.web.http.pages import render_json, render_schema
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.page_frame import PageLink, ProblemSchema
from goodstanding.web.templatetags.cases import describe_entered_value


class _RecordFormView(ReviewFormView):
    """What the pages of a new record and of a correction have in common."""

    template, review_template = "portal/submissions/record_form.html", "portal/submissions/record_review.html"
    submission_format: SubmissionFormat
    corrected: CorrectedRecord | None = None
    has_twin = True

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Which clerk, of which source."""
        super().setup(request, *arguments, **parameters)
        self.source = parameters["source"]
        self.actor = get_clerk(request, self.source)

    def build_form(self, data: Any = None, uploads: Any = None) -> SourceRecordForm:
        """The form, filled with what the record says where one is corrected."""
        return SourceRecordForm(
            self.source,
            self.submission_format,
            self.corrected,
            clock.get_local_day(self.submission_format.catalogue),
            data,
        )

    def is_version_needed(self) -> bool:
        """Whether a record is corrected; the same new record sent twice is one record."""
        return self.corrected is not None

    def list_events(self, form: ReviewForm) -> Mapping[int, PageLink]:
        """The newest version of the record."""
        return link_newest_version(self.corrected[0]) if self.corrected else {}

    def reload(self) -> None:
        """The record as it stands by now."""
        self.corrected = self.corrected and get_source_record(self.source, self.corrected[0].position)

    def explain_refusal(self) -> str:
        """Why the record cannot be corrected; nothing where it can."""
        return explain_unchangeable(self.corrected[0]) if self.corrected else ""

    def send(self, form: SourceRecordForm) -> str:
        """Writes the record, or its correction, into the ledger."""
        now = clock.get_now()
        if self.corrected:
            position = correct_record(self.corrected[0], form.checked, self.actor.name, now)
        else:
            position = issue_record(form.checked, self.source, self.actor.name, now)
        return reverse("own-record", kwargs={"source": self.source, "position": position})

    def build_page(
        self, form: SourceRecordForm, stage: ReviewStage, review: Mapping[str, Any]
    ) -> RecordFormPage | RecordReviewPage:
        """The form, or the record once more with what would follow from it."""
        if stage is ReviewStage.CHECK:
            return self._build_review_page(form)
        problems = form.present_problems()
        return _build_record_form_page(self.source, self.submission_format, form.typed, problems, self.corrected)

    def _build_review_page(self, form: SourceRecordForm) -> RecordReviewPage:
        before = _describe_typed_values(form.list_first_values(), form) if self.corrected else None
        kept = {"of": self.submission_format.name, "version": str(self.find_version(form))}
        return build_record_review_page(
            self.request, self.actor, self.submission_format, form.checked.body,
            self.corrected[0] if self.corrected else None,
            doing="correct" if self.corrected else "send",
            stated_values=_compare_values(_describe_typed_values(form.typed, form), before),
            kept=[*(CarriedValue(name=name, value=value) for name, value in kept.items()),
                  *present_kept_values(form.typed)],
        )  # fmt: skip


class NewRecordView(_RecordFormView):
    """The types of record to choose from, the form of one, or what would follow from what was typed."""

    def dispatch(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> HttpResponse:
        """The types to choose from, until one is chosen."""
        values = request.POST if request.method == "POST" and not self.is_twin else request.GET
        if name := values.get("of", ""):
            self.submission_format = _get_record_format(self.source, name)
        elif request.method in ("GET", "HEAD", "POST"):
            page = _build_record_form_page(self.source, None, {})
            return render_json(page) if self.is_twin else render_schema(request, self.template, page)
        return super().dispatch(request, *arguments, **parameters)


class RecordCorrectionView(_RecordFormView):
    """The form of a record of the source's own, filled with what it says; the same as for a new one otherwise."""

    def setup(self, request: HttpRequest, *arguments: Any, **parameters: Any) -> None:
        """Which record, of which type."""
        super().setup(request, *arguments, **parameters)
        self.corrected = get_source_record(self.source, parameters["position"])
        record = self.corrected[0]
        self.submission_format = _get_record_format(self.source, f"{record.catalogue}/{record.record}")

    def get(self, request: HttpRequest, **parameters: Any) -> HttpResponse:
        """The form; raises NotPossible for a record that cannot be corrected."""
        assert self.corrected
        refuse_if_unchangeable(self.corrected[0])
        return super().get(request, **parameters)


def _get_record_format(source: str, format_name: str) -> SubmissionFormat:
    submission_format = get_format(source, format_name)
    if submission_format.declared:
        raise NotFound(_("There is no such type of record."), where="of", remedy=_("catalogue/record"))
    return submission_format


def _build_record_form_page(
    source: str, submission_format: SubmissionFormat | None, typed: TypedValues,
    field_problems: Iterable[ProblemSchema] = (),
    corrected: tuple[Record, Subject] | None = None,
) -> RecordFormPage:  # fmt: skip
    fields = (
        RecordFormFields(submission_format, typed, field_problems, corrected is not None) if submission_format else None
    )
    subject_inputs, reference_inputs, value_inputs = (
        (fields.subject_inputs(), fields.record_inputs(), fields.value_inputs()) if fields else ([], [], [])
    )
    return RecordFormPage(
        about=describe_register(),
        source=source,
        source_name=get_source_name(source),
        action=_get_form_address(source, corrected[0] if corrected else None),
        position=corrected[0].position if corrected else None,
        types=[] if submission_format else list_record_types(source),
        type=present_record_type(submission_format) if submission_format else None,
        reference=corrected[0].reference if corrected else "",
        whom=subject_inputs,
        what=reference_inputs,
        fields=value_inputs,
        problems=present_field_problems([*subject_inputs, *reference_inputs, *value_inputs], field_problems),
    )


def _get_form_address(source: str, record: Record | None) -> str:
    if record:
        return reverse("record-correct", kwargs={"source": source, "position": record.position})
    return reverse("record-new", kwargs={"source": source})


def _describe_typed_values(typed: TypedValues, form: SourceRecordForm) -> dict[str, str]:
    """What was typed, in the order and the words of the form."""
    fields = RecordFormFields(form.submission_format, typed, (), form.corrected is not None)
    titled_values = {"reference": (_("Your reference"), typed["reference"])} if form.corrected else {}
    for form_input in (*fields.subject_inputs(), *fields.record_inputs(), *fields.value_inputs()):
        titled_values[form_input.address] = (form_input.title, describe_entered_value(form_input))
    return {title: text for title, text in titled_values.values() if text}


def _compare_values(typed_values: Mapping[str, str], values_before: Mapping[str, str] | None) -> list[RecordValueLine]:
    """Each thing said, with what was said before where that differs; what is no longer said stands last."""
    if values_before is None:
        return [RecordValueLine(title=title, value=text, before=None) for title, text in typed_values.items()]
    removed = {title: "" for title in values_before if title not in typed_values}
    return [
        RecordValueLine(
            title=title,
            value=text,
            before=values_before.get(title, "") if values_before.get(title, "") != text else None,
        )
        for title, text in {**typed_values, **removed}.items()
    ]


show_new_record_page = NewRecordView.as_view()
show_correction_page = RecordCorrectionView.as_view()
