"""Scorecards: weighted attributes of one record, and the characteristics that cost most."""

from __future__ import annotations

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.schemes import Characteristic, GradingScheme
from goodstanding.standing.score import (
    build_bounded_total,
    build_counted_condition,
    build_missing_text,
    build_start_points,
    list_start_fields,
    parse_record_condition,
)
from goodstanding.standing.sql_text import SqlStep, build_step_name, quote_column, quote_literal
from goodstanding.standing.typed_records import name_record_step


def build_scorecard_steps(catalogue: Catalogue, name: str, scheme: GradingScheme) -> list[SqlStep]:
    """weighed and scored: what each characteristic gives, in hundredths of a point, and their sum.

    The sum is rounded down to a whole number. A characteristic of which no attribute is known to hold gives nothing;
    where that is so for all of them the score cannot be decided.
    """
    return [_build_weighed_step(catalogue, name, scheme), _build_scored_step(catalogue, name, scheme)]


def _build_weighed_step(catalogue: Catalogue, name: str, scheme: GradingScheme) -> SqlStep:
    weighed_columns = "".join(
        f",\n  {_build_attribute_case(catalogue, scheme, characteristic)} AS {_name_weighed_column(key)}"
        for key, characteristic in scheme.characteristics.items()
    )
    select = (
        f"SELECT *,\n  {build_start_points(catalogue, scheme)} AS _start{weighed_columns}\n"
        f"FROM {name_record_step(scheme.record)}\nWHERE {build_counted_condition(catalogue, scheme)}"
    )
    return SqlStep(
        build_step_name("weighed", name), "the first attribute that holds of each characteristic, weighted", select
    )


def _build_attribute_case(catalogue: Catalogue, scheme: GradingScheme, characteristic: Characteristic) -> str:
    whens = " ".join(
        f"WHEN {parse_record_condition(catalogue, scheme.record, attribute.when).sql}"
        f" THEN {characteristic.weight * attribute.points}"
        for attribute in characteristic.attributes
    )
    return f"CASE {whens} END"


def _name_weighed_column(characteristic: str) -> str:
    """The column of what a characteristic gives, named as no field can be."""
    return quote_column(f"weighed {characteristic}")


def _build_scored_step(catalogue: Catalogue, name: str, scheme: GradingScheme) -> SqlStep:
    columns = [_name_weighed_column(key) for key in scheme.characteristics]
    total = " + ".join(f"coalesce({weighed_column}, 0)" for weighed_column in columns)
    score = build_bounded_total(scheme, f"_start + CAST(floor(({total}) / 100) AS BIGINT)")
    is_known = f"coalesce({', '.join(columns)}) IS NOT NULL"
    unknown = quote_literal(", ".join(scheme.characteristics))
    select = (
        f"SELECT *,\n  CASE WHEN {is_known} AND _start IS NOT NULL THEN {score} END AS _score,\n"
        f"  CASE WHEN {is_known} THEN {build_missing_text(list_start_fields(catalogue, scheme))} "
        f"ELSE {unknown} END AS _missing,\n"
        f"  {_build_reasons(scheme)} AS _reasons\nFROM {build_step_name('weighed', name)}"
    )
    return SqlStep(
        build_step_name("scored", name), "the sum of a record's characteristics, and the two that cost most", select
    )


def _build_reasons(scheme: GradingScheme) -> str:
    """The two characteristics furthest below the best they could give; of two as far, the one declared first."""
    short = ",\n    ".join(
        f"{{'short': {max(characteristic.weight * attribute.points for attribute in characteristic.attributes)}"
        f" - coalesce({_name_weighed_column(key)}, 0),"
        f" 'rank': {-rank}, 'name': {quote_literal(key)}}}"
        for rank, (key, characteristic) in enumerate(scheme.characteristics.items())
    )
    worst = f"list_reverse_sort(list_filter([\n    {short}\n  ], lambda one: one.short > 0))[1:2]"
    return f"array_to_string(list_transform({worst}, lambda one: one.name), ',')"
