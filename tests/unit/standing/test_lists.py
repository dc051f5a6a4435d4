"""Lists made from other lists, and measures that rest on lists or grades."""

from __future__ import annotations

import pytest
from tests.rules import compute_effects_on, list_intervals, make_catalogue

RULES = """
records:
  tax: {title: Tax, ON, by: [office]}
  wages: {title: Wages, ON, by: [office]}
  safety: {title: Safety, ON, by: [office]}
  visit: {title: Visit, ON, by: [office], fields: {points: {type: integer, title: Points, at_least: 0, at_most: 9}}}
schemes:
  hygiene:
    title: Hygiene
    ON
    kind: latest
    record: visit
    score: points
    bands: [{grade: A, at_least: 7}, {grade: B, at_least: 4}, {grade: C}]
cases:
  tax-case: {title: Tax, ON, record: tax, steps: {taxed: {title: On it, ON}}}
  wage-case: {title: Wages, ON, record: wages, steps: {owed: {title: On it, ON}}}
  safety-case: {title: Safety, ON, record: safety, steps: {unsafe: {title: On it, ON}}}
lists:
  joint: {title: Joint, ON, from: [two, unsafe-firms], audience: anybody}
  two: {title: Two, ON, from: [tax-debtors, wage-debtors, unsafe-firms], at_least: 2, audience: parties}
  tax-debtors: {title: Tax, ON, case: tax-case, while: [taxed], stays: P2Y}
  wage-debtors: {title: Wages, ON, case: wage-case, while: [owed], stays: P1Y}
  unsafe-firms: {title: Unsafe, ON, case: safety-case, while: [unsafe], stays: P1M}
measures:
  no-tenders: {title: No tenders, ON, kind: restriction, list: two, purpose: tenders, audience: [buyer, bank]}
  fewer-visits:
    {title: Fewer, ON, kind: supervision, scheme: hygiene, grades: [A, B], purpose: visits, audience: [office]}
"""


def test_a_list_made_from_others_holds_while_enough_of_them_do():
    """Two of three lists make the combined one, for as long as two hold, resting on the records of both."""
    intervals = list_intervals(
        make_catalogue(RULES, "lab"), [("tax", "2021-01-01", {}), ("wages", "2021-06-01", {})], "two"
    )
    assert intervals == [("2021-06-01", "2022-06-01", "combined", None, [1, 2], "lists:tax-debtors,wage-debtors")]


def test_two_cases_of_one_list_are_one_list():
    """Being on one list twice is not being on two."""
    assert (
        list_intervals(make_catalogue(RULES, "lab"), [("tax", "2021-01-01", {}), ("tax", "2021-06-01", {})], "two")
        == []
    )


def test_a_combined_list_may_rest_on_a_combined_list():
    """A list made from lists counts like any other, and says through which of them it came about."""
    effects = compute_effects_on(
        make_catalogue(RULES, "lab"), [("tax", "2021-01-01", {}), ("wages", "2021-01-02", {})], "2021-02-02"
    )
    assert (effects["joint"]["why"], effects["joint"]["because"]) == ("lists:two", [1, 2])
    assert (effects["two"]["audience"], effects["joint"]["audience"]) == ("parties", "anybody")
    both = compute_effects_on(
        make_catalogue(RULES, "lab"), [("tax", "2021-01-01", {}), ("safety", "2021-01-02", {})], "2021-01-03"
    )
    assert (both["joint"]["why"], both["joint"]["because"]) == ("lists:two,unsafe-firms", [1, 2])


def test_a_measure_follows_from_a_combined_list():
    """A measure on a combined list binds for each audience while the list holds."""
    records = [("tax", "2021-01-01", {}), ("wages", "2021-06-01", {})]
    intervals = list_intervals(make_catalogue(RULES, "lab"), records, "no-tenders")
    why = "lists:tax-debtors,wage-debtors"
    assert intervals == [("2021-06-01", "2022-06-01", "two", None, [1, 2], why)] * 2


@pytest.mark.parametrize(("points", "grade"), [(8, "A"), (5, "B"), (1, None)])
def test_a_measure_may_follow_from_a_grade(points, grade):
    """A measure on grades holds while the scheme gives one of them, and says which."""
    effect = compute_effects_on(
        make_catalogue(RULES, "lab"), [("visit", "2021-01-01", {"points": points})], "2021-02-01"
    ).get("fewer-visits")
    assert (effect and (effect["value"], effect["why"], effect["because"])) == (
        grade and ("hygiene", f"grade:{grade}", [1])
    )


def test_a_measure_on_a_grade_needs_no_case():
    """A catalogue without cases and lists may have measures."""
    alone = RULES[: RULES.index("cases:")] + RULES[RULES.index("measures:") : RULES.index("  no-tenders")]
    alone += RULES[RULES.index("  fewer-visits") :]
    intervals = list_intervals(
        make_catalogue(alone, "lab"),
        [("visit", "2021-01-01", {"points": 8}), ("visit", "2021-05-01", {})],
        "fewer-visits",
    )
    assert [interval[:2] for interval in intervals] == [("2021-01-01", "2021-05-01")]
