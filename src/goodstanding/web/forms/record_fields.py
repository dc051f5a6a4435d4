"""The fields of records as forms ask for them: their kind of input and the bounds of their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue.records import FieldRule
from goodstanding.web.forms.form_fields import describe_problem
from goodstanding.web.schemas.forms import FieldChoice, FieldInput
from goodstanding.web.schemas.page_frame import ProblemSchema

ProblemsByField = Mapping[str, ProblemSchema]


def build_field_input(
    where: str, name: str, rule: FieldRule, entered: Any, problems_by_field: ProblemsByField
) -> FieldInput:
    """One field of a record."""
    choices = [FieldChoice(value=code, title=_title_code(code)) for code in rule.one_of] if rule.type != "codes" else []
    return FieldInput(
        address=where,
        field=name,
        title=rule.title,
        way="choice" if choices else _get_input_kind(rule),
        hint="" if choices else _describe_hint(rule),
        choices=choices,
        required=rule.required,
        entered=render_entered_value(entered),
        problem=describe_field_problem(where, problems_by_field),
    )


def _title_code(code: str) -> str:
    return code.replace("-", " ").replace("_", " ")


def _get_input_kind(rule: FieldRule) -> str:
    return {"integer": "whole number", "boolean": "yes or no", "date": "day"}.get(rule.type, "text")


def _describe_hint(rule: FieldRule) -> str:
    if rule.type == "integer":
        return (
            _("A whole number %(bounds)s") % {"bounds": describe_number_bounds(rule)}
            if describe_number_bounds(rule)
            else _("A whole number")
        )
    if rule.type == "codes":
        return _("Codes, one after another: %(codes)s") % {"codes": ", ".join(rule.one_of)} if rule.one_of else ""
    return ""


def render_entered_value(value: Any) -> str:
    """A value as a form shows it again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def describe_field_problem(where: str, problems_by_field: ProblemsByField) -> str:
    """What is wrong with a field and what would be right; empty where nothing is."""
    return describe_problem(problems_by_field.get(where))


def describe_number_bounds(rule: FieldRule) -> str:
    """The bounds of a whole number, in words."""
    low, high = rule.at_least, rule.at_most
    if low is not None and high is not None:
        return _("from %(low)s to %(high)s") % {"low": low, "high": high}
    if low is not None:
        return _("of at least %(low)s") % {"low": low}
    return _("of at most %(high)s") % {"high": high} if high is not None else ""
