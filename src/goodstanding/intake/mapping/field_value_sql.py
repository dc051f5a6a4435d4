"""The values of fields read by DuckDB: the SQL twin of `catalogue.field_values`, for whole files at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goodstanding.catalogue.field_values import DAY_FORM, FIRST_DAY, INTEGER_FORM, MINUS, MOST_CHARACTERS, TRUTHS
from goodstanding.catalogue.records import FieldRule
from goodstanding.standing.sql_text import quote_literal

_TRUE_WORDS = ", ".join(quote_literal(word) for word, truth in TRUTHS.items() if truth)
_TRUTH_WORDS = ", ".join(map(quote_literal, TRUTHS))


@dataclass(frozen=True, slots=True)
class ValueRefusal:
    """When a text is no value, as SQL that is true then, and the reason, as SQL that gives a text."""

    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatementDays:
    """The days that bound a value, as SQL of its row's own day of statement and as the last day of its file's."""

    stated: str
    last_day: str


def build_typed_value_sql(rule: FieldRule, text: str) -> str:
    """A text as the value of its field; days as ten characters."""
    if rule.type == "integer":
        return f"TRY_CAST(TRY_CAST({_build_number_text(text)} AS DOUBLE) AS BIGINT)"
    if rule.type == "boolean":
        return f"(lower({text}) IN ({_TRUE_WORDS}))"
    return f"left({text}, 10)" if rule.type == "date" else text


def _build_number_text(text: str) -> str:
    return f"replace({text}, {quote_literal(MINUS)}, '-')"


def list_text_refusals(text: str) -> Iterator[ValueRefusal]:
    """Text that no database takes, or that is endless."""
    yield ValueRefusal(f"contains({text}, chr(0))", quote_literal("the text holds a NUL character"))
    reason = f"the text is longer than {MOST_CHARACTERS:,} characters"
    yield ValueRefusal(f"length({text}) > {MOST_CHARACTERS}", quote_literal(reason))


def list_value_refusals(rule: FieldRule, text: str, days: StatementDays) -> Iterator[ValueRefusal]:
    """A text of another type than the field's, or outside its values."""
    if rule.type == "integer":
        matches = f"regexp_full_match({text}, {quote_literal(INTEGER_FORM)})"
        yield ValueRefusal(f"NOT {matches}", quote_literal("not a whole number"))
        yield from _list_bound_refusals(rule, f"TRY_CAST({_build_number_text(text)} AS DOUBLE)")
    elif rule.type == "boolean":
        yield ValueRefusal(
            f"lower({text}) NOT IN ({_TRUTH_WORDS})", quote_literal("neither yes nor no, true nor false")
        )
    elif rule.type == "date":
        yield from list_day_refusals(text, days, rule.future)
    elif rule.type == "code" and rule.one_of:
        codes = ", ".join(map(quote_literal, rule.one_of))
        yield ValueRefusal(f"{text} NOT IN ({codes})", quote_literal(f"none of {', '.join(rule.one_of)}"))


def _list_bound_refusals(rule: FieldRule, number: str) -> Iterator[ValueRefusal]:
    if rule.one_of:
        numbers = ", ".join(rule.one_of)
        yield ValueRefusal(f"{number} NOT IN ({numbers})", quote_literal(f"none of {numbers}"))
    if rule.at_least is not None:
        yield ValueRefusal(f"{number} < {rule.at_least}", quote_literal(f"below {rule.at_least}"))
    if rule.at_most is not None:
        yield ValueRefusal(f"{number} > {rule.at_most}", quote_literal(f"above {rule.at_most}"))


def list_day_refusals(text: str, days: StatementDays, future: bool) -> Iterator[ValueRefusal]:
    """A day that is none, is too far away, or lies after the day of the statement though it may not."""
    day = f"TRY_CAST(left({text}, 10) AS DATE)"
    is_day = f"(regexp_full_match({text}, {quote_literal(DAY_FORM)}) AND {day} IS NOT NULL)"
    yield ValueRefusal(f"{text} IS NOT NULL AND NOT {is_day}", quote_literal("not a day such as 2015-02-16"))
    in_range = f"left({text}, 10) BETWEEN '{FIRST_DAY}' AND {quote_literal(days.last_day)}"
    reason = quote_literal(f"a day before {FIRST_DAY} or after {days.last_day}")
    yield ValueRefusal(f"{is_day} AND NOT {in_range}", reason)
    if not future:
        later = f"{day} > TRY_CAST(left({days.stated}, 10) AS DATE)"
        yield ValueRefusal(later, f"'the day lies after ' || left({days.stated}, 10) || ', the day of the statement'")
