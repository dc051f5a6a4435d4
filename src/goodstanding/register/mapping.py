"""From a sheet's columns to findings, as a feed declares: one DuckDB query, with the problems of each row beside it.

A problem names the clerk's own column, the reason in plain words, and the value. The result has one row a finding:
`row`, `rows` (all row numbers behind it), `source`, `reference`, `problems`, and the event: `key`, `before` and `after`
(its canonical text around the kind) and `digest` (what decides whether the same is stated again).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed, Value
from goodstanding.catalogue.model import Catalogue, FieldRule
from goodstanding.errors import BadDay, BadFile
from goodstanding.register.reading import ADDED, ROW, Sheet, read
from goodstanding.standing.text import column, literal
from goodstanding.subjects.names import mended

_INTEGER = r"^[+-]?\d{1,15}(\.0+)?$"
_DAY = r"^\d{4}-\d{2}-\d{2}([ T]00:00:00(\.0+)?)?$"
_CONTROL = r"[\x01-\x1f\x7f\x{80}-\x{9f}]+"
_FIRST_DAY = "1800-01-01"
_YEARS_AHEAD = 30
_TRUTH = "('true', 'false')"


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


def findings(sheet: Sheet, feed: Feed, catalogue: Catalogue, stated: date, folder: Path) -> pa.Table:
    """One row a finding, in file order: its rows, key, body and problems; raises BadFile for columns not the feed's."""
    table = _beside(sheet, feed, folder)
    check_columns(table.column_names, feed, sheet)
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as duck:
        duck.register("sheet", _mended(table, feed))
        duck.register("sources", _sources(catalogue, feed))
        mapping = FeedQuery(feed, catalogue, stated)
        duck.execute(f"CREATE TEMP TABLE mapped AS {mapping.rows()}")
        return duck.sql(mapping.findings()).to_arrow_table()


def stated_day(sheet_name: str, given: date | None, feed: Feed) -> date:
    """The day the file states: in its name, else as given; raises BadDay where neither says it."""
    import re

    if match := re.search(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)", sheet_name):
        try:
            return date.fromisoformat(match[1])
        except ValueError as error:
            raise BadDay(f"{match[1]} in the file's name is no day.", where=sheet_name, remedy="YYYY-MM-DD") from error
    if given is None:
        remedy = "--stated DAY, or a day in the file's name such as as_of_2021-05-18"
        raise BadDay(f"Nothing says on which day {feed.feed} states this file.", where=sheet_name, remedy=remedy)
    return given


def check_columns(names: Iterable[str], feed: Feed, sheet: Sheet) -> None:
    """Raises BadFile for a column the feed does not know, or one it needs and the file lacks."""
    here, needed = {name for name in names if name != ROW}, feed.columns()
    if missing := [name for name in needed if name not in here]:
        near = get_close_matches(missing[0], here, n=1)
        remedy = f"{near[0]!r} renamed to {missing[0]!r}" if near else "the columns " + ", ".join(needed)
        raise BadFile(f"The file lacks the column {missing[0]!r} of feed {feed.feed}.", where=sheet.file, remedy=remedy)
    if unknown := sorted(set(sheet.columns) - set(needed) - set(feed.ignored) - set(ADDED)):
        near = get_close_matches(unknown[0], needed, n=1)
        remedy = f"{near[0]!r}?" if near else "a column the feed declares, or names under `ignored`"
        raise BadFile(f"The feed {feed.feed} knows no column {unknown[0]!r}.", where=sheet.file, remedy=remedy)


def _beside(sheet: Sheet, feed: Feed, folder: Path) -> pa.Table:
    if feed.beside is None:
        return sheet.table
    other = read(folder / feed.beside.file)
    own = [name for name in other.columns if name == feed.beside.on or name not in sheet.columns]
    joined = sheet.table.join(other.table.select(own), keys=feed.beside.on, join_type="left outer")
    return joined.sort_by(ROW)


def _mended(table: pa.Table, feed: Feed) -> pa.Table:
    """Text that a feed says was decoded wrongly is decoded again; control characters are read as spaces."""
    for value in feed.values().values():
        if value.mend and value.column:
            texts = table.column(value.column).to_pylist()
            table = _with(table, value.column, pa.array([text if text is None or text.isascii() else mended(text) for text in texts], pa.string()))
    for name in feed.columns():
        texts = table.column(name)
        if pc.any(pc.match_substring_regex(texts, _CONTROL)).as_py():
            table = _with(table, name, pc.replace_substring_regex(texts, _CONTROL, " "))
    return table


