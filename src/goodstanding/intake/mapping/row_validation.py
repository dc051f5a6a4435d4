"""The reasons for which a row of a feed is refused, each in the clerk's own column and in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.feeds import Feed, IdentifierMapping, ValueMapping
from goodstanding.catalogue.field_values import compute_last_day
from goodstanding.catalogue.records import FieldRule
from goodstanding.intake.mapping.field_value_sql import (
    StatementDays,
    list_day_refusals,
    list_text_refusals,
    list_value_refusals,
)
from goodstanding.intake.mapping.value_sql import build_text_sql, build_value_sql, render_column_names
from goodstanding.standing.sql_text import quote_literal
from goodstanding.subjects import SCHEMES


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A reason why a row is refused: when, in which of the clerk's columns, which text it was, and its code if any."""

    when: str
    column: str
    reason: str
    value: str
    code: str = ""

    def sql(self) -> str:
        """A struct where the reason applies, else NULL."""
        return (
            f"CASE WHEN {self.when} THEN {{'column': {quote_literal(self.column)}, 'reason': {self.reason}, "
            f"'value': CAST({self.value} AS VARCHAR), 'code': {quote_literal(self.code)}}} END"
        )


class RowValidator:
    """The checks of one feed for one statement day; `stated` is the SQL of a row's own day."""

    def __init__(self, feed: Feed, fields: Mapping[str, FieldRule], day: date, stated: str) -> None:
        self.feed, self.fields, self.stated, self.values = feed, fields, stated, feed.values()
        self.default_stated = quote_literal(day.isoformat())
        self.days = StatementDays(stated, compute_last_day(day).isoformat())

    def all(self) -> Iterator[RowCheck]:
        """Every reason for which a row of this feed is refused."""
        for name in ("source", "reference", "occurred"):
            yield self.needed(name, self.values[name])
        for identifier in self.feed.subject.identifiers:
            yield self.needed("identifier", identifier.value)
            yield from self.formed(identifier)
        yield from self.day(self.feed.occurred, future=False)
        if self.feed.stated:
            yield from self.day(self.feed.stated, future=True)
            ahead = f"TRY_CAST(left({self.stated}, 10) AS DATE) > CAST({self.default_stated} AS DATE)"
            yield RowCheck(
                ahead,
                render_column_names(self.feed.stated),
                quote_literal("stated on a day after that of the file"),
                self.stated,
            )
        for name, value in self.values.items():
            yield from self.text(name, value)
        for name, value in self.feed.fields.items():
            yield from self.field(value, self.fields[name])

    def needed(self, part: str, value: ValueMapping) -> RowCheck:
        """A part without which there is no finding."""
        return RowCheck(
            f"{build_value_sql(value, self.stated)} IS NULL",
            render_column_names(value),
            quote_literal(f"the {part} is missing"),
            "NULL",
        )

    def formed(self, identifier: IdentifierMapping) -> Iterator[RowCheck]:
        """An identifier that its scheme cannot have; a wrong check character only warns, on the subject's page."""
        scheme = SCHEMES.get(identifier.scheme)
        if scheme is not None:
            text = build_value_sql(identifier.value, self.stated)
            reason = quote_literal(f"not of the form of {scheme.title}: {scheme.shape}")
            formed = f"regexp_full_match({text}, {quote_literal(scheme.form)})"
            yield RowCheck(f"NOT {formed}", render_column_names(identifier.value), reason, text)

    def text(self, name: str, value: ValueMapping) -> Iterator[RowCheck]:
        """Text that no database takes, is endless, or is none of the known values."""
        text = build_text_sql(value)
        if value.text is None:
            nul, endless = list_text_refusals(text)
            yield RowCheck(nul.when, render_column_names(value), nul.reason, "NULL")
            yield RowCheck(endless.when, render_column_names(value), endless.reason, f"left({text}, 80)")
        if value.map is not None and "*" not in value.map:
            known_values = ", ".join(key for key in value.map if key)
            inside = ", ".join(quote_literal(key) for key in value.map)
            yield RowCheck(
                f"{text} NOT IN ({inside})", render_column_names(value), quote_literal(f"none of {known_values}"), text
            )

    def field(self, value: ValueMapping, rule: FieldRule) -> Iterator[RowCheck]:
        """A field of the wrong type, outside its values, or missing though required."""
        text, where = build_value_sql(value, self.stated), render_column_names(value)
        if rule.required:
            yield RowCheck(f"{text} IS NULL", where, quote_literal("the value is missing"), "NULL")
        if value.gather in ("codes", "count"):
            return
        for refusal in list_value_refusals(rule, text, self.days):
            yield RowCheck(refusal.when, where, refusal.reason, text)

    def day(self, value: ValueMapping, future: bool) -> Iterator[RowCheck]:
        """A day that is none, or that lies after the day the file states."""
        text, where = build_value_sql(value, self.stated), render_column_names(value)
        for refusal in list_day_refusals(text, self.days, future):
            yield RowCheck(refusal.when, where, refusal.reason, text)
