"""Which acts are breaches under a scheme, as the variants of their records say."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.compilation.case_arrays import CaseArrays
from goodstanding.lab.compilation.scheme_arrays import NONE, Axis, SchemeArrays


def find_breaches(scheme: SchemeArrays, act_names: Iterable[str]) -> NDArray[np.bool_]:
    """Which acts can lose points, or a grade directly, miss the best grade of a record, or put somebody on a list."""
    breaches = set()
    for origin, act in enumerate(scheme.origins.acts):
        if act != NONE and any(_takes_away(scheme, variant) for variant in list_variants(scheme, origin)):
            breaches.add(scheme.origins.act_names[act])
    return np.array([name in breaches for name in act_names], np.bool_)


def _takes_away(scheme: SchemeArrays, variant: int) -> bool:
    for points in scheme.points:
        first, end = points.stage_starts[variant : variant + 2]
        if (points.stage_points[first:end] < 0).any() or points.direct_starts[variant] < points.direct_starts[
            variant + 1
        ]:
            return True
    if any(outcomes.grades[variant] > 0 for outcomes in scheme.outcomes):
        return True
    return bool(scheme.stated_cases and _lists(scheme.stated_cases, variant))


def _lists(cases: CaseArrays, variant: int) -> bool:
    """Whether a record of a variant states a step at which somebody stands on a list."""
    rows = slice(cases.step_starts[variant], cases.step_starts[variant + 1])
    steps = cases.stated_steps[rows][cases.stated_holds[rows] == 1]
    return bool(cases.list_steps[:, steps].any())


def list_variants(scheme: SchemeArrays, origin: int) -> range:
    """The variants of an origin, which follow one another."""
    origins = scheme.origins
    axes = range(origins.axis_starts[origin], origins.axis_starts[origin + 1])
    last = sum(int(origins.axis_strides[axis]) * (_count_levels(scheme, axis) - 1) for axis in axes)
    return range(int(origins.variants[origin]), int(origins.variants[origin]) + last + 1)


def _count_levels(scheme: SchemeArrays, axis: int) -> int:
    """How many levels an axis has: of luck and of numbers one a row, of others as many as its rows mean."""
    origins = scheme.origins
    first, end = origins.level_starts[axis : axis + 2]
    numbered = origins.axis_kinds[axis] in (Axis.DRAWN, Axis.LIFE, Axis.COUNT, Axis.EDGE_SCORE, Axis.DAY)
    return int(end - first if numbered else origins.level_ends[first:end].max() + 1)
