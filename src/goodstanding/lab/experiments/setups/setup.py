"""The form of every set-up: one point in, the measure and what is compared with targets out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

Values = Mapping[str, float]
ON, STRONG, FIXED = "", "strong", "fixed"  # beside these, the name of a mechanism that is switched off


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one point gave: the measure, and further figures by name, targets among them."""

    value: float
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunSize:
    """How large a simulated point is; real data have the size they have."""

    agents: int
    months: int


class Setup(Protocol):
    """Runs one point of an experiment."""

    def __call__(self, values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
        """The measurement at these values; `switch` is ON, STRONG, FIXED or the mechanism that is off."""
        ...


SetupLoader = Callable[[], Setup]
