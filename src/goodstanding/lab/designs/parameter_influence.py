"""What decides a result: how much each parameter matters, and how little of it turns the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
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


Decide = Callable[[dict[str, float]], str]


@dataclass(frozen=True, slots=True)
class _Look:
    """A change of a parameter to be looked at, on one side of its default, and the change before it on the way."""

    parameter: str
    end: float
    before: float
    value: float


def find_nearest_flip(
    defaults: dict[str, float], ranges: dict[str, tuple[float, float]], decide: Decide
) -> Flip | None:
    """The nearest change of a single parameter that turns the verdict `decide` gives; None where none does.

    Small changes are looked at first, so that none is asked about that is larger than one that turns it. Of equal ones
    the first parameter counts.
    """
    verdict, flips, turned = decide(defaults), list[Flip](), set[tuple[str, float]]()
    build_flip, order = partial(_build_flip, defaults, ranges), list(defaults)
    looks = [(build_flip(look.parameter, look.before).share_of_range, look) for look in _list_looks(defaults, ranges)]
    for share_before, look in sorted(looks, key=lambda pair: pair[0]):
        if any(flip.share_of_range <= share_before for flip in flips):
            break
        turns = partial(_turns, decide, verdict, defaults, look.parameter)
        if (look.parameter, look.end) not in turned and turns(look.value):
            turned.add((look.parameter, look.end))
            flips.append(build_flip(look.parameter, _halve(look, turns)))
    return min(flips, key=lambda flip: (flip.share_of_range, order.index(flip.parameter), flip.value), default=None)


def _build_flip(
    defaults: dict[str, float], ranges: dict[str, tuple[float, float]], parameter: str, value: float
) -> Flip:
    default, (low, high) = defaults[parameter], ranges[parameter]
    return Flip(parameter, default, value, abs(value - default) / (high - low))


def count_most_looks(defaults: dict[str, float], ranges: dict[str, tuple[float, float]]) -> int:
    """How many points are looked at where nothing turns the verdict until the last of them."""
    return 1 + len(_list_looks(defaults, ranges)) + _STEPS


def _turns(decide: Decide, verdict: str, defaults: dict[str, float], parameter: str, value: float) -> bool:
    return decide({**defaults, parameter: value}) != verdict


def _list_looks(defaults: dict[str, float], ranges: dict[str, tuple[float, float]]) -> list[_Look]:
    """All looks, parameter by parameter and side by side, outwards."""
    return [
        _Look(name, end, before, value)
        for name in defaults
        for end in ranges[name]
        for before, value in pairwise(_list_values(defaults[name], end))
    ]


def _list_values(default: float, end: float) -> list[float]:
    """From the default to an end of the range; the end itself, for a sum may lie beyond it by a bit."""
    return [*(default + (end - default) * look / _LOOKS for look in range(_LOOKS)), end] if end != default else []


def _halve(look: _Look, turns: Callable[[float], bool]) -> float:
    """The first value between two at which the verdict turns, as halvings find it."""
    before, after = look.before, look.value
    for _ in range(_STEPS):
        middle = (before + after) / 2
        before, after = (before, middle) if turns(middle) else (middle, after)
    return after
