"""What cases heard here do to effects: listings that bind, and what disputes and repairs lift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from goodstanding.catalogue.model import Catalogue
from goodstanding.procedure.stretches import Lift, remaining
from goodstanding.register import catalogues
from goodstanding.register.hearing_rows import LIFTS, acts_of, cases_of, spans_of
from goodstanding.standing.evaluate import INTERVALS

Lifts = Mapping[int, list[Lift]]  # by subject


class Heard(NamedTuple):
    """Intervals of listings that a hearing decided, in the columns of `standing`, and lifts by subject."""

    intervals: pa.Table
    lifts: Lifts


class Spans(NamedTuple):
    """The stretches of one subject's cases as of a ledger size."""

    rows: list[dict[str, Any]]
    about: Mapping[int, int]

    def heard(self, catalogue: Catalogue) -> Heard:
        """What they do to the effects under a catalogue."""
        own = [_as_text(one, self.about) for one in self.rows if one["catalogue"] == catalogue.name]
        binding = listing_intervals((one for one in own if one["binds"]), catalogue)
        return Heard(binding, lifts_by_subject(one for one in own if one["lifts"]))


def as_of(subject_id: int, size: int) -> Spans:
    """The stretches of a subject's cases, from what had been done in them before a ledger size."""
    cases = cases_of(subject_id, size)
    if not cases:
        return Spans([], {})
    every = catalogues.versions().items()  # a rule that came later was not known then
    versions = {name: [one for one in held if one[0] < size] for name, held in every}
    found = [span for case in cases for span in spans_of(case, acts_of(case["position"], size), versions)]
    return Spans(found, {case["position"]: case["about"] for case in cases})


def _as_text(one: Mapping[str, Any], about: Mapping[int, int]) -> dict[str, Any]:
    start, end = one["valid_from"], one["valid_to"]
    text = {"valid_from": start.isoformat(), "valid_to": end.isoformat() if end else ""}
    return {**one, **text, "name": one["listed"], "about": about[one["case_position"]]}


def listing_intervals(binding: Iterable[Mapping[str, Any]], catalogue: Catalogue | None) -> pa.Table:
    """The listings of stretches that bind (case_position, subject_id, name, valid_from, valid_to as ISO text)."""
    rows = [_interval(one, catalogue) for one in binding if catalogue and one["name"] in catalogue.lists]
    return pa.Table.from_pylist(rows, schema=INTERVALS)


def _interval(one: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    rule = catalogue.lists[one["name"]]
    return {
        "case_position": one["case_position"],
        "subject_id": one["subject_id"],
        "kind": "listing",
        "name": one["name"],
        "stage": next(iter(rule.while_), ""),
        "valid_from": max(date.fromisoformat(one["valid_from"]), catalogue.in_force),
        "valid_to": _day(one["valid_to"]),
        "audience": rule.audience,
        "because": [one["case_position"]],
        "then": "",
        "why": f"hearing:{one['case_position']}",
    }


def lifts_by_subject(lifting: Iterable[Mapping[str, Any]]) -> Lifts:
    """The lifts of stretches (subject_id, about, valid_from, valid_to, lifts), by subject."""
    found: dict[int, list[Lift]] = {}
    for one in lifting:
        lift = Lift(one["about"], date.fromisoformat(one["valid_from"]), _day(one["valid_to"]), LIFTS[one["lifts"]])
        found.setdefault(one["subject_id"], []).append(lift)
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def lifted(effects: pa.Table, lifts: Lifts) -> pa.Table:
    """Effects without what is lifted; an effect may fall into two where a dispute suspended it for a while."""
    if not lifts:
        return effects
    rows = [left for row in effects.to_pylist() for left in _left(row, lifts.get(row["subject_id"], []))]
    return pa.Table.from_pylist(rows, schema=effects.schema)


def _left(row: dict[str, Any], lifts: list[Lift]) -> list[dict[str, Any]]:
    touching = [one for one in lifts if one.touches(row["kind"], row["because"])]
    if not touching:
        return [row]
    stretches = remaining(row["valid_from"], row["valid_to"], touching)
    return [row | {"valid_from": start, "valid_to": end} for start, end in stretches]
