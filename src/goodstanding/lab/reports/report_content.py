"""What a report says, as plain values: the page is drawn from them, and they are its JSON twin."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources import files as package_files
from typing import Any

import msgspec
import numpy as np

from goodstanding import __version__
from goodstanding.catalogue.loader import BEHAVIOUR_FILE, get_catalogue_folder, load_catalogue
from goodstanding.lab.designs.parameter_influence import compute_idle_index
from goodstanding.lab.experiments.experiment_file import list_experiment_names
from goodstanding.lab.experiments.experiment_runs import ExperimentRun, list_scheme_runs
from goodstanding.lab.experiments.setups.setup import FIXED, ON, STRONG
from goodstanding.lab.experiments.trials import DEFAULT, REPEATED, TrialResult
from goodstanding.lab.experiments.verdicts import judge
from goodstanding.lab.reports.model_description import describe_model
from goodstanding.lab.reports.verdict_sentences import list_caveats, render_badge, render_heading, render_verdict

LIBRARIES = ("numpy", "numba", "scipy")
MIDDLE = (0.05, 0.5, 0.95)  # of the points: the middle nine tenths, and the median
FEW_VALUES = 12
Report = dict[str, Any]


def build_report(run: ExperimentRun) -> Report:
    """Everything that the page says, in its order."""
    return {
        "verdict": _build_verdict(run),
        "experiment": run.plan.experiment.model_dump(mode="json", by_alias=True),
        "result": _build_result(run),
        "schemes": [_build_headline(run, name, alone) for name, alone in list_scheme_runs(run).items()],
        "figures": list(_list_figures(run)),
        "model": describe_model(run.plan),
        "run": _build_run(run),
        "digests": _build_digests(run),
    }


def encode_report(report: Report) -> bytes:
    """The report as JSON; what is no number is null."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def _build_verdict(run: ExperimentRun) -> Report:
    return {
        "verdict": str(run.conclusion.verdict),
        "heading": render_heading(run),
        "sentence": render_verdict(run),
        "badge": render_badge(run.plan.experiment),
        "caveats": list_caveats(run),
    }


def _build_result(run: ExperimentRun) -> Report:
    """The conclusion, with what each arm gave of the measure."""
    conclusion = asdict(run.conclusion)
    del conclusion["verdict"]
    for outcome, control in zip(conclusion["controls"], run.conclusion.controls, strict=True):
        outcome["vanishes"] = control.vanishes
    default = _get_default(run)
    return {
        **conclusion,
        "default": {"value": default.value, "answer": str(judge(run.plan.experiment, default))},
        "arms": [_summarise_arm(run, arm) for arm in list_arms(run)],
        "few_values": has_few_values(list_arm_values(run, ON)),
        "idle_index": compute_idle_index(np.array(list_arm_values(run, ON)), seed=1),
        "flip": asdict(run.flip) if run.flip else None,
        "flip_sought": not run.plan.small,
    }


def _get_default(run: ExperimentRun) -> TrialResult:
    """What came out at the file's own values."""
    return next(result for result in run.results if result.trial.arm == DEFAULT)


def has_few_values(values: Sequence[float]) -> bool:
    """Whether a measure is a count of a few, so that many points have the same value."""
    return len(set(values)) <= FEW_VALUES


def list_arms(run: ExperimentRun) -> list[str]:
    """The result first, then the controls, as they were run."""
    arms = dict.fromkeys(result.trial.arm for result in run.results)
    return [arm for arm in arms if arm not in (DEFAULT, REPEATED)]


def list_arm_results(run: ExperimentRun, arm: str) -> list[TrialResult]:
    """What each point of an arm gave."""
    return [result for result in run.results if result.trial.arm == arm]


def list_arm_values(run: ExperimentRun, arm: str) -> list[float]:
    """What each point of an arm gave of the measure."""
    return [result.value for result in list_arm_results(run, arm)]


def name_arm(arm: str) -> str:
    """An arm in words."""
    words = {ON: "As the claim has it", STRONG: "Mechanism strong", FIXED: "Lives fixed, rules alone"}
    return words.get(arm, f"Switched off: {arm.replace('-', ' ')}")


