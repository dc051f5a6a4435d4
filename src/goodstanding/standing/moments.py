"""The moments at which a subject's effects can change: so that time is an argument and never a scheduler."""

from __future__ import annotations

from functools import cache

from goodstanding.catalogue.model import Catalogue, Scheme
from goodstanding.standing.latest import FOREVER, ends, mean_ends
from goodstanding.standing.points import found_steps
from goodstanding.standing.text import step_name, with_steps
from goodstanding.standing.typed import record_step, record_steps

_INTERVAL_DAYS = (
    "SELECT subject_id, valid_from AS day\nFROM intervals",
    "SELECT subject_id, valid_to AS day\nFROM intervals\nWHERE valid_to IS NOT NULL",
)


@cache
def moments_sql(catalogue: Catalogue) -> str:
    """All (subject_id, day) pairs at which an effect of the catalogue can begin or end."""
    steps, selects = list(record_steps(catalogue)), list(_INTERVAL_DAYS)
    for name, scheme in catalogue.schemes.items():
        if scheme.kind == "points":
            steps += found_steps(catalogue, name)
            selects += _points(catalogue, name, scheme)
        else:
            selects += _latest(catalogue, scheme)
    return with_steps(steps, "\nUNION\n".join(selects))


def _latest(catalogue: Catalogue, scheme: Scheme) -> list[str]:
    source = record_step(scheme.record)
    days = [_days(source, "occurred")]
    if scheme.lapses or scheme.over:
        end = mean_ends if scheme.over else ends
        days.append(_days(source, end(catalogue, scheme)))
    return days


def _points(catalogue: Catalogue, name: str, scheme: Scheme) -> list[str]:
    started, matched = step_name("started", name), step_name("matched", name)
    days = [_days(started, "since")]
    days += [_days(matched, "since"), _ends(matched)]
    if scheme.direct:
        days += [_days(step_name("direct", name), "occurred"), _ends(step_name("direct", name))]
    if scheme.starts:
        days.append(_days(record_step(scheme.starts_with or scheme.record), "occurred"))
    for bonus in scheme.bonus:
        for day, source in (("since", started), ("occurred", matched)):
            days.append(_days(source, bonus.after.sql(day, catalogue.month_sums)))
        if bonus.needs:
            days.append(_days(record_step(bonus.needs), "occurred"))
    return days


def _days(step: str, day: str) -> str:
    return f"SELECT subject_id, {day} AS day\nFROM {step}"


def _ends(step: str) -> str:
    """What counts for ever ends at no moment."""
    return f"SELECT subject_id, until AS day\nFROM {step}\nWHERE until < {FOREVER}"
