"""A value that a behaviour writes into a field, as the catalogue's own fields read it."""

from __future__ import annotations

import re
from datetime import date

from goodstanding.catalogue.field_values import FieldValue, UnreadableValue, parse_json_value
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.records import FieldRule
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.errors import LaboratoryError
from goodstanding.lab.behaviour.field_sources import Scalar
from goodstanding.messages import BehaviourMessage, Message

ABSENT = "none"  # the field is left out
_DAYS_BEFORE = re.compile(r"^-P(\d{1,4})D$")
WrittenValue = FieldValue | Period | None
_ANY_DAY = date(2000, 1, 1)
_RIGHT = {
    "integer": Message(BehaviourMessage.WHOLE_NUMBER),
    "boolean": Message(BehaviourMessage.TRUE_OR_FALSE),
}


def read_field_value(name: str, rule: FieldRule, value: Scalar) -> WrittenValue:
    """What a value of a behaviour is for a field: of a day, how long after the conduct (`-P3D`: days before) it is.

    None where it is left out. Raises LaboratoryError, without its place, where it is no value of the field.
    """
    if value == ABSENT and ABSENT not in rule.one_of:
        return None
    try:
        if rule.type == "date":
            before = _DAYS_BEFORE.match(str(value))
            return Period(0, -int(before[1])) if before else Period.parse(str(value))
        return parse_json_value(rule, value, _ANY_DAY)
    except UnreadableValue as unreadable:
        remedy = unreadable.remedy or ", ".join(rule.one_of) or _RIGHT.get(rule.type, "")
        raise _build_refusal(name, value, remedy) from unreadable
    except WrongValue as wrong:
        raise _build_refusal(name, value, wrong.right or "") from wrong


def _build_refusal(name: str, value: Scalar, remedy: Message | str) -> LaboratoryError:
    problem = Message(BehaviourMessage.VALUE_OF_NO_FIELD, {"value": repr(value), "field": repr(name)})
    return LaboratoryError(problem, remedy=remedy or None)
