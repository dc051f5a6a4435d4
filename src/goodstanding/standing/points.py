"""Schemes of running points: matched items, caps, clean time, floor and cap, bands, grades given directly."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.conditions import NUMBER
from goodstanding.catalogue.model import Catalogue, Item, Length, Scheme
from goodstanding.standing.latest import FOREVER, banded
from goodstanding.standing.score import best_start, bounded, counted, missing_list, parsed
from goodstanding.standing.text import Step, literal, step_name
from goodstanding.standing.typed import record_step


def points_steps(catalogue: Catalogue, name: str) -> list[Step]:
    """matched, direct, counting, capped, clean, begun, scored and graded, for a scheme of kind `points`."""
    scheme = catalogue.schemes[name]
    return [
        *found_steps(catalogue, name),
        _counting(name),
        _capped(name),
        _clean(name),
        _bonus(catalogue, name, scheme),
        *([_begun(catalogue, name, scheme)] if scheme.starts else []),
        _scored(name, scheme),
        *([_ruled(name)] if scheme.direct else []),
        _graded(name, scheme),
    ]


def found_steps(catalogue: Catalogue, name: str) -> list[Step]:
    """What does not depend on a moment: matched and started, and direct where the scheme has direct grades."""
    scheme = catalogue.schemes[name]
    found = [_matched(catalogue, name, scheme), _started(name, scheme)]
    return [*found, _direct(catalogue, name, scheme)] if scheme.direct else found


def _matched(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    rows = [row for key, item in scheme.items.items() for row in _item(catalogue, scheme, key, item)]
    says = "which finding falls under which item, from and until when it counts for how much, and what is missing"
    return Step(step_name("matched", name), says, "\nUNION ALL\n".join(rows))


def _item(catalogue: Catalogue, scheme: Scheme, key: str, item: Item) -> Iterator[str]:
    """One SELECT for each stage of an item's staircase; an unknown condition or number of points gives no points."""
    holds = parsed(catalogue, scheme.record, item.when)
    points = parsed(catalogue, scheme.record, str(item.points), NUMBER)
    cap = "NULL" if item.at_most is None else str(item.at_most)
    for worth, since, until in _stages(catalogue, item, points.sql):
        given = f"CASE WHEN {holds.sql} THEN {worth} END"
        yield (
            f"SELECT subject_id, position, occurred, {literal(key)} AS item, CAST({given} AS BIGINT) AS points,\n"
            f"  {since} AS since, {until} AS until, {_span(item)} AS span, CAST({cap} AS BIGINT) AS at_most,\n"
            f"  CASE WHEN ({given}) IS NULL THEN {missing_list([*holds.reads, *points.reads])} END AS missing\n"
            f"FROM {record_step(scheme.record)}\nWHERE {counted(catalogue, scheme)}\n  AND coalesce({holds.sql}, TRUE)"
        )


def _stages(catalogue: Catalogue, item: Item, points: str) -> Iterator[tuple[str, str, str]]:
    """What an item counts for, from which day and until which."""
    worth = [points, *(str(fade.points) for fade in item.fades)]
    days = ["occurred", *(fade.after.sql("occurred", catalogue.month_sums) for fade in item.fades)]
    days.append(_until(catalogue, item.counts_for))
    yield from zip(worth, days, days[1:], strict=False)


def _until(catalogue: Catalogue, counts_for: Length | None) -> str:
    return counts_for.sql("occurred", catalogue.month_sums) if counts_for else FOREVER


def _span(item: Item) -> str:
    """The first day of the time within which a cap holds; the same day for all time."""
    return "DATE '0001-01-01'" if item.per == "ever" else f"CAST(date_trunc({literal(item.per)}, occurred) AS DATE)"


def _started(name: str, scheme: Scheme) -> Step:
    select = (
        "SELECT subject_id, min(occurred) AS since, arg_min(position, occurred) AS position\n"
        f"FROM {record_step(scheme.starts_with or scheme.record)}\nGROUP BY subject_id"
    )
    return Step(step_name("started", name), "who is in the scheme, and since when", select)


