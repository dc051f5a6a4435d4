"""Applications for a listing that were made in a window, by what their source answered, or that it let time pass."""

from __future__ import annotations

from goodstanding.oversight.count_tables import CountTable
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.register.cases.applications import Application, list_applications
from goodstanding.register.rules.authorities import load_authority_tree

ANSWERS = ("proposed", "declined", "waiting", "silent")


def count_application_answers(window: ReportingWindow) -> CountTable:
    """By source, the applications made in a window, as they stand on its day."""
    tree = load_authority_tree()
    applications = [
        application
        for application in list_applications()
        if window.since <= application.day < window.until and application.day <= window.at
    ]
    return CountTable.of(
        ANSWERS,
        [
            (tree.now(application.request.source), _classify_answer(application, window), 1)
            for application in applications
        ],
    )


def _classify_answer(application: Application, window: ReportingWindow) -> str:
    if application.proposed_on is not None and application.proposed_on <= window.at:
        return "proposed"
    if application.declined_on is not None and application.declined_on <= window.at:
        return "declined"
    return "silent" if window.at >= application.answer_until else "waiting"
