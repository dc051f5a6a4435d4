"""The named steps of SQL that a catalogue means, each readable alone and printable for an auditor.

Over the tables records, intervals and points (a moment asked about: subject_id, day), in this order:

    matched    which finding falls under which item, and when it counts
    counting   the findings that count at each moment
    capped     no item counts for more than its cap
    weighed    what each characteristic of a scorecard gives
    scored     the score of a finding, or the running points of a subject
    graded     the band the score falls into, or why there is no grade
    mean       the mean score of the findings of the last period
    listed     the lists a case stands on at each moment
    combined   the lists that follow from other lists
    bound      the measures that follow from a listing or a grade
"""

from __future__ import annotations

from functools import cache

from goodstanding.catalogue.conditions import parse_condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import field_types
from goodstanding.standing.change_points import build_change_point_steps
from goodstanding.standing.latest_scheme import build_latest_steps, build_outcome_steps
from goodstanding.standing.lists import build_list_steps
from goodstanding.standing.points_scheme import build_finding_steps, build_points_steps
from goodstanding.standing.sql_text import SqlStep, build_step_name, chain_steps, quote_literal
from goodstanding.standing.typed_records import build_record_steps, name_record_step

EFFECT_COLUMNS = "subject_id, day, measure, kind, audience, value, score, because, why"
_NO_EFFECTS = (  # a catalogue that only records
    "SELECT subject_id, day, '' AS measure, '' AS kind, '' AS audience, '' AS value, CAST(0 AS BIGINT) AS score,\n"
    "  CAST([] AS BIGINT[]) AS because, '' AS why\nFROM points\nWHERE FALSE"
)
_SAME = "subject_id, measure, kind, audience, value, score, because, why"
_POINTS = SqlStep(
    "points",
    "each moment, the next one, and its number",
    "SELECT subject_id, day, lead(day) OVER by_day AS next, row_number() OVER by_day AS n\nFROM moments\n"
    "WINDOW by_day AS (PARTITION BY subject_id ORDER BY day)",
    materialized=True,
)
_RUNS = (
    SqlStep(
        "held",
        "what holds from each moment, its subject's n-th, until the next one",
        "SELECT *\nFROM effects_at\nJOIN points USING (subject_id, day)",
    ),
    SqlStep(
        "numbered",
        "moments that follow one another and say the same have the same run",
        f"SELECT *, n - row_number() OVER (PARTITION BY {_SAME} ORDER BY n) AS run\nFROM held",
    ),
)
_TIMELINE = (
    "SELECT subject_id, measure, kind, audience, value, score,\n  min(day) AS valid_from,\n"
    "  CASE WHEN count(*) = count(next) THEN max(next) END AS valid_to,\n  because, why\n"
    f"FROM numbered\nGROUP BY {_SAME}, run"
)


@cache
def build_effects_sql(catalogue: Catalogue) -> str:
    """The whole statement: effects at each (subject_id, day) of `points`, one row each, in the columns EFFECT."""
    steps = _build_effect_steps(catalogue)
    return chain_steps(steps[:-1], steps[-1].select)


@cache
def build_timeline_sql(catalogue: Catalogue) -> str:
    """Effects over time: they are worked out at each moment, then what says the same from one to the next is joined."""
    return chain_steps(
        [*build_change_point_steps(catalogue), _POINTS, *_build_effect_steps(catalogue), *_RUNS], _TIMELINE
    )


def _build_effect_steps(catalogue: Catalogue) -> list[SqlStep]:
    steps, last = list(build_record_steps(catalogue)), []
    for name, scheme in catalogue.schemes.items():
        steps += (build_points_steps if scheme.kind == "points" else build_latest_steps)(catalogue, name)
        last.append(steps[-1].name)
    listed = build_list_steps(catalogue, last)
    last += [step.name for step in listed]
    in_law = _build_repeal_condition(catalogue)
    selects = [f"SELECT {EFFECT_COLUMNS}\nFROM {name}{in_law}" for name in last]
    effects = SqlStep("effects_at", "what holds at each moment", "\nUNION ALL\n".join(selects) or _NO_EFFECTS)
    return [*steps, *listed, effects]


def _build_repeal_condition(catalogue: Catalogue) -> str:
    """That no rule goes on after the day on which the law that it rests on was repealed; empty where none was."""
    ended = [f"(measure = {quote_literal(name)} AND day >= DATE '{day}')" for name, day in catalogue.repeals.items()]
    return f"\nWHERE NOT ({' OR '.join(ended)})" if ended else ""


@cache
def build_outcomes_sql(catalogue: Catalogue, scheme: str) -> str:
    """What each finding alone gives under a scheme: position, source, published, value, score, why."""
    steps = [*build_record_steps(catalogue), *build_outcome_steps(catalogue, scheme)]
    columns = "position, subject_id, source, reference, occurred, published, value, score, why"
    return chain_steps(steps, f"SELECT {columns}\nFROM {steps[-1].name}")


@cache
def build_matches_sql(catalogue: Catalogue, scheme: str) -> str:
    """Which record counts in a scheme of points: position, item or grade, points, since, until, span, at_most, rank."""
    steps = [*build_record_steps(catalogue), *build_finding_steps(catalogue, scheme)]
    matched, direct = (build_step_name(word, scheme) for word in ("matched", "direct"))
    rows = (
        "SELECT position, item, CAST(NULL AS VARCHAR) AS grade, points, since, until, span, at_most,\n"
        f"  CAST(NULL AS INTEGER) AS rank, missing\nFROM {matched}"
    )
    if catalogue.schemes[scheme].direct:
        rows += (
            f"\nUNION ALL\nSELECT position, NULL, grade, NULL, occurred, until, NULL, NULL, rank, NULL\nFROM {direct}"
        )
    return chain_steps(steps, f"{rows}\nORDER BY position, item, since, rank")


@cache
def build_explanations_sql(catalogue: Catalogue, record: str) -> str:
    """What in each record may explain that its published outcome does not follow: position, explained (or NULL)."""
    rule = catalogue.records[record]
    types = {**field_types(rule.fields), "published": "code"}
    whens = "\n".join(
        f"    WHEN {parse_condition(explanation.when, types, record).sql} THEN {quote_literal(explanation.says)}"
        for explanation in rule.explained
    )
    explained = f"CASE\n{whens}\n    END" if whens else "CAST(NULL AS VARCHAR)"
    return chain_steps(
        build_record_steps(catalogue), f"SELECT position, {explained} AS explained\nFROM {name_record_step(record)}"
    )
