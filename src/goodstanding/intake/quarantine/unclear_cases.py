"""Statements about a case of which nobody knows which: several sources have one of that reference, the speaker none.

Such a row is put aside, and its sender is told how to name the case. One whose case is not on file yet is taken in: it
waits for the case and counts from its own day.
"""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed
from goodstanding.intake.mapping.problem_column import ProblemsByRow, add_problems
from goodstanding.intake.mapping.value_sql import render_column_names
from goodstanding.intake.problems import RowProblem
from goodstanding.messages import IntakeMessage, Message
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema
from goodstanding.standing.sql_text import quote_literal
from goodstanding.table_engine import open_table_engine
from goodstanding.table_files import filter_table

_STATED = """
SELECT row, source, identifier, json_extract_string(before || '"}', '$.about') AS about
FROM sent
WHERE identifier IS NOT NULL
"""
_OPENED = """
SELECT sent.row, sent.source, sent.about, record.source AS opener
FROM sent
JOIN identifier
  ON identifier.text = sent.identifier
JOIN record
  ON record.subject_id = identifier.subject_id
  AND record.record = {record}
  AND record.catalogue = {catalogue}
  AND record.reference = sent.about
  AND record.replaced_at IS NULL
"""
_OPENERS = build_schema(row=NUMBER, source=TEXT, about=TEXT, opener=TEXT)


def mark_unclear_cases(records: pa.Table, feed: Feed, catalogue: Catalogue) -> pa.Table:
    """The findings with those put aside that are about one of several cases of others."""
    opening = catalogue.records[feed.record].about
    good = filter_table(records, pc.equal(pc.list_value_length(records["problems"]), 0))
    if opening is None or not good.num_rows:
        return records
    with open_table_engine(good.num_rows) as duck:
        duck.register("sent", good.select(["row", "source", "identifier", "before"]))
        stated = duck.sql(_STATED).to_arrow_table()
    with open_column_store() as store:
        store.hold("sent", stated)
        names = {"record": quote_literal(opening), "catalogue": quote_literal(catalogue.name)}
        opened = store.read(_OPENED.format(**names), _OPENERS).to_pylist()
    column = render_column_names(feed.about) if feed.about else "about"
    return add_problems(records, _list_unclear_rows(opened, column))


def _list_unclear_rows(opened: list[dict[str, str]], column: str) -> ProblemsByRow:
    openers: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
    for case in opened:
        openers[int(case["row"]), case["source"], case["about"]].add(case["opener"])
    problems: ProblemsByRow = {}
    for (row, source, about), sources in openers.items():
        if len(sources) > 1 and source not in sources:
            right = ", ".join(f"{opener}/{about}" for opener in sorted(sources))
            message = Message(IntakeMessage.CASE_UNCLEAR, {"about": about, "cases": right})
            problems[row] = [RowProblem(row, column, message, about)]
    return problems
