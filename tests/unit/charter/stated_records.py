"""Hostile and lawful variants of catalogues that come with Goodstanding, and what follows from records under them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from goodstanding.catalogue import Catalogue, load_library, overlay_catalogue
from goodstanding.effects import compute_example

EXCLUSION = {
    "decided_by": "R. Example", "cause": "fraud", "proved_by": "conviction", "facts_settled": True,
    "mitigation_weighed": True, "adopted": False, "sanction": "exclusion", "excluded_until": "2028-04-15",
    "notice_served_on": "2026-03-02", "served_on": "2026-04-20",
}  # fmt: skip
CLOSING = {
    "danger": "no-safe-water", "grave": True, "told_on": "2026-03-03", "served_on": "2026-03-20",
    "decided_by": "R. Example",
}  # fmt: skip
ENTRY = {
    "decided_by": "R. Example", "ground": "no-statement", "ability": "not-established", "served_on": "2026-03-02",
    "entered_on": "2026-03-23", "delete_on": "2029-03-02", "amount_due": 480000,
}  # fmt: skip


@cache
def get_shipped(name: str) -> Catalogue:
    """A catalogue of the library."""
    return load_library()[name]


def vary(name: str, changes: Mapping[str, Any]) -> Catalogue:
    """A shipped catalogue with some of its values changed."""
    return overlay_catalogue(get_shipped(name), changes) if changes else get_shipped(name)


def build_exclusion(occurred: str = "2026-04-15", source: str = "example-buyer", **fields: Any) -> dict[str, Any]:
    """A decision on exclusion, `a`, by the first tier."""
    return _build_record("exclusion-decision", source, occurred, EXCLUSION | fields) | {"reference": "a"}


def build_closing(occurred: str = "2026-03-02", **fields: Any) -> dict[str, Any]:
    """A finding of danger, `a`, by the district office."""
    return _build_record("danger", "example-food-office", occurred, CLOSING | fields) | {"reference": "a"}


def build_entry(occurred: str = "2026-03-02", **fields: Any) -> dict[str, Any]:
    """An order to enter an organisation, `a`, by the enforcement court."""
    return _build_record("order", "example-enforcement-court", occurred, ENTRY | fields) | {"reference": "a"}


def build_step(record: str, source: str, occurred: str, **fields: Any) -> dict[str, Any]:
    """What a source states about the case `a`."""
    return _build_record(record, source, occurred, fields) | {"about": "a"}


def _build_record(record: str, source: str, occurred: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {"record": record, "source": source, "occurred": date.fromisoformat(occurred), "fields": fields}


def find_effect(catalogue: Catalogue, records: list[dict[str, Any]], measure: str, day: str) -> dict[str, Any] | None:
    """What holds of a measure on a day; None if nothing does."""
    return compute_example(catalogue, records, date.fromisoformat(day)).get(measure)


def build_notice_case() -> Catalogue:
    """The exclusion for misconduct opened by a notice, and decided by a record of its own about that notice."""
    rules = get_shipped("procurement-exclusion").model_dump(mode="json", by_alias=True, exclude_none=True)
    decision, steps = rules["records"]["exclusion-decision"], rules["cases"]["misconduct"]["steps"]
    fields = dict(decision["fields"])
    opening = {"notice_served_on": fields.pop("notice_served_on"), "excluded_until": fields["excluded_until"]}
    changes = {
        "records.notice": decision | {"states": "step", "title": "Notice", "fields": opening},
        "records.decision": decision | {"fields": fields, "about": "notice"},
        "cases.misconduct.record": "notice",
        "cases.misconduct.steps": steps
        | {name: steps[name] | {"record": "decision"} for name in ("excluded", "lesser")},
    }
    about = {f"records.{name}.about": "notice" for name in ("appeal", "board-decision", "release")}
    return vary("procurement-exclusion", changes | about)
