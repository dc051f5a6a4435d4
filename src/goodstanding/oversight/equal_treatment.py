"""The same conduct treated differently: how often each source upheld the same finding, and for how long it listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median

import pyarrow as pa

from goodstanding.catalogue import Catalogue
from goodstanding.oversight.cases.case_tables import CaseTables
from goodstanding.oversight.count_tables import SMALL, CountTable, DisclosedLine, DisclosedTable
from goodstanding.oversight.disclosure_control import disclose_table
from goodstanding.oversight.significance import SignificanceTest, adjust_by_holm, assess_difference
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.types import TEXT, build_schema

UPHELD = ("upheld", "rejected")
_DECIDED = f"""
WITH decision AS (
  SELECT case_position, arg_max(upheld, position) AS upheld
  FROM act
  WHERE act.act = '{EventKind.CASE_DECIDED}'
    AND day >= $since
    AND day < $until
    AND day <= $at
  GROUP BY case_position
), bound AS (
  SELECT case_position, date_diff('day', min(valid_from), max(valid_to)) AS days
  FROM span
  WHERE binds = 1
  GROUP BY case_position
  HAVING max(valid_to) < DATE '9999-12-31'
)
SELECT source, catalogue, listed,
  coalesce(string_agg(json_extract_string(fields, '$.' || coded.field), ' ' ORDER BY coded.field), '') AS code,
  upheld, days, case_position
FROM decision
JOIN cases USING (case_position)
LEFT JOIN coded USING (catalogue, listed)
LEFT JOIN finding ON finding.position = case_position
LEFT JOIN bound USING (case_position)
GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class ConductType:
    """A finding under one list: the catalogue, the list, and the code that says what was found, if any does."""

    catalogue: str
    listed: str
    code: str

    @property
    def name(self) -> str:
        """It in one word."""
        return f"{self.catalogue}/{self.listed}" + (f"/{self.code.replace(' ', '+')}" if self.code else "")


@dataclass(frozen=True, slots=True)
class SourceTreatment:
    """How one source decided on one conduct: so many upheld of all; the median length in days of what it listed."""

    source: str
    line: DisclosedLine
    median_days: float | None


@dataclass(frozen=True, slots=True)
class ConductComparison:
    """One conduct, decided by several sources: those with enough decisions, and whether they differ beyond chance.

    `all` are those sources together, `left_out` counts the sources of which nothing may be shown. `chance` takes into
    account how many conducts were compared; None where there is too little to say.
    """

    conduct: ConductType
    treated: tuple[SourceTreatment, ...]
    all: DisclosedLine
    left_out: int
    test: SignificanceTest
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class ConductDecision:
    """A source's decision on a conduct: whether it was upheld, and for how many days the listing binds."""

    source: str
    conduct: ConductType
    upheld: bool
    days: int | None
    case_position: int


DecisionsByConduct = dict[ConductType, dict[str, list[ConductDecision]]]


def read_decisions(tables: CaseTables) -> list[ConductDecision]:
    """Every case that was decided in the window, by its last decision."""
    tables.duck.register("coded", _build_coded_field_table())
    return [
        ConductDecision(source, ConductType(catalogue, listed, code), bool(upheld), days, case_position)
        for source, catalogue, listed, code, upheld, days, case_position in tables.ask(_DECIDED)
    ]


def compare_conduct(tables: CaseTables) -> tuple[DisclosedTable, tuple[ConductComparison, ...]]:
    """How many decisions each source made on each conduct; and each conduct compared, those that differ most first."""
    decisions: DecisionsByConduct = {}
    for decision in read_decisions(tables):
        decisions.setdefault(decision.conduct, {}).setdefault(decision.source, []).append(decision)
    least = tables.window.least_shown
    decided = _count_decisions(decisions, least)
    comparisons = [_compare_sources(conduct, lines, decided, least) for conduct, lines in decisions.items()]
    return decided, tuple(sorted(_adjust_chances(comparisons), key=_rank_comparison))


def _count_decisions(decisions: DecisionsByConduct, least: int) -> DisclosedTable:
    """The sources' decisions by conduct; their totals are each source's decisions in all."""
    names = sorted(conduct.name for conduct in decisions)
    rows = [
        (source, conduct.name, len(source_decisions))
        for conduct, lines in decisions.items()
        for source, source_decisions in lines.items()
    ]
    return disclose_table(CountTable.of(names, rows), least)


def _compare_sources(
    conduct: ConductType, lines: Mapping[str, list[ConductDecision]], decided: DisclosedTable, least: int
) -> ConductComparison:
    kept = {line.name for line in decided.lines if line.parts[conduct.name]} & set(lines)
    counts = [(source, UPHELD[not decision.upheld], 1) for source in kept for decision in lines[source]]
    grid = disclose_table(CountTable.of(UPHELD, counts), least)
    treated = [
        _build_treatment(line, [decision.days for decision in lines[line.name] if decision.days is not None], least)
        for line in grid.lines
    ]
    plain = [
        (hits, misses)
        for hits, misses in map(_read_counts, grid.lines)
        if hits is not None and misses is not None and hits + misses >= SMALL  # fewer say nothing of a difference
    ]
    ordered = sorted(treated, key=_rank_treatment)
    return ConductComparison(conduct, tuple(ordered), grid.all, len(lines) - len(kept), assess_difference(plain))


def _read_counts(line: DisclosedLine) -> tuple[int | None, int | None]:
    return line.parts[UPHELD[0]], line.parts[UPHELD[1]]


def _build_treatment(line: DisclosedLine, days: list[int], least: int) -> SourceTreatment:
    return SourceTreatment(line.name, line, float(median(days)) if len(days) >= least else None)


def _rank_treatment(treatment: SourceTreatment) -> tuple[bool, float, str]:
    """The greatest share first; after them the sources with too few decisions to say much."""
    few = (treatment.line.total or 0) < SMALL
    return few, -_compute_upheld_share(treatment.line), treatment.source


def _compute_upheld_share(line: DisclosedLine) -> float:
    upheld, total = line.parts[UPHELD[0]], line.total
    return upheld / total if upheld is not None and total else -1.0


def _adjust_chances(comparisons: list[ConductComparison]) -> list[ConductComparison]:
    tested = [comparison for comparison in comparisons if comparison.test.chance is not None]
    chances = adjust_by_holm([comparison.test.chance or 0.0 for comparison in tested])
    adjusted_chances = {comparison.conduct: chance for comparison, chance in zip(tested, chances, strict=True)}
    return [replace(comparison, chance=adjusted_chances.get(comparison.conduct)) for comparison in comparisons]


def _rank_comparison(comparison: ConductComparison) -> tuple[float, int, str]:
    return (2.0 if comparison.chance is None else comparison.chance, -len(comparison.treated), comparison.conduct.name)


def _build_coded_field_table() -> pa.Table:
    """The fields that say what was found, by list: coded findings that every record of its cases must have."""
    rows = [
        {"catalogue": name, "listed": listed, "field": field}
        for name, enacted_catalogue in list_enacted().items()
        for listed in enacted_catalogue.catalogue.lists
        for field in list_coded_fields(enacted_catalogue.catalogue, listed)
    ]
    return pa.Table.from_pylist(rows, schema=build_schema(catalogue=TEXT, listed=TEXT, field=TEXT))


def list_coded_fields(rules: Catalogue, listed: str) -> list[str]:
    """The required coded findings of the records that open a list's cases."""
    case = rules.cases.get(rules.lists[listed].case or "")
    fields = rules.records[case.record].fields if case else {}
    return [name for name, rule in fields.items() if rule.type == "code" and rule.kind == "finding" and rule.required]
