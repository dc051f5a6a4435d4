"""Movement between grades: how often people rise and fall, and where those at a grade stand later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.life_histories import Floats, LifeHistory, Truths
from goodstanding.lab.assessment.life_samples import LifeSample, find_ranks
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.simulation.kernel_tables import Integers

NO_GRADE = "none"
ARROW = " > "


def list_movements(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """Moves up and down for a person and year, then the matrix: a row for each grade at which anybody stands."""
    owners, before, after = _list_moves(sample.history)
    ranks = find_ranks(sample.lives.scheme)
    for indicator, is_move in (
        (Indicator.MOVES_UP, ranks[after] < ranks[before]),
        (Indicator.MOVES_DOWN, ranks[after] > ranks[before]),
    ):
        yield builder.build_mean(indicator, count_moves(owners, is_move, sample.people) / sample.history.years)
    yield from list_matrix(sample, builder, (*sample.counts.grade_names, NO_GRADE))


def count_moves(owners: Integers, is_move: Truths, people: int) -> Floats:
    """How many moves each agent made."""
    return np.bincount(owners[is_move], minlength=people).astype(np.float64)


def _list_moves(history: LifeHistory) -> tuple[Integers, Integers, Integers]:
    """Changes of grade: agent, grade before, grade after; the first grade is no change."""
    owners, grades = history.standings[:, 0], history.standings[:, 3]
    changed = (owners[1:] == owners[:-1]) & (grades[1:] != grades[:-1]) & (grades[1:] != NONE) & (grades[:-1] != NONE)
    return owners[1:][changed], grades[:-1][changed], grades[1:][changed]


def list_matrix(sample: LifeSample, builder: ResultBuilder, standing_names: Sequence[str]) -> Iterator[Result]:
    """One move for each agent, from half-way to the end, so that rows are of independent people; last name: none."""
    history = sample.history
    names, places = np.unique(standing_names, return_inverse=True)
    _scores, first = history.find_standings((history.first_day + history.end_day) // 2)
    _scores, last = history.find_standings(history.end_day - 1)
    table = np.zeros((len(names), len(names)), np.int64)
    np.add.at(table, (places[first], places[last]), 1)
    for row, column in np.argwhere(table):
        group = f"{names[row]}{ARROW}{names[column]}"
        yield builder.build_share(Indicator.MOVEMENT, int(table[row, column]), int(table[row].sum()), group)
