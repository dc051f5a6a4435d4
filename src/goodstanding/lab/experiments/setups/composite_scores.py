"""Whether one score for everything answers any question as well as the record that the question is about.

Real: accounts whose next month is known. Simulated: three records of one life, hygiene, debts and traffic, whose
traits are related as far as the parameter says; three questions, each about what happens next in one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from goodstanding.lab.experiments.setups.setup import (
    STRONG,
    Figures,
    Measurement,
    RunSize,
    Setup,
    Values,
    list_estimate_figures,
)
from goodstanding.lab.observations.credit_accounts import DATA_FILE, CreditAccounts, read_credit_accounts
from goodstanding.lab.statistics.discrimination import compare_auc, compute_expected_auc, estimate_auc
from goodstanding.lab.statistics.score_weights import Numbers, fit_score, weigh_columns

QUESTIONS = ("hygiene", "debts", "traffic")
COMMON_TRAIT = "common-trait"  # the mechanism: one trait behind all that somebody does
LEAST_GAIN = 0.02  # of AUC: what is less decides nothing
_STRONG_RELATION = 0.95
_MOST_LOOKS = 36
_LEARNED_FROM = 0.6  # the share of rows whose outcome a fitted score may know

# printed weights of a well-outcomes score, of which the file has four parts: history, ability, use of credit, payments
_PRINTED_WEIGHTS = np.array([35.0, 20.0, 25.0, 20.0])
_EQUAL_WEIGHTS = np.ones(3)


@dataclass(frozen=True, slots=True)
class _Answers:
    """How well each way answers one question: AUC, out of sample."""

    own: float
    printed: float
    fitted: float


def measure_composites(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
    """On how many of three questions the score with printed weights beats the record that the question is about."""
    relation = {COMMON_TRAIT: 0.0, STRONG: _STRONG_RELATION}.get(switch, values["relation"])
    answers = _ask_questions({**values, "relation": relation}, seed, size.agents)
    beaten = sum(answer.printed - answer.own >= LEAST_GAIN for answer in answers)
    figures = {f"{name}-{way}": getattr(answer, way) for name, answer in zip(QUESTIONS, answers, strict=True)
               for way in ("own", "printed", "fitted")}  # fmt: skip
    return Measurement(float(beaten), figures)


def _ask_questions(values: Values, seed: int, people: int) -> list[_Answers]:
    records, risks = simulate_records(values, seed, people)
    learned = np.arange(people) < _LEARNED_FROM * people
    weights = _EQUAL_WEIGHTS if values["weights"] < 0.5 else np.array([3.0, 2.0, 1.0])
    printed = weigh_columns(records, weights)
    return [
        _compare_ways(records, number, printed, risks[:, number], learned, seed) for number in range(len(QUESTIONS))
    ]


def simulate_records(values: Values, seed: int, people: int) -> tuple[Numbers, Numbers]:
    """Of each person how often each of three things happened so far, and the risk that it happens next: a column each.

    The same seed gives the same draws whatever the relation of the traits and however often one looks.
    """
    drawn = np.random.default_rng(seed)
    common, own = drawn.standard_normal((people, 1)), drawn.standard_normal((people, 3))
    luck = drawn.random((_MOST_LOOKS, people, 3))
    trait = np.sqrt(values["relation"]) * common + np.sqrt(1 - values["relation"]) * own
    rates = np.array([values["rate-hygiene"], values["rate-debts"], values["rate-traffic"]])
    risk = expit(logit(rates) + values["spread"] * trait)
    looked = np.arange(_MOST_LOOKS)[:, None, None] < np.round(values["looks"] * np.array([1, 2, 3]))
    return ((luck < risk) & looked).sum(axis=0).astype(np.float64), risk


def _compare_ways(
    records: Numbers, number: int, printed: Numbers, risk: Numbers, learned: NDArray[np.bool_], seed: int
) -> _Answers:
    """Out of sample, each way against the risk itself, so that luck decides nothing; a fit sees only what happened."""
    tested = ~learned
    happened = np.random.default_rng([seed, number]).random(len(risk)) < risk
    fitted = fit_score(records[learned], happened[learned], records[tested])
    scores = (records[tested, number], printed[tested], fitted)
    return _Answers(*(compute_expected_auc(score, risk[tested]) for score in scores))


def describe_accounts(values: Values, seed: int, size: RunSize) -> Figures:
    """On real accounts the AUC of the newest delay, printed and fitted weights, demographics; gains over the first."""
    accounts = read_credit_accounts()
    learned = np.random.default_rng(seed).random(len(accounts.defaulted)) < _LEARNED_FROM
    tested, truth = ~learned, accounts.defaulted[~learned]
    printed, fitted, people = (column[tested] for column in _list_account_scores(accounts, learned))
    figures = {"accounts-own": accounts.newest_delay[tested], "accounts-printed": printed, "accounts-fitted": fitted,
               "accounts-demographics": people}  # fmt: skip
    own = accounts.newest_delay[tested]
    estimates = {name: estimate_auc(score, truth) for name, score in figures.items()}
    estimates |= {
        f"accounts-{name}-gain": compare_auc(score, own, truth)
        for name, score in (("printed", printed), ("fitted", fitted))
    }
    return list_estimate_figures(estimates)


def _list_account_scores(accounts: CreditAccounts, learned: NDArray[np.bool_]) -> tuple[Numbers, Numbers, Numbers]:
    printed = weigh_columns(np.column_stack([accounts.delays.mean(axis=1), accounts.means]), _PRINTED_WEIGHTS)
    columns = np.column_stack([accounts.delays, np.maximum(accounts.delays, 0), accounts.means])
    outcomes = accounts.defaulted[learned]
    fitted, people = (fit_score(part[learned], outcomes, part) for part in (columns, accounts.demographics))
    return printed, fitted, people


COMPOSITES = Setup(measure_composites, describe_accounts, (DATA_FILE,))