def _summarise_arm(run: ExperimentRun, arm: str) -> Report:
    values = list_arm_values(run, arm)
    low, median, high = (float(value) for value in np.quantile(values, MIDDLE))
    return {
        "arm": arm or "on",
        "says": name_arm(arm),
        "points": len(values),
        "low": low,
        "median": median,
        "high": high,
    }


def _list_figures(run: ExperimentRun) -> Iterator[Report]:
    """Figures beside the result at the file's own values, each with its interval or with its spread over the range."""
    default = _get_default(run).figures
    for name, says in run.plan.experiment.figures.items():
        if name in default:
            yield _describe_figure(run, name, says)


def _describe_figure(run: ExperimentRun, name: str, says: str) -> Report:
    default, points = _get_default(run).figures, list_arm_results(run, ON)
    figure = {"figure": name, "says": says, "value": default[name], "low": None, "high": None, "by": "none"}
    if f"{name}-low" in default:
        return figure | {"low": default[f"{name}-low"], "high": default[f"{name}-high"], "by": "interval"}
    if points and name in points[0].figures:
        return figure | {**_spread_figure(points, name), "by": "range"}
    return figure


def _build_headline(run: ExperimentRun, name: str, alone: ExperimentRun) -> Report:
    """What came out under one scheme alone, by the same rule."""
    experiment, conclusion = run.plan.experiment, alone.conclusion
    beside = {"": f"The measure ({experiment.measure.unit})"} | {
        f"-{key}": says for key, says in experiment.scheme_figures.items()
    }
    return {
        "scheme": name,
        "title": experiment.schemes[name].title,
        "verdict": str(conclusion.verdict),
        "heading": render_heading(alone),
        "sentence": render_verdict(alone),
        "holds": asdict(conclusion.holds),
        "refuted": asdict(conclusion.refuted),
        "answer": str(judge(experiment, _get_default(alone))),
        "figures": [_describe_figure(run, f"{name}{key}", says) for key, says in beside.items()],
    }


def _spread_figure(points: Sequence[TrialResult], name: str) -> Report:
    low, high = np.quantile([point.figures[name] for point in points], (MIDDLE[0], MIDDLE[-1]))
    return {"low": float(low), "high": float(high)}


def _build_run(run: ExperimentRun) -> Report:
    plan = run.plan
    options = f"--agents {plan.size.agents} --seed {plan.seed}" + (" --quick" if plan.quick else "")
    return {
        "command": "goodstanding demo"
        if plan.small
        else f"goodstanding lab run {plan.experiment.experiment} {options}",
        "seed": plan.seed,
        "agents": plan.size.agents,
        "months": plan.size.months,
        "quick": plan.is_cut,
        "trials": len(run.results),
        "repeated": len(list_arm_values(run, REPEATED)),
        "versions": _list_versions(),
    }


def _list_versions() -> dict[str, str]:
    libraries = {name: version(name) for name in LIBRARIES}
    return {"goodstanding": __version__, "python": platform.python_version(), **libraries}


def _build_digests(run: ExperimentRun) -> list[Report]:
    """What the result rests on, each with its sha256."""
    setup = run.plan.setup
    experiment = run.plan.experiment
    text = f"lab/experiments/{experiment.experiment}.yaml"
    rows = [("experiment", experiment.experiment, experiment.digest)]
    rows += [("text", text, _digest_file(text))] if experiment.experiment in list_experiment_names() else []
    rows += [("data", path, _digest_file(path)) for path in setup.data]
    for name in setup.catalogues:
        rows.append(("catalogue", name, load_catalogue(get_catalogue_folder(name)).digest))
        behaviour = get_catalogue_folder(name) / BEHAVIOUR_FILE
        if behaviour.exists():
            rows.append(("behaviour", name, hashlib.sha256(behaviour.read_bytes()).hexdigest()))
    return [{"of": kind, "name": name, "sha256": digest} for kind, name, digest in rows]


def _digest_file(path: str) -> str:
    return hashlib.sha256((package_files("goodstanding") / path).read_bytes()).hexdigest()
