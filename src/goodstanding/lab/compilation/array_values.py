"""Lengths, days and ragged rows as they stand in arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.lab.compilation.array_types import OPEN, Days, Indexes, Lengths, Points, Thresholds, Truths
from goodstanding.lab.world.candidates import compute_threshold

EPOCH = date(1970, 1, 1).toordinal()
FOREVER = date(9999, 12, 31)
OPEN_LENGTH = (OPEN, 0)


def to_length(period: Period | None) -> tuple[int, int]:
    """A length of time as (months, days); open where there is none."""
    return (period.months, period.days) if period else OPEN_LENGTH


def to_day_number(day: date | None) -> int:
    """A day as days since 1970-01-01; open where there is none."""
    return day.toordinal() - EPOCH if day and day != FOREVER else OPEN


def find_end(day: date, period: Period | None, month_sums: str, law_until: date | None = None) -> date:
    """The day on which something that begins on a day ends: after a length, or sooner with the law."""
    end = period.after(day, month_sums) if period else FOREVER
    return min(end, law_until) if law_until else end


def make_lengths(lengths: Iterable[Period | None]) -> Lengths:
    """Rows of months and days."""
    return np.array([to_length(length) for length in lengths], np.int32).reshape(-1, 2)


def make_indexes(numbers: Iterable[int]) -> Indexes:
    """Indexes of names or rows."""
    return np.array(list(numbers), np.int32)


def make_days(days: Iterable[date | None]) -> Days:
    """Day numbers."""
    return np.array([to_day_number(day) for day in days], np.int32)


def make_points(numbers: Iterable[int]) -> Points:
    """Points, or bounds of points."""
    return np.array(list(numbers), np.int64)


def make_truths(truths: Iterable[Any]) -> Truths:
    """Truths; of rows of them a matrix."""
    return np.array(list(truths), np.bool_)


def make_grade_rows(catalogue: Catalogue, rows: Sequence[tuple[str | None, Collection[str]]]) -> Truths:
    """For each scheme and some of its grades a row of truths, as wide as the scheme with most grades."""
    schemes = catalogue.schemes
    truths = np.zeros((len(rows), max((len(scheme.grades) for scheme in schemes.values()), default=0)), np.bool_)
    for place, (name, chosen) in enumerate(rows):
        for column, grade in enumerate(schemes[name].grades if name else ()):
            truths[place, column] = grade in chosen
    return truths


def make_thresholds(chances: Iterable[float]) -> Thresholds:
    """Chances from 0 to 1 in 2^-32."""
    return np.array([compute_threshold(chance) for chance in chances], np.uint64)


def make_starts(rows: Iterable[Sequence[object]]) -> Indexes:
    """Where the rows of each owner start, and where those of the last one end."""
    return np.concatenate([np.zeros(1, np.int32), np.cumsum([len(owned) for owned in rows], dtype=np.int32)])


def freeze_arrays(value: Any) -> Any:
    """The same dataclass, none of whose arrays can be written."""
    for name in value.__slots__:
        inner = getattr(value, name)
        if isinstance(inner, np.ndarray):
            _freeze(inner)
    return value


def _freeze(array: NDArray[Any]) -> None:
    array.setflags(write=False)
