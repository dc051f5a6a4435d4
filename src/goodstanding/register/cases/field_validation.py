"""The fields of a finding that somebody states, checked against its record type, each problem at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from goodstanding.catalogue.field_values import FieldFault, UnreadableValue, parse_json_value
from goodstanding.catalogue.records import FieldRule, RecordType
from goodstanding.errors import BadInput
from goodstanding.messages import CaseMessage, Message


def check_fields(entered_fields: Mapping[str, Any], record: RecordType, day: date) -> dict[str, Any]:
    """The fields as an event holds them; raises BadInput that names the first field that cannot be meant."""
    for name in entered_fields:
        if name not in record.fields:
            near = get_close_matches(name, record.fields, n=1)
            params = {"name": repr(name), "names": ", ".join(near or record.fields)}
            raise BadInput(Message(CaseMessage.FIELD_UNKNOWN, params), where=name)
    checked_values = {
        name: _check_value(name, entered_fields.get(name), rule, day) for name, rule in record.fields.items()
    }
    return {name: value for name, value in checked_values.items() if value is not None}


def _check_value(name: str, value: Any, rule: FieldRule, day: date) -> Any:
    try:
        return parse_json_value(rule, value.isoformat() if isinstance(value, date) else value, day)
    except UnreadableValue as error:
        code = _CODES[error.fault]
        remedy = error.remedy or (
            None if code.remedy else Message(_RIGHT_VALUES.get(rule.type, CaseMessage.VALUE_TEXT))
        )
        raise BadInput(Message(code, {"field": rule.title}), where=name, remedy=remedy) from error


_RIGHT_VALUES = {
    "integer": CaseMessage.VALUE_NUMBER,
    "boolean": CaseMessage.VALUE_TRUTH,
    "date": CaseMessage.VALUE_DAY,
}
_CODES = {
    FieldFault.MISSING: CaseMessage.FIELD_MISSING,
    FieldFault.NO_TEXT: CaseMessage.FIELD_NO_TEXT,
    FieldFault.TOO_LONG: CaseMessage.FIELD_TOO_LONG,
    FieldFault.NO_NUMBER: CaseMessage.FIELD_NO_NUMBER,
    FieldFault.OUT_OF_BOUNDS: CaseMessage.FIELD_OUT_OF_BOUNDS,
    FieldFault.NO_TRUTH: CaseMessage.FIELD_NO_TRUTH,
    FieldFault.NO_DAY: CaseMessage.FIELD_NO_DAY,
    FieldFault.DAY_TOO_FAR: CaseMessage.FIELD_DAY_TOO_FAR,
    FieldFault.DAY_AHEAD: CaseMessage.FIELD_DAY_AHEAD,
    FieldFault.NO_CODE: CaseMessage.FIELD_NO_CODE,
}
