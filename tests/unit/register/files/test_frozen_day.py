"""A demonstration that stands still: its clock, and the day on which a catalogue of old data opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.registers import NOW

from goodstanding import config


@pytest.fixture
def frozen(register_folder: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[date]:
    """The register of the test stands still, as a demonstration, on the day after it was made."""
    day = (NOW + timedelta(days=1)).date()
    stands_still = replace(config.get_current_register(), demonstration=True, today=day)
    monkeypatch.setattr(config, "_current", stands_still)
    yield day


@pytest.mark.usefixtures("hygiene")
def test_a_file_of_its_own_day_moves_no_catalogue_on(frozen: date, send: Callable[..., Any]) -> None:
    """What was taken in before that day says when a catalogue opens; what comes on it does not."""
    from goodstanding.register.files.point_in_time import list_opening_days

    send("uk-fhrs", [uk_row(1)], at=NOW)
    assert list_opening_days() == {"uk-food-hygiene": date(2015, 2, 16)}
    send("uk-fhrs", [uk_row(1), uk_row(2)], stated=frozen.isoformat(), at=NOW + timedelta(days=1))
    assert list_opening_days() == {"uk-food-hygiene": date(2015, 2, 16)}


@pytest.mark.usefixtures("hygiene")
def test_where_time_goes_on_the_newest_file_says_when_a_catalogue_opens(
    send: Callable[..., Any], register_folder: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A demonstration without a day of its own opens each catalogue on its newest data."""
    from goodstanding.register.files.point_in_time import list_opening_days

    monkeypatch.setattr(config, "_current", replace(config.get_current_register(), demonstration=True))
    send("uk-fhrs", [uk_row(1)], at=NOW)
    send("uk-fhrs", [uk_row(1), uk_row(2)], stated="2015-03-01", at=NOW)
    assert list_opening_days() == {"uk-food-hygiene": date(2015, 3, 1)}


def test_its_clock_tells_its_own_day(frozen: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day and the instant are its own; the environment's day goes before it."""
    from goodstanding.web.http import clock

    assert clock.get_today() == clock.get_now().date() == frozen
    monkeypatch.setenv("GOODSTANDING_TODAY", "2027-01-05")
    assert clock.get_today() == date(2027, 1, 5)
