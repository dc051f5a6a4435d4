"""The value of a record's field, read from text by one rule wherever it comes from: a file, a proposal, a form, a try.

`intake.mapping.field_value_sql` is its twin, by which DuckDB reads whole files; one table of cases holds both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.records import FieldRule

FieldValue = int | bool | str  # a day as ten characters, ISO 8601

MOST_CHARACTERS = 2_000
GREATEST_INTEGER = 10**15 - 1
FIRST_DAY = date(1800, 1, 1)
YEARS_AHEAD = 30
PLACEHOLDER_DAYS = ("1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01")  # where programs count from
MINUS = "\u2212"
INTEGER_FORM = rf"[-+{MINUS}]?[0-9]{{1,15}}(\.0+)?"
DAY_FORM = r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]00:00:00(\.0+)?)?"
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
CONTROL_CHARACTERS = r"[\x01-\x1f\x7f\x80-\x9f]+"
_CONTROL = re.compile(CONTROL_CHARACTERS)
LOST_LETTER = "\ufffd"  # what a program writes in the place of a letter that it could not read
_NOT_KEPT = re.compile(f"[\x00\ud800-\udfff{LOST_LETTER}]")


class FieldFault(StrEnum):
    """Why a text is no value of a field."""

    MISSING = "missing"
    NO_TEXT = "no-text"
    TOO_LONG = "too-long"
    NO_NUMBER = "no-number"
    OUT_OF_BOUNDS = "out-of-bounds"
    NO_TRUTH = "no-truth"
    NO_DAY = "no-day"
    DAY_TOO_FAR = "day-too-far"
    DAY_AHEAD = "day-ahead"
    NO_CODE = "no-code"


class UnreadableValue(ValueError):
    """A text that is no value of its field: the fault, and in signs of no language what would be right."""

    def __init__(self, fault: FieldFault, remedy: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.remedy = fault, remedy


def compute_last_day(stated: date) -> date:
    """The last day that a field which may lie ahead can have, in what is stated on a day."""
    return stated.replace(year=stated.year + YEARS_AHEAD, day=min(stated.day, 28))


def parse_field_value(rule: FieldRule, text: str, stated: date) -> FieldValue | None:
    """The value that a text is for a field, in what is stated on a day; None for an empty text.

    Control characters are read as spaces. Raises UnreadableValue for a text that cannot be meant.
    """
    cleaned = _CONTROL.sub(" ", text).strip(" ")
    if not cleaned and rule.required:
        raise UnreadableValue(FieldFault.MISSING, ", ".join(rule.one_of))
    if _NOT_KEPT.search(cleaned):
        raise UnreadableValue(FieldFault.NO_TEXT)
    if len(cleaned) > MOST_CHARACTERS:
        raise UnreadableValue(FieldFault.TOO_LONG, f"≤ {MOST_CHARACTERS:,}")
    return _PARSERS[rule.type](rule, cleaned, stated) if cleaned else None


def parse_json_value(rule: FieldRule, value: object, stated: date) -> FieldValue | None:
    """The value that a JSON value is for a field, as if it had been written in a file; raises UnreadableValue."""
    return parse_field_value(rule, _render_json_value(rule, value), stated)


def _render_json_value(rule: FieldRule, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float) or (isinstance(value, int) and abs(value) <= GREATEST_INTEGER):
        return str(value)
    raise UnreadableValue(FieldFault.NO_NUMBER if rule.type == "integer" else FieldFault.NO_TEXT)


def list_unknown_codes(rule: FieldRule, text: str) -> list[str]:
    """Those of several codes in one text that the field does not have."""
    return [code for code in text.split() if rule.one_of and code not in rule.one_of]


def _parse_integer(rule: FieldRule, text: str, stated: date) -> int:
    if not re.fullmatch(INTEGER_FORM, text):
        raise UnreadableValue(FieldFault.NO_NUMBER)
    number = int(text.replace(MINUS, "-").partition(".")[0])
    if rule.one_of and number not in map(int, rule.one_of):
        raise UnreadableValue(FieldFault.NO_CODE, ", ".join(rule.one_of))
    low, high = rule.at_least, rule.at_most
    if (low is not None and number < low) or (high is not None and number > high):
        raise UnreadableValue(FieldFault.OUT_OF_BOUNDS, f"{_render_bound(low)} – {_render_bound(high)}")
    return number


def _render_bound(bound: int | None) -> str:
    return "…" if bound is None else str(bound)


def _parse_truth(rule: FieldRule, text: str, stated: date) -> bool:
    if text.lower() not in TRUTHS:
        raise UnreadableValue(FieldFault.NO_TRUTH)
    return TRUTHS[text.lower()]


def _parse_day(rule: FieldRule, text: str, stated: date) -> str:
    try:
        day = date.fromisoformat(text[:10]) if re.fullmatch(DAY_FORM, text) else None
    except ValueError:
        day = None
    if day is None:
        raise UnreadableValue(FieldFault.NO_DAY)
    last = compute_last_day(stated)
    if not FIRST_DAY <= day <= last:
        raise UnreadableValue(FieldFault.DAY_TOO_FAR, f"{FIRST_DAY} – {last if rule.future else stated}")
    if day > stated and not rule.future:
        raise UnreadableValue(FieldFault.DAY_AHEAD, f"{FIRST_DAY} – {stated}")
    return day.isoformat()


def _parse_code(rule: FieldRule, text: str, stated: date) -> str:
    if rule.one_of and text not in rule.one_of:
        raise UnreadableValue(FieldFault.NO_CODE, ", ".join(rule.one_of))
    return text


def _parse_codes(rule: FieldRule, text: str, stated: date) -> str:
    if list_unknown_codes(rule, text):
        raise UnreadableValue(FieldFault.NO_CODE, ", ".join(rule.one_of))
    return text


def _parse_text(rule: FieldRule, text: str, stated: date) -> str:
    return text


_PARSERS: dict[str, Callable[[FieldRule, str, date], FieldValue]] = {
    "integer": _parse_integer,
    "boolean": _parse_truth,
    "date": _parse_day,
    "code": _parse_code,
    "codes": _parse_codes,
    "text": _parse_text,
}
