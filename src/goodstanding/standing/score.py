"""What a score begins with, between what it stays, and which fields it misses: shared by all kinds of scheme."""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.catalogue.conditions import TRUTH, Condition, parse_condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import field_types
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.messages import CatalogueMessage
from goodstanding.standing.sql_text import quote_column, quote_literal


def parse_record_condition(catalogue: Catalogue, record: str, text: str, wants: CatalogueMessage = TRUTH) -> Condition:
    """An expression over a record type's fields."""
    return parse_condition(text, field_types(catalogue.records[record].fields), record, wants)


def build_counted_condition(catalogue: Catalogue, scheme: GradingScheme) -> str:
    """Which findings of a scheme's record type can count at all, as SQL."""
    return parse_record_condition(catalogue, scheme.record, scheme.counts_when).sql if scheme.counts_when else "TRUE"


def build_start_points(catalogue: Catalogue, scheme: GradingScheme) -> str:
    """The points of the first start that holds, else the base; NULL where that is unknown. Over the graded record."""
    whens = ""
    for start_rule in scheme.starts:
        holds = parse_record_condition(catalogue, scheme.record, start_rule.when).sql
        whens += f" WHEN {holds} THEN {start_rule.points} WHEN ({holds}) IS NULL THEN NULL"
    base = scheme.base or 0
    return f"CASE{whens} ELSE {base} END" if whens else str(base)


def list_start_fields(catalogue: Catalogue, scheme: GradingScheme) -> list[str]:
    """The fields that decide what a score begins with."""
    return [
        name
        for start_rule in scheme.starts
        for name in parse_record_condition(catalogue, scheme.record, start_rule.when).reads
    ]


def build_best_start(catalogue: Catalogue, scheme: GradingScheme, record: str, table: str) -> str:
    """The points of the first start that holds; one that may hold counts where it is better than what comes after."""
    points = str(scheme.base or 0)
    for start_rule in reversed(scheme.starts):
        holds = parse_record_condition(catalogue, record, start_rule.when).of(table)
        unknown = f"greatest({start_rule.points}, {points})"
        points = f"CASE WHEN {holds} THEN {start_rule.points} WHEN ({holds}) IS NULL THEN {unknown} ELSE {points} END"
    return points


def build_bounded_total(scheme: GradingScheme, total: str) -> str:
    """A total, known to be no NULL, between floor and cap where the scheme has them."""
    if scheme.floor is not None:
        total = f"greatest({scheme.floor}, {total})"
    return f"least({scheme.cap}, {total})" if scheme.cap is not None else total


def build_missing_text(fields: Iterable[str]) -> str:
    """The names of those fields that a record does not have, as SQL for one text."""
    return f"concat_ws(', ', {', '.join(_build_missing_name(field) for field in dict.fromkeys(fields)) or 'NULL'})"


def build_missing_list(fields: Iterable[str]) -> str:
    """The names of those fields that a record does not have, as SQL for a list with gaps."""
    return f"CAST([{', '.join(_build_missing_name(field) for field in dict.fromkeys(fields))}] AS VARCHAR[])"


def _build_missing_name(field: str) -> str:
    return f"CASE WHEN {quote_column(field)} IS NULL THEN {quote_literal(field)} END"
