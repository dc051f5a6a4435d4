"""From a sheet's columns to findings, as a feed declares: one DuckDB query, with the problems of each row beside it.

A problem names the clerk's own column, a code with its parameters, and the value. The result has one row a finding:
`row`, `rows` (all row numbers behind it), `source`, `reference`, `problems`, and the event: `key`, `before` and `after`
(its canonical text around the kind) and `digest` (what decides whether the same is stated again).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed, JoinedFile
from goodstanding.catalogue.model import AdmittedSource, Catalogue, Source
from goodstanding.errors import BadDay, BadFile
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.files.sheet import EXPORT_COLUMNS, ROW_NUMBER, Sheet
from goodstanding.intake.mapping.cell_values import list_odd_columns, replace_column, unify_spellings
from goodstanding.intake.mapping.feed_sql import FeedQuery
from goodstanding.intake.mapping.line_breaks import list_line_break_problems
from goodstanding.intake.mapping.person_rows import list_person_rows
from goodstanding.intake.mapping.place_columns import refuse_if_place_hidden
from goodstanding.intake.mapping.problem_column import add_problems
from goodstanding.messages import IntakeMessage, Message, SubmissionMessage
from goodstanding.subjects.names import repair_encoding
from goodstanding.table_engine import open_table_engine, read_answer
from goodstanding.table_files import is_large, write_table_file

PART = 100_000  # rows whose findings are worked out together
_MEMORY = "300MB"  # what is more goes to the disk meanwhile
_CONTROL = r"[\x01-\x1f\x7f\x{80}-\x{9f}]+"


def map_rows_to_records(sheet: Sheet, feed: Feed, catalogue: Catalogue, stated: date, folder: Path) -> pa.Table:
    """One row a finding, in file order: its rows, key, body and problems; raises BadFile for columns not the feed's."""
    table = _join_companion_file(sheet, feed, folder)
    check_columns(table.column_names, feed, sheet)
    table = _add_optional_columns(table, feed)
    refuse_if_place_hidden(table, feed, catalogue, sheet.file)
    person_rows = list_person_rows(table, feed, catalogue)
    line_breaks = list_line_break_problems(table, feed, catalogue.records[feed.record].fields, sheet.file)
    problems_by_row = {row: problems for row, problems in line_breaks.items() if row not in person_rows}
    return add_problems(map_columns(table, feed, catalogue, stated, person_rows), problems_by_row, always=True)


def map_columns(
    table: pa.Table, feed: Feed, catalogue: Catalogue, stated: date, person_rows: Mapping[int, str]
) -> pa.Table:
    """The same for a table with the feed's columns, whatever else stands in its rows; those of persons are refused."""
    with TemporaryDirectory() as aside, open_table_engine(table.num_rows, _MEMORY, aside) as duck:
        repaired = _repair_texts(unify_spellings(table, feed, catalogue), feed)
        duck.register("sheet", repaired)
        duck.register("sources", _build_sources_table(catalogue, feed))
        query = FeedQuery(feed, catalogue, stated, list_odd_columns(repaired, feed))
        duck.execute(f"CREATE TEMP TABLE mapped AS {query.rows()}")
        if person_rows:
            _refuse_person_rows(duck, person_rows)
        return _read_findings(duck, query, table)


def _read_findings(duck: duckdb.DuckDBPyConnection, query: FeedQuery, table: pa.Table) -> pa.Table:
    """The findings of a sheet; of many rows part by part into a file, so that memory does not follow their number."""
    if not is_large(table):
        return read_answer(duck, query.findings(), table.num_rows)
    duck.execute(f"CREATE TEMP {'TABLE' if query.feed.group_by else 'VIEW'} gathered AS {query.gathered()}")
    duck.execute(f"CREATE TEMP TABLE repeated AS {query.repeated()}")
    firsts = range(1, pc.max(table.column(ROW_NUMBER)).as_py() + 1, PART)
    parts = (query.findings_of(f"row BETWEEN {first} AND {first + PART - 1}") for first in firsts)
    return write_table_file(read_answer(duck, part, PART) for part in parts)


