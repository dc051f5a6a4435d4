"""Worked examples: cases a lawyer can read and write, that run as tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import CatalogueError

Work = Callable[[Catalogue, list[dict[str, Any]], date], Mapping[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One expectation of one example: what was expected at a day, what came out, and whether they agree."""

    example: str
    law: str
    at: date
    expected: dict[str, Any]
    found: dict[str, Any]

    @property
    def holds(self) -> bool:
        """Whether every expected part came out, and nothing that was expected to be absent."""
        return self.expected == self.found


def run_examples(catalogue: Catalogue, work: Work) -> list[ExampleResult]:
    """Runs each example of a catalogue through `work`, which gives the effects of one subject's records at a day.

    An example has `records` (record, occurred, fields and, where needed, reference, about, published) and `then`: days
    with the effects expected, as `measure: value`, `measure: null` for none, or a mapping of value, score and why.
    """
    return [result for example in catalogue.examples for result in _run(catalogue, example, work)]


def _run(catalogue: Catalogue, example: dict[str, Any], work: Work) -> list[ExampleResult]:
    try:
        name, law, records, then = example["example"], example["law"], example["records"], example["then"]
    except KeyError as error:
        raise CatalogueError(
            f"An example lacks {error}.", where="examples.yaml", remedy="example, law, records, then"
        ) from error
    results = []
    for moment in then:
        found = work(catalogue, records, moment["at"])
        expected = {measure: _full(value) for measure, value in moment["effects"].items()}
        shown = {measure: _part(found.get(measure), value) for measure, value in expected.items()}
        results.append(ExampleResult(name, law, moment["at"], expected, shown))
    return results


def _full(value: Any) -> Any:
    if isinstance(value, dict) or value is None:
        return value
    return {"value": str(value)}


def _part(found: dict[str, Any] | None, expected: Any) -> Any:
    if found is None or expected is None:
        return None if found is None else {"value": found["value"]}
    return {key: found.get(key) for key in expected}
