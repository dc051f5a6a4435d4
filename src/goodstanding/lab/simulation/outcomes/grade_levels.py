"""The standings that an agent can have: its level in each graded scheme of a catalogue, as one number for all.

A level is a grade with the measures that follow from it; where a measure asks about the record too, one grade has
several levels. The levels of a scheme begin with its grades, so that with one scheme a standing is a grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np

from goodstanding.errors import LaboratoryError
from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, OutcomeArrays, PointsArrays, SchemeArrays
from goodstanding.messages import Message, RunMessage


@dataclass(frozen=True, slots=True)
class GradeLevel:
    """A grade of a scheme, and the measures that follow from it, by their indexes."""

    grade: int
    measures: frozenset[int]


@dataclass(frozen=True, slots=True)
class GradedScheme:
    """A scheme with its levels; `of_variants` is the level that the newest record gives, NONE where it gives none."""

    arrays: PointsArrays | OutcomeArrays
    levels: tuple[GradeLevel, ...]
    of_variants: tuple[int, ...]

    @property
    def is_mean(self) -> bool:
        """Whether it grades the mean of a time."""
        return isinstance(self.arrays, OutcomeArrays) and self.arrays.over[0, 0] != OPEN

    @property
    def level_names(self) -> tuple[str, ...]:
        """The grade of each level."""
        return tuple(self.arrays.grade_names[level.grade] for level in self.levels)


@dataclass(frozen=True, slots=True)
class JointStandings:
    """The graded schemes of a catalogue, the last of which is the slowest to count."""

    schemes: tuple[GradedScheme, ...]

    @property
    def strides(self) -> tuple[int, ...]:
        """How many standings further a level of each scheme is."""
        sizes = [1 + len(scheme.levels) for scheme in self.schemes]
        return tuple(prod(sizes[:place]) for place in range(len(sizes)))

    def list_rows(self) -> list[tuple[GradeLevel | None, ...]]:
        """The levels of every standing, first that of nobody's grade in any scheme."""
        choices = [(None, *scheme.levels) for scheme in self.schemes]
        return [tuple(reversed(row)) for row in product(*reversed(choices))]

    def list_measures(self) -> list[frozenset[int]]:
        """The measures that follow from every standing, the first of which has no grade."""
        return [frozenset[int]().union(*(level.measures for level in row if level)) for row in self.list_rows()]

    def list_grade_names(self) -> list[tuple[str, ...]]:
        """The names of the grades of every standing but the first."""
        names = [scheme.arrays.grade_names for scheme in self.schemes]
        return [
            tuple(of_scheme[level.grade] for of_scheme, level in zip(names, row, strict=True) if level)
            for row in self.list_rows()[1:]
        ]


@dataclass(frozen=True, slots=True)
class _SchemeKey:
    """Arrays have no hash: a scheme is the same as long as it is the same object."""

    scheme: SchemeArrays

    def __hash__(self) -> int:
        return id(self.scheme)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SchemeKey) and self.scheme is other.scheme


@lru_cache(maxsize=8)
def _build(key: _SchemeKey) -> JointStandings:
    graded: list[PointsArrays | OutcomeArrays] = [*key.scheme.points, *key.scheme.outcomes]
    return JointStandings(tuple(_build_scheme(key.scheme, arrays) for arrays in graded))


def list_standings(scheme: SchemeArrays) -> JointStandings:
    """The standings of a catalogue's graded schemes."""
    return _build(_SchemeKey(scheme))


def _build_scheme(scheme: SchemeArrays, arrays: PointsArrays | OutcomeArrays) -> GradedScheme:
    measures = scheme.measures
    own = [row for row, of_scheme in enumerate(measures.schemes) if of_scheme == _find_scheme(scheme, arrays)]
    always = [row for row in own if not _asks_record(scheme, arrays, row)]
    levels = [_build_level(scheme, grade, always) for grade in range(len(arrays.grade_names))]
    if isinstance(arrays, PointsArrays) or arrays.over[0, 0] != OPEN:
        if len(always) < len(own):
            raise LaboratoryError(
                Message(RunMessage.MEASURE_ASKS_RECORD, {"catalogue": scheme.name, "scheme": arrays.name})
            )
        return GradedScheme(arrays, tuple(levels), ())
    places = [_place_level(scheme, int(grade), own, variant, levels) for variant, grade in enumerate(arrays.grades)]
    return GradedScheme(arrays, tuple(levels), tuple(places))


def _find_scheme(scheme: SchemeArrays, arrays: PointsArrays | OutcomeArrays) -> int:
    return scheme.measures.scheme_names.index(arrays.name)


def _asks_record(scheme: SchemeArrays, arrays: PointsArrays | OutcomeArrays, measure: int) -> bool:
    """Whether a measure follows from some records that have its grade, and from others not."""
    if isinstance(arrays, PointsArrays):
        return False  # such a measure is refused when it is compiled
    grades = np.flatnonzero(scheme.measures.grades[measure])
    return not bool(scheme.measures.holds[measure][np.isin(arrays.grades, grades)].all())


def _build_level(scheme: SchemeArrays, grade: int, measures: list[int]) -> GradeLevel:
    return GradeLevel(grade, frozenset(row for row in measures if scheme.measures.grades[row, grade]))


def _place_level(scheme: SchemeArrays, grade: int, own: list[int], variant: int, levels: list[GradeLevel]) -> int:
    """The level of a variant's grade and measures; a new one where there is none yet."""
    if grade == NONE:
        return NONE
    level = _build_level(scheme, grade, [row for row in own if scheme.measures.holds[row, variant]])
    if level not in levels:
        levels.append(level)
    return levels.index(level)
