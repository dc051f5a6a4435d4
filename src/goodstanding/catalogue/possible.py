"""Whether conditions over one record can hold together, found by trying the values that matter.

What matters of a field are its codes, true and false, and the values beside each that it is compared with; unless it is
required, also that it is missing. Logic is three-valued, as in SQL. Where sums of open fields are compared, or too many
values would have to be tried, the question stays open.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlglot import exp

from goodstanding.catalogue.model import FieldRule

Value = str | int | bool | None
Row = Mapping[str, Value]
MOST_TRIES = 10_000
MOST_VALUES = 200
_ORDERS = (exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between)
_COMPARISONS = (*_ORDERS, exp.EQ, exp.NEQ)
_SUMS = (exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Greatest, exp.Least)


@dataclass(frozen=True, slots=True)
class Found:
    """Whether conditions can hold together, and fields for which they do; `holds` is None where that stays open."""

    holds: bool | None
    values: Row

    def example(self) -> str:
        """The fields for which they hold, as text: `class = minor, amount is missing`."""
        said = (f"{name} is missing" if value is None else f"{name} = {value}" for name, value in self.values.items())
        return ", ".join(said) or "always"


def together(
    hold: Iterable[exp.Expression], fields: Mapping[str, FieldRule], fail: Iterable[exp.Expression] = ()
) -> Found:
    """Whether some record with these fields makes all of `hold` true and none of `fail`."""
    wanted = [(part, True) for tree in hold for part in _parts(tree, exp.And)]
    wanted += [(part, False) for tree in fail for part in _parts(tree, exp.Or)]
    values = _values([tree for tree, _ in wanted], fields)
    if values is None:
        return Found(None, {})
    search = _Search(values, wanted)
    return search.found()


def _parts(tree: exp.Expression, joined: type[exp.Expression]) -> Iterator[exp.Expression]:
    """What AND joins must all hold, what OR joins must all fail: each can be tried as soon as its fields are set."""
    if isinstance(tree, exp.Paren):
        yield from _parts(tree.this, joined)
    elif isinstance(tree, joined):
        yield from _parts(tree.this, joined)
        yield from _parts(tree.expression, joined)
    else:
        yield tree


class _Search:
    """Sets one field after another and goes back as soon as a part is not as wanted."""

    def __init__(self, values: Mapping[str, Sequence[Value]], wanted: Sequence[tuple[exp.Expression, bool]]) -> None:
        self.names, self.values, self.tries = list(values), values, 0
        self.due: list[list[tuple[exp.Expression, bool]]] = [[] for _ in range(len(self.names) + 1)]
        for tree, truth in wanted:
            depth = max((self.names.index(one.name) + 1 for one in tree.find_all(exp.Column)), default=0)
            self.due[depth].append((tree, truth))

    def found(self) -> Found:
        """The first record for which all is as wanted."""
        row: dict[str, Value] = {}
        try:
            holds = self._as_wanted(0, row) and self._from(0, row)
        except OverflowError:
            return Found(None, {})
        return Found(holds, row if holds else {})

    def _from(self, depth: int, row: dict[str, Value]) -> bool:
        if depth == len(self.names):
            return True
        for value in self.values[self.names[depth]]:
            row[self.names[depth]] = value
            if self._as_wanted(depth + 1, row) and self._from(depth + 1, row):
                return True
        return False

    def _as_wanted(self, depth: int, row: Row) -> bool:
        self.tries += 1
        if self.tries > MOST_TRIES:
            raise OverflowError
        return all((worth(tree, row) is True) is truth for tree, truth in self.due[depth])


def _values(trees: Sequence[exp.Expression], fields: Mapping[str, FieldRule]) -> dict[str, list[Value]] | None:
    """For each field that the trees read, the values that matter; None where these cannot be told."""
    names = dict.fromkeys(column.name for tree in trees for column in tree.find_all(exp.Column))
    marks = list(_marks(trees, [fields[name] for name in names]))
    values: dict[str, list[Value]] = {}
    for name in names:
        found = _all_values(fields[name])
        if found is None and _open(trees, fields[name]):
            return None
        found = _near(fields[name], marks, len(names)) if found is None else found
        values[name] = [*found, *([] if fields[name].required else [None])]
    return values


def _open(trees: Sequence[exp.Expression], rule: FieldRule) -> bool:
    """Whether a field with many values stands in sums, or in an order of texts: no few values stand for the others."""
    if rule.type == "integer":
        return any(node.find(exp.Column) for tree in trees for node in tree.find_all(*_SUMS))
    return rule.type in ("code", "codes", "text") and any(tree.find(*_ORDERS) for tree in trees)


def _marks(trees: Sequence[exp.Expression], rules: Sequence[FieldRule]) -> Iterator[Value]:
    """What a field can be compared with: the values said and, where fields are compared with fields, those of all."""
    for tree in trees:
        yield from (_literal(node) for node in tree.find_all(exp.Literal))
    if any(len(list(node.find_all(exp.Column))) > 1 for tree in trees for node in tree.find_all(*_COMPARISONS)):
        for rule in rules:
            yield from _all_values(rule) or (rule.at_least, rule.at_most)


def _all_values(rule: FieldRule) -> list[Value] | None:
    """Every value a field can have, where they are few."""
    if rule.type == "boolean":
        return [True, False]
    if rule.one_of and rule.type != "codes":
        return [int(code) if rule.type == "integer" else code for code in rule.one_of]
    span = rule.range() if rule.type == "integer" else None
    return list(range(span[0], span[1] + 1)) if span and span[1] - span[0] < MOST_VALUES else None


def _near(rule: FieldRule, marks: Sequence[Value], reach: int) -> list[Value]:
    """The values that an open field is compared with, and as many beside each as there are fields to differ from."""
    beside = range(-reach, reach + 1)
    if rule.type == "integer":
        known = [one for one in (*marks, rule.at_least, rule.at_most, 0) if isinstance(one, int)]
        around = {sign * one + step for one in known for sign in (1, -1) for step in beside}
        return [one for one in sorted(around) if _within(one, rule)]
    texts = [one for one in marks if isinstance(one, str)]
    if rule.type == "date":
        days = [date.fromisoformat(one) for one in texts if _is_day(one)] or [date(2000, 1, 1)]
        return [*sorted({(day + timedelta(days=step)).isoformat() for day in days for step in beside})]
    return [*dict.fromkeys(texts), *(f"other {n}" for n in range(1, reach + 1))]


def _within(value: int, rule: FieldRule) -> bool:
    return (rule.at_least is None or rule.at_least <= value) and (rule.at_most is None or value <= rule.at_most)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _literal(node: exp.Expression) -> Value:
    return node.name if node.args.get("is_string") else int(node.name)


def worth(node: exp.Expression, row: Row) -> Value:
    """The value of a checked expression for a record's fields; None where it is unknown. Days are ISO texts."""
    return _WORTH[type(node)](node, row)


