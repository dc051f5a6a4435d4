"""The form of every set-up: one point in, the measure and what is compared with targets out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from goodstanding.lab.statistics.intervals import Estimate

Values = Mapping[str, float]
Figures = Mapping[str, float]
MEASURE = "measure"  # figures `measure-low` and `measure-high` are the ends of the measure's own interval
ON, STRONG, FIXED = "", "strong", "fixed"  # beside these, the name of a mechanism that is switched off


class Measured(Protocol):
    """Something with a value of the measure, and figures beside it."""

    @property
    def value(self) -> float:
        """The measure."""
        ...

    @property
    def figures(self) -> Figures:
        """What came out beside it."""
        ...


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one point gave: the measure, and further figures by name, targets among them."""

    value: float
    figures: Figures = field(default_factory=dict)


def read_end(measured: Measured, end: str | None) -> float:
    """The measure, or the `low` or `high` end of its interval; where it has none, the measure itself."""
    return measured.figures.get(f"{MEASURE}-{end}", measured.value) if end else measured.value


@dataclass(frozen=True, slots=True)
class RunSize:
    """How large a simulated point is; real data have the size they have.

    A `brief` one leaves out what decides nothing and takes long: some schemes, some figures beside the measure.
    """

    agents: int
    months: int
    brief: bool = False


def _describe_nothing(values: Values, seed: int, size: RunSize) -> Figures:
    return {}


@dataclass(frozen=True, slots=True)
class Setup:
    """How an experiment is run: `measure` one point, with ON, STRONG, FIXED or the mechanism that is off as switch.

    `describe` gives further figures that a report shows beside the result, at the file's own values alone. `check` asks
    the rules themselves about a few lives of a point, and raises LaboratoryError where one differs. `data` are the
    files it reads, by their paths in the package, and `catalogues` the rules, whose digests a report prints.
    """

    measure: Callable[[Values, int, str, RunSize], Measurement]
    describe: Callable[[Values, int, RunSize], Figures] = _describe_nothing
    data: tuple[str, ...] = ()
    catalogues: tuple[str, ...] = ()
    check: Callable[[Values, int, RunSize], None] | None = None


def list_estimate_figures(estimates: Mapping[str, Estimate]) -> Figures:
    """Estimates as figures: each under its name, and the ends of its interval as NAME-low and NAME-high."""
    figures = dict[str, float]()
    for name, estimate in estimates.items():
        figures |= {name: estimate.value, f"{name}-low": estimate.low, f"{name}-high": estimate.high}
    return figures
