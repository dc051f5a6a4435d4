"""What may be said in a condition, and what its parts give.

The grammar is what sqlglot's DuckDB dialect parses, cut down to comparisons, arithmetic of whole numbers, AND, OR,
NOT, IN, BETWEEN, IS NULL, COALESCE, GREATEST and LEAST. What comes out is SQL rendered from the checked tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache, reduce

import sqlglot
from sqlglot import exp

from goodstanding.catalogue.conditions import DAY, NOTHING, NUMBER, TEXT, TRUTH, Condition
from goodstanding.errors import BadCondition
from goodstanding.messages import CatalogueMessage, Message

LONGEST = 2_000  # characters of a condition
DEEPEST = 60  # parts in one another: a page has less of the stack left than a command
TYPES = {"integer": NUMBER, "boolean": TRUTH, "date": DAY, "code": TEXT, "codes": TEXT, "text": TEXT}

Kinds = tuple[type[exp.Expression], ...]
_JOINED: Kinds = (exp.And, exp.Or)
_COUNTED: Kinds = (exp.Add, exp.Sub, exp.Mul)
_COMPARED: Kinds = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)


@lru_cache(maxsize=4096)  # versions of a catalogue share nearly all their conditions
def parse_condition(text: str, fields: tuple[tuple[str, str], ...], wants: CatalogueMessage) -> Condition:
    """The checked expression over fields with their types; raises BadCondition, without its place."""
    tree = _parse(text)
    value_type = _Checker(dict(fields)).type_of(tree)
    if value_type not in (wants, NOTHING):
        params = {"text": repr(text), "type": Message(value_type), "wanted": Message(wants)}
        raise BadCondition(Message(CatalogueMessage.CONDITION_GIVES_ANOTHER_TYPE, params))
    reads = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))
    return Condition(render_condition(tree), reads, value_type, tree)


def _parse(text: str) -> exp.Expression:
    if len(text) > LONGEST:
        lengths = {"length": f"{len(text):,}", "most": f"{LONGEST:,}"}
        raise BadCondition(Message(CatalogueMessage.CONDITION_TOO_LONG, lengths))
    try:
        trees = [tree for tree in sqlglot.parse(text, read="duckdb") if tree is not None]
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise BadCondition(Message(CatalogueMessage.CONDITION_UNREADABLE, {"text": repr(text)})) from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Expression):
        raise BadCondition(Message(CatalogueMessage.CONDITION_NOT_SINGLE, {"text": repr(text)}))
    if _is_deeper(trees[0], DEEPEST):
        shown = {"text": repr(f"{text[:60]}…"), "most": DEEPEST}
        raise BadCondition(Message(CatalogueMessage.CONDITION_TOO_DEEP, shown))
    return trees[0]


def _is_deeper(tree: exp.Expression, most: int) -> bool:
    """Whether more parts than so many stand in one another."""
    layer: list[exp.Expr] = [tree]
    for _depth in range(most):
        layer = [part for node in layer for part in node.iter_expressions()]
    return bool(layer)


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
        self.rules: dict[type[exp.Expression], Callable[[exp.Expression], CatalogueMessage]] = {
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

    def type_of(self, node: exp.Expression) -> CatalogueMessage:
        """The type of a node's value; raises BadCondition where the parts do not fit."""
        rule = self.rules.get(type(node))
        if rule is None:
            raise _build_refusal(CatalogueMessage.CONDITION_PART_NOT_PERMITTED, node)
        return rule(node)

    def number(self, node: exp.Expression) -> CatalogueMessage:
        """A literal number, which must be whole."""
        if not node.name.isdigit():
            raise BadCondition(Message(CatalogueMessage.CONDITION_NUMBER_NOT_WHOLE, {"number": node.name}))
        return NUMBER

    def column(self, node: exp.Expression) -> CatalogueMessage:
        """A declared field's type."""
        if node.name not in self.fields or (isinstance(node, exp.Column) and node.table):
            near = get_close_matches(node.name, self.fields, n=1)
            params = {"field": repr(node.sql()), "fields": ", ".join(self.fields)}
            remedy = near[0] if near else None
            raise BadCondition(Message(CatalogueMessage.CONDITION_FIELD_UNKNOWN, params), remedy=remedy)
        return TYPES[self.fields[node.name]]

    def all_of(self, wants: CatalogueMessage, gives: CatalogueMessage, *nodes: exp.Expression) -> CatalogueMessage:
        """The nodes must all be of one type."""
        for node in nodes:
            if (value_type := self.type_of(node)) not in (wants, NOTHING):
                params = {"type": Message(value_type), "wanted": Message(wants)}
                raise _build_refusal(CatalogueMessage.CONDITION_PART_OF_ANOTHER_TYPE, node, params)
        return gives

    def same(self, *nodes: exp.Expression) -> CatalogueMessage:
        """The nodes must share a type, which is the answer."""
        types = {self.type_of(node) for node in nodes} - {NOTHING}
        if types == {DAY, TEXT} and all(_is_day(node) for node in nodes if isinstance(node, exp.Literal)):
            types = {DAY}
        if len(types) > 1:
            parts = join_parts(CatalogueMessage.JOINED_BY_AND, [repr(node.sql()) for node in nodes])
            names = [Message(value_type) for value_type in sorted(types, key=lambda value_type: value_type.text)]
            params = {"parts": parts, "types": join_parts(CatalogueMessage.JOINED_BY_AND, names)}
            raise BadCondition(Message(CatalogueMessage.CONDITION_TYPES_DIFFER, params))
        return types.pop() if types else NOTHING

    def alike(self, *nodes: exp.Expression) -> CatalogueMessage:
        """A comparison of values that share a type."""
        self.same(*nodes)
        return TRUTH

    def member(self, node: exp.Expression) -> CatalogueMessage:
        """`field IN (…)` over literals."""
        if not node.expressions or not all(isinstance(literal, exp.Literal) for literal in node.expressions):
            raise _build_refusal(CatalogueMessage.CONDITION_LIST_OF_NO_VALUES, node)
        return self.alike(node.this, *node.expressions)

    def null_test(self, node: exp.Expression) -> CatalogueMessage:
        """`field IS NULL`, `IS TRUE`, `IS FALSE`."""
        self.type_of(node.this)
        if not isinstance(node.expression, exp.Null | exp.Boolean):
            raise _build_refusal(CatalogueMessage.CONDITION_IS_OF_NO_NULL, node)
        return TRUTH


def _build_refusal(
    code: CatalogueMessage, node: exp.Expression, params: Mapping[str, Message] | None = None
) -> BadCondition:
    return BadCondition(Message(code, {"part": repr(node.sql()), **(params or {})}))


def join_parts(code: CatalogueMessage, parts: Iterable[str | Message]) -> str | Message:
    """Parts of a message put together, two and two, by words that a language has for it."""
    return reduce(lambda before, last: Message(code, {"before": before, "last": last}), parts)


def _is_day(node: exp.Expression) -> bool:
    try:
        return date.fromisoformat(node.name).isoformat() == node.name
    except ValueError:
        return False
