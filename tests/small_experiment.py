"""A small experiment whose outcome is known: the measure is the pull of a lever, unless the lever is off."""

from __future__ import annotations

from goodstanding.lab.experiments.experiment_file import Experiment, parse_experiment
from goodstanding.lab.experiments.setups.setup import STRONG, Figures, Measurement, RunSize, Setup, Values

SIZE = RunSize(agents=10, months=1)
LEVER = "lever"
TEXT = """\
experiment: small
title: A lever
kind: simulated
claim: {says: A lever moves what it is tied to., who: somebody, where: a workshop in 2020}
counter: {says: Nothing moves by itself., who: somebody else, where: the same workshop}
setup: inspections
set_up_says: Somebody pulls a lever and looks.
measure: {says: How far it moves by one pull, unit: metres}
holds_when: {at_least: 0.5, why: Less than half a metre is not seen.}
refuted_when: {at_most: 0.2, why: So little moves in the wind.}
parameters:
  pull: {value: 0.7, range: [0, 1], unit: metres, assumption: nobody measured it}
  colour: {value: 0.5, range: [0, 1], unit: shade, source: "<script>alert(1)</script>", mark: M}
no_targets: Nobody published how far a lever moves.
ablate:
  lever: {says: The lever is tied to nothing., leaves: 0, within: 0}
controls:
  strong: {says: Two people pull at once.}
  fixed: {says: There is nobody to react here., run: false}
assumes:
  - The rope does not stretch.
figures: {force: How hard somebody pulled}
design: {points: 64, repeated: 8, controls: 4}
"""


def build_experiment(*replacements: tuple[str, str]) -> Experiment:
    """The experiment, with parts of its text replaced."""
    text = TEXT
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return parse_experiment("small.yaml", text)


def measure_pull(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
    """How far the lever moves: by the pull, twice that if strong, not at all if it is off."""
    factor = {LEVER: 0.0, STRONG: 2.0}.get(switch, 1.0)
    return Measurement(factor * values["pull"], {"force": 10 * values["pull"]})


def describe_pull(values: Values, seed: int, size: RunSize) -> Figures:
    """A further figure, with its interval."""
    return {"force-low": 10 * values["pull"] - 1, "force-high": 10 * values["pull"] + 1}


SETUP = Setup(measure_pull, describe_pull)
