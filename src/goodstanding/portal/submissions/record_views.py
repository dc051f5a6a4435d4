"""A single record, entered by a clerk of its source: type chosen, filled in, looked at once more, sent or corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.errors import BadInput, NotFound
from goodstanding.intake.submissions.formats import SubmissionFormat, get_format
from goodstanding.intake.submissions.single_record import (
    CheckedRecord,
    check_record,
    correct_record,
    get_record_body,
    issue_record,
)
from goodstanding.portal.submissions.clerks import get_clerk, get_source_name, list_record_types, present_record_type
from goodstanding.portal.submissions.record_forms import (
    RecordFormFields,
    TypedValues,
    build_canonical_row,
    build_form_values,
    list_field_names,
    present_field_problems,
    present_kept_values,
    read_record_form,
)
from goodstanding.portal.submissions.record_forms import map_problems_to_fields as at_fields
from goodstanding.portal.submissions.review_pages import build_record_review_page
from goodstanding.portal.submissions.schemas import CarriedValue, RecordFieldInput, RecordFormPage, RecordValueLine
from goodstanding.portal.submissions.source_record_views import get_source_record, refuse_if_unchangeable
from goodstanding.register.files.records import Record
from goodstanding.register.files.subjects import Subject
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.web.http import clock
from goodstanding.web.http.errors import get_error_status, present_error
from goodstanding.web.http.pages import get_json_address, render_json
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.common import FrozenSchema, ProblemSchema

METHODS = ["GET", "HEAD", "POST"]
_ON_FILE = """
SELECT max(position)
FROM record
WHERE source = %s
  AND record = %s
  AND reference = %s
"""


@require_http_methods(METHODS)
def show_new_record_page(request: HttpRequest, source: str, *, twin: bool = False) -> HttpResponse:
    """The types of record to choose from, the form of one, or what would follow from what was typed."""
    actor = get_clerk(request, source)
    format_name = (request.POST if request.method == "POST" and not twin else request.GET).get("of", "")
    if not format_name:
        return _render_record_page(request, "record-new", _build_record_form_page(source, None, {}), twin)
    form = RecordForm(request, actor, source, _get_record_format(source, format_name), None)
    return form.answered(twin)


@require_http_methods(METHODS)
def show_correction_page(request: HttpRequest, source: str, position: int, *, twin: bool = False) -> HttpResponse:
    """The form of a record of the source's own, filled with what it says; the same as for a new one otherwise."""
    actor = get_clerk(request, source)
    record, subject = get_source_record(source, position)
    refuse_if_unchangeable(record)
    form = RecordForm(
        request, actor, source, _get_record_format(source, f"{record.catalogue}/{record.record}"), (record, subject)
    )
    return form.answered(twin)


def _get_record_format(source: str, format_name: str) -> SubmissionFormat:
    submission_format = get_format(source, format_name)
    if submission_format.declared:
        raise NotFound(_("There is no such type of record."), where="of", remedy=_("catalogue/record"))
    return submission_format


