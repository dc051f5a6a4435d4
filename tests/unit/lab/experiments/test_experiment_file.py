"""An experiment that could not be lost is refused, with file, line and what would be right."""

from __future__ import annotations

import pytest
from tests.small_experiment import TEXT, build_experiment

from goodstanding.errors import CatalogueError, LaboratoryError
from goodstanding.lab.experiments.experiment_file import get_experiment, list_experiment_names, parse_experiment
from goodstanding.lab.experiments.setups.setup_library import get_setup


def drop_key(key: str) -> str:
    """The file without a key and what stands under it."""
    lines, dropped = [], False
    for line in TEXT.splitlines():
        dropped = line.startswith(f"{key}:") or (dropped and line.startswith(" "))
        if not dropped:
            lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "key",
    [
        "claim",
        "counter",
        "setup",
        "measure",
        "holds_when",
        "refuted_when",
        "parameters",
        "ablate",
        "controls",
        "assumes",
    ],
)
def test_a_file_that_lacks_what_could_refute_it_is_refused(key: str) -> None:
    """Claim and counter-claim, set-up, measure, both thresholds, parameters, ablation, controls, assumptions."""
    with pytest.raises(CatalogueError) as refused:
        parse_experiment("small.yaml", drop_key(key))
    text = refused.value.diagnostics()
    assert f"'{key}' is missing" in text
    assert "small.yaml" in text


@pytest.mark.parametrize(
    ("old", "new", "problem", "right"),
    [
        ("no_targets: Nobody published how far a lever moves.", "", "no targets", "`no_targets:` with what was looked"),
        ("kind: simulated", "kind: simulated\ntargets: {force: {says: So hard, low: 1, high: 9, source: x, mark: S}}",
         "no targets, or says both", "`targets:` with published"),
        ("at_least: 0.5, ", "", "no end, or two", "either `at_least:` or `at_most:`"),
        ("at_least: 0.5", "at_least: 0.5, at_most: 0.6", "no end, or two", "either `at_least:`"),
        ("at_most: 0.2", "at_most: 0.6", "would hold and be refuted", "a gap"),
        ("at_most: 0.2", "at_least: 0.2", "would hold and be refuted", "on one side"),
        ("why: Less than half a metre is not seen.", "why: small", "", ""),
        ("leaves: 0, within: 0", "leaves: 0, within: -1", "", ""),
        ("leaves: 0, within: 0", "leaves: 0", "'within' is missing", ""),
        ("strong: {says: Two people pull at once.}", "", "'strong' is missing", ""),
        ("value: 0.7, range: [0, 1], unit: metres, assumption: nobody measured it", "value: 0.7, range: [0, 1]",
         "no origin", "`source:`"),
        ("points: 64", "points: 4", "", ""),
        ("title: A lever", "title: A lever\njoined: The greatest.", "how several schemes make one claim", "neither"),
        ("title: A lever", "title: A lever\nschemes: {a: {title: A, catalogue: a, who: person, bad: [D]}}",
         "how several schemes make one claim is not said", "`joined:`"),
        ("title: A lever", "title: A lever\nverdict: holds", "no key 'verdict'", ""),
    ],
)  # fmt: skip
def test_a_file_that_leaves_the_verdict_open_to_taste_is_refused(old: str, new: str, problem: str, right: str) -> None:
    """No target, no least effect, overlapping thresholds, a control that says nothing, a verdict that is written."""
    with pytest.raises(CatalogueError) as refused:
        build_experiment((old, new))
    text = refused.value.diagnostics()
    assert problem in text
    assert right in text
    assert "small.yaml" in text


def test_the_digest_is_of_everything_that_was_decided_before() -> None:
    """A threshold that is moved later shows; the same text gives the same digest."""
    experiment = build_experiment()
    assert experiment.digest == build_experiment().digest
    assert experiment.digest != build_experiment(("at_least: 0.5", "at_least: 0.4")).digest


def test_an_unknown_experiment_or_set_up_is_named_beside_those_that_there_are() -> None:
    """What would be right is a list of names."""
    with pytest.raises(LaboratoryError) as refused:
        get_experiment("no-such-thing")
    assert "apples-and-oranges" in refused.value.diagnostics()
    with pytest.raises(LaboratoryError) as refused:
        get_setup("no-such-thing")
    assert "inspections" in refused.value.diagnostics()


@pytest.mark.parametrize("name", list_experiment_names())
def test_every_experiment_that_comes_with_the_laboratory_is_complete(name: str) -> None:
    """It is named as its file is, has a set-up that there is, and six parameters or more to vary."""
    experiment = get_experiment(name)
    assert experiment.experiment == name
    assert get_setup(experiment.setup)
    assert len(experiment.parameters) >= 6
