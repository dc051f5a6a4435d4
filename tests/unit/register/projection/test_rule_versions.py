"""What the register's tables say once a later version of rules is in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.clerk import uk_row
from tests.register_fixtures import LIBRARY

from goodstanding.catalogue import overlay_catalogue

Send = Callable[..., Any]


def test_a_harsher_version_changes_nothing_that_is_stored_about_earlier_conduct(
    send: Send, enact: Callable[..., int], assert_register_holds: Callable[[], None]
) -> None:
    """What was found before rules with a longer lapse lapses as it did; what is found under them, as they say."""
    from goodstanding.register.storage.queries import fetch_rows

    stored = "SELECT CAST(valid_to AS TEXT), version FROM effect ORDER BY valid_to"
    enact(overlay_catalogue(LIBRARY["uk-food-hygiene"], {"schemes.food-hygiene.lapses": "P2Y"}))
    send("uk-fhrs", [uk_row(1), uk_row(2)])
    (before,) = {tuple(row) for row in fetch_rows(stored)}
    enact(overlay_catalogue(LIBRARY["uk-food-hygiene"], {"version": 4, "schemes.food-hygiene.lapses": "P4Y"}))
    send("uk-fhrs", [uk_row(3, ratingdate="2026-03-01")], stated="2026-03-16")
    assert before == ("2016-07-09", 3)
    assert {tuple(row) for row in fetch_rows(stored)} == {before, ("2030-03-01", 4)}
    assert_register_holds()