_REFUSE_PERSONS = f"""
UPDATE mapped
SET problems = [{{'column': persons.name, 'code': '{IntakeMessage.ROW_OF_PERSON}', 'params': '{{}}', 'value': NULL}}]
FROM persons
WHERE persons.row = mapped.row
"""


def _refuse_person_rows(duck: duckdb.DuckDBPyConnection, person_rows: Mapping[int, str]) -> None:
    """What else is wrong with such a row is not told: it might repeat what stands in it."""
    numbers, names = pa.array(list(person_rows), pa.int64()), pa.array(list(person_rows.values()), pa.string())
    duck.register("persons", pa.table({"row": numbers, "name": names}))
    duck.execute(_REFUSE_PERSONS)


def determine_stated_day(sheet_name: str, stated: date | None, feed: Feed) -> date:
    """The day the file states: the only one in its name, else as given.

    Raises BadDay where neither says it, where the name says several, and where the two contradict each other.
    """
    days = list_days_in_name(sheet_name)
    params = {"feed": feed.feed, "file": sheet_name, "days": ", ".join(map(str, days)), "day": stated}
    if stated is None and len(days) != 1:
        code = SubmissionMessage.STATED_DAYS_SEVERAL if days else SubmissionMessage.STATED_DAY_MISSING
        raise BadDay(Message(code, params), where=sheet_name)
    if stated and days and stated not in days:
        raise BadDay(Message(SubmissionMessage.STATED_DAY_CONTRADICTED, params), where=sheet_name)
    return stated or days[0]


