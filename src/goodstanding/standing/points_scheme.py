"""Schemes of running points: matched items, caps, clean time, floor and cap, bands, grades given directly."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.conditions import NUMBER
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import Length
from goodstanding.catalogue.schemes import ConductItem, GradingScheme
from goodstanding.standing.latest_scheme import FOREVER, build_band_case, build_grade_audience
from goodstanding.standing.score import (
    build_best_start,
    build_bounded_total,
    build_counted_condition,
    build_missing_list,
    parse_record_condition,
)
from goodstanding.standing.sql_text import SqlStep, build_step_name, quote_literal
from goodstanding.standing.typed_records import name_record_step


def build_points_steps(catalogue: Catalogue, name: str) -> list[SqlStep]:
    """matched, direct, counting, capped, clean, begun, scored and graded, for a scheme of kind `points`."""
    scheme = catalogue.schemes[name]
    return [
        *build_finding_steps(catalogue, name),
        _build_counting_step(name),
        _build_capped_step(name),
        _build_clean_step(name),
        _build_bonus_step(catalogue, name, scheme),
        *([_build_begun_step(catalogue, name, scheme)] if scheme.starts else []),
        _build_scored_step(name, scheme),
        *([_build_ruled_step(name)] if scheme.direct else []),
        _build_graded_step(name, scheme),
    ]


def build_finding_steps(catalogue: Catalogue, name: str) -> list[SqlStep]:
    """What does not depend on a moment: matched and started, and direct where the scheme has direct grades."""
    scheme = catalogue.schemes[name]
    steps = [_build_matched_step(catalogue, name, scheme), _build_started_step(name, scheme)]
    return [*steps, _build_direct_step(catalogue, name, scheme)] if scheme.direct else steps


def _build_matched_step(catalogue: Catalogue, name: str, scheme: GradingScheme) -> SqlStep:
    rows = [row for key, item in scheme.items.items() for row in _list_item_selects(catalogue, scheme, key, item)]
    says = "which finding falls under which item, from and until when it counts for how much, and what is missing"
    return SqlStep(build_step_name("matched", name), says, "\nUNION ALL\n".join(rows))


def _list_item_selects(catalogue: Catalogue, scheme: GradingScheme, key: str, item: ConductItem) -> Iterator[str]:
    """One SELECT for each stage of an item's staircase; an unknown condition or number of points gives no points."""
    holds = parse_record_condition(catalogue, scheme.record, item.when)
    points = parse_record_condition(catalogue, scheme.record, str(item.points), NUMBER)
    cap = "NULL" if item.at_most is None else str(item.at_most)
    for worth, since, until in _list_stages(catalogue, item, points.sql):
        points_case = f"CASE WHEN {holds.sql} THEN {worth} END"
        yield (
            f"SELECT subject_id, position, occurred, {quote_literal(key)} AS item, "
            f"CAST({points_case} AS BIGINT) AS points,\n"
            f"  {since} AS since, {until} AS until, {_build_cap_start(item)} AS span, "
            f"CAST({cap} AS BIGINT) AS at_most,\n"
            f"  CASE WHEN ({points_case}) IS NULL THEN {build_missing_list([*holds.reads, *points.reads])} END"
            f" AS missing\n"
            f"FROM {name_record_step(scheme.record)}\nWHERE {build_counted_condition(catalogue, scheme)}\n"
            f"  AND coalesce({holds.sql}, TRUE)"
        )


def _list_stages(catalogue: Catalogue, item: ConductItem, points: str) -> Iterator[tuple[str, str, str]]:
    """What an item counts for, from which day and until which."""
    worth = [points, *(str(fade.points) for fade in item.fades)]
    days = ["occurred", *(fade.after.sql("occurred", catalogue.month_sums) for fade in item.fades)]
    days.append(_build_until_day(catalogue, item.counts_for))
    ends = [_limit_to_law(catalogue, item.basis, day) for day in days[1:]]
    yield from zip(worth, days, ends, strict=False)


def _limit_to_law(catalogue: Catalogue, basis: str, until: str) -> str:
    """The day until which something counts, or that on which the law that it rests on was repealed, if sooner."""
    day = catalogue.find_end_of_law(basis)
    return f"least({until}, DATE '{day}')" if day else until


