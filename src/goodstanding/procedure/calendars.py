"""Working days, and deadlines that are counted in them.

Calendars come from the `holidays` library and are versioned by it. Of two calendars the subject gets the later deadline
and the authority the earlier one, so that a change of a calendar hurts nobody who is heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Party = Literal["subject", "authority"]
WEEKEND = 5


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long a step may take: whole days, or working days."""

    days: int
    working: bool = False


@dataclass(frozen=True)
class Calendar:
    """The working days of one jurisdiction: `holiday` tells whether a day is none."""

    holiday: Callable[[date], bool]

    @classmethod
    def of(cls, country: str, region: str | None = None) -> Calendar:
        """The public holidays of a country and, where it has its own, of a region, by their ISO codes."""
        return _load_calendar(country, region)

    def works(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() < WEEKEND and not self.holiday(day)

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


@lru_cache(maxsize=64)
def _load_calendar(country: str, region: str | None) -> Calendar:
    import holidays  # computes the calendars of the world

    public_holidays = holidays.country_holidays(country, subdiv=region)
    return Calendar(lambda day: day in public_holidays)


EVERY_DAY = Calendar(lambda day: False)


def compute_deadline(day: date, limit: TimeLimit, party: Party, calendars: Iterable[Calendar]) -> date:
    """The day on which a party's time is over, by the calendar that favours the subject."""
    ends = [calendar.after(day, limit) for calendar in calendars]
    return max(ends) if party == "subject" else min(ends)