def _direct(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    rows = "\nUNION ALL\n".join(
        f"SELECT subject_id, position, occurred, {_until(catalogue, rule.counts_for)} AS until,\n"
        f"  {rank} AS rank, {literal(rule.grade)} AS grade\nFROM {record_step(scheme.record)}\n"
        f"WHERE {counted(catalogue, scheme)}\n  AND {parsed(catalogue, scheme.record, rule.when).sql}"
        for rank, rule in enumerate(scheme.direct)
    )
    return Step(step_name("direct", name), "which finding gives which grade, whatever the points, until when", rows)


def _counting(name: str) -> Step:
    select = (
        "SELECT points.subject_id, points.day, matched.* EXCLUDE (subject_id)\n"
        f"FROM points\nJOIN {step_name('matched', name)} AS matched\n  ON matched.subject_id = points.subject_id\n"
        "  AND matched.since <= points.day\n  AND points.day < matched.until"
    )
    return Step(step_name("counting", name), "the findings that count at each moment", select)


def _capped(name: str) -> Step:
    select = (
        "SELECT subject_id, day, item, span, list(position ORDER BY position) AS because,\n"
        "  flatten(list(missing)) AS missing,\n"
        "  greatest(coalesce(-max(at_most), sum(points)),\n"
        "    least(coalesce(max(at_most), sum(points)), coalesce(sum(points), 0))) AS points\n"
        f"FROM {step_name('counting', name)}\nGROUP BY subject_id, day, item, span"
    )
    return Step(
        step_name("capped", name), "no item counts for more than its cap in the time that the cap is for", select
    )


def _clean(name: str) -> Step:
    select = (
        "SELECT points.subject_id, points.day, any_value(started.position) AS started,\n"
        "  greatest(any_value(started.since), coalesce(max(matched.occurred), any_value(started.since))) AS since\n"
        f"FROM points\nJOIN {step_name('started', name)} AS started\n  ON started.subject_id = points.subject_id\n"
        "  AND started.since <= points.day\n"
        f"LEFT JOIN {step_name('matched', name)} AS matched\n  ON matched.subject_id = points.subject_id\n"
        "  AND matched.occurred <= points.day\n  AND matched.points < 0\nGROUP BY points.subject_id, points.day"
    )
    return Step(step_name("clean", name), "since when nothing was deducted", select)


def _bonus(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    clean = step_name("clean", name)
    if not scheme.bonus:
        return Step(step_name("bonus", name), "no bonus in this scheme", f"SELECT *, 0 AS bonus\nFROM {clean}")
    earned = ",\n    ".join(
        f"CASE WHEN {bonus.after.sql('since', catalogue.month_sums)} <= day{_needed(bonus.needs)}"
        f" THEN {bonus.points} ELSE 0 END"
        for bonus in scheme.bonus
    )
    select = f"SELECT *,\n  greatest(0,\n    {earned}) AS bonus\nFROM {clean} AS clean"
    return Step(step_name("bonus", name), "what clean time has earned", select)


def _needed(record: str | None) -> str:
    if record is None:
        return ""
    source = record_step(record)
    return (
        f" AND EXISTS (FROM {source} AS held WHERE held.subject_id = clean.subject_id AND held.occurred <= clean.day)"
    )


def _begun(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    record = scheme.starts_with or scheme.record
    select = (
        "SELECT points.subject_id, points.day, started.position,\n"
        f"  {best_start(catalogue, scheme, record, 'started')} AS start\n"
        f"FROM points\nJOIN {record_step(record)} AS started\n  ON started.subject_id = points.subject_id\n"
        "  AND started.occurred <= points.day\nQUALIFY row_number() OVER (\n"
        "  PARTITION BY points.subject_id, points.day\n  ORDER BY started.occurred DESC, started.position DESC\n) = 1"
    )
    return Step(step_name("begun", name), "what the newest record that starts the points gives to start with", select)


def _scored(name: str, scheme: Scheme) -> Step:
    start, rested, begun = str(scheme.base or 0), "[any_value(bonus.started)]", ""
    if scheme.starts:
        start, rested = "any_value(begun.start)", "[any_value(bonus.started), any_value(begun.position)]"
        begun = f"JOIN {step_name('begun', name)} AS begun\n  USING (subject_id, day)\n"
    total = bounded(scheme, f"{start} + any_value(bonus.bonus) + coalesce(sum(capped.points), 0)")
    select = (
        f"SELECT subject_id, day,\n  CAST({total} AS BIGINT) AS score,\n"
        f"  list_sort(list_distinct(flatten(list(capped.because)) || {rested})) AS because,\n"
        "  array_to_string(list_sort(list_distinct(flatten(list(capped.missing)))), ', ') AS unknown,\n"
        "  CASE WHEN unknown <> '' THEN 'undecided:' || unknown\n"
        "    WHEN any_value(bonus.bonus) > 0 THEN 'bonus:' || any_value(bonus.bonus) ELSE 'points' END AS why\n"
        f"FROM {step_name('bonus', name)} AS bonus\n{begun}LEFT JOIN {step_name('capped', name)} AS capped\n"
        "  USING (subject_id, day)\nGROUP BY subject_id, day"
    )
    return Step(step_name("scored", name), "the running points, between floor and cap", select)


def _ruled(name: str) -> Step:
    select = (
        "SELECT points.subject_id, points.day, direct.rank, direct.grade,\n"
        "  list(direct.position ORDER BY direct.position) AS because\n"
        f"FROM points\nJOIN {step_name('direct', name)} AS direct\n  ON direct.subject_id = points.subject_id\n"
        "  AND direct.occurred <= points.day\n  AND points.day < direct.until\n"
        "GROUP BY points.subject_id, points.day, direct.rank, direct.grade\n"
        "QUALIFY row_number() OVER (PARTITION BY points.subject_id, points.day ORDER BY direct.rank) = 1"
    )
    return Step(
        step_name("ruled", name), "the grade given directly at each moment, by the first rule that holds", select
    )


def _graded(name: str, scheme: Scheme) -> Step:
    value, because, why, ruled = banded(scheme), "because", "why", ""
    if scheme.direct:
        value = f"  coalesce(ruled.grade,\n{value})"
        because = "list_sort(list_distinct(scored.because || coalesce(ruled.because, [])))"
        why = "coalesce('direct:' || ruled.rank, scored.why)"
        ruled = f"\nLEFT JOIN {step_name('ruled', name)} AS ruled\n  USING (subject_id, day)"
    select = (
        f"SELECT subject_id, day, {literal(name)} AS measure, 'grade' AS kind,\n"
        f"  {literal(scheme.audience)} AS audience,\n"
        f"{value} AS value,\n  score, {because} AS because, {why} AS why\n"
        f"FROM {step_name('scored', name)} AS scored{ruled}"
    )
    return Step(
        step_name("graded", name), "the grade that is given directly, else the band the points fall into", select
    )
