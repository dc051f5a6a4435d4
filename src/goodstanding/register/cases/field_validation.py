"""The fields of a finding that somebody states, checked against its record type, each problem at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from goodstanding.catalogue.records import FieldRule, RecordType
from goodstanding.errors import BadInput

LONGEST = 2_000
GREATEST = 10**15


def check_fields(entered_fields: Mapping[str, Any], record: RecordType, day: date) -> dict[str, Any]:
    """The fields as an event holds them; raises BadInput that names the first field that cannot be meant."""
    for name in entered_fields:
        if name not in record.fields:
            near = get_close_matches(name, record.fields, n=1)
            raise BadInput(f"There is no field {name!r}.", where=name, remedy=", ".join(near or record.fields))
    checked_values = {
        name: _check_value(name, entered_fields.get(name), rule, day) for name, rule in record.fields.items()
    }
    return {name: value for name, value in checked_values.items() if value is not None}


def _check_value(name: str, value: Any, rule: FieldRule, day: date) -> Any:
    if value is None or value == "":
        if rule.required:
            raise BadInput(f"{rule.title} is missing.", where=name, remedy=", ".join(rule.one_of) or rule.type)
        return None
    checked_value = _CHECKS[rule.type](name, value, rule, day)
    if rule.one_of and not set(str(checked_value).split() if rule.type == "codes" else [str(checked_value)]) <= set(
        rule.one_of
    ):
        raise BadInput(f"{rule.title} is none of its codes.", where=name, remedy=", ".join(rule.one_of))
    return checked_value


def _check_integer(name: str, value: Any, rule: FieldRule, day: date) -> int:
    try:
        number = int(str(value))
    except ValueError as error:
        raise BadInput(f"{rule.title} is no whole number.", where=name, remedy="such as 120") from error
    low, high = rule.range() or (-GREATEST, GREATEST)
    if not low <= number <= high:
        raise BadInput(f"{rule.title} cannot be {number}.", where=name, remedy=f"{low} to {high}")
    return number


def _check_boolean(name: str, value: Any, rule: FieldRule, day: date) -> bool:
    truth = {"yes": True, "true": True, "no": False, "false": False}.get(str(value).lower())
    if truth is None:
        raise BadInput(f"{rule.title} is neither yes nor no.", where=name, remedy="yes or no")
    return truth


def _check_date(name: str, value: Any, rule: FieldRule, day: date) -> str:
    try:
        field_day = date.fromisoformat(str(value))
    except ValueError as error:
        raise BadInput(f"{rule.title} is no day.", where=name, remedy="year, month, day: 2026-03-02") from error
    if field_day.year < 1900 or (field_day > day and not rule.future):
        raise BadInput(f"{rule.title} cannot be on {field_day}.", where=name, remedy=f"1900-01-01 to {day}")
    return field_day.isoformat()


def _check_text(name: str, value: Any, rule: FieldRule, day: date) -> str:
    text = str(value).strip()
    if len(text) > LONGEST or not text.isprintable():
        raise BadInput(
            f"{rule.title} is too long or has characters that no text has.", where=name, remedy="a short text"
        )
    return text


_CHECKS = {
    "integer": _check_integer,
    "boolean": _check_boolean,
    "date": _check_date,
    "text": _check_text,
    "code": _check_text,
    "codes": _check_text,
}
