"""The cases of the register as tables for DuckDB: which there are, what was done in them, and where they stood when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.storage.columns import ColumnStore, open_column_store
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.types import DAY, NUMBER, TEXT, build_schema
from goodstanding.table_engine import open_table_engine

NEVER = "9999-12-31"
_HEARINGS = """
SELECT position, catalogue, listed, source, act
FROM hearing
"""
_ACTS = """
SELECT position, case_position, act, CAST(day AS TEXT) AS day, upheld
FROM hearing_act
"""
_SPANS = f"""
SELECT case_position, phase, CAST(valid_from AS TEXT) AS valid_from,
  coalesce(CAST(valid_to AS TEXT), '{NEVER}') AS valid_to, "then", binds
FROM hearing_span
"""
_FINDINGS = f"""
SELECT position, fields
FROM record
WHERE event = '{EventKind.CASE_PROPOSED}'
"""
_HEARING = build_schema(position=NUMBER, catalogue=TEXT, listed=TEXT, source=TEXT, act=TEXT)
_ACT = build_schema(position=NUMBER, case_position=NUMBER, act=TEXT, day=DAY, upheld=NUMBER)
_SPAN = build_schema(case_position=NUMBER, phase=TEXT, valid_from=DAY, valid_to=DAY, then=TEXT, binds=NUMBER)
_FINDING = build_schema(position=NUMBER, fields=TEXT)
_CASES = """
CREATE TEMP TABLE cases AS
SELECT hearing.position AS case_position, catalogue, listed, coalesce(office.today, source) AS source,
  hearing.act AS opening, act.day AS opened
FROM hearing
LEFT JOIN office USING (source)
LEFT JOIN act ON act.position = hearing.position
"""


@dataclass(frozen=True, slots=True)
class CaseTables:
    """The tables `cases`, `act`, `span` and `finding` in a DuckDB, and the days that are asked about."""

    duck: duckdb.DuckDBPyConnection
    window: ReportingWindow

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a question, in which $since, $until and $at are the days of the window."""
        window = self.window
        window_days = {"since": window.since, "until": window.until, "at": window.at}
        named = {name: day for name, day in window_days.items() if f"${name}" in statement}
        return self.duck.execute(statement, named).fetchall()

    def of(self, window: ReportingWindow) -> CaseTables:
        """The same tables, asked about other days."""
        return CaseTables(self.duck, window)


@contextmanager
def open_case_tables(window: ReportingWindow) -> Iterator[CaseTables]:
    """The cases heard in this register, all read at one moment."""
    with open_column_store() as store:
        tables = _read_tables(store)
    with open_table_engine(sum(table.num_rows for table in tables.values())) as duck:
        for name, table in tables.items():
            duck.register(name, table)
        duck.execute(_CASES)
        yield CaseTables(duck, window)


def _read_tables(store: ColumnStore) -> dict[str, pa.Table]:
    hearings = store.read(_HEARINGS, _HEARING)
    return {
        "hearing": hearings,
        "act": store.read(_ACTS, _ACT),
        "span": store.read(_SPANS, _SPAN),
        "finding": store.read(_FINDINGS, _FINDING),
        "office": _build_office_table(set(hearings.column("source").to_pylist())),
    }


def _build_office_table(sources: set[str]) -> pa.Table:
    """What every source is today: offices are merged and renumbered."""
    tree = load_authority_tree()
    rows = [{"source": source, "today": tree.now(source)} for source in sorted(sources)]
    return pa.Table.from_pylist(rows, schema=build_schema(source=TEXT, today=TEXT))


def list_source_regions() -> dict[str, str]:
    """Where each source of the catalogues in force is at work, if they say so."""
    return {
        source.id: source.region
        for enacted_catalogue in list_enacted().values()
        for source in enacted_catalogue.catalogue.sources
    }


def list_source_names() -> dict[str, str]:
    """How each source of the catalogues in force is called."""
    return {
        source.id: source.name
        for enacted_catalogue in list_enacted().values()
        for source in enacted_catalogue.catalogue.sources
    }
