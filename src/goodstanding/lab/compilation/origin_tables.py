"""The arrays of origins: how a behaviour, with the values that its parameters have now, comes to its variants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from goodstanding.lab.behaviour.behaviour_checks import find_term
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.behaviour.behaviour_model import ActingTime, FollowingRule
from goodstanding.lab.compilation.array_types import NONE, Axis, Origin, Trigger
from goodstanding.lab.compilation.array_values import (
    EPOCH,
    make_grade_rows,
    make_indexes,
    make_starts,
    make_thresholds,
    make_truths,
)
from goodstanding.lab.compilation.record_origins import FieldAxis, RecordOrigin
from goodstanding.lab.compilation.scheme_arrays import DisputeArrays, OriginArrays
from goodstanding.lab.world.candidates import compute_threshold

_DRAWN = (Axis.DRAWN, Axis.LIFE)
_FROM_DEFINITION = (0, 0)


def build_origin_arrays(behaviour: Behaviour, origins: Sequence[RecordOrigin]) -> OriginArrays:
    """The arrays of a behaviour's origins."""
    acts, records = list(behaviour.acts.by_name), list(behaviour.catalogue.records)
    axes = [axis for origin in origins for axis in origin.axes]
    needs = [need for origin in origins for need in origin.needs]
    sources = list(dict.fromkeys([*(axis.reference for axis in axes), *(name for _axis, name, _level in needs)]))
    chances = [origin.chances for origin in origins]
    times = [_find_time(behaviour, origin) for origin in origins]
    return OriginArrays(
        act_names=tuple(acts),
        source_names=tuple(sources),
        names=tuple(origin.name for origin in origins),
        kinds=np.array([origin.kind for origin in origins], np.uint8),
        acts=make_indexes(acts.index(origin.act) if origin.act else NONE for origin in origins),
        groups=make_indexes(_iterate_groups(origins)),
        shares=make_thresholds(chance.share for chance in chances),
        noticed=make_thresholds(chance.noticed for chance in chances),
        delays=np.array([chance.days for chance in chances], np.int32).reshape(-1, 2),
        terms=make_indexes(_find_term_days(behaviour, time) for time in times),
        term_is_working=make_truths(_is_working(behaviour, time) for time in times),
        late=make_thresholds(time.late.value if time and time.late else 0.0 for time in times),
        late_by=np.array([(time and time.late_by) or _FROM_DEFINITION for time in times], np.int32).reshape(-1, 2),
        triggers=np.array(
            [_find_trigger(behaviour, _find_following(behaviour, origin)) for origin in origins], np.int32
        ).reshape(-1, 3),
        trigger_grades=make_grade_rows(
            behaviour.catalogue, [_find_trigger_grades(behaviour, origin) for origin in origins]
        ),
        abouts=make_indexes(records.index(origin.about) if origin.about else NONE for origin in origins),
        false_rates=make_thresholds(chance.wrong for chance in chances),
        place_spreads=np.array([chance.spread for chance in chances], np.float64),
        calendar_months=make_indexes(chance.month for chance in chances),
        need_starts=make_starts([origin.needs for origin in origins]),
        needs=np.array([(kind, sources.index(name), level) for kind, name, level in needs], np.int32).reshape(-1, 3),
        variants=make_indexes([0, *accumulate(origin.size for origin in origins)][:-1]),
        axis_starts=make_starts([origin.axes for origin in origins]),
        axis_kinds=np.array([axis.kind for axis in axes], np.uint8),
        axis_which=make_indexes(sources.index(axis.reference) for axis in axes),
        axis_strides=make_indexes(stride for origin in origins for stride in _list_strides(origin.axes)),
        level_starts=make_starts([axis.ends for axis in axes]),
        level_ends=np.array([end for axis in axes for end in _iterate_ends(axis)], np.int64),
    )


