"""Movement onto lists and off them, between grades where there are any, and where people stand later."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.lab.assessment.cases.case_histories import S_GRADE, S_LISTS
from goodstanding.lab.assessment.cases.case_samples import CaseSample
from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.grade_movements import NO_GRADE, count_moves, list_matrix
from goodstanding.lab.assessment.life_histories import Truths
from goodstanding.lab.assessment.life_samples import find_ranks
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.simulation.kernel_tables import Integers

AND, GRADES = " + ", "grades"


def list_list_movements(sample: CaseSample, builder: ResultBuilder) -> Iterator[Result]:
    """Moves onto each list and off it for a person and year, and to other grades; then the matrix of all."""
    owners, before, after = list_changes(sample.history.standings)
    for which, name in enumerate(sample.cases.list_names):
        is_on = sample.is_on(which)
        for indicator, is_move in (
            (Indicator.MOVES_UP, is_on[before] & ~is_on[after]),
            (Indicator.MOVES_DOWN, ~is_on[before] & is_on[after]),
        ):
            moves = count_moves(owners, is_move, sample.people)
            yield builder.build_mean(indicator, moves / sample.history.years, name)
    if sample.lives.scheme.points:
        yield from _list_grade_moves(sample, builder, owners, before, after)
    yield from list_matrix(sample, builder, list_standing_names(sample))


def list_changes(standings: Integers) -> tuple[Integers, Integers, Integers]:
    """Changes of standing: agent, the one before, the one after."""
    owners, numbers = standings[:, 0], standings[:, 3]
    changed = (owners[1:] == owners[:-1]) & (numbers[1:] != numbers[:-1])
    return owners[1:][changed], numbers[:-1][changed], numbers[1:][changed]


def _list_grade_moves(
    sample: CaseSample, builder: ResultBuilder, owners: Integers, before: Integers, after: Integers
) -> Iterator[Result]:
    ranks, grades = find_ranks(sample.lives.scheme), sample.standings[:, S_GRADE]
    graded: Truths = (grades[before] != NONE) & (grades[after] != NONE)
    first, second = ranks[grades[before]], ranks[grades[after]]
    for indicator, is_move in ((Indicator.MOVES_UP, second < first), (Indicator.MOVES_DOWN, second > first)):
        moves = count_moves(owners, is_move & graded, sample.people)
        yield builder.build_mean(indicator, moves / sample.history.years, GRADES)


def list_standing_names(sample: CaseSample) -> list[str]:
    """The grade and the lists of each standing, by name; last, none."""
    grades = (*sample.counts.grade_names, "")
    lists = sample.cases.list_names
    rows = [
        [grades[row[S_GRADE]], *(name for which, name in enumerate(lists) if row[S_LISTS] >> which & 1)]
        for row in sample.standings.tolist()
    ]
    return [*(AND.join(filter(None, row)) or NO_GRADE for row in rows), NO_GRADE]
