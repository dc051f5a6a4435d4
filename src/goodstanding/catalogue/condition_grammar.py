"""What may be said in a condition, and what its parts give.

The grammar is what sqlglot's DuckDB dialect parses, cut down to comparisons, arithmetic of whole numbers, AND, OR,
NOT, IN, BETWEEN, IS NULL, COALESCE, GREATEST and LEAST. What comes out is SQL rendered from the checked tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

import sqlglot
from sqlglot import exp

from goodstanding.catalogue.conditions import DAY, NOTHING, NUMBER, TEXT, TRUTH, Condition
from goodstanding.errors import BadCondition

LONGEST = 2_000  # characters of a condition
_FOR_EXAMPLE = "one expression, for example amount_due >= 10000 AND able_to_perform"
TYPES = {"integer": NUMBER, "boolean": TRUTH, "date": DAY, "code": TEXT, "codes": TEXT, "text": TEXT}

Kinds = tuple[type[exp.Expression], ...]
_JOINED: Kinds = (exp.And, exp.Or)
_COUNTED: Kinds = (exp.Add, exp.Sub, exp.Mul)
_COMPARED: Kinds = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)


@lru_cache(maxsize=4096)  # versions of a catalogue share nearly all their conditions
def parse_condition(text: str, fields: tuple[tuple[str, str], ...], wants: str) -> Condition:
    """The checked expression over fields with their types; raises BadCondition, without its place."""
    tree = _parse(text)
    value_type = _Checker(dict(fields)).type_of(tree)
    if value_type not in (wants, NOTHING):
        raise BadCondition(f"{text!r} gives {value_type}, not {wants}.", remedy=f"an expression of {wants}")
    reads = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))
    return Condition(render_condition(tree), reads, value_type, tree)


def _parse(text: str) -> exp.Expression:
    if len(text) > LONGEST:
        raise BadCondition(f"A condition of {len(text):,} characters.", remedy=f"at most {LONGEST:,}")
    try:
        trees = [tree for tree in sqlglot.parse(text, read="duckdb") if tree is not None]
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise BadCondition(f"{text!r} is no condition.", remedy=_FOR_EXAMPLE) from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Expression):
        raise BadCondition(f"{text!r} is not one expression.", remedy=_FOR_EXAMPLE)
    return trees[0]


def compared(tree: exp.Expression) -> Iterator[tuple[str, str]]:
    """Each field that a condition compares with a value, and the value as text: `status = 'rated'` gives both."""
    for node in tree.find_all(*_COMPARED, exp.In):
        sides = [node.this, *node.expressions, *([node.expression] if isinstance(node, exp.Binary) else [])]
        for column in (side for side in sides if isinstance(side, exp.Column)):
            yield from ((column.name, side.name) for side in sides if isinstance(side, exp.Literal))


def render_condition(tree: exp.Expression, table: str = "") -> str:
    """The SQL of a checked tree, its fields quoted and read from a table where one is named."""
    copy = tree.copy()
    for column in copy.find_all(exp.Column):
        column.set("this", exp.to_identifier(column.name, quoted=True))
        column.set("table", exp.to_identifier(table) if table else None)
    return copy.sql(dialect="duckdb", comments=False)


class _Checker:
    """Walks a tree and gives the type of each node, or says which part does not fit."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.rules: dict[type[exp.Expression], Callable[[exp.Expression], str]] = {
            exp.Paren: lambda node: self.type_of(node.this),
            exp.Column: self.column,
            exp.Literal: lambda node: TEXT if node.args.get("is_string") else self.number(node),
            exp.Boolean: lambda node: TRUTH,
            exp.Null: lambda node: NOTHING,
            exp.Not: lambda node: self.all_of(TRUTH, TRUTH, node.this),
            exp.Neg: lambda node: self.all_of(NUMBER, NUMBER, node.this),
            exp.Between: lambda node: self.alike(node.this, node.args["low"], node.args["high"]),
            exp.In: self.member,
            exp.Is: self.null_test,
            exp.Coalesce: lambda node: self.same(node.this, *node.expressions),
            exp.Greatest: lambda node: self.all_of(NUMBER, NUMBER, node.this, *node.expressions),
            exp.Least: lambda node: self.all_of(NUMBER, NUMBER, node.this, *node.expressions),
        }
        self.rules |= dict.fromkeys(_JOINED, lambda node: self.all_of(TRUTH, TRUTH, node.this, node.expression))
        self.rules |= dict.fromkeys(_COUNTED, lambda node: self.all_of(NUMBER, NUMBER, node.this, node.expression))
        self.rules |= dict.fromkeys(_COMPARED, lambda node: self.alike(node.this, node.expression))

    def type_of(self, node: exp.Expression) -> str:
        """The type of a node's value; raises BadCondition where the parts do not fit."""
        rule = self.rules.get(type(node))
        if rule is None:
            raise self.problem(f"{node.sql()!r} may not stand in a condition", "comparisons joined by AND, OR, NOT")
        return rule(node)

    def problem(self, message: str, remedy: str) -> BadCondition:
        """An error; who asked says where the condition stands."""
        return BadCondition(message + ".", remedy=remedy)

    def number(self, node: exp.Expression) -> str:
        """A literal number, which must be whole."""
        if not node.name.isdigit():
            raise self.problem(f"{node.name} is not a whole number", "integers: money in minor units, points scaled")
        return NUMBER

    def column(self, node: exp.Expression) -> str:
        """A declared field's type."""
        if node.name not in self.fields or (isinstance(node, exp.Column) and node.table):
            near = get_close_matches(node.name, self.fields, n=1)
            remedy = f"{near[0]}?" if near else "one of " + ", ".join(self.fields)
            raise self.problem(f"There is no field {node.sql()!r}", remedy)
        return TYPES[self.fields[node.name]]

    def all_of(self, wants: str, gives: str, *nodes: exp.Expression) -> str:
        """The nodes must all be of one type."""
        for node in nodes:
            if self.type_of(node) not in (wants, NOTHING):
                raise self.problem(f"{node.sql()!r} is {self.type_of(node)}, not {wants}", f"an expression of {wants}")
        return gives

    def same(self, *nodes: exp.Expression) -> str:
        """The nodes must share a type, which is the answer."""
        types = {self.type_of(node) for node in nodes} - {NOTHING}
        if types == {DAY, TEXT} and all(_is_day(node) for node in nodes if isinstance(node, exp.Literal)):
            types = {DAY}
        if len(types) > 1:
            shown = " and ".join(repr(node.sql()) for node in nodes)
            raise self.problem(f"{shown} are {' and '.join(sorted(types))}", "values of one type")
        return types.pop() if types else NOTHING

    def alike(self, *nodes: exp.Expression) -> str:
        """A comparison of values that share a type."""
        self.same(*nodes)
        return TRUTH

    def member(self, node: exp.Expression) -> str:
        """`field IN (…)` over literals."""
        if not node.expressions or not all(isinstance(literal, exp.Literal) for literal in node.expressions):
            raise self.problem(f"{node.sql()!r} compares with something else than values", "field IN ('a', 'b')")
        return self.alike(node.this, *node.expressions)

    def null_test(self, node: exp.Expression) -> str:
        """`field IS NULL`, `IS TRUE`, `IS FALSE`."""
        self.type_of(node.this)
        if not isinstance(node.expression, exp.Null | exp.Boolean):
            raise self.problem(f"{node.sql()!r} compares with something else than NULL", "field IS NULL")
        return TRUTH


def _is_day(node: exp.Expression) -> bool:
    try:
        return date.fromisoformat(node.name).isoformat() == node.name
    except ValueError:
        return False
