"""Lists a case stands on, lists made from other lists, and the measures that follow from a listing or a grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter

from goodstanding.catalogue.model import Catalogue, ListRule, Measure
from goodstanding.standing.text import Step, literal, step_name

_AT = (
    "FROM points\nJOIN intervals\n  ON intervals.subject_id = points.subject_id\n"
    "  AND intervals.valid_from <= points.day\n  AND points.day < coalesce(intervals.valid_to, DATE '9999-12-31')\n"
)


def list_steps(catalogue: Catalogue, graded: Iterable[str]) -> list[Step]:
    """proceeding, listed, combined and bound, as far as a catalogue has them; `graded` are the steps of its grades."""
    listed = [_listed(), *_combined(catalogue)] if catalogue.lists else []
    steps = [_cases(), *listed] if catalogue.cases else listed
    return [*steps, _bound(catalogue, [*(step.name for step in listed), *graded])] if catalogue.measures else steps


def _cases() -> Step:
    return Step("proceeding", "where each case stands, for its parties", _standing("case"))


def _listed() -> Step:
    return Step("listed", "the lists that a case puts a subject on at each moment", _standing("listing"))


def _standing(kind: str) -> str:
    return (
        f"SELECT points.subject_id, points.day, intervals.name AS measure, {literal(kind)} AS kind,\n"
        "  intervals.audience, intervals.stage AS value, NULL AS score, intervals.because, intervals.why\n"
        f"{_AT}WHERE intervals.kind = {literal(kind)}"
    )


def _combined(catalogue: Catalogue) -> Iterator[Step]:
    """A step for each list made from others, after those it is made from."""
    parts = {name: rule.from_ for name, rule in catalogue.lists.items()}
    for name in TopologicalSorter(parts).static_order():
        if parts[name]:
            yield _combination(catalogue, name, catalogue.lists[name])


def _combination(catalogue: Catalogue, name: str, rule: ListRule) -> Step:
    sources = ["listed", *(combined_step(part) for part in rule.from_ if catalogue.lists[part].from_)]
    held = "\nUNION ALL\n".join(f"FROM {source}" for source in sources)
    parts = ", ".join(literal(part) for part in rule.from_)
    select = (
        f"SELECT subject_id, day, {literal(name)} AS measure, 'listing' AS kind,\n"
        f"  {literal(rule.audience)} AS audience,\n"
        "  'combined' AS value, NULL AS score, list_sort(list_distinct(flatten(list(because)))) AS because,\n"
        "  'lists:' || string_agg(DISTINCT measure, ',' ORDER BY measure) AS why\n"
        f"FROM ({held})\nWHERE measure IN ({parts})\n"
        f"GROUP BY subject_id, day\nHAVING count(DISTINCT measure) >= {rule.at_least}"
    )
    return Step(combined_step(name), f"who stands on at least {rule.at_least} of the lists named", select)


def combined_step(name: str) -> str:
    """The name of the step of a list made from others."""
    return step_name("combined", name)


def _bound(catalogue: Catalogue, sources: list[str]) -> Step:
    held = "\n  UNION ALL\n".join(
        f"  SELECT subject_id, day, kind, measure, value, because, why\n  FROM {source}" for source in sources
    )
    rows = ",\n  ".join(row for name, rule in catalogue.measures.items() for row in _measure_rows(name, rule))
    select = (
        "SELECT held.subject_id, held.day, measures.measure, measures.kind, measures.audience,\n"
        "  held.measure AS value, NULL AS score, held.because,\n"
        "  CASE WHEN held.kind = 'grade' THEN 'grade:' || held.value ELSE held.why END AS why\n"
        f"FROM (\n{held}\n) AS held\n"
        f"JOIN (VALUES\n  {rows}\n) AS measures (rests_on, name, grade, measure, kind, audience)\n"
        "  ON measures.rests_on = held.kind\n  AND measures.name = held.measure\n"
        "  AND (measures.grade IS NULL OR measures.grade = held.value)"
    )
    return Step("bound", "the measures that follow from a listing or a grade, one row for each audience", select)


def _measure_rows(name: str, rule: Measure) -> Iterator[str]:
    grounds = [("listing", rule.list, "CAST(NULL AS VARCHAR)")] if rule.list else []
    grounds += [("grade", rule.scheme, literal(grade)) for grade in rule.grades if rule.scheme]
    for kind, ground, grade in grounds:
        for audience in rule.audience:
            what = ", ".join(literal(one) for one in (name, rule.kind, audience))
            yield f"({literal(kind)}, {literal(ground or '')}, {grade}, {what})"
