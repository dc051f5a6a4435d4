"""The model by the ODD protocol (Grimm et al. 2020): what a referee has to know, written from the files alone."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.lab.experiments.experiment_file import Experiment
from goodstanding.lab.experiments.experiment_runs import RunPlan
from goodstanding.lab.experiments.trials import CHECKED_EVERY
from goodstanding.lab.reports import behaviour_descriptions
from goodstanding.lab.reports.figure_words import render_figure, render_name

Part = dict[str, str | list[str]]
_STILL = "Adaptation, objectives, learning, prediction, sensing, interaction, collectives: none is modelled."
_PLURALS = {"person": "people", "firm": "firms"}


def describe_model(plan: RunPlan) -> list[Part]:
    """The seven parts of the protocol, in its order."""
    experiment = plan.experiment
    parts = {
        "Purpose and patterns": _list_purposes(experiment),
        "Entities, state variables and scales": _list_entities(plan),
        "Process overview and scheduling": _list_processes(plan),
        "Design concepts": _list_concepts(plan),
        "Initialisation": _list_beginnings(plan),
        "Input data": _list_inputs(plan) or ["None."],
        "Submodels": _list_submodels(plan),
    }
    return [{"heading": heading, "says": list(dict.fromkeys(says))} for heading, says in parts.items()]


def _list_purposes(experiment: Experiment) -> list[str]:
    patterns = [
        f"Has to meet: {target.says} ({target.low:g} to {target.high:g})" for target in experiment.targets.values()
    ]
    return [
        f"To try a claim: {experiment.claim.says}",
        f"By one number: {experiment.measure.says} ({experiment.measure.unit}).",
        *(patterns or [experiment.no_targets]),
    ]


def _list_entities(plan: RunPlan) -> list[str]:
    if plan.experiment.kind == "real-data":
        return [plan.experiment.set_up_says, "Real observations; nobody is simulated in the measure."]
    kinds = " or ".join(dict.fromkeys(_PLURALS[scheme.who] for scheme in plan.as_run.schemes.values())) or "people"
    schemes = [f"{scheme.title}: {scheme.catalogue}." for scheme in plan.as_run.schemes.values()]
    months = f" live {plan.size.months} months" if schemes else ""
    scale = f"{plan.size.agents:,} simulated {kinds}{months} at each point{' under each scheme' if schemes else ''}."
    state = (
        behaviour_descriptions.STATE
        if schemes
        else ["Nobody lives through time: each is drawn once, with what is asked of it."]
    )
    return [plan.experiment.set_up_says, scale, *schemes, *state]


def _list_processes(plan: RunPlan) -> list[str]:
    size, experiment = plan.as_run.design, plan.experiment
    off = ", ".join(render_name(arm) for arm in experiment.ablate)
    set_aside = "Points that published figures rule out are set aside; the verdict follows from those left, by rule."
    return [
        *(behaviour_descriptions.MONTH if experiment.schemes else ()),
        f"{size.points} points are drawn over the ranges of {len(experiment.parameters)} parameters (scrambled Sobol).",
        "At each the set-up is run once and gives the measure.",
        f"{size.repeated} points are run again with another seed, {size.controls} with each mechanism off ({off}).",
        *_list_checks(plan),
        *([experiment.joined] if experiment.joined else []),
        set_aside if experiment.targets else "The verdict follows from all points, by rule.",
    ]


def _list_checks(plan: RunPlan) -> Iterator[str]:
    if plan.setup.check:
        yield (
            f"At every {CHECKED_EVERY}th point the rules themselves are asked about the grades, scores and measures "
            "of a few lives, day by day; one difference ends the run."
        )


def _list_concepts(plan: RunPlan) -> list[str]:
    experiment = plan.experiment
    put_in = experiment.put_in or "The answer itself was not put in; it can come out either way."
    still = f"{_STILL} {experiment.controls.fixed.says}"
    return [
        f"Emergence: {put_in}",
        *(behaviour_descriptions.CONCEPTS if experiment.schemes else [still]),
        f"Stochasticity: every draw follows from the seed ({plan.seed}) and the number of the point.",
        f"Observation: {experiment.measure.says}.",
        *(f"Assumed: {text}" for text in experiment.assumes),
    ]


def _list_beginnings(plan: RunPlan) -> list[str]:
    beginnings = map(behaviour_descriptions.describe_beginning, behaviour_descriptions.list_lived_behaviours(plan))
    values = [
        f"{render_name(name)} {render_figure(parameter.value)} ({parameter.unit})"
        for name, parameter in plan.experiment.parameters.items()
    ]
    return [*beginnings, "The file’s own point, beside which points are drawn over the ranges:", *values]


def _list_inputs(plan: RunPlan) -> list[str]:
    rules = [f"library/{name}" for name in plan.setup.catalogues]
    lived = behaviour_descriptions.list_inputs(behaviour_descriptions.list_lived_behaviours(plan))
    return [*plan.setup.data, *rules, *lived, *plan.experiment.sources]


def _list_submodels(plan: RunPlan) -> list[str]:
    lived = [
        text
        for behaviour in behaviour_descriptions.list_lived_behaviours(plan)
        for text in behaviour_descriptions.describe_submodels(behaviour)
    ]
    replaced = (
        ["Numbers are those of the files; the parameters above replace theirs, as the set-up says."] if lived else []
    )
    experiment = plan.experiment
    return [*lived, *replaced, *_iterate_mechanisms(experiment), f"Strong: {experiment.controls.strong.says}"]


def _iterate_mechanisms(experiment: Experiment) -> Iterator[str]:
    for name, mechanism in experiment.ablate.items():
        left = f"{mechanism.leaves:g}" + (f" within {mechanism.within:g}" if mechanism.within else " exactly")
        yield f"{render_name(name)}, switched off: {mechanism.says} It has to leave {left}."