def _with(table: pa.Table, name: str, texts: pa.ChunkedArray | pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, texts)


def _sources(catalogue: Catalogue, feed: Feed) -> pa.Table:
    may = {identifier: feed.record in records for identifier, records in catalogue.mandates.items()}
    return pa.table({"id": pa.array(list(may), pa.string()), "may": pa.array(list(may.values()), pa.bool_())})


def text_of(value: Value) -> str:
    """A value as the file has it: trimmed text, NULL where empty."""
    if value.text is not None:
        return literal(value.text)
    parts = [f"nullif(trim({column(name)}), '')" for name in value.reads()]
    text = parts[0] if len(parts) == 1 else f"concat_ws({literal(value.joined_by)}, {', '.join(parts)})"
    for empty in value.empty:
        text = f"nullif({text}, {literal(empty)})"
    return text


def mapped(value: Value, stated: str) -> str:
    """A value as the event has it, still as text: looked up, prefixed, or standing in for an empty cell."""
    text = text_of(value)
    if value.contains is not None:
        return f"CASE WHEN contains(lower({text}), lower({literal(value.contains)})) THEN 'true' ELSE 'false' END"
    if value.map is not None:
        text = _looked_up(text, value.map)
    if value.only is not None:
        text = f"CASE WHEN {text} IN ({', '.join(map(literal, value.only))}) THEN {text} END"
    if value.prefix:
        text = f"{literal(value.prefix)} || {text}"
    if value.otherwise is not None:
        text = f"coalesce({text}, {stated if value.otherwise == 'stated' else literal(value.otherwise)})"
    return text


def _looked_up(text: str, codes: Mapping[str, object]) -> str:
    whens = "".join(
        f" WHEN {text} = {literal(key)} THEN {_code(code)}" for key, code in codes.items() if key not in ("*", "")
    )
    empty = f" WHEN {text} IS NULL THEN {_code(codes['']) if '' in codes else 'NULL'}"
    return f"CASE{empty}{whens} ELSE {_code(codes.get('*'))} END"


def _code(code: object) -> str:
    if code is None:
        return "NULL"
    return literal(str(code).lower() if isinstance(code, bool) else str(code))


