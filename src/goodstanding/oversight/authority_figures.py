"""What the register says in an authority's own file about how it does: a few measures of one year, as may be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goodstanding.oversight.cases.case_outcomes import DISPUTED
from goodstanding.oversight.overview import OversightOverview
from goodstanding.oversight.reason_similarity import SHARED

MEDIAN = "median-days"


@dataclass(frozen=True, slots=True)
class AuthorityFigure:
    """A measure: so many of so many; `median-days` is the median over so many decisions. None is not shown."""

    measure: str
    numerator: float | None
    denominator: int | None


def list_authority_figures(overview: OversightOverview, source: str) -> list[AuthorityFigure]:
    """The figures of a source in an overview; a measure in which it did nothing is left out."""
    return [figure for measure in _MEASURES if (figure := measure(overview, source))]


def _build_table_measure(
    name: str, table_name: str, part: str
) -> Callable[[OversightOverview, str], AuthorityFigure | None]:
    def measure(overview: OversightOverview, source: str) -> AuthorityFigure | None:
        line = getattr(overview, table_name).line(source)
        return AuthorityFigure(name, line.parts[part], line.total) if line else None

    return measure


def _measure_median_days(overview: OversightOverview, source: str) -> AuthorityFigure | None:
    line, spread = overview.decided.line(source), overview.times.sources.get(source)
    return AuthorityFigure(MEDIAN, spread.median if spread else None, line.total) if line else None


_MEASURES = (
    _build_table_measure("missed", "missed", "missed"),
    _build_table_measure("overturned", "appeals", "overturned"),
    _build_table_measure("wrong", "disputes", DISPUTED[0]),
    _measure_median_days,
    _build_table_measure("alike", "reasons", SHARED),
    _build_table_measure("corrected", "records", "corrected"),
    _build_table_measure("withdrawn", "records", "withdrawn"),
    _build_table_measure("silent", "applications", "silent"),
)
