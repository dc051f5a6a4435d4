"""How many records of a year were drawn, looked at, and found other than described, by catalogue and record type."""

from __future__ import annotations

from datetime import date

from goodstanding.oversight.count_tables import CountTable
from goodstanding.oversight.record_samples.sample_draw import draw_sample
from goodstanding.oversight.record_samples.sample_findings import SampleFinding, list_sample_findings
from goodstanding.oversight.reporting_period import ReportingWindow, build_year_window

SAMPLE_OUTCOMES = ("described", "other", "waiting")


def find_sampled_year(window: ReportingWindow) -> int | None:
    """The year that is over of which a window is; None for other days."""
    year = build_year_window(window.since.year, window.until)
    return window.since.year if (window.since, window.until, window.over) == (year.since, year.until, True) else None


def count_sample_findings(year: int) -> CountTable:
    """By `catalogue/record type`, the records drawn of a year that is over, by what the overseer found."""
    findings = list_sample_findings(year)
    sample = draw_sample(year, date(year + 1, 1, 1))
    return CountTable.of(
        SAMPLE_OUTCOMES,
        [(f"{record.catalogue}/{record.record}", _classify(findings.get(record.position)), 1) for record in sample],
    )


def _classify(finding: SampleFinding | None) -> str:
    if finding is None:
        return "waiting"
    return "described" if finding.described else "other"
