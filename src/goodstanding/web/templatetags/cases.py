"""What only the pages of cases and desks say."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from goodstanding.web.schemas.deadlines import RunningDeadline
from goodstanding.web.schemas.forms import ActField
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
def build_problem_anchor(where: str | None) -> str:
    """Where on the page of a proposal the field of a problem stands."""
    return build_slug(where) if where and where.startswith("field.") else f"propose-{where or ''}"


@register.filter
def name_entered_choice(field: ActField) -> str:
    """What was entered, as the form says it."""
    return next((choice.title for choice in field.choices if choice.value == field.entered), field.entered)


@register.filter
def name_language(language: str) -> str:
    """A language by its own name."""
    return LANGUAGE_NAMES.get(language, language)
