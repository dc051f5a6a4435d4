"""What arrays say of a few records on a day, worked out plainly: the test's own reading of `PointsArrays`."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from goodstanding.catalogue.periods import Period
from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, PointsArrays, Span

EPOCH = date(1970, 1, 1)
FOREVER = date(9999, 12, 31)


def add_length(day: date, row: tuple[int, int], month_sums: str) -> date:
    """The day a length later; the end of time for an open one."""
    months, days = (int(number) for number in row)
    return FOREVER if months == OPEN else Period(months, days).after(day, month_sums)


def find_law_end(number: int) -> date:
    """The day on which the law ends."""
    return FOREVER if number == OPEN else EPOCH + timedelta(int(number))


def find_span_start(span: int, day: date) -> date:
    """The first day of the time within which a cap holds."""
    if span == Span.EVER:
        return date.min
    month = {Span.YEAR: 1, Span.QUARTER: (day.month - 1) // 3 * 3 + 1, Span.MONTH: day.month}[Span(span)]
    return date(day.year, month, 1)


def compute_standing(points: PointsArrays, month_sums: str, acts: list[tuple[int, date]], at: date) -> tuple[int, str]:
    """The score and grade on a day of somebody in the scheme with these variants on these days, without a bonus."""
    sums = defaultdict[tuple[int, date], int](int)
    ranks: dict[int, int] = {}
    for variant, day in acts:
        for row in range(points.stage_starts[variant], points.stage_starts[variant + 1]):
            since = add_length(day, points.stage_since[row], month_sums)
            until = add_length(day, points.stage_until[row], month_sums)
            if since <= at < min(until, find_law_end(points.stage_law_until[row])):
                item = int(points.stage_items[row])
                sums[item, find_span_start(points.item_spans[item], day)] += int(points.stage_points[row])
        for row in range(points.direct_starts[variant], points.direct_starts[variant + 1]):
            until = add_length(day, points.direct_until[row], month_sums)
            if day <= at < min(until, find_law_end(points.direct_law_until[row])):
                ranks[int(points.direct_ranks[row])] = int(points.direct_grades[row])
    total = points.base
    for (item, _span), summed in sums.items():
        most = int(points.item_most[item])
        total += max(-most, min(most, summed))
    score = min(max(total, points.floor), points.cap)
    grade = ranks[min(ranks)] if ranks else _find_band(points, score)
    return score, points.grade_names[grade]


def _find_band(points: PointsArrays, score: int) -> int:
    for least, most, grade in zip(points.band_least, points.band_most, points.band_grades, strict=True):
        if least <= score <= most:
            return int(grade)
    return NONE
