"""How long each record is kept: from the end of the last thing that rested on it, for the time its rules declare.

A record type may say `keeps: P5Y` on its own legal basis. Where it says nothing, this register keeps a record for five
years: the charter names that time for look-ups (article 20) and none for records, so it is this register's own choice.
Nothing goes by itself: what is due is shown, and goes when two people sign its erasure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import duckdb
import pyarrow as pa

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.procedure.case_states import Phase
from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS_SQL
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.register.storage.columns import open_column_store
from goodstanding.register.storage.types import DAY, NUMBER, TEXT, build_schema
from goodstanding.table_engine import open_table_engine

OWN_CHOICE = Period(60)  # five years
LEAST = 10  # fewer are not told (charter article 22)
ONE_YEAR, ONE_MONTH = Period(12), Period(1)

_RECORD = "SELECT position, subject_id, catalogue, record, source, reference, stated, event FROM record"
_EFFECT = (
    "SELECT kind, catalogue, measure, coalesce(value, '') AS value, because, valid_from,"
    " coalesce(CAST(valid_to AS TEXT), '') AS valid_to FROM effect"
)
_HEARING = "SELECT position, subject_id, coalesce(about, position) AS about FROM hearing"
_SPAN = "SELECT case_position, subject_id, phase, valid_from FROM hearing_span"
_READ = {
    "record": (_RECORD, build_schema(position=NUMBER, subject_id=NUMBER, catalogue=TEXT, record=TEXT, source=TEXT,
                               reference=TEXT, stated=DAY, event=TEXT)),
    "effect": (_EFFECT, build_schema(kind=TEXT, catalogue=TEXT, measure=TEXT, value=TEXT, because=TEXT, valid_from=DAY,
                               valid_to=TEXT)),
    "hearing": (_HEARING, build_schema(position=NUMBER, about=NUMBER)),
    "span": (_SPAN, build_schema(case_position=NUMBER, phase=TEXT, valid_from=DAY)),
}  # fmt: skip
_WAITING = ("opening", "notice", "reply", "interim", "appeal", "stay")  # roles of steps after which a case goes on
_OVER = ", ".join(f"'{phase.value}'" for phase in (Phase.ENDED, Phase.GRANTED))
_CHAINS = f"""
CREATE TEMP TABLE kept AS
WITH
chained AS (        -- all versions of a record, and what was found of it, are kept and go together
  SELECT position, subject_id, catalogue, record, stated,
    CASE WHEN event IN ({CASE_FINDING_KINDS_SQL}) THEN position
      ELSE max(position) OVER (PARTITION BY source, record, reference, event IN ({CASE_FINDING_KINDS_SQL})) END AS chain
  FROM record
),
effects AS (        -- a case that came to a step from which it does not go on has ended there
  SELECT unnest(from_json(effect.because, '["BIGINT"]')) AS position,
    CASE WHEN effect.valid_to = '' AND effect.kind = 'case' AND waiting.step IS NULL THEN effect.valid_from
      ELSE TRY_CAST(effect.valid_to AS DATE) END AS ended_on
  FROM effect
  LEFT JOIN waiting
    ON waiting.catalogue = effect.catalogue
    AND waiting.name = effect.measure
    AND waiting.step = effect.value
),
rested AS (         -- when what rested on it ends; no day: it holds until something else happens
  SELECT chained.chain, bool_or(effects.ended_on IS NULL) AS holds, max(effects.ended_on) AS ended_on
  FROM effects
  JOIN chained USING (position)
  GROUP BY chained.chain
),
cases AS (          -- when each case about it is over
  SELECT hearing.position, hearing.about, min(span.valid_from) FILTER (span.phase IN ({_OVER})) AS over_on
  FROM hearing
  LEFT JOIN span ON span.case_position = hearing.position
  GROUP BY hearing.position, hearing.about
),
heard AS (
  SELECT chained.chain, bool_or(cases.over_on IS NULL) AS open, max(cases.over_on) AS over_on
  FROM cases
  JOIN chained ON chained.position = cases.about
  GROUP BY chained.chain
)
SELECT chained.chain AS position, any_value(chained.subject_id) FILTER (chained.position = chained.chain) AS subject_id,
  any_value(chained.catalogue) FILTER (chained.position = chained.chain) AS catalogue,
  any_value(chained.record) AS record,
  CASE WHEN any_value(rested.holds) IS NOT TRUE AND any_value(heard.open) IS NOT TRUE
    THEN greatest(coalesce(any_value(rested.ended_on), max(chained.stated)), any_value(heard.over_on)) END AS ended_on
FROM chained
LEFT JOIN rested USING (chain)
LEFT JOIN heard USING (chain)
GROUP BY chained.chain
"""


class RetentionTerm(NamedTuple):
    """How long records of a type are kept, and the article that says so: empty where it is this register's choice."""

    keeps: Period
    basis: str
    month_sums: str

    @property
    def own(self) -> bool:
        """Whether it is this register's own choice."""
        return not self.basis

    def ends(self, ended_on: date) -> date:
        """The day on which a record goes whose last effect ended on a day."""
        return self.keeps.after(ended_on, self.month_sums)


