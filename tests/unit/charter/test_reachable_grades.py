"""A grade that nobody can have makes no benefit rarer and no start milder (articles 6 and 11)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.charter.test_ends import POINTS, vary_points, vary_sound

from goodstanding.catalogue import Catalogue
from goodstanding.charter import assess
from goodstanding.charter.burdens.adverse_measures import determine_weight
from goodstanding.charter.burdens.reachable_grades import list_reachable_grades

BASIS = {"basis": "act art. 1"}
BENEFIT = {
    "title": "Simpler", "kind": "benefit", "field": "food-licensing", "purpose": "licensing", "audience": ["office"],
    "scheme": "food", "grades": ["A"], **BASIS,
}  # fmt: skip
CARD = {"kind": "scorecard", "score": None, "characteristics": {"visited": {
    "title": "Visited", "reason": "Dirt", **BASIS,
    "attributes": [{"when": "score > 5", "points": 0}, {"when": "score <= 5", "points": 50}]}}}  # fmt: skip
BANDS = [{"grade": "A", "at_most": 5}, {"grade": "B"}]
DOWN = {"dirt": {"title": "Dirt", "when": "score > 5", "points": -3, "counts_for": "P1Y", **BASIS}}
RARELY = {"dirt": {**DOWN["dirt"], "points": -1, "at_most": 1, "per": "ever"}}
WITHIN = {"dirt": {**DOWN["dirt"], "points": -1, "at_most": 1, "per": "year"}}
NEVER = {**DOWN, "praise": {"title": "Praise", "when": "score = 1", "points": 5, "counts_for": "P1Y", **BASIS}}


def vary_food(**changes: Any) -> dict[str, Any]:
    """Changes of the scheme of visits, which grades a score of 0 to 10."""
    return {f"schemes.food.{name}": value for name, value in changes.items()}


def count_points(**changes: Any) -> dict[str, Any]:
    """The same visits in a scheme of points."""
    points = {**POINTS, **changes}
    return {"records.enrolment": vary_points()["records.enrolment"], "schemes.food": points}


# a scheme in which two grades are left, of which one has the benefit, and as many as there seem to be
PADDED: dict[str, tuple[dict[str, Any], int]] = {
    "a grade given directly for what no record says": (
        vary_food(bands=BANDS, counts_when="score < 9", direct=[{"grade": "X", "when": "score = 9", **BASIS}]), 3),
    "bands of numbers that no score makes": (
        vary_food(score="2 * score", bands=[{"grade": "A", "at_most": 10}, {"grade": "X", "at_most": 11},
                                            {"grade": "B"}]), 3),
    "a band under a condition by which nobody has a grade": (
        vary_food(
            ungraded=[{"when": "score > 6", "reason": "Dirty", **BASIS}],
            bands=[{"grade": "X", "when": "score > 7"}, *BANDS]), 3),
    "a band of findings that do not count": (
        vary_food(counts_when="score <= 7", bands=[{"grade": "A", "at_most": 5}, {"grade": "B", "at_most": 7},
                                                   {"grade": "X"}]), 3),
    "a band of findings that have no grade": (
        vary_food(ungraded=[{"when": "score > 7", "reason": "Dirty", **BASIS}],
                  bands=[{"grade": "A", "at_most": 5}, {"grade": "B", "at_most": 7}, {"grade": "X"}]), 3),
    "points above where everybody begins": (
        count_points(bands=[{"grade": "X", "at_least": 12}, {"grade": "A", "at_least": 5}, {"grade": "B"}]), 3),
    "points that no item leaves between": (
        count_points(base=12, bands=[{"grade": "A", "at_least": 5}, {"grade": "X", "at_least": 4}, {"grade": "B"}]), 3),
    "points that count too seldom to get there": (
        count_points(items=RARELY, bands=[{"grade": "A", "at_least": 10}, {"grade": "B", "at_least": 8},
                                          {"grade": "X"}]), 3),
    "points that end before more of them come": (
        count_points(items=WITHIN, bands=[{"grade": "A", "at_least": 10}, {"grade": "B", "at_least": 7},
                                          {"grade": "X"}]), 3),
    "points for what never happens": (
        count_points(counts_when="score > 1", items=NEVER,
                     bands=[{"grade": "X", "at_least": 11}, {"grade": "A", "at_least": 10}, {"grade": "B"}]), 3),
    "sums that a scorecard never has": (
        vary_food(**CARD, bands=[{"grade": "A", "at_least": 50}, {"grade": "X", "at_least": 10}, {"grade": "B"}]), 3),
}  # fmt: skip


@pytest.mark.parametrize("means", PADDED)
def test_a_grade_that_nobody_can_have_makes_no_benefit_rarer(means: str) -> None:
    """The benefit of one of two real grades is the ordinary case, whatever stands beside them."""
    changes, declared = PADDED[means]
    catalogue = vary_sound({**changes, "measures.simpler": BENEFIT, "measures.more-visits": None})
    assert len(catalogue.schemes["food"].grades) == declared
    assert list_reachable_grades(catalogue, "food") == ("A", "B")
    assert determine_weight(catalogue, catalogue.measures["simpler"]) == "bar"
    assert 6 in assess(catalogue).breached


REAL: dict[str, dict[str, Any]] = {
    "bands": vary_food(bands=[{"grade": "A", "at_most": 2}, {"grade": "B", "at_most": 5}, {"grade": "C"}]),
    "a mean": vary_food(over="P1Y", bands=[{"grade": "A", "at_most": 2}, {"grade": "B", "at_most": 3}, {"grade": "C"}]),
    "a grade given directly": vary_food(direct=[{"grade": "C", "when": "score = 10", **BASIS}]),
    "conditions": vary_food(score=None, bands=[{"grade": "A", "when": "score < 2"}, {"grade": "B", "when": "score < 9"},
                                               {"grade": "C", "when": "score >= 9"}]),
    "points": count_points(base=12, bands=[{"grade": "A", "at_least": 10}, {"grade": "B", "at_least": 4},
                                           {"grade": "C"}]),
    "a sum of points that depends": count_points(
        items={"dirt": {**DOWN["dirt"], "points": "-1 * score"}},
        bands=[{"grade": "A", "at_least": 9}, {"grade": "B", "at_least": 4}, {"grade": "C"}]),
}  # fmt: skip


@pytest.mark.parametrize("means", REAL)
def test_every_grade_that_somebody_can_have_counts(means: str) -> None:
    """The benefit of the best of three grades takes nothing from the others."""
    catalogue = vary_sound({**REAL[means], "measures.simpler": BENEFIT, "measures.more-visits": None})
    assert list_reachable_grades(catalogue, "food") == ("A", "B", "C")
    assert determine_weight(catalogue, catalogue.measures["simpler"]) == "none"


def _list_codes(catalogue: Catalogue) -> list[str]:
    return [breach.reason.code.name for breach in assess(catalogue).breaches]


def grade_points(*at_least: int, **changes: Any) -> dict[str, Any]:
    """Points with these limits of bands, from the best down, and one band below them all."""
    names = [f"g{number}" for number in range(len(at_least) + 1)]
    bands = [{"grade": name, "at_least": number} for name, number in zip(names, at_least, strict=False)]
    return vary_points(**{"items": DOWN, "bands": [*bands, {"grade": names[-1]}], **changes})


PRAISED = {**DOWN, "praise": {"title": "Praise", "when": "score < 2", "points": 1, "counts_for": "P1Y", **BASIS}}
LOW_STARTS: dict[str, dict[str, Any]] = {
    "the second worst of four": grade_points(12, 9, 3, base=5, items=PRAISED),
    "the second worst of five": grade_points(12, 9, 6, 3, base=3, items=PRAISED),
    "the third worst of six": grade_points(12, 10, 8, 4, 1, base=4, items=PRAISED),
    "the worst but for one that nobody can have": grade_points(
        12, 8, 4, 3, base=4, items={**PRAISED, "dirt": {**DOWN["dirt"], "points": -1, "at_most": 1, "per": "ever"}}),
    "the worst of those that conduct brings about": grade_points(
        12, 8, 1, base=9, items={**PRAISED, "dirt": {**DOWN["dirt"], "points": -1, "at_most": 1, "per": "ever"}}),
    "up where conduct leads up": vary_points(
        base=8, items={"dirt": {**DOWN["dirt"], "points": 3}, "praise": {**PRAISED["praise"], "points": "score - 3"}},
        bands=[{"grade": "best", "at_most": 2}, {"grade": "good", "at_most": 5}, {"grade": "poor", "at_most": 9},
               {"grade": "worst"}]),
}  # fmt: skip


@pytest.mark.parametrize("means", LOW_STARTS)
def test_nobody_begins_nearer_to_the_worst_grade_than_to_the_best(means: str) -> None:
    """As many grades lie below where points begin as above it; those that nobody can have do not count."""
    assert "START_BURDENS" in _list_codes(vary_sound(LOW_STARTS[means]))


FAIR_STARTS: dict[str, dict[str, Any]] = {
    "the best of two": grade_points(5),
    "the middle of three": grade_points(12, 5, items=PRAISED),
    "the second of four": grade_points(12, 8, 3, items=PRAISED),
    "the middle of five": grade_points(12, 11, 6, 3, items=PRAISED),
    "the best that anybody can have": grade_points(12, 11, 5),
}


@pytest.mark.parametrize("means", FAIR_STARTS)
def test_a_start_in_the_middle_or_above_burdens_nobody(means: str) -> None:
    """Also where nothing can lift anybody above it."""
    assert "START_BURDENS" not in _list_codes(vary_sound(FAIR_STARTS[means]))
