"""What cases heard here do to effects: listings that bind, and what disputes and repairs lift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.procedures import ListRule
from goodstanding.effects import compute_intervals
from goodstanding.procedure.case_effects import SuspensionInterval, subtract_suspensions
from goodstanding.register.projection.case_rows import LIFTS
from goodstanding.standing import RuleVersion
from goodstanding.standing.evaluation import INTERVALS

LiftsBySubject = Mapping[int, list[SuspensionInterval]]  # by subject


class CaseEffects(NamedTuple):
    """Intervals of listings that a hearing decided, in the columns of `standing`, and lifts by subject."""

    intervals: pa.Table
    lifts: LiftsBySubject
    conduct_days: Mapping[int, date] = {}

    def select_listings(self, listings: pa.Table, catalogue: Catalogue, first_day: date) -> pa.Table:
        """Those of these listings that rules know, for conduct since a day, shown to whom these rules show them."""
        rows = [
            {
                **row,
                **_build_terms(catalogue.lists[row["name"]]),
                "valid_from": max(row["valid_from"], catalogue.in_force),
            }
            for row in listings.to_pylist()
            if row["name"] in catalogue.lists and self._find_conduct_day(row["case_position"]) >= first_day
        ]
        return pa.Table.from_pylist(rows, schema=INTERVALS)

    def _find_conduct_day(self, case: int) -> date:
        return self.conduct_days.get(case, date.min)


def build_listing_intervals(binding: Iterable[Mapping[str, Any]], catalogue: Catalogue | None) -> pa.Table:
    """The listings of spans that bind (case_position, subject_id, name, valid_from, valid_to as ISO text)."""
    rows = [_build_interval(row, catalogue) for row in binding if catalogue and row["name"] in catalogue.lists]
    return pa.Table.from_pylist(rows, schema=INTERVALS)


def _build_interval(row: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    rule = catalogue.lists[row["name"]]
    return {
        "case_position": row["case_position"],
        "subject_id": row["subject_id"],
        "kind": "listing",
        "name": row["name"],
        "valid_from": max(date.fromisoformat(row["valid_from"]), catalogue.in_force),
        "valid_to": _parse_day(row["valid_to"]),
        "because": [row["case_position"]],
        "then": "",
        "why": f"hearing:{row['case_position']}",
        **_build_terms(rule),
    }


def _build_terms(rule: ListRule) -> dict[str, str]:
    return {"stage": next(iter(rule.while_), ""), "audience": rule.audience}


def group_lifts_by_subject(lifting: Iterable[Mapping[str, Any]]) -> LiftsBySubject:
    """The lifts of spans (subject_id, about, valid_from, valid_to, lifts), by subject."""
    lifts: dict[int, list[SuspensionInterval]] = {}
    for row in lifting:
        lift = SuspensionInterval(
            row["about"], date.fromisoformat(row["valid_from"]), _parse_day(row["valid_to"]), LIFTS[row["lifts"]]
        )
        lifts.setdefault(row["subject_id"], []).append(lift)
    return lifts


def _parse_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def apply_lifts(effects: pa.Table, lifts: LiftsBySubject) -> pa.Table:
    """Effects without what is lifted; an effect may fall into two where a dispute suspended it for a while."""
    if not lifts:
        return effects
    rows = [left for row in effects.to_pylist() for left in _split_effect(row, lifts.get(row["subject_id"], []))]
    return pa.Table.from_pylist(rows, schema=effects.schema)


def _split_effect(row: dict[str, Any], lifts: list[SuspensionInterval]) -> list[dict[str, Any]]:
    touching = [lift for lift in lifts if lift.touches(row["kind"], row["because"])]
    if not touching:
        return [row]
    intervals = subtract_suspensions(row["valid_from"], row["valid_to"], touching)
    return [row | {"valid_from": start, "valid_to": end} for start, end in intervals]


def find_widest_rules(versions: Sequence[RuleVersion]) -> Catalogue:
    """The newest rules as if they had been in force as early as any version: listings begin where one lets them."""
    earliest = min(version.catalogue.in_force for version in versions)
    return versions[-1].catalogue.model_copy(update={"in_force": earliest})


def calculate_by_version(
    records: pa.Table, listings: pa.Table, versions: Sequence[RuleVersion], heard: CaseEffects
) -> tuple[pa.Table, pa.Table]:
    """Intervals and effects of records, and of listings that a hearing decided, under the versions of a catalogue."""

    def calculate(some_records: pa.Table, catalogue: Catalogue, first_day: date) -> tuple[pa.Table, pa.Table]:
        selected = heard.select_listings(listings, catalogue, first_day)
        intervals = pa.concat_tables([compute_intervals(some_records, catalogue), selected])
        return intervals, standing.compute_effects(some_records, intervals, catalogue)

    intervals, effects = standing.compute_by_version(records, versions, calculate)
    return intervals, apply_lifts(effects, heard.lifts)
