"""Every experiment with 200,000 people or firms at a point: its own values with all controls, and its whole design."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import Registers
from benchmarks.harness.results import Bar, Outcome, Result

AGENTS, SEED = 200_000, 1
BAR, DESIGN_BAR = Bar(600, most=True), Bar(1_800, most=True)
LIMIT_S = 7_200


def run(registers: Registers) -> Iterator[Outcome]:
    """Seconds, compilation among them where the cache of compiled code is cold."""
    kinds = ("lab all", time_defaults, BAR), ("lab all with sensitivity", time_designs, DESIGN_BAR)
    for name, function, bar in kinds:
        measured = measure_call(function, limit_s=LIMIT_S)
        seconds = dict(measured.value)
        note = ", ".join(f"{experiment} {its_seconds:.0f}" for experiment, its_seconds in seconds.items())
        yield Result(name, sum(seconds.values()), "s", bar, samples=seconds, note=f"{note}; {measured.peak_mb:.0f} MB")


def time_defaults() -> dict[str, float]:
    """The file's own values: the result, each control, what is described beside it, and lives asked of the rules."""
    from goodstanding.lab.experiments.experiment_file import get_experiment, list_experiment_names
    from goodstanding.lab.experiments.experiment_runs import MONTHS
    from goodstanding.lab.experiments.setups.setup import ON, RunSize
    from goodstanding.lab.experiments.setups.setup_library import get_setup
    from goodstanding.lab.experiments.trials import list_control_arms

    size, seconds = RunSize(AGENTS, MONTHS), dict[str, float]()
    for name in list_experiment_names():
        experiment, begun = get_experiment(name), time.perf_counter()
        setup, values = get_setup(experiment.setup), experiment.defaults
        for arm in (ON, *list_control_arms(experiment)):
            setup.measure(values, SEED, arm, size)
        setup.describe(values, SEED, size)
        if setup.check:
            setup.check(values, SEED, size)
        seconds[name] = time.perf_counter() - begun
    return seconds


def time_designs() -> dict[str, float]:
    """All points, second seeds and controls, to the verdict."""
    from goodstanding.lab.experiments.experiment_file import get_experiment, list_experiment_names
    from goodstanding.lab.experiments.experiment_runs import MONTHS, RunPlan, run_experiment
    from goodstanding.lab.experiments.setups.setup import RunSize

    seconds = dict[str, float]()
    for name in list_experiment_names():
        plan, begun = RunPlan(get_experiment(name), SEED, RunSize(AGENTS, MONTHS)), time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            run_experiment(plan, Path(folder))
        seconds[name] = time.perf_counter() - begun
    return seconds
