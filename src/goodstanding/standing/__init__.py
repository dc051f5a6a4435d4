"""Adding up: from records and intervals to effects, by DuckDB SQL in named steps generated from a catalogue."""

from goodstanding.standing.evaluation import (
    compute_effects,
    compute_explanations,
    compute_moments,
    compute_outcomes,
    compute_stated_steps,
    cut_to_days,
    evaluate,
    match_records,
)
from goodstanding.standing.rule_versions import RuleVersion, compute_by_version, join_versions
from goodstanding.standing.steps import build_effects_sql

__all__ = [
    "RuleVersion",
    "build_effects_sql",
    "compute_by_version",
    "compute_effects",
    "compute_explanations",
    "compute_moments",
    "compute_outcomes",
    "compute_stated_steps",
    "cut_to_days",
    "evaluate",
    "join_versions",
    "match_records",
]
