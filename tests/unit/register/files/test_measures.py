"""What the public sees of measures: those whose listing or grade it sees, and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests import clerk
from tests.registers import NOW

from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.catalogue import Catalogue, load_library, overlay_catalogue
from goodstanding.errors import NotFound

CAFE = "uk-fhrs-row:1"
MORE_VISITS = {
    "title": "More visits", "says": "Whoever got a low grade is visited more often.", "basis": "charter art. 7",
    "kind": "supervision", "field": "inspection", "purpose": "inspection", "audience": ["food-authority"],
    "scheme": "food-hygiene", "grades": ["0", "1"],
}  # fmt: skip
LOW = {
    "ratingvalue": "0", "hygiene": "25", "structural": "20", "confidenceinmanagement": "20", "ratingdate": "2026-07-09",
}  # fmt: skip


def build_rules(**changes: Any) -> Catalogue:
    """The rules of food hygiene with a measure on low grades, whose scheme has an audience."""
    of_scheme = {f"schemes.food-hygiene.{key}": value for key, value in changes.items()}
    return overlay_catalogue(load_library()["uk-food-hygiene"], {"measures": {"more-visits": MORE_VISITS}, **of_scheme})


def list_measures(actor: Actor) -> list[str]:
    """The measures in the file of a café, as somebody sees it."""
    from goodstanding.ledger import store
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subject_file import get_subject_file

    file = get_subject_file(CAFE, PointInTime(NOW.date()), actor, store.get_ledger_size())
    return [effect.measure for effect in file.measures]


@pytest.mark.each_database
def test_a_measure_on_a_grade_of_the_parties_is_for_the_parties(
    enact: Callable[..., int], send: Callable[..., Any]
) -> None:
    """The public does not find the café at all; who oversees sees the measure."""
    enact(build_rules(audience="parties"))
    send("uk-fhrs", [clerk.uk_row(1, **LOW)], stated="2026-11-02")
    with pytest.raises(NotFound):
        list_measures(ANYBODY)
    assert list_measures(Actor(Role.OVERSEER, "overseer", "Ada")) == ["more-visits"]


@pytest.mark.each_database
@pytest.mark.parametrize("changes", [{"audience": "anybody"}, {"audience": "parties", "public_grades": ["0", "1"]}])
def test_a_measure_on_a_public_grade_is_public(
    changes: dict[str, Any], enact: Callable[..., int], send: Callable[..., Any]
) -> None:
    """Whether all grades are public, or that one alone."""
    enact(build_rules(**changes))
    send("uk-fhrs", [clerk.uk_row(1, **LOW)], stated="2026-11-02")
    assert list_measures(ANYBODY) == ["more-visits"]
