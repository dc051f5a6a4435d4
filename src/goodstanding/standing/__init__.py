"""Adding up: from records and intervals to effects, by DuckDB SQL in named steps generated from a catalogue."""

from goodstanding.standing.evaluation import (
    compute_effects,
    compute_explanations,
    compute_outcomes,
    compute_stated_steps,
    evaluate,
)
from goodstanding.standing.steps import build_effects_sql

__all__ = [
    "build_effects_sql",
    "compute_effects",
    "compute_explanations",
    "compute_outcomes",
    "compute_stated_steps",
    "evaluate",
]
