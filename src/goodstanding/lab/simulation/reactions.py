"""What a standing does to conduct: how likely each act is at each grade, from the measures that follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.acts import Acts
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.simulation.kernel_tables import list_acts
from goodstanding.lab.simulation.outcomes.grade_levels import list_standings
from goodstanding.lab.world import compute_threshold

MEANS, GAIN = "means", "gain"
MECHANISMS = (MEANS, GAIN)  # without any a life is the twin's: the same candidates, measures switched off
Factors = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reactions:
    """How many times as likely each act is, in a row for nobody's grade and each standing, and the luck it needs.

    `at_ceiling` says where a factor is above an act's ceiling, so that it counts; `shares` are factors over it.
    """

    factors: Factors
    thresholds: NDArray[np.uint64]
    at_ceiling: NDArray[np.bool_]
    shares: Factors


def compute_reactions(scheme: SchemeArrays, acts: Acts, mechanisms: Iterable[str]) -> Reactions:
    """The reactions to the grades of a catalogue under the mechanisms that are at work."""
    names = list_acts(scheme)
    columns = [scheme.origins.act_names.index(name) for name in names]
    factors = _compute_factors(scheme, tuple(mechanisms))[:, columns]
    ceilings = np.array([acts.by_name[name].ceiling.value for name in names])
    shares = factors / ceilings
    thresholds = [[compute_threshold(share) for share in row] for row in shares]
    return Reactions(factors, np.array(thresholds, np.uint64).reshape(factors.shape), factors > ceilings, shares)


def _compute_factors(scheme: SchemeArrays, mechanisms: tuple[str, ...]) -> Factors:
    """A row for each standing: what all measures that follow from it do together."""
    by_standing = list_standings(scheme).list_measures()
    factors = np.ones((len(by_standing), len(scheme.origins.act_names)))
    for mechanism, effects in ((MEANS, scheme.measures.means_factors), (GAIN, scheme.measures.gain_factors)):
        if mechanism in mechanisms:
            for row, measures in enumerate(by_standing):
                for measure in sorted(measures):
                    factors[row] *= effects[measure]
    return factors
