"""What would follow from entered facts: the register's own rules over records that nobody keeps."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
from django.utils.translation import gettext as _

from goodstanding import standing
from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import LegalRule
from goodstanding.effects import RECORDS, compute_intervals
from goodstanding.errors import BadInput
from goodstanding.register.rules.legal_basis import find_legal_basis
from goodstanding.web.calculator.entered_facts import EnteredFacts
from goodstanding.web.calculator.explanations import (
    describe_outcome_value,
    describe_undecided_outcomes,
    describe_unknown_steps,
    explain_outcome_row,
    get_value_title,
)
from goodstanding.web.calculator.schemas import CalculatedEffect, CalculatorResult, TimelineInterval
from goodstanding.web.wording.legal_basis import present_legal_basis

log = logging.getLogger("goodstanding.web")
Row = dict[str, Any]
KIND_ORDER = ("grade", "listing", "restriction", "benefit", "supervision", "publication", "case")


def calculate_result(catalogue: Catalogue, entered_facts: EnteredFacts) -> CalculatorResult:
    """What holds on the day asked about, what is undecided, and what held or will hold on other days."""
    assert entered_facts.at
    table = pa.Table.from_pylist([_build_record_row(record) for record in entered_facts.records], schema=RECORDS)
    rows, steps = _calculate_effects(catalogue, table)
    holding = [row for row in rows if _classify_period(row, entered_facts.at) == "now"]
    fields_by_number = {record["number"]: record["fields"] for record in entered_facts.records}
    outcomes = [_present_outcome(catalogue, row, fields_by_number) for row in holding]
    unknown = [
        *describe_undecided_outcomes(catalogue, holding),
        *describe_unknown_steps(catalogue, steps, fields_by_number),
    ]
    return CalculatorResult(
        at=entered_facts.at,
        grades=[outcome for outcome in outcomes if outcome.kind == "grade"],
        listings=[outcome for outcome in outcomes if outcome.kind == "listing"],
        measures=[outcome for outcome in outcomes if outcome.kind not in ("grade", "listing", "case")],
        cases=[outcome for outcome in outcomes if outcome.kind == "case"],
        undecided=list(dict.fromkeys(unknown)),
        timeline=list(_build_timeline(catalogue, rows, entered_facts.at)),
    )


def _build_record_row(record: dict[str, Any]) -> Row:
    columns = {name: record[name] for name in ("record", "reference", "about", "occurred", "published")}
    return columns | {
        "position": record["number"],
        "subject_id": 1,
        "source": record.get("source", "entered"),
        "fields": json.dumps(record["fields"]),
    }


def _calculate_effects(catalogue: Catalogue, table: pa.Table) -> tuple[list[Row], list[Row]]:
    """Intervals and stated steps; BadInput where the figures are beyond what can be counted with."""
    try:
        effect_rows = standing.compute_effects(table, compute_intervals(table, catalogue), catalogue).to_pylist()
        steps = standing.compute_stated_steps(table, catalogue)
    except (duckdb.Error, pa.ArrowException, ArithmeticError, ValueError) as error:
        log.warning("The calculator of %s gave up: %s", catalogue.name, type(error).__name__)
        remedy = _("smaller figures, and days that are less far away")
        raise BadInput(_("These facts cannot be worked out."), where="records", remedy=remedy) from error
    return sorted(_join_audiences(effect_rows), key=_rank_effect), steps.to_pylist() if steps else []


def _join_audiences(rows: Iterable[Row]) -> Iterator[Row]:
    """One row for a measure that is there for several audiences."""
    joined_rows: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(str(row[name]) for name in ("measure", "kind", "value", "valid_from", "valid_to", "because", "why"))
        audience = [*joined_rows[key]["audience"], row["audience"]] if key in joined_rows else [row["audience"]]
        joined_rows[key] = row | {"audience": audience}
    yield from joined_rows.values()


def _rank_effect(row: Row) -> tuple[Any, ...]:
    kind = KIND_ORDER.index(row["kind"]) if row["kind"] in KIND_ORDER else len(KIND_ORDER)
    return kind, row["measure"], row["valid_from"], str(row["value"])


def _classify_period(row: Row, at: date) -> str:
    if row["valid_to"] is not None and row["valid_to"] <= at:
        return "before"
    return "now" if row["valid_from"] <= at else "later"


def _present_outcome(catalogue: Catalogue, row: Row, fields_by_number: dict[int, dict[str, Any]]) -> CalculatedEffect:
    rule = get_measure_rule(catalogue, row["measure"])
    newest = fields_by_number.get(row["because"][-1], {}) if row["because"] else {}
    return CalculatedEffect(
        measure=row["measure"],
        kind=row["kind"],
        title=_get_rule_title(rule),
        value=row["value"],
        value_title=get_value_title(catalogue, row),
        of=getattr(rule, "of", ""),
        score=row["score"],
        audience=row["audience"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        sentences=explain_outcome_row(catalogue, row, newest),
        rule=rule.says,
        reason=present_legal_basis(find_legal_basis(catalogue, rule)),
        because=row["because"],
    )


def get_measure_rule(catalogue: Catalogue, measure: str) -> LegalRule:
    """The rule that an outcome is named after."""
    kinds = (catalogue.schemes, catalogue.lists, catalogue.measures, catalogue.cases)
    return next(rules[measure] for rules in kinds if measure in rules)


def _get_rule_title(rule: Any) -> str:
    return str(rule.title)


def _build_timeline(catalogue: Catalogue, rows: list[Row], at: date) -> Iterator[TimelineInterval]:
    """What begins and ends together is one interval, in the order in which they begin."""
    rows_by_period: dict[tuple[date, date | None], list[Row]] = {}
    for row in rows:
        rows_by_period.setdefault((row["valid_from"], row["valid_to"]), []).append(row)
    for (start, end), period_rows in sorted(
        rows_by_period.items(), key=lambda pair: (pair[0][0], pair[0][1] or date.max)
    ):
        lines = [
            f"{_get_rule_title(get_measure_rule(catalogue, row['measure']))}: {describe_outcome_value(catalogue, row)}"
            for row in period_rows
        ]
        yield TimelineInterval(what=lines, valid_from=start, valid_to=end, holds=_classify_period(period_rows[0], at))
