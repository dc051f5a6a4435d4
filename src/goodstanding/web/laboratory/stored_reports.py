"""Which report of an experiment is shown: the register's own, or the one that comes with the program."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from goodstanding.errors import BadFile
from goodstanding.web.laboratory.report_age import list_outdated_texts
from goodstanding.web.laboratory.report_files import (
    FINISHED,
    get_own_folder,
    is_report_name,
    list_report_names,
    read_report,
)
from goodstanding.web.laboratory.report_schemas import ExperimentReport


@dataclass(frozen=True, slots=True)
class StoredReport:
    """The report that is shown, None where none can be, and whether it is the register's own.

    `small` is a run of the register's own with few points, beside a whole one that fits; `problem` says why the
    register's own is not shown.
    """

    name: str
    report: ExperimentReport | None
    own: bool
    small: ExperimentReport | None = None
    problem: str = ""

    @property
    def own_report(self) -> ExperimentReport | None:
        """What this register ran, shown or beside."""
        return self.report if self.own else self.small


def find_report(name: str) -> StoredReport | None:
    """The report of an experiment; None where there is no file of it.

    The register's own is shown, unless it cannot be read, or has few points and a whole one that fits is there.
    """
    if not is_report_name(name):
        return None
    (own, problem), (finished, _problem) = _read_if_there(get_own_folder(), name), _read_if_there(FINISHED, name)
    if own and not _is_better(finished, own):
        return StoredReport(name, own, own=True)
    if finished:
        return StoredReport(name, finished, own=False, small=own, problem=problem)
    return StoredReport(name, None, own=True, problem=problem) if problem else None


def _read_if_there(folder: Path, name: str) -> tuple[ExperimentReport | None, str]:
    """The report in a folder, or what is wrong with it; neither where there is none."""
    if not os.path.lexists(folder / f"{name}.json"):
        return None, ""
    try:
        return read_report(folder, name), ""
    except BadFile as error:
        return None, error.message


def _is_better(finished: ExperimentReport | None, own: ExperimentReport) -> bool:
    """Whether a finished report has all points and fits today's texts, and the register's own has few points."""
    return finished is not None and own.run.quick and not finished.run.quick and not list_outdated_texts(finished)


def list_finished_reports() -> list[tuple[StoredReport, ExperimentReport]]:
    """Every report that can be shown, by name."""
    stored_reports = map(find_report, list_report_names())
    return [(stored, stored.report) for stored in stored_reports if stored and stored.report]
