"""What cases heard here do to effects: listings that bind, and what disputes and repairs lift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from goodstanding.catalogue.model import Catalogue
from goodstanding.procedure.stretches import SuspensionInterval, subtract_suspensions
from goodstanding.register import catalogues
from goodstanding.register.hearing_rows import LIFTS, build_span_rows, list_act_rows, list_case_rows
from goodstanding.standing.evaluate import INTERVALS

LiftsBySubject = Mapping[int, list[SuspensionInterval]]  # by subject


class CaseEffects(NamedTuple):
    """Intervals of listings that a hearing decided, in the columns of `standing`, and lifts by subject."""

    intervals: pa.Table
    lifts: LiftsBySubject


class CaseSpans(NamedTuple):
    """The stretches of one subject's cases as of a ledger size."""

    rows: list[dict[str, Any]]
    about: Mapping[int, int]

    def heard(self, catalogue: Catalogue) -> CaseEffects:
        """What they do to the effects under a catalogue."""
        own = [_build_text_row(row, self.about) for row in self.rows if row["catalogue"] == catalogue.name]
        binding = build_listing_intervals((row for row in own if row["binds"]), catalogue)
        return CaseEffects(binding, group_lifts_by_subject(row for row in own if row["lifts"]))


def load_spans(subject_id: int, size: int) -> CaseSpans:
    """The stretches of a subject's cases, from what had been done in them before a ledger size."""
    cases = list_case_rows(subject_id, size)
    if not cases:
        return CaseSpans([], {})
    every = catalogues.list_catalogue_versions().items()  # a rule that came later was not known then
    versions = {
        name: [version for version in catalogue_versions if version[0] < size] for name, catalogue_versions in every
    }
    span_rows = [
        span for case in cases for span in build_span_rows(case, list_act_rows(case["position"], size), versions)
    ]
    return CaseSpans(span_rows, {case["position"]: case["about"] for case in cases})


def _build_text_row(row: Mapping[str, Any], about: Mapping[int, int]) -> dict[str, Any]:
    start, end = row["valid_from"], row["valid_to"]
    text = {"valid_from": start.isoformat(), "valid_to": end.isoformat() if end else ""}
    return {**row, **text, "name": row["listed"], "about": about[row["case_position"]]}


def build_listing_intervals(binding: Iterable[Mapping[str, Any]], catalogue: Catalogue | None) -> pa.Table:
    """The listings of stretches that bind (case_position, subject_id, name, valid_from, valid_to as ISO text)."""
    rows = [_build_interval(row, catalogue) for row in binding if catalogue and row["name"] in catalogue.lists]
    return pa.Table.from_pylist(rows, schema=INTERVALS)


def _build_interval(row: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    rule = catalogue.lists[row["name"]]
    return {
        "case_position": row["case_position"],
        "subject_id": row["subject_id"],
        "kind": "listing",
        "name": row["name"],
        "stage": next(iter(rule.while_), ""),
        "valid_from": max(date.fromisoformat(row["valid_from"]), catalogue.in_force),
        "valid_to": _parse_day(row["valid_to"]),
        "audience": rule.audience,
        "because": [row["case_position"]],
        "then": "",
        "why": f"hearing:{row['case_position']}",
    }


def group_lifts_by_subject(lifting: Iterable[Mapping[str, Any]]) -> LiftsBySubject:
    """The lifts of stretches (subject_id, about, valid_from, valid_to, lifts), by subject."""
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
    stretches = subtract_suspensions(row["valid_from"], row["valid_to"], touching)
    return [row | {"valid_from": start, "valid_to": end} for start, end in stretches]
