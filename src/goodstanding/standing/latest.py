"""Schemes that grade the newest finding: a score, its band, and why there is none."""

from __future__ import annotations

from textwrap import indent

from goodstanding.catalogue.checks import field_types
from goodstanding.catalogue.conditions import NUMBER, TRUTH, Condition, condition
from goodstanding.catalogue.model import Band, Catalogue, Scheme
from goodstanding.standing.text import Step, column, literal, step_name
from goodstanding.standing.typed import record_step


def latest_steps(catalogue: Catalogue, name: str) -> list[Step]:
    """scored, graded, counting and the grade at each moment, for a scheme of kind `latest`."""
    return [*outcome_steps(catalogue, name), _at_each_moment(catalogue, name)]


def outcome_steps(catalogue: Catalogue, name: str) -> list[Step]:
    """What each finding alone gives: columns value, score, why beside the record's own."""
    scheme = catalogue.schemes[name]
    return [_scored(catalogue, name, scheme), _graded(catalogue, name, scheme)]


def parsed(catalogue: Catalogue, record: str, text: str, wants: str = TRUTH) -> Condition:
    """An expression over a record type's fields."""
    return condition(text, field_types(catalogue.records[record].fields), record, wants)


def checked(catalogue: Catalogue, record: str, text: str, wants: str = TRUTH) -> str:
    """The SQL of an expression over a record type's fields."""
    return parsed(catalogue, record, text, wants).sql


def _scored(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    types = field_types(catalogue.records[scheme.record].fields)
    score = condition(scheme.score or "NULL", types, name, NUMBER)
    missing = ", ".join(f"CASE WHEN {column(field)} IS NULL THEN {literal(field)} END" for field in score.reads)
    counts = checked(catalogue, scheme.record, scheme.counts_when) if scheme.counts_when else "TRUE"
    select = (
        f"SELECT *,\n  {score.sql} AS score,\n  concat_ws(', ', {missing or 'NULL'}) AS missing\n"
        f"FROM {record_step(scheme.record)}\nWHERE {counts}"
    )
    return Step(step_name("scored", name), "the score of each finding that can give a grade", select)


def _graded(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    def sql(text: str) -> str:
        return checked(catalogue, scheme.record, text)

    cases: list[tuple[str, str, str]] = []
    for i, no in enumerate(scheme.ungraded):
        cases.append((sql(no.when), "NULL", literal(f"ungraded:{i}")))
    for i, may in enumerate(scheme.discretion):
        cases.append(
            (f"{sql(may.when)} AND published = {literal(may.grade)}", literal(may.grade), literal(f"discretion:{i}"))
        )
    if scheme.unproven:
        cases.append(("score IS NULL AND published IS NOT NULL", "published", literal("unproven")))
    cases.append(("score IS NULL", "NULL", "'undecided:' || missing"))
    for i, band in enumerate(scheme.bands):
        cases.append((_band(band, sql), literal(band.grade), literal(f"band:{i}")))
    select = f"SELECT *,\n{_case(cases, 1, 'value')},\n{_case(cases, 2, 'why')}\nFROM {step_name('scored', name)}"
    return Step(step_name("graded", name), "the first band that fits, or why there is no grade", select)


def _case(cases: list[tuple[str, str, str]], which: int, name: str) -> str:
    whens = "\n".join(f"    WHEN {case[0]} THEN {case[which]}" for case in cases)
    return f"  CASE\n{whens}\n  END AS {name}"


def _band(band: Band, sql: object) -> str:
    return band_condition(band, sql(band.when) if band.when and callable(sql) else None)


def band_condition(band: Band, when: str | None = None) -> str:
    """When a score falls into a band, as SQL over the column `score`."""
    parts = [f"score >= {band.at_least}"] * (band.at_least is not None)
    parts += [f"score <= {band.at_most}"] * (band.at_most is not None)
    parts += [f"({when})"] * (when is not None)
    return " AND ".join(parts) or "TRUE"


def ends(catalogue: Catalogue, scheme: Scheme) -> str:
    """The day a finding's grade lapses, as SQL over `occurred`; far away where the scheme sets no term."""
    return scheme.lapses.sql("occurred", catalogue.month_sums) if scheme.lapses else "DATE '9999-12-31'"


def _at_each_moment(catalogue: Catalogue, name: str) -> Step:
    scheme = catalogue.schemes[name]
    newest = (
        "SELECT points.subject_id, points.day, graded.position, graded.occurred,\n"
        "  graded.value, graded.score, graded.why\n"
        f"FROM points\nJOIN {step_name('graded', name)} AS graded\n  ON graded.subject_id = points.subject_id\n"
        "  AND graded.occurred <= points.day\n"
        "QUALIFY row_number() OVER (\n  PARTITION BY points.subject_id, points.day\n"
        "  ORDER BY graded.occurred DESC, graded.position DESC\n) = 1"
    )
    select = (
        f"SELECT subject_id, day, {literal(name)} AS measure, 'grade' AS kind,\n"
        f"  {literal(scheme.audience)} AS audience, value, score, [position] AS because, why\n"
        f"FROM (\n{indent(newest, '  ')}\n)\nWHERE value IS NULL OR day < {ends(catalogue, scheme)}"
    )
    return Step(step_name("counting", name), "at each moment the newest finding, unless its grade has lapsed", select)
