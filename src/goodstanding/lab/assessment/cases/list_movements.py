"""Movement onto lists and off them, between grades where there are any, and where people stand later."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from goodstanding.lab.assessment.cases.case_histories import S_GRADE, S_LISTS
from goodstanding.lab.assessment.cases.case_samples import CaseSample
from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.grade_movements import NO_GRADE, count_moves, list_matrix
from goodstanding.lab.assessment.life_histories import Floats, Truths
from goodstanding.lab.assessment.life_samples import find_ranks
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.simulation.kernel_tables import Integers

AND, GRADES = " + ", "grades"
Moves = tuple[Floats, Floats]


def list_list_movements(sample: CaseSample, builder: ResultBuilder) -> Iterator[Result]:
    """Moves off each list and onto it for a person and year, to other grades, and all of them; then the matrix."""
    moves = {name: _count_list_moves(sample, which) for which, name in enumerate(sample.cases.list_names)}
    if sample.lives.scheme.points:
        moves[GRADES] = _count_grade_moves(sample)
    up, down = np.sum(list(moves.values()), axis=0)
    moves[""] = up, down
    for group, (off, on) in moves.items():
        yield builder.build_mean(Indicator.MOVES_UP, off / sample.history.years, group)
        yield builder.build_mean(Indicator.MOVES_DOWN, on / sample.history.years, group)
    yield from list_matrix(sample, builder, list_standing_names(sample))


def _count_list_moves(sample: CaseSample, which: int) -> Moves:
    """Of each agent how often they come off a list, and onto it."""
    owners, before, after = list_changes(sample.history.standings)
    is_on = sample.is_on(which)
    off, on = is_on[before] & ~is_on[after], ~is_on[before] & is_on[after]
    return count_moves(owners, off, sample.people), count_moves(owners, on, sample.people)


def list_changes(standings: Integers) -> tuple[Integers, Integers, Integers]:
    """Changes of standing: agent, the one before, the one after."""
    owners, numbers = standings[:, 0], standings[:, 3]
    changed = (owners[1:] == owners[:-1]) & (numbers[1:] != numbers[:-1])
    return owners[1:][changed], numbers[:-1][changed], numbers[1:][changed]


def _count_grade_moves(sample: CaseSample) -> Moves:
    """The same to better grades and to worse ones, whatever the lists."""
    owners, before, after = list_changes(sample.history.standings)
    ranks, grades = find_ranks(sample.lives.scheme), sample.standings[:, S_GRADE]
    graded: Truths = (grades[before] != NONE) & (grades[after] != NONE)
    first, second = ranks[grades[before]], ranks[grades[after]]
    up, down = graded & (second < first), graded & (second > first)
    return count_moves(owners, up, sample.people), count_moves(owners, down, sample.people)


def list_standing_names(sample: CaseSample) -> list[str]:
    """The grade and the lists of each standing, by name; last, none."""
    grades = (*sample.counts.grade_names, "")
    lists = sample.cases.list_names
    rows = [
        [grades[row[S_GRADE]], *(name for which, name in enumerate(lists) if row[S_LISTS] >> which & 1)]
        for row in sample.standings.tolist()
    ]
    return [*(AND.join(filter(None, row)) or NO_GRADE for row in rows), NO_GRADE]
