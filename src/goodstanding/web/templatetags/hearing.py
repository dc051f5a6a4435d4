"""What only the pages of cases and desks say."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from goodstanding.web.shapes import Problem
from goodstanding.web.shapes.cases import Clock, Field
from goodstanding.web.templatetags.saying import slug

register = template.Library()
WIDTH = 300
TONGUES = {"en": "English", "es": "español", "zh-hans": "中文"}


@register.filter
def passed(clock: Clock) -> int:
    """How far a time has run, on a line 300 wide."""
    return min(WIDTH, max(0, WIDTH * clock.day // max(clock.days, 1)))


@register.filter
def about(problems: Iterable[Problem], where: str) -> list[Problem]:
    """The problems of one field."""
    return [one for one in problems if one.where == where]


@register.filter
def place(where: str | None) -> str:
    """Where on the page of a proposal the field of a problem stands."""
    return slug(where) if where and where.startswith("field.") else f"propose-{where or ''}"


@register.filter
def chosen(field: Field) -> str:
    """What was entered, as the form says it."""
    return next((one.title for one in field.choices if one.value == field.entered), field.entered)


@register.filter
def tongue(language: str) -> str:
    """A language by its own name."""
    return TONGUES.get(language, language)
