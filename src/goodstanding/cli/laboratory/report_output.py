"""A finished run's report on disk: the page, and its JSON twin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goodstanding.lab.experiments.experiment_runs import ExperimentRun


def write_report(run: ExperimentRun, out: Path) -> dict[str, Any]:
    """Writes both, each whole or not at all; gives the verdict and where they are."""
    from goodstanding.lab.reports.report_content import build_report, encode_report
    from goodstanding.lab.reports.report_page import render_report

    report = build_report(run)
    page, twin = (out / f"{run.plan.experiment.experiment}.{ending}" for ending in ("html", "json"))
    _replace_file(page, render_report(report, run).encode())
    _replace_file(twin, encode_report(report))
    return {
        "experiment": run.plan.experiment.experiment,
        "verdict": str(run.conclusion.verdict),
        "sentence": report["verdict"]["sentence"],
        "report": str(page),
        "json": str(twin),
    }


def _replace_file(file: Path, content: bytes) -> None:
    partial = file.with_name(f"{file.name}.partial")
    partial.write_bytes(content)
    partial.replace(file)
