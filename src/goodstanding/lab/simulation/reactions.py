"""What a standing does to conduct: how likely each act is at each grade, from the measures that follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.acts import Acts
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.simulation.kernel_tables import list_acts
from goodstanding.lab.world import compute_threshold

MEANS, GAIN = "means", "gain"
MECHANISMS = (MEANS, GAIN)  # without any a life is the twin's: the same candidates, measures switched off
Factors = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reactions:
    """How many times as likely each act is, in a row for nobody's grade and each grade, and the luck it needs.

    `at_ceiling` says where a factor is above an act's ceiling, so that it counts; `shares` are factors over it.
    """

    factors: Factors
    thresholds: NDArray[np.uint64]
    at_ceiling: NDArray[np.bool_]
    shares: Factors


def compute_reactions(scheme: SchemeArrays, acts: Acts, mechanisms: Iterable[str]) -> Reactions:
    """The reactions to the grades of a scheme under the mechanisms that are at work."""
    names = list_acts(scheme)
    columns = [scheme.origins.act_names.index(name) for name in names]
    factors = _compute_factors(scheme, tuple(mechanisms))[:, columns]
    ceilings = np.array([acts.by_name[name].ceiling.value for name in names])
    shares = factors / ceilings
    thresholds = [[compute_threshold(share) for share in row] for row in shares]
    return Reactions(factors, np.array(thresholds, np.uint64).reshape(factors.shape), factors > ceilings, shares)


def _compute_factors(scheme: SchemeArrays, mechanisms: tuple[str, ...]) -> Factors:
    measures = scheme.measures
    grades = len(scheme.points[0].grade_names) if scheme.points else 0
    factors = np.ones((1 + grades, len(scheme.origins.act_names)))
    for measure, of_scheme in enumerate(measures.schemes):
        if of_scheme != 0:
            continue
        for mechanism, effects in ((MEANS, measures.means_factors), (GAIN, measures.gain_factors)):
            if mechanism in mechanisms:
                at_work = np.flatnonzero(measures.grades[measure][:grades])
                factors[1 + at_work] *= effects[measure]
    return factors
