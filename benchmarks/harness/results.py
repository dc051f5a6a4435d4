"""What a benchmark gives: a figure, the limit or peer of the same run, and whether the bars were met."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """What is asked for: a figure of at least, or of at most, so much; and the same of its ratio to the peer."""

    figure: float
    most: bool
    ratio: float | None = None

    def met_by(self, figure: float, ratio: float | None) -> bool:
        """Whether the figure, and the ratio where one is asked for, are as good as the bar."""
        return self._reached(figure, self.figure) and (
            self.ratio is None or (ratio is not None and self._reached(ratio, self.ratio))
        )

    def _reached(self, value: float, bar: float) -> bool:
        return value <= bar if self.most else value >= bar


@dataclass(frozen=True, slots=True)
class Peer:
    """What a figure is measured beside in the same run, in the same unit."""

    name: str
    figure: float


@dataclass(frozen=True, slots=True)
class Result:
    """One figure in its unit; `samples` are the raw measurements behind it, `note` what else was seen."""

    name: str
    figure: float
    unit: str
    bar: Bar
    peer: Peer | None = None
    samples: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure as a multiple of its peer's."""
        return self.figure / self.peer.figure if self.peer and self.peer.figure else None

    @property
    def met(self) -> bool:
        """Whether the bar was met in this run."""
        return self.bar.met_by(self.figure, self.ratio)

    def as_json(self) -> dict[str, Any]:
        """All of it, with the ratio and whether the bar was met."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A benchmark that could not be run here, and why."""

    name: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Its name and the reason."""
        return {"name": self.name, "skipped": self.reason}


Outcome = Result | Skipped


def compute_quantile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that this share of all samples does not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def compute_median(samples: Sequence[float]) -> float:
    """The middle one of the samples."""
    return statistics.median(samples)


def time_call(work: Callable[..., Any], *arguments: Any) -> float:
    """The seconds that a piece of work takes by the clock."""
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun
