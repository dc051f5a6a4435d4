"""The arrays that a kernel reads: what rules say of every variant, and how a behaviour comes to a variant.

A variant is one combination of field values that a behaviour can put into a record. Variants are numbered through all
origins of records. A length of time is a row (months, days) counted from the day of the conduct, and is added as the
catalogue adds it (`month_sums`): months first, then days. A day is a number: days since 1970-01-01. An open end has
OPEN months, or is the day OPEN. Ragged tables have a column `..._starts` with one row more than there are owners:
the rows of owner i are those from starts[i] to before starts[i + 1].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.compilation.array_types import (
    NONE,
    OPEN,
    Axis,
    Days,
    Indexes,
    Lengths,
    Origin,
    Points,
    Span,
    Thresholds,
    Trigger,
    Truths,
)
from goodstanding.lab.compilation.case_arrays import CaseArrays, OutcomeArrays
from goodstanding.lab.compilation.debt_arrays import DebtArrays

__all__ = [
    "NONE",
    "OPEN",
    "Axis",
    "CaseArrays",
    "Days",
    "DebtArrays",
    "DisputeArrays",
    "Indexes",
    "Lengths",
    "MeasureArrays",
    "Origin",
    "OriginArrays",
    "OutcomeArrays",
    "Points",
    "PointsArrays",
    "SchemeArrays",
    "Span",
    "Thresholds",
    "Trigger",
    "Truths",
]


@dataclass(frozen=True, slots=True)
class OriginArrays:
    """How records arise: one row for each origin; an act with alternatives has several that share a group.

    kinds             Origin
    acts              the act of the world, in the order of `act_names`; NONE where it is no act
    names             how the behaviour's file calls each origin, such as `records.late-bill`
    groups            at most one origin of a group makes a record of one occasion
    shares            up to which luck, in 2^-32 and rising within a group, this origin makes it; the last need not be 1
    noticed           chance that the record is made at all, in 2^-32
    delays            (n, 2): first and last day, both counted, of whole days from the conduct to the day it is known
    terms             the catalogue's own term in days instead of `delays`: the record is made on its last day; NONE
    term_is_working   whether the term counts working days
    late              chance that the term is missed, in 2^-32, and late_by (n, 2): by how many days, first and last
    triggers          (n, 3) of what follows: Trigger, index of the list or scheme, and the list on which nobody may be
    trigger_grades    (n, grades): at which grades, of what follows a grade that is reached
    abouts            record type that the record is about, as an index of `record_names`; NONE
    false_rates       records a month without conduct, in 2^-32
    place_spreads     log standard deviation of `noticed` between places
    calendar_months   1 to 12: the month in which a YEAR origin makes its record; NONE of all others
    need_starts       ragged: what must hold so that an origin can make a record
    needs             (m, 3): Axis, which, level
    variants          the first variant; the variant is this plus level times stride, summed over the origin's axes
    axis_starts       ragged: the axes of each origin
    axis_kinds        Axis
    axis_which        which flag, trait, edge, list or truth, as an index of `source_names`; NONE where none is needed
    axis_strides      how many variants further each level is
    level_starts      ragged: the levels of each axis
    level_ends        DRAWN and LIFE: up to which luck, in 2^-32 and rising to 2^32, this level. COUNT, EDGE_SCORE and
                      DAY: the lowest value of the level (the first level also below it). Of the others there is a row
                      for each value (of a flag no and yes, of a trait its levels in order): the level that it means
    """

    act_names: tuple[str, ...]
    source_names: tuple[str, ...]
    names: tuple[str, ...]
    kinds: NDArray[np.uint8]
    acts: Indexes
    groups: Indexes
    shares: Thresholds
    noticed: Thresholds
    delays: Days
    terms: Indexes
    term_is_working: Truths
    late: Thresholds
    late_by: Days
    triggers: Indexes
    trigger_grades: Truths
    abouts: Indexes
    false_rates: Thresholds
    place_spreads: NDArray[np.float64]
    calendar_months: Indexes
    need_starts: Indexes
    needs: Indexes
    variants: Indexes
    axis_starts: Indexes
    axis_kinds: NDArray[np.uint8]
    axis_which: Indexes
    axis_strides: Indexes
    level_starts: Indexes
    level_ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PointsArrays:
    """A scheme of points.

    joins             variant: whether such a record takes its subject into the scheme (the first one counts, for ever)
    starts            variant: points to start with, where such a record is the newest that joins; else base
    stage_starts      ragged: the stages of each variant, an item's in the order of time
    stage_items       item
    stage_points      points; 0 where a missing field leaves them open
    stage_undecided   whether a missing field leaves them open
    stage_since       length from the day of the conduct from which they count
    stage_until       length from the day of the conduct until which, exclusive
    stage_law_until   day on which the law behind them ends: the sooner of both ends
    item_spans        item: Span of its cap
    item_most         item: the most it counts for in a span, both ways (sum kept within -most to most); OPEN: no cap
    direct_starts     ragged: the direct grades of each variant
    direct_grades     grade
    direct_ranks      of several that hold the lowest rank is the grade
    direct_until      length from the day of the conduct until which, exclusive; it holds from that day on
    direct_law_until  day on which the law behind it ends
    base, floor, cap  points; OPEN or -OPEN where there is no cap or floor
    bonus_after       length without deduction after which there is a bonus: from joining, or from the last conduct any
                      stage of which has points below 0, whether or not it still counts
    bonus_points      the bonus; of several reached the greatest, and never below 0
    bonus_needs       record type that must be on file, as an index of `record_names`; NONE for none
    band_least        the lowest points of each band; -OPEN where it has none; the first band that fits is the grade
    band_most         the highest points of each band; OPEN where it has none
    band_grades       grade of each band
    grade_names       grades by index, the bands' from the top, then those only given directly
    """

    name: str
    grade_names: tuple[str, ...]
    item_names: tuple[str, ...]
    joins: Truths
    starts: Points
    stage_starts: Indexes
    stage_items: Indexes
    stage_points: Points
    stage_undecided: Truths
    stage_since: Lengths
    stage_until: Lengths
    stage_law_until: Days
    item_spans: NDArray[np.uint8]
    item_most: Points
    direct_starts: Indexes
    direct_grades: Indexes
    direct_ranks: Indexes
    direct_until: Lengths
    direct_law_until: Days
    base: int
    floor: int
    cap: int
    bonus_after: Lengths
    bonus_points: Points
    bonus_needs: Indexes
    band_least: Points
    band_most: Points
    band_grades: Indexes


@dataclass(frozen=True, slots=True)
class MeasureArrays:
    """Measures: what each rests on, and what it does while it lasts, through the channel of its kind and field.

    schemes           measure: the scheme on which it rests, as an index of `scheme_names`; NONE for a list
    grades            (measures, grades): at which of its scheme's grades it follows
    lists             measure: the list on which it rests; NONE for a scheme
    channels          measure: index of `channel_names`; NONE where the field is unnamed: nothing is known of its effect
    holds             (measures, variants): whether it follows from such a record, by its `when`
    means_factors     (measures, acts): times the chance of each act while it lasts, because means are less or more
    gain_factors      (measures, acts): times the chance of each act while it lasts, because there is more to lose
    means_changes     measure: share of income more (or, below 0, less) while it lasts, for accounting
    is_adverse        measure: whether it takes something away or shows it, as the charter weighs it; praise does not
    """

    names: tuple[str, ...]
    scheme_names: tuple[str, ...]
    channel_names: tuple[str, ...]
    schemes: Indexes
    grades: Truths
    lists: Indexes
    channels: Indexes
    holds: Truths
    means_factors: NDArray[np.float64]
    gain_factors: NDArray[np.float64]
    means_changes: NDArray[np.float64]
    is_adverse: Truths


@dataclass(frozen=True, slots=True)
class DisputeArrays:
    """Disputes: chances from 0 to 1 that a wrong and a right record is disputed, and that such a dispute is upheld.

    `days` from the day the record is known to the decision. `origin` is what makes the record that an upheld dispute
    leads to; NONE where the record itself is withdrawn, or with `corrects` made right.
    """

    asks_if_wrong: float
    asks_if_right: float
    upheld_if_wrong: float
    upheld_if_right: float
    days: int
    origin: int
    corrects: bool
    suspends: bool


@dataclass(frozen=True, slots=True)
class SchemeArrays:
    """Everything that a kernel reads of one catalogue under one behaviour.

    `variant_records` is the record type of each variant, an index of `record_names`. With `sums_next_day` a month sum
    that falls on no day is the first of the next month, else the last of the month. The rules are in force from
    `first_day` until `end_day`. `calendar` names the working days in which terms are counted.
    """

    name: str
    record_names: tuple[str, ...]
    variant_records: Indexes
    sums_next_day: bool
    first_day: int
    end_day: int
    origins: OriginArrays
    points: tuple[PointsArrays, ...]
    outcomes: tuple[OutcomeArrays, ...]
    cases: CaseArrays | None
    disputes: DisputeArrays | None
    measures: MeasureArrays
    debts: DebtArrays | None = None
    calendar: str = ""

    @property
    def stated_cases(self) -> CaseArrays | None:
        """The cases, if records of the behaviour state steps of any; None where all of them are heard elsewhere."""
        return self.cases if self.cases and len(self.cases.stated_steps) else None
