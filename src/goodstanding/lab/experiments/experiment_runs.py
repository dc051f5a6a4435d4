"""An experiment from its first trial to its verdict, with what a report says about the run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from goodstanding.lab.designs.parameter_influence import Flip, count_most_looks, find_nearest_flip
from goodstanding.lab.experiments.experiment_file import DesignSize, Experiment
from goodstanding.lab.experiments.setups.setup import MEASURE, ON, RunSize, Setup
from goodstanding.lab.experiments.setups.setup_library import get_setup
from goodstanding.lab.experiments.trials import (
    DEFAULT,
    Progress,
    Trial,
    TrialResult,
    TrialStore,
    list_trials,
    run_trials,
)
from goodstanding.lab.experiments.verdicts import Conclusion, conclude, judge

QUICK = DesignSize(points=64, repeated=16, controls=8)
SMALL = DesignSize(points=16, repeated=2, controls=2)  # a demonstration has half a minute for all experiments
MONTHS = 60


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What is to be run: an experiment as its file says it, its seed and size, and whether only a few points are.

    A `small` one has still fewer, as in a demonstration, and looks for no flip.
    """

    experiment: Experiment
    seed: int
    size: RunSize
    quick: bool = False
    small: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether fewer points are run than the experiment has."""
        return self.quick or self.small

    @property
    def as_run(self) -> Experiment:
        """The experiment with as many points, and under as many schemes, as are run."""
        design = SMALL if self.small else QUICK if self.quick else self.experiment.design
        schemes = self.experiment.list_schemes(self.size.brief)
        return self.experiment.model_copy(update={"design": design, "schemes": schemes})

    @property
    def setup(self) -> Setup:
        """The code that runs a point."""
        return get_setup(self.experiment.setup)

    def open_store(self, folder: Path) -> TrialStore:
        """The finished trials in a folder."""
        return TrialStore(folder, self.as_run, self.seed, self.size)


@dataclass(frozen=True, slots=True)
class ExperimentRun:
    """A plan that was run: every result, the verdict, and the nearest flip of what the default point says."""

    plan: RunPlan
    results: Sequence[TrialResult]
    conclusion: Conclusion
    flip: Flip | None


def run_experiment(plan: RunPlan, folder: Path, report: Progress | None = None) -> ExperimentRun:
    """Runs what is not finished in the folder, and concludes."""
    results = run_trials(plan.as_run, plan.setup, plan.open_store(folder), plan.seed, plan.size, report)
    return ExperimentRun(plan, results, conclude(plan.as_run, results), None if plan.small else _find_flip(plan))


def list_scheme_runs(run: ExperimentRun) -> dict[str, ExperimentRun]:
    """The same run under each scheme alone, with a verdict of its own; nothing where there is only one."""
    return {name: _select_scheme(run, name) for name in run.plan.as_run.schemes}


def _select_scheme(run: ExperimentRun, name: str) -> ExperimentRun:
    put_in = run.plan.experiment.schemes[name].put_in or run.plan.experiment.put_in
    alone = {"schemes": {}, "joined": "", "put_in": put_in}
    plan = replace(run.plan, experiment=run.plan.experiment.model_copy(update=alone))
    results = [_read_scheme(result, name) for result in run.results]
    return ExperimentRun(plan, results, conclude(plan.as_run, results), None)


def _read_scheme(result: TrialResult, name: str) -> TrialResult:
    ends = {f"{MEASURE}-{end}": result.figures[f"{name}-{end}"] for end in ("low", "high")}
    return replace(result, value=result.figures[name], figures={**result.figures, **ends})


def _find_flip(plan: RunPlan) -> Flip | None:
    """With the same draws at each value, so that luck turns nothing."""

    def decide(values: dict[str, float]) -> str:
        return judge(plan.experiment, plan.setup.measure(values, plan.seed, ON, plan.size))

    return find_nearest_flip(plan.experiment.defaults, plan.experiment.ranges, decide)


def list_unfinished(plan: RunPlan, folder: Path) -> list[Trial]:
    """The trials that a run would still do; raises LaboratoryError where the folder is another run's."""
    finished = {(result.trial.arm, result.trial.number) for result in plan.open_store(folder).read_results()}
    trials = list_trials(plan.as_run, plan.seed)
    return [trial for trial in trials if (trial.arm, trial.number) not in finished]


def estimate_seconds(plan: RunPlan, trials: Sequence[Trial], clock: Callable[[], float]) -> float:
    """How long trials will take, and after them the search for the nearest flip if it asks about all that it may.

    One of each arm is timed, after one with another seed that loads what all of them need.
    """
    experiment = plan.experiment
    looks = 0 if plan.small else count_most_looks(experiment.defaults, experiment.ranges)
    first = Trial(DEFAULT, 0, experiment.defaults, plan.seed)
    arms = {first.switch: first} if looks else {}
    arms |= {trial.switch: trial for trial in trials}
    plan.setup.measure(first.values, plan.seed + 1, first.switch, plan.size)
    seconds = {}
    for switch, trial in arms.items():
        start = clock()
        plan.setup.measure(trial.values, trial.seed, switch, plan.size)
        seconds[switch] = clock() - start
    return sum(seconds[trial.switch] for trial in trials) + looks * seconds[first.switch]
