"""Schemes that grade the newest finding: a score, its band, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from goodstanding.catalogue.conditions import NUMBER
from goodstanding.catalogue.model import Band, Catalogue, Scheme
from goodstanding.standing.score import counted, missing, parsed, start, start_reads
from goodstanding.standing.scorecard import scorecard_steps
from goodstanding.standing.text import Step, literal, step_name
from goodstanding.standing.typed import CARRIED, record_step

FOREVER = "DATE '9999-12-31'"
_Case = tuple[str, str, str]


def latest_steps(catalogue: Catalogue, name: str) -> list[Step]:
    """scored, graded and counting: the grade at each moment, for a scheme that grades findings."""
    at_each_moment = _means if catalogue.schemes[name].over else _newest
    return [*outcome_steps(catalogue, name), *at_each_moment(catalogue, name, catalogue.schemes[name])]


def outcome_steps(catalogue: Catalogue, name: str) -> list[Step]:
    """What each finding alone gives: columns value, score, why beside those that every record carries."""
    scheme = catalogue.schemes[name]
    scored = scorecard_steps if scheme.kind == "scorecard" else _scored
    return [*scored(catalogue, name, scheme), _graded(catalogue, name, scheme)]


def _scored(catalogue: Catalogue, name: str, scheme: Scheme) -> list[Step]:
    score = parsed(catalogue, scheme.record, scheme.score or "NULL", NUMBER)
    begins = f"{start(catalogue, scheme)} + " if scheme.starts or scheme.base else ""
    reads = [*score.reads, *start_reads(catalogue, scheme)]
    select = (
        f"SELECT *,\n  {f'{begins}({score.sql})' if begins else score.sql} AS _score,\n  {missing(reads)} AS _missing\n"
        f"FROM {record_step(scheme.record)}\nWHERE {counted(catalogue, scheme)}"
    )
    return [Step(step_name("scored", name), "the score of each finding that can give a grade", select)]


def _graded(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    cases = list(_cases(catalogue, scheme))
    select = (
        f"SELECT {CARRIED},\n{_case(cases, 1)} AS value,\n  _score AS score,\n{_case(cases, 2)} AS why\n"
        f"FROM {step_name('scored', name)}"
    )
    return Step(step_name("graded", name), "the first band that fits, or why there is no grade", select)


def _cases(catalogue: Catalogue, scheme: Scheme) -> Iterator[_Case]:
    """When which grade is given and why, from the first to be looked at to the last."""

    def sql(text: str) -> str:
        return parsed(catalogue, scheme.record, text).sql

    for i, no in enumerate(scheme.ungraded):
        yield sql(no.when), "NULL", literal(f"ungraded:{i}")
    for i, rule in enumerate(scheme.direct):
        yield sql(rule.when), literal(rule.grade), literal(f"direct:{i}")
    for i, may in enumerate(scheme.discretion):
        posted = f"{sql(may.when)} AND published = {literal(may.grade)}"
        yield posted, literal(may.grade), literal(f"discretion:{i}")
    if scheme.unproven:
        yield "_score IS NULL AND published IS NOT NULL", "published", literal("unproven")
    yield "_score IS NULL", "NULL", "'undecided:' || _missing"
    for i, band in enumerate(scheme.bands):
        why = "'reasons:' || _reasons" if scheme.kind == "scorecard" else literal(f"band:{i}")
        yield band_condition(band, "_score", sql(band.when) if band.when else None), literal(band.grade), why


def _case(cases: list[_Case], which: int) -> str:
    whens = "\n".join(f"    WHEN {case[0]} THEN {case[which]}" for case in cases)
    return f"  CASE\n{whens}\n  END"


def band_condition(band: Band, score: str = "score", when: str | None = None) -> str:
    """When a score falls into a band, as SQL over the column of that name."""
    parts = [f"{score} >= {band.at_least}"] * (band.at_least is not None)
    parts += [f"{score} <= {band.at_most}"] * (band.at_most is not None)
    parts += [f"({when})"] * (when is not None)
    return " AND ".join(parts) or "TRUE"


def banded(scheme: Scheme) -> str:
    """The grade whose band a score alone falls into, as SQL over the column `score`."""
    return _case([(band_condition(band), literal(band.grade), "") for band in scheme.bands], 1)


def ends(catalogue: Catalogue, scheme: Scheme) -> str:
    """The day a finding's grade lapses, as SQL over `occurred`; far away where the scheme sets no term."""
    return scheme.lapses.sql("occurred", catalogue.month_sums) if scheme.lapses else FOREVER


def _newest(catalogue: Catalogue, name: str, scheme: Scheme) -> list[Step]:
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
    return [Step(step_name("counting", name), "at each moment the newest finding, unless its grade has lapsed", select)]


def mean_ends(catalogue: Catalogue, scheme: Scheme) -> str:
    """The day from which a finding no longer counts in the mean, as SQL over `occurred`."""
    over = scheme.over.sql("occurred", catalogue.month_sums) if scheme.over else FOREVER
    return f"least({over}, {ends(catalogue, scheme)})" if scheme.lapses else over


def _means(catalogue: Catalogue, name: str, scheme: Scheme) -> list[Step]:
    """The mean is rounded down to a whole number. A finding without a grade of its own does not count in it."""
    mean = (
        "SELECT points.subject_id, points.day, CAST(floor(sum(graded.score) / count(*)) AS BIGINT) AS score,\n"
        "  list(graded.position ORDER BY graded.position) AS because\n"
        f"FROM points\nJOIN {step_name('graded', name)} AS graded\n  ON graded.subject_id = points.subject_id\n"
        f"  AND graded.occurred <= points.day\n  AND points.day < {mean_ends(catalogue, scheme)}\n"
        "WHERE graded.value IS NOT NULL\n  AND graded.score IS NOT NULL\nGROUP BY points.subject_id, points.day"
    )
    select = (
        f"SELECT subject_id, day, {literal(name)} AS measure, 'grade' AS kind,\n"
        f"  {literal(scheme.audience)} AS audience,\n{banded(scheme)} AS value,\n"
        f"  score, because, 'mean:' || len(because) AS why\nFROM {step_name('mean', name)}"
    )
    says = "at each moment the mean of the graded findings of the last period, rounded down"
    return [Step(step_name("mean", name), says, mean), Step(step_name("counting", name), "the mean's band", select)]
