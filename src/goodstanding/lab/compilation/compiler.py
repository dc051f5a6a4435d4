"""Compiles a catalogue with its behaviour: every variant is asked about, and the answers become arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goodstanding.catalogue.model import Catalogue
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.compilation.answers.case_answers import ask_cases, list_openings
from goodstanding.lab.compilation.answers.measure_answers import ask_measures, build_measure_arrays
from goodstanding.lab.compilation.answers.outcome_answers import ask_outcomes
from goodstanding.lab.compilation.answers.points_answers import ask_points
from goodstanding.lab.compilation.answers.probe_records import ProbeTable, Variant
from goodstanding.lab.compilation.array_types import Truths
from goodstanding.lab.compilation.array_values import freeze_arrays, make_indexes, to_day_number
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.case_arrays import CaseArrays, OutcomeArrays
from goodstanding.lab.compilation.debt_arrays import build_debt_arrays
from goodstanding.lab.compilation.field_axes import refuse_if_many
from goodstanding.lab.compilation.origin_tables import build_dispute_arrays, build_origin_arrays
from goodstanding.lab.compilation.record_origins import RecordOrigin
from goodstanding.lab.compilation.scheme_arrays import PointsArrays, SchemeArrays

MOST_VARIANTS = 20_000  # some 20 probes each are asked about within seconds


@dataclass(frozen=True, slots=True)
class RuleAnswers:
    """What the rules say of all variants; the same whatever values the parameters of a behaviour have."""

    points: tuple[PointsArrays, ...]
    outcomes: tuple[OutcomeArrays, ...]
    cases: CaseArrays | None
    holds: Truths


def compile_scheme(behaviour: Behaviour) -> SchemeArrays:
    """The arrays of a catalogue under a behaviour; raises LaboratoryError for a rule without array form.

    Rules are asked once for a catalogue and its variants; other values of parameters change chances alone.
    """
    catalogue, origins = behaviour.catalogue, list_origins(behaviour)
    variants = list_variants(behaviour, origins)
    answers = _ask_rules(catalogue, tuple(variants))
    records = list(catalogue.records)
    return SchemeArrays(
        name=catalogue.name,
        record_names=tuple(records),
        variant_records=make_indexes(records.index(variant.record) for variant in variants),
        sums_next_day=catalogue.month_sums == "next-day",
        first_day=to_day_number(catalogue.in_force),
        end_day=to_day_number(catalogue.until),
        origins=freeze_arrays(build_origin_arrays(behaviour, origins)),
        points=answers.points,
        outcomes=answers.outcomes,
        cases=answers.cases,
        disputes=build_dispute_arrays(behaviour, origins),
        measures=freeze_arrays(build_measure_arrays(behaviour, answers.holds)),
        debts=build_debt_arrays(behaviour),
        calendar=catalogue.calendar,
    )


def list_variants(behaviour: Behaviour, origins: list[RecordOrigin]) -> list[Variant]:
    """Every variant of these origins, one after another; raises LaboratoryError where they are too many."""
    variants: list[Variant] = []
    for origin in origins:
        where = behaviour.file.locate(*origin.name.split("."))
        refuse_if_many(len(variants) + origin.size, MOST_VARIANTS, origin.name, where)
        variants += _iterate_variants(behaviour, origin)
    return variants


def _iterate_variants(behaviour: Behaviour, origin: RecordOrigin) -> list[Variant]:
    runs = behaviour.rules.runs
    days: list[date] = [runs.from_, *origin.day_bounds, runs.end]
    return [
        Variant(origin.record, origin.about, tuple(sorted(fields.items())), days[level], days[level + 1])
        for fields, level in origin.list_variants()
    ]


@lru_cache(maxsize=64)
def _ask_rules(catalogue: Catalogue, variants: tuple[Variant, ...]) -> RuleAnswers:
    openings = list_openings(catalogue, variants)
    table = ProbeTable(variants, catalogue.month_sums, openings)
    records = tuple(catalogue.records)
    by_kind = {name: scheme.kind == "points" for name, scheme in catalogue.schemes.items()}
    points = [ask_points(catalogue, name, table, records) for name, is_points in by_kind.items() if is_points]
    outcomes = [ask_outcomes(catalogue, name, table) for name, is_points in by_kind.items() if not is_points]
    cases = ask_cases(catalogue, table)
    return RuleAnswers(
        tuple(freeze_arrays(arrays) for arrays in points),
        tuple(freeze_arrays(arrays) for arrays in outcomes),
        freeze_arrays(cases) if cases else None,
        ask_measures(catalogue, table),
    )
