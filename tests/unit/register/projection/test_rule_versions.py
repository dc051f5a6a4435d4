"""What the register's tables say once a later version of rules is in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.register_fixtures import LIBRARY
from tests.registers import NOW
from tests.unit.register.cases.test_acts import BOUND, case_after_decision, list_measures_in_force

from goodstanding.catalogue import overlay_catalogue

pytestmark = pytest.mark.each_database
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


def test_a_restriction_that_a_later_version_adds_reaches_no_case_heard_before(
    enact: Callable[..., int], assert_register_holds: Callable[[], None]
) -> None:
    """Whom a hearing put on a list is bound as the rules of the conduct said, now and as of that ledger size."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    rules = LIBRARY["procurement-exclusion"]
    measures = rules.model_dump(mode="json", by_alias=True, exclude_none=True)["measures"]
    fewer = {name: measure for name, measure in measures.items() if name != "no-public-funds"}
    enact(overlay_catalogue(rules, {"measures": fewer}))
    case_after_decision()
    assert list_measures_in_force(40) == BOUND - {"no-public-funds"}
    later = NOW + timedelta(days=30)
    enact_catalogue(overlay_catalogue(rules, {"version": 3}), later.date(), later)
    size = catch_up()
    assert list_measures_in_force(40) == list_measures_in_force(40, size=size) == BOUND - {"no-public-funds"}
    assert_register_holds()


def test_a_grade_of_earlier_rules_is_explained_by_them(send: Send, enact: Callable[..., int]) -> None:
    """Drawn-in limits leave an earlier grade as it was, in the words of the rules that gave it."""
    from goodstanding.ledger import store as ledger
    from goodstanding.register.files.effects import list_effects, list_grades
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.storage.queries import fetch_rows

    rules = LIBRARY["uk-food-hygiene"]
    bands = rules.model_dump(mode="json", by_alias=True, exclude_none=True)["schemes"]["food-hygiene"]["bands"]
    enact("uk-food-hygiene")
    row = uk_row(
        1, ratingdate="2025-03-01", ratingvalue="3", hygiene="10", structural="10", confidenceinmanagement="10"
    )
    send("uk-fhrs", [row], stated="2026-03-16")
    ((subject_id,),) = fetch_rows("SELECT DISTINCT subject_id FROM effect")
    today = PointInTime(NOW.date())
    before = [
        (effect.title, effect.law, effect.sentences)
        for effect in list_effects(subject_id, list_records(subject_id), today)
    ]
    stricter = [
        band
        | {"says": "In other words."}
        | ({"when": f"({band['when']}) AND hygiene < 5"} if band["grade"] != "0" else {})
        for band in bands
    ]
    changes = {"version": 4, "schemes.food-hygiene.bands": stricter, "schemes.food-hygiene.title": "Otherwise"}
    enact(overlay_catalogue(rules, changes))
    for moment in (today, PointInTime(NOW.date(), size=ledger.get_ledger_size())):
        effects = list_effects(subject_id, list_records(subject_id), moment)
        assert [(effect.title, effect.law, effect.sentences) for effect in effects] == before
    assert [
        (effect.title, effect.law, effect.sentences) for effect in list_grades([subject_id], today)[subject_id]
    ] == before
