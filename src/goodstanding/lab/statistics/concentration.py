"""How unevenly a burden lies: Lorenz curve, Gini index, and the share that those who bear the most of it bear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Burdens = NDArray[np.float64]
TOP = 0.1


def compute_lorenz_curve(burdens: Burdens) -> NDArray[np.float64]:
    """Rows of shares, from (0, 0) to (1, 1): of people, those who bear least first, and of all that is borne."""
    rising = np.sort(burdens)
    people = np.arange(len(rising) + 1) / len(rising)
    return np.column_stack([people, np.concatenate([[0.0], np.cumsum(rising)]) / rising.sum()])


def compute_gini(burdens: Burdens, axis: int = -1) -> NDArray[np.float64]:
    """The Gini index along an axis: 0 where all bear alike, near 1 where few bear all; NaN where nothing is borne."""
    rising = np.sort(np.moveaxis(burdens, axis, -1), axis=-1)
    number = rising.shape[-1]
    ranks = 2 * np.arange(1, number + 1) - number - 1
    with np.errstate(invalid="ignore"):
        return np.asarray((rising * ranks).sum(axis=-1) / (number * rising.sum(axis=-1)))


def compute_top_share(burdens: Burdens, axis: int = -1, top: float = TOP) -> NDArray[np.float64]:
    """The share of all that is borne by those, this part of everybody, who bear the most; NaN where nothing is borne.

    Somebody who is in that part only by a fraction counts by that fraction.
    """
    falling = -np.sort(-np.moveaxis(burdens, axis, -1), axis=-1)
    number = falling.shape[-1]
    weights = np.clip(top * number - np.arange(number), 0.0, 1.0)
    with np.errstate(invalid="ignore"):
        return np.asarray((falling * weights).sum(axis=-1) / falling.sum(axis=-1))
