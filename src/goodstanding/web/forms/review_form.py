"""A form that is filled in, shown once more, and sent: what is refused keeps every word and every file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from goodstanding.access import Actor
from goodstanding.errors import GoodstandingError, NotPossible
from goodstanding.procedure.notices import Exhibit
from goodstanding.web.forms.attachments import AttachmentsField, collect_attachments, present_waiting_file
from goodstanding.web.forms.form_fields import FieldProblem, TextField, build_field_problem
from goodstanding.web.http.request_bodies import MOST_FORM_FILES
from goodstanding.web.schemas.forms import ActField, ActForm, ExhibitSchema, ReasonTemplate
from goodstanding.web.schemas.page_frame import ProblemSchema

CONFLICT = 409
LONGEST_VERSION = 18  # digits
_CONTROLS = ("step", "version")  # fields that nobody types into


class ReviewStep(StrEnum):
    """What a button of a review form asks for."""

    REVIEW = "review"
    EDIT = "edit"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class ReviewFormText:
    """How a review form speaks."""

    title: str
    says: str
    label: str
    check: str
    send: str


NO_TEXT = ReviewFormText("", "", "", "", "")  # of a form whose page has its own words


@dataclass(frozen=True, slots=True)
class AttachmentOwner:
    """Whose files wait in a form, and how many: who fills it in, on which day, about the event at which position."""

    position: int
    actor: Actor
    day: date
    most: int = MOST_FORM_FILES


class StepField(forms.Field):
    """The step that was asked for; a form that names none is reviewed, never sent."""

    def to_python(self, value: Any) -> ReviewStep:
        """The step."""
        return ReviewStep(value) if value in tuple(ReviewStep) else ReviewStep.REVIEW


class VersionField(forms.Field):
    """What the sender had seen; None where the form does not say."""

    def to_python(self, value: Any) -> int | None:
        """The version as a number."""
        text = str(value or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_VERSION else None


class ReviewForm(forms.Form):
    """A form that is filled in, shown once more, and sent; a refusal loses no word."""

    step = StepField(required=False)
    version = VersionField(required=False)
    files = AttachmentsField(required=False)

    def __init__(
        self, text: ReviewFormText, *, owner: AttachmentOwner | None = None, data: Any = None, uploads: Any = None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, uploads, **options)
        self.text, self.owner = text, owner
        self.exhibits: list[Exhibit] = []
        if owner is None:
            del self.fields["files"]

    @property
    def asked_step(self) -> ReviewStep:
        """What is to be done with the form."""
        return ReviewStep(self.cleaned_data["step"])

    @property
    def version_seen(self) -> int | None:
        """What the sender had seen."""
        return self.cleaned_data.get("version")

    @property
    def status(self) -> int:
        """The HTTP status of a refusal for what is wrong in the form."""
        return CONFLICT if any(problem.code == NotPossible.code for problem in self.present_problems()) else 400

    def clean_files(self) -> list[Exhibit]:
        """The files, kept at once; what is wrong with one loses none of the others."""
        assert self.owner
        tokens, uploads = self.cleaned_data["files"]
        owner = self.owner
        self.exhibits, problems = collect_attachments(
            tokens, uploads, owner.position, owner.actor, owner.day, owner.most
        )  # fmt: skip
        for problem in problems:
            self.add_error("files", FieldProblem(problem.message, problem.remedy, problem.code))
        return self.exhibits

    def refuse(self, error: GoodstandingError, where: str = "text") -> None:
        """Notes why the register refused it, at the field that it names."""
        name = error.where or where
        is_typed = name in self.fields and name not in _CONTROLS  # a file or its column may be called like these
        self.add_error(name if is_typed else None, build_field_problem(error, name))

    def present_problems(self) -> list[ProblemSchema]:
        """What is wrong, field by field."""
        return [
            ProblemSchema(
                code=problem.code or "bad-input", message=problem.messages[0],
                where=getattr(problem, "where", None) if name == NON_FIELD_ERRORS else name,
                remedy=getattr(problem, "remedy", None),
            )
            for name, problems in self.errors.as_data().items()
            for problem in problems
        ]  # fmt: skip

    def present_fields(self) -> list[ActField]:
        """The fields with what was typed into them."""
        problems_by_field = {problem.where: problem for problem in reversed(self.present_problems())}
        return [
            field.present(name, self[name].id_for_label, self[name].value(), problems_by_field.get(name))
            for name, field in self.fields.items()
            if isinstance(field, TextField)
        ]

    def present_exhibits(self) -> list[ExhibitSchema]:
        """The files that wait in the form."""
        if self.owner is None:
            return []
        return [present_waiting_file(exhibit, self.owner.position, self.owner.actor) for exhibit in self.exhibits]

    def present_form(
        self, act: str, address: str, version: int, *, files: bool, reason_templates: list[ReasonTemplate] | None = None
    ) -> ActForm:
        """The form as pages and programs read it; `version` is what whoever reads it now has seen."""
        return ActForm(
            act=act, title=self.text.title, says=self.text.says, address=address, seen=version,
            fields=list(self.present_fields()), files=files, kept=self.present_exhibits(),
            wordings=reason_templates or [], check=self.text.check, send=self.text.send,
        )  # fmt: skip
