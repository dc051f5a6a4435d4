"""Findings that are probably on file already, under another spelling of their reference: twice, they weigh twice.

A finding of the same source about the same subject, of the same day and with the same facts, whose reference differs
only in zeros, spaces, width or case, is put aside. One that only resembles another is taken in, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.intake.mapping.problem_column import ProblemsByRow, add_problems
from goodstanding.intake.problems import RowProblem
from goodstanding.messages import IntakeMessage, Message
from goodstanding.plain_text import fold_spelling
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema
from goodstanding.standing.sql_text import quote_literal
from goodstanding.table_engine import open_table_engine
from goodstanding.table_files import filter_table

_HAS_RECORDS = "SELECT 1 FROM record WHERE record = %s LIMIT 1"
_RESEMBLING = """
SELECT sent.row, record.reference AS other, CAST(record.occurred AS text) AS occurred, record.fields AS facts,
  coalesce(record.published, '') AS published
FROM sent
JOIN identifier
  ON identifier.text = sent.identifier
JOIN record
  ON record.subject_id = identifier.subject_id
  AND record.source = sent.source
  AND record.record = {record}
  AND record.reference <> sent.reference
  AND record.replaced_at IS NULL
WHERE NOT EXISTS (
  SELECT 1
  FROM record AS same
  WHERE same.reference = sent.reference
    AND same.source = sent.source
    AND same.record = {record}
)
"""
_WHAT_IS_SAID = "source, regexp_replace(identifier, ':0+([0-9])', ':\\1'), occurred, facts, published"
_TWICE = f"""
WITH
placed AS (         -- by a number first, which takes little memory: hardly anything is there twice
  SELECT *, hash({_WHAT_IS_SAID}) AS place
  FROM sent
)
SELECT list({{'row': row, 'reference': reference}} ORDER BY row)
FROM placed
WHERE place IN (SELECT place FROM placed GROUP BY place HAVING count(*) > 1)
GROUP BY {_WHAT_IS_SAID}
HAVING count(*) > 1
"""
_COLUMNS = ("row", "source", "reference", "identifier", "occurred", "facts", "published")
_ON_FILE = build_schema(row=NUMBER, other=TEXT, occurred=TEXT, facts=TEXT, published=TEXT)


@dataclass(frozen=True, slots=True)
class _Resemblance:
    """A finding and another of the same source and subject, and whether both have the same day and facts."""

    row: int
    reference: str
    other: str
    is_same: bool

    @property
    def is_repeat(self) -> bool:
        """Whether only the spelling of the reference tells them apart."""
        return self.is_same and self.is_spelled_alike

    @property
    def is_spelled_alike(self) -> bool:
        """Whether their references differ only in zeros, spaces, width or case."""
        return fold_spelling(self.reference) == fold_spelling(self.other)


def mark_probable_repeats(records: pa.Table, column: str) -> tuple[pa.Table, tuple[Message, ...]]:
    """The findings with those put aside that are probably on file or in the sheet already, and a note on similar ones.

    `column` is the clerk's own, from which the reference is read.
    """
    problems_by_row: ProblemsByRow = {}
    similar: dict[int, _Resemblance] = {}
    is_good = pc.equal(pc.list_value_length(records["problems"]), 0)
    for resemblance in _iterate_resemblances(filter_table(records.select([*_COLUMNS, "key"]), is_good)):
        if resemblance.is_repeat:
            message = Message(IntakeMessage.ROW_PROBABLY_REPEATED, {"other": resemblance.other})
            problems_by_row[resemblance.row] = [RowProblem(resemblance.row, column, message, resemblance.reference)]
        elif resemblance.is_same or resemblance.is_spelled_alike:
            similar[resemblance.row] = resemblance
    return add_problems(records, problems_by_row), _describe_similar([*similar.values()], problems_by_row)


def _describe_similar(similar: list[_Resemblance], problems_by_row: ProblemsByRow) -> tuple[Message, ...]:
    taken = [resemblance for resemblance in similar if resemblance.row not in problems_by_row]
    if not taken:
        return ()
    params = {"number": len(taken), "reference": taken[0].reference, "other": taken[0].other}
    return (Message(IntakeMessage.SIMILAR_TAKEN, params),)


def _iterate_resemblances(good: pa.Table) -> Iterator[_Resemblance]:
    for rows in _list_said_twice(good) if good.num_rows > 1 else ():
        yield from _iterate_spelled_alike(rows)
    if good.num_rows:
        source, key, reference = (good.column(name)[0].as_py() for name in ("source", "key", "reference"))
        yield from _iterate_resemblances_on_file(good, key[len(source) + 1 : -len(reference) - 1])


def _list_said_twice(good: pa.Table) -> list[list[dict[str, Any]]]:
    with open_table_engine(good.num_rows) as duck:
        duck.register("sent", good.select(_COLUMNS))
        return [rows for (rows,) in duck.execute(_TWICE).fetchall()]  # `sql` would plan it twice


def _iterate_spelled_alike(rows: list[dict[str, Any]]) -> Iterator[_Resemblance]:
    """Those of some rows that say the same whose reference an earlier one has in another spelling."""
    first: dict[str, str] = {}
    for row in rows:
        other = first.setdefault(fold_spelling(row["reference"]), row["reference"])
        if other != row["reference"]:
            yield _Resemblance(row["row"], row["reference"], other, True)


def _iterate_resemblances_on_file(good: pa.Table, record: str) -> Iterator[_Resemblance]:
    if not fetch_rows(_HAS_RECORDS, [record]):
        return
    with open_column_store() as store:
        store.hold("sent", good.select(["row", "source", "reference", "identifier"]))
        resembling = store.read(_RESEMBLING.format(record=quote_literal(record)), _ON_FILE).to_pylist()
    wanted = {row["row"] for row in resembling}
    sent = good.select(_COLUMNS).filter(pc.is_in(good["row"], pa.array(wanted, pa.int64()))).to_pylist()
    sent_by_row = {row["row"]: row for row in sent}
    for row in resembling:
        own = sent_by_row[row["row"]]
        is_same = all(
            own[name] == row[name][:10] if name == "occurred" else own[name] == row[name]
            for name in ("occurred", "facts", "published")
        )
        yield _Resemblance(row["row"], own["reference"], row["other"], is_same)
