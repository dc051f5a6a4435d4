"""The SQL of one feed for one statement day: rows with their problems, gathered into findings, checked together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property

from goodstanding.catalogue.feeds import Feed, IdentifierMapping, ValueMapping
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import AdmittedSource
from goodstanding.intake.files.sheet import ROW_NUMBER
from goodstanding.intake.mapping.event_body_sql import build_content_sql, build_event_body_sql
from goodstanding.intake.mapping.field_value_sql import build_typed_value_sql
from goodstanding.intake.mapping.row_validation import RowCheck, RowValidator
from goodstanding.intake.mapping.value_sql import (
    build_assumed_condition,
    build_name_sql,
    build_param_sql,
    build_params_sql,
    build_text_sql,
    build_value_sql,
    render_column_names,
)
from goodstanding.messages import IntakeMessage
from goodstanding.standing.sql_text import quote_column, quote_literal


class FeedQuery:
    """The SQL of one feed for one statement day; texts are looked at only in the columns that have odd ones."""

    def __init__(self, feed: Feed, catalogue: Catalogue, stated: date, odd_columns: Collection[str] = ()) -> None:
        self.feed, self.catalogue, self.day, self.odd_columns = feed, catalogue, stated, odd_columns
        self.fields = catalogue.records[feed.record].fields
        self.default_stated = quote_literal(stated.isoformat())
        self.stated = (
            f"coalesce({build_text_sql(feed.stated)}, {self.default_stated})" if feed.stated else self.default_stated
        )

    @cached_property
    def values_by_part(self) -> dict[str, ValueMapping]:
        """The value of each part of the event that the feed fills, by the part's name."""
        subject = self.feed.subject
        values: dict[str, ValueMapping | None] = {
            "source": self.feed.source,
            "reference": self.feed.reference,
            "name": subject.name,
            "occurred": self.feed.occurred,
            "about": self.feed.about,
            "published": self.feed.published,
            "region": subject.region,
            "sector": subject.sector,
            "stated": self.feed.stated,
        }
        values |= {name: identifier.value for name, identifier in self.identifiers_by_part.items()}
        values |= {f"n_{index}": name for index, name in enumerate(subject.other_names)}
        values |= {f"f_{name}": value for name, value in self.feed.fields.items()}
        return {name: value for name, value in values.items() if value is not None}

    @cached_property
    def identifiers_by_part(self) -> dict[str, IdentifierMapping]:
        """The identifiers by the part that they fill: `i_0` says whose the record is, `s_0` is shared by several."""
        schemes = self.catalogue.identifier_schemes
        return {
            f"{'i' if (scheme := schemes.get(mapping.scheme)) is None or scheme.unique else 's'}_{index}": mapping
            for index, mapping in enumerate(self.feed.subject.identifiers)
        }

    def parts(self) -> dict[str, str]:
        """Each part of the event by name, as SQL that gives text."""
        parts = {
            name: (build_name_sql if name == "name" or name.startswith("n_") else build_value_sql)(value, self.stated)
            for name, value in self.values_by_part.items()
        }
        for name, identifier in self.identifiers_by_part.items():
            parts[name] = f"{quote_literal(identifier.scheme + ':')} || {parts[name]}"
        return dict.fromkeys(("about", "published", "region", "sector"), "NULL") | parts | {"stated": self.stated}

    def rows(self) -> str:
        """One row a row of the sheet: the event's parts and the row's problems."""
        parts = ",\n  ".join(f"{sql} AS {quote_column(name)}" for name, sql in self.parts().items())
        grouped = "".join(f", {quote_column(name)} AS {quote_column('g_' + name)}" for name in self.feed.group_by)
        validator = RowValidator(self.feed, self.catalogue, self.day, self.stated, self.odd_columns)
        problems = ",\n    ".join(dict.fromkeys(check.sql() for check in validator.all()))  # a cell's own only once
        skipped = " AND ".join(
            f"{quote_column(name)} IS DISTINCT FROM {quote_literal(text)}" for name, text in self.feed.skip_when.items()
        )
        return (
            f"SELECT {quote_column(ROW_NUMBER)} AS row{grouped},\n  {parts},\n"
            f"  {build_assumed_condition(self.feed.occurred)} AS assumed,\n"
            f"  list_filter([\n    {problems}\n  ], lambda x: x IS NOT NULL) AS problems\n"
            f"FROM (\n{self.cells()}\n)\nWHERE {skipped or 'TRUE'}"
        )

    def cells(self, number: str = ROW_NUMBER) -> str:
        """One row a row of the sheet: its number, and its cells as trimmed text, NULL where empty."""
        columns = [(f"sheet.{quote_column(name)}", quote_column(name)) for name in self.feed.columns()]
        cells = "".join(f",\n  nullif(trim({cell}), '') AS {name}" for cell, name in columns)
        return f"SELECT {quote_column(number)}{cells}\nFROM sheet"

    def findings(self) -> str:
        """Rows gathered into findings, then checked against the sources and against one another, in one statement."""
        how = "MATERIALIZED" if self.feed.group_by else "NOT MATERIALIZED"  # to gather twice takes longer than to keep
        return (
            f"WITH\ngathered AS {how} (\n{self.gathered()}\n),\nrepeated AS (\n{self.repeated()}\n)\n"
            f"{self.findings_of('TRUE')}"
        )

    def findings_of(self, rows: str) -> str:
        """The findings of some rows, in order, where `gathered` and `repeated` are there already."""
        return (
            "SELECT row, rows, source, reference, list_filter(problems, lambda x: x IS NOT NULL) AS problems,\n"
            f"  {build_event_body_sql(self.feed, self.catalogue.name, list(self.parts()))},\n"
            f"  {build_content_sql(list(self.parts()))}\nFROM (\n{self.checked(rows)}\n)\nORDER BY row"
        )

    def gathered(self) -> str:
        """Typed columns, one row a finding; a group has the problems of all its rows."""
        names = list(self.parts())
        if not self.feed.group_by:
            typed = ",\n  ".join(f"{self.typed(name, quote_column(name))} AS {quote_column(name)}" for name in names)
            return f"SELECT row, [row] AS rows, problems, assumed,\n  {typed}\nFROM mapped"
        typed = ",\n  ".join(f"{self.gather(name)} AS {quote_column(name)}" for name in names)
        keys = ", ".join(quote_column("g_" + name) for name in self.feed.group_by)
        differing = ", ".join(check.sql() for check in self.list_differing_checks())
        return (
            "SELECT min(row) AS row, list(row ORDER BY row) AS rows, bool_and(assumed) AS assumed,\n"
            f"  list_concat(flatten(list(problems)), [{differing}]) AS problems,\n"
            f"  {typed}\nFROM mapped\nGROUP BY {keys}"
        )

    def list_differing_checks(self) -> Iterator[RowCheck]:
        """What the rows of a group must have in common, where they have it not."""
        for name, value in self.values_by_part.items():
            if value.gather == "same":
                text = quote_column(name)
                params = build_param_sql(first=f"min({text})", other=f"max({text})")
                column, when = render_column_names(value), f"count(DISTINCT {text}) > 1"
                yield RowCheck(when, column, IntakeMessage.ROWS_DIFFER, "NULL", params)

    def typed(self, name: str, text: str) -> str:
        """The text in the type that its field has; days as ten characters."""
        rule = self.fields.get(name[2:]) if name.startswith("f_") else None
        if name in ("occurred", "stated"):
            return f"left({text}, 10)"
        return build_typed_value_sql(rule, text) if rule else text

    def gather(self, name: str) -> str:
        """What a group's rows have in common, as the feed's `gather` says."""
        value = self.values_by_part.get(name)
        typed, how = self.typed(name, quote_column(name)), (value and value.gather) or "first"
        first = f"arg_min({typed}, row) FILTER ({quote_column(name)} IS NOT NULL)"
        ways = {
            "first": first,
            "same": first,
            "largest": f"max({typed})",
            "smallest": f"min({typed})",
            "any": f"bool_or({typed})",
            "codes": f"string_agg(DISTINCT {quote_column(name)}, ' ' ORDER BY {quote_column(name)})",
            "count": f"count({quote_column(name)})",
        }
        return ways[how]

    def checked(self, rows: str) -> str:
        """Findings of some rows with what is wrong beside them: unknown source, mandate, the same reference twice."""
        source, reference = render_column_names(self.feed.source), render_column_names(self.feed.reference)
        bare_source = f"substr(source, {len(self.feed.source.prefix) + 1})"
        is_unknown = "sources.id IS NULL AND source IS NOT NULL"
        catalogue, is_open = build_params_sql(catalogue=self.catalogue.name), self._has_admissions()
        code = IntakeMessage.SOURCE_NOT_ADMITTED if is_open else IntakeMessage.SOURCE_NOT_DECLARED
        unknown = RowCheck(is_unknown, source, code, "source", catalogue)
        record = build_params_sql(record=self.feed.record)
        mandate = RowCheck("NOT sources.may", source, IntakeMessage.SOURCE_WITHOUT_MANDATE, bare_source, record)
        days = _list_mandate_day_checks(source) if is_open and self._has_admitted_sources() else ()
        checks = ",\n    ".join(check.sql() for check in (unknown, mandate, *days, *_list_reference_checks(reference)))
        return (
            f"SELECT findings.* REPLACE (list_concat(problems, [\n    {checks}\n  ]) AS problems)\n"
            f"FROM (FROM gathered WHERE {rows}) AS findings\n"
            "LEFT JOIN repeated\n  ON repeated.same_source IS NOT DISTINCT FROM findings.source"
            " AND repeated.same_reference IS NOT DISTINCT FROM findings.reference\n"
            "LEFT JOIN sources ON sources.id = findings.source"
        )

    def _has_admissions(self) -> bool:
        return bool(self.catalogue.list_admissible_kinds(self.feed.record))

    def _has_admitted_sources(self) -> bool:
        return any(isinstance(source, AdmittedSource) for source in self.catalogue.sources)

    def repeated(self) -> str:
        """References that several findings have, with their first and last row, and whether those say other things.

        Looked for by a number first, which takes little memory: most references are there once.
        """
        what_is_stated = ", ".join(quote_column(name) for name in self.parts() if name != "stated")
        place = "hash(source, reference)"
        return (
            "SELECT source AS same_source, reference AS same_reference, min(row) AS first_row, max(row) AS last_row,\n"
            "  reference IS NOT NULL AND min(content) <> max(content) AS contradicted\n"
            f"FROM (\nSELECT source, reference, row, hash({what_is_stated}) AS content\nFROM gathered\n"
            f"WHERE {place} IN (SELECT {place} FROM gathered GROUP BY ALL HAVING count(*) > 1)\n)\n"
            "GROUP BY source, reference\nHAVING count(*) > 1"
        )


def _list_mandate_day_checks(column: str) -> tuple[RowCheck, RowCheck]:
    """A row that is stated before its source's mandate begins, or after it is over."""
    first, last = build_param_sql(day="sources.first_day"), build_param_sql(day="sources.last_day")
    return (
        RowCheck("stated < sources.first_day", column, IntakeMessage.SOURCE_NOT_YET_AT_WORK, "source", first),
        RowCheck("stated > sources.last_day", column, IntakeMessage.SOURCE_NO_LONGER_AT_WORK, "source", last),
    )


def _list_reference_checks(column: str) -> tuple[RowCheck, RowCheck]:
    """Rows of one reference: said twice, all but the first wait; said in two ways, all of them do."""
    first, other = (
        build_param_sql(row="first_row"),
        build_param_sql(row="CASE WHEN first_row < row THEN first_row ELSE last_row END"),
    )
    return (
        RowCheck("first_row < row AND NOT contradicted", column, IntakeMessage.ROW_REPEATED, "reference", first),
        RowCheck("contradicted", column, IntakeMessage.ROW_CONTRADICTED, "reference", other),
    )
