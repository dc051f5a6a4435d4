"""What decides a result: how much each parameter matters, and how little of it turns the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import stats

_STEPS = 12  # halvings of the way to a flip: to a 4,000th of the range
_IDLE = 8  # parameters that do nothing, drawn to see what index that has
_SLICES = 10  # of a parameter, equally many points each
_LOOKS = 9  # points looked at on each side of the default


@dataclass(frozen=True, slots=True)
class Weight:
    """How far a result's distribution moves with one parameter (PAWN: Pianosi and Wagener 2018; 0 to 1)."""

    parameter: str
    index: float


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of one parameter that turns the verdict, in its unit and as a share of its range."""

    parameter: str
    default: float
    value: float
    share_of_range: float


def rank_parameters(points: NDArray[np.float64], names: tuple[str, ...], results: NDArray[np.float64]) -> list[Weight]:
    """The parameters, the one that matters most first; needs no runs beyond those that there are."""
    weights = (Weight(name, _compute_index(column, results)) for name, column in zip(names, points.T, strict=True))
    return sorted(weights, key=lambda weight: -weight.index)


def compute_idle_index(results: NDArray[np.float64], seed: int) -> float:
    """What a parameter that does nothing would get with these points: the mean over some that are drawn at random."""
    drawn = np.random.default_rng(seed).random((len(results), _IDLE))
    return float(np.mean([_compute_index(column, results) for column in drawn.T]))


def _compute_index(column: NDArray[np.float64], results: NDArray[np.float64]) -> float:
    """The median over slices of a parameter of how far the results in it are from all (Kolmogorov and Smirnov)."""
    cuts = np.quantile(column, np.linspace(0, 1, _SLICES + 1))
    slices = (results[(column >= low) & (column < high)] for low, high in pairwise(cuts))
    distances = [stats.ks_2samp(inside, results, method="asymp").statistic for inside in slices if len(inside)]
    return float(np.median(distances))


def find_nearest_flip(
    defaults: dict[str, float], ranges: dict[str, tuple[float, float]], decide: Callable[[dict[str, float]], str]
) -> Flip | None:
    """The nearest change of a single parameter that turns the verdict `decide` gives; None where none does."""
    verdict = decide(defaults)
    flips = (_find_flip(name, defaults, ranges[name], verdict, decide) for name in defaults)
    return min((flip for flip in flips if flip), key=lambda flip: flip.share_of_range, default=None)


def _find_flip(
    name: str,
    defaults: dict[str, float],
    ends: tuple[float, float],
    verdict: str,
    decide: Callable[[dict[str, float]], str],
) -> Flip | None:
    default, width = defaults[name], ends[1] - ends[0]
    sides = (
        _find_flip_towards(default, end, lambda value: decide({**defaults, name: value}) != verdict) for end in ends
    )
    nearest = min((value for value in sides if value is not None), key=lambda value: abs(value - default), default=None)
    return None if nearest is None else Flip(name, default, nearest, abs(nearest - default) / width)


def _find_flip_towards(default: float, end: float, turns: Callable[[float], bool]) -> float | None:
    """The first value on the way to an end of the range at which the verdict turns, as looks and halvings find it."""
    inner = (default + (end - default) * look / _LOOKS for look in range(1, _LOOKS))
    looks = [*inner, end] if end != default else []  # the end itself: a sum may lie beyond it by a bit
    after = next((look for look, value in enumerate(looks) if turns(value)), None)
    if after is None:
        return None
    before, turned = (looks[after - 1] if after else default), looks[after]
    for _ in range(_STEPS):
        middle = (before + turned) / 2
        before, turned = (before, middle) if turns(middle) else (middle, turned)
    return turned
