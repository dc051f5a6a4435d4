"""Who opened which files in the year: officials those of their own cases, and one of them far too many, by night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from random import Random

from goodstanding.access import Actor, Role
from goodstanding.cli.demonstration.imaginary_year.province import get_office
from goodstanding.cli.demonstration.imaginary_year.year_plan import SEED, YearPlan
from goodstanding.web.http.access_log import PastLookUp, log_past_accesses

_NOSY, _NIGHTS, _FILES = "aldermark-buyer-05", 4, 45  # the office of whoever reads too much, when, and how many files
_TEN_AT_NIGHT = 22 * 60
_SHARE = 0.5  # of acts before which the file was opened on the site


def log_year(plan: YearPlan) -> int:
    """Notes all look-ups of the year; gives how many there were."""
    random = Random(SEED)
    return log_past_accesses(sorted([*_list_usual(random, plan), *_list_nosy(random, plan)], key=lambda past: past.at))


def _list_usual(random: Random, plan: YearPlan) -> Iterator[PastLookUp]:
    for case in plan.cases:
        for act in case.acts:
            if act.actor.role is not Role.SUBJECT and random.random() < _SHARE:
                at = datetime.combine(act.day, time(9, tzinfo=UTC)) + timedelta(minutes=random.randrange(7 * 60))
                yield PastLookUp(at, act.actor, case.firm.identifier, f"/subjects/{case.firm.identifier}")


def _list_nosy(random: Random, plan: YearPlan) -> Iterator[PastLookUp]:
    official = _name_official()
    for night in range(_NIGHTS):
        begun = plan.cases[-1 - night * 300].opening.day
        minutes = _TEN_AT_NIGHT + random.randrange(40)
        for number, firm in enumerate(random.sample(plan.firms, _FILES)):
            at = datetime.combine(begun, time(tzinfo=UTC)) + timedelta(minutes=minutes + number)
            yield PastLookUp(at, official, firm.identifier, f"/subjects/{firm.identifier}")


def _name_official() -> Actor:
    return get_office(_NOSY).get_decider(1)