class RecordForm:
    """One request to state or, where `corrected` is a record on file, to correct one."""

    def __init__(
        self,
        request: HttpRequest,
        actor: Actor,
        source: str,
        submission_format: SubmissionFormat,
        corrected: tuple[Record, Subject] | None,
    ) -> None:
        self.request, self.actor, self.source, self.submission_format, self.corrected = (
            request,
            actor,
            source,
            submission_format,
            corrected,
        )

    def answered(self, twin: bool) -> HttpResponse:
        """The page that fits: the form, the form with what is wrong, what would follow, or where it now stands."""
        if twin or self.request.method != "POST":
            return _render_record_page(self.request, "record-new", self.page(self.typed_first(), []), twin)
        typed = read_record_form(self.request, self.submission_format)
        if self.corrected:
            typed = {**typed, "reference": self.corrected[0].reference}
        doing = self.request.POST.get("do", "check")
        if doing == "change":
            return _render_record_page(self.request, "record-new", self.page(typed, []))
        checked = self.checked(typed)
        field_problems = at_fields(checked.problems) or (self.on_file_already(checked) if doing == "check" else [])
        if field_problems:
            return _render_record_page(self.request, "record-new", self.page(typed, field_problems), status=400)
        return self.sent(checked, typed) if doing == "send" else self.checking(checked, typed)

    def typed_first(self) -> TypedValues:
        """What stands in the form before anything was typed."""
        if self.corrected:
            return build_form_values(get_record_body(self.corrected[0].position), self.submission_format)
        return dict.fromkeys(list_field_names(self.submission_format), "")

    def checked(self, typed: TypedValues) -> CheckedRecord:
        """What was typed, checked like a row of a feed, as stated today."""
        feed_name = self.corrected[0].feed if self.corrected else ""
        return check_record(
            self.submission_format,
            self.source,
            build_canonical_row(typed, self.submission_format),
            clock.get_today(),
            feed_name,
        )

    def on_file_already(self, checked: CheckedRecord) -> list[ProblemSchema]:
        """A new record with the reference of one on file is no new record; one that says the same corrects nothing."""
        if self.corrected:
            return self.nothing_changed(checked)
        body = checked.body
        [(position,)] = fetch_rows(_ON_FILE, [self.source, body["record"], body["reference"]])
        if position is None:
            return []
        message = _("A record with this reference is on file.")
        remedy = _("another reference, or that record corrected: position %(n)s") % {"n": position}
        return [ProblemSchema(code="contradicts-earlier", message=message, where="reference", remedy=remedy)]

    def nothing_changed(self, checked: CheckedRecord) -> list[ProblemSchema]:
        """A correction changes something."""
        assert self.corrected
        if not checked.says_the_same(get_record_body(self.corrected[0].position)):
            return []
        message = _("Nothing is changed.")
        return [ProblemSchema(code="bad-input", message=message, where="record", remedy=_("at least one other value"))]

    def sent(self, checked: CheckedRecord, typed: TypedValues) -> HttpResponse:
        """The record goes into the ledger; what stands against it now is said in the form."""
        at = datetime.now(UTC)
        try:
            position = (
                correct_record(self.corrected[0], checked, self.actor.name, at)
                if self.corrected
                else issue_record(checked, self.source, self.actor.name, at)
            )
        except BadInput as error:
            page = self.page(typed, [present_error(error)])
            return _render_record_page(self.request, "record-new", page, status=get_error_status(error))
        return redirect("own-record", source=self.source, position=position)

    def page(self, typed: TypedValues, field_problems: list[ProblemSchema]) -> RecordFormPage:
        """The form, with what was typed and what is wrong."""
        return _build_record_form_page(self.source, self.submission_format, typed, field_problems, self.corrected)

    def checking(self, checked: CheckedRecord, typed: TypedValues) -> HttpResponse:
        """The record once more, and what would follow from it."""
        record = self.corrected[0] if self.corrected else None
        before = _describe_typed_values(self.typed_first(), self) if self.corrected else None
        page = build_record_review_page(
            self.request, self.actor, self.submission_format, checked.body, record,
            doing="correct" if self.corrected else "send",
            stated_values=_compare_values(_describe_typed_values(typed, self), before),
            kept=[CarriedValue(name="of", value=self.submission_format.name), *present_kept_values(typed)],
        )  # fmt: skip
        return _render_record_page(self.request, "record-check", page)


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


def _describe_typed_values(typed: TypedValues, form: RecordForm) -> dict[str, str]:
    """What was typed, in the order and the words of the form."""
    fields = RecordFormFields(form.submission_format, typed, (), form.corrected is not None)
    titled_values = {"reference": (_("Your reference"), typed["reference"])} if form.corrected else {}
    for form_input in (*fields.subject_inputs(), *fields.record_inputs(), *fields.value_inputs()):
        titled_values[form_input.address] = (form_input.title, _describe_entered_value(form_input))
    return {title: text for title, text in titled_values.values() if text}


def _describe_entered_value(form_input: RecordFieldInput) -> str:
    """What was entered, as a person reads it: a choice by its title, a day in words."""
    titles = {choice.value: choice.title for choice in form_input.choices}
    if form_input.way != "day" or not form_input.entered:
        return titles.get(form_input.entered, form_input.entered)
    try:
        return date_format(date.fromisoformat(form_input.entered), "j F Y")
    except ValueError:
        return form_input.entered


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


def _render_record_page(
    request: HttpRequest, template: str, page: FrozenSchema, twin: bool = False, status: int = 200
) -> HttpResponse:
    if twin:
        return render_json(page)
    context = {"page": page, "twin": get_json_address(request) if request.method != "POST" else ""}
    return render(request, f"web/{template}.html", context, status=status)
