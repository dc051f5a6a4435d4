"""The laboratory's experiments in a demonstration: each run small, once, so that the site shows them as run here.

Where pages are served, a process of its own runs them, and pages show the finished reports until it is done.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from goodstanding.cli.output import print_line, show_progress
from goodstanding.errors import LaboratoryError

AGENTS, SEED = 300, 1
FOLLOWING: dict[str, Any] = {"verdicts": {}, "skipped": "", "following": True}  # the pages are served first
_NICENESS = 10
Tell = Callable[[str, int, int], None]


def run_demonstration_experiments(folder: Path, tell: Tell) -> dict[str, Any]:
    """Runs what has no report in a folder yet; gives the verdicts, and why nothing ran where the extra is missing."""
    try:
        from goodstanding.lab.experiments.experiment_file import list_experiment_names
    except LaboratoryError as missing:
        return {"verdicts": {}, "skipped": f"{missing.message} {missing.remedy or ''}".strip()}
    names = [name for name in list_experiment_names() if not (folder / f"{name}.json").exists()]
    return {"verdicts": {name: _run_small(name, folder, tell) for name in names}, "skipped": ""}


def start_demonstration_experiments(folder: Path, quiet: bool) -> multiprocessing.process.BaseProcess:
    """Runs the same in a process of its own, which yields to every other and ends with this one."""
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_run_in_background, args=(folder, quiet), daemon=True)
    process.start()
    return process


def _run_in_background(folder: Path, quiet: bool) -> None:
    """Ends without a word when it is stopped: a report is written whole or not at all, so nothing has to be mended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server's; it ends this process
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    os.nice(_NICENESS)
    with show_progress(quiet) as tell:
        laboratory = run_demonstration_experiments(folder, tell)
    if not quiet:
        show_experiments(laboratory)


def show_experiments(laboratory: dict[str, Any]) -> None:
    """Prints what the experiments came to, why none was run, or that they follow."""
    if laboratory.get("following"):
        print_line(
            "  laboratory: small runs begin in the background; its pages show finished reports until they are done"
        )
    for name, sentence in laboratory["verdicts"].items():
        print_line(f"  laboratory, {name}, a small run: {sentence}")
    if laboratory["skipped"]:
        print_line(f"  The laboratory's experiments were not run. {laboratory['skipped']}")


def _run_small(name: str, folder: Path, tell: Tell) -> str:
    """Runs an experiment at a few points, writes its report and gives the verdict in a sentence."""
    from goodstanding.cli.laboratory.report_output import write_report
    from goodstanding.lab.experiments.experiment_file import get_experiment
    from goodstanding.lab.experiments.experiment_runs import MONTHS, RunPlan, run_experiment
    from goodstanding.lab.experiments.setups.setup import RunSize

    plan = RunPlan(get_experiment(name), SEED, RunSize(AGENTS, MONTHS, brief=True), small=True)
    with tempfile.TemporaryDirectory() as points:  # so that a whole run may begin in the folder
        run = run_experiment(plan, Path(points), lambda done, total: tell(name, done, total))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return str(write_report(run, folder)["sentence"])
