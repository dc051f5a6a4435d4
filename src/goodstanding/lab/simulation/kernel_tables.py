"""What the kernel reads, as tuples of arrays that compiled code can take apart, made of a scheme's arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.compilation.breaches import find_breaches
from goodstanding.lab.compilation.scheme_arrays import NONE, Axis, Origin, PointsArrays, SchemeArrays
from goodstanding.lab.world import ActPlan, compute_threshold
from goodstanding.lab.world.candidates import WHOLE, compute_odds
from goodstanding.lab.world.random_streams import derive_key

Integers = NDArray[np.int64]
Words = NDArray[np.uint64]
Levels = NDArray[np.uint8]
Days = NDArray[np.int32]
JOINING = derive_key("joining")
ADULT_BIT = 1  # of an agent's flags
COUNTED = "own.count."  # how a field names acts of the last year


# Columns of the tables. A length of time is two columns, months and days; the row after the last one ends what the last
# one starts.
VARIANT_RECORD, VARIANT_JOINS, VARIANT_START, VARIANT_STAGES, VARIANT_GRADES = range(5)
STAGE_ITEM, STAGE_POINTS, STAGE_SINCE, STAGE_UNTIL, STAGE_LAW_END, STAGE_MOST, STAGE_SPAN = 0, 1, 2, 4, 6, 7, 8
DIRECT_GRADE, DIRECT_RANK, DIRECT_UNTIL, DIRECT_LAW_END = 0, 1, 2, 4
BONUS_POINTS, BONUS_NEEDS, BONUS_AFTER = 0, 1, 2
BAND_LEAST, BAND_MOST, BAND_GRADE = range(3)
ORIGIN_SHARE, ORIGIN_VARIANT, ORIGIN_NEEDS, ORIGIN_AXES, ORIGIN_DELAY, ORIGIN_LAST_DELAY = range(6)
NEED_SOURCE, NEED_LEVEL = range(2)
AXIS_KIND, AXIS_SOURCE, AXIS_STRIDE, AXIS_LEVELS = range(4)
DISPUTE_ASKS, DISPUTE_UPHELD = range(2)


class PointsTable(NamedTuple):
    """The rules of a scheme of points: a row for each variant, stage, direct grade, bonus and band."""

    sums_next_day: bool
    floor: int
    cap: int
    variants: Integers
    stages: Integers
    directs: Integers
    bonuses: Integers
    bands: Integers


class OriginTable(NamedTuple):
    """How an occasion becomes a record: joining, the acts of a plan, records without conduct, last every month
    and each month of the calendar in which a record comes once a year.

    Of an occasion's groups each makes at most one record: `choices` are its origins. `noticed` has a row for each
    place, a column for each origin. The last of an agent's sources is its kind. `disputes` has a row for a right and
    for a wrong record: the chances that it is disputed, and that this is upheld; without disputes 0.
    """

    group_starts: Integers
    choice_starts: Integers
    choices: Integers
    origins: Integers
    noticed: Integers
    needs: Integers
    axes: Integers
    level_ends: Integers
    disputes: Integers
    days_to_decide: int


class OccasionTable(NamedTuple):
    """When something can happen, in the order of the occasions of `OriginTable`; joining is once, when a life begins.

    `odds` are those of a candidate in a month, by cell. `thresholds` has a row for nobody's grade and each grade: below
    which luck a candidate happens; `others` are those of the arms that are told beside it, if any; `most` is the
    highest that there can be in any of them. Two to the power of `bits` is more than there are.
    """

    bits: int
    keys: Words
    needs: NDArray[np.uint8]
    odds: NDArray[np.float64]
    thresholds: Words
    others: Words
    most: Words
    is_breach: NDArray[np.bool_]
    is_bad: NDArray[np.bool_]


def build_points_table(scheme: SchemeArrays, points: PointsArrays) -> PointsTable:
    """The rules of one scheme of points."""
    ends = np.zeros(1, np.int64)  # no variant follows the last
    return PointsTable(
        bool(scheme.sums_next_day), int(points.floor), int(points.cap),
        _join_columns(
            np.append(scheme.variant_records, ends), np.append(points.joins, ends), np.append(points.starts, ends),
            points.stage_starts, points.direct_starts,
        ),
        _join_columns(
            points.stage_items, points.stage_points, points.stage_since, points.stage_until, points.stage_law_until,
            points.item_most[points.stage_items], points.item_spans[points.stage_items],
        ),
        _join_columns(points.direct_grades, points.direct_ranks, points.direct_until, points.direct_law_until),
        _join_columns(points.bonus_points, points.bonus_needs, points.bonus_after),
        _join_columns(points.band_least, points.band_most, points.band_grades),
    )  # fmt: skip


def build_empty_table(scheme: SchemeArrays) -> PointsTable:
    """The rules of a scheme without points: nobody joins it."""
    variants = np.zeros((len(scheme.variant_records) + 1, 5), np.int64)
    variants[:-1, VARIANT_RECORD] = scheme.variant_records
    widths = 9, 5, 4, 3  # of stages, direct grades, bonuses and bands
    stages, directs, bonuses, bands = (np.zeros((0, width), np.int64) for width in widths)
    return PointsTable(bool(scheme.sums_next_day), 0, 0, variants, stages, directs, bonuses, bands)


def build_origin_table(scheme: SchemeArrays, plan: ActPlan, noticed: Words) -> OriginTable:
    """The origins of records, by occasion; `noticed` is the chance by place and origin."""
    origins, groups = scheme.origins, _list_groups(scheme, plan)
    choices = [group for of_occasion in groups for group in of_occasion]
    delays, needs = _widen(origins.delays).reshape(-1, 2), _widen(origins.needs).reshape(-1, 3)
    kind_source, end = len(origins.source_names), np.zeros(1, np.int64)
    sources = np.where(origins.axis_kinds == Axis.KIND, kind_source, origins.axis_which)
    disputes, days_to_decide = _build_disputes(scheme)
    return OriginTable(
        _count_starts(groups), _count_starts(choices), np.array([row for group in choices for row in group], np.int64),
        _join_columns(
            np.append(origins.shares, end), np.append(origins.variants, end), origins.need_starts,
            origins.axis_starts, np.append(delays[:, 0], end), np.append(delays[:, 1], end),
        ),
        _widen(noticed),
        _join_columns(np.where(needs[:, 0] == Axis.KIND, kind_source, needs[:, 1]), needs[:, 2]),
        _join_columns(
            np.append(origins.axis_kinds, end), np.append(sources, end), np.append(origins.axis_strides, end),
            origins.level_starts,
        ),
        _widen(origins.level_ends), disputes, days_to_decide,
    )  # fmt: skip


def _list_groups(scheme: SchemeArrays, plan: ActPlan) -> list[list[list[int]]]:
    """The groups of origins of each occasion."""
    act_names = scheme.origins.act_names
    acts = [act_names.index(name) if name in act_names else NONE for name in plan.names]
    by_occasion = [_list_origins(scheme, Origin.ENROLMENT, NONE)]
    by_occasion += [_list_origins(scheme, Origin.ACT, act) for act in acts]
    by_occasion += [[origin] for origin in list_false_origins(scheme)]
    by_occasion.append(_list_origins(scheme, Origin.MONTH, NONE))
    by_occasion += [_list_yearly_origins(scheme, month) for month in list_calendar_months(scheme)]
    return [_split_groups(scheme, rows) for rows in by_occasion]


def list_calendar_months(scheme: SchemeArrays) -> list[int]:
    """The months of the calendar in which a record comes once a year."""
    return sorted({int(month) for month in scheme.origins.calendar_months if month != NONE})


def _list_yearly_origins(scheme: SchemeArrays, month: int) -> list[int]:
    return [int(row) for row in np.flatnonzero(scheme.origins.calendar_months == month)]


def list_false_origins(scheme: SchemeArrays) -> list[int]:
    """The origins that also make records for which nobody did anything."""
    return [int(origin) for origin in np.flatnonzero(scheme.origins.false_rates)]


def _build_disputes(scheme: SchemeArrays) -> tuple[Integers, int]:
    """The chances that a right and a wrong record is disputed and that this is upheld, and days to the decision."""
    disputes = scheme.disputes
    if disputes is None or disputes.origin != NONE or disputes.corrects:  # of cases alone
        return np.zeros((2, 2), np.int64), 0
    right = disputes.asks_if_right, disputes.upheld_if_right
    wrong = disputes.asks_if_wrong, disputes.upheld_if_wrong
    rows = [[compute_threshold(chance) for chance in pair] for pair in (right, wrong)]
    return np.array(rows, np.int64), int(disputes.days)


def list_acts(scheme: SchemeArrays) -> tuple[str, ...]:
    """The acts of which a scheme makes records, or that fields count, in the order of the vocabulary."""
    origins = scheme.origins
    acts = {origins.act_names[act] for act in origins.acts[origins.kinds == Origin.ACT]}
    counted = {origins.source_names[which] for which in origins.axis_which[origins.axis_kinds == Axis.COUNT]}
    acts |= {name.removeprefix(COUNTED) for name in counted}
    return tuple(name for name in origins.act_names if name in acts)


def _find_false_acts(scheme: SchemeArrays, plan: ActPlan) -> list[int]:
    """The acts of the plan that records without an act are about."""
    origins = scheme.origins
    return [plan.names.index(origins.act_names[origins.acts[origin]]) for origin in list_false_origins(scheme)]


def compute_occasion_odds(scheme: SchemeArrays, plan: ActPlan, months: int) -> NDArray[np.float64]:
    """By cell and occasion, what `find_month` reads; nobody has a chance to join once more.

    Nor is anybody recorded falsely for what none of their kind ever does.
    """
    false_origins = list_false_origins(scheme)
    is_done = np.asarray(plan.chances.any(axis=0))[_find_false_acts(scheme, plan)]
    false_chances = np.where(is_done, scheme.origins.false_rates[false_origins] / 2.0**32, 0.0)
    cells = len(plan.chances)
    by_false_origin = np.broadcast_to(false_chances, (cells, len(false_chances)))
    return compute_odds(np.column_stack([np.zeros(cells), plan.chances, by_false_origin]), months)


def build_occasion_table(
    scheme: SchemeArrays, plan: ActPlan, odds: NDArray[np.float64], thresholds: list[Words], is_bad: NDArray[np.bool_]
) -> OccasionTable:
    """When an agent of a plan can do something, and when a record appears for which nobody did anything.

    The first thresholds are those of the arm, any further ones of others beside it.
    """
    false_names = [scheme.origins.names[origin] for origin in list_false_origins(scheme)]
    keys = [JOINING, *plan.keys, *(derive_key(f"false {name}") for name in false_names)]
    lucks = np.full((len(thresholds), len(thresholds[0]), len(keys)), WHOLE, np.uint64)
    lucks[:, :, 1 : 1 + len(plan.names)] = thresholds
    needs = [0, *plan.needs, *(plan.needs[_find_false_acts(scheme, plan)] & ADULT_BIT)]
    most = np.full(len(keys), WHOLE, np.uint64) if scheme.stated_cases else lucks.max(axis=(0, 1))
    return OccasionTable(
        len(keys).bit_length(), np.array(keys, np.uint64), np.array(needs, np.uint8),
        odds, lucks[0], lucks[1:], most, find_breaches(scheme, plan.names), is_bad,
    )  # fmt: skip


def _list_origins(scheme: SchemeArrays, kind: Origin, act: int) -> list[int]:
    origins = scheme.origins
    if kind == Origin.ACT and act == NONE:
        return []
    return [int(row) for row in np.flatnonzero((origins.kinds == kind) & (origins.acts == act))]


def _split_groups(scheme: SchemeArrays, rows: list[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for row in rows:
        groups.setdefault(int(scheme.origins.groups[row]), []).append(row)
    return list(groups.values())


def _count_starts(parts: list[list[list[int]]] | list[list[int]]) -> Integers:
    return np.cumsum([0, *map(len, parts)], dtype=np.int64)


def _join_columns(*columns: NDArray[np.generic]) -> Integers:
    """Columns side by side, a length as two of them."""
    return _widen(np.column_stack([_widen(column) for column in columns]))


def _widen(column: NDArray[np.generic]) -> Integers:
    return np.ascontiguousarray(column, dtype=np.int64)


class AgentTable(NamedTuple):
    """The agents of a chunk: streams, cells, flags, what fields read of them, where they are noticed, and their falls.

    A fall that is not to be fixed beforehand is OPEN.
    """

    keys: Words
    cells: NDArray[np.int32]
    flags: Levels
    sources: Levels
    places: Levels
    falls: Days
