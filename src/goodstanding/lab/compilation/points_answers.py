"""A scheme of points as arrays: for each variant the rules are asked under what it falls and for how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.schemes import ConductItem, DirectGrade, GradingScheme
from goodstanding.lab.compilation.array_values import (
    find_end,
    make_days,
    make_indexes,
    make_lengths,
    make_points,
    make_starts,
    make_truths,
)
from goodstanding.lab.compilation.probe_records import Probe, ProbeTable
from goodstanding.lab.compilation.rule_refusals import refuse_rule
from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, PointsArrays, Span
from goodstanding.messages import BehaviourMessage, Message
from goodstanding.standing.evaluation import INTERVALS

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """What an item counts for over part of its time."""

    item: str
    points: int | None
    since: Period
    until: Period | None
    law_until: date | None


@dataclass(frozen=True, slots=True)
class VariantAnswer:
    """What the rules say of a variant: the stages of its items, and the ranks of the direct grades that it gives."""

    stages: tuple[Stage, ...]
    ranks: tuple[int, ...]


def ask_points(catalogue: Catalogue, name: str, table: ProbeTable, records: tuple[str, ...]) -> PointsArrays:
    """The arrays of a scheme of points; raises LaboratoryError for a rule that has no array form."""
    scheme = catalogue.schemes[name]
    answers = _PointsQuestion(catalogue, name, scheme, table).ask()
    joining = scheme.starts_with or scheme.record
    joins = [variant.record == joining for variant in table.variants]
    starts = _ask_starts(catalogue, name, table, joins)
    return _build_arrays(catalogue, name, answers, joins, starts, records)


@dataclass(frozen=True, slots=True)
class _PointsQuestion:
    catalogue: Catalogue
    name: str
    scheme: GradingScheme
    table: ProbeTable

    def ask(self) -> list[VariantAnswer]:
        """One answer for each variant, the same on every day that was tried."""
        rows = defaultdict[int, list[Row]](list)
        for row in standing.match_records(self.table.records, self.catalogue, self.name).to_pylist():
            rows[row["position"]].append(row)
        answers: list[VariantAnswer | None] = [None] * len(self.table.variants)
        for probe in self.table.probes:
            answer = self._read_answer(probe, rows[probe.position])
            if answers[probe.variant] not in (None, answer):
                raise self._refuse(("schemes", self.name), probe)
            answers[probe.variant] = answer
        return [answer for answer in answers if answer]

    def _read_answer(self, probe: Probe, rows: Sequence[Row]) -> VariantAnswer:
        by_item = defaultdict[str, list[Row]](list)
        for row in rows:
            if row["item"] is not None:
                by_item[row["item"]].append(row)
        stages = [stage for item in by_item for stage in self._read_item(probe, item, by_item[item])]
        ranks = [self._read_rank(probe, row) for row in rows if row["item"] is None]
        return VariantAnswer(tuple(stages), tuple(sorted(ranks)))

    def _read_item(self, probe: Probe, item: str, rows: Sequence[Row]) -> list[Stage]:
        rule, law_until = self.scheme.items[item], self.catalogue.find_end_of_law(self.scheme.items[item].basis)
        lengths = [Period(0), *(fade.after for fade in rule.fades)]
        ends = [*lengths[1:], rule.counts_for]
        stages = [
            Stage(item, row["points"], since, until, law_until)
            for row, since, until in zip(sorted(rows, key=_order_of_time), lengths, ends, strict=True)
        ]
        for row, stage in zip(sorted(rows, key=_order_of_time), stages, strict=True):
            expected = (self._find_end(probe, stage.since), self._find_end(probe, stage.until, law_until))
            if (row["since"], row["until"]) != expected:
                raise self._refuse(("schemes", self.name, "items", item), probe)
        return stages

    def _read_rank(self, probe: Probe, row: Row) -> int:
        rank: int = row["rank"]
        rule = self.scheme.direct[rank]
        if row["until"] != self._find_end(probe, rule.counts_for, self.catalogue.find_end_of_law(rule.basis)):
            raise self._refuse(("schemes", self.name, "direct", rank), probe)
        return rank

    def _find_end(self, probe: Probe, length: Period | None, law_until: date | None = None) -> date:
        return find_end(probe.day, length, self.catalogue.month_sums, law_until)

    def _refuse(self, path: tuple[str | int, ...], probe: Probe) -> Exception:
        record = self.table.variants[probe.variant].record
        return refuse_rule(self.catalogue, path, Message(BehaviourMessage.ANSWERS_DIFFER, {"record": record}))


def _order_of_time(row: Row) -> date:
    since: date = row["since"]
    return since


def _ask_starts(catalogue: Catalogue, name: str, table: ProbeTable, joins: list[bool]) -> list[int]:
    """What a subject starts with that a variant's record takes into the scheme: asked where that depends on it."""
    scheme = catalogue.schemes[name]
    starts = [scheme.base or 0] * len(table.variants)
    if not scheme.starts:
        return starts
    asked = [probe for probe in table.probes if joins[probe.variant]]
    points = pa.table(
        {
            "subject_id": pa.array([probe.number for probe in asked], pa.int64()),
            "day": pa.array([probe.day for probe in asked], pa.date32()),
        }
    )
    known_starts = {rule.points for rule in scheme.starts} | {scheme.base or 0}
    for row in standing.evaluate(table.records, INTERVALS.empty_table(), catalogue, points).to_pylist():
        if row["measure"] == name and row["kind"] == "grade":
            if scheme.starts_with is None or row["score"] not in known_starts:
                raise refuse_rule(catalogue, ("schemes", name, "starts"), Message(BehaviourMessage.START_BOUNDED))
            starts[table.probes[row["subject_id"]].variant] = row["score"]
    return starts