def _build_until_day(catalogue: Catalogue, counts_for: Length | None) -> str:
    return counts_for.sql("occurred", catalogue.month_sums) if counts_for else FOREVER


def _build_cap_start(item: ConductItem) -> str:
    """The first day of the time within which a cap holds; the same day for all time."""
    return (
        "DATE '0001-01-01'" if item.per == "ever" else f"CAST(date_trunc({quote_literal(item.per)}, occurred) AS DATE)"
    )


def _build_started_step(name: str, scheme: GradingScheme) -> SqlStep:
    select = (
        "SELECT subject_id, min(occurred) AS since, arg_min(position, occurred) AS position\n"
        f"FROM {name_record_step(scheme.starts_with or scheme.record)}\nGROUP BY subject_id"
    )
    return SqlStep(build_step_name("started", name), "who is in the scheme, and since when", select)


def _build_direct_step(catalogue: Catalogue, name: str, scheme: GradingScheme) -> SqlStep:
    rows = "\nUNION ALL\n".join(
        f"SELECT subject_id, position, occurred,\n"
        f"  {_limit_to_law(catalogue, rule.basis, _build_until_day(catalogue, rule.counts_for))} AS until,\n"
        f"  {rank} AS rank, {quote_literal(rule.grade)} AS grade\nFROM {name_record_step(scheme.record)}\n"
        f"WHERE {build_counted_condition(catalogue, scheme)}\n"
        f"  AND {parse_record_condition(catalogue, scheme.record, rule.when).sql}"
        for rank, rule in enumerate(scheme.direct)
    )
    return SqlStep(
        build_step_name("direct", name), "which finding gives which grade, whatever the points, until when", rows
    )


def _build_counting_step(name: str) -> SqlStep:
    select = (
        "SELECT points.subject_id, points.day, matched.* EXCLUDE (subject_id)\n"
        f"FROM points\nJOIN {build_step_name('matched', name)} AS matched\n"
        f"  ON matched.subject_id = points.subject_id\n"
        "  AND matched.since <= points.day\n  AND points.day < matched.until"
    )
    return SqlStep(build_step_name("counting", name), "the findings that count at each moment", select)


def _build_capped_step(name: str) -> SqlStep:
    select = (
        "SELECT subject_id, day, item, span, list(position ORDER BY position) AS because,\n"
        "  flatten(list(missing)) AS missing,\n"
        "  greatest(coalesce(-max(at_most), sum(points)),\n"
        "    least(coalesce(max(at_most), sum(points)), coalesce(sum(points), 0))) AS points\n"
        f"FROM {build_step_name('counting', name)}\nGROUP BY subject_id, day, item, span"
    )
    return SqlStep(
        build_step_name("capped", name), "no item counts for more than its cap in the time that the cap is for", select
    )


def _build_clean_step(name: str) -> SqlStep:
    select = (
        "SELECT points.subject_id, points.day, any_value(started.position) AS started,\n"
        "  greatest(any_value(started.since), coalesce(max(matched.occurred), any_value(started.since))) AS since\n"
        f"FROM points\nJOIN {build_step_name('started', name)} AS started\n"
        f"  ON started.subject_id = points.subject_id\n"
        "  AND started.since <= points.day\n"
        f"LEFT JOIN {build_step_name('matched', name)} AS matched\n  ON matched.subject_id = points.subject_id\n"
        "  AND matched.occurred <= points.day\n  AND matched.points < 0\nGROUP BY points.subject_id, points.day"
    )
    return SqlStep(build_step_name("clean", name), "since when nothing was deducted", select)


def _build_bonus_step(catalogue: Catalogue, name: str, scheme: GradingScheme) -> SqlStep:
    clean = build_step_name("clean", name)
    if not scheme.bonus:
        return SqlStep(build_step_name("bonus", name), "no bonus in this scheme", f"SELECT *, 0 AS bonus\nFROM {clean}")
    earned = ",\n    ".join(
        f"CASE WHEN {bonus.after.sql('since', catalogue.month_sums)} <= day{_build_needed_clause(bonus.needs)}"
        f" THEN {bonus.points} ELSE 0 END"
        for bonus in scheme.bonus
    )
    select = f"SELECT *,\n  greatest(0,\n    {earned}) AS bonus\nFROM {clean} AS clean"
    return SqlStep(build_step_name("bonus", name), "what clean time has earned", select)


