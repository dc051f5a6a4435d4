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
from goodstanding.catalogue.model import Based
from goodstanding.errors import BadInput
from goodstanding.register import words
from goodstanding.register.outcome import RECORDS, intervals_of
from goodstanding.web import facts, sentences
from goodstanding.web.entering import Facts
from goodstanding.web.shapes.calculator import Outcome, Result, Stretch

log = logging.getLogger("goodstanding.web")
Row = dict[str, Any]
ORDER = ("grade", "listing", "restriction", "benefit", "supervision", "publication", "case")


def result(catalogue: Catalogue, entered: Facts) -> Result:
    """What holds on the day asked about, what is undecided, and what held or will hold on other days."""
    assert entered.at
    table = pa.Table.from_pylist([_row(one) for one in entered.records], schema=RECORDS)
    rows, steps = _worked_out(catalogue, table)
    holding = [row for row in rows if _holds(row, entered.at) == "now"]
    given = {one["number"]: one["fields"] for one in entered.records}
    outcomes = [_outcome(catalogue, row, given) for row in holding]
    unknown = [*sentences.undecided(catalogue, holding), *sentences.unknown_steps(catalogue, steps, given)]
    return Result(
        at=entered.at,
        grades=[one for one in outcomes if one.kind == "grade"],
        listings=[one for one in outcomes if one.kind == "listing"],
        measures=[one for one in outcomes if one.kind not in ("grade", "listing", "case")],
        cases=[one for one in outcomes if one.kind == "case"],
        undecided=list(dict.fromkeys(unknown)),
        timeline=list(_timeline(catalogue, rows, entered.at)),
    )


def _row(one: dict[str, Any]) -> Row:
    known = {name: one[name] for name in ("record", "reference", "about", "occurred", "published")}
    return known | {
        "position": one["number"],
        "subject_id": 1,
        "source": one.get("source", "entered"),
        "fields": json.dumps(one["fields"]),
    }


def _worked_out(catalogue: Catalogue, table: pa.Table) -> tuple[list[Row], list[Row]]:
    """Stretches and stated steps; BadInput where the figures are beyond what can be counted with."""
    try:
        found = standing.effects(table, intervals_of(table, catalogue), catalogue).to_pylist()
        steps = standing.stated_steps(table, catalogue)
    except (duckdb.Error, pa.ArrowException, ArithmeticError, ValueError) as error:
        log.warning("The calculator of %s gave up: %s", catalogue.name, type(error).__name__)
        remedy = _("smaller figures, and days that are less far away")
        raise BadInput(_("These facts cannot be worked out."), where="records", remedy=remedy) from error
    return sorted(_joined(found), key=_rank), steps.to_pylist() if steps else []


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    """One row for a measure that is there for several audiences."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(str(row[name]) for name in ("measure", "kind", "value", "valid_from", "valid_to", "because", "why"))
        audience = [*found[key]["audience"], row["audience"]] if key in found else [row["audience"]]
        found[key] = row | {"audience": audience}
    yield from found.values()


def _rank(row: Row) -> tuple[Any, ...]:
    kind = ORDER.index(row["kind"]) if row["kind"] in ORDER else len(ORDER)
    return kind, row["measure"], row["valid_from"], str(row["value"])


def _holds(row: Row, at: date) -> str:
    if row["valid_to"] is not None and row["valid_to"] <= at:
        return "before"
    return "now" if row["valid_from"] <= at else "later"


def _outcome(catalogue: Catalogue, row: Row, given: dict[int, dict[str, Any]]) -> Outcome:
    rule = ruled(catalogue, row["measure"])
    newest = given.get(row["because"][-1], {}) if row["because"] else {}
    return Outcome(
        measure=row["measure"],
        kind=row["kind"],
        title=_title(rule),
        value=row["value"],
        value_title=sentences.value_title(catalogue, row),
        of=getattr(rule, "of", ""),
        score=row["score"],
        audience=row["audience"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        sentences=sentences.why(catalogue, row, newest),
        rule=rule.says,
        reason=facts.reason(words.law(catalogue, rule)),
        because=row["because"],
    )


def ruled(catalogue: Catalogue, measure: str) -> Based:
    """The rule that an outcome is named after."""
    kinds = (catalogue.schemes, catalogue.lists, catalogue.measures, catalogue.cases)
    return next(rules[measure] for rules in kinds if measure in rules)


def _title(rule: Any) -> str:
    return str(rule.title)


def _timeline(catalogue: Catalogue, rows: list[Row], at: date) -> Iterator[Stretch]:
    """What begins and ends together is one stretch, in the order in which they begin."""
    found: dict[tuple[date, date | None], list[Row]] = {}
    for row in rows:
        found.setdefault((row["valid_from"], row["valid_to"]), []).append(row)
    for (start, end), held in sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1] or date.max)):
        what = [f"{_title(ruled(catalogue, row['measure']))}: {sentences.value_said(catalogue, row)}" for row in held]
        yield Stretch(what=what, valid_from=start, valid_to=end, holds=_holds(held[0], at))
