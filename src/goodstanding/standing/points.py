"""Schemes of running points: matched items, caps, clean time, floor and cap, bands."""

from __future__ import annotations

from goodstanding.catalogue.model import Catalogue, Item, Scheme
from goodstanding.standing.latest import band_condition, checked
from goodstanding.standing.text import Step, literal, step_name
from goodstanding.standing.typed import record_step


def points_steps(catalogue: Catalogue, name: str) -> list[Step]:
    """matched, counting, capped, clean, scored and graded, for a scheme of kind `points`."""
    scheme = catalogue.schemes[name]
    return [
        _matched(catalogue, name, scheme),
        _started(name, scheme),
        _counting(name),
        _capped(name),
        _clean(name),
        _bonus(catalogue, name, scheme),
        _scored(name, scheme),
        _graded(name, scheme),
    ]


def _matched(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    rows = "\nUNION ALL\n".join(_item(catalogue, scheme, key, item) for key, item in scheme.items.items())
    return Step(step_name("matched", name), "which finding falls under which item, and until when it counts", rows)


def _item(catalogue: Catalogue, scheme: Scheme, key: str, item: Item) -> str:
    until = item.counts_for.sql("occurred", catalogue.month_sums) if item.counts_for else "DATE '9999-12-31'"
    cap = "NULL" if item.at_most is None else str(item.at_most)
    return (
        f"SELECT subject_id, position, occurred, {literal(key)} AS item, {item.points} AS points,\n"
        f"  {until} AS until, CAST({cap} AS BIGINT) AS at_most\n"
        f"FROM {record_step(scheme.record)}\nWHERE {checked(catalogue, scheme.record, item.when)}"
    )


def _started(name: str, scheme: Scheme) -> Step:
    select = (
        "SELECT subject_id, min(occurred) AS since, arg_min(position, occurred) AS position\n"
        f"FROM {record_step(scheme.starts_with or scheme.record)}\nGROUP BY subject_id"
    )
    return Step(step_name("started", name), "who is in the scheme, and since when", select)


def _counting(name: str) -> Step:
    select = (
        "SELECT points.subject_id, points.day, matched.* EXCLUDE (subject_id)\n"
        f"FROM points\nJOIN {step_name('matched', name)} AS matched\n  ON matched.subject_id = points.subject_id\n"
        "  AND matched.occurred <= points.day\n  AND points.day < matched.until"
    )
    return Step(step_name("counting", name), "the findings that count at each moment", select)


def _capped(name: str) -> Step:
    select = (
        "SELECT subject_id, day, item, year(occurred) AS year, list(position ORDER BY position) AS because,\n"
        "  greatest(coalesce(-max(at_most), sum(points)),\n"
        "    least(coalesce(max(at_most), sum(points)), coalesce(sum(points), 0))) AS points\n"
        f"FROM {step_name('counting', name)}\nGROUP BY subject_id, day, item, year(occurred)"
    )
    return Step(step_name("capped", name), "no item counts for more than its cap in a calendar year", select)


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


def _scored(name: str, scheme: Scheme) -> Step:
    select = (
        "SELECT bonus.subject_id, bonus.day,\n"
        f"  CAST(least({scheme.cap}, greatest({scheme.floor},\n"
        f"    {scheme.base} + bonus.bonus + coalesce(sum(capped.points), 0))) AS BIGINT) AS score,\n"
        "  list_sort(list_append(\n"
        "    flatten(coalesce(list(capped.because) FILTER (capped.because IS NOT NULL), [])),\n"
        "    any_value(bonus.started))) AS because,\n"
        "  CASE WHEN bonus.bonus > 0 THEN 'bonus:' || bonus.bonus ELSE 'points' END AS why\n"
        f"FROM {step_name('bonus', name)} AS bonus\nLEFT JOIN {step_name('capped', name)} AS capped\n"
        "  ON capped.subject_id = bonus.subject_id\n  AND capped.day = bonus.day\n"
        "GROUP BY bonus.subject_id, bonus.day, bonus.bonus"
    )
    return Step(step_name("scored", name), "the running points, between floor and cap", select)


def _graded(name: str, scheme: Scheme) -> Step:
    whens = "\n".join(f"    WHEN {band_condition(band)} THEN {literal(band.grade)}" for band in scheme.bands)
    select = (
        f"SELECT subject_id, day, {literal(name)} AS measure, 'grade' AS kind,\n"
        f"  {literal(scheme.audience)} AS audience,\n"
        f"  CASE\n{whens}\n  END AS value, score, because, why\nFROM {step_name('scored', name)}"
    )
    return Step(step_name("graded", name), "the band the points fall into", select)
