"""The days that a measure looks at, and the day from which it looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from goodstanding.errors import BadDay
from goodstanding.messages import Message, OversightMessage
from goodstanding.oversight.count_tables import SMALL

FIRST_YEAR = 1900
LAST_YEAR = 9998
EVERY = 1  # the least count above zero


@dataclass(frozen=True, slots=True)
class ReportingWindow:
    """What happened on days from `since` up to, but not on, `until`, as it stands on the day `at`.

    `least_shown` is the least count above zero that its reader may see: the overseer sees each.
    """

    since: date
    until: date
    at: date
    least_shown: int = SMALL

    def __post_init__(self) -> None:
        if self.since >= self.until:
            params = {"until": self.until, "since": self.since}
            raise BadDay(Message(OversightMessage.WINDOW_EMPTY, params), where="until")

    @property
    def is_exact(self) -> bool:
        """Whether its reader sees every count."""
        return self.least_shown == EVERY

    @property
    def over(self) -> bool:
        """Whether all of its days had passed on the day it is looked at."""
        return self.until <= self.at

    @property
    def earlier(self) -> ReportingWindow:
        """The same days a year before."""
        since, until, at = map(_subtract_year, (self.since, self.until, self.at))
        return replace(self, since=since, until=until, at=at)

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
