"""The reasons for which a row of a feed is refused, each in the clerk's own column, as a code with parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.feeds import Feed, IdentifierMapping, ValueMapping
from goodstanding.catalogue.field_values import PLACEHOLDER_DAYS, compute_last_day
from goodstanding.catalogue.records import FieldRule
from goodstanding.intake.mapping.field_value_sql import (
    NO_PARAMS,
    StatementDays,
    ValueRefusal,
    build_unlisted_refusal,
    list_day_refusals,
    list_text_refusals,
    list_value_refusals,
)
from goodstanding.intake.mapping.value_sql import (
    build_assumed_condition,
    build_name_sql,
    build_text_sql,
    build_value_sql,
    render_column_names,
)
from goodstanding.intake.problems import render_params
from goodstanding.messages import IntakeMessage, Message
from goodstanding.standing.sql_text import quote_literal
from goodstanding.subjects import SCHEMES

_MISSING = {
    "source": IntakeMessage.SOURCE_MISSING,
    "reference": IntakeMessage.REFERENCE_MISSING,
    "subject.name": IntakeMessage.NAME_MISSING,
    "occurred": IntakeMessage.OCCURRED_MISSING,
}


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A reason why a row is refused: when, in which of the clerk's columns, why, which text it was, and parameters."""

    when: str
    column: str
    code: IntakeMessage
    value: str
    params: str = NO_PARAMS

    @classmethod
    def of(cls, refusal: ValueRefusal, column: str, value: str) -> RowCheck:
        """The check by which a value in a column is refused."""
        return cls(refusal.when, column, refusal.code, value, refusal.params)

    def sql(self) -> str:
        """A struct where the reason applies, else NULL."""
        return (
            f"CASE WHEN {self.when} THEN {{'column': {quote_literal(self.column)}, 'code': {quote_literal(self.code)}, "
            f"'params': {self.params}, 'value': CAST({self.value} AS VARCHAR)}} END"
        )


class RowValidator:
    """The checks of one feed for one statement day; `stated` is the SQL of a row's own day.

    Whether a database takes a text, and whether it is too long, is asked only of columns that have odd texts.
    """

    def __init__(
        self, feed: Feed, fields: Mapping[str, FieldRule], day: date, stated: str, odd_columns: Collection[str]
    ) -> None:
        self.feed, self.fields, self.stated, self.values = feed, fields, stated, feed.values()
        self.odd_columns = frozenset(odd_columns)
        self.default_stated = quote_literal(day.isoformat())
        self.days = StatementDays(stated, compute_last_day(day).isoformat(), feed.written.days)

    def all(self) -> Iterator[RowCheck]:
        """Every reason for which a row of this feed is refused."""
        for name, code in _MISSING.items():
            yield self.needed(self.values[name], code)
        for identifier in self.feed.subject.identifiers:
            yield self.needed(identifier.value, IntakeMessage.IDENTIFIER_MISSING)
            yield from self.formed(identifier)
        yield from self.day(self.feed.occurred, future=False)
        if self.feed.stated:
            yield from self.day(self.feed.stated, future=True)
            ahead = f"TRY_CAST(left({self.stated}, 10) AS DATE) > CAST({self.default_stated} AS DATE)"
            column = render_column_names(self.feed.stated)
            yield RowCheck(ahead, column, IntakeMessage.ROW_STATED_AHEAD, self.stated)
        for name, value in self.values.items():
            yield from self.text(name, value)
        for name, value in self.feed.fields.items():
            yield from self.field(value, self.fields[name])

    def needed(self, value: ValueMapping, code: IntakeMessage) -> RowCheck:
        """A part without which there is no finding."""
        build_sql = build_name_sql if code is IntakeMessage.NAME_MISSING else build_value_sql
        return RowCheck(f"{build_sql(value, self.stated)} IS NULL", render_column_names(value), code, "NULL")

    def formed(self, identifier: IdentifierMapping) -> Iterator[RowCheck]:
        """An identifier that its scheme cannot have; a wrong check character only warns, on the subject's page."""
        scheme = SCHEMES.get(identifier.scheme)
        if scheme is not None:
            text = build_value_sql(identifier.value, self.stated)
            formed = f"regexp_full_match({text}, {quote_literal(scheme.form)})"
            message = Message(IntakeMessage.IDENTIFIER_OF_OTHER_FORM, {"title": scheme.title, "shape": scheme.shape})
            params, column = quote_literal(render_params(message)), render_column_names(identifier.value)
            yield RowCheck(f"NOT {formed}", column, IntakeMessage.IDENTIFIER_OF_OTHER_FORM, text, params)

    def text(self, name: str, value: ValueMapping) -> Iterator[RowCheck]:
        """Text that no database takes, is endless, or is none of the known values."""
        text, where = build_text_sql(value), render_column_names(value)
        if self.odd_columns.intersection(value.reads()):
            nul, *others = list_text_refusals(text)
            yield RowCheck.of(nul, where, "NULL")
            for refusal in others:
                yield RowCheck.of(refusal, where, f"left({text}, 80)")
        if value.map is not None and ("*" not in value.map or value.others):
            texts = [*(key for key in value.map if key not in ("", "*")), *value.others]
            inside = ", ".join(map(quote_literal, texts)) or "NULL"
            unlisted = build_unlisted_refusal(f"{text} NOT IN ({inside})", texts)
            yield RowCheck.of(unlisted, where, text)

    def field(self, value: ValueMapping, rule: FieldRule) -> Iterator[RowCheck]:
        """A field of the wrong type, outside its values, or missing though required."""
        text, where = build_value_sql(value, self.stated), render_column_names(value)
        if rule.required:
            yield RowCheck(f"{text} IS NULL", where, IntakeMessage.VALUE_MISSING, "NULL")
        if value.gather in ("codes", "count"):
            return
        for refusal in list_value_refusals(rule, text, self.days):
            yield RowCheck.of(refusal, where, text)
        if rule.type == "date":
            yield self.certain_day(value)

    def day(self, value: ValueMapping, future: bool) -> Iterator[RowCheck]:
        """A day that is none, or that lies after the day the file states."""
        text, where = build_value_sql(value, self.stated), render_column_names(value)
        for refusal in list_day_refusals(text, self.days, future):
            yield RowCheck.of(refusal, where, text)
        yield self.certain_day(value)

    def certain_day(self, value: ValueMapping) -> RowCheck:
        """A day that programs write where they know none."""
        text = build_text_sql(value)
        days = ", ".join(quote_literal(day) for day in PLACEHOLDER_DAYS if day not in value.real_days) or "NULL"
        is_placeholder = f"left({text}, 10) IN ({days})"
        if value.stated_when:
            is_placeholder = f"{is_placeholder} AND NOT {build_assumed_condition(value)}"
        return RowCheck(is_placeholder, render_column_names(value), IntakeMessage.DAY_PLACEHOLDER, text)
