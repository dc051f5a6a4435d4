"""List by list: after notices of which day the time to answer is over, so that a whole queue is asked by its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from goodstanding.catalogue import Catalogue
from goodstanding.procedure.terms import terms_of
from goodstanding.register import catalogues


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one list: told by `served`, no time to reply is left; told later, it is decided by `decide_by` or later."""

    catalogue: str
    listed: str
    sources: frozenset[str]
    served: date
    decide_by: date


def limits(at: date) -> list[Limits]:
    """Those of every list that a case puts a subject on, by the rules in force, on a day."""
    held = [one.catalogue for one in catalogues.enacted().values()]
    return [_limits_of(rules, listed, at) for rules in held for listed, rule in rules.lists.items() if rule.case]


@lru_cache(maxsize=1024)
def _limits_of(rules: Catalogue, listed: str, at: date) -> Limits:
    terms, record = terms_of(rules, listed), rules.cases[rules.lists[listed].case or ""].record
    served = at
    while terms.over(served, terms.reply, "subject") > at:
        served -= timedelta(days=1)
    reply = terms.over(served + timedelta(days=1), terms.reply, "subject")
    sources = frozenset(name for name, records in rules.mandates.items() if record in records)
    return Limits(rules.name, listed, sources, served, terms.over(reply, terms.decision, "authority"))
