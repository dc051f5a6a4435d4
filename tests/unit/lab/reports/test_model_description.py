"""The description of a model says what a referee has to know, from the files alone."""

from __future__ import annotations

from typing import get_args

import pytest

from goodstanding.lab.acts import Mover
from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.behaviour.behaviour_model import FollowingTrigger
from goodstanding.lab.experiments.experiment_file import get_experiment, list_experiment_names
from goodstanding.lab.experiments.experiment_runs import RunPlan
from goodstanding.lab.experiments.setups.setup import RunSize
from goodstanding.lab.reports import behaviour_descriptions
from goodstanding.lab.reports.model_description import describe_model


def describe(name: str, brief: bool = False) -> dict[str, list[str]]:
    """The parts of an experiment's description, by their headings."""
    parts = describe_model(RunPlan(get_experiment(name), 1, RunSize(1_000, 60, brief), small=brief))
    return {str(part["heading"]): list(part["says"]) for part in parts}


@pytest.mark.parametrize("name", list_experiment_names())
def test_no_part_is_empty_and_none_says_what_is_not_done(name: str) -> None:
    """No point is said to be set aside where no figure is published, and nobody to live where nobody does."""
    parts, experiment = describe(name), get_experiment(name)
    assert all(parts.values())
    process = " ".join(parts["Process overview and scheduling"])
    assert ("set aside" in process) is bool(experiment.targets)
    assert ("The month of an agent" in process) is bool(experiment.schemes)
    assert ("60 months" in " ".join(parts["Entities, state variables and scales"])) is bool(experiment.schemes)


def test_lives_under_rules_are_described_with_their_acts_authorities_measures_and_inputs() -> None:
    """Every act that can become a record, everything authorities do, and every measure of each catalogue."""
    parts = describe("downward-spiral")
    submodels = " ".join(parts["Submodels"])
    for name in ("rongcheng-2014", "cn-environment-12-surcharges", "spc-debtors-2017"):
        behaviour = load_behaviour(name)
        assert all(behaviour.acts.by_name[act].says in submodels for act in behaviour.rules.records)
        assert all(following.record in submodels for following in behaviour.rules.follows)
        assert all(measure in submodels for measure in behaviour.catalogue.measures)
        assert str(behaviour.rules.runs.from_) in " ".join(parts["Initialisation"])
    assert "removal where a debt cannot be paid (share 0.02)" in submodels
    assert {"lab/acts.yaml", "lab/channels.yaml", "lab/marginals/china.yaml"} <= set(parts["Input data"])


def test_a_brief_run_describes_what_it_ran() -> None:
    """Nobody reads of a scheme that was left out."""
    assert "spc-debtors-2017" not in " ".join(describe("downward-spiral", brief=True)["Submodels"])


def test_every_mover_and_trigger_has_its_words() -> None:
    """A word that is added to the vocabulary is described, too."""
    assert set(behaviour_descriptions.MOVERS) == set(get_args(Mover))
    assert set(behaviour_descriptions.TRIGGERS) == set(FollowingTrigger.model_fields) - {"not_on"}
