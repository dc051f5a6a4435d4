"""Schemes that grade findings: what a score begins with, grades given directly, the mean of a period."""

from __future__ import annotations

import pytest
from tests.rules import build_record_table, compute_effects_on, get_refusal, list_intervals, make_catalogue

from goodstanding import standing

RULES = """
records:
  visit:
    title: Visit
    ON
    by: [office]
    fields:
      points: {type: integer, title: Points, at_least: -9, at_most: 9}
      size: {type: code, title: Size, one_of: [large, small]}
      fraud: {type: boolean, title: Fraud}
      exempt: {type: boolean, title: Exempt}
      value: {type: integer, title: Named like a column that is worked out}
      score: {type: integer, title: Named like a column that is worked out}
schemes:
  hygiene:
    title: Hygiene
    ON
    kind: latest
    record: visit
    score: points
    MORE
    bands: [{grade: good, at_least: 5}, {grade: fair, at_least: 0}, {grade: poor}]
"""
STARTS = "starts: [{when: size = 'large', points: 10, ON}, {when: size = 'small', points: 1, ON}]"
DIRECT = """ungraded: [{when: exempt, reason: Exempt., ON}]
    discretion: [{grade: fair, when: points > 0, ON}]
    direct: [{grade: banned, when: fraud, ON}]"""


def grade_visit(rule: str, fields: dict[str, object], day: str = "2021-03-02") -> tuple[object, ...]:
    """Value, score and why of one visit."""
    effect = compute_effects_on(make_catalogue(RULES.replace("MORE", rule)), [("visit", "2021-03-01", fields)], day)[
        "hygiene"
    ]
    return effect["value"], effect["score"], effect["why"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"points": 3, "size": "large"}, ("good", 13, "band:0")),
        ({"points": 3, "size": "small"}, ("fair", 4, "band:1")),
        ({"points": 3}, (None, None, "undecided:size")),
        ({"size": "small"}, (None, None, "undecided:points")),
        ({}, (None, None, "undecided:points, size")),
    ],
)
def test_a_score_begins_with_the_first_start_that_holds(fields, expected):
    """The points of the start are added to the score; where it is unknown which start holds there is no grade."""
    assert grade_visit(STARTS, fields) == expected


@pytest.mark.parametrize(("size", "score"), [("large", 13), ("small", 5)])
def test_a_score_begins_with_the_base_where_no_start_holds(size, score):
    """Where no start holds the base counts, and nothing where there is none."""
    assert (
        grade_visit("base: 2\n    starts: [{when: size = 'large', points: 10, ON}]", {"points": 3, "size": size})[1]
        == score
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"points": 9, "fraud": True}, ("banned", 9, "direct:0")),
        ({"fraud": True}, ("banned", None, "direct:0")),
        ({"points": 9, "fraud": True, "exempt": True}, (None, 9, "ungraded:0")),
        ({"points": 9, "fraud": True, "published": "fair"}, ("banned", 9, "direct:0")),
        ({"points": 9, "fraud": False}, ("good", 9, "band:0")),
        ({"points": 9}, ("good", 9, "band:0")),
    ],
)
def test_a_direct_grade_goes_before_discretion_and_bands(fields, expected):
    """A ground for a direct grade gives it whatever the score and whatever was posted, unless there is no grade."""
    assert grade_visit(DIRECT, fields) == expected


def test_fields_may_be_named_like_what_is_worked_out():
    """A score that reads a field named score, beside one named value, is the score and not the field."""
    rules = RULES.replace("score: points", "score: score * 2 + value").replace("MORE", "lapses: P1Y")
    effect = compute_effects_on(
        make_catalogue(rules), [("visit", "2021-03-01", {"score": 2, "value": 3})], "2021-03-02"
    )["hygiene"]
    assert (effect["value"], effect["score"]) == ("good", 7)
    alone = standing.compute_outcomes(
        build_record_table([("visit", "2021-03-01", {"score": 2, "value": 3})]), make_catalogue(rules), "hygiene"
    )
    assert alone.to_pylist()[0]["score"] == 7


MEAN = "over: P1Y\n    ungraded: [{when: exempt, reason: Exempt., ON}]"
VISITS = [
    ("visit", "2021-01-01", {"points": 9}),
    ("visit", "2021-07-01", {"points": 2}),
    ("visit", "2021-08-01", {}),
    ("visit", "2021-09-01", {"points": -9, "exempt": True}),
    ("visit", "2021-10-01", {"points": -4}),
]


def test_a_grade_may_be_the_mean_of_a_period():
    """The mean of the graded findings of the last year, rounded down: 9, 11/2, 7/3, then -2/2, then -4."""
    assert list_intervals(make_catalogue(RULES.replace("MORE", MEAN)), VISITS, "hygiene") == [
        ("2021-01-01", "2021-07-01", "good", 9, [1], "mean:1"),
        ("2021-07-01", "2021-10-01", "good", 5, [1, 2], "mean:2"),
        ("2021-10-01", "2022-01-01", "fair", 2, [1, 2, 5], "mean:3"),
        ("2022-01-01", "2022-07-01", "poor", -1, [2, 5], "mean:2"),
        ("2022-07-01", "2022-10-01", "poor", -4, [5], "mean:1"),
    ]