def _build_needed_clause(record: str | None) -> str:
    if record is None:
        return ""
    source = name_record_step(record)
    return (
        f" AND EXISTS (FROM {source} AS held WHERE held.subject_id = clean.subject_id AND held.occurred <= clean.day)"
    )


def _build_begun_step(catalogue: Catalogue, name: str, scheme: GradingScheme) -> SqlStep:
    record = scheme.starts_with or scheme.record
    select = (
        "SELECT points.subject_id, points.day, started.position,\n"
        f"  {build_best_start(catalogue, scheme, record, 'started')} AS start\n"
        f"FROM points\nJOIN {name_record_step(record)} AS started\n  ON started.subject_id = points.subject_id\n"
        "  AND started.occurred <= points.day\nQUALIFY row_number() OVER (\n"
        "  PARTITION BY points.subject_id, points.day\n  ORDER BY started.occurred DESC, started.position DESC\n) = 1"
    )
    return SqlStep(
        build_step_name("begun", name), "what the newest record that starts the points gives to start with", select
    )


def _build_scored_step(name: str, scheme: GradingScheme) -> SqlStep:
    start, rested, begun = str(scheme.base or 0), "[any_value(bonus.started)]", ""
    if scheme.starts:
        start, rested = "any_value(begun.start)", "[any_value(bonus.started), any_value(begun.position)]"
        begun = f"JOIN {build_step_name('begun', name)} AS begun\n  USING (subject_id, day)\n"
    total = build_bounded_total(scheme, f"{start} + any_value(bonus.bonus) + coalesce(sum(capped.points), 0)")
    select = (
        f"SELECT subject_id, day,\n  CAST({total} AS BIGINT) AS score,\n"
        f"  list_sort(list_distinct(flatten(list(capped.because)) || {rested})) AS because,\n"
        "  array_to_string(list_sort(list_distinct(flatten(list(capped.missing)))), ', ') AS unknown,\n"
        "  CASE WHEN unknown <> '' THEN 'undecided:' || unknown\n"
        "    WHEN any_value(bonus.bonus) > 0 THEN 'bonus:' || any_value(bonus.bonus) ELSE 'points' END AS why\n"
        f"FROM {build_step_name('bonus', name)} AS bonus\n"
        f"{begun}LEFT JOIN {build_step_name('capped', name)} AS capped\n"
        "  USING (subject_id, day)\nGROUP BY subject_id, day"
    )
    return SqlStep(build_step_name("scored", name), "the running points, between floor and cap", select)


def _build_ruled_step(name: str) -> SqlStep:
    select = (
        "SELECT points.subject_id, points.day, direct.rank, direct.grade,\n"
        "  list(direct.position ORDER BY direct.position) AS because\n"
        f"FROM points\nJOIN {build_step_name('direct', name)} AS direct\n  ON direct.subject_id = points.subject_id\n"
        "  AND direct.occurred <= points.day\n  AND points.day < direct.until\n"
        "GROUP BY points.subject_id, points.day, direct.rank, direct.grade\n"
        "QUALIFY row_number() OVER (PARTITION BY points.subject_id, points.day ORDER BY direct.rank) = 1"
    )
    return SqlStep(
        build_step_name("ruled", name), "the grade given directly at each moment, by the first rule that holds", select
    )


def _build_graded_step(name: str, scheme: GradingScheme) -> SqlStep:
    value, because, why, ruled = build_band_case(scheme), "because", "why", ""
    if scheme.direct:
        value = f"  coalesce(ruled.grade,\n{value})"
        because = "list_sort(list_distinct(scored.because || coalesce(ruled.because, [])))"
        why = "coalesce('direct:' || ruled.rank, scored.why)"
        ruled = f"\nLEFT JOIN {build_step_name('ruled', name)} AS ruled\n  USING (subject_id, day)"
    select = (
        f"SELECT subject_id, day, {quote_literal(name)} AS measure, 'grade' AS kind,\n"
        f"{value} AS value,\n  {build_grade_audience(scheme)} AS audience,\n"
        f"  score, {because} AS because, {why} AS why\n"
        f"FROM {build_step_name('scored', name)} AS scored{ruled}"
    )
    return SqlStep(
        build_step_name("graded", name), "the grade that is given directly, else the band the points fall into", select
    )
