"""The spans of one subject's cases as they were known at a ledger size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from goodstanding.catalogue.model import Catalogue
from goodstanding.register.files.case_queries import list_act_rows, list_case_rows
from goodstanding.register.projection.case_effects import CaseEffects, build_listing_intervals, group_lifts_by_subject
from goodstanding.register.projection.case_rows import build_span_rows
from goodstanding.register.rules.enacted_catalogues import list_catalogue_versions


class CaseSpans(NamedTuple):
    """The spans of one subject's cases as of a ledger size."""

    rows: list[dict[str, Any]]
    about: Mapping[int, int]

    def derive_effects(self, catalogue: Catalogue) -> CaseEffects:
        """What they do to the effects under a catalogue."""
        own = [_build_text_row(row, self.about) for row in self.rows if row["catalogue"] == catalogue.name]
        binding = build_listing_intervals((row for row in own if row["binds"]), catalogue)
        return CaseEffects(binding, group_lifts_by_subject(row for row in own if row["lifts"]))


def load_spans(subject_id: int, size: int) -> CaseSpans:
    """The spans of a subject's cases, from what had been done in them before a ledger size."""
    cases = list_case_rows(subject_id, size)
    if not cases:
        return CaseSpans([], {})
    every = list_catalogue_versions().items()  # a rule that came later was not known then
    versions = {
        name: [version for version in catalogue_versions if version.position < size]
        for name, catalogue_versions in every
    }
    span_rows = [
        span for case in cases for span in build_span_rows(case, list_act_rows(case["position"], size), versions)
    ]
    return CaseSpans(span_rows, {case["position"]: case["about"] for case in cases})


def _build_text_row(row: Mapping[str, Any], about: Mapping[int, int]) -> dict[str, Any]:
    start, end = row["valid_from"], row["valid_to"]
    text = {"valid_from": start.isoformat(), "valid_to": end.isoformat() if end else ""}
    return {**row, **text, "name": row["listed"], "about": about[row["case_position"]]}