def _both(node: exp.Expression, row: Row) -> Value:
    left = worth(node.this, row)
    if left is False:
        return False
    right = worth(node.expression, row)
    return False if right is False else None if left is None or right is None else True


def _either(node: exp.Expression, row: Row) -> Value:
    left = worth(node.this, row)
    if left is True:
        return True
    right = worth(node.expression, row)
    return True if right is True else None if left is None or right is None else False


def _not(node: exp.Expression, row: Row) -> Value:
    inner = worth(node.this, row)
    return None if inner is None else not inner


def _known(apply: Callable[..., Value], *keys: str) -> Callable[[exp.Expression, Row], Value]:
    """A function of parts that is unknown as soon as one of them is."""

    def of(node: exp.Expression, row: Row) -> Value:
        parts = [worth(node.args[key], row) for key in keys]
        return None if any(part is None for part in parts) else apply(*parts)

    return of


def _member(node: exp.Expression, row: Row) -> Value:
    value = worth(node.this, row)
    return None if value is None else any(worth(one, row) == value for one in node.expressions)


def _is(node: exp.Expression, row: Row) -> Value:
    return worth(node.this, row) is worth(node.expression, row)


def _all(node: exp.Expression, row: Row) -> list[Value]:
    values = [worth(one, row) for one in (node.this, *node.expressions)]
    return [value for value in values if value is not None]


def _most(pick: Callable[..., Value]) -> Callable[[exp.Expression, Row], Value]:
    return lambda node, row: pick(known) if (known := _all(node, row)) else None


_PAIR = ("this", "expression")
_WORTH: dict[type[exp.Expression], Callable[[exp.Expression, Row], Value]] = {
    exp.Paren: lambda node, row: worth(node.this, row),
    exp.Column: lambda node, row: row[node.name],
    exp.Literal: lambda node, row: _literal(node),
    exp.Boolean: lambda node, row: bool(node.this),
    exp.Null: lambda node, row: None,
    exp.And: _both,
    exp.Or: _either,
    exp.Not: _not,
    exp.Neg: _known(operator.neg, "this"),
    exp.Add: _known(operator.add, *_PAIR),
    exp.Sub: _known(operator.sub, *_PAIR),
    exp.Mul: _known(operator.mul, *_PAIR),
    exp.EQ: _known(operator.eq, *_PAIR),
    exp.NEQ: _known(operator.ne, *_PAIR),
    exp.GT: _known(operator.gt, *_PAIR),
    exp.GTE: _known(operator.ge, *_PAIR),
    exp.LT: _known(operator.lt, *_PAIR),
    exp.LTE: _known(operator.le, *_PAIR),
    exp.Between: _known(lambda value, low, high: low <= value <= high, "this", "low", "high"),
    exp.In: _member,
    exp.Is: _is,
    exp.Coalesce: _most(lambda known: known[0]),
    exp.Greatest: _most(max),
    exp.Least: _most(min),
}
