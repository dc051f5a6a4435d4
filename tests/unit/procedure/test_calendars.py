"""Which days work, and that a calendar says the same to everybody who asks."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.procedure import calendars
from goodstanding.procedure.calendars import Calendar, TimeLimit

FIRST, DAYS = date(2024, 1, 1), 1_461
YEARS = (2024, 2025, 2026, 2027)


@pytest.fixture
def _switches_often() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_switches_often")
def test_a_calendar_that_four_threads_ask_first_lacks_no_holiday() -> None:
    """Requests that come together after a start get the same calendar as one that comes alone."""
    right = {FIRST + timedelta(days=number) for number in range(DAYS)} - _list_working_days_alone()
    for _round in range(20):
        calendars._list_days_off.cache_clear()
        calendar = Calendar.of("GB-ENG")
        _ask_at_once(calendar)
        assert {day for day in map(_add_days, range(DAYS)) if not calendar.works(day)} == right


def _add_days(number: int) -> date:
    return FIRST + timedelta(days=number)


def _list_working_days_alone() -> set[date]:
    english = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    return {day for day in map(_add_days, range(DAYS)) if day.weekday() < 5 and day not in english}


def _ask_at_once(calendar: Calendar) -> None:
    barrier = threading.Barrier(len(YEARS))

    def ask(year: int) -> None:
        barrier.wait()
        calendar.after(date(year, 12, 20), TimeLimit(5, working=True))

    threads = [threading.Thread(target=ask, args=(year,)) for year in YEARS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(
    ("code", "working", "off"),
    [
        ("IL", date(2026, 11, 29), date(2026, 11, 27)),  # works on Sunday, rests on Friday
        ("BD", date(2026, 11, 29), date(2026, 11, 28)),
        ("GB-ENG", date(2026, 11, 27), date(2026, 11, 29)),
        ("", date(2026, 12, 25), date(2026, 11, 29)),
    ],
)
def test_the_weekend_is_the_calendars_own(code: str, working: date, off: date) -> None:
    """Where people rest on Friday, Sunday works; without a country Saturday and Sunday do not."""
    assert Calendar.of(code).works(working)
    assert not Calendar.of(code).works(off)


def test_a_weekend_on_which_work_is_made_up_for_shortens_nobodys_time() -> None:
    """China moves working days onto Saturdays; a term runs as if they were none."""
    moved = date(2025, 2, 8)
    assert moved in holidays.country_holidays("CN", years=2025).weekend_workdays
    assert not Calendar.of("CN").works(moved)


def test_a_holiday_that_moves_over_new_year_is_found_in_its_own_year() -> None:
    """The first of January 2022 was a Saturday, so in the United States the Friday before was off."""
    assert not Calendar.of("US").works(date(2021, 12, 31))


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from(["CN", "GB-ENG", "MX", "US-NY", "SA", "IR"]))
def test_every_day_of_the_calendar_has_an_answer(day: date, code: str) -> None:
    """No year is too early or too late to be asked about, and two calendars of one code say the same."""
    assert Calendar.of(code).works(day) is Calendar.of(code).works(day)
    assert Calendar.of(code) == Calendar.of(code)