def list_days_in_name(sheet_name: str) -> list[date]:
    """The different days in a file's name; raises BadDay for what looks like one and is none."""
    texts = re.findall(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", sheet_name)
    try:
        return list(dict.fromkeys(map(date.fromisoformat, texts)))
    except ValueError as error:
        message = Message(SubmissionMessage.STATED_DAY_UNREAL, {"day": ", ".join(texts)})
        raise BadDay(message, where=sheet_name) from error


def check_columns(names: Iterable[str], feed: Feed, sheet: Sheet) -> None:
    """Raises BadFile for the columns that the feed does not know, and those that it needs and the file lacks: all."""
    present_columns = {name for name in names if name != ROW_NUMBER}
    known_columns = {*feed.columns(), *feed.ignored, *EXPORT_COLUMNS}
    missing = [name for name in feed.needed() if name not in present_columns]
    unknown = [name for name in sheet.columns if name not in known_columns]
    if missing or unknown:
        problem = _describe_columns(missing, unknown, feed)
        if sheet.separator and len(unknown) == len(sheet.columns):
            params = {"problem": problem, "separator": repr(sheet.separator), "columns": ", ".join(feed.columns())}
            problem = Message(SubmissionMessage.SEPARATOR_GUESSED, params)
        raise BadFile(problem, where=sheet.file)


def _describe_columns(missing: list[str], unknown: list[str], feed: Feed) -> Message:
    """All that is wrong with a header; where it is one column, what it was probably meant to be."""
    renamings = _find_renamings(unknown, missing or list(feed.columns()))
    others = [name for name in unknown if name not in renamings]
    if len(missing) + len(others if missing else unknown) == 1:
        return _describe_column(missing, unknown, renamings, feed)
    code = SubmissionMessage.COLUMNS_MISNAMED if missing and renamings else SubmissionMessage.COLUMNS_DIFFER
    code = code if unknown else SubmissionMessage.COLUMNS_MISSING
    params = {"missing": ", ".join(map(repr, missing)), "unknown": ", ".join(map(repr, unknown)), "feed": feed.feed}
    params["renamings"] = ", ".join(f"{name!r} → {near!r}" for name, near in renamings.items())
    return Message(code if missing else SubmissionMessage.COLUMNS_UNKNOWN, params | _list_needed(feed))


def _describe_column(missing: list[str], unknown: list[str], renamings: Mapping[str, str], feed: Feed) -> Message:
    name, near = next(iter(renamings.items()), ("", ""))
    if missing:
        code = SubmissionMessage.COLUMN_MISNAMED if near else SubmissionMessage.COLUMN_MISSING
        params = {"column": repr(missing[0]), "near": repr(name)}
    else:
        code = SubmissionMessage.COLUMN_MISSPELT if near else SubmissionMessage.COLUMN_UNKNOWN
        params = {"column": repr(unknown[0]), "near": repr(near)}
    return Message(code, params | {"feed": feed.feed} | _list_needed(feed))


def _list_needed(feed: Feed) -> dict[str, str]:
    return {"columns": ", ".join(feed.needed())}


def _find_renamings(unknown: list[str], columns: list[str]) -> dict[str, str]:
    """For unknown columns those that they probably are, each once."""
    renamings: dict[str, str] = {}
    for name in unknown:
        free_columns = [column for column in columns if column not in renamings.values()]
        if near := get_close_matches(name, free_columns, n=1):
            renamings[name] = near[0]
    return renamings


def _add_optional_columns(table: pa.Table, feed: Feed) -> pa.Table:
    """The sheet with an empty column for each that the feed can do without and the file does not have."""
    for name in feed.columns():
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    return table


def _join_companion_file(sheet: Sheet, feed: Feed, folder: Path) -> pa.Table:
    if feed.beside is None:
        return sheet.table
    other = read_file(folder / feed.beside.file)
    own = [name for name in other.columns if name == feed.beside.on or name not in sheet.columns]
    companions = other.table.select(own).group_by(own).aggregate([])
    _refuse_if_companion_contradicts(companions.column(feed.beside.on), feed.beside)
    joined = sheet.table.join(companions, keys=feed.beside.on, join_type="left outer")
    return joined.sort_by(ROW_NUMBER)


def _refuse_if_companion_contradicts(keys: pa.ChunkedArray, beside: JoinedFile) -> None:
    """Raises BadFile where the file beside says two things about one key: nobody knows which of them a row means."""
    counts = keys.drop_null().value_counts()
    repeated = counts.filter(pc.greater(pc.struct_field(counts, "counts"), 1)).field("values").to_pylist()
    if repeated:
        params = {"column": beside.on, "value": repeated[0], "number": len(repeated)}
        raise BadFile(Message(SubmissionMessage.COMPANION_CONTRADICTS, params), where=beside.file)


def _repair_texts(table: pa.Table, feed: Feed) -> pa.Table:
    """Text that a feed says was decoded wrongly is decoded again; control characters are read as spaces."""
    for value in feed.values().values():
        if value.mend and value.column:
            texts = table.column(value.column).to_pylist()
            table = replace_column(
                table,
                value.column,
                pa.array(
                    [text if text is None or text.isascii() else repair_encoding(text) for text in texts], pa.string()
                ),
            )
    for name in feed.columns():
        texts = table.column(name)
        if pc.any(pc.match_substring_regex(texts, _CONTROL)).as_py():
            table = replace_column(table, name, pc.replace_substring_regex(texts, _CONTROL, " "))
    return table


def _build_sources_table(catalogue: Catalogue, feed: Feed) -> pa.Table:
    """The sources, whether they may issue what the feed states, and the days of the mandates of those admitted."""
    rows = [
        (source.id, feed.record in catalogue.mandates[source.id], *_find_days(source)) for source in catalogue.sources
    ]
    names = ("id", "may", "first_day", "last_day")
    types = (pa.string(), pa.bool_(), pa.string(), pa.string())
    return pa.table(
        {
            name: pa.array([row[place] for row in rows], kind)
            for place, (name, kind) in enumerate(zip(names, types, strict=True))
        }
    )


def _find_days(source: Source) -> tuple[str | None, str | None]:
    if not isinstance(source, AdmittedSource):
        return None, None
    first, last = source.first_day, source.last_day
    return first.isoformat() if first else None, last.isoformat() if last else None
