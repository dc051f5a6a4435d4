"""The reports that come with the program fit the experiments that come with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodstanding.lab.experiments.experiment_file import get_experiment
from goodstanding.lab.experiments.experiment_runs import RunPlan
from goodstanding.lab.experiments.setups.setup import RunSize
from goodstanding.lab.reports.model_description import describe_model
from goodstanding.web.laboratory.report_age import list_outdated_texts
from goodstanding.web.laboratory.report_files import FINISHED, list_experiment_names, read_report

FILES = sorted(FINISHED.glob("*.json"))
MOST_BYTES = 200_000  # of all of them


def test_finished_reports_are_small_and_of_experiments_that_there_are() -> None:
    """Together under 200 kB, and none of an experiment that is gone."""
    assert FILES
    assert sum(file.stat().st_size for file in FILES) < MOST_BYTES
    assert {file.stem for file in FILES} <= set(list_experiment_names())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_finished_report_fits_today_s_texts(file: Path) -> None:
    """Experiment, data, catalogues and behaviour are those it was run on; it is whole, and no quick run.

    Whoever changes one of them runs the experiment again: `goodstanding lab run NAME`.
    """
    report = read_report(FINISHED, file.stem)
    assert list_outdated_texts(report) == []
    assert not report.run.quick
    digests = {digest.name: digest.sha256 for digest in report.digests if digest.of == "experiment"}
    assert digests == {file.stem: get_experiment(file.stem).digest}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_finished_report_describes_the_model_as_a_run_of_today_would(file: Path) -> None:
    """The description follows from the files alone, so it is renewed without running the experiment again."""
    report = json.loads(file.read_bytes())
    run = report["run"]
    plan = RunPlan(get_experiment(file.stem), run["seed"], RunSize(run["agents"], run["months"]))
    assert report["model"] == describe_model(plan)
