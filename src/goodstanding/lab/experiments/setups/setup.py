"""The form of every set-up: one point in, the measure and what is compared with targets out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from goodstanding.lab.statistics.intervals import Estimate

Values = Mapping[str, float]
Figures = Mapping[str, float]
ON, STRONG, FIXED = "", "strong", "fixed"  # beside these, the name of a mechanism that is switched off


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one point gave: the measure, and further figures by name, targets among them."""

    value: float
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunSize:
    """How large a simulated point is; real data have the size they have."""

    agents: int
    months: int


def _describe_nothing(values: Values, seed: int, size: RunSize) -> Figures:
    return {}


@dataclass(frozen=True, slots=True)
class Setup:
    """How an experiment is run: `measure` one point, with ON, STRONG, FIXED or the mechanism that is off as switch.

    `describe` gives further figures that a report shows beside the result, at the file's own values alone. `data` are
    the files it reads, by their paths in the package, and `catalogues` the rules, whose digests a report prints.
    """

    measure: Callable[[Values, int, str, RunSize], Measurement]
    describe: Callable[[Values, int, RunSize], Figures] = _describe_nothing
    data: tuple[str, ...] = ()
    catalogues: tuple[str, ...] = ()


def list_estimate_figures(estimates: Mapping[str, Estimate]) -> Figures:
    """Estimates as figures: each under its name, and the ends of its interval as NAME-low and NAME-high."""
    figures = dict[str, float]()
    for name, estimate in estimates.items():
        figures |= {name: estimate.value, f"{name}-low": estimate.low, f"{name}-high": estimate.high}
    return figures
