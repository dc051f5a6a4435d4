"""Lengths of time: read and written in one form, and added the same in Python as in DuckDB."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.catalogue import Period
from goodstanding.table_engine import open_table_engine

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 12, 31))
periods = st.builds(Period, months=st.integers(0, 600), days=st.integers(0, 4000))
roundings = st.sampled_from(["last-day", "next-day"])


@pytest.fixture(scope="module")
def duckdb_connection():
    """One DuckDB connection for all sums."""
    with open_table_engine(1) as connection:
        yield connection


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P3Y", Period(36)),
        ("P6M", Period(6)),
        ("P1Y6M", Period(18)),
        ("P15D", Period(0, 15)),
        ("P1Y2M3D", Period(14, 3)),
    ],
)
def test_a_length_is_read_and_written_in_one_form(text, period):
    """Years, months and days are read from ISO 8601 and written back the same."""
    assert Period.parse(text) == period
    assert str(period) == text


@pytest.mark.parametrize(
    ("text", "written"), [("P1W", "P7D"), ("P2W", "P14D"), ("P12W", "P84D"), ("P52W", "P364D"), ("P0W", "P0D")]
)
def test_weeks_are_read_as_days(text, written):
    """A week has seven days wherever it begins; weeks stand alone, as ISO 8601 has them."""
    assert str(Period.parse(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "3Y",
        "P3",
        "PW",
        "P1Y2W",
        "P2W1D",
        "P-1W",
        "P1.5W",
        "p2w",
        "PT1H",
        "P-1Y",
        "P1.5Y",
        "P1M1Y",
        "p1y",
        "P3Y ",
    ],
)
def test_other_forms_are_refused(text):
    """What is no length of years, months and days in that order is refused with what would be right."""
    with pytest.raises(ValueError, match="use, for example: P3Y, P6M, P12W or P15D"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["P201Y", "P9000Y", "P2413M", "P999999D", "P999999W", "P200Y12M"])
def test_a_length_that_leaves_the_calendar_is_refused(text):
    """No rule lasts for more than two hundred years, and no sum of days leaves the years that there are."""
    with pytest.raises(ValueError, match="use, for example: at most 200 years"):
        Period.parse(text)
    assert Period.parse("P200Y").after(date(2026, 11, 30)) == date(2226, 11, 30)


@given(periods)
def test_writing_and_reading_gives_the_same_length(period):
    """Every length survives being written and read."""
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("day", "text", "last_day", "next_day"),
    [
        (date(2021, 1, 31), "P1M", date(2021, 2, 28), date(2021, 3, 1)),
        (date(2020, 2, 29), "P5Y", date(2025, 2, 28), date(2025, 3, 1)),
        (date(2020, 2, 29), "P4Y", date(2024, 2, 29), date(2024, 2, 29)),
        (date(2020, 8, 31), "P6M", date(2021, 2, 28), date(2021, 3, 1)),
        (date(2021, 1, 31), "P1M2D", date(2021, 3, 2), date(2021, 3, 3)),
        (date(2021, 12, 15), "P1M", date(2022, 1, 15), date(2022, 1, 15)),
        (date(2021, 12, 31), "P0D", date(2021, 12, 31), date(2021, 12, 31)),
    ],
)
def test_sums_of_months_round_as_named(day, text, last_day, next_day):
    """A day that the month lacks becomes its last day, or the day after it, as the catalogue says."""
    period = Period.parse(text)
    assert (period.after(day), period.after(day, "next-day")) == (last_day, next_day)


@given(days, periods, roundings)
def test_duckdb_adds_like_python(duckdb_connection, day, period, rounding):
    """The SQL of a length gives, for any day and either rounding, the day that Python gives."""
    start = f"DATE '{day}'"
    (computed,) = duckdb_connection.sql(f"SELECT {period.sql(start, rounding)}").fetchall()[0]
    assert computed == period.after(day, rounding)


@given(days, periods, roundings)
def test_time_never_runs_backwards(day, period, rounding):
    """The end is never before the start, and a later start never ends earlier."""
    end = period.after(day, rounding)
    assert end >= day
    assert period.after(day + timedelta(days=1), rounding) >= end


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P3Y", "3 years"),
        ("P1Y6M", "1 year 6 months"),
        ("P1D", "1 day"),
        ("P0D", "no time"),
        ("P14M", "1 year 2 months"),
    ],
)
def test_a_length_reads_in_words(text, words):
    """Pages show lengths in English."""
    assert str(Period.parse(text).describe()) == words