def test_a_negative_mean_is_rounded_down_too():
    """The floor of -3/2 is -2."""
    visits = [("visit", "2021-01-01", {"points": -1}), ("visit", "2021-01-02", {"points": -2})]
    assert (
        compute_effects_on(make_catalogue(RULES.replace("MORE", MEAN)), visits, "2021-02-02")["hygiene"]["score"] == -2
    )


def test_what_has_lapsed_does_not_count_in_the_mean():
    """A finding counts until the period is over or its grade lapses, whichever is first."""
    rules = make_catalogue(RULES.replace("MORE", "over: P1Y\n    lapses: P6M"))
    assert [stretch[:2] for stretch in list_intervals(rules, VISITS[:1], "hygiene")] == [("2021-01-01", "2021-07-01")]


@pytest.mark.parametrize("fields", [{"points": 9, "exempt": True}, {"points": 9}])
def test_why_there_is_no_grade_lapses_like_a_grade(fields):
    """What was found is not shown for ever because it gave no grade: its reason ends on the same day."""
    rules = make_catalogue(RULES.replace("MORE", f"lapses: P1Y\n    {DIRECT}"))
    stretches = list_intervals(rules, [("visit", "2021-01-01", fields)], "hygiene")
    assert [stretch[:2] for stretch in stretches] == [("2021-01-01", "2022-01-01")]


UNNUMBERED = """
records:
  visit:
    title: Visit
    ON
    by: [office]
    fields:
      outcome: {type: code, title: Outcome, one_of: [pass, improve, none]}
schemes:
  scheme:
    title: Food hygiene information
    ON
    kind: latest
    record: visit
    ungraded: [{when: outcome = 'none', reason: Not yet visited., ON}]
    bands: [{grade: Pass, when: outcome = 'pass'}, {grade: Improvement required, when: outcome = 'improve'}]
"""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"outcome": "pass"}, ("Pass", None, "band:0")),
        ({"outcome": "improve"}, ("Improvement required", None, "band:1")),
        ({"outcome": "none"}, (None, None, "ungraded:0")),
        ({}, (None, None, "undecided:outcome")),
    ],
)
def test_a_grade_may_have_no_number(fields, expected):
    """A scheme without a score gives the grade whose condition holds, and says what is missing where none does."""
    effect = compute_effects_on(make_catalogue(UNNUMBERED), [("visit", "2021-03-01", fields)], "2021-03-02")["scheme"]
    assert (effect["value"], effect["score"], effect["why"]) == expected


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (", when: outcome = 'improve'", "", "The scheme has no score, so the band of 'Improvement required' needs"),
        (
            "when: outcome = 'pass'",
            "when: outcome = 'pass', at_least: 3",
            "The scheme has no score, so the band of 'Pass'",
        ),
        (
            "outcome = 'none'",
            "outcome = 'improve'",
            "No band says what a finding gets of which this holds: outcome = none.",
        ),
        ("record: visit\n", "record: visit\n    base: 3\n", "A scheme of kind latest needs 'score'."),
    ],
)
def test_a_scheme_without_numbers_leaves_nothing_open(old, new, message):
    """Each band has a condition and no bound, together they take every finding that lacks nothing."""
    assert get_refusal(UNNUMBERED.replace(old, new)).message.startswith(message)


CLOSED = """ungraded: [{when: exempt, reason: Exempt., ON}, {when: fraud, reason: Closed for fraud., ON}]
    lapses: P2Y"""
STANDING = "exempt: {type: boolean, title: Exempt, kind: status}"


@pytest.mark.parametrize(
    ("fields", "day", "why"),
    [
        ({"points": 9, "fraud": True}, "2022-06-01", "ungraded:1"),
        ({"points": 9, "fraud": True}, "2023-03-01", None),
        ({"points": 9, "fraud": True}, "2040-01-01", None),
        ({"points": 9, "exempt": True}, "2026-02-28", "ungraded:0"),
        ({"points": 9, "exempt": True}, "2026-03-01", None),
        ({"points": 9, "exempt": True}, "2040-01-01", None),
        ({"fraud": False, "exempt": False}, "2026-02-28", "undecided:points"),
        ({"fraud": False, "exempt": False}, "2026-03-01", None),
    ],
)
def test_what_was_found_is_no_reason_for_ever(fields, day, why):
    """What blames lapses like a grade; where somebody stands, and what is not known, is told for five years."""
    rules = RULES.replace("MORE", CLOSED).replace("exempt: {type: boolean, title: Exempt}", STANDING)
    effect = compute_effects_on(make_catalogue(rules), [("visit", "2021-03-01", fields)], day).get("hygiene")
    assert (effect and effect["why"]) == why
