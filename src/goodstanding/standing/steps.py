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

from goodstanding.catalogue.conditions import condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import field_types
from goodstanding.standing.latest import latest_steps, outcome_steps
from goodstanding.standing.lists import list_steps
from goodstanding.standing.points import points_steps
from goodstanding.standing.text import literal, with_steps
from goodstanding.standing.typed import record_step, record_steps

EFFECT = "subject_id, day, measure, kind, audience, value, score, because, why"
_NONE = (  # a catalogue that only records
    "SELECT subject_id, day, '' AS measure, '' AS kind, '' AS audience, '' AS value, CAST(0 AS BIGINT) AS score,\n"
    "  CAST([] AS BIGINT[]) AS because, '' AS why\nFROM points\nWHERE FALSE"
)


@cache
def sql(catalogue: Catalogue) -> str:
    """The whole statement: effects at each (subject_id, day) of `points`, one row each, in the columns EFFECT."""
    steps, last = list(record_steps(catalogue)), []
    for name, scheme in catalogue.schemes.items():
        steps += (points_steps if scheme.kind == "points" else latest_steps)(catalogue, name)
        last.append(steps[-1].name)
    listed = list_steps(catalogue, last)
    last += [step.name for step in listed]
    return with_steps(
        [*steps, *listed], "\nUNION ALL\n".join(f"SELECT {EFFECT}\nFROM {name}" for name in last) or _NONE
    )


@cache
def outcomes_sql(catalogue: Catalogue, scheme: str) -> str:
    """What each finding alone gives under a scheme: position, source, published, value, score, why."""
    steps = [*record_steps(catalogue), *outcome_steps(catalogue, scheme)]
    columns = "position, subject_id, source, reference, occurred, published, value, score, why"
    return with_steps(steps, f"SELECT {columns}\nFROM {steps[-1].name}")


@cache
def explanations_sql(catalogue: Catalogue, record: str) -> str:
    """What in each record may explain that its published outcome does not follow: position, explained (or NULL)."""
    rule = catalogue.records[record]
    types = {**field_types(rule.fields), "published": "code"}
    whens = "\n".join(
        f"    WHEN {condition(one.when, types, record).sql} THEN {literal(one.says)}" for one in rule.explained
    )
    said = f"CASE\n{whens}\n    END" if whens else "CAST(NULL AS VARCHAR)"
    return with_steps(record_steps(catalogue), f"SELECT position, {said} AS explained\nFROM {record_step(record)}")
