"""The fields of a finding that somebody states, checked against its record type, each problem at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from goodstanding.catalogue.model import FieldRule, RecordType
from goodstanding.errors import BadInput

LONGEST = 2_000
GREATEST = 10**15


def checked_fields(given: Mapping[str, Any], record: RecordType, day: date) -> dict[str, Any]:
    """The fields as an event holds them; raises BadInput that names the first field that cannot be meant."""
    for name in given:
        if name not in record.fields:
            near = get_close_matches(name, record.fields, n=1)
            raise BadInput(f"There is no field {name!r}.", where=name, remedy=", ".join(near or record.fields))
    found = {name: _value(name, given.get(name), rule, day) for name, rule in record.fields.items()}
    return {name: value for name, value in found.items() if value is not None}


def _value(name: str, value: Any, rule: FieldRule, day: date) -> Any:
    if value is None or value == "":
        if rule.required:
            raise BadInput(f"{rule.title} is missing.", where=name, remedy=", ".join(rule.one_of) or rule.type)
        return None
    made = _CHECKS[rule.type](name, value, rule, day)
    if rule.one_of and not set(str(made).split() if rule.type == "codes" else [str(made)]) <= set(rule.one_of):
        raise BadInput(f"{rule.title} is none of its codes.", where=name, remedy=", ".join(rule.one_of))
    return made


def _integer(name: str, value: Any, rule: FieldRule, day: date) -> int:
    try:
        made = int(str(value))
    except ValueError as error:
        raise BadInput(f"{rule.title} is no whole number.", where=name, remedy="such as 120") from error
    low, high = rule.range() or (-GREATEST, GREATEST)
    if not low <= made <= high:
        raise BadInput(f"{rule.title} cannot be {made}.", where=name, remedy=f"{low} to {high}")
    return made


def _boolean(name: str, value: Any, rule: FieldRule, day: date) -> bool:
    said = {"yes": True, "true": True, "no": False, "false": False}.get(str(value).lower())
    if said is None:
        raise BadInput(f"{rule.title} is neither yes nor no.", where=name, remedy="yes or no")
    return said


def _date(name: str, value: Any, rule: FieldRule, day: date) -> str:
    try:
        made = date.fromisoformat(str(value))
    except ValueError as error:
        raise BadInput(f"{rule.title} is no day.", where=name, remedy="year, month, day: 2026-03-02") from error
    if made.year < 1900 or (made > day and not rule.future):
        raise BadInput(f"{rule.title} cannot be on {made}.", where=name, remedy=f"1900-01-01 to {day}")
    return made.isoformat()


def _text(name: str, value: Any, rule: FieldRule, day: date) -> str:
    made = str(value).strip()
    if len(made) > LONGEST or not made.isprintable():
        raise BadInput(
            f"{rule.title} is too long or has characters that no text has.", where=name, remedy="a short text"
        )
    return made


_CHECKS = {"integer": _integer, "boolean": _boolean, "date": _date, "text": _text, "code": _text, "codes": _text}
