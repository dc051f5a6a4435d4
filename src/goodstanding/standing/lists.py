"""Lists a case stands on, lists made from other lists, and the measures that follow from a listing or a grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.procedures import ListRule, Measure
from goodstanding.standing.score import parse_record_condition
from goodstanding.standing.sql_text import SqlStep, build_step_name, quote_literal
from goodstanding.standing.typed_records import name_record_step

_AT = (
    "FROM points\nJOIN intervals\n  ON intervals.subject_id = points.subject_id\n"
    "  AND intervals.valid_from <= points.day\n  AND points.day < coalesce(intervals.valid_to, DATE '9999-12-31')\n"
)


def build_list_steps(catalogue: Catalogue, graded: Iterable[str]) -> list[SqlStep]:
    """proceeding, listed, combined and bound, as far as a catalogue has them; `graded` are the steps of its grades."""
    listed = [_build_listed_step(), *_build_combined_steps(catalogue)] if catalogue.lists else []
    steps = [_build_proceeding_step(), *listed] if catalogue.cases else listed
    return (
        [*steps, _build_bound_step(catalogue, [*(step.name for step in listed), *graded])]
        if catalogue.measures
        else steps
    )


def _build_proceeding_step() -> SqlStep:
    return SqlStep("proceeding", "where each case stands, for its parties", _build_interval_select("case"))


def _build_listed_step() -> SqlStep:
    return SqlStep(
        "listed", "the lists that a case puts a subject on at each moment", _build_interval_select("listing")
    )


def _build_interval_select(kind: str) -> str:
    return (
        f"SELECT points.subject_id, points.day, intervals.name AS measure, {quote_literal(kind)} AS kind,\n"
        "  intervals.audience, intervals.stage AS value, NULL AS score, intervals.because, intervals.why\n"
        f"{_AT}WHERE intervals.kind = {quote_literal(kind)}"
    )


def _build_combined_steps(catalogue: Catalogue) -> Iterator[SqlStep]:
    """A step for each list made from others, after those it is made from."""
    parts = {name: rule.from_ for name, rule in catalogue.lists.items()}
    for name in TopologicalSorter(parts).static_order():
        if parts[name]:
            yield _build_combined_step(catalogue, name, catalogue.lists[name])


def _build_combined_step(catalogue: Catalogue, name: str, rule: ListRule) -> SqlStep:
    sources = ["listed", *(name_combined_step(part) for part in rule.from_ if catalogue.lists[part].from_)]
    union = "\nUNION ALL\n".join(f"FROM {source}" for source in sources)
    parts = ", ".join(quote_literal(part) for part in rule.from_)
    select = (
        f"SELECT subject_id, day, {quote_literal(name)} AS measure, 'listing' AS kind,\n"
        f"  {quote_literal(rule.audience)} AS audience,\n"
        "  'combined' AS value, NULL AS score, list_sort(list_distinct(flatten(list(because)))) AS because,\n"
        "  'lists:' || string_agg(DISTINCT measure, ',' ORDER BY measure) AS why\n"
        f"FROM ({union})\nWHERE measure IN ({parts})\n"
        f"GROUP BY subject_id, day\nHAVING count(DISTINCT measure) >= {rule.at_least}"
    )
    return SqlStep(name_combined_step(name), f"who stands on at least {rule.at_least} of the lists named", select)


def name_combined_step(name: str) -> str:
    """The name of the step of a list made from others."""
    return build_step_name("combined", name)


def _build_bound_step(catalogue: Catalogue, sources: list[str]) -> SqlStep:
    union = "\n  UNION ALL\n".join(
        f"  SELECT subject_id, day, kind, measure, value, because, why\n  FROM {source}" for source in sources
    )
    rows = ",\n  ".join(row for name, rule in catalogue.measures.items() for row in _list_measure_rows(name, rule))
    conditions = [_build_measure_condition(catalogue, name) for name, rule in catalogue.measures.items() if rule.when]
    select = (
        "SELECT held.subject_id, held.day, measures.measure, measures.kind, measures.audience,\n"
        "  held.measure AS value, NULL AS score, held.because,\n"
        "  CASE WHEN held.kind = 'grade' THEN 'grade:' || held.value ELSE held.why END AS why\n"
        f"FROM (\n{union}\n) AS held\n"
        f"JOIN (VALUES\n  {rows}\n) AS measures (rests_on, name, grade, measure, kind, audience)\n"
        "  ON measures.rests_on = held.kind\n  AND measures.name = held.measure\n"
        "  AND (measures.grade IS NULL OR measures.grade = held.value)"
        f"{''.join(conditions)}"
    )
    return SqlStep("bound", "the measures that follow from a listing or a grade, one row for each audience", select)


def _build_measure_condition(catalogue: Catalogue, name: str) -> str:
    """That a measure follows only where its condition is known to hold for the record that it rests on."""
    measure = catalogue.measures[name]
    record = catalogue.resting_on(measure)[0]
    condition = parse_record_condition(catalogue, record, measure.when or "").of("stated")
    return (
        f"\n  AND (measures.measure <> {quote_literal(name)} OR EXISTS (\n"
        f"    FROM {name_record_step(record)} AS stated\n"
        f"    WHERE list_contains(held.because, stated.position) AND {condition}))"
    )


def _list_measure_rows(name: str, rule: Measure) -> Iterator[str]:
    grounds = [("listing", rule.list, "CAST(NULL AS VARCHAR)")] if rule.list else []
    grounds += [("grade", rule.scheme, quote_literal(grade)) for grade in rule.grades if rule.scheme]
    for kind, ground, grade in grounds:
        for audience in rule.audience:
            literals = ", ".join(quote_literal(text) for text in (name, rule.kind, audience))
            yield f"({quote_literal(kind)}, {quote_literal(ground or '')}, {grade}, {literals})"
