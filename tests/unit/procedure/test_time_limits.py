"""How long a listing lasts, and from when."""

from __future__ import annotations

import pytest
from tests.rules import compute_effects_on, list_intervals, make_catalogue

from goodstanding.catalogue import Catalogue

RULES = """
records:
  ruling:
    title: Ruling
    ON
    by: [court]
    fields:
      class: {type: code, title: Class, one_of: [minor, serious]}
      ends_on: {type: date, title: End that the ruling sets, future: true}
      poor: {type: boolean, title: Unable to pay}
      first: {type: boolean, title: First breach}
  paid: {title: Paid, ON, by: [court], about: ruling}
cases:
  enforcement:
    title: Enforcement
    ON
    record: ruling
    spares: {inability-to-pay: {when: poor, ON}, minor-first-breach: {when: first AND class = 'minor', ON}}
    steps:
      listed: {title: Listed, ON}
      ended: {title: Ended, ON, record: paid, after: [listed]}
lists:
  debtors: {title: Debtors, ON, case: enforcement, while: [listed], STAYS}
"""
KNOWN = {"poor": False, "first": False}


def rules_with_term(stays: str) -> Catalogue:
    """The rules with this term."""
    return make_catalogue(RULES.replace("STAYS", stays), "lab")


def list_listings(catalogue: Catalogue, *records: tuple[str, str, dict[str, object]]) -> list[tuple[object, ...]]:
    """From when to when the debtor is listed."""
    return [stretch[:2] for stretch in list_intervals(catalogue, list(records), "debtors")]


UNTIL = "stays: {until: ends_on, at_most: P2Y}"


@pytest.mark.parametrize(
    ("stays", "fields", "end"),
    [
        ("stays: P1Y", {}, "2022-03-01"),
        ("stays: {by: class, terms: {minor: P3M, serious: P3Y}}", {"class": "minor"}, "2021-06-01"),
        (UNTIL, {"ends_on": "2021-09-30"}, "2021-09-30"),
        (UNTIL, {"ends_on": "2029-09-30"}, "2023-03-01"),
        (UNTIL, {}, "2023-03-01"),
        ("", {}, "None"),
    ],
)
def test_a_listing_lasts_as_its_rule_says(stays, fields, end):
    """A term is fixed, depends on a code, or is the ruling's own day and at most a length; without one it is open."""
    assert list_listings(rules_with_term(stays), ("ruling", "2021-03-01", KNOWN | fields)) == [("2021-03-01", end)]


def test_a_listing_whose_term_is_unknown_does_not_begin():
    """Where the code that decides the term is missing nobody is listed."""
    assert (
        list_listings(
            rules_with_term("stays: {by: class, terms: {minor: P3M, serious: P3Y}}"), ("ruling", "2021-03-01", KNOWN)
        )
        == []
    )


def test_a_listing_whose_end_has_passed_does_not_begin():
    """A ruling that sets an end before its own day lists nobody."""
    assert list_listings(rules_with_term(UNTIL), ("ruling", "2021-03-01", KNOWN | {"ends_on": "2021-03-01"})) == []


@pytest.mark.parametrize("stays", ["", UNTIL])
def test_a_step_ends_a_listing_with_or_without_a_term(stays):
    """A later step ends the listing on its day."""
    paid = ("paid", "2021-05-05", {"about": "1"})
    assert list_listings(rules_with_term(stays), ("ruling", "2021-03-01", KNOWN), paid) == [
        ("2021-03-01", "2021-05-05")
    ]


def test_a_listing_begins_no_earlier_than_the_rules():
    """A ruling from before the rules lists from their first day, and its term still runs from the ruling."""
    old = ("ruling", "2019-03-01", KNOWN)
    assert list_listings(rules_with_term("stays: P1Y"), old) == [("2020-01-01", "2020-03-01")]
    assert list_listings(rules_with_term("stays: P3M"), old) == []
    backwards = make_catalogue("backwards: true\n" + RULES.replace("STAYS", "stays: P1Y"), "lab")
    assert list_listings(backwards, old) == [("2019-03-01", "2020-03-01")]


@pytest.mark.parametrize(
    ("fields", "spared"),
    [
        ({"poor": False, "first": False}, False),
        ({"poor": True, "first": False}, True),
        ({"first": False}, True),
        ({"poor": False, "first": True, "class": "minor"}, True),
        ({"poor": False, "first": True, "class": "serious"}, False),
        ({"poor": False, "first": True}, True),
    ],
)
def test_a_case_opens_only_where_it_is_known_to_spare_nobody(fields, spared):
    """Whoever is spared, or might be, is not listed and has no case."""
    effects = compute_effects_on(rules_with_term("stays: P1Y"), [("ruling", "2021-03-01", fields)], "2021-03-02")
    assert bool(effects) is not spared
