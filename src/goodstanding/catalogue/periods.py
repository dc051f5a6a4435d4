"""Lengths of time as statutes write them, and the one conversion of their sums.

Source: ISO 8601 durations, restricted to years, months and days; weeks are read as days. A sum of months that falls on
no day (31 January plus one month) is ambiguous in law, so a catalogue names its rounding: `last-day` (28 February) or
`next-day` (1 March).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, reduce

from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.messages import CatalogueMessage, Message

MOST_YEARS = 200
_FORM = re.compile(r"^P(?=\d)(?:(\d{1,6})W|(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})D)?)$")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A length of time: whole months (a year is twelve) and days."""

    months: int
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """`P3Y`, `P6M`, `P1Y6M`, `P15D`, and `P12W` as days; raises WrongValue otherwise, and for over 200 years."""
        match = _FORM.match(text)
        if not match:
            problem = Message(CatalogueMessage.LENGTH_WRONG, {"text": repr(text)})
            raise WrongValue(problem, Message(CatalogueMessage.LENGTH_FORMS))
        weeks, years, months, days = (int(part or 0) for part in match.groups())
        days += 7 * weeks
        if years + months // 12 + days // 365 > MOST_YEARS:
            problem = Message(CatalogueMessage.LENGTH_TOO_LONG, {"text": repr(text)})
            raise WrongValue(problem, Message(CatalogueMessage.LENGTH_MOST, {"years": MOST_YEARS}))
        return cls(12 * years + months, days)

    def after(self, day: date, month_sums: str = "last-day") -> date:
        """The day this long after `day`; a missing day of the month is rounded as `month_sums` says."""
        total = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(total, 12)
        last = calendar.monthrange(year, month + 1)[1]
        landed = date(year, month + 1, min(day.day, last))
        if day.day > last and month_sums == "next-day":
            landed += timedelta(days=1)
        return landed + timedelta(days=self.days)

    def longest_days(self) -> int:
        """The most days that this length can have, wherever it begins: a month 31, a year 366, five years 1,827."""
        return _count_longest_months(self.months) + self.days

    def sql(self, day: str, month_sums: str = "last-day") -> str:
        """DuckDB for `after`: an expression of type DATE over the DATE expression `day`."""
        landed = f"({day} + INTERVAL {self.months} MONTH)" if self.months else f"({day})"
        if month_sums == "next-day" and self.months:
            landed = f"({landed} + INTERVAL (CASE WHEN day({landed}) < day({day}) THEN 1 ELSE 0 END) DAY)"
        return f"CAST({landed} + INTERVAL {self.days} DAY AS DATE)" if self.days else f"CAST({landed} AS DATE)"

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        parts = (f"{years}Y" * bool(years), f"{months}M" * bool(months), f"{self.days}D" * bool(self.days))
        return "P" + ("".join(parts) or "0D")

    def describe(self) -> Message:
        """For people: `3 years`, `1 year 6 months`."""
        years, months = divmod(self.months, 12)
        counted = (
            (years, CatalogueMessage.YEAR, CatalogueMessage.YEARS),
            (months, CatalogueMessage.MONTH, CatalogueMessage.MONTHS),
            (self.days, CatalogueMessage.DAY, CatalogueMessage.DAYS),
        )
        parts = [Message(unit if n == 1 else units, {"number": n}) for n, unit, units in counted if n]
        return reduce(_add_part, parts) if parts else Message(CatalogueMessage.NO_TIME)


@lru_cache
def _count_longest_months(months: int) -> int:
    """The most days between the first of a month and the first so many months later, within a cycle of leap years."""
    starts = [date(2000 + start // 12, start % 12 + 1, 1) for start in range(48)]
    return max((Period(months).after(start) - start).days for start in starts)


def _add_part(length: Message, part: Message) -> Message:
    return Message(CatalogueMessage.LENGTH_OF_PARTS, {"length": length, "part": part})
