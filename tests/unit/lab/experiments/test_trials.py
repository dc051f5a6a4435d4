"""A run that is cut off goes on where it was, and says the same in the end."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_experiment import SETUP, SIZE, build_experiment, measure_pull

from goodstanding.errors import LaboratoryError
from goodstanding.lab.experiments.setups.setup import Measurement, RunSize, Setup, Values
from goodstanding.lab.experiments.trials import TrialResult, TrialStore, list_trials, run_trials

ROOT = Path(__file__).parents[4]
KILLED_RUN = """
import os, signal, sys
from pathlib import Path
from tests.small_experiment import SETUP, SIZE, build_experiment
from goodstanding.lab.experiments.trials import TrialStore, run_trials

def kill_in_the_middle(done, total):
    if done == 40:
        os.kill(os.getpid(), signal.SIGKILL)

experiment = build_experiment()
run_trials(experiment, SETUP, TrialStore(Path(sys.argv[1]), experiment, 1, SIZE), 1, SIZE, kill_in_the_middle)
"""


def run_small(folder: Path, setup: Setup = SETUP, seed: int = 1, size: RunSize = SIZE) -> list[TrialResult]:
    """All trials of the small experiment, kept in a folder."""
    experiment = build_experiment()
    return run_trials(experiment, setup, TrialStore(folder, experiment, seed, size), seed, size)


def count_runs(counted: list[int]) -> Setup:
    """The set-up, which counts how often it is run."""

    def measure(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
        counted.append(seed)
        return measure_pull(values, seed, switch, size)

    return Setup(measure, SETUP.describe)


def test_a_run_that_is_killed_in_the_middle_goes_on_and_ends_alike(tmp_path: Path) -> None:
    """What was finished is not run again, and every number is that of a run that nobody killed."""
    command = [sys.executable, "-c", KILLED_RUN, str(tmp_path / "killed")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    runs: list[int] = []
    resumed = run_small(tmp_path / "killed", count_runs(runs))
    assert len(runs) == len(resumed) - 32  # two files of sixteen were finished
    assert resumed == run_small(tmp_path / "quiet")


def test_a_finished_run_is_read_and_not_repeated(tmp_path: Path) -> None:
    """The same command twice costs nothing, and gives the same."""
    first, runs = run_small(tmp_path), list[int]()
    assert run_small(tmp_path, count_runs(runs)) == first
    assert runs == []


def test_a_file_that_was_cut_short_is_run_again(tmp_path: Path) -> None:
    """Half a file is no result; what was in it is worked out anew, and the rest is kept."""
    first = run_small(tmp_path)
    broken = sorted(tmp_path.glob("*.parquet"))[1]
    broken.write_bytes(broken.read_bytes()[:100])
    runs: list[int] = []
    assert run_small(tmp_path, count_runs(runs)) == first
    assert 0 < len(runs) <= 16


@pytest.mark.parametrize(("seed", "size"), [(2, SIZE), (1, RunSize(11, 1)), (1, RunSize(10, 2))])
def test_a_folder_of_another_run_is_refused(tmp_path: Path, seed: int, size: RunSize) -> None:
    """Another seed, number of people or number of months: results would be mixed, so nothing is run."""
    run_small(tmp_path)
    with pytest.raises(LaboratoryError) as refused:
        run_small(tmp_path, seed=seed, size=size)
    assert "results of another run" in refused.value.diagnostics()
    assert str(tmp_path) in refused.value.diagnostics()


def test_a_folder_of_another_experiment_is_refused(tmp_path: Path) -> None:
    """A threshold that was moved makes another experiment, even under the same name."""
    run_small(tmp_path)
    moved = build_experiment(("at_least: 0.5", "at_least: 0.4"))
    with pytest.raises(LaboratoryError):
        run_trials(moved, SETUP, TrialStore(tmp_path, moved, 1, SIZE), 1, SIZE)


def test_results_of_another_version_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older program worked out is not mixed with what this one does."""
    run_small(tmp_path)
    monkeypatch.setattr("goodstanding.lab.experiments.trials.__version__", "999.0")
    with pytest.raises(LaboratoryError):
        run_small(tmp_path)


def test_of_every_sixty_fourth_point_the_rules_are_asked_about_lives(tmp_path: Path) -> None:
    """Two of 128 points, no control and no second seed; what is finished is not asked about again."""
    experiment, checked = build_experiment(("points: 64", "points: 128")), list[int]()
    setup = replace(SETUP, check=lambda values, seed, size: checked.append(seed))
    for _twice in range(2):
        run_trials(experiment, setup, TrialStore(tmp_path, experiment, 1, SIZE), 1, SIZE)
        assert checked == [1, 65]


def test_progress_counts_every_trial(tmp_path: Path) -> None:
    """From the first to the last, each once."""
    experiment, steps = build_experiment(), list[tuple[int, int]]()
    store = TrialStore(tmp_path, experiment, 1, SIZE)
    run_trials(experiment, SETUP, store, 1, SIZE, lambda done, total: steps.append((done, total)))
    total = len(list_trials(experiment, 1))
    assert steps == [(done, total) for done in range(1, total + 1)]
