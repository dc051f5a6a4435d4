"""The laboratory's experiments in a demonstration: each run small, once, so that the site shows them as run here."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from goodstanding.errors import LaboratoryError

AGENTS, SEED = 300, 1
Tell = Callable[[str, int, int], None]


def run_demonstration_experiments(folder: Path, tell: Tell) -> dict[str, Any]:
    """Runs what has no report in a folder yet; gives the verdicts, and why nothing ran where the extra is missing."""
    try:
        from goodstanding.lab.experiments.experiment_file import list_experiment_names
    except LaboratoryError as missing:
        return {"verdicts": {}, "skipped": f"{missing.message} {missing.remedy or ''}".strip()}
    names = [name for name in list_experiment_names() if not (folder / f"{name}.json").exists()]
    return {"verdicts": {name: _run_small(name, folder, tell) for name in names}, "skipped": ""}


def _run_small(name: str, folder: Path, tell: Tell) -> str:
    """Runs an experiment at a few points, writes its report and gives the verdict in a sentence."""
    from goodstanding.cli.laboratory.report_output import write_report
    from goodstanding.lab.experiments.experiment_file import get_experiment
    from goodstanding.lab.experiments.experiment_runs import MONTHS, RunPlan, run_experiment
    from goodstanding.lab.experiments.setups.setup import RunSize

    plan = RunPlan(get_experiment(name), SEED, RunSize(AGENTS, MONTHS), small=True)
    with tempfile.TemporaryDirectory() as points:  # so that a whole run may begin in the folder
        run = run_experiment(plan, Path(points), lambda done, total: tell(name, done, total))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return str(write_report(run, folder)["sentence"])
