"""What the kernel reads, as tuples of arrays that compiled code can take apart, made of a scheme's arrays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.compilation.scheme_arrays import NONE, Axis, Origin, PointsArrays, SchemeArrays
from goodstanding.lab.world import ActPlan, compute_threshold
from goodstanding.lab.world.random_streams import derive_key

Integers = NDArray[np.int64]
Words = NDArray[np.uint64]
COUNTED = "own.count."  # how a field names acts of the last year
# Compiled code that makes no arrays of its own need not count who uses them, which costs as much as its sums; and the
# tables that its functions hand on to one another are wide, so that calls cost more than all the sums.
PLAIN: dict[str, Any] = {"cache": True, "_nrt": False, "forceinline": True}


class PointsTable(NamedTuple):
    """The rules of a scheme of points; a length of time is a row of months and days."""

    sums_next_day: bool
    base: int
    floor: int
    cap: int
    records: Integers
    joins: NDArray[np.bool_]
    starts: Integers
    stage_starts: Integers
    stage_items: Integers
    stage_points: Integers
    stage_since: Integers
    stage_until: Integers
    stage_ends: Integers
    item_spans: Integers
    item_most: Integers
    direct_starts: Integers
    direct_grades: Integers
    direct_ranks: Integers
    direct_until: Integers
    direct_ends: Integers
    bonus_after: Integers
    bonus_points: Integers
    bonus_needs: Integers
    band_least: Integers
    band_most: Integers
    band_grades: Integers


class OriginTable(NamedTuple):
    """How an occasion becomes a record. Occasions are the acts of a plan, a month that begins and, last, joining.

    Of an occasion's groups each makes at most one record; `noticed` has a row for each place. The last of an agent's
    sources is its kind. `asks` and `upheld` are chances of a right and of a wrong record; without disputes 0.
    """

    group_starts: Integers
    origin_starts: Integers
    origins: Integers
    shares: Words
    noticed: Words
    delays: Integers
    need_starts: Integers
    need_sources: Integers
    need_levels: Integers
    variants: Integers
    axis_starts: Integers
    axis_kinds: Integers
    axis_sources: Integers
    axis_strides: Integers
    level_starts: Integers
    level_ends: Integers
    asks: Words
    upheld: Words
    days_to_decide: int


class OccasionTable(NamedTuple):
    """When something can happen: acts by stream and chance in each cell, then records without conduct.

    `origins` says of which origin a record without conduct is, NONE for an act. `thresholds` has a row for nobody's
    grade and each grade, and a column for each act: below which luck a candidate happens.
    """

    keys: Words
    needs: NDArray[np.uint8]
    chances: NDArray[np.float64]
    origins: Integers
    thresholds: Words
    is_breach: NDArray[np.bool_]
    is_bad: NDArray[np.bool_]


def build_points_table(scheme: SchemeArrays, points: PointsArrays) -> PointsTable:
    """The rules of one scheme of points."""
    return PointsTable(
        bool(scheme.sums_next_day), int(points.base), int(points.floor), int(points.cap),
        _widen(scheme.variant_records), points.joins.astype(np.bool_), _widen(points.starts),
        _widen(points.stage_starts), _widen(points.stage_items), _widen(points.stage_points),
        _widen(points.stage_since).reshape(-1, 2), _widen(points.stage_until).reshape(-1, 2),
        _widen(points.stage_law_until), _widen(points.item_spans), _widen(points.item_most),
        _widen(points.direct_starts), _widen(points.direct_grades), _widen(points.direct_ranks),
        _widen(points.direct_until).reshape(-1, 2), _widen(points.direct_law_until),
        _widen(points.bonus_after).reshape(-1, 2), _widen(points.bonus_points), _widen(points.bonus_needs),
        _widen(points.band_least), _widen(points.band_most), _widen(points.band_grades),
    )  # fmt: skip


def build_origin_table(scheme: SchemeArrays, plan: ActPlan, noticed: Words) -> OriginTable:
    """The origins of records, by occasion; `noticed` is the chance by place and origin."""
    origins = scheme.origins
    acts = [origins.act_names.index(name) if name in origins.act_names else NONE for name in plan.names]
    rows_by_occasion = [_list_origins(scheme, Origin.ACT, act) for act in acts]
    rows_by_occasion += [_list_origins(scheme, kind, NONE) for kind in (Origin.MONTH, Origin.ENROLMENT)]
    groups = [_split_groups(scheme, rows) for rows in rows_by_occasion]
    flat = [group for of_occasion in groups for group in of_occasion]
    kind_source, needs = len(origins.source_names), _widen(origins.needs).reshape(-1, 3)
    return OriginTable(
        _count_starts(groups), _count_starts(flat), np.array([row for group in flat for row in group], np.int64),
        origins.shares.astype(np.uint64), noticed, _widen(origins.delays).reshape(-1, 2),
        _widen(origins.need_starts), np.where(needs[:, 0] == Axis.KIND, kind_source, needs[:, 1]), needs[:, 2].copy(),
        _widen(origins.variants), _widen(origins.axis_starts), _widen(origins.axis_kinds),
        np.where(origins.axis_kinds == Axis.KIND, kind_source, origins.axis_which).astype(np.int64),
        _widen(origins.axis_strides), _widen(origins.level_starts), _widen(origins.level_ends),
        *_build_disputes(scheme),
    )  # fmt: skip


def _build_disputes(scheme: SchemeArrays) -> tuple[Words, Words, int]:
    """The chances that a right and a wrong record is disputed and that this is upheld, and days to the decision."""
    disputes = scheme.disputes
    if disputes is None:
        return np.zeros(2, np.uint64), np.zeros(2, np.uint64), 0
    asks = (disputes.asks_if_right, disputes.asks_if_wrong)
    upheld = (disputes.upheld_if_right, disputes.upheld_if_wrong)
    chances = [np.array([compute_threshold(chance) for chance in pair], np.uint64) for pair in (asks, upheld)]
    return chances[0], chances[1], int(disputes.days)


def list_acts(scheme: SchemeArrays) -> tuple[str, ...]:
    """The acts of which a scheme makes records, or that fields count, in the order of the vocabulary."""
    origins = scheme.origins
    acts = {origins.act_names[act] for act in origins.acts[origins.kinds == Origin.ACT]}
    counted = {origins.source_names[which] for which in origins.axis_which[origins.axis_kinds == Axis.COUNT]}
    acts |= {name.removeprefix(COUNTED) for name in counted}
    return tuple(name for name in origins.act_names if name in acts)


def build_occasion_table(
    scheme: SchemeArrays, plan: ActPlan, thresholds: Words, is_bad: NDArray[np.bool_]
) -> OccasionTable:
    """When an agent of a plan can do something, and when a record appears for which nobody did anything."""
    false_origins = np.flatnonzero(scheme.origins.false_rates).astype(np.int64)
    false_chances = scheme.origins.false_rates[false_origins] / 2.0**32
    false_keys = [derive_key(f"false {scheme.origins.names[origin]}") for origin in false_origins]
    cells = np.broadcast_to(false_chances, (len(plan.chances), len(false_origins)))
    return OccasionTable(
        np.concatenate([plan.keys, np.array(false_keys, np.uint64)]),
        np.concatenate([plan.needs, np.ones(len(false_origins), np.uint8)]),
        np.ascontiguousarray(np.column_stack([plan.chances, cells])),
        np.concatenate([np.full(len(plan.keys), NONE), false_origins]),
        thresholds, find_breaches(scheme, plan.names), is_bad,
    )  # fmt: skip


def find_breaches(scheme: SchemeArrays, act_names: Iterable[str]) -> NDArray[np.bool_]:
    """Which acts can lose points, or a grade directly; of a scheme that grades a record, those that miss its best."""
    breaches = set()
    for origin, act in enumerate(scheme.origins.acts):
        if act != NONE and any(_takes_away(scheme, variant) for variant in _list_variants(scheme, origin)):
            breaches.add(scheme.origins.act_names[act])
    return np.array([name in breaches for name in act_names], np.bool_)


def _takes_away(scheme: SchemeArrays, variant: int) -> bool:
    for points in scheme.points:
        first, end = points.stage_starts[variant : variant + 2]
        if (points.stage_points[first:end] < 0).any() or points.direct_starts[variant] < points.direct_starts[
            variant + 1
        ]:
            return True
    return any(outcomes.grades[variant] > 0 for outcomes in scheme.outcomes)


def _list_variants(scheme: SchemeArrays, origin: int) -> range:
    """The variants of an origin, which follow one another."""
    origins = scheme.origins
    axes = range(origins.axis_starts[origin], origins.axis_starts[origin + 1])
    last = sum(int(origins.axis_strides[axis]) * (_count_levels(scheme, axis) - 1) for axis in axes)
    return range(int(origins.variants[origin]), int(origins.variants[origin]) + last + 1)


def _count_levels(scheme: SchemeArrays, axis: int) -> int:
    """How many levels an axis has: of luck and of numbers one a row, of others as many as its rows mean."""
    origins = scheme.origins
    first, end = origins.level_starts[axis : axis + 2]
    numbered = origins.axis_kinds[axis] in (Axis.DRAWN, Axis.LIFE, Axis.COUNT, Axis.EDGE_SCORE, Axis.DAY)
    return int(end - first if numbered else origins.level_ends[first:end].max() + 1)


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


def _widen(column: NDArray[np.generic]) -> Integers:
    return np.ascontiguousarray(column, dtype=np.int64)


class AgentTable(NamedTuple):
    """The agents of a chunk: streams, cells, flags, what fields read of them, where they are noticed, and their falls.

    A fall that is not to be fixed beforehand is OPEN.
    """

    keys: Words
    cells: Integers
    flags: NDArray[np.uint8]
    sources: Integers
    places: Integers
    falls: Integers
