"""Adding up: from records and intervals to effects, by DuckDB SQL in named steps generated from a catalogue."""

from goodstanding.standing.evaluate import effects, evaluate, explanations, outcomes, stated_steps
from goodstanding.standing.steps import sql

__all__ = ["effects", "evaluate", "explanations", "outcomes", "sql", "stated_steps"]
