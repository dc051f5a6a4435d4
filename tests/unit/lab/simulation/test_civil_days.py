"""Days as whole numbers: the same sums as the catalogue's, wherever they land."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.catalogue.periods import Period
from goodstanding.lab.compilation.scheme_arrays import OPEN, Span
from goodstanding.lab.simulation.civil_days import add_length, find_month_start, find_span_start, join_day, split_day

EPOCH = date(1970, 1, 1)
DAYS = st.dates(date(1, 1, 1), date(9000, 12, 31))
NEAR_THE_END = st.builds(date, st.integers(1896, 2105), st.integers(1, 12), st.just(1)).map(
    lambda day: day - timedelta(days=1)
)


def count_days(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


@given(DAYS | NEAR_THE_END)
def test_a_day_is_its_date(day: date) -> None:
    """A number of days and its year, month and day are one another's inverse."""
    assert split_day(count_days(day)) == (day.year, day.month, day.day)
    assert join_day(day.year, day.month, day.day) == count_days(day)


@given(DAYS | NEAR_THE_END, st.integers(0, 2400), st.integers(0, 4000), st.booleans())
def test_a_length_ends_on_the_day_that_the_catalogue_says(day: date, months: int, days: int, next_day: bool) -> None:
    """Months first, then days, with both ways of rounding a day that a month does not have."""
    after = Period(months, days).after(day, "next-day" if next_day else "last-day")
    assert add_length(count_days(day), months, days, next_day) == count_days(after)


@given(DAYS)
def test_an_open_length_never_ends(day: date) -> None:
    """What has no end has none, whatever the days."""
    assert add_length(count_days(day), OPEN, 3, False) == OPEN


@given(DAYS | NEAR_THE_END)
def test_spans_begin_with_the_calendar(day: date) -> None:
    """A year, quarter and month begin on their first day, and for ever on the first day there is."""
    starts = {
        Span.EVER: date(1, 1, 1),
        Span.YEAR: date(day.year, 1, 1),
        Span.QUARTER: date(day.year, day.month - (day.month - 1) % 3, 1),
        Span.MONTH: date(day.year, day.month, 1),
    }
    for span, start in starts.items():
        assert find_span_start(count_days(day), int(span)) == count_days(start)


@pytest.mark.parametrize(("months", "first"), [(0, "2020-01-01"), (1, "2020-02-01"), (14, "2021-03-01")])
def test_months_begin_on_their_first_day(months: int, first: str) -> None:
    """The months of a life are those of the calendar."""
    assert find_month_start(count_days(date(2020, 1, 31)), months) == count_days(date.fromisoformat(first))
