"""The reasons for which a row of a feed is refused, each in the clerk's own column and in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.feeds import Feed, IdentifierValue, Value
from goodstanding.catalogue.model import FieldRule
from goodstanding.register.values import columns_of, mapped, text_of
from goodstanding.standing.text import literal
from goodstanding.subjects import SCHEMES

_INTEGER = r"^[+-]?\d{1,15}(\.0+)?$"
_DAY = r"^\d{4}-\d{2}-\d{2}([ T]00:00:00(\.0+)?)?$"
_TRUTH = "('true', 'false')"
_FIRST_DAY = "1800-01-01"
_YEARS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class Check:
    """A reason why a row is refused: when, in which of the clerk's columns, and which text it was."""

    when: str
    column: str
    reason: str
    value: str

    def sql(self) -> str:
        """A struct where the reason applies, else NULL."""
        return (
            f"CASE WHEN {self.when} THEN {{'column': {literal(self.column)}, 'reason': {self.reason}, "
            f"'value': CAST({self.value} AS VARCHAR)}} END"
        )


class RowChecks:
    """The checks of one feed for one statement day; `stated` is the SQL of a row's own day."""

    def __init__(self, feed: Feed, fields: Mapping[str, FieldRule], day: date, stated: str) -> None:
        self.feed, self.fields, self.stated, self.values = feed, fields, stated, feed.values()
        self.default_stated = literal(day.isoformat())
        self.last_day = day.replace(year=day.year + _YEARS_AHEAD, day=min(day.day, 28)).isoformat()

    def all(self) -> Iterator[Check]:
        """Every reason for which a row of this feed is refused."""
        for name in ("source", "reference", "occurred"):
            yield self.needed(name, self.values[name])
        for one in self.feed.subject.identifiers:
            yield self.needed("identifier", one.value)
            yield from self.formed(one)
        yield from self.day(self.feed.occurred, future=False)
        if self.feed.stated:
            yield from self.day(self.feed.stated, future=True)
            ahead = f"TRY_CAST(left({self.stated}, 10) AS DATE) > CAST({self.default_stated} AS DATE)"
            yield Check(
                ahead, columns_of(self.feed.stated), literal("stated on a day after that of the file"), self.stated
            )
        for name, value in self.values.items():
            yield from self.text(name, value)
        for name, value in self.feed.fields.items():
            yield from self.field(value, self.fields[name])

    def needed(self, what: str, value: Value) -> Check:
        """A part without which there is no finding."""
        return Check(
            f"{mapped(value, self.stated)} IS NULL", columns_of(value), literal(f"the {what} is missing"), "NULL"
        )

    def formed(self, identifier: IdentifierValue) -> Iterator[Check]:
        """An identifier that its scheme cannot have; a wrong check character only warns, on the subject's page."""
        scheme = SCHEMES.get(identifier.scheme)
        if scheme is not None:
            text = mapped(identifier.value, self.stated)
            reason = literal(f"not of the form of {scheme.title}: {scheme.shape}")
            formed = f"regexp_full_match({text}, {literal(scheme.form)})"
            yield Check(f"NOT {formed}", columns_of(identifier.value), reason, text)

    def text(self, name: str, value: Value) -> Iterator[Check]:
        """Text that no database takes, is endless, or is none of the known values."""
        text = text_of(value)
        if value.text is None:
            yield Check(
                f"contains({text}, chr(0))", columns_of(value), literal("the text holds a NUL character"), "NULL"
            )
            yield Check(
                f"length({text}) > 2000",
                columns_of(value),
                literal("the text is longer than 2,000 characters"),
                f"left({text}, 80)",
            )
        if value.map is not None and "*" not in value.map:
            known = ", ".join(key for key in value.map if key)
            inside = ", ".join(literal(key) for key in value.map)
            yield Check(f"{text} NOT IN ({inside})", columns_of(value), literal(f"none of {known}"), text)

    def field(self, value: Value, rule: FieldRule) -> Iterator[Check]:
        """A field of the wrong type, outside its values, or missing though required."""
        text, where = mapped(value, self.stated), columns_of(value)
        if rule.required:
            yield Check(f"{text} IS NULL", where, literal("the value is missing"), "NULL")
        if value.gather in ("codes", "count"):
            return
        if rule.type == "integer":
            yield Check(f"NOT regexp_matches({text}, {literal(_INTEGER)})", where, literal("not a whole number"), text)
            yield from self.bounds(text, where, rule)
        elif rule.type == "boolean":
            yield Check(f"lower({text}) NOT IN {_TRUTH}", where, literal("neither true nor false"), text)
        elif rule.type == "date":
            yield from self.day(value, rule.future)
        if rule.one_of and rule.type == "code":
            known = ", ".join(map(literal, rule.one_of))
            yield Check(f"{text} NOT IN ({known})", where, literal(f"none of {', '.join(rule.one_of)}"), text)

    def bounds(self, text: str, where: str, rule: FieldRule) -> Iterator[Check]:
        """A whole number that the field cannot have."""
        number = f"TRY_CAST({text} AS DOUBLE)"
        if rule.one_of:
            known = ", ".join(rule.one_of)
            yield Check(f"{number} NOT IN ({known})", where, literal(f"none of {known}"), text)
        if rule.at_least is not None:
            yield Check(f"{number} < {rule.at_least}", where, literal(f"below {rule.at_least}"), text)
        if rule.at_most is not None:
            yield Check(f"{number} > {rule.at_most}", where, literal(f"above {rule.at_most}"), text)

    def day(self, value: Value, future: bool) -> Iterator[Check]:
        """A day that is none, or that lies after the day the file states."""
        text, where = mapped(value, self.stated), columns_of(value)
        is_day = f"(regexp_matches({text}, {literal(_DAY)}) AND TRY_CAST(left({text}, 10) AS DATE) IS NOT NULL)"
        yield Check(f"{text} IS NOT NULL AND NOT {is_day}", where, literal("not a day such as 2015-02-16"), text)
        meant = f"left({text}, 10) BETWEEN '{_FIRST_DAY}' AND {literal(self.last_day)}"
        reason = literal(f"a day before {_FIRST_DAY} or after {self.last_day}")
        yield Check(f"{is_day} AND NOT {meant}", where, reason, text)
        if not future:
            later = f"TRY_CAST(left({text}, 10) AS DATE) > TRY_CAST(left({self.stated}, 10) AS DATE)"
            yield Check(
                later, where, f"'the day lies after ' || left({self.stated}, 10) || ', the day of the statement'", text
            )