@dataclass(frozen=True, slots=True)
class RecordRetention:
    """Until when the record whose newest version stands at `position` is kept; no day while something rests on it."""

    position: int
    subject_id: int
    catalogue: str
    record: str
    term: RetentionTerm
    ended_on: date | None
    goes_on: date | None


@dataclass(frozen=True, slots=True)
class RetentionPlanLine:
    """How many records of a catalogue go from a day to before another; `records` is None for fewer than 10.

    `overdue` are those whose time is over; where neither that nor a day is said, something rests on them.
    """

    catalogue: str
    records: int | None
    overdue: bool = False
    first: date | None = None
    next: date | None = None


def determine_retention_term(rules: Catalogue | None, record: str) -> RetentionTerm:
    """How long records of a type are kept."""
    rule = rules.records.get(record) if rules else None
    if rules is None or rule is None or rule.keeps is None:
        return RetentionTerm(OWN_CHOICE, "", rules.month_sums if rules else "last-day")
    return RetentionTerm(rule.keeps, rule.basis, rules.month_sums)


def list_subject_terms(subject_id: int) -> list[RecordRetention]:
    """Until when each record about a subject is kept, newest first."""
    return _query_retentions("ORDER BY position DESC", subject_id)


def list_due_records(day: date) -> list[RecordRetention]:
    """The records whose time is over on a day, oldest first."""
    retentions = _query_retentions(f"WHERE ended_on <= DATE '{day}' ORDER BY position")
    return [retention for retention in retentions if retention.goes_on and retention.goes_on <= day]


def list_terms(positions: Collection[int]) -> list[RecordRetention]:
    """Until when those records are kept whose newest version stands at one of some positions."""
    return _query_retentions(f"WHERE position IN ({', '.join(map(str, map(int, positions)))})") if positions else []


def build_retention_plan(day: date) -> list[RetentionPlanLine]:
    """What goes when, by catalogue: what is due on a day, then a year by month, what is later by year."""
    rules = _list_rules()
    with _open_retention_table(rules) as duck:
        ended = duck.sql("SELECT catalogue, record, ended_on, count(*) FROM kept GROUP BY ALL").fetchall()
    counts: Counter[tuple[str, tuple[bool, date | None, date | None]]] = Counter()
    for name, record, ended_on, records in ended:
        goes_on = determine_retention_term(rules.get(name), record).ends(ended_on) if ended_on else None
        counts[name, _place_in_plan(goes_on, day)] += records
    plan_lines = [RetentionPlanLine(name, n if n >= LEAST else None, *when) for (name, when), n in counts.items()]
    return sorted(plan_lines, key=lambda line: (line.catalogue, not line.overdue, line.first or date.max))


def _place_in_plan(goes_on: date | None, day: date) -> tuple[bool, date | None, date | None]:
    """In which line of the plan a day stands: whether it is over, the line's first day and the first after it."""
    if goes_on is None or goes_on <= day:
        return goes_on is not None, None, None
    first = goes_on.replace(day=1)
    by_month = ONE_YEAR.after(day.replace(day=1))
    if first < by_month:
        return False, first, ONE_MONTH.after(first)
    return False, max(by_month, first.replace(month=1)), date(first.year + 1, 1, 1)


def _list_rules() -> dict[str, Catalogue]:
    return {name: enacted_catalogue.catalogue for name, enacted_catalogue in list_on_file().items()}


def _query_retentions(condition: str, subject_id: int | None = None) -> list[RecordRetention]:
    rules = _list_rules()
    with _open_retention_table(rules, subject_id) as duck:
        retention_rows = duck.sql(
            f"SELECT position, subject_id, catalogue, record, ended_on FROM kept {condition}"
        ).fetchall()
    return [_build_retention(row, rules) for row in retention_rows]


def _build_retention(row: tuple[int, int, str, str, date | None], rules: Mapping[str, Catalogue]) -> RecordRetention:
    position, subject_id, name, record, ended_on = row
    term = determine_retention_term(rules.get(name), record)
    return RecordRetention(
        position, subject_id, name, record, term, ended_on, term.ends(ended_on) if ended_on else None
    )


@contextmanager
def _open_retention_table(
    rules: Mapping[str, Catalogue], subject_id: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB with the table `kept`: each record with the day on which the last thing that rested on it ended."""
    with open_column_store() as store:
        chosen = _restrict_to_subject(subject_id)
        tables = {name: store.read(statement + chosen, types) for name, (statement, types) in _READ.items()}
    with open_table_engine(sum(table.num_rows for table in tables.values())) as duck:
        for name, table in (tables | {"waiting": _build_waiting_steps(rules.values())}).items():
            duck.register(name, table)
        duck.execute(_CHAINS)
        yield duck


def _build_waiting_steps(rules: Iterable[Catalogue]) -> pa.Table:
    """The steps of stated cases after which something is still to come."""
    waiting_steps = [
        {"catalogue": catalogue.name, "name": name, "step": step}
        for catalogue in rules
        for name, case in catalogue.cases.items()
        for step, rule in case.steps.items()
        if rule.role in _WAITING
    ]
    return pa.Table.from_pylist(waiting_steps, schema=build_schema(catalogue=TEXT, name=TEXT, step=TEXT))


def _restrict_to_subject(subject_id: int | None) -> str:
    return "" if subject_id is None else f" WHERE subject_id = {int(subject_id)}"