def _build_arrays(
    catalogue: Catalogue,
    name: str,
    answers: Sequence[VariantAnswer],
    joins: list[bool],
    starts: list[int],
    records: tuple[str, ...],
) -> PointsArrays:
    scheme, items = catalogue.schemes[name], list(catalogue.schemes[name].items)
    stages = [stage for answer in answers for stage in answer.stages]
    rules: list[DirectGrade] = [scheme.direct[rank] for answer in answers for rank in answer.ranks]
    return PointsArrays(
        name=name,
        grade_names=scheme.grades,
        item_names=tuple(items),
        joins=make_truths(joins),
        starts=make_points(starts),
        stage_starts=make_starts([answer.stages for answer in answers]),
        stage_items=make_indexes(items.index(stage.item) for stage in stages),
        stage_points=make_points(stage.points or 0 for stage in stages),
        stage_undecided=make_truths(stage.points is None for stage in stages),
        stage_since=make_lengths(stage.since for stage in stages),
        stage_until=make_lengths(stage.until for stage in stages),
        stage_law_until=make_days(stage.law_until for stage in stages),
        item_spans=np.array([Span[rule.per.upper()] for rule in scheme.items.values()], np.uint8),
        item_most=make_points(_find_cap(rule) for rule in scheme.items.values()),
        direct_starts=make_starts([answer.ranks for answer in answers]),
        direct_grades=make_indexes(scheme.grades.index(rule.grade) for rule in rules),
        direct_ranks=make_indexes(rank for answer in answers for rank in answer.ranks),
        direct_until=make_lengths(rule.counts_for for rule in rules),
        direct_law_until=make_days(catalogue.find_end_of_law(rule.basis) for rule in rules),
        base=scheme.base or 0,
        floor=-OPEN if scheme.floor is None else scheme.floor,
        cap=OPEN if scheme.cap is None else scheme.cap,
        bonus_after=make_lengths(bonus.after for bonus in scheme.bonus),
        bonus_points=make_points(bonus.points for bonus in scheme.bonus),
        bonus_needs=make_indexes(records.index(bonus.needs) if bonus.needs else NONE for bonus in scheme.bonus),
        **build_band_arrays(scheme),
    )


def _find_cap(rule: ConductItem) -> int:
    return OPEN if rule.at_most is None else rule.at_most


def build_band_arrays(scheme: GradingScheme) -> dict[str, Any]:
    """The bounds of a scheme's bands, and the grade of each."""
    return {
        "band_least": make_points(-OPEN if band.at_least is None else band.at_least for band in scheme.bands),
        "band_most": make_points(OPEN if band.at_most is None else band.at_most for band in scheme.bands),
        "band_grades": make_indexes(scheme.grades.index(band.grade) for band in scheme.bands),
    }
