"""A scheme that grades the newest record as arrays: the rules are asked what each variant alone gives."""

from __future__ import annotations

from typing import Any

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.lab.compilation.answers.points_answers import build_band_arrays
from goodstanding.lab.compilation.answers.probe_records import ProbeTable
from goodstanding.lab.compilation.array_types import NONE
from goodstanding.lab.compilation.array_values import (
    make_indexes,
    make_lengths,
    make_points,
    make_truths,
    to_day_number,
)
from goodstanding.lab.compilation.case_arrays import OutcomeArrays
from goodstanding.lab.compilation.rule_refusals import refuse_rule
from goodstanding.messages import BehaviourMessage, Message

Outcome = tuple[str | None, int | None] | None  # None where the record does not count


def ask_outcomes(catalogue: Catalogue, name: str, table: ProbeTable) -> OutcomeArrays:
    """The arrays of a scheme that grades the newest record, or of a scorecard."""
    scheme, answered = catalogue.schemes[name], _ask(catalogue, name, table)
    grades, outcomes = scheme.grades, [outcome or (None, None) for outcome in answered]
    return OutcomeArrays(
        name=name,
        grade_names=grades,
        counts=make_truths(outcome is not None for outcome in answered),
        grades=make_indexes(NONE if value is None else grades.index(value) for value, _score in outcomes),
        scores=make_points(score or 0 for _value, score in outcomes),
        has_scores=make_truths(score is not None for _value, score in outcomes),
        over=make_lengths([scheme.over]),
        lapses=make_lengths([scheme.lapses]),
        law_until=to_day_number(catalogue.repeals.get(name)),
        **build_band_arrays(scheme),
    )


def _ask(catalogue: Catalogue, name: str, table: ProbeTable) -> list[Outcome]:
    """One outcome for each variant, the same on every day that was tried; none where it is not graded."""
    answers = standing.compute_outcomes(table.records, catalogue, name).to_pylist()
    rows: dict[int, dict[str, Any]] = {row["position"]: row for row in answers}
    outcomes: dict[int, Outcome] = {}
    for probe in table.probes:
        row = rows.get(probe.position)
        outcome = (row["value"], row["score"]) if row else None
        if outcomes.setdefault(probe.variant, outcome) != outcome:
            reason = Message(BehaviourMessage.ANSWERS_DIFFER, {"record": table.variants[probe.variant].record})
            raise refuse_rule(catalogue, ("schemes", name), reason)
    return [outcomes[variant] for variant in range(len(table.variants))]
