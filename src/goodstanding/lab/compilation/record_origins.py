"""Where records come from, and how each comes to one of its variants: an axis for everything that decides a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod

from goodstanding.lab.behaviour.written_values import WrittenValue
from goodstanding.lab.compilation.array_types import NONE, Axis, Origin

Values = Mapping[str, WrittenValue]
Need = tuple[Axis, str, int]
AXES: Mapping[str, Axis] = {
    "agent.kind": Axis.KIND,
    "believed": Axis.BELIEF,
    "debt": Axis.TRUTH,
    "own.grade": Axis.GRADE,
    "own.count": Axis.COUNT,
    "own.listed": Axis.LISTED,
    "beside": Axis.LISTED,
    "score": Axis.EDGE_SCORE,
    "listed": Axis.EDGE_LISTED,
    "grade": Axis.EDGE_GRADE,
}


@dataclass(frozen=True, slots=True)
class FieldAxis:
    """One thing that decides fields: what each of its levels means, and at which numbers or shares levels end.

    `ends` are as in `OriginArrays.level_ends`, but shares are shares.
    """

    kind: Axis
    reference: str
    levels: tuple[Values, ...]
    ends: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class OriginChances:
    """How often an origin makes a record: chances from 0 to 1, days, and records made by mistake in a year.

    `month` is the month of the calendar of what is made once a year.
    """

    share: float = 1.0
    noticed: float = 1.0
    days: tuple[int, int] = (0, 0)
    wrong: float = 0.0
    spread: float = 0.0
    month: int = NONE


@dataclass(frozen=True, slots=True)
class RecordOrigin:
    """Something that makes records of a type, with what is always so, and an axis for all that is not."""

    name: str
    kind: Origin
    act: str | None
    record: str
    about: str | None
    needs: tuple[Need, ...]
    constants: Values
    axes: tuple[FieldAxis, ...]
    chances: OriginChances

    @property
    def size(self) -> int:
        """How many variants it has."""
        return prod(len(axis.levels) for axis in self.axes)

    @property
    def day_bounds(self) -> tuple[date, ...]:
        """The days of conduct from which another level begins, after the first level."""
        ends = [axis.ends for axis in self.axes if axis.kind is Axis.DAY]
        return tuple(date.fromordinal(int(day)) for day in ends[0][1:]) if ends else ()

    def list_variants(self) -> list[tuple[Values, int]]:
        """The fields of each variant, and the level of its day, in the order of the strides (the last axis fastest)."""
        variants: list[tuple[Values, int]] = []
        for levels in product(*(range(len(axis.levels)) for axis in self.axes)):
            fields = dict(self.constants)
            day_level = 0
            for axis, level in zip(self.axes, levels, strict=True):
                fields |= axis.levels[level]
                day_level = level if axis.kind is Axis.DAY else day_level
            variants.append((fields, day_level))
        return variants


def find_axis_kind(reference: str) -> Axis:
    """The kind of axis that a reference is; of an agent's flags and traits the caller knows which."""
    head, *names = reference.split(".")
    keys = (reference, head, f"{head}.{names[0]}", names[1] if len(names) > 1 and head == "edge" else "")
    return next(AXES[key] for key in keys if key in AXES)
