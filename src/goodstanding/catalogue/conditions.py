"""Conditions and scores: SQL expressions over declared fields, parsed, checked for type, never executed as text.

What may be said is in `condition_grammar`, which brings the parser and is imported where the first one is parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodstanding.errors import BadCondition
from goodstanding.messages import CatalogueMessage

if TYPE_CHECKING:
    from sqlglot import exp

NUMBER, TRUTH, DAY = CatalogueMessage.TYPE_NUMBER, CatalogueMessage.TYPE_TRUTH, CatalogueMessage.TYPE_DAY
TEXT, NOTHING = CatalogueMessage.TYPE_TEXT, CatalogueMessage.TYPE_NOTHING


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked expression: its SQL, the fields it reads, and the type of its value."""

    sql: str
    reads: tuple[str, ...]
    type: CatalogueMessage
    tree: exp.Expression

    def of(self, table: str) -> str:
        """The SQL with every field read from the table of that name."""
        from goodstanding.catalogue.condition_grammar import render_condition

        return render_condition(self.tree, table)


def parse_condition(text: str, fields: Mapping[str, str], where: str, wants: CatalogueMessage = TRUTH) -> Condition:
    """Parses and checks `text` over `fields` (name to type); raises BadCondition with what would be right."""
    from goodstanding.catalogue.condition_grammar import parse_condition

    try:
        return parse_condition(text, tuple(fields.items()), wants)
    except BadCondition as error:
        error.where = where
        raise