class FeedQuery:
    """The SQL of one feed for one statement day."""

    def __init__(self, feed: Feed, catalogue: Catalogue, stated: date) -> None:
        self.feed, self.catalogue = feed, catalogue
        self.fields = catalogue.records[feed.record].fields
        self.default_stated = literal(stated.isoformat())
        self.stated = f"coalesce({text_of(feed.stated)}, {self.default_stated})" if feed.stated else self.default_stated
        self.values = feed.values()
        self.last_day = stated.replace(year=stated.year + _YEARS_AHEAD, day=min(stated.day, 28)).isoformat()

    def parts(self) -> dict[str, str]:
        """Each part of the event by name, as SQL that gives text."""
        feed = self.feed
        parts = {
            "source": feed.source,
            "reference": feed.reference,
            "name": feed.subject.name,
            "occurred": feed.occurred,
        }
        optional = {
            "about": feed.about,
            "published": feed.published,
            "region": feed.subject.region,
            "sector": feed.subject.sector,
        }
        made = {name: mapped(value, self.stated) for name, value in parts.items()}
        made |= {name: mapped(value, self.stated) if value else "NULL" for name, value in optional.items()}
        made["stated"] = self.stated
        for index, one in enumerate(feed.subject.identifiers):
            made[f"i_{index}"] = f"{literal(one.scheme + ':')} || {mapped(one.value, self.stated)}"
        for index, one in enumerate(feed.subject.other_names):
            made[f"n_{index}"] = mapped(one, self.stated)
        return made | {f"f_{name}": mapped(value, self.stated) for name, value in feed.fields.items()}

    def rows(self) -> str:
        """One row a row of the sheet: the event's parts and the row's problems."""
        parts = ",\n  ".join(f"{sql} AS {column(name)}" for name, sql in self.parts().items())
        grouped = "".join(f", {column(name)} AS {column('g_' + name)}" for name in self.feed.group_by)
        skipped = " AND ".join(
            f"{column(name)} IS DISTINCT FROM {literal(text)}" for name, text in self.feed.skip_when.items()
        )
        problems = ",\n    ".join(check.sql() for check in self.checks())
        return (
            f"SELECT {column(ROW)} AS row{grouped},\n  {parts},\n  list_filter([\n    {problems}\n  ], lambda x: x IS NOT NULL) AS problems\n"
            f"FROM sheet\nWHERE {skipped or 'TRUE'}"
        )

    def checks(self) -> Iterator[Check]:
        """Every reason for which a row of this feed is refused."""
        for name in ("source", "reference", "occurred"):
            yield self.needed(name, self.values[name])
        for one in self.feed.subject.identifiers:
            yield self.needed("identifier", one.value)
        yield from self.day(self.feed.occurred, future=False)
        if self.feed.stated:
            yield from self.day(self.feed.stated, future=True)
            ahead = f"{self.stated} > {self.default_stated}"
            yield Check(ahead, _columns(self.feed.stated), literal("stated on a day after that of the file"), self.stated)
        for name, value in self.values.items():
            yield from self.text(name, value)
        for name, value in self.feed.fields.items():
            yield from self.field(value, self.fields[name])

    def needed(self, what: str, value: Value) -> Check:
        """A part without which there is no finding."""
        return Check(
            f"{mapped(value, self.stated)} IS NULL", _columns(value), literal(f"the {what} is missing"), "NULL"
        )

    def text(self, name: str, value: Value) -> Iterator[Check]:
        """Text that no database takes, is endless, or is none of the known values."""
        text = text_of(value)
        if value.text is None:
            yield Check(f"contains({text}, chr(0))", _columns(value), literal("the text holds a NUL character"), "NULL")
            yield Check(
                f"length({text}) > 2000",
                _columns(value),
                literal("the text is longer than 2,000 characters"),
                f"left({text}, 80)",
            )
        if value.map is not None and "*" not in value.map:
            known = ", ".join(key for key in value.map if key)
            inside = ", ".join(literal(key) for key in value.map)
            yield Check(f"{text} NOT IN ({inside})", _columns(value), literal(f"none of {known}"), text)

    def field(self, value: Value, rule: FieldRule) -> Iterator[Check]:
        """A field of the wrong type, outside its values, or missing though required."""
        text, where = mapped(value, self.stated), _columns(value)
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
        text, where = mapped(value, self.stated), _columns(value)
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

    def findings(self) -> str:
        """Rows gathered into findings, then checked against the sources and against one another."""
        return (
            f"WITH\ngathered AS (\n{self.gathered()}\n),\nchecked AS (\n{self.checked()}\n)\n"
            "SELECT row, rows, source, reference, list_filter(problems, lambda x: x IS NOT NULL) AS problems,\n"
            f"  {self.body()}\nFROM checked\nORDER BY row"
        )

    def body(self) -> str:
        """The event's body as canonical text around its kind, its key, and the digest of what it states.

        The digest leaves out the day of the statement and the row, so that a restatement changes nothing. Keys stand in
        their canonical order: about, catalogue, feed, fields, (kind,) occurred, published, record, reference, row, source,
        stated, subject; the ledger adds the version, which comes last.
        """
        feed = self.feed
        before = (
            f"'{{\"about\":' || {_json('about')} || ',\"catalogue\":\"{self.catalogue.name}\",\"feed\":\"{feed.feed}\",\"fields\":{{' || "
            f"{self.listed('f_', named=True)} || '}},\"kind\":\"'"
        )
        said = (
            f"'\",\"occurred\":' || {_json('occurred')} || ',\"published\":' || {_json('published')} || "
            f"',\"record\":\"{feed.record}\",\"reference\":' || {_json('reference')}"
        )
        source, stated = f"',\"source\":' || {_json('source')}", f"',\"stated\":' || {_json('stated')}"
        subject = (
            f"',\"subject\":{{\"identifiers\":[' || {self.listed('i_')} || '],\"kind\":\"{feed.subject.kind}\",\"name\":' || {_json('name')} || "
            f"',\"names\":[' || {self.listed('n_')} || '],\"region\":' || {_json('region')} || ',\"sector\":' || {_json('sector')} || '}}'"
        )
        after = f"{said} || ',\"row\":' || row || {source} || {stated} || {subject}"
        digest = f"sha256(concat({before}, {said}, {source}, {subject}))"
        return f"source || ' {feed.record} ' || reference AS key,\n  {before} AS before,\n  {after} AS after,\n  {digest} AS digest"

    def listed(self, prefix: str, named: bool = False) -> str:
        """The JSON values of the columns of a prefix, those that are there, joined by commas; by name where wanted."""
        names = sorted(name for name in self.parts() if name.startswith(prefix))
        names = sorted(names, key=lambda name: name.removeprefix(prefix)) if named else names
        values = [f"CAST(to_json({column(name)}) AS VARCHAR)" for name in names]
        if named:
            values = [f"'\"{name[2:]}\":' || {value}" for name, value in zip(names, values, strict=True)]
        return f"concat_ws(',', {', '.join(values)})" if values else "''"

    def gathered(self) -> str:
        """Typed columns, one row a finding; a group has the problems of all its rows."""
        names = list(self.parts())
        if not self.feed.group_by:
            typed = ",\n  ".join(f"{self.typed(name, column(name))} AS {column(name)}" for name in names)
            return f"SELECT row, [row] AS rows, problems,\n  {typed}\nFROM mapped"
        typed = ",\n  ".join(f"{self.gather(name)} AS {column(name)}" for name in names)
        keys = ", ".join(column("g_" + name) for name in self.feed.group_by)
        return (
            "SELECT min(row) AS row, list(row ORDER BY row) AS rows, flatten(list(problems)) AS problems,\n"
            f"  {typed}\nFROM mapped\nGROUP BY {keys}"
        )

    def typed(self, name: str, text: str) -> str:
        """The text in the type that its field has; days as ten characters."""
        rule = self.fields.get(name[2:]) if name.startswith("f_") else None
        if name in ("occurred", "stated") or (rule and rule.type == "date"):
            return f"left({text}, 10)"
        if rule and rule.type == "integer":
            return f"TRY_CAST(TRY_CAST({text} AS DOUBLE) AS BIGINT)"
        return f"(lower({text}) = 'true')" if rule and rule.type == "boolean" else text

    def gather(self, name: str) -> str:
        """What a group's rows have in common, as the feed's `gather` says."""
        value = (
            self.feed.fields.get(name[2:])
            if name.startswith("f_")
            else self.feed.published
            if name == "published"
            else None
        )
        typed, how = self.typed(name, column(name)), value.gather if value else "first"
        ways = {
            "first": f"arg_min({typed}, row) FILTER ({column(name)} IS NOT NULL)",
            "largest": f"max({typed})",
            "any": f"bool_or({typed})",
            "codes": f"string_agg(DISTINCT {column(name)}, ' ' ORDER BY {column(name)})",
            "count": f"count({column(name)})",
        }
        return ways[how]

    def checked(self) -> str:
        """Findings with the problems that need more than one row: unknown source, mandate, the same reference twice."""
        source, reference = _columns(self.feed.source), _columns(self.feed.reference)
        said = f"substr(source, {len(self.feed.source.prefix) + 1})"
        unknown = Check(
            "sources.id IS NULL AND source IS NOT NULL",
            source,
            literal(f"no source of {self.catalogue.name}"),
            "source",
        )
        mandate = Check("NOT sources.may", source, literal(f"this source may not issue {self.feed.record}"), said)
        twice = Check(
            "first_row < row", reference, "'the same finding stands in row ' || first_row || ' already'", "reference"
        )
        checks = ",\n    ".join(check.sql() for check in (unknown, mandate, twice))
        return (
            f"SELECT findings.* EXCLUDE (first_row) REPLACE (list_concat(problems, [\n    {checks}\n  ]) AS problems)\n"
            "FROM (SELECT *, min(row) OVER (PARTITION BY source, reference) AS first_row FROM gathered) AS findings\n"
            "LEFT JOIN sources ON sources.id = findings.source"
        )


def _json(name: str) -> str:
    return f"coalesce(CAST(to_json({column(name)}) AS VARCHAR), 'null')"


def _columns(value: Value) -> str:
    return ", ".join(value.reads())
