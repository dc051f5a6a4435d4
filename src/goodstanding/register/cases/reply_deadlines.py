"""List by list: after notices of which day the time to answer is over, so that a whole queue is asked by its days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from goodstanding.catalogue import Catalogue
from goodstanding.procedure.time_limits import build_terms
from goodstanding.register.rules.enacted_catalogues import can_count_days, list_enacted


@dataclass(frozen=True, slots=True)
class ReplyDeadlines:
    """Of one list: told by `served`, no time to reply is left; told later, it is decided by `decide_by` or later."""

    catalogue: str
    listed: str
    sources: frozenset[str]
    served: date
    decide_by: date


def list_reply_deadlines(at: date) -> list[ReplyDeadlines]:
    """Those of every list that a case puts a subject on, by the rules in force, on a day."""
    catalogues_in_force = [enacted_catalogue.catalogue for enacted_catalogue in list_enacted().values()]
    return [
        replace(_compute_reply_deadlines(rules, listed, at), sources=_list_sources(rules, rule.case))
        for rules in catalogues_in_force
        if can_count_days(rules)
        for listed, rule in rules.lists.items()
        if rule.case
    ]


def _list_sources(rules: Catalogue, case: str) -> frozenset[str]:
    record = rules.cases[case].record
    return frozenset(name for name, records in rules.mandates.items() if record in records)


@lru_cache(maxsize=1024)
def _compute_reply_deadlines(rules: Catalogue, listed: str, at: date) -> ReplyDeadlines:
    """The days, which follow from the rules alone; sources may be admitted meanwhile."""
    terms, served = build_terms(rules, listed), at
    while terms.over(served, terms.reply, "subject") > at:
        served -= timedelta(days=1)
    reply = terms.over(served + timedelta(days=1), terms.reply, "subject")
    return ReplyDeadlines(rules.name, listed, frozenset(), served, terms.over(reply, terms.decision, "authority"))
