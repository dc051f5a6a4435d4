"""What a score begins with, between what it stays, and which fields it misses: shared by all kinds of scheme."""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.catalogue.conditions import TRUTH, Condition, condition
from goodstanding.catalogue.model import Catalogue, Scheme
from goodstanding.catalogue.records import field_types
from goodstanding.standing.text import column, literal


def parsed(catalogue: Catalogue, record: str, text: str, wants: str = TRUTH) -> Condition:
    """An expression over a record type's fields."""
    return condition(text, field_types(catalogue.records[record].fields), record, wants)


def counted(catalogue: Catalogue, scheme: Scheme) -> str:
    """Which findings of a scheme's record type can count at all, as SQL."""
    return parsed(catalogue, scheme.record, scheme.counts_when).sql if scheme.counts_when else "TRUE"


def start(catalogue: Catalogue, scheme: Scheme) -> str:
    """The points of the first start that holds, else the base; NULL where that is unknown. Over the graded record."""
    whens = ""
    for one in scheme.starts:
        holds = parsed(catalogue, scheme.record, one.when).sql
        whens += f" WHEN {holds} THEN {one.points} WHEN ({holds}) IS NULL THEN NULL"
    base = scheme.base or 0
    return f"CASE{whens} ELSE {base} END" if whens else str(base)


def start_reads(catalogue: Catalogue, scheme: Scheme) -> list[str]:
    """The fields that decide what a score begins with."""
    return [name for one in scheme.starts for name in parsed(catalogue, scheme.record, one.when).reads]


def best_start(catalogue: Catalogue, scheme: Scheme, record: str, table: str) -> str:
    """The points of the first start that holds; one that may hold counts where it is better than what comes after."""
    points = str(scheme.base or 0)
    for one in reversed(scheme.starts):
        holds = parsed(catalogue, record, one.when).of(table)
        unknown = f"greatest({one.points}, {points})"
        points = f"CASE WHEN {holds} THEN {one.points} WHEN ({holds}) IS NULL THEN {unknown} ELSE {points} END"
    return points


def bounded(scheme: Scheme, total: str) -> str:
    """A total, known to be no NULL, between floor and cap where the scheme has them."""
    if scheme.floor is not None:
        total = f"greatest({scheme.floor}, {total})"
    return f"least({scheme.cap}, {total})" if scheme.cap is not None else total


def missing(fields: Iterable[str]) -> str:
    """The names of those fields that a record does not have, as SQL for one text."""
    return f"concat_ws(', ', {', '.join(_if_missing(field) for field in dict.fromkeys(fields)) or 'NULL'})"


def missing_list(fields: Iterable[str]) -> str:
    """The names of those fields that a record does not have, as SQL for a list with gaps."""
    return f"CAST([{', '.join(_if_missing(field) for field in dict.fromkeys(fields))}] AS VARCHAR[])"


def _if_missing(field: str) -> str:
    return f"CASE WHEN {column(field)} IS NULL THEN {literal(field)} END"
