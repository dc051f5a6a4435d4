"""A scheme that grades the newest record as arrays: the rules are asked what each variant alone gives."""

from __future__ import annotations

from typing import Any

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.lab.compilation.array_types import NONE
from goodstanding.lab.compilation.array_values import make_indexes, make_lengths, make_points, make_truths
from goodstanding.lab.compilation.case_arrays import OutcomeArrays
from goodstanding.lab.compilation.points_answers import build_band_arrays
from goodstanding.lab.compilation.probe_records import ProbeTable
from goodstanding.lab.compilation.rule_refusals import refuse_rule
from goodstanding.messages import BehaviourMessage, Message

Outcome = tuple[str | None, int | None]


def ask_outcomes(catalogue: Catalogue, name: str, table: ProbeTable) -> OutcomeArrays:
    """The arrays of a scheme that grades the newest record, or of a scorecard."""
    scheme, outcomes = catalogue.schemes[name], _ask(catalogue, name, table)
    grades = scheme.grades
    return OutcomeArrays(
        name=name,
        grade_names=grades,
        grades=make_indexes(NONE if value is None else grades.index(value) for value, _score in outcomes),
        scores=make_points(score or 0 for _value, score in outcomes),
        has_scores=make_truths(score is not None for _value, score in outcomes),
        over=make_lengths([scheme.over]),
        lapses=make_lengths([scheme.lapses]),
        **build_band_arrays(scheme),
    )


def _ask(catalogue: Catalogue, name: str, table: ProbeTable) -> list[Outcome]:
    """One outcome for each variant, the same on every day that was tried; none where it is not graded."""
    asked = standing.compute_outcomes(table.records, catalogue, name).to_pylist()
    rows: dict[int, dict[str, Any]] = {row["position"]: row for row in asked}
    outcomes: list[Outcome | None] = [None] * len(table.variants)
    for probe in table.probes:
        row = rows.get(probe.position, {})
        outcome = row.get("value"), row.get("score")
        if outcomes[probe.variant] not in (None, outcome):
            reason = Message(BehaviourMessage.ANSWERS_DIFFER, {"record": table.variants[probe.variant].record})
            raise refuse_rule(catalogue, ("schemes", name), reason)
        outcomes[probe.variant] = outcome
    return [outcome for outcome in outcomes if outcome]
