"""The fields of review forms: each reads what was typed, says what is wrong with it, and shows it again as a field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from goodstanding.errors import BadDay, BadInput, GoodstandingError
from goodstanding.web.forms.entered_text import clean_entered_text
from goodstanding.web.http.errors import present_error
from goodstanding.web.http.parameters import parse_day
from goodstanding.web.schemas.forms import ActField, FieldChoice
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.templatetags.formatting import render_advice

LONGEST_SHORT_TEXT = 500
Choices = Sequence[tuple[str, str]]


class FieldProblem(ValidationError):
    """What is wrong with a field, and what would be right; `where` names a field that the form has under no name."""

    def __init__(
        self, message: str, remedy: str | None = None, code: str = "bad-input", where: str | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.remedy, self.where = remedy, where


def build_field_problem(error: GoodstandingError, where: str | None = None) -> FieldProblem:
    """An error of a lower floor as what is wrong with a field, in the language in which the page is read."""
    stated = present_error(error)
    return FieldProblem(stated.message, stated.remedy, error.code, where)


def describe_problem(problem: ProblemSchema | None) -> str:
    """What is wrong and what to do, as it stands at a field; empty where nothing is."""
    if problem is None:
        return ""
    return f"{problem.message} {render_advice(problem.remedy) if problem.remedy else ''}".strip()


class TextField(forms.Field):
    """A text as it was typed, with one kind of line end and nothing that cannot be seen.

    `way` is how it is asked for; `missing` is what is said where nothing was typed into a field that needs it; `files`
    says whether what is too long can come as a file; `check` gives what was typed as the register takes it, or refuses.
    """

    def __init__(
        self, title: str, *, way: str = "text", longest: int = LONGEST_SHORT_TEXT, hint: str = "",
        required: bool = True, missing: FieldProblem | None = None, files: bool = True,
        check: Callable[[Any], Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(required=required, label=title, help_text=hint)
        self.way, self.longest, self.missing, self.takes_files = way, longest, missing, files
        self.check = check

    def clean_letters(self, value: Any) -> tuple[str, BadInput | None]:
        """The text without what no text has, and what was wrong with it."""
        is_lines = self.way == "words"
        return clean_entered_text(str(value or ""), "text", self.longest, lines=is_lines, files=self.takes_files)

    def to_python(self, value: Any) -> Any:
        """The text; raises what was wrong with its letters."""
        text, problem = self.clean_letters(value)
        if problem:
            raise build_field_problem(problem)
        return text

    def validate(self, value: Any) -> None:
        """Nothing, or what is said where nothing was typed."""
        if self.missing and not str(value or "").strip():
            raise self.missing

    def clean(self, value: Any) -> Any:
        """What was typed, as the register takes it."""
        cleaned_value = super().clean(value)
        try:
            return self.check(cleaned_value) if self.check else cleaned_value
        except GoodstandingError as error:
            raise build_field_problem(error) from error

    def present(self, name: str, address: str, value: Any, problem: ProblemSchema | None) -> ActField:
        """The field as a page shows it, with what was typed and what is wrong with that."""
        return ActField(
            address=address, field=name, title=str(self.label), way=self.way, hint=str(self.help_text),
            choices=self.present_choices(), required=self.required,
            entered=self.clean_letters(value)[0], problem=describe_problem(problem),
        )  # fmt: skip

    def present_choices(self) -> list[FieldChoice]:
        """The values to choose from, where there are such."""
        return []


class OneOfField(TextField):
    """One of several values; `accepted` are values that are taken although they are not offered."""

    def __init__(
        self, title: str, choices: Choices, *, missing: FieldProblem, accepted: Collection[str] = (),
        way: str = "one of these",
    ) -> None:  # fmt: skip
        super().__init__(title, way=way, missing=missing)
        self.choices, self.accepted = choices, {*accepted, *(value for value, _title in choices)}

    def validate(self, value: Any) -> None:
        """Nothing, or that nothing was chosen."""
        if value not in self.accepted:
            raise self.missing or FieldProblem(_("Nothing is chosen."))

    def present_choices(self) -> list[FieldChoice]:
        """The values to choose from."""
        return [FieldChoice(value=value, title=title) for value, title in self.choices]


class DayField(TextField):
    """A day; nothing where it need not be said."""

    def __init__(self, title: str, hint: str = "", *, needed: bool = False, **options: Any) -> None:
        super().__init__(title, way="day", hint=hint, required=needed, **options)

    def to_python(self, value: Any) -> Any:
        """The day; None where nothing was typed and nothing is needed."""
        text = super().to_python(value)
        try:
            return parse_day(text, "day") if text or self.required else None
        except BadDay as error:
            raise build_field_problem(error) from error


class FutureDayField(DayField):
    """A day after `today`, or nothing."""

    def __init__(self, title: str, today: date, hint: str = "") -> None:
        super().__init__(title, hint)
        self.today = today

    def validate(self, value: Any) -> None:
        """Nothing, or that the day is not ahead."""
        if value is not None and value <= self.today:
            raise FieldProblem(_("This day is not ahead."), _("a day after today, or nothing"))
