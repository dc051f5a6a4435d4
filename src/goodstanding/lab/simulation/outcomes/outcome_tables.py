"""The rules of schemes that grade the newest record or a mean, as the kernel reads them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, OutcomeArrays, SchemeArrays
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.simulation.outcomes.grade_levels import GradedScheme, list_standings

NO_SCORE = -OPEN  # of a record that has a grade and no number


class OutcomeTable(NamedTuple):
    """The schemes of a catalogue that grade the newest record or a mean; rows of schemes, columns of variants.

    `levels` is 0 without a grade, else one more than the level. What counts in no mean does not count in its scheme.
    """

    sums_next_day: bool
    strides: Integers
    is_mean: NDArray[np.bool_]
    counts: NDArray[np.bool_]
    levels: Integers
    scores: Integers
    over: Integers
    lapses: Integers
    law_until: Integers
    band_starts: Integers
    band_least: Integers
    band_most: Integers
    band_levels: Integers


def build_outcome_table(scheme: SchemeArrays) -> OutcomeTable:
    """The rules of all schemes of a catalogue that grade a record or a mean."""
    standings = list_standings(scheme)
    all_arrays = scheme.outcomes
    bands = [arrays.band_grades for arrays in all_arrays]
    return OutcomeTable(
        bool(scheme.sums_next_day), np.array(standings.strides, np.int64),
        np.array([graded.is_mean for graded in standings.schemes]),
        np.array([_mark_counted(graded) for graded in standings.schemes]),
        np.array([_list_levels(graded) for graded in standings.schemes], np.int64),
        np.array([np.where(arrays.has_scores, arrays.scores, NO_SCORE) for arrays in all_arrays], np.int64),
        np.array([arrays.over[0] for arrays in all_arrays], np.int64),
        np.array([arrays.lapses[0] for arrays in all_arrays], np.int64),
        np.array([arrays.law_until for arrays in all_arrays], np.int64),
        np.cumsum([0, *map(len, bands)], dtype=np.int64),
        np.concatenate([arrays.band_least for arrays in all_arrays]).astype(np.int64),
        np.concatenate([arrays.band_most for arrays in all_arrays]).astype(np.int64),
        1 + np.concatenate(bands).astype(np.int64),
    )  # fmt: skip


def _mark_counted(graded: GradedScheme) -> NDArray[np.bool_]:
    arrays = graded.arrays
    assert isinstance(arrays, OutcomeArrays)
    return arrays.counts & (arrays.grades != NONE) & arrays.has_scores if graded.is_mean else arrays.counts


def _list_levels(graded: GradedScheme) -> NDArray[np.int64]:
    """Of a mean no record has a level of its own."""
    arrays = graded.arrays
    assert isinstance(arrays, OutcomeArrays)
    return 1 + np.array(graded.of_variants or [NONE] * len(arrays.grades), np.int64)
