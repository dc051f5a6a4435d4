"""Debts from averaged incomes: years of made-up people, put to the rules that spread a year over its fortnights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from goodstanding.catalogue import Catalogue, load_catalogue
from goodstanding.catalogue.loader import get_catalogue_folder
from goodstanding.lab.experiments.setups.rule_questions import Integers, ask_steps, grade_totals
from goodstanding.lab.experiments.setups.setup import Figures, Values

FORTNIGHTS = 26
_PARAMETERS = ("irregularity", "worked", "wage", "claims-all-year", "proves", "least-debt", "set-off")
_SCHEMES = ("debt", "debt-set-off")
_OWES = "owes"
_POINTS_A_DOLLAR = 52  # the catalogue counts in fifty-seconds of a dollar
_INCOME_BITS, _YEAR_BITS = 20, 24  # more than the rules allow incomes to be
_LAST_INCOME, _LAST_YEAR = (1 << _INCOME_BITS) - 1, (1 << _YEAR_BITS) - 1
_UNTRUE = 0.1  # share of people who report nothing of what they earn
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Years:
    """A year of each person, one row each: what they earned and were paid for, who reports truly, who has payslips."""

    earned: Integers
    paid: Truths
    reports_truly: Truths
    has_payslips: Truths

    @property
    def is_counted(self) -> Truths:
        """Who got the payment at all and reported every fortnight truly."""
        return np.asarray(self.paid.any(axis=1) & self.reports_truly)


def draw_years(values: Values, seed: int, people: int) -> Years:
    """The years of so many people; the same seed gives the same people whatever the values.

    Each works in one spell, around the year's end too if need be; wages and spells are half to one and a half times
    what the values say. As far as incomes are irregular they fall into the spell, else evenly into every fortnight.
    """
    drawn = np.random.default_rng(seed).random((6, people))
    worked = np.clip(np.rint(FORTNIGHTS * values["worked"] * (0.5 + drawn[0])), 1, FORTNIGHTS).astype(np.int64)
    mean = np.rint(values["wage"] * (0.5 + drawn[1]) * worked / FORTNIGHTS).astype(np.int64)
    place = np.arange(FORTNIGHTS) + (FORTNIGHTS * drawn[2]).astype(np.int64)[:, None]
    place -= FORTNIGHTS * (place >= FORTNIGHTS)
    works = place < worked[:, None]
    return Years(
        _spread_incomes(mean, worked, place, values["irregularity"]),
        ~works | (drawn[3] < values["claims-all-year"])[:, None],
        drawn[4] >= _UNTRUE,
        drawn[5] < values["proves"],
    )


def _spread_incomes(mean: Integers, worked: Integers, place: Integers, irregularity: float) -> Integers:
    """Whole dollars of each fortnight, which add up to the mean of all of them exactly."""
    even = np.rint((1 - irregularity) * mean).astype(np.int64)
    in_spell = FORTNIGHTS * (mean - even)
    share, left_over = in_spell // worked, in_spell % worked
    earned = np.where(place < worked[:, None], share[:, None] + (place < left_over[:, None]), 0)
    return np.asarray(even[:, None] + earned)


@cache
def load_rules() -> Catalogue:
    """The catalogue that averages."""
    return load_catalogue(get_catalogue_folder("robodebt-averaging"))


def compute_claims(years: Years, sets_off: bool) -> Integers:
    """What each person owes once every fortnight is on file, in whole dollars rounded up; 0 where there is no debt.

    Of fortnights that read alike the rules are asked about one.
    """
    rules, scheme = load_rules(), _SCHEMES[sets_off]
    persons, fortnights = np.nonzero(years.paid)
    kinds, fields = _find_kinds(years, persons, fortnights)
    steps = ask_steps(rules, scheme, fields)[kinds]
    totals = np.bincount(persons, weights=steps, minlength=len(years.earned)).astype(np.int64)
    answers = grade_totals(rules, scheme, totals)
    return np.where(answers.grades == _OWES, -(answers.points // _POINTS_A_DOLLAR), 0)


def _find_kinds(years: Years, persons: Integers, fortnights: Integers) -> tuple[Integers, list[str]]:
    """Of paid fortnights, which finding each is of those that differ, and the fields of these as JSON.

    Who does not report truly reports nothing.
    """
    earned, totals = years.earned[persons, fortnights], years.earned.sum(axis=1)[persons]
    reported = np.where(years.reports_truly[persons], earned, 0)
    shown = np.where(years.has_payslips[persons], earned + 1, 0)  # 0 for none
    packed = (reported << _YEAR_BITS | totals) << _INCOME_BITS | shown
    encoded = pc.dictionary_encode(pa.array(packed))
    alike = encoded.dictionary.to_numpy()
    columns = alike >> _INCOME_BITS >> _YEAR_BITS, alike >> _INCOME_BITS & _LAST_YEAR, alike & _LAST_INCOME
    rows = zip(*(column.tolist() for column in columns), strict=True)
    fields = [
        f'{{"reported":{income},"year":{year},"shown":{slip - 1 if slip else "null"}}}' for income, year, slip in rows
    ]
    return encoded.indices.to_numpy(), fields


def compute_debts(values: Values, seed: int, people: int) -> Figures:
    """How many of those who reported truly owe as much as counts, and how many of all who do reported truly."""
    return _compute_debts(tuple((name, values[name]) for name in _PARAMETERS), seed, people)


@lru_cache(maxsize=1 << 12)  # several times as many points as an experiment has: most differ in something else
def _compute_debts(parameters: tuple[tuple[str, float], ...], seed: int, people: int) -> Figures:
    values = dict(parameters)
    years = draw_years(values, seed, people)
    claims = compute_claims(years, values["set-off"] >= 0.5)
    owes, counted = claims >= max(1, values["least-debt"]), years.is_counted
    wronged = owes & counted
    return {
        "share-in-debt": int(wronged.sum()) / max(1, int(counted.sum())),
        "wrong-debts": int(wronged.sum()) / max(1, int(owes.sum())),
        "mean-wrong-debt": int(claims[wronged].sum()) / max(1, int(wronged.sum())),
    }
