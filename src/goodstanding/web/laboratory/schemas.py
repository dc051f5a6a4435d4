"""What the laboratory's pages and their JSON twins say."""

from __future__ import annotations

from goodstanding.web.laboratory.experiment_schemas import ReportedStatement
from goodstanding.web.laboratory.report_schemas import ExperimentReport, ReportedShare
from goodstanding.web.schemas.page_frame import FrozenSchema, RegisterResponse


class ClaimSummary(FrozenSchema):
    """What came out of a claim, at a glance; `outdated` names texts that have changed since it was run.

    `small_run` says what a run of this register with few points came to, beside a whole one.
    """

    experiment: str
    badge: str
    verdict: str
    heading: str
    share: ReportedShare
    says_share: str
    points: int
    quick: bool
    own: bool
    outdated: list[str]
    small_run: str
    address: str
    download: str | None


class ClaimCard(ClaimSummary):
    """A claim of the debate: who says it and who denies it, and what came out."""

    title: str
    sentence: str
    claim: ReportedStatement
    counter: ReportedStatement


class UnreadReport(FrozenSchema):
    """A report that cannot be shown, and why."""

    experiment: str
    problem: str


class LaboratoryPage(RegisterResponse):
    """Every claim of which there is a report, what cannot be shown, and what nobody has run here."""

    cards: list[ClaimCard]
    unread: list[UnreadReport]
    unrun: list[str]
    command: str


class ExperimentPage(RegisterResponse):
    """One experiment; `problem` says what is wrong with a newer report of this register."""

    summary: ClaimSummary
    problem: str
    report: ExperimentReport
