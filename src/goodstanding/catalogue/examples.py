"""Worked examples: cases a lawyer can read and write, that run as tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import CatalogueError
from goodstanding.messages import CatalogueMessage, Message

ExampleQuestion = tuple[list[dict[str, Any]], date]  # one subject's records, and a day
EffectCalculator = Callable[[Catalogue, list[ExampleQuestion]], list[Mapping[str, dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One expectation of one example: what was expected at a day, what came out, and whether they agree."""

    example: str
    law: str
    at: date
    expected: dict[str, Any]
    actual: dict[str, Any]

    @property
    def holds(self) -> bool:
        """Whether every expected part came out, and nothing that was expected to be absent."""
        return self.expected == self.actual


def run_examples(catalogue: Catalogue, calculate_effects: EffectCalculator) -> list[ExampleResult]:
    """Runs the examples of a catalogue through `work`, which gives the effects of subjects' records at days.

    An example has `records` (record, occurred, fields and, where needed, source, reference, about, published) and
    `then`: days with the effects expected, as `measure: value`, `measure: null` for none, or a mapping of value, score
    and why.
    """
    questions = [(example, moment) for example in catalogue.examples for moment in _list_moments(example)]
    outcomes = calculate_effects(catalogue, [(example["records"], moment["at"]) for example, moment in questions])
    return [
        _compare_outcome(example, moment, outcome)
        for (example, moment), outcome in zip(questions, outcomes, strict=True)
    ]


def _list_moments(example: dict[str, Any]) -> list[dict[str, Any]]:
    if missing := [key for key in ("example", "law", "records", "then") if key not in example]:
        raise CatalogueError(
            Message(CatalogueMessage.EXAMPLE_LACKS_KEY, {"key": repr(missing[0])}), where="examples.yaml"
        )
    moments: list[dict[str, Any]] = example["then"]
    if not (_are_mappings(example["records"]) and _are_mappings(moments)):
        raise _build_example_error(example, CatalogueMessage.EXAMPLE_WITHOUT_LISTS)
    for moment in moments:
        if not (isinstance(moment.get("at"), date) and isinstance(moment.get("effects"), dict)):
            raise _build_example_error(example, CatalogueMessage.EXAMPLE_MOMENT_INCOMPLETE)
    for record in example["records"]:
        if not (isinstance(record.get("record"), str) and isinstance(record.get("occurred"), date)):
            raise _build_example_error(example, CatalogueMessage.EXAMPLE_RECORD_INCOMPLETE)
    return moments


def _are_mappings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


def _build_example_error(example: dict[str, Any], code: CatalogueMessage) -> CatalogueError:
    return CatalogueError(Message(code, {"example": repr(example["example"])}), where="examples.yaml")


def _compare_outcome(
    example: dict[str, Any], moment: dict[str, Any], outcome: Mapping[str, dict[str, Any]]
) -> ExampleResult:
    expected = {measure: _expand_expectation(value) for measure, value in moment["effects"].items()}
    shown = {measure: _select_expected_part(outcome.get(measure), value) for measure, value in expected.items()}
    return ExampleResult(example["example"], example["law"], moment["at"], expected, shown)


def _expand_expectation(value: Any) -> Any:
    if isinstance(value, dict) or value is None:
        return value
    return {"value": str(value)}


def _select_expected_part(effect: dict[str, Any] | None, expected: Any) -> Any:
    if effect is None or expected is None:
        return None if effect is None else {"value": effect["value"]}
    return {key: effect.get(key) for key in expected}
