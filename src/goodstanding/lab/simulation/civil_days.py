"""Civil dates as whole numbers of days since 1970-01-01: the catalogue's sums of months and days, for a kernel.

The calendar is reckoned in years that begin in March (Howard Hinnant, chrono-compatible low-level date algorithms). A
property test holds every sum equal to `Period.after`.
"""

from __future__ import annotations

from numba import boolean, int64, njit

from goodstanding.lab.compilation.scheme_arrays import OPEN

_YEAR, _QUARTER, _MONTH = 1, 2, 3  # scheme_arrays.Span
_DAYS_OF_ERA, _YEARS_OF_ERA, _EPOCH = 146_097, 400, 719_468
_FIRST_DAY = -719_162  # 0001-01-01


@njit(cache=True)
def split_day(day: int) -> tuple[int, int, int]:
    """The year, month and day of the month of a day."""
    shifted = day + _EPOCH
    era = shifted // _DAYS_OF_ERA
    of_era = shifted - era * _DAYS_OF_ERA
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    march_month = (5 * of_year + 2) // 153
    month = march_month + 3 if march_month < 10 else march_month - 9
    year = year_of_era + era * _YEARS_OF_ERA + (1 if month <= 2 else 0)
    return year, month, of_year - (153 * march_month + 2) // 5 + 1


@njit(int64(int64, int64, int64), cache=True)
def join_day(year: int, month: int, day: int) -> int:
    """The day of a date; a day past the end of its month runs on into the next."""
    march_year = year - 1 if month <= 2 else year
    era = march_year // _YEARS_OF_ERA
    year_of_era = march_year - era * _YEARS_OF_ERA
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * _DAYS_OF_ERA + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + of_year - _EPOCH


@njit(int64(int64, int64), cache=True)
def find_month_start(day: int, months: int) -> int:
    """The first day of the month so many months after a day's own."""
    year, month, _ = split_day(day)
    total = 12 * year + month - 1 + months
    return join_day(total // 12, total % 12 + 1, 1)


@njit(int64(int64, int64, int64, boolean), cache=True)
def add_length(day: int, months: int, days: int, sums_next_day: bool) -> int:
    """The day so many months, then so many days, after another; OPEN months never end.

    A sum of months that falls on no day is the last of the month or, with `sums_next_day`, the first of the next one.
    """
    if months >= OPEN:
        return OPEN
    if months == 0:
        return day + days
    year, month, of_month = split_day(day)
    total = 12 * year + month - 1 + months
    landed = join_day(total // 12, total % 12 + 1, of_month)
    over = landed - join_day((total + 1) // 12, (total + 1) % 12 + 1, 1)
    if over >= 0:
        landed -= over if sums_next_day else over + 1
    return landed + days


@njit(int64(int64, int64), cache=True)
def find_span_start(day: int, span: int) -> int:
    """The first day of the calendar year, quarter or month of a day; of a span for ever the first day there is."""
    year, month, _ = split_day(day)
    if span == _YEAR:
        return join_day(year, 1, 1)
    if span == _QUARTER:
        return join_day(year, month - (month - 1) % 3, 1)
    return join_day(year, month, 1) if span == _MONTH else _FIRST_DAY
