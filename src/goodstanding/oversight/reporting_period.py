"""The days that a measure looks at, and the day from which it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from goodstanding.errors import BadDay

FIRST_YEAR = 1900
LAST_YEAR = 9998


@dataclass(frozen=True, slots=True)
class ReportingWindow:
    """What happened on days from `since` up to, but not on, `until`, as it stands on the day `at`."""

    since: date
    until: date
    at: date

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise BadDay(f"{self.until} is not after {self.since}.", where="until", remedy="a later day")

    @property
    def over(self) -> bool:
        """Whether all of its days had passed on the day it is looked at."""
        return self.until <= self.at

    @property
    def earlier(self) -> ReportingWindow:
        """The same days a year before."""
        return ReportingWindow(_subtract_year(self.since), _subtract_year(self.until), _subtract_year(self.at))

    @property
    def last_day(self) -> date:
        """The last day that it looks at: the day it is looked at, where not all of its days had passed."""
        return min(self.until - timedelta(days=1), max(self.at, self.since))


def build_year_window(year: int, at: date) -> ReportingWindow:
    """A calendar year as it stands on a day, or as it stood when it was over; raises BadDay for no year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDay(f"{year} is no year.", where="year", remedy=f"{FIRST_YEAR} to {at.year}")
    if year > at.year:
        raise BadDay(f"{year} has not begun.", where="year", remedy=f"{at.year} or a year before")
    until = date(year + 1, 1, 1)
    return ReportingWindow(date(year, 1, 1), until, min(at, until))


def _subtract_year(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return date(day.year - 1, 3, 1)
