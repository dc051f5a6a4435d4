"""How large a catalogue and its parts may be: beyond, no law was meant, and a register could not work with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel
from sqlglot import exp

from goodstanding.catalogue.field_values import GREATEST_INTEGER
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import FieldRule
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.errors import CatalogueError
from goodstanding.messages import CatalogueMessage, Message
from goodstanding.plain_text import list_forbidden_codes

GREATEST_NUMBER = 10**9
MOST_CHARACTERS, MOST_NAME_CHARACTERS = 5_000, 80
FIRST_YEAR, LAST_YEAR = 1000, 2200
MOST_RULES, MOST_PARTS = 1_000, 20_000  # the largest catalogue of the library has 51 rules and some 4,000 parts
MOST_BYTES = 8_000_000  # of all files
_GREATEST_SUM = 2**62  # DuckDB works out whole numbers in 64 bits
Path = tuple[str | int, ...]
_OUTSIDE = ("files", "digest", "sources", "feeds", "examples")


def refuse_if_too_large(texts: Mapping[str, str]) -> None:
    """Nothing, or CatalogueError for files that are larger than any catalogue's, before any of them is parsed."""
    if (size := sum(map(len, texts.values()))) > MOST_BYTES:
        params = {"size": f"{size:,}", "most": f"{MOST_BYTES:,}"}
        raise CatalogueError(Message(CatalogueMessage.CATALOGUE_TOO_LARGE, params), where="catalogue.yaml")


def list_limit_problems(catalogue: Catalogue) -> Iterator[tuple[Path, Message]]:
    """Every number, text, name and day of the rules that is beyond its limit, with its place, and too many rules."""
    if (number := sum(1 for _ in catalogue.rules())) > MOST_RULES:
        yield (), Message(CatalogueMessage.TOO_MANY_RULES, {"number": f"{number:,}", "most": f"{MOST_RULES:,}"})
        return
    for count, (path, value) in enumerate(_list_parts(catalogue, ()), 1):
        if count > MOST_PARTS:
            yield path, Message(CatalogueMessage.TOO_MANY_PARTS, {"most": f"{MOST_PARTS:,}"})
            return
        if (problem := _find_problem(value)) is not None:
            yield path, problem


def _list_parts(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every number, text, name and day of the rules, with its place; of a field's bounds only what no field holds."""
    if isinstance(value, BaseModel):
        outside = _OUTSIDE if isinstance(value, Catalogue) else ()
        for name in type(value).model_fields:
            if name not in outside:
                yield from _list_parts(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*path, key), _Name(key)
            yield from _list_parts(inner, (*path, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _list_parts(inner, (*path, index))
    else:
        yield path, _Bound(value) if path[0] == "records" and path[-1] in ("at_least", "at_most") and value else value


class _Name(str):
    """A key of the catalogue's own choice."""


class _Bound(int):
    """A bound of a field."""


def _find_problem(value: Any) -> Message | None:
    if isinstance(value, str):
        return _find_text_problem(value, MOST_NAME_CHARACTERS if isinstance(value, _Name) else MOST_CHARACTERS)
    if isinstance(value, int):
        most = GREATEST_INTEGER if isinstance(value, _Bound) else GREATEST_NUMBER
        return _build_number_problem(value, most) if abs(value) > most else None
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        return Message(CatalogueMessage.DAY_BEYOND_LAWS, {"day": value, "first": FIRST_YEAR, "last": LAST_YEAR})
    return None


def list_text_problems(texts: Iterable[str | None]) -> Iterator[Message]:
    """What is wrong with texts that stand in no rule: too long, or with characters that nobody sees."""
    yield from filter(None, (_find_text_problem(text or "", MOST_CHARACTERS) for text in texts))


def _find_text_problem(text: str, most: int) -> Message | None:
    if len(text) > most:
        return Message(CatalogueMessage.TEXT_TOO_LONG, {"length": f"{len(text):,}", "most": f"{most:,}"})
    codes = list_forbidden_codes(text)
    return Message(CatalogueMessage.TEXT_WITH_CONTROLS, {"codes": ", ".join(codes)}) if codes else None


def _build_number_problem(number: int, most: int) -> Message:
    shown = f"{number:,}" if abs(number) <= GREATEST_INTEGER else f"{str(number)[:12]}…"
    return Message(CatalogueMessage.NUMBER_TOO_LARGE, {"number": shown, "most": f"{most:,}"})


def is_overflowing(tree: exp.Expression, fields: Mapping[str, FieldRule]) -> bool:
    """Whether a sum or product of what the fields may hold can be no number of 64 bits."""
    nodes = (node for node in tree.walk() if isinstance(node, exp.Add | exp.Sub | exp.Mul | exp.Neg | exp.Literal))
    return any(_compute_greatest(node, fields) >= _GREATEST_SUM for node in nodes)


def _compute_greatest(node: exp.Expression, fields: Mapping[str, FieldRule]) -> int:
    """How far from zero the value of an expression can be; zero for what is no number."""
    if isinstance(node, exp.Literal):
        return 0 if node.is_string else int(node.name)
    if isinstance(node, exp.Column):
        return max(map(abs, fields[node.name].range() or (GREATEST_INTEGER,)))
    parts = [_compute_greatest(part, fields) for part in _list_operands(node)]
    if isinstance(node, exp.Mul):
        return parts[0] * parts[1]
    return sum(parts) if isinstance(node, exp.Add | exp.Sub) else max(parts, default=0)


def _list_operands(node: exp.Expression) -> Sequence[exp.Expression]:
    operands = [node.args.get("this"), node.args.get("expression"), *node.expressions]
    return [operand for operand in operands if isinstance(operand, exp.Expression)]


def has_overflowing_weights(scheme: GradingScheme) -> bool:
    """Whether the weighted points of a scorecard can be no number of 64 bits together."""
    weighted = (
        abs(characteristic.weight * attribute.points)
        for characteristic in scheme.characteristics.values()
        for attribute in characteristic.attributes
    )
    return sum(weighted) >= _GREATEST_SUM
