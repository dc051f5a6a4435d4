"""Schemes that grade the newest finding: a score, its band, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from goodstanding.catalogue.conditions import NUMBER
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import LONGEST_DISPLAY
from goodstanding.catalogue.schemes import Band, GradingScheme
from goodstanding.standing.score import (
    build_counted_condition,
    build_missing_text,
    build_start_points,
    list_start_fields,
    parse_record_condition,
)
from goodstanding.standing.scorecard import build_scorecard_steps
from goodstanding.standing.sql_text import SqlStep, build_step_name, quote_literal
from goodstanding.standing.typed_records import CARRIED_COLUMNS, name_record_step

STATUS = "status"  # the kind of field that says where somebody stands, not what they did
FOREVER = "DATE '9999-12-31'"
_GradeCase = tuple[str, str, str]


def build_latest_steps(catalogue: Catalogue, name: str) -> list[SqlStep]:
    """scored, graded and counting: the grade at each moment, for a scheme that grades findings."""
    at_each_moment = _build_mean_steps if catalogue.schemes[name].over else _build_newest_steps
    return [*build_outcome_steps(catalogue, name), *at_each_moment(catalogue, name, catalogue.schemes[name])]


def build_outcome_steps(catalogue: Catalogue, name: str) -> list[SqlStep]:
    """What each finding alone gives: columns value, score, why beside those that every record carries."""
    scheme = catalogue.schemes[name]
    scored = build_scorecard_steps if scheme.kind == "scorecard" else _build_scored_steps
    return [*scored(catalogue, name, scheme), _build_graded_step(catalogue, name, scheme)]


def _build_scored_steps(catalogue: Catalogue, name: str, scheme: GradingScheme) -> list[SqlStep]:
    if not scheme.has_numbers:
        return [_build_unscored_step(catalogue, name, scheme)]
    score = parse_record_condition(catalogue, scheme.record, scheme.score or "NULL", NUMBER)
    begins = f"{build_start_points(catalogue, scheme)} + " if scheme.starts or scheme.base else ""
    reads = [*score.reads, *list_start_fields(catalogue, scheme)]
    select = (
        f"SELECT *,\n  {f'{begins}({score.sql})' if begins else score.sql} AS _score,\n"
        f"  {build_missing_text(reads)} AS _missing\n"
        f"FROM {name_record_step(scheme.record)}\nWHERE {build_counted_condition(catalogue, scheme)}"
    )
    return [SqlStep(build_step_name("scored", name), "the score of each finding that can give a grade", select)]


def _build_unscored_step(catalogue: Catalogue, name: str, scheme: GradingScheme) -> SqlStep:
    """The findings of a scheme whose grades follow from conditions alone."""
    conditions = (parse_record_condition(catalogue, scheme.record, band.when or "TRUE") for band in scheme.bands)
    select = (
        "SELECT *,\n  CAST(NULL AS BIGINT) AS _score,\n"
        f"  {build_missing_text(field for condition in conditions for field in condition.reads)} AS _missing\n"
        f"FROM {name_record_step(scheme.record)}\nWHERE {build_counted_condition(catalogue, scheme)}"
    )
    return SqlStep(build_step_name("scored", name), "each finding that can give a grade, which has no number", select)


def _build_graded_step(catalogue: Catalogue, name: str, scheme: GradingScheme) -> SqlStep:
    cases = list(_list_grade_cases(catalogue, scheme))
    select = (
        f"SELECT {CARRIED_COLUMNS},\n{_render_case(cases, 1)} AS value,\n  _score AS score,\n"
        f"{_render_case(cases, 2)} AS why\n"
        f"FROM {build_step_name('scored', name)}"
    )
    return SqlStep(build_step_name("graded", name), "the first band that fits, or why there is no grade", select)


def _list_grade_cases(catalogue: Catalogue, scheme: GradingScheme) -> Iterator[_GradeCase]:
    """When which grade is given and why, from the first to be looked at to the last."""

    def sql(text: str) -> str:
        return parse_record_condition(catalogue, scheme.record, text).sql

    for i, ungraded_rule in enumerate(scheme.ungraded):
        yield sql(ungraded_rule.when), "NULL", quote_literal(f"ungraded:{i}")
    for i, rule in enumerate(scheme.direct):
        yield sql(rule.when), quote_literal(rule.grade), quote_literal(f"direct:{i}")
    for i, discretion in enumerate(scheme.discretion):
        posted = f"{sql(discretion.when)} AND published = {quote_literal(discretion.grade)}"
        yield posted, quote_literal(discretion.grade), quote_literal(f"discretion:{i}")
    if scheme.unproven:
        yield "_score IS NULL AND published IS NOT NULL", "published", quote_literal("unproven")
    undecided = "NULL", "'undecided:' || _missing"
    if scheme.has_numbers:
        yield "_score IS NULL", *undecided
    for i, band in enumerate(scheme.bands):
        why = "'reasons:' || _reasons" if scheme.kind == "scorecard" else quote_literal(f"band:{i}")
        yield (
            build_band_condition(band, "_score", sql(band.when) if band.when else None),
            quote_literal(band.grade),
            why,
        )
    if not scheme.has_numbers:
        yield "TRUE", *undecided


def _render_case(cases: list[_GradeCase], which: int) -> str:
    whens = "\n".join(f"    WHEN {case[0]} THEN {case[which]}" for case in cases)
    return f"  CASE\n{whens}\n  END"


def build_band_condition(band: Band, score: str = "score", when: str | None = None) -> str:
    """When a score falls into a band, as SQL over the column of that name."""
    parts = [f"{score} >= {band.at_least}"] * (band.at_least is not None)
    parts += [f"{score} <= {band.at_most}"] * (band.at_most is not None)
    parts += [f"({when})"] * (when is not None)
    return " AND ".join(parts) or "TRUE"


def build_band_case(scheme: GradingScheme) -> str:
    """The grade whose band a score alone falls into, as SQL over the column `score`."""
    return _render_case([(build_band_condition(band), quote_literal(band.grade), "") for band in scheme.bands], 1)


def build_grade_audience(scheme: GradingScheme) -> str:
    """Who sees a grade, as SQL over `value`: some grades may be for anybody, though the others are for the parties."""
    if not scheme.public_grades:
        return quote_literal(scheme.audience)
    grades = ", ".join(map(quote_literal, scheme.public_grades))
    return f"CASE WHEN value IN ({grades}) THEN 'anybody' ELSE {quote_literal(scheme.audience)} END"


def build_lapse_day(catalogue: Catalogue, scheme: GradingScheme) -> str:
    """The day a finding's grade lapses, as SQL over `occurred`; far away where the scheme sets no term."""
    return scheme.lapses.sql("occurred", catalogue.month_sums) if scheme.lapses else FOREVER


