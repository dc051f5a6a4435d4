"""What only the pages of cases and desks say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.formats import date_format

from goodstanding.web.schemas.deadlines import RunningDeadline
from goodstanding.web.schemas.forms import FieldInput
from goodstanding.web.schemas.page_frame import ProblemSchema
from goodstanding.web.templatetags.formatting import build_slug

register = template.Library()
PROGRESS_WIDTH = 300
LANGUAGE_NAMES = {"en": "English", "es": "español", "zh-hans": "中文"}


@register.filter
def compute_progress(clock: RunningDeadline) -> int:
    """How far a time has run, on a line 300 wide."""
    return min(PROGRESS_WIDTH, max(0, PROGRESS_WIDTH * clock.day // max(clock.days, 1)))


@register.filter
def filter_problems(problems: Iterable[ProblemSchema], where: str) -> list[ProblemSchema]:
    """The problems of one field."""
    return [problem for problem in problems if problem.where == where]


@register.filter
def build_problem_anchor(where: str, prefix: str = "") -> str:
    """Where on the page of a form the field of a problem stands."""
    return build_slug(where) if where.startswith("field.") else f"{prefix}{where}"


@register.filter
def describe_entered_value(field: FieldInput) -> str:
    """What was entered, as a person reads it: a choice by its title, a day in words."""
    if field.way != "day":
        return next((choice.title for choice in field.choices if choice.value == field.entered), field.entered)
    try:
        return date_format(date.fromisoformat(field.entered), "j F Y")
    except ValueError:
        return field.entered


@register.filter
def name_language(language: str) -> str:
    """A language by its own name."""
    return LANGUAGE_NAMES.get(language, language)
