"""Statements about a case that move none: of several cases nobody knows which is meant, or it is not theirs to decide.

Such a row is put aside, and its sender is told how to name the case, or who may state it. One whose case is not on
file yet is taken in: it waits for the case and counts from its own day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.procedures import RELIEVING_ROLES
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
  AND sent.about IN (record.reference, record.source || '/' || record.reference)
  AND record.replaced_at IS NULL
"""
_OPENERS = build_schema(row=NUMBER, source=TEXT, about=TEXT, opener=TEXT)


def mark_unclear_cases(records: pa.Table, feed: Feed, catalogue: Catalogue) -> pa.Table:
    """The findings with those put aside that may be of several cases, or decide one of another office of the kind."""
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
    burdened = _is_burden(catalogue, opening, feed.record)
    return add_problems(records, _list_unclear_rows(opened, column, catalogue.source_kinds if burdened else {}))


def _is_burden(catalogue: Catalogue, opening: str, record: str) -> bool:
    """Whether a record type states only steps that burden the subject."""
    cases = (case for case in catalogue.cases.values() if case.record == opening)
    roles = {step.role for case in cases for step in case.steps.values() if step.record == record}
    return bool(roles) and roles.isdisjoint(RELIEVING_ROLES)


def _list_unclear_rows(opened: list[dict[str, str]], column: str, kinds: Mapping[str, str]) -> ProblemsByRow:
    openers: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
    for case in opened:
        openers[int(case["row"]), case["source"], case["about"]].add(case["opener"])
    problems: ProblemsByRow = {}
    for (row, source, about), sources in openers.items():
        if source in sources:
            continue
        if len(sources) > 1:
            right = ", ".join(f"{opener}/{about}" for opener in sorted(sources))
            message = Message(IntakeMessage.CASE_UNCLEAR, {"about": about, "cases": right})
            problems[row] = [RowProblem(row, column, message, about)]
        elif kinds.get(source) == kinds.get(opener := min(sources), ""):
            message = Message(IntakeMessage.CASE_OF_ANOTHER, {"about": about, "opener": opener})
            problems[row] = [RowProblem(row, column, message, about)]
    return problems
