"""The fields in which a clerk enters a record: made from its type, named by the columns of its canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodstanding.errors import BadInput
from goodstanding.intake.mapping.canonical_form import IDENTIFIERS, KIND, list_identifier_schemes, list_subject_kinds
from goodstanding.intake.problems import RowProblem
from goodstanding.intake.submissions.formats import SubmissionFormat
from goodstanding.intake.submissions.single_record import LONGEST
from goodstanding.plain_text import remove_name_marks
from goodstanding.portal.submissions.schemas import CarriedValue, RecordFieldInput, RecordProblem
from goodstanding.web.calculator.entered_facts import list_publishable_values
from goodstanding.web.forms.form_fields import describe_problem
from goodstanding.web.forms.record_fields import build_field_input, describe_field_problem
from goodstanding.web.schemas.forms import FieldChoice
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.templatetags.formatting import name_subject_kind as kind_title

SCHEME = "scheme"
TypedValues = Mapping[str, str]


def list_field_names(submission_format: SubmissionFormat) -> tuple[str, ...]:
    """The names of every field of the form of a record type."""
    return (SCHEME, *(column for column in submission_format.columns if column != "source"))


def read_record_form(data: Mapping[str, str], submission_format: SubmissionFormat) -> TypedValues:
    """What a form says, under the names of its fields; raises BadInput for a field that it does not have."""
    field_names = list_field_names(submission_format)
    for name in data:
        if name not in (*field_names, "of", "step", "version", "csrfmiddlewaretoken"):
            raise BadInput(_("The form has no such field."), where=name[:100], remedy=_("open the page again"))
    typed = {name: data.get(name, "").strip() for name in field_names}
    return typed | {"subject.name": remove_name_marks(typed["subject.name"])}


def build_form_values(body: Mapping[str, Any], submission_format: SubmissionFormat) -> TypedValues:
    """What the event of a record says, as if it had been typed."""
    subject = body["subject"]
    form_values: dict[str, Any] = {f"fields.{name}": value for name, value in body["fields"].items()}
    form_values |= {name: body.get(name) for name in ("reference", "occurred", "about", "published")}
    form_values |= {f"subject.{name}": subject.get(name) for name in ("kind", "name", "region", "sector")}
    form_values |= {IDENTIFIERS: " ".join(subject["identifiers"])}
    return {name: _render_value(form_values.get(name)) for name in list_field_names(submission_format)}


def _render_value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def build_canonical_row(typed: TypedValues, submission_format: SubmissionFormat) -> dict[str, str]:
    """What was typed as a row in the canonical form, the scheme before its identifier."""
    row = {name: text for name, text in typed.items() if name != SCHEME}
    identifier, scheme = row.get(IDENTIFIERS, ""), typed.get(SCHEME, "")
    if scheme and identifier and ":" not in identifier:
        row[IDENTIFIERS] = f"{scheme}:{''.join(identifier.split())}"
    return row


def present_kept_values(typed: TypedValues) -> list[CarriedValue]:
    """What was typed, to be carried on by a page without its fields."""
    return [CarriedValue(name=name, value=text) for name, text in typed.items() if text]


def map_problems_to_fields(row_problems: Iterable[RowProblem]) -> list[ProblemSchema]:
    """The problems of a row as those of the form's fields, of each field the first."""
    problems_by_field: dict[str, ProblemSchema] = {}
    for row_problem in row_problems:
        where = row_problem.column or "record"
        message = row_problem.words(get_language() or "").removeprefix(f"{row_problem.column}: ")
        problems_by_field.setdefault(
            where, ProblemSchema(code="bad-input", message=message[:1].upper() + message[1:] + ".", where=where)
        )
    return list(problems_by_field.values())


def present_field_problems(
    form_inputs: Iterable[RecordFieldInput], problems: Iterable[ProblemSchema]
) -> list[RecordProblem]:
    """What is wrong, each with the title of its field."""
    titles = {form_input.address: form_input.title for form_input in form_inputs}
    return [
        RecordProblem(
            title=titles.get(problem.where or "", ""), address=problem.where or "", message=describe_problem(problem)
        )
        for problem in problems
    ]


