"""All that the register says about the authorities in it, over the days of a window, as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodstanding.oversight.application_answers import count_application_answers
from goodstanding.oversight.cases.case_outcomes import count_case_outcomes
from goodstanding.oversight.cases.case_tables import open_case_tables
from goodstanding.oversight.count_tables import CountTable, DisclosedTable
from goodstanding.oversight.disclosure_control import disclose_table
from goodstanding.oversight.durations import StepDurations, measure_step_durations
from goodstanding.oversight.equal_treatment import ConductComparison, compare_conduct
from goodstanding.oversight.listings.end_delays import ListingEnds, measure_listing_ends
from goodstanding.oversight.notice_coverage import count_notice_coverage
from goodstanding.oversight.reason_similarity import ReasonCluster, compare_reasons
from goodstanding.oversight.reporting_period import ReportingWindow


@dataclass(frozen=True, slots=True)
class OversightOverview:
    """Every measure of a window as its reader may see it; `clusters` names cases, so it is for the overseer alone."""

    window: ReportingWindow
    ages: DisclosedTable
    deadlines: DisclosedTable
    duties: DisclosedTable
    bodies: Mapping[str, int | None]
    missed: DisclosedTable
    appeals: DisclosedTable
    disputes: DisclosedTable
    records: DisclosedTable
    decided: DisclosedTable
    conduct: tuple[ConductComparison, ...]
    reasons: DisclosedTable
    clusters: tuple[ReasonCluster, ...]
    times: StepDurations
    notices: DisclosedTable
    applications: DisclosedTable
    ends: ListingEnds


@dataclass(frozen=True, slots=True)
class OversightSummary:
    """The few totals that a page begins with."""

    ages: DisclosedTable
    missed: DisclosedTable
    appeals: DisclosedTable
    notices: DisclosedTable


def compute_overview(window: ReportingWindow) -> OversightOverview:
    """Every measure of a window."""
    least = window.least_shown
    with open_case_tables(window) as tables:
        outcomes, similar_reasons, notices = (
            count_case_outcomes(tables),
            compare_reasons(tables),
            count_notice_coverage(tables),
        )
        decided, comparisons = compare_conduct(tables)
        step_durations = measure_step_durations(tables, decided)
    return OversightOverview(
        window=window,
        ages=disclose_table(outcomes.ages, least),
        deadlines=disclose_table(outcomes.deadlines, least),
        duties=disclose_table(outcomes.duties, least),
        bodies=_hide_small_totals(outcomes.bodies, least),
        missed=disclose_table(outcomes.missed, least),
        appeals=disclose_table(outcomes.appeals, least),
        disputes=disclose_table(outcomes.disputes, least),
        records=disclose_table(outcomes.records, least),
        decided=decided,
        conduct=comparisons,
        reasons=disclose_table(similar_reasons.counts, least),
        clusters=similar_reasons.clusters,
        times=step_durations,
        notices=disclose_table(notices, least),
        applications=disclose_table(count_application_answers(window), least),
        ends=measure_listing_ends(window),
    )


def compute_summary(window: ReportingWindow) -> OversightSummary:
    """The totals of a window alone: much less to work out."""
    least = window.least_shown
    with open_case_tables(window) as tables:
        outcomes, notices = count_case_outcomes(tables), count_notice_coverage(tables)
    return OversightSummary(
        disclose_table(outcomes.ages, least),
        disclose_table(outcomes.missed, least),
        disclose_table(outcomes.appeals, least),
        disclose_table(notices, least),
    )


def _hide_small_totals(grid: CountTable, least: int) -> dict[str, int | None]:
    """Counts that are never added up: each is left out by itself."""
    return {row: None if 0 < sum(line) < least else sum(line) for row, line in zip(grid.rows, grid.counts, strict=True)}
