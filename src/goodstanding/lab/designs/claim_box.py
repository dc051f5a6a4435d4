"""A box of the range in which a claim holds: the patient rule induction method (Friedman and Fisher 1999).

The well-kept implementations depend on libraries under the GPL, so these are the method's lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Points = NDArray[np.float64]  # one row a point, one column a parameter
Verdicts = NDArray[np.bool_]
Bounds = tuple[tuple[float, float], ...]  # of each parameter, in its own unit

PEELED = 0.05  # the share of what is left that one cut takes at most
LEAST_MASS = 0.05


@dataclass(frozen=True, slots=True)
class BoxSide:
    """A parameter that a box bounds, and how easily chance alone would make its bound: a quasi-p-value."""

    parameter: str
    low: float
    high: float
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where a claim holds more often.

    `coverage` is the share of all points for which it holds that is inside, `density` the share inside for which it
    holds, `mass` the share of all points that is inside.
    """

    sides: tuple[BoxSide, ...]
    coverage: float
    density: float
    mass: float


def find_box(points: Points, names: tuple[str, ...], holds: Verdicts, density: float = 0.9) -> Box | None:
    """The largest box on the way of peeling whose density is at least this, else the densest; None if nothing holds."""
    if not holds.any() or holds.all():
        return None
    boxes = list(_peel(points, holds))
    dense = [inside for inside in boxes if holds[inside].mean() >= density]
    inside = dense[0] if dense else max(boxes, key=lambda candidate: float(holds[candidate].mean()))
    return _describe_box(points, names, holds, inside)


def _peel(points: Points, holds: Verdicts) -> Iterator[Verdicts]:
    """What is inside after each cut: each takes the slice whose loss leaves the rest densest."""
    inside = np.ones(len(points), dtype=bool)
    yield inside.copy()
    while inside.sum() > LEAST_MASS * len(points) and not holds[inside].all():
        cuts = [cut for cut in _list_cuts(points, inside) if 0 < cut.sum() < inside.sum()]
        if not cuts:
            return
        inside = max(cuts, key=lambda cut: (float(holds[cut].mean()), int(cut.sum())))
        yield inside.copy()


def _list_cuts(points: Points, inside: Verdicts) -> Iterator[Verdicts]:
    for column in points.T:
        low, high = np.quantile(column[inside], (PEELED, 1 - PEELED))
        yield inside & (column >= low)
        yield inside & (column <= high)


def _describe_box(points: Points, names: tuple[str, ...], holds: Verdicts, inside: Verdicts) -> Box:
    sides = (_describe_side(points, number, holds, inside) for number in range(points.shape[1]))
    bounded = tuple(BoxSide(names[number], *side) for number, side in enumerate(sides) if side is not None)
    hits = int(holds[inside].sum())
    return Box(bounded, hits / int(holds.sum()), hits / int(inside.sum()), float(inside.mean()))


def _describe_side(points: Points, number: int, holds: Verdicts, inside: Verdicts) -> tuple[float, float, float] | None:
    """The bounds of one parameter and how likely as dense a box would be without them; None where it bounds nothing."""
    column = points[:, number]
    low, high = float(column[inside].min()), float(column[inside].max())
    without = _release(points, number, inside)
    if without.sum() == inside.sum():
        return None
    share = float(holds[without].mean())
    test = stats.binomtest(int(holds[inside].sum()), int(inside.sum()), share, alternative="greater")
    return low, high, float(test.pvalue)


def _release(points: Points, number: int, inside: Verdicts) -> Verdicts:
    """What is in the box when one parameter may be anything."""
    released = np.ones(len(points), dtype=bool)
    for other in range(points.shape[1]):
        if other != number:
            column = points[:, other]
            released &= (column >= column[inside].min()) & (column <= column[inside].max())
    return released
