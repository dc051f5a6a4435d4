"""The arrays of cases and lists, and of schemes that grade the newest record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.compilation.array_types import Days, Indexes, Lengths, Points, Truths


@dataclass(frozen=True, slots=True)
class CaseArrays:
    """Cases and the lists that they put their subjects on.

    is_opening        variant: whether such a record opens cases; else its steps are of the case that it is about
    step_starts       ragged: the steps that a variant states
    stated_steps      step (numbered through all cases)
    stated_on         length from the day of the conduct to the step's day
    stated_public     length to the day on which it is shown to be public; OPEN where no field says so
    stated_holds      1 holds, 0 does not, NONE open
    codes             variant: the code on which lengths depend, as an index of `code_names`; NONE for none
    untils            variant: length to the day that the decision sets; OPEN for none
    step_cases        step: its case
    step_after        (steps, steps): whether the column's step must come before the row's; a row of none is an opening
    step_not_before   (steps, codes + 1, 2): shortest length after the step before, by code; last without code
    step_releases     step: whether it ends the case
    step_is_shown     step: whether a field has to show that it is public; else it is so from its own day on
    step_law_until    step: day on which the law behind it ends
    list_cases        list: its case; NONE where it is made of other lists
    list_steps        (lists, steps): at which steps the case stands on the list
    list_stays        (lists, codes + 1, 2): the longest stay by code; the last row without code; OPEN for none
    list_has_stay     list: whether there is a longest stay; where the code has none it then ends as it begins
    list_by_until     list: whether the decision's own day ends the stay
    list_from_public  list: whether the stay runs from the day it is shown, else from the day of the step
    list_from         (lists, lists): of which lists it is made, and list_at_least: of how many of them at least
    """

    case_names: tuple[str, ...]
    step_names: tuple[str, ...]
    list_names: tuple[str, ...]
    code_names: tuple[str, ...]
    is_opening: Truths
    step_starts: Indexes
    stated_steps: Indexes
    stated_on: Lengths
    stated_public: Lengths
    stated_holds: NDArray[np.int8]
    codes: Indexes
    untils: Lengths
    step_cases: Indexes
    step_after: Truths
    step_not_before: Lengths
    step_releases: Truths
    step_is_shown: Truths
    step_law_until: Days
    list_cases: Indexes
    list_steps: Truths
    list_stays: Lengths
    list_has_stay: Truths
    list_by_until: Truths
    list_from_public: Truths
    list_from: Truths
    list_at_least: Indexes


@dataclass(frozen=True, slots=True)
class OutcomeArrays:
    """A scheme that grades the newest record: what each variant alone gives.

    counts            variant: whether it counts at all; a newest record that counts and gives no grade ends a grade
    grades            variant: grade; NONE where it gives none
    scores            variant: score, where `has_scores`
    over              length over which the mean is taken; OPEN where the newest alone counts
    lapses            length after which a grade lapses; OPEN for never
    law_until         day on which the law behind the scheme ends
    """

    name: str
    grade_names: tuple[str, ...]
    counts: Truths
    grades: Indexes
    scores: Points
    has_scores: Truths
    over: Lengths
    lapses: Lengths
    law_until: int
    band_least: Points
    band_most: Points
    band_grades: Indexes
