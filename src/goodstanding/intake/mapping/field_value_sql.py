"""The values of fields read by DuckDB: the SQL twin of `catalogue.field_values`, for whole files at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goodstanding.catalogue.feeds import DEFAULT_DAY_FORM, DayForm
from goodstanding.catalogue.field_values import (
    DAY_FORM,
    FIRST_DAY,
    INTEGER_FORM,
    LOST_LETTER,
    MINUS,
    MOST_CHARACTERS,
    TRUTHS,
)
from goodstanding.catalogue.records import FieldRule
from goodstanding.intake.mapping.value_sql import build_param_sql, build_params_sql
from goodstanding.messages import IntakeMessage
from goodstanding.standing.sql_text import quote_literal

_TRUE_WORDS = ", ".join(quote_literal(word) for word, truth in TRUTHS.items() if truth)
_TRUTH_WORDS = ", ".join(map(quote_literal, TRUTHS))
NO_PARAMS = build_params_sql()


@dataclass(frozen=True, slots=True)
class ValueRefusal:
    """When a text is no value, as SQL that is true then, and why: a code, its parameters as SQL that gives JSON."""

    when: str
    code: IntakeMessage
    params: str = NO_PARAMS


@dataclass(frozen=True, slots=True)
class StatementDays:
    """The days that bound a value, as SQL of its row's own day of statement and as the last day of its file's; and the
    form in which the feed's files write days.
    """

    stated: str
    last_day: str
    form: DayForm = DEFAULT_DAY_FORM


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
    """Text that no database takes, that has lost letters, or that is endless."""
    yield ValueRefusal(f"contains({text}, chr(0))", IntakeMessage.TEXT_WITH_NUL)
    yield ValueRefusal(f"contains({text}, {quote_literal(LOST_LETTER)})", IntakeMessage.TEXT_LOST_LETTERS)
    most = build_params_sql(most=f"{MOST_CHARACTERS:,}")
    yield ValueRefusal(f"length({text}) > {MOST_CHARACTERS}", IntakeMessage.TEXT_TOO_LONG, most)


def list_value_refusals(rule: FieldRule, text: str, days: StatementDays) -> Iterator[ValueRefusal]:
    """A text of another type than the field's, or outside its values."""
    if rule.type == "integer":
        matches = f"regexp_full_match({text}, {quote_literal(INTEGER_FORM)})"
        yield ValueRefusal(f"NOT {matches}", IntakeMessage.VALUE_NO_WHOLE_NUMBER)
        yield from _list_bound_refusals(rule, f"TRY_CAST({_build_number_text(text)} AS DOUBLE)")
    elif rule.type == "boolean":
        yield ValueRefusal(f"lower({text}) NOT IN ({_TRUTH_WORDS})", IntakeMessage.VALUE_NO_TRUTH)
    elif rule.type == "date":
        yield from list_day_refusals(text, days, rule.future)
    elif rule.type == "code" and rule.one_of:
        codes = ", ".join(map(quote_literal, rule.one_of))
        yield build_unlisted_refusal(f"{text} NOT IN ({codes})", rule.one_of)


def build_unlisted_refusal(when: str, values: Iterable[str]) -> ValueRefusal:
    """A value that is none of those that may be."""
    return ValueRefusal(when, IntakeMessage.VALUE_UNLISTED, build_params_sql(values=", ".join(values)))


def _list_bound_refusals(rule: FieldRule, number: str) -> Iterator[ValueRefusal]:
    if rule.one_of:
        numbers = ", ".join(rule.one_of)
        yield build_unlisted_refusal(f"{number} NOT IN ({numbers})", rule.one_of)
    if rule.at_least is not None:
        least = build_params_sql(least=rule.at_least)
        yield ValueRefusal(f"{number} < {rule.at_least}", IntakeMessage.VALUE_BELOW, least)
    if rule.at_most is not None:
        most = build_params_sql(most=rule.at_most)
        yield ValueRefusal(f"{number} > {rule.at_most}", IntakeMessage.VALUE_ABOVE, most)


def _describe_day_form(form: DayForm) -> tuple[IntakeMessage, str]:
    if form == DEFAULT_DAY_FORM:
        return IntakeMessage.VALUE_NO_DAY, NO_PARAMS
    return IntakeMessage.VALUE_NO_DAY_OF_FORM, build_params_sql(form=form)


def list_day_refusals(text: str, days: StatementDays, future: bool) -> Iterator[ValueRefusal]:
    """A day that is none, is too far away, or lies after the day of the statement though it may not."""
    day = f"TRY_CAST(left({text}, 10) AS DATE)"
    is_day = f"(regexp_full_match({text}, {quote_literal(DAY_FORM)}) AND {day} IS NOT NULL)"
    yield ValueRefusal(f"{text} IS NOT NULL AND NOT {is_day}", *_describe_day_form(days.form))
    in_range = f"left({text}, 10) BETWEEN '{FIRST_DAY}' AND {quote_literal(days.last_day)}"
    bounds = build_params_sql(first=FIRST_DAY.isoformat(), last=days.last_day)
    yield ValueRefusal(f"{is_day} AND NOT {in_range}", IntakeMessage.DAY_TOO_FAR, bounds)
    if not future:
        later = f"{day} > TRY_CAST(left({days.stated}, 10) AS DATE)"
        day_stated = build_param_sql(day=f"left({days.stated}, 10)")
        yield ValueRefusal(later, IntakeMessage.DAY_AFTER_STATEMENT, day_stated)
