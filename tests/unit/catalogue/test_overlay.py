"""Overlays: a catalogue with some values changed, checked again, the original as it was."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.catalogue import Period, overlay_catalogue
from goodstanding.effects import compute_example
from goodstanding.errors import BadBands, MissingBasis, UnknownKey


def test_an_overlay_changes_what_it_names_and_nothing_else(small_catalogue):
    """A changed value is in the new catalogue only, which has a digest of its own."""
    laid = overlay_catalogue(
        small_catalogue, {"schemes.grade.lapses": "P3Y", "schemes.grade.bands.0.at_most": 4, "version": 2}
    )
    assert laid.schemes["grade"].lapses == Period(36)
    assert laid.schemes["grade"].bands[0].at_most == 4
    assert small_catalogue.schemes["grade"].lapses == Period(24)
    assert laid != small_catalogue


def test_an_overlay_keeps_every_order(small_catalogue):
    """Steps and bands count in their order, so an overlay must not sort them."""
    laid = overlay_catalogue(small_catalogue, {"version": 2})
    assert list(laid.cases["listing"].steps) == ["listed", "removed"]
    assert list(laid.schemes) == ["grade", "points"]
    assert [place for place, _ in laid.rules()] == [place for place, _ in small_catalogue.rules()]


def test_an_overlay_can_take_away_and_add(small_catalogue):
    """None takes a value away; a new key under a known one adds a rule."""
    gift = {"title": "Fine", "basis": "act art. 2", "when": "amount > 5", "points": -2}
    laid = overlay_catalogue(small_catalogue, {"schemes.grade.lapses": None, "schemes.points.items.fine": gift})
    assert laid.schemes["grade"].lapses is None
    assert laid.schemes["points"].items["fine"].points == -2


@pytest.mark.parametrize(
    "path",
    ["schemes.grades.lapses", "schemes.grade.bands.7.at_most", "schemes.grade.bands.first.grade", "title.en.short"],
)
def test_a_path_that_leads_nowhere_is_refused(small_catalogue, path):
    """A path through something that is not there is refused by name."""
    with pytest.raises(UnknownKey, match="on the way of"):
        overlay_catalogue(small_catalogue, {path: 1})


def test_taking_away_what_is_not_there_is_refused(small_catalogue):
    """A value that does not exist cannot be taken away."""
    with pytest.raises(UnknownKey, match="'lapse'"):
        overlay_catalogue(small_catalogue, {"schemes.grade.lapse": None})


def test_an_overlay_is_checked_like_any_catalogue(small_catalogue):
    """What no catalogue may say, no overlay may say either."""
    with pytest.raises(BadBands):
        overlay_catalogue(small_catalogue, {"schemes.grade.bands.2.at_most": 15})
    with pytest.raises(MissingBasis):
        overlay_catalogue(small_catalogue, {"measures.barred.basis": None})
    with pytest.raises(UnknownKey):
        overlay_catalogue(small_catalogue, {"measures.barred.severity": "high"})


def test_the_cap_holds_whatever_is_added(small_catalogue):
    """Running points never pass cap and floor, and an item counts for no more than its cap in a calendar year."""
    visit = {"record": "visit", "occurred": date(2020, 1, 6), "fields": {"status": "done"}}
    gift = {"record": "decision", "occurred": date(2020, 2, 3), "fields": {"amount": 500}}
    large = {"record": "decision", "occurred": date(2020, 3, 2), "fields": {"class": "serious"}}
    later = {**large, "occurred": date(2021, 3, 1)}

    def score(*records: dict[str, object], at: date = date(2021, 12, 1)) -> object:
        return compute_example(small_catalogue, list(records), at)["points"]["score"]

    assert score(visit) == 9
    assert score(visit, gift, gift) == 10
    assert score(visit, large, large) == 3
    assert score(visit, large, later) == 0
