"""Whether conditions over one record can hold together, found by trying the values that matter.

What matters of a field are its codes, true and false, and the values beside each that it is compared with; unless it is
required, also that it is missing. Logic is three-valued, as in SQL. Where sums of open fields are compared, or too many
values would have to be tried, the question stays open.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from goodstanding.catalogue.condition_grammar import join_parts
from goodstanding.catalogue.records import FieldRule
from goodstanding.messages import CatalogueMessage, Message

Value = str | int | bool | None
Row = Mapping[str, Value]
MOST_TRIES = 10_000
MOST_VALUES = 200
_ORDERS = (exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between)
_COMPARISONS = (*_ORDERS, exp.EQ, exp.NEQ)
_SUMS = (exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Greatest, exp.Least)


@dataclass(frozen=True, slots=True)
class Satisfiability:
    """Whether conditions can hold together, and fields for which they do; `holds` is None where that stays open."""

    holds: bool | None
    values: Row

    def example(self) -> str | Message:
        """The fields for which they hold, as text: `class = minor, amount is missing`."""
        assignments = [
            Message(CatalogueMessage.VALUE_ABSENT, {"field": name}) if value is None else f"{name} = {value}"
            for name, value in self.values.items()
        ]
        return join_parts(CatalogueMessage.JOINED_BY_COMMA, assignments or [Message(CatalogueMessage.ALWAYS_FULFILLED)])


def check_satisfiability(
    hold: Iterable[exp.Expression], fields: Mapping[str, FieldRule], fail: Iterable[exp.Expression] = ()
) -> Satisfiability:
    """Whether some record with these fields makes all of `hold` true and none of `fail`."""
    wanted = [(part, True) for tree in hold for part in _split_parts(tree, exp.And)]
    wanted += [(part, False) for tree in fail for part in _split_parts(tree, exp.Or)]
    values = _list_decisive_values([tree for tree, _ in wanted], fields)
    if values is None:
        return Satisfiability(None, {})
    search = _RecordSearch(values, wanted)
    return search.run()


def _split_parts(tree: exp.Expression, joined: type[exp.Expression]) -> Iterator[exp.Expression]:
    """What AND joins must all hold, what OR joins must all fail: each can be tried as soon as its fields are set."""
    if isinstance(tree, exp.Paren):
        yield from _split_parts(tree.this, joined)
    elif isinstance(tree, joined):
        yield from _split_parts(tree.this, joined)
        yield from _split_parts(tree.expression, joined)
    else:
        yield tree


class _RecordSearch:
    """Sets one field after another and goes back as soon as a part is not as wanted."""

    def __init__(self, values: Mapping[str, Sequence[Value]], wanted: Sequence[tuple[exp.Expression, bool]]) -> None:
        self.names, self.values, self.tries = list(values), values, 0
        self.due: list[list[tuple[exp.Expression, bool]]] = [[] for _ in range(len(self.names) + 1)]
        for tree, truth in wanted:
            depth = max((self.names.index(column.name) + 1 for column in tree.find_all(exp.Column)), default=0)
            self.due[depth].append((tree, truth))

    def run(self) -> Satisfiability:
        """The first record for which all is as wanted."""
        row: dict[str, Value] = {}
        try:
            holds = self._as_wanted(0, row) and self._search_from(0, row)
        except OverflowError:
            return Satisfiability(None, {})
        return Satisfiability(holds, row if holds else {})

    def _search_from(self, depth: int, row: dict[str, Value]) -> bool:
        if depth == len(self.names):
            return True
        for value in self.values[self.names[depth]]:
            row[self.names[depth]] = value
            if self._as_wanted(depth + 1, row) and self._search_from(depth + 1, row):
                return True
        return False

    def _as_wanted(self, depth: int, row: Row) -> bool:
        self.tries += 1
        if self.tries > MOST_TRIES:
            raise OverflowError
        return all((evaluate_expression(tree, row) is True) is truth for tree, truth in self.due[depth])


def _list_decisive_values(
    trees: Sequence[exp.Expression], fields: Mapping[str, FieldRule]
) -> dict[str, list[Value]] | None:
    """For each field that the trees read, the values that matter; None where these cannot be told."""
    names = dict.fromkeys(column.name for tree in trees for column in tree.find_all(exp.Column))
    marks = list(_list_compared_values(trees, [fields[name] for name in names]))
    values: dict[str, list[Value]] = {}
    for name in names:
        candidates = _list_all_values(fields[name])
        if candidates is None and _is_undecidable(trees, fields[name]):
            return None
        candidates = _list_nearby_values(fields[name], marks, len(names)) if candidates is None else candidates
        values[name] = [*candidates, *([] if fields[name].required else [None])]
    return values


def _is_undecidable(trees: Sequence[exp.Expression], rule: FieldRule) -> bool:
    """Whether a field with many values stands in sums, or in an order of texts: no few values stand for the others."""
    if rule.type == "integer":
        return any(node.find(exp.Column) for tree in trees for node in tree.find_all(*_SUMS))
    return rule.type in ("code", "codes", "text") and any(tree.find(*_ORDERS) for tree in trees)


def _list_compared_values(trees: Sequence[exp.Expression], rules: Sequence[FieldRule]) -> Iterator[Value]:
    """What a field can be compared with: the values said and, where fields are compared with fields, those of all."""
    for tree in trees:
        yield from (_read_literal(node) for node in tree.find_all(exp.Literal))
    if any(len(list(node.find_all(exp.Column))) > 1 for tree in trees for node in tree.find_all(*_COMPARISONS)):
        for rule in rules:
            yield from _list_all_values(rule) or (rule.at_least, rule.at_most)


def _list_all_values(rule: FieldRule) -> list[Value] | None:
    """Every value a field can have, where they are few."""
    if rule.type == "boolean":
        return [True, False]
    if rule.one_of and rule.type != "codes":
        return [int(code) if rule.type == "integer" else code for code in rule.one_of]
    span = rule.range() if rule.type == "integer" else None
    return list(range(span[0], span[1] + 1)) if span and span[1] - span[0] < MOST_VALUES else None


def _list_nearby_values(rule: FieldRule, marks: Sequence[Value], reach: int) -> list[Value]:
    """The values that an open field is compared with, and as many beside each as there are fields to differ from."""
    beside = range(-reach, reach + 1)
    if rule.type == "integer":
        numbers = [number for number in (*marks, rule.at_least, rule.at_most, 0) if isinstance(number, int)]
        around = {sign * number + step for number in numbers for sign in (1, -1) for step in beside}
        return [number for number in sorted(around) if _is_within_bounds(number, rule)]
    texts = [mark for mark in marks if isinstance(mark, str)]
    if rule.type == "date":
        days = [date.fromisoformat(text) for text in texts if _is_day_text(text)] or [date(2000, 1, 1)]
        return [*sorted({_shift_day(day, step).isoformat() for day in days for step in beside})]
    return [*dict.fromkeys(texts), *(f"other {n}" for n in range(1, reach + 1))]


def _shift_day(day: date, days: int) -> date:
    """The day so many days later; the first or last day there is, where it would lie beyond."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _is_within_bounds(value: int, rule: FieldRule) -> bool:
    return (rule.at_least is None or rule.at_least <= value) and (rule.at_most is None or value <= rule.at_most)


