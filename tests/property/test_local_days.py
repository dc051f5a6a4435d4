"""The day that it is for a catalogue: over instants around midnight, changes of the clock and the date line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st
from tests.rules import make_catalogue

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.validation.jurisdiction import list_zones_of_country
from goodstanding.procedure.calendars import TimeLimit
from goodstanding.procedure.case_machine import apply_act
from goodstanding.procedure.case_states import Act, CompletedAct, HeardCase
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.procedure.time_limits import ProcedureTerms

RULES = "calendar: {calendar}\ntime_zone: {zone}\nrecords: {{seen: {{title: Seen, by: [office], ON}}}}"
FIRST, LAST = date(2012, 1, 1), date(2036, 12, 31)
# a whole day apart: of all places the first and the last to begin a day; halves and quarters of hours; changed clocks
ZONES = (
    "Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia", "Asia/Shanghai", "Asia/Kathmandu", "Asia/Tehran",
    "Europe/London", "America/St_Johns", "America/New_York", "America/Mexico_City", "America/Sao_Paulo",
    "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Chatham", "UTC",
)  # fmt: skip
SEVERAL = ("MX", "US", "ES", "RU", "AU", "BR", "KI")
ONE = {"GB": "Europe/London", "IN": "Asia/Kolkata", "WS": "Pacific/Apia", "CN": "Asia/Shanghai", "DE": "Europe/Berlin"}


def make_local_catalogue(zone: str = "", calendar: str = "") -> Catalogue:
    """A catalogue that is at home in a time zone, or in the country of a calendar."""
    return make_catalogue(RULES.format(zone=zone or '""', calendar=calendar or '""'))


LOCAL = {zone: make_local_catalogue(zone) for zone in ZONES}
instants = st.builds(
    lambda day, seconds: datetime.combine(day, datetime.min.time(), UTC) + timedelta(seconds=seconds),
    st.dates(FIRST, LAST),
    st.integers(0, 86_399),
)
zones = st.sampled_from(ZONES)


class ClockChange(NamedTuple):
    """A zone and a day of the year in which its clock may change."""

    zone: str
    day: date


changes = st.builds(ClockChange, zones, st.dates(FIRST, LAST).filter(lambda day: day.month in (3, 4, 9, 10, 11)))


@given(instants, zones)
@example(datetime(2026, 12, 16, 1, 30, tzinfo=UTC), "America/Mexico_City")  # 19:30 on the evening before
@example(datetime(2026, 12, 15, 23, 30, tzinfo=UTC), "Asia/Shanghai")  # 07:30 on the next morning
def test_the_day_is_what_a_clock_on_the_wall_shows(instant: datetime, zone: str) -> None:
    """Where the catalogue is at home, whatever the offset from UTC is at that instant."""
    wall = instant + (instant.astimezone(ZoneInfo(zone)).utcoffset() or timedelta())
    assert compute_local_day(instant, LOCAL[zone]) == wall.date()


@given(instants, zones, st.sampled_from(ZONES))
def test_the_day_does_not_depend_on_how_the_instant_is_written(instant: datetime, zone: str, writer: str) -> None:
    """The same instant in another zone's writing is the same day."""
    assert compute_local_day(instant.astimezone(ZoneInfo(writer)), LOCAL[zone]) == compute_local_day(
        instant, LOCAL[zone]
    )


@given(changes, st.integers(0, 36 * 3_600), st.integers(0, 7_200))
def test_no_later_instant_has_an_earlier_day(change: ClockChange, seconds: int, step: int) -> None:
    """Not in the hour that a changed clock shows twice, either."""
    start = datetime.combine(change.day, datetime.min.time(), UTC) + timedelta(seconds=seconds)
    catalogue = LOCAL[change.zone]
    assert compute_local_day(start, catalogue) <= compute_local_day(start + timedelta(seconds=step), catalogue)


@given(instants, st.sampled_from(SEVERAL))
def test_without_a_zone_the_day_ends_last_of_the_countrys(instant: datetime, country: str) -> None:
    """Where an older catalogue leaves open which is meant, the day is over only when it is over in all of them."""
    local_days = [instant.astimezone(ZoneInfo(name)).date() for name in list_zones_of_country(country)]
    assert len(local_days) > 1
    assert compute_local_day(instant, make_local_catalogue(calendar=country)) == min(local_days)


@given(instants, st.sampled_from(sorted(ONE)))
def test_a_country_of_one_zone_needs_to_name_none(instant: datetime, country: str) -> None:
    """Its calendar says where it is; without a calendar the day is that of UTC, as it always was."""
    assert (
        compute_local_day(instant, make_local_catalogue(calendar=country))
        == instant.astimezone(ZoneInfo(ONE[country])).date()
    )
    assert compute_local_day(instant, make_local_catalogue()) == instant.date()


def test_a_day_that_the_date_line_took_away_is_no_day() -> None:
    """Samoa went from the evening of 29 December 2011 to the morning of the 31st."""
    before = datetime(2011, 12, 30, 9, 59, 59, tzinfo=UTC)
    days = [compute_local_day(before + timedelta(seconds=n), LOCAL["Pacific/Apia"]) for n in (0, 1)]
    assert days == [date(2011, 12, 29), date(2011, 12, 31)]


@given(zones, st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(-7_200, 7_200))
def test_a_reply_is_late_from_midnight_on_where_the_catalogue_is(zone: str, notice: date, seconds: int) -> None:
    """To the second, whatever day it is elsewhere."""
    case = HeardCase(ProcedureTerms(reply=TimeLimit(30)))
    for act in (Act.PROPOSE, Act.SERVE_NOTICE):
        case = apply_act(case, CompletedAct(act, notice, "Ada"))
    assert case.reply_until
    over = datetime.combine(case.reply_until, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    day = compute_local_day(over + timedelta(seconds=seconds), LOCAL[zone])
    replied = apply_act(case, CompletedAct(Act.REPLY, day, "Company", reasons="It was so."))
    assert replied.done[-1].late is (seconds >= 0)
