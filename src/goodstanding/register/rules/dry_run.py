"""A catalogue's rules run dry, without a register: a few records of each type, with the least, the greatest and no
values, on all days at the edges, through steps, intervals and effects. What fails here would stop a register."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pyarrow as pa

from goodstanding import standing
from goodstanding.catalogue.field_values import FIRST_DAY, GREATEST_INTEGER, MOST_CHARACTERS, compute_last_day
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import FieldRule
from goodstanding.effects import RECORDS, compute_intervals
from goodstanding.errors import CatalogueError, GoodstandingError
from goodstanding.messages import EnactmentMessage, Message
from goodstanding.procedure.time_limits import build_terms
from goodstanding.register.rules.effect_isolation import OF_THE_RULES

FieldMaker = Callable[[FieldRule], Any]
_LEAP_DAY = date(2024, 2, 29)
_MOST_TEXT = "\U0001f4dc" * MOST_CHARACTERS


def refuse_if_failing(catalogue: Catalogue) -> None:
    """Nothing, or CatalogueError for rules by which nothing can be worked out."""
    if (problem := find_failure(catalogue)) is not None:
        raise problem


@lru_cache(maxsize=256)
def find_failure(catalogue: Catalogue) -> CatalogueError | None:
    """Why nothing can be worked out by a catalogue's rules; None where all goes well."""
    try:
        _run_all(catalogue)
    except (GoodstandingError, *OF_THE_RULES) as error:
        params = {"catalogue": catalogue.name, "problem": str(error).partition("\n")[0]}
        return CatalogueError(Message(EnactmentMessage.RULES_FAIL, params), where="catalogue.yaml")
    return None


def _run_all(catalogue: Catalogue) -> None:
    """Effects have in them what findings give alone, and steps whom a case spares: both are asked in the same words."""
    records = build_dry_records(catalogue)
    standing.compute_effects(records, compute_intervals(records, catalogue), catalogue)
    for name, record in catalogue.records.items():
        if record.explained:
            standing.compute_explanations(records, catalogue, name)
    _count_deadlines(catalogue)


def _count_deadlines(catalogue: Catalogue) -> None:
    """Each time limit from the days at the edges, as the hearing of a list's case counts them."""
    for listed in ("", *catalogue.lists):
        terms = build_terms(catalogue, listed)
        limits = (terms.notice, terms.reply, terms.decision, terms.appeal, terms.appeal_decision, terms.repair)
        for day in (_LEAP_DAY, compute_last_day(catalogue.in_force)):
            terms.ends(day)
            for limit in dict.fromkeys(limits):
                terms.over(day, limit, "subject")


def build_dry_records(catalogue: Catalogue) -> pa.Table:
    """For each way to fill fields a subject, who has a record of each type on each day at the edges."""
    rows = [
        row
        for subject_id, (make, days) in enumerate(_list_fillings(catalogue))
        for row in _list_rows(catalogue, subject_id, make, days)
    ]
    numbered = [row | {"position": position} for position, row in enumerate(rows, 1)]
    return pa.Table.from_pylist(numbered, schema=RECORDS)


def _list_fillings(catalogue: Catalogue) -> Iterator[tuple[FieldMaker, tuple[date, ...]]]:
    first = catalogue.in_force
    around = (first - timedelta(days=1), first, _LEAP_DAY)
    yield lambda rule: None, around
    yield _make_least, (FIRST_DAY, *around)
    yield _make_greatest, (*around, compute_last_day(max(first, _LEAP_DAY)))
    yield _make_usual, around


def _list_rows(
    catalogue: Catalogue, subject_id: int, make: FieldMaker, days: tuple[date, ...]
) -> Iterator[dict[str, Any]]:
    """Records of one subject that name one another, so that each step of a case finds its opening record."""
    for number, day in enumerate(days):
        for name, record in catalogue.records.items():
            fields = {key: make(rule) for key, rule in record.fields.items()}
            yield {
                "subject_id": subject_id, "record": name, "source": "source", "reference": f"{subject_id}-{number}",
                "about": f"{subject_id}-{number}", "occurred": day, "published": None,
                "fields": json.dumps({key: value for key, value in fields.items() if value is not None}),
            }  # fmt: skip


def _make_least(rule: FieldRule) -> Any:
    low = -GREATEST_INTEGER if rule.at_least is None else rule.at_least
    return _make_value(rule, False, FIRST_DAY, min(map(int, rule.one_of)) if _has_numbers(rule) else low, "")


def _make_greatest(rule: FieldRule) -> Any:
    high = GREATEST_INTEGER if rule.at_most is None else rule.at_most
    last = compute_last_day(date(2100, 1, 1))
    return _make_value(rule, True, last, max(map(int, rule.one_of)) if _has_numbers(rule) else high, _MOST_TEXT)


def _make_usual(rule: FieldRule) -> Any:
    middle = ((rule.at_least or 0) + (rule.at_most or rule.at_least or 2)) // 2
    return _make_value(rule, True, _LEAP_DAY, int(rule.one_of[0]) if _has_numbers(rule) else middle, "usual")


def _has_numbers(rule: FieldRule) -> bool:
    return rule.type == "integer" and bool(rule.one_of)


def _make_value(rule: FieldRule, truth: bool, day: date, number: int, text: str) -> Any:
    if rule.type == "boolean":
        return truth
    if rule.type == "date":
        return day.isoformat()
    if rule.type == "integer":
        return number
    return (rule.one_of[-1] if truth else rule.one_of[0]) if rule.one_of else text