def _is_day_text(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _read_literal(node: exp.Expression) -> Value:
    return node.name if node.args.get("is_string") else int(node.name)


def evaluate_expression(node: exp.Expression, row: Row) -> Value:
    """The value of a checked expression for a record's fields; None where it is unknown. Days are ISO texts."""
    return _EVALUATORS[type(node)](node, row)


def _evaluate_and(node: exp.Expression, row: Row) -> Value:
    left = evaluate_expression(node.this, row)
    if left is False:
        return False
    right = evaluate_expression(node.expression, row)
    return False if right is False else None if left is None or right is None else True


def _evaluate_or(node: exp.Expression, row: Row) -> Value:
    left = evaluate_expression(node.this, row)
    if left is True:
        return True
    right = evaluate_expression(node.expression, row)
    return True if right is True else None if left is None or right is None else False


def _evaluate_not(node: exp.Expression, row: Row) -> Value:
    inner = evaluate_expression(node.this, row)
    return None if inner is None else not inner


def _build_strict_evaluator(apply: Callable[..., Value], *keys: str) -> Callable[[exp.Expression, Row], Value]:
    """A function of parts that is unknown as soon as one of them is."""

    def of(node: exp.Expression, row: Row) -> Value:
        parts = [evaluate_expression(node.args[key], row) for key in keys]
        return None if any(part is None for part in parts) else apply(*parts)

    return of


def _evaluate_in(node: exp.Expression, row: Row) -> Value:
    value = evaluate_expression(node.this, row)
    return (
        None if value is None else any(evaluate_expression(expression, row) == value for expression in node.expressions)
    )


def _evaluate_is(node: exp.Expression, row: Row) -> Value:
    return evaluate_expression(node.this, row) is evaluate_expression(node.expression, row)


def _list_known_values(node: exp.Expression, row: Row) -> list[Value]:
    values = [evaluate_expression(part, row) for part in (node.this, *node.expressions)]
    return [value for value in values if value is not None]


def _build_choosing_evaluator(pick: Callable[..., Value]) -> Callable[[exp.Expression, Row], Value]:
    return lambda node, row: pick(known_values) if (known_values := _list_known_values(node, row)) else None


_PAIR = ("this", "expression")
_EVALUATORS: dict[type[exp.Expression], Callable[[exp.Expression, Row], Value]] = {
    exp.Paren: lambda node, row: evaluate_expression(node.this, row),
    exp.Column: lambda node, row: row[node.name],
    exp.Literal: lambda node, row: _read_literal(node),
    exp.Boolean: lambda node, row: bool(node.this),
    exp.Null: lambda node, row: None,
    exp.And: _evaluate_and,
    exp.Or: _evaluate_or,
    exp.Not: _evaluate_not,
    exp.Neg: _build_strict_evaluator(operator.neg, "this"),
    exp.Add: _build_strict_evaluator(operator.add, *_PAIR),
    exp.Sub: _build_strict_evaluator(operator.sub, *_PAIR),
    exp.Mul: _build_strict_evaluator(operator.mul, *_PAIR),
    exp.EQ: _build_strict_evaluator(operator.eq, *_PAIR),
    exp.NEQ: _build_strict_evaluator(operator.ne, *_PAIR),
    exp.GT: _build_strict_evaluator(operator.gt, *_PAIR),
    exp.GTE: _build_strict_evaluator(operator.ge, *_PAIR),
    exp.LT: _build_strict_evaluator(operator.lt, *_PAIR),
    exp.LTE: _build_strict_evaluator(operator.le, *_PAIR),
    exp.Between: _build_strict_evaluator(lambda value, low, high: low <= value <= high, "this", "low", "high"),
    exp.In: _evaluate_in,
    exp.Is: _evaluate_is,
    exp.Coalesce: _build_choosing_evaluator(lambda known_values: known_values[0]),
    exp.Greatest: _build_choosing_evaluator(max),
    exp.Least: _build_choosing_evaluator(min),
}
