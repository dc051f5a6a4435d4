"""What the register says in an authority's own file about how it does: a few measures of one year, as may be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goodstanding.register.oversight.cases import DISPUTED
from goodstanding.register.oversight.overview import Overview
from goodstanding.register.oversight.reasons import SHARED

MEDIAN = "median-days"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure: so many of so many; `median-days` is the median over so many decisions. None is not shown."""

    measure: str
    numerator: float | None
    denominator: int | None


def figures(held: Overview, source: str) -> list[Figure]:
    """The figures of a source in an overview; a measure in which it did nothing is left out."""
    return [one for measure in _MEASURES if (one := measure(held, source))]


def _of_grid(name: str, grid: str, part: str) -> Callable[[Overview, str], Figure | None]:
    def measure(held: Overview, source: str) -> Figure | None:
        line = getattr(held, grid).line(source)
        return Figure(name, line.parts[part], line.total) if line else None

    return measure


def _median(held: Overview, source: str) -> Figure | None:
    line, spread = held.decided.line(source), held.times.sources.get(source)
    return Figure(MEDIAN, spread.median if spread else None, line.total) if line else None


_MEASURES = (
    _of_grid("missed", "missed", "missed"),
    _of_grid("overturned", "appeals", "overturned"),
    _of_grid("wrong", "disputes", DISPUTED[0]),
    _median,
    _of_grid("alike", "reasons", SHARED),
    _of_grid("corrected", "records", "corrected"),
    _of_grid("withdrawn", "records", "withdrawn"),
    _of_grid("silent", "applications", "silent"),
)
