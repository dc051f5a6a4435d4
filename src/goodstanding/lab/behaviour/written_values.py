"""A value that a behaviour writes into a field, as the catalogue's own fields read it."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.field_values import FieldValue, UnreadableValue, parse_json_value
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.records import FieldRule
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.errors import LaboratoryError
from goodstanding.lab.behaviour.field_sources import Scalar
from goodstanding.messages import BehaviourMessage, Message

ABSENT = "none"  # the field is left out
WrittenValue = FieldValue | Period | None
_ANY_DAY = date(2000, 1, 1)


def read_field_value(name: str, rule: FieldRule, value: Scalar) -> WrittenValue:
    """What a value of a behaviour is for a field: of a day, how long after the conduct it is; None where left out.

    Raises LaboratoryError, without its place, where it is no value of the field.
    """
    if value == ABSENT and ABSENT not in rule.one_of:
        return None
    try:
        if rule.type == "date":
            return Period.parse(str(value))
        return parse_json_value(rule, value, _ANY_DAY)
    except UnreadableValue as unreadable:
        raise _build_refusal(name, value, unreadable.remedy or ", ".join(rule.one_of)) from unreadable
    except WrongValue as wrong:
        raise _build_refusal(name, value, str(wrong.right or "")) from wrong


def _build_refusal(name: str, value: Scalar, remedy: str) -> LaboratoryError:
    problem = Message(BehaviourMessage.VALUE_OF_NO_FIELD, {"value": repr(value), "field": repr(name)})
    return LaboratoryError(problem, remedy=remedy or None)
