"""The fields of a finding that somebody states, checked against its record type, each problem at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from goodstanding.catalogue.field_values import FieldFault, UnreadableValue, parse_json_value
from goodstanding.catalogue.records import FieldRule, RecordType
from goodstanding.errors import BadInput


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
    try:
        return parse_json_value(rule, value.isoformat() if isinstance(value, date) else value, day)
    except UnreadableValue as error:
        message, remedy = _WORDS[error.fault]
        raise BadInput(f"{rule.title} {message}.", where=name, remedy=error.remedy or remedy or rule.type) from error


_WORDS = {
    FieldFault.MISSING: ("is missing", ""),
    FieldFault.NO_TEXT: ("has characters that no text has", "a short text"),
    FieldFault.TOO_LONG: ("is too long", ""),
    FieldFault.NO_NUMBER: ("is no whole number", "such as 120"),
    FieldFault.OUT_OF_BOUNDS: ("is out of bounds", ""),
    FieldFault.NO_TRUTH: ("is neither yes nor no", "yes or no"),
    FieldFault.NO_DAY: ("is no day", "year, month, day: 2026-03-02"),
    FieldFault.DAY_TOO_FAR: ("is on a day too far away", ""),
    FieldFault.DAY_AHEAD: ("is on a day that is still to come", ""),
    FieldFault.NO_CODE: ("is none of its codes", ""),
}
