"""The moments at which a subject's effects can change: so that time is an argument and never a scheduler."""

from __future__ import annotations

from functools import cache

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.standing.latest_scheme import FOREVER, build_lapse_day, build_longest_day, build_mean_lapse_day
from goodstanding.standing.points_scheme import build_finding_steps
from goodstanding.standing.sql_text import SqlStep, build_step_name, chain_steps
from goodstanding.standing.typed_records import build_record_steps, name_record_step

_INTERVAL_DAYS = (
    "SELECT subject_id, valid_from AS day\nFROM intervals",
    "SELECT subject_id, valid_to AS day\nFROM intervals\nWHERE valid_to IS NOT NULL",
)


@cache
def build_change_points_sql(catalogue: Catalogue) -> str:
    """All (subject_id, day) pairs at which an effect of the catalogue can begin or end."""
    steps = build_change_point_steps(catalogue)
    return chain_steps(steps[:-1], steps[-1].select)


def build_change_point_steps(catalogue: Catalogue) -> list[SqlStep]:
    """What records say, what counts from when until when, and last the moments."""
    steps, selects = list(build_record_steps(catalogue)), [*_INTERVAL_DAYS, *_list_repeal_days(catalogue)]
    for name, scheme in catalogue.schemes.items():
        if scheme.kind == "points":
            steps += build_finding_steps(catalogue, name)
            selects += _list_points_days(catalogue, name, scheme)
        else:
            selects += _list_latest_days(catalogue, scheme)
    moments = SqlStep("moments", "each moment at which something can change", "\nUNION\n".join(selects))
    return [*steps, moments]


def _list_repeal_days(catalogue: Catalogue) -> list[str]:
    """The days on which a law ends that a rule rests on: a moment of everybody who has a record or a listing."""
    return [
        f"SELECT subject_id, DATE '{day}' AS day\nFROM {table}"
        for day in dict.fromkeys(catalogue.repeals.values())
        for table in ("records", "intervals")
    ]


def _list_latest_days(catalogue: Catalogue, scheme: GradingScheme) -> list[str]:
    source = name_record_step(scheme.record)
    days = [_build_days_select(source, "occurred")]
    if scheme.lapses or scheme.over:
        end = build_mean_lapse_day if scheme.over else build_lapse_day
        days.append(_build_days_select(source, end(catalogue, scheme)))
    if scheme.lapses and not scheme.over:
        days.append(_build_days_select(source, build_longest_day(catalogue)))
    return days


def _list_points_days(catalogue: Catalogue, name: str, scheme: GradingScheme) -> list[str]:
    started, matched = build_step_name("started", name), build_step_name("matched", name)
    days = [_build_days_select(started, "since")]
    days += [_build_days_select(matched, "since"), _build_ends_select(matched)]
    if scheme.direct:
        days += [
            _build_days_select(build_step_name("direct", name), "occurred"),
            _build_ends_select(build_step_name("direct", name)),
        ]
    if scheme.starts:
        days.append(_build_days_select(name_record_step(scheme.starts_with or scheme.record), "occurred"))
    for bonus in scheme.bonus:
        for day, source in (("since", started), ("occurred", matched)):
            days.append(_build_days_select(source, bonus.after.sql(day, catalogue.month_sums)))
        if bonus.needs:
            days.append(_build_days_select(name_record_step(bonus.needs), "occurred"))
    return days


def _build_days_select(step: str, day: str) -> str:
    return f"SELECT subject_id, {day} AS day\nFROM {step}"


def _build_ends_select(step: str) -> str:
    """What counts for ever ends at no moment."""
    return f"SELECT subject_id, until AS day\nFROM {step}\nWHERE until < {FOREVER}"
