"""A risk score that reads nationality: alike applicants, put to the rules as Dutch and as not Dutch; and an audit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from goodstanding.catalogue import Catalogue, load_catalogue, overlay_catalogue
from goodstanding.catalogue.loader import get_catalogue_folder
from goodstanding.lab.experiments.setups.rule_questions import Findings, Integers, ask_grades
from goodstanding.lab.experiments.setups.setup import Figures, Values
from goodstanding.lab.statistics.disparities import compute_detectable_difference, compute_share_ratio

_NATIONALITIES, _INCOMES, _CORRECTED = ("dutch", "other"), ("low", "middle", "high"), ("false", "true")
_MOST_YEARS = 40
_SET_ASIDE = "set-aside"
_SHARE_OTHER = 0.25
_WRONG = 0.05  # share of applications that are wrong
_CORRECTED_IF_RIGHT, _CORRECTED_IF_WRONG = 0.1, 0.5
_AUDITS = 200
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Applicants:
    """Applicants: who is not Dutch, whose application is wrong, and what else the score reads, by its number."""

    is_other: Truths
    is_wrong: Truths
    years: Integers
    income: Integers
    corrected: Integers


def draw_applicants(values: Values, seed: int, people: int) -> Applicants:
    """So many applicants; the same seed gives the same people whatever the values.

    As far as there is a gap, whoever is not Dutch has had a number for fewer years and has a lower income.
    """
    drawn = np.random.default_rng(seed).random((5, people))
    is_other = drawn[0] < _SHARE_OTHER
    gap = values["gap"] * is_other
    is_wrong = drawn[1] < _WRONG * np.where(is_other, values["error-ratio"], 1.0)
    corrected = drawn[2] < np.where(is_wrong, _CORRECTED_IF_WRONG, _CORRECTED_IF_RIGHT)
    years = (_MOST_YEARS * drawn[3] * (1 - 0.75 * gap)).astype(np.int64)
    income = (len(_INCOMES) * drawn[4] ** (1 + gap)).astype(np.int64)
    return Applicants(is_other, np.asarray(is_wrong), years, income, corrected.astype(np.int64))


@cache
def load_rules() -> Catalogue:
    """The catalogue that scores, as it is in the library."""
    return load_catalogue(get_catalogue_folder("toeslagen-flags"))


@cache
def tabulate_flags(weight: int, line: int) -> Truths:
    """Who is set aside, by nationality, years, income and correction, with this weight of nationality and this line."""
    nationality, line_at = "schemes.risk.characteristics.nationality.weight", "schemes.risk.bands.0.at_least"
    rules = overlay_catalogue(load_rules(), {nationality: weight, line_at: line})
    variants = list(product(_NATIONALITIES, range(_MOST_YEARS), _INCOMES, _CORRECTED))
    fields = [
        f'{{"nationality":"{nationality}","number_years":{years},"income":"{income}","corrected":{corrected}}}'
        for nationality, years, income, corrected in variants
    ]
    subjects = np.arange(len(variants))
    answers = ask_grades(rules, "risk", Findings(subjects, np.zeros_like(subjects), fields), len(variants))
    shape = (len(_NATIONALITIES), _MOST_YEARS, len(_INCOMES), len(_CORRECTED))
    return np.asarray(answers.grades == _SET_ASIDE).reshape(shape)


def compute_flags(values: Values, seed: int, people: int) -> Figures:
    """How many times as many right applications are set aside if not Dutch, same lives; and what an audit would see."""
    applicants = draw_applicants(values, seed, people)
    flags = tabulate_flags(round(values["weight"]), round(values["line"]))
    if_dutch, if_other = flags[:, applicants.years, applicants.income, applicants.corrected]
    right = ~applicants.is_wrong
    lives = (if_other[right].sum() + 0.5, if_dutch[right].sum() + 0.5)  # half a person, for where nobody is set aside
    flagged = np.where(applicants.is_other, if_other, if_dutch)
    return {"flag-ratio": float(lives[0] / lives[1]), **_audit(applicants, flagged, round(values["audited"]), seed)}


def _audit(applicants: Applicants, flagged: Truths, audited: int, seed: int) -> Figures:
    """What an audit of so many right applications would see of the two groups as they are, and how often it would."""
    right, other = ~applicants.is_wrong, applicants.is_other
    shares = [float(flagged[right & group].mean()) for group in (other, ~other)]
    raw = [float(flagged[group].mean()) for group in (other, ~other)]
    people = (max(1, round(audited * _SHARE_OTHER)), max(1, round(audited * (1 - _SHARE_OTHER))))
    pooled = float(flagged[right].mean())
    return {
        "audit-ratio": _divide(*shares),
        "raw-ratio": _divide(*raw),
        "audit-difference": abs(shares[0] - shares[1]),
        "audit-detectable": compute_detectable_difference(pooled, *people),
        "audit-power": _compute_power(shares, people, seed),
    }


def _divide(upper: float, lower: float) -> float:
    """The ratio of two shares; 1 where they are the same, nothing included."""
    return 1.0 if upper == lower else upper / max(lower, 1e-6)


def _compute_power(shares: list[float], people: tuple[int, int], seed: int) -> float:
    """In what share of audits the interval of the ratio leaves out 1."""
    drawn = np.random.default_rng([seed, _AUDITS])
    hits = [drawn.binomial(size, share, _AUDITS).tolist() for size, share in zip(people, shares, strict=True)]
    ratios = (compute_share_ratio(upper, people[0], lower, people[1]) for upper, lower in zip(*hits, strict=True))
    return float(np.mean([not ratio.low <= 1 <= ratio.high for ratio in ratios]))
