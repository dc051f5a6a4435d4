"""Visits of inspectors in three cities, each beside the one before at the same premises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as package_files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
CITIES = ("san-francisco", "chicago", "new-york")
DATA_FILES = (
    "lab/observations/data/san_francisco_visits.parquet",
    "lab/observations/data/chicago_visits.parquet",
    "demonstration/data/nyc_restaurants/violations.parquet",
)

# what a violation of each kind weighs in Chicago, which gives no score
_CHICAGO_WEIGHTS = {"critical": 9.0, "serious": 3.0, "minor": 1.0}
_NEW_YORK_VISIT = "Cycle Inspection / Initial Inspection"


@dataclass(frozen=True, slots=True)
class VisitPairs:
    """Visits with the one before at the same premises, one element each, in the order of days.

    `earlier` and `severity` are how bad the visit before and this one were, in the city's own points, higher is worse;
    `day` counts from 1970, `gap` is the days between the two. `cut` is the last score of the city's best grade.
    """

    city: str
    premises: NDArray[np.int64]
    day: NDArray[np.int64]
    earlier: Numbers
    severity: Numbers
    gap: Numbers
    cut: float | None

    def select(self, chosen: NDArray[np.bool_]) -> VisitPairs:
        """Some of the pairs."""
        numbers = (self.earlier[chosen], self.severity[chosen], self.gap[chosen])
        return VisitPairs(self.city, self.premises[chosen], self.day[chosen], *numbers, self.cut)


@cache
def read_visit_pairs(city: str) -> VisitPairs:
    """All pairs of a city: San Francisco's scores (from 100 down), Chicago's weighted violations, New York's points."""
    return {"san-francisco": _read_san_francisco, "chicago": _read_chicago, "new-york": _read_new_york}[city]()


def read_all_pairs() -> Mapping[str, VisitPairs]:
    """The pairs of every city, by name."""
    return {city: read_visit_pairs(city) for city in CITIES}


def _read_san_francisco() -> VisitPairs:
    visits = _read_table(DATA_FILES[0])
    return _pair_visits("san-francisco", visits, 100.0 - _list_numbers(visits, "score"), None)


def _read_chicago() -> VisitPairs:
    visits = _read_table(DATA_FILES[1])
    severity = sum(weight * _list_numbers(visits, column) for column, weight in _CHICAGO_WEIGHTS.items())
    return _pair_visits("chicago", visits, np.asarray(severity), None)


def _read_new_york() -> VisitPairs:
    """Initial visits of a cycle: what follows a bad one sooner, a re-inspection, is no draw of its own."""
    rows = _read_table(DATA_FILES[2])
    chosen = pc.and_(pc.equal(rows["inspection_type"], _NEW_YORK_VISIT), pc.is_valid(rows["score"]))
    visits = rows.filter(chosen).group_by(["camis", "inspection_date"]).aggregate([("score", "max")])
    visits = visits.rename_columns(["premises", "day", "score"]).sort_by(
        [("premises", "ascending"), ("day", "ascending")]
    )
    return _pair_visits("new-york", visits, _list_numbers(visits, "score"), 13.0)


def _read_table(path: str) -> pa.Table:
    with (package_files("goodstanding") / path).open("rb") as file:
        return pq.read_table(file)


def _list_numbers(table: pa.Table, column: str) -> Numbers:
    return np.asarray(table[column].to_numpy(), dtype=np.float64)


def _pair_visits(city: str, visits: pa.Table, severity: Numbers, cut: float | None) -> VisitPairs:
    """Each visit with the one before it; `visits` is in the order of premises and days."""
    _names, premises = np.unique(visits["premises"].to_numpy(zero_copy_only=False), return_inverse=True)
    day = visits["day"].cast(pa.int32()).to_numpy().astype(np.int64)
    second = np.flatnonzero(premises[1:] == premises[:-1]) + 1
    order = second[np.argsort(day[second], kind="stable")]
    gap = (day[order] - day[order - 1]).astype(np.float64)
    return VisitPairs(city, premises[order], day[order], severity[order - 1], severity[order], gap, cut)
