"""Which numbers and days decide: those on each side of what the rules compare a field with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlglot import exp

from goodstanding.catalogue.conditions import NUMBER, TRUTH, parse_condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.records import field_types
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.messages import CatalogueMessage

Path = tuple[str | int, ...]
_Text = tuple[Path, str, CatalogueMessage]
_BEFORE = (exp.LT, exp.GTE)  # the value itself is the first of a side
_AFTER = (exp.LTE, exp.GT)  # the next value is
_COMPARISONS = (*_BEFORE, *_AFTER, exp.EQ, exp.NEQ, exp.Between, exp.In)
_SUMS = (exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Greatest, exp.Least, exp.Coalesce)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RecordCondition:
    """A condition or sum over one record, and where in the catalogue it stands."""

    path: Path
    tree: exp.Expression
    is_number: bool

    def reads(self, field: str) -> bool:
        """Whether it reads a field."""
        return any(column.name == field for column in self.tree.find_all(exp.Column))

    def is_open_for(self, field: str) -> bool:
        """Whether no few values of a field stand for all: it is added up, given as points, or compared with another."""
        if not self.reads(field):
            return False
        nodes = [node for node in self.tree.find_all(*_SUMS) if _has_column(node, field)]
        pairs = [node for node in self.tree.find_all(*_COMPARISONS) if _has_column(node, field) and _is_of_two(node)]
        return bool(self.is_number or nodes or pairs)

    def list_bounds(self, field: str) -> Iterator[tuple[exp.Expr, int]]:
        """Each value with which a field is compared, and by how much later the next side begins (0 or 1)."""
        for node in self.tree.find_all(*_COMPARISONS):
            literals = [part for part in _list_sides(node) if isinstance(part, exp.Literal | exp.Neg)]
            if any(isinstance(part, exp.Column) and part.name == field for part in _list_sides(node)):
                for literal in literals:
                    yield from ((literal, step) for step in _list_steps(node, literal))


def _list_sides(node: exp.Expr) -> list[exp.Expr]:
    sides = [node.this, *node.expressions, *(node.args.get(key) for key in ("expression", "low", "high"))]
    return [side for side in sides if isinstance(side, exp.Expr)]


def _list_steps(node: exp.Expr, literal: exp.Expr) -> tuple[int, ...]:
    """After which of a value and the one before it another side begins: `x < 3` and `3 > x` both begin one at 3."""
    if isinstance(node, exp.Between):
        return (0,) if node.args["low"] is literal else (1,)
    is_left = node.this is literal
    if isinstance(node, (exp.LTE, exp.GT) if is_left else _BEFORE):
        return (0,)
    return (1,) if isinstance(node, (exp.LT, exp.GTE) if is_left else _AFTER) else (0, 1)


def _has_column(node: exp.Expr, field: str) -> bool:
    return any(column.name == field for column in node.find_all(exp.Column))


def _is_of_two(node: exp.Expr) -> bool:
    return len(list(node.find_all(exp.Column))) > 1


def list_record_conditions(catalogue: Catalogue, record: str) -> list[RecordCondition]:
    """Every condition and sum that the rules ask over records of a type."""
    types = field_types(catalogue.records[record].fields)
    texts = [*_iterate_scheme_texts(catalogue, record), *_iterate_case_texts(catalogue, record)]
    texts += [
        (("measures", name, "when"), measure.when, TRUTH)
        for name, measure in catalogue.measures.items()
        if measure.when and record in catalogue.resting_on(measure)
    ]
    return [
        RecordCondition(path, parse_condition(text, types, record, wants).tree, wants is NUMBER)
        for path, text, wants in texts
    ]


def _iterate_scheme_texts(catalogue: Catalogue, record: str) -> Iterator[_Text]:
    for name, scheme in catalogue.schemes.items():
        path = ("schemes", name)
        if (scheme.starts_with or scheme.record) == record or (scheme.kind != "points" and scheme.record == record):
            yield from (((*path, "starts", place), rule.when, TRUTH) for place, rule in enumerate(scheme.starts))
        if scheme.record == record:
            yield from _iterate_own_texts(path, scheme)


def _iterate_own_texts(path: Path, scheme: GradingScheme) -> Iterator[_Text]:
    for key, condition in (("counts_when", scheme.counts_when), ("score", scheme.score)):
        if condition:
            yield (*path, key), condition, NUMBER if key == "score" else TRUTH
    for key in ("ungraded", "direct", "discretion", "bands"):
        for place, rule in enumerate(getattr(scheme, key)):
            if rule.when:
                yield (*path, key, place, "when"), rule.when, TRUTH
    for key, item in scheme.items.items():
        yield (*path, "items", key, "when"), item.when, TRUTH
        yield (*path, "items", key, "points"), str(item.points), NUMBER
    for key, characteristic in scheme.characteristics.items():
        for place, attribute in enumerate(characteristic.attributes):
            yield (*path, "characteristics", key, "attributes", place, "when"), attribute.when, TRUTH


def _iterate_case_texts(catalogue: Catalogue, record: str) -> Iterator[_Text]:
    for name, case in catalogue.cases.items():
        if case.record == record:
            for key, spare in case.spares.items():
                yield ("cases", name, "spares", key, "when"), spare.when, TRUTH
        for key, step in case.steps.items():
            if step.when and (step.record or case.record) == record:
                yield ("cases", name, "steps", key, "when"), step.when, TRUTH


def list_decisive_numbers(conditions: Iterable[RecordCondition], field: str) -> tuple[int, ...]:
    """The numbers on each side of every bound with which a field is compared, the lowest first."""
    firsts = {
        _read_number(literal) + step for condition in conditions for literal, step in condition.list_bounds(field)
    }
    return tuple(sorted({number for first in firsts for number in (first - 1, first)}))


def _read_number(literal: exp.Expr) -> int:
    return -int(literal.this.name) if isinstance(literal, exp.Neg) else int(literal.name)


def list_decisive_days(
    conditions: Iterable[RecordCondition], field: str, length: Period, month_sums: str, first: date, end: date
) -> set[date]:
    """The days of conduct from `first` to `end` on which a day so long after it reaches another side of a bound."""
    days = set[date]()
    for condition in conditions:
        for literal, step in condition.list_bounds(field):
            bound = date.fromisoformat(literal.name) + step * _DAY
            days.add(_find_first_day(bound, length, month_sums, first, end))
    return {day for day in days if first < day < end}


def _find_first_day(bound: date, length: Period, month_sums: str, first: date, end: date) -> date:
    numbers = range(first.toordinal(), end.toordinal())
    place = bisect_left(
        numbers, bound.toordinal(), key=lambda day: length.after(date.fromordinal(day), month_sums).toordinal()
    )
    return date.fromordinal(first.toordinal() + place)
