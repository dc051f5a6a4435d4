"""Points spread evenly over the ranges of parameters: a scrambled Sobol design."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

Ranges = tuple[tuple[float, float], ...]


def draw_points(ranges: Ranges, points: int, seed: int) -> NDArray[np.float64]:
    """So many points, one row each, one column a parameter in its own unit; the same for the same seed.

    Of a power of two the points are balanced; of another number the first of the next larger design.
    """
    exponent = max(0, int(np.ceil(np.log2(points))))
    unit = qmc.Sobol(len(ranges), scramble=True, rng=np.random.default_rng(seed)).random_base2(exponent)[:points]
    low, high = np.array(ranges, dtype=np.float64).T
    return np.asarray(low + unit * (high - low))
