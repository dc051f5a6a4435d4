"""The trials of an experiment: which points are run with which mechanism; what each gave, kept when finished."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from goodstanding import __version__
from goodstanding.errors import LaboratoryError
from goodstanding.lab.designs.sobol_points import draw_points
from goodstanding.lab.experiments.experiment_file import Experiment
from goodstanding.lab.experiments.setups.setup import FIXED, ON, STRONG, RunSize, Setup
from goodstanding.messages import ExperimentMessage, Message

DEFAULT, REPEATED = "default", "repeated"  # beside the mechanisms: the file's own values, and a second seed
_KEPT_TOGETHER = 16  # trials in one file
_AT_ONCE = 2
CHECKED_EVERY = 64
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """One run: the arm it belongs to, its number there, its values and its seed."""

    arm: str  # ON, DEFAULT, REPEATED, STRONG, FIXED, or the mechanism that is off
    number: int
    values: Mapping[str, float]
    seed: int

    @property
    def switch(self) -> str:
        """The mechanism as a set-up is told it."""
        return ON if self.arm in (DEFAULT, REPEATED) else self.arm


@dataclass(frozen=True, slots=True)
class TrialResult:
    """A trial and what it gave."""

    trial: Trial
    value: float
    figures: Mapping[str, float]


def list_trials(experiment: Experiment, seed: int) -> list[Trial]:
    """Every trial of an experiment, the default point first; controls use the first points of the same design."""
    size, names = experiment.design, tuple(experiment.parameters)
    rows = draw_points(tuple(experiment.ranges.values()), size.points, seed)
    points = [dict(zip(names, (float(value) for value in row), strict=True)) for row in rows]
    trials = [Trial(DEFAULT, 0, experiment.defaults, seed)]
    trials += [Trial(ON, number, point, seed + number) for number, point in enumerate(points)]
    repeated = points[: size.repeated]
    trials += [Trial(REPEATED, number, point, seed + size.points + number) for number, point in enumerate(repeated)]
    for arm in list_control_arms(experiment):
        trials.append(Trial(arm, -1, experiment.defaults, seed))
        trials += [Trial(arm, number, point, seed + number) for number, point in enumerate(points[: size.controls])]
    return trials


def list_control_arms(experiment: Experiment) -> tuple[str, ...]:
    """The arms beside the result: each mechanism off, the mechanism strong, rules on fixed lives."""
    controls = experiment.controls
    further = ((STRONG, controls.strong), (FIXED, controls.fixed))
    return (*experiment.ablate, *(arm for arm, control in further if control.run))


class TrialStore:
    """Finished trials in a folder: a Parquet file for every few, each row a trial with its parameters."""

    def __init__(self, folder: Path, experiment: Experiment, seed: int, size: RunSize) -> None:
        self._folder = folder
        self._identity = {
            b"experiment": experiment.digest.encode(), b"seed": str(seed).encode(),
            b"agents": str(size.agents).encode(), b"months": str(size.months).encode(),
            b"version": __version__.encode(),
        }  # fmt: skip
        self._waiting: list[TrialResult] = []
        folder.mkdir(parents=True, exist_ok=True)

    def read_results(self) -> list[TrialResult]:
        """What is finished; raises LaboratoryError where it is another run's. A file cut short is dropped."""
        return [result for file in sorted(self._folder.glob("*.parquet")) for result in self._read_file(file)]

    def _read_file(self, file: Path) -> Iterator[TrialResult]:
        try:
            table = pq.read_table(file)
        except (pa.ArrowInvalid, OSError):
            file.unlink()
            return
        if any((table.schema.metadata or {}).get(key) != value for key, value in self._identity.items()):
            message = Message(ExperimentMessage.RESULTS_OF_ANOTHER_RUN, {"folder": str(self._folder)})
            raise LaboratoryError(message, where=str(file))
        for row in table.to_pylist():
            trial = Trial(row["arm"], row["number"], dict(row["parameters"]), row["seed"])
            yield TrialResult(trial, row["value"], dict(row["figures"]))

    def add_result(self, result: TrialResult) -> None:
        """Keeps a finished trial; written with the next few, or by `flush`."""
        self._waiting.append(result)
        if len(self._waiting) >= _KEPT_TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Writes what waits, whole or not at all."""
        if not self._waiting:
            return
        table = _build_table(self._waiting).replace_schema_metadata(self._identity)
        first = self._waiting[0].trial
        target = self._folder / f"{first.arm or 'on'}-{first.number + 1:05}.parquet"
        partial = target.with_suffix(".partial")
        pq.write_table(table, partial)
        partial.replace(target)
        self._waiting = []


def _build_table(results: Sequence[TrialResult]) -> pa.Table:
    numbers = pa.map_(pa.string(), pa.float64())
    return pa.table(
        {
            "arm": [result.trial.arm for result in results],
            "number": [result.trial.number for result in results],
            "seed": [result.trial.seed for result in results],
            "parameters": pa.array([list(result.trial.values.items()) for result in results], numbers),
            "value": pa.array([result.value for result in results], pa.float64()),
            "figures": pa.array([list(result.figures.items()) for result in results], numbers),
        }
    )


def run_trials(
    experiment: Experiment, setup: Setup, store: TrialStore, seed: int, size: RunSize, report: Progress | None = None
) -> list[TrialResult]:
    """All results in the order of the trials; what is finished in the store is not run again."""
    finished = {(result.trial.arm, result.trial.number): result for result in store.read_results()}
    trials, results = list_trials(experiment, seed), list[TrialResult]()

    def run(trial: Trial) -> TrialResult:
        return finished.get((trial.arm, trial.number)) or _run_trial(setup, trial, size)

    for trial, result in zip(trials, _run_ahead(run, trials), strict=True):
        if (trial.arm, trial.number) not in finished:
            store.add_result(result)
        results.append(result)
        if report:
            report(len(results), len(trials))
    store.flush()
    return results


def _run_ahead(run: Callable[[Trial], TrialResult], trials: Sequence[Trial]) -> Iterator[TrialResult]:
    """The results in the order of the trials, of which one is begun while another goes on.

    No more than that, so that little is lost where a run is cut off, and little has to be in memory.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        begun: deque[Future[TrialResult]] = deque()
        for trial in trials:
            begun.append(pool.submit(run, trial))
            if len(begun) == _AT_ONCE:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def _run_trial(setup: Setup, trial: Trial, size: RunSize) -> TrialResult:
    """What a trial gave; of every sixty-fourth the rules themselves are asked about a few lives."""
    if setup.check and trial.arm == ON and trial.number % CHECKED_EVERY == 0:
        setup.check(trial.values, trial.seed, size)
    measurement = setup.measure(trial.values, trial.seed, trial.switch, size)
    beside = setup.describe(trial.values, trial.seed, size) if trial.arm == DEFAULT else {}
    return TrialResult(trial, measurement.value, {**measurement.figures, **beside})
