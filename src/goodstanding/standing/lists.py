"""Lists a case stands on, and the measures that follow from a listing."""

from __future__ import annotations

from goodstanding.catalogue.model import Catalogue
from goodstanding.standing.text import Step, literal

_AT = (
    "FROM points\nJOIN intervals\n  ON intervals.subject_id = points.subject_id\n"
    "  AND intervals.valid_from <= points.day\n  AND points.day < coalesce(intervals.valid_to, DATE '9999-12-31')\n"
)


def list_steps(catalogue: Catalogue) -> list[Step]:
    """standing of each case, listed, and bound; none where the catalogue has no cases."""
    if not catalogue.cases:
        return []
    steps = [_cases(), _listed()]
    return [*steps, _bound(catalogue)] if catalogue.measures else steps


def _cases() -> Step:
    select = (
        "SELECT points.subject_id, points.day, intervals.name AS measure, 'case' AS kind, intervals.audience,\n"
        "  intervals.stage AS value, NULL AS score, intervals.because, intervals.why\n"
        f"{_AT}WHERE intervals.kind = 'case'"
    )
    return Step("proceeding", "where each case stands, for its parties", select)


def _listed() -> Step:
    select = (
        "SELECT points.subject_id, points.day, intervals.name AS measure, 'listing' AS kind, intervals.audience,\n"
        "  intervals.stage AS value, NULL AS score, intervals.because, intervals.why\n"
        f"{_AT}WHERE intervals.kind = 'listing'"
    )
    return Step("listed", "the lists that name a subject at each moment", select)


def _bound(catalogue: Catalogue) -> Step:
    rows = [
        f"({literal(rule.list)}, {literal(name)}, {literal(rule.kind)}, {literal(audience)})"
        for name, rule in catalogue.measures.items()
        for audience in rule.audience
    ]
    select = (
        "SELECT listed.subject_id, listed.day, measures.measure, measures.kind, measures.audience,\n"
        "  listed.measure AS value, NULL AS score, listed.because, listed.why\n"
        f"FROM listed\nJOIN (VALUES {', '.join(rows)}) AS measures (list, measure, kind, audience)\n"
        "  ON measures.list = listed.measure"
    )
    return Step("bound", "the measures that follow from a listing, one row for each audience", select)
