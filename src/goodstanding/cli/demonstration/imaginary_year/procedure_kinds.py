"""The kinds of proceeding in the province: on which list, how often, on which facts, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from goodstanding.cli.demonstration.imaginary_year.case_reasons import DEBT, FOOD, PROCUREMENT, CaseWords
from goodstanding.cli.demonstration.imaginary_year.province import BUYERS, COURTS, FOOD_OFFICES, Office

_THREE_YEARS = 3 * 365
_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Proceeding:
    """A kind of proceeding: its list, how many of a hundred cases it has, since when, and how it ends by performance.

    `performs` is how often a firm does what ends the listing once it binds; `repair_days` after how many it may ask for
    repair.
    """

    catalogue: str
    listed: str
    share: float
    first_day: date
    words: CaseWords
    draw_fields: Callable[[Random, date], dict[str, Any]]
    compute_end: Callable[[Office, Random, date], date | None]
    performs: float = 0.0
    repair_days: int = 0
    is_interim: bool = False

    @property
    def list(self) -> str:
        """The list with its catalogue."""
        return f"{self.catalogue}/{self.listed}"


def _draw_misconduct(random: Random, day: date) -> dict[str, Any]:
    cause = random.choices(("fraud", "corruption", "collusion"), (6, 3, 2))[0]
    return {"cause": cause, **_draw_proof(random)}


def _draw_breach(random: Random, day: date) -> dict[str, Any]:
    grave = {"grave": True, "first": random.random() < 0.5, "corrected": False}
    return {"cause": "non-performance", **_draw_proof(random), **grave}


def _draw_proof(random: Random) -> dict[str, Any]:
    proof = random.choices(("conviction", "civil-judgment", "preponderance"), (1, 1, 4))[0]
    settled: Mapping[str, bool] = {"panel_view": True, "facts_settled": True, "mitigation_weighed": True}
    return {"sanction": "exclusion", "proved_by": proof, "adopted": False, **settled}


def _draw_danger(random: Random, day: date) -> dict[str, Any]:
    dangers = ("contamination", "infestation", "no-safe-water", "poisoned-food", "temperature")
    return {"danger": random.choices(dangers, (4, 4, 1, 1, 5))[0], "grave": True}


def _draw_debt(random: Random, day: date) -> dict[str, Any]:
    ground = random.choice(("no-statement", "enforcement-futile", "payment-not-proved"))
    return {
        "case_number": f"{random.randrange(1, 99)} EX {random.randrange(100, 9_999)}",
        "amount_due": random.randrange(40_000, 9_000_000),
        "ground": ground,
        "ability": "able",
        "month_ended_on": (day - timedelta(days=3)).isoformat(),
        "payment_plan": False,
        "delete_on": (day + timedelta(days=_THREE_YEARS)).isoformat(),
    }


def _end_exclusion(office: Office, random: Random, day: date) -> date:
    months = min(35.0, office.habits.months * random.uniform(0.8, 1.2))
    return day + timedelta(days=round(months * _MONTH))


def _end_entry(office: Office, random: Random, day: date) -> date:
    return day + timedelta(days=_THREE_YEARS - 30)


def _end_by_code(office: Office, random: Random, day: date) -> None:
    """The law sets the end of a closing by its danger."""


_LONG_AGO, _FOOD_LAW = date(2025, 2, 17), date(2026, 1, 2)
MISCONDUCT = Proceeding(
    BUYERS, "excluded-for-misconduct", 36, _LONG_AGO, PROCUREMENT, _draw_misconduct, _end_exclusion, repair_days=367
)
BREACH = Proceeding(
    BUYERS, "excluded-for-non-performance", 12, _LONG_AGO, PROCUREMENT, _draw_breach, _end_exclusion, repair_days=367
)
CLOSING = Proceeding(FOOD_OFFICES, "closed-for-danger", 22, _FOOD_LAW, FOOD, _draw_danger, _end_by_code, 0.7)
INTERIM = Proceeding(
    FOOD_OFFICES, "closed-for-danger", 6, _FOOD_LAW, FOOD, _draw_danger, _end_by_code, 0.5, is_interim=True
)
DEBTS = Proceeding(COURTS, "organisations", 24, _LONG_AGO, DEBT, _draw_debt, _end_entry, 0.35)
PROCEEDINGS = (MISCONDUCT, BREACH, CLOSING, INTERIM, DEBTS)
