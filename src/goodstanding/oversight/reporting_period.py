"""The days that a measure looks at, and the day from which it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from goodstanding.errors import BadDay
from goodstanding.messages import Message, OversightMessage

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
            params = {"until": self.until, "since": self.since}
            raise BadDay(Message(OversightMessage.WINDOW_EMPTY, params), where="until")

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
        params = {"year": year, "first": FIRST_YEAR, "last": at.year}
        raise BadDay(Message(OversightMessage.YEAR_OUT_OF_BOUNDS, params), where="year")
    if year > at.year:
        raise BadDay(Message(OversightMessage.YEAR_AHEAD, {"year": year, "last": at.year}), where="year")
    until = date(year + 1, 1, 1)
    return ReportingWindow(date(year, 1, 1), until, min(at, until))


def _subtract_year(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return date(day.year - 1, 3, 1)