class RecordFormFields:
    """The inputs of one record type, with what was typed into each and what is wrong with it."""

    def __init__(
        self,
        submission_format: SubmissionFormat,
        typed: TypedValues,
        problems: Iterable[ProblemSchema],
        correcting: bool,
    ) -> None:
        self.submission_format, self.typed, self.correcting = submission_format, typed, correcting
        self.problems_by_field = {problem.where or "": problem for problem in problems}

    def subject_inputs(self) -> list[RecordFieldInput]:
        """Whom the record is about."""
        kinds = list_subject_kinds(self.submission_format.catalogue, self.submission_format.feed.record)
        schemes = list_identifier_schemes(self.submission_format.catalogue)
        language = get_language() or ""
        scheme_choices = [FieldChoice(value=scheme.name, title=scheme.render_title(language)) for scheme in schemes]
        form_inputs = (
            []
            if self.correcting
            else [self._build_input(SCHEME, _("Kind of identifier"), "choice", choices=scheme_choices)]
        )
        form_inputs.append(self._build_input(IDENTIFIERS, _("Identifier"), hint=self._identifiers(), required=True))
        form_inputs.append(self._build_input("subject.name", _("Name"), hint=_("As it is registered"), required=True))
        if len(kinds) > 1:
            choices = [FieldChoice(value=kind, title=kind_title(kind)) for kind in kinds]
            form_inputs.append(self._build_input(KIND, _("What it is"), "choice", choices=choices, required=True))
        form_inputs.append(self._build_input("subject.region", _("Region"), hint=_("Where it is, if that matters")))
        return [*form_inputs, self._build_input("subject.sector", _("Sector"))]

    def _identifiers(self) -> str:
        if self.correcting:
            return _("With its scheme in front; several with spaces between")
        return _("Without the scheme where it is chosen beside; spaces and dashes do not matter")

    def record_inputs(self) -> list[RecordFieldInput]:
        """Which record it is, and when it happened."""
        reference_hint = _("Your own number for it. It names this record for ever")
        form_inputs = (
            []
            if self.correcting
            else [self._build_input("reference", _("Your reference"), hint=reference_hint, required=True)]
        )
        form_inputs.append(self._build_input("occurred", _("Day it occurred"), "day", required=True))
        if self.submission_format.record.about:
            other = self.submission_format.catalogue.records[self.submission_format.record.about].title
            hint = _("Its reference. A record of the type “%(other)s”") % {"other": other}
            form_inputs.append(self._build_input("about", _("The record that it belongs to"), hint=hint))
        return form_inputs

    def value_inputs(self) -> list[RecordFieldInput]:
        """What the record says."""
        declared = self.submission_format.record.fields.items()
        form_inputs = [self._field(name, rule) for name, rule in declared]
        publishable_values = list_publishable_values(self.submission_format.record, self.submission_format.catalogue)
        if publishable_values:
            choices = [FieldChoice(value=value, title=title or value) for value, title in publishable_values.items()]
            hint = _("Only compared with what follows; never an input")
            form_inputs.append(
                self._build_input("published", _("What you yourself published"), "choice", hint, choices)
            )
        return form_inputs

    def _field(self, name: str, rule: Any) -> RecordFieldInput:
        address = f"fields.{name}"
        form_input = build_field_input(address, name, rule, self.typed.get(address), self.problems_by_field)
        return RecordFieldInput(**form_input.model_dump(), longest=LONGEST)

    def _build_input(
        self, address: str, title: str, way: str = "text", hint: str = "", choices: list[FieldChoice] | None = None,
        required: bool = False,
    ) -> RecordFieldInput:  # fmt: skip
        return RecordFieldInput(
            address=address, field=address, title=title, way=way, hint=hint, choices=choices or [], required=required,
            entered=self.typed.get(address, ""), problem=describe_field_problem(address, self.problems_by_field),
            longest=LONGEST,
        )  # fmt: skip
