"""How steps of SQL are written: names, comments, and their chaining into one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import indent


@dataclass(frozen=True, slots=True)
class SqlStep:
    """One named step: what it is for, in a sentence, its SELECT, and whether that is worked out only once."""

    name: str
    says: str
    select: str
    materialized: bool = False


def chain_steps(steps: Iterable[SqlStep], last: str) -> str:
    """One statement in which each step is a common table expression with its sentence as a comment.

    A step that is there twice is written once, where it comes first.
    """
    parts = [
        f"{_name_expression(step)} (  -- {step.says}\n{indent(step.select, '  ')}\n)" for step in dict.fromkeys(steps)
    ]
    joined = ",\n".join(parts)
    return f"WITH\n{joined}\n{last}" if parts else last


def _name_expression(step: SqlStep) -> str:
    return f"{step.name} AS MATERIALIZED" if step.materialized else f"{step.name} AS"


def build_step_name(*parts: str) -> str:
    """A step's name from words of the catalogue: `graded_food_hygiene`; no two words make one name."""
    return "_".join(part.replace("_", "__").replace("-", "_") for part in parts)


def quote_literal(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"


def quote_column(name: str) -> str:
    """A quoted column name."""
    return '"' + name.replace('"', '""') + '"'
