"""Scorecards: weighted attributes, what a missing one gives, and the reasons for a low score."""

from __future__ import annotations

import pytest
from tests.rules import build_record_table, compute_effects_on, make_catalogue

from goodstanding import standing

RULES = """
records:
  request:
    title: Request
    ON
    by: [office]
    fields:
      income: {type: integer, title: Income, at_least: 0}
      late: {type: integer, title: Late payments, at_least: 0}
      years: {type: integer, title: Years, at_least: 0}
      closed: {type: boolean, title: Closed}
      known: {type: boolean, title: Known}
schemes:
  loan:
    title: Loan
    ON
    kind: scorecard
    record: request
    MORE
    characteristics:
      income:
        title: Income
        ON
        reason: Low income.
        attributes:
          - {when: income < 1000, points: 10}
          - {when: income < 5000, points: 30}
          - {when: income >= 5000, points: 50}
      late:
        title: Late payments
        ON
        weight: 150
        reason: Late payments.
        attributes: [{when: late = 0, points: 40}, {when: late < 3, points: 15}, {when: late >= 3, points: -20}]
      years:
        title: Years
        ON
        weight: 33
        reason: A short history.
        attributes: [{when: years < 10, points: 1}, {when: years >= 10, points: 2}]
    bands: [{grade: high, at_least: 100}, {grade: low}]
"""


def score_request(fields: dict[str, object], further_rules: str = "base: 0", mode: str = "lab") -> tuple[object, ...]:
    """Value, score and why of one request."""
    effect = compute_effects_on(
        make_catalogue(RULES.replace("MORE", further_rules), mode), [("request", "2021-03-01", fields)], "2021-03-02"
    )["loan"]
    return effect["value"], effect["score"], effect["why"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"income": 9000, "late": 0, "years": 12}, ("high", 110, "reasons:")),
        ({"income": 9000, "late": 0, "years": 2}, ("high", 110, "reasons:years")),
        ({"income": 3000, "late": 1, "years": 2}, ("low", 52, "reasons:late,income")),
        ({"income": 500, "late": 5, "years": 12}, ("low", -20, "reasons:late,income")),
        ({"income": 9000, "late": 1}, ("low", 72, "reasons:late,years")),
        ({"late": 5}, ("low", -30, "reasons:late,income")),
        ({}, (None, None, "undecided:income, late, years")),
    ],
)
def test_a_scorecard_adds_up_what_each_characteristic_gives(fields, expected):
    """Weights are hundredths and the sum is rounded down: 50 + 60 + 0.66 is 110; the two that cost most are named."""
    assert score_request(fields) == expected


def test_of_characteristics_that_cost_as_much_the_first_is_named_first():
    """Two that are both forty below their best come in the order in which they are declared."""
    text = RULES.replace("MORE", "").replace("weight: 150", "weight: 100").replace("points: -20", "points: 0")
    rules = make_catalogue(text.replace("at_least: 100", "at_least: 60"), "lab")
    effect = compute_effects_on(
        rules, [("request", "2021-03-01", {"income": 500, "late": 7, "years": 1})], "2021-03-02"
    )["loan"]
    assert effect["why"] == "reasons:income,late"


def test_a_scorecard_stays_between_floor_and_cap():
    """The sum with its start is cut at floor and cap."""
    further_rules = "base: 40\n    floor: 30\n    cap: 130"
    assert score_request({"income": 9000, "late": 0, "years": 12}, further_rules)[1] == 130
    assert score_request({"income": 500, "late": 5, "years": 2}, further_rules)[1] == 30


@pytest.mark.parametrize(("condition", "expected"), [(True, 130), (False, 115), (None, None)])
def test_a_scorecard_begins_with_its_start(condition, expected):
    """The first start that holds, else the base; unknown where that is unknown."""
    further_rules = "base: 5\n    starts: [{when: known, points: 20, ON}]"
    value, score, why = score_request({"income": 9000, "late": 0, "years": 12, "known": condition}, further_rules)
    assert score == expected
    assert (why == "undecided:known") is (value is None) is (condition is None)


def test_exceptions_and_direct_grades_go_before_the_scorecard():
    """No grade for one reason, a grade given directly for another, and the term as in any scheme of one finding."""
    further_rules = """lapses: P1M
    counts_when: income IS NOT NULL
    ungraded: [{when: closed, reason: Closed., ON}]
    direct: [{grade: none, when: late > 9, ON}]"""
    best = {"income": 9000, "late": 0, "years": 12}
    assert score_request(best | {"closed": True}, further_rules)[0] is None
    assert score_request(best | {"late": 10}, further_rules) == ("none", 20, "direct:0")
    rules = make_catalogue(RULES.replace("MORE", further_rules), "lab")
    assert compute_effects_on(rules, [("request", "2021-03-01", best)], "2021-04-01") == {}
    assert compute_effects_on(rules, [("request", "2021-03-01", {"late": 1})], "2021-03-02") == {}


def test_the_newest_record_counts():
    """A newer request replaces the older one, and each has an outcome of its own."""
    rules = make_catalogue(RULES.replace("MORE", ""), "lab")
    both = [("request", f"2021-03-0{day}", {"income": income}) for day, income in ((1, 500), (2, 9000))]
    effect = compute_effects_on(rules, both, "2021-03-03")["loan"]
    assert (effect["score"], effect["because"]) == (50, [2])
    assert [row["score"] for row in standing.compute_outcomes(build_record_table(both), rules, "loan").to_pylist()] == [
        10,
        50,
    ]