def _iterate_groups(origins: Sequence[RecordOrigin]) -> Iterator[int]:
    """A group for each rule and kind of agent: alternatives stand side by side, and differ in nothing else."""
    keys = [(origin.act or origin.name, [need for need in origin.needs if need[0] is Axis.KIND]) for origin in origins]
    group = NONE
    for place, key in enumerate(keys):
        group += place == 0 or key != keys[place - 1]
        yield group


def _list_strides(axes: Sequence[FieldAxis]) -> list[int]:
    """How many variants further a level of each axis is: the last axis is the fastest."""
    sizes = [len(axis.levels) for axis in axes]
    return [int(np.prod(sizes[place + 1 :], dtype=np.int64)) for place in range(len(sizes))]


def _iterate_ends(axis: FieldAxis) -> Iterator[int]:
    for end in axis.ends:
        if axis.kind in _DRAWN:
            yield compute_threshold(end)
        else:
            yield int(end) - (EPOCH if axis.kind is Axis.DAY else 0)


def _find_following(behaviour: Behaviour, origin: RecordOrigin) -> FollowingRule | None:
    is_following = origin.kind is Origin.FOLLOWING
    return behaviour.rules.follows[int(origin.name.rpartition(".")[2])] if is_following else None


def _find_time(behaviour: Behaviour, origin: RecordOrigin) -> ActingTime | None:
    following, dispute = _find_following(behaviour, origin), behaviour.rules.disputes
    if following:
        return following.days
    is_dispute = origin.kind is Origin.DISPUTE and dispute and isinstance(dispute.days, ActingTime)
    return dispute.days if is_dispute and dispute and isinstance(dispute.days, ActingTime) else None


def _find_term_days(behaviour: Behaviour, time: ActingTime | None) -> int:
    days = find_term(behaviour.catalogue, time.within) if time and time.within else None
    return NONE if days is None else days


def _is_working(behaviour: Behaviour, time: ActingTime | None) -> bool:
    """A list's term to take somebody off is in working days; that of an appeal as its procedure says."""
    if not (time and time.within):
        return False
    procedure = behaviour.catalogue.procedures.get(time.within)
    is_list = time.within in behaviour.catalogue.lists
    return is_list or bool(procedure and procedure.appeal and procedure.appeal.working)


def _find_trigger(behaviour: Behaviour, rule: FollowingRule | None) -> tuple[int, int, int]:
    if rule is None:
        return NONE, NONE, NONE
    lists, schemes, when = list(behaviour.catalogue.lists), list(behaviour.catalogue.schemes), rule.when
    trigger = next(trigger for trigger in Trigger if getattr(when, trigger.name.lower()))
    listed = when.enters or when.leaves
    matter = lists.index(listed) if listed else schemes.index(when.reaches.scheme) if when.reaches else NONE
    return trigger, matter, lists.index(when.not_on) if when.not_on else NONE


def _find_trigger_grades(behaviour: Behaviour, origin: RecordOrigin) -> tuple[str | None, tuple[str, ...]]:
    """The scheme and its grades on which an authority acts; nothing where it acts on something else."""
    rule = _find_following(behaviour, origin)
    return (rule.when.reaches.scheme, rule.when.reaches.grades) if rule and rule.when.reaches else (None, ())


def build_dispute_arrays(behaviour: Behaviour, origins: Sequence[RecordOrigin]) -> DisputeArrays | None:
    """How disputes go; None where nobody disputes."""
    rule = behaviour.rules.disputes
    if rule is None:
        return None
    days = find_term(behaviour.catalogue, rule.days.within or "") if isinstance(rule.days, ActingTime) else None
    places = [place for place, origin in enumerate(origins) if origin.kind is Origin.DISPUTE]
    return DisputeArrays(
        asks_if_wrong=rule.asks.if_wrong.value,
        asks_if_right=rule.asks.if_right.value,
        upheld_if_wrong=rule.upheld.if_wrong.value,
        upheld_if_right=rule.upheld.if_right.value,
        days=(days or 0) if isinstance(rule.days, ActingTime) else int(rule.days.value),
        origin=places[0] if places else NONE,
        corrects=rule.does == "correct",
        suspends=rule.suspends,
    )
