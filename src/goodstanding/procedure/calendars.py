"""Working days, and deadlines that are counted in them.

Calendars come from the `holidays` library and are versioned by it: a country's holidays and its own weekend, whatever
those days are. A weekend on which work is made up for stays a weekend, so that nobody's time gets shorter by it.
Of two calendars the subject gets the later deadline and the authority the earlier one, so that a change of a calendar
hurts nobody who is heard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from goodstanding.catalogue.validation.jurisdiction import load_holidays
from goodstanding.errors import CatalogueError

Party = Literal["subject", "authority"]
WEEKEND = 5


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long a step may take: whole days, or working days."""

    days: int
    working: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one jurisdiction: a country and, where it has its own, a region, by their ISO codes.

    Without a country every day works that is no Saturday or Sunday.
    """

    country: str = ""
    region: str | None = None

    @classmethod
    def of(cls, code: str) -> Calendar:
        """The calendar that a catalogue names: `CN`, or `GB-ENG` for a region; no name means no holidays."""
        country, _dash, region = code.partition("-")
        return cls(country, region or None)

    def is_known(self) -> bool:
        """Whether the library has this calendar: a catalogue on file may name one that it never had, or has no more."""
        try:
            return not self.country or bool(_list_days_off(self.country, self.region, 2000))
        except CatalogueError:
            return False

    def works(self, day: date) -> bool:
        """Whether a day is a working day."""
        if not self.country:
            return day.weekday() < WEEKEND
        return day not in _list_days_off(self.country, self.region, day.year)

    def after(self, day: date, limit: TimeLimit) -> date:
        """The first day on which the time that began on `day` is over; a last day that is no working day moves on."""
        if not limit.working:
            return self._next_working(day + timedelta(days=limit.days)) + timedelta(days=1)
        for _ in range(limit.days):
            day = self._next_working(day + timedelta(days=1))
        return day + timedelta(days=1)

    def _next_working(self, day: date) -> date:
        while not self.works(day):
            day += timedelta(days=1)
        return day


@lru_cache(maxsize=4096)
def _list_days_off(country: str, region: str | None, year: int) -> frozenset[date]:
    """A year's holidays and weekends, worked out once for all threads and never changed."""
    years = range(year - 1, year + 2)  # a neighbour year may move a holiday into this one
    public_holidays = load_holidays(country, region, years)
    days = (
        date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    )
    return frozenset(day for day in days if day in public_holidays or public_holidays.is_weekend(day))


EVERY_DAY = Calendar()


def compute_deadline(day: date, limit: TimeLimit, party: Party, calendars: Iterable[Calendar]) -> date:
    """The day on which a party's time is over, by the calendar that favours the subject."""
    ends = [calendar.after(day, limit) for calendar in calendars]
    return max(ends) if party == "subject" else min(ends)
