"""The worked examples of every catalogue that comes with Goodstanding: cases in, effects out, as a lawyer wrote."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from goodstanding.catalogue import Catalogue, ExampleResult, load_library, run_examples
from goodstanding.catalogue.primitives import BASIS, CHARTER, LegalRule
from goodstanding.effects import compute_examples

LIBRARY = load_library()
EXAMPLES = [(name, example) for name, catalogue in LIBRARY.items() for example in catalogue.examples]
OFFENDING = ("blacklist", "black list", "offender", "untrustworthy", "culprit")
each_catalogue = pytest.mark.parametrize("catalogue", list(LIBRARY.values()), ids=list(LIBRARY))


@cache
def work_out_examples(name: str) -> list[ExampleResult]:
    """Every expectation of a catalogue's examples, worked out in one go."""
    return run_examples(LIBRARY[name], compute_examples)


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{name}: {worked_example['example']}" for name, worked_example in EXAMPLES]
)
def test_an_example_comes_out_as_written(name: str, example: dict[str, Any]) -> None:
    """The catalogue gives the effects, or the absence of any, that its worked example expects on each day."""
    results = [result for result in work_out_examples(name) if result.example == example["example"]]
    assert len(results) == len(example["then"])
    assert {result.at: result.actual for result in results} == {result.at: result.expected for result in results}


@each_catalogue
def test_the_titles_of_examples_are_unique(catalogue: Catalogue) -> None:
    """No two worked examples of a catalogue have the same title."""
    titles = [example["example"] for example in catalogue.examples]
    assert len(titles) == len(set(titles))


@each_catalogue
def test_every_rule_fires_in_an_example(catalogue: Catalogue) -> None:
    """Each band, exception, discretion, step, list and measure comes out of some example, so that none is dead."""
    assert _list_fired(catalogue) >= set(_list_possible(catalogue))


def _list_fired(catalogue: Catalogue) -> set[tuple[str, str]]:
    fired = set()
    questions = [(example["records"], moment["at"]) for example in catalogue.examples for moment in example["then"]]
    for effects in compute_examples(catalogue, questions):
        for measure, effect in effects.items():
            fired |= {(measure, ""), (measure, str(effect["why"])), (measure, str(effect["value"]))}
    return fired


def _list_possible(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for name, scheme in catalogue.schemes.items():
        for key, rules in (("ungraded", scheme.ungraded), ("direct", scheme.direct), ("discretion", scheme.discretion)):
            yield from ((name, f"{key}:{index}") for index, _ in enumerate(rules))
        if scheme.kind == "latest" and not scheme.over:
            yield from ((name, f"band:{index}") for index, _ in enumerate(scheme.bands))
        yield from ((name, "unproven") for _ in range(scheme.unproven))
        yield from ((name, band.grade) for band in scheme.bands)
        yield from ((name, f"bonus:{bonus.points}") for bonus in scheme.bonus)
    for name, case in catalogue.cases.items():
        yield from ((name, step) for step in case.steps)
    yield from ((name, "") for name in (*catalogue.lists, *catalogue.measures))


@each_catalogue
def test_each_authority_speaks_for_itself(catalogue: Catalogue) -> None:
    """Where other authorities than the one that opened a case state its steps, each record names who would state it."""
    openings = {catalogue.records[case.record].by for case in catalogue.cases.values()}
    steps = {step.record for case in catalogue.cases.values() for step in case.steps.values() if step.record}
    is_divided = catalogue.mode == "live" and any(catalogue.records[record].by not in openings for record in steps)
    for example in catalogue.examples if is_divided else ():
        for record in example["records"]:
            assert record["record"] in catalogue.mandates[record["source"]], example["example"]


@each_catalogue
def test_every_rule_says_itself_in_plain_words(catalogue: Catalogue) -> None:
    """Each rule has a sentence for the catalogue page, and none calls anybody names."""
    for place, rule in catalogue.rules():
        assert rule.says.endswith("."), place
        assert not [word for word in OFFENDING if word in f"{rule.says} {rule.note}".lower()], place


@each_catalogue
def test_a_rule_on_an_unread_article_is_marked(catalogue: Catalogue) -> None:
    """Wherever the article was not compared with its text, the rule that rests on it says so."""
    unmarked = [
        place for place, rule in catalogue.rules() if rule.is_compared and not _article_verified(catalogue, rule)
    ]
    assert unmarked == []


def _article_verified(catalogue: Catalogue, rule: LegalRule) -> bool:
    match = BASIS.match(rule.basis)
    assert match
    if match["instrument"] == CHARTER:
        return True
    return catalogue.instruments[match["instrument"]].articles[match["article"]].verified
