"""What records read of the months before and of others: source columns that are written anew with each month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from goodstanding.lab.compilation.scheme_arrays import Axis, Origin, SchemeArrays
from goodstanding.lab.simulation.kernel_tables import (
    AXIS_KIND,
    AXIS_LEVELS,
    Integers,
    OriginTable,
    list_calendar_months,
)
from goodstanding.lab.simulation.outcomes.grade_levels import GradedScheme, list_standings

YEAR = 12  # months
READ_AXES = {Axis.GRADE, Axis.COUNT, Axis.EDGE_SCORE, Axis.EDGE_GRADE, Axis.LISTED}
MEETING_AXES = (Axis.EDGE_SCORE, Axis.EDGE_GRADE)
_OUTSIDE = (*MEETING_AXES, Axis.LISTED)  # what an agent's own life does not say


class PastTable(NamedTuple):
    """Columns of an agent's sources, and where each comes from.

    grade_columns     own grade of a year ago: grade_levels[column, standing + 1] is the level that the field has
    count_columns     acts of the last year, and count_acts: which act of the plan
    outside_columns   what others say: the mean score along an edge, or a list of another catalogue
    has_months        whether there are records with every month
    year_months       months of the calendar in which records come once a year: the last occasions, after every month
    """

    has_months: bool
    year_months: Integers
    grade_columns: Integers
    grade_levels: Integers
    count_columns: Integers
    count_acts: Integers
    outside_columns: Integers


def list_read_sources(scheme: SchemeArrays) -> dict[str, Axis]:
    """The references that change from month to month, and what each is."""
    origins = scheme.origins
    pairs = zip(origins.axis_kinds.tolist(), origins.axis_which.tolist(), strict=True)
    return {origins.source_names[which]: Axis(kind) for kind, which in pairs if kind in READ_AXES}


def lives_by_month(scheme: SchemeArrays) -> bool:
    """Whether its records come with every month, or read what changes from month to month."""
    return bool(list_read_sources(scheme)) or bool(np.isin(scheme.origins.kinds, [Origin.MONTH, Origin.YEAR]).any())


def list_outside_sources(scheme: SchemeArrays) -> list[str]:
    """The references that an agent's own life does not say, in the order of `outside_columns`."""
    return [name for name, axis in list_read_sources(scheme).items() if axis in _OUTSIDE]


def build_past_table(scheme: SchemeArrays, act_names: tuple[str, ...]) -> PastTable | None:
    """What a scheme's records read of the past; None where they read nothing, and none comes with every month."""
    if not lives_by_month(scheme):
        return None
    read = list_read_sources(scheme)
    grades = [name for name, axis in read.items() if axis is Axis.GRADE]
    counts = [name for name, axis in read.items() if axis is Axis.COUNT]
    return PastTable(
        bool((scheme.origins.kinds == Origin.MONTH).any()),
        np.array(list_calendar_months(scheme), np.int64),
        _find_columns(scheme, grades),
        build_grade_levels(scheme, [name.removeprefix("own.grade.") for name in grades]),
        _find_columns(scheme, counts),
        np.array([act_names.index(name.rpartition(".")[2]) for name in counts], np.int64),
        _find_columns(scheme, list_outside_sources(scheme)),
    )


def _find_columns(scheme: SchemeArrays, names: list[str]) -> Integers:
    return np.array([scheme.origins.source_names.index(name) for name in names], np.int64)


def build_grade_levels(scheme: SchemeArrays, names: list[str]) -> Integers:
    """For each of these schemes and each standing the grade in it; the last level is that of nobody's grade."""
    standings = list_standings(scheme)
    schemes = [graded.arrays.name for graded in standings.schemes]
    places = [schemes.index(name) for name in names]
    rows = [[_find_grade(standings.schemes[place], row[place]) for row in standings.list_rows()] for place in places]
    return np.array(rows, np.int64).reshape(len(names), len(standings.list_rows()))


def _find_grade(graded: GradedScheme, level: object) -> int:
    return getattr(level, "grade", len(graded.arrays.grade_names))


def list_score_bounds(scheme: SchemeArrays, reference: str) -> Integers:
    """The numbers from which another level of a score begins, for all fields that read it."""
    origins = scheme.origins
    bounds = [
        origins.level_ends[origins.level_starts[axis] : origins.level_starts[axis + 1]]
        for axis in range(len(origins.axis_kinds))
        if origins.axis_kinds[axis] == Axis.EDGE_SCORE and origins.source_names[origins.axis_which[axis]] == reference
    ]
    return np.unique(np.concatenate(bounds)).astype(np.int64)


def spread_levels(scheme: SchemeArrays, origins: OriginTable) -> OriginTable:
    """The same origins, with a row for each count of acts and each place among the bounds of a score.

    So what a source says is the place of the level's row, as it is of traits.
    """
    rows, axes = [_spread_axis(scheme, origins, axis) for axis in range(len(origins.axes) - 1)], origins.axes.copy()
    axes[:, AXIS_LEVELS] = np.cumsum([0, *map(len, rows)])
    return origins._replace(axes=axes, level_ends=np.concatenate([np.empty(0, np.int64), *rows]))


def _spread_axis(scheme: SchemeArrays, origins: OriginTable, axis: int) -> Integers:
    kind, ends = origins.axes[axis, AXIS_KIND], origins.level_ends[slice(*origins.axes[axis : axis + 2, AXIS_LEVELS])]
    if kind == Axis.COUNT:
        return _place_numbers(ends, np.arange(YEAR + 1))
    if kind == Axis.EDGE_SCORE:
        bounds = list_score_bounds(scheme, scheme.origins.source_names[scheme.origins.axis_which[axis]])
        return np.concatenate([np.zeros(1, np.int64), _place_numbers(ends, bounds)])
    return ends


def _place_numbers(ends: Integers, numbers: Integers) -> Integers:
    """The level of each number: the last that begins with no more, and the first of what is below all."""
    return np.maximum(np.searchsorted(ends, numbers, side="right") - 1, 0).astype(np.int64)