def build_longest_day(catalogue: Catalogue) -> str:
    """The day on which anything that a finding gives ends at the latest, as SQL; the laboratory knows no such end."""
    return LONGEST_DISPLAY.sql("occurred", catalogue.month_sums) if catalogue.mode == "live" else FOREVER


def _build_newest_steps(catalogue: Catalogue, name: str, scheme: GradingScheme) -> list[SqlStep]:
    newest = (
        "SELECT points.subject_id, points.day, graded.position, graded.occurred,\n"
        "  graded.value, graded.score, graded.why\n"
        f"FROM points\nJOIN {build_step_name('graded', name)} AS graded\n  ON graded.subject_id = points.subject_id\n"
        "  AND graded.occurred <= points.day\n"
        "QUALIFY row_number() OVER (\n  PARTITION BY points.subject_id, points.day\n"
        "  ORDER BY graded.occurred DESC, graded.position DESC\n) = 1"
    )
    select = (
        f"SELECT subject_id, day, {quote_literal(name)} AS measure, 'grade' AS kind,\n"
        f"  {build_grade_audience(scheme)} AS audience, value, score, [position] AS because, why\n"
        f"FROM (\n{indent(newest, '  ')}\n)\nWHERE day < {build_lapse_day(catalogue, scheme)}"
        f"\n  OR {_build_lasting_condition(catalogue, scheme)} AND day < {build_longest_day(catalogue)}"
    )
    return [
        SqlStep(build_step_name("counting", name), "at each moment the newest finding, unless it has lapsed", select)
    ]


def _build_lasting_condition(catalogue: Catalogue, scheme: GradingScheme) -> str:
    """What outlasts the term, as SQL: that there is no grade, unless the reason is what was found or decided.

    Whether a status says in truth what somebody did nobody can tell, so it lasts no longer than a record is shown.
    """
    fields = catalogue.records[scheme.record].fields
    lapsing: list[str] = []
    for index, rule in enumerate(scheme.ungraded):
        reads = parse_record_condition(catalogue, scheme.record, rule.when).reads
        if any(fields[name].kind != STATUS for name in reads if name in fields):
            lapsing.append(quote_literal(f"ungraded:{index}"))
    return "value IS NULL" + (f" AND why NOT IN ({', '.join(lapsing)})" if lapsing else "")


def build_mean_lapse_day(catalogue: Catalogue, scheme: GradingScheme) -> str:
    """The day from which a finding no longer counts in the mean, as SQL over `occurred`."""
    over = scheme.over.sql("occurred", catalogue.month_sums) if scheme.over else FOREVER
    return f"least({over}, {build_lapse_day(catalogue, scheme)})" if scheme.lapses else over


def _build_mean_steps(catalogue: Catalogue, name: str, scheme: GradingScheme) -> list[SqlStep]:
    """The mean is rounded down to a whole number. A finding without a grade of its own does not count in it."""
    mean = (
        "SELECT points.subject_id, points.day, CAST(floor(sum(graded.score) / count(*)) AS BIGINT) AS score,\n"
        "  list(graded.position ORDER BY graded.position) AS because\n"
        f"FROM points\nJOIN {build_step_name('graded', name)} AS graded\n  ON graded.subject_id = points.subject_id\n"
        f"  AND graded.occurred <= points.day\n  AND points.day < {build_mean_lapse_day(catalogue, scheme)}\n"
        "WHERE graded.value IS NOT NULL\n  AND graded.score IS NOT NULL\nGROUP BY points.subject_id, points.day"
    )
    select = (
        f"SELECT subject_id, day, {quote_literal(name)} AS measure, 'grade' AS kind,\n"
        f"{build_band_case(scheme)} AS value,\n  {build_grade_audience(scheme)} AS audience,\n"
        f"  score, because, 'mean:' || len(because) AS why\nFROM {build_step_name('mean', name)}"
    )
    says = "at each moment the mean of the graded findings of the last period, rounded down"
    return [
        SqlStep(build_step_name("mean", name), says, mean),
        SqlStep(build_step_name("counting", name), "the mean's band", select),
    ]
