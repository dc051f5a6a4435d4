"""The reasons for which a row of a feed is refused, each in the clerk's own column and in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.feeds import Feed, IdentifierMapping, ValueMapping
from goodstanding.catalogue.records import FieldRule
from goodstanding.intake.mapping.value_sql import build_text_sql, build_value_sql, render_column_names
from goodstanding.standing.sql_text import quote_literal
from goodstanding.subjects import SCHEMES

_INTEGER = r"^[+-]?\d{1,15}(\.0+)?$"
_DAY = r"^\d{4}-\d{2}-\d{2}([ T]00:00:00(\.0+)?)?$"
_TRUTH = "('true', 'false')"
_FIRST_DAY = "1800-01-01"
_YEARS_AHEAD = 30


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
        self.last_day = day.replace(year=day.year + _YEARS_AHEAD, day=min(day.day, 28)).isoformat()

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
            yield RowCheck(
                f"contains({text}, chr(0))",
                render_column_names(value),
                quote_literal("the text holds a NUL character"),
                "NULL",
            )
            yield RowCheck(
                f"length({text}) > 2000",
                render_column_names(value),
                quote_literal("the text is longer than 2,000 characters"),
                f"left({text}, 80)",
            )
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
        if rule.type == "integer":
            yield RowCheck(
                f"NOT regexp_matches({text}, {quote_literal(_INTEGER)})",
                where,
                quote_literal("not a whole number"),
                text,
            )
            yield from self.bounds(text, where, rule)
        elif rule.type == "boolean":
            yield RowCheck(f"lower({text}) NOT IN {_TRUTH}", where, quote_literal("neither true nor false"), text)
        elif rule.type == "date":
            yield from self.day(value, rule.future)
        if rule.one_of and rule.type == "code":
            allowed_codes = ", ".join(map(quote_literal, rule.one_of))
            yield RowCheck(
                f"{text} NOT IN ({allowed_codes})", where, quote_literal(f"none of {', '.join(rule.one_of)}"), text
            )

    def bounds(self, text: str, where: str, rule: FieldRule) -> Iterator[RowCheck]:
        """A whole number that the field cannot have."""
        number = f"TRY_CAST({text} AS DOUBLE)"
        if rule.one_of:
            allowed_numbers = ", ".join(rule.one_of)
            yield RowCheck(
                f"{number} NOT IN ({allowed_numbers})", where, quote_literal(f"none of {allowed_numbers}"), text
            )
        if rule.at_least is not None:
            yield RowCheck(f"{number} < {rule.at_least}", where, quote_literal(f"below {rule.at_least}"), text)
        if rule.at_most is not None:
            yield RowCheck(f"{number} > {rule.at_most}", where, quote_literal(f"above {rule.at_most}"), text)

    def day(self, value: ValueMapping, future: bool) -> Iterator[RowCheck]:
        """A day that is none, or that lies after the day the file states."""
        text, where = build_value_sql(value, self.stated), render_column_names(value)
        is_day = f"(regexp_matches({text}, {quote_literal(_DAY)}) AND TRY_CAST(left({text}, 10) AS DATE) IS NOT NULL)"
        yield RowCheck(
            f"{text} IS NOT NULL AND NOT {is_day}", where, quote_literal("not a day such as 2015-02-16"), text
        )
        in_range = f"left({text}, 10) BETWEEN '{_FIRST_DAY}' AND {quote_literal(self.last_day)}"
        reason = quote_literal(f"a day before {_FIRST_DAY} or after {self.last_day}")
        yield RowCheck(f"{is_day} AND NOT {in_range}", where, reason, text)
        if not future:
            later = f"TRY_CAST(left({text}, 10) AS DATE) > TRY_CAST(left({self.stated}, 10) AS DATE)"
            yield RowCheck(
                later, where, f"'the day lies after ' || left({self.stated}, 10) || ', the day of the statement'", text
            )
