"""Scorecards: weighted attributes of one record, and the characteristics that cost most."""

from __future__ import annotations

from goodstanding.catalogue.model import Catalogue, Characteristic, Scheme
from goodstanding.standing.score import bounded, counted, missing, parsed, start, start_reads
from goodstanding.standing.text import Step, column, literal, step_name
from goodstanding.standing.typed import record_step


def scorecard_steps(catalogue: Catalogue, name: str, scheme: Scheme) -> list[Step]:
    """weighed and scored: what each characteristic gives, in hundredths of a point, and their sum.

    The sum is rounded down to a whole number. A characteristic of which no attribute is known to hold gives nothing;
    where that is so for all of them the score cannot be decided.
    """
    return [_weighed(catalogue, name, scheme), _scored(catalogue, name, scheme)]


def _weighed(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    given = "".join(
        f",\n  {_attributes(catalogue, scheme, one)} AS {_given(key)}" for key, one in scheme.characteristics.items()
    )
    select = (
        f"SELECT *,\n  {start(catalogue, scheme)} AS _start{given}\n"
        f"FROM {record_step(scheme.record)}\nWHERE {counted(catalogue, scheme)}"
    )
    return Step(step_name("weighed", name), "the first attribute that holds of each characteristic, weighted", select)


def _attributes(catalogue: Catalogue, scheme: Scheme, one: Characteristic) -> str:
    whens = " ".join(
        f"WHEN {parsed(catalogue, scheme.record, attribute.when).sql} THEN {one.weight * attribute.points}"
        for attribute in one.attributes
    )
    return f"CASE {whens} END"


def _given(characteristic: str) -> str:
    """The column of what a characteristic gives, named as no field can be."""
    return column(f"weighed {characteristic}")


def _scored(catalogue: Catalogue, name: str, scheme: Scheme) -> Step:
    columns = [_given(key) for key in scheme.characteristics]
    total = " + ".join(f"coalesce({one}, 0)" for one in columns)
    score = bounded(scheme, f"_start + CAST(floor(({total}) / 100) AS BIGINT)")
    known = f"coalesce({', '.join(columns)}) IS NOT NULL"
    unknown = literal(", ".join(scheme.characteristics))
    select = (
        f"SELECT *,\n  CASE WHEN {known} AND _start IS NOT NULL THEN {score} END AS _score,\n"
        f"  CASE WHEN {known} THEN {missing(start_reads(catalogue, scheme))} ELSE {unknown} END AS _missing,\n"
        f"  {_reasons(scheme)} AS _reasons\nFROM {step_name('weighed', name)}"
    )
    return Step(step_name("scored", name), "the sum of a record's characteristics, and the two that cost most", select)


def _reasons(scheme: Scheme) -> str:
    """The two characteristics furthest below the best they could give; of two as far, the one declared first."""
    short = ",\n    ".join(
        f"{{'short': {max(one.weight * attribute.points for attribute in one.attributes)} - coalesce({_given(key)}, 0),"
        f" 'rank': {-rank}, 'name': {literal(key)}}}"
        for rank, (key, one) in enumerate(scheme.characteristics.items())
    )
    worst = f"list_reverse_sort(list_filter([\n    {short}\n  ], lambda one: one.short > 0))[1:2]"
    return f"array_to_string(list_transform({worst}, lambda one: one.name), ',')"
