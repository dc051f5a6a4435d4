"""A report as its page says it: the verdict in words, the badge, the share with its interval, and its charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goodstanding.catalogue.loader import locate_library_folder
from goodstanding.charts.figure_words import render_end, render_figure, render_share
from goodstanding.charts.laboratory_charts import MeasureMark, render_laboratory_chart, render_measure_chart
from goodstanding.charts.model import Chart, ChartRow
from goodstanding.web.laboratory.report_age import list_outdated_texts
from goodstanding.web.laboratory.report_files import find_report_page, is_report_name
from goodstanding.web.laboratory.report_schemas import (
    ALMOST_ALL,
    HARDLY_ANY,
    ExperimentReport,
    ReportedArm,
    ReportedOutcome,
    ReportedScheme,
    ReportedShare,
)
from goodstanding.web.laboratory.schemas import ClaimCard, ClaimSummary
from goodstanding.web.laboratory.stored_reports import StoredReport

WIDTHS = ("wide", "narrow")


@dataclass(frozen=True, slots=True)
class ArmLine:
    """What a run gave, beside whether the effect is gone where it has to be; None where it need not be."""

    arm: ReportedArm
    outcome: ReportedOutcome | None


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """What came out under one scheme, with its verdict in words."""

    scheme: ReportedScheme
    heading: str


def name_verdict(word: str, share: ReportedShare) -> str:
    """A verdict in words; where all points agree and are too few for it, that nothing can be said yet."""
    headings = {
        "holds-almost-everywhere": _("Holds almost everywhere"),
        "holds-in-part-of-the-range": _("Holds in part of the range"),
        "does-not-hold": _("Does not hold"),
        "published-figures-cannot-tell": _("Published figures cannot tell"),
        "follows-from-the-rules": _("Follows from the rules"),
        "put-in-not-found": _("Put in, not found"),
        "void": _("Void"),
    }
    agreed, undecided = share.value in (0, 1), word in ("holds-in-part-of-the-range", "published-figures-cannot-tell")
    return _("Too few points to say") if agreed and undecided else headings[word]


def _name_report_verdict(report: ExperimentReport) -> str:
    return name_verdict(report.verdict.verdict, report.result.holds)


def name_badge(report: ExperimentReport) -> str:
    """What kind of answer this is: that it was put in comes before everything else."""
    badges = {
        "simulated": _("simulated"),
        "real-data": _("real data"),
        "accounting": _("follows from the rules"),
        "control": _("control"),
    }
    return _("put in") if report.experiment.put_in else badges[report.experiment.kind]


def say_share(share: ReportedShare) -> str:
    """The share in a sentence, for whoever sees no bar."""
    figures = {"share": render_share(share.value), "interval": _say_interval(share)}
    return _("The claim holds in %(share)s of the range tried; 95%% interval %(interval)s.") % figures


def present_summary(stored: StoredReport, report: ExperimentReport) -> ClaimSummary:
    """What came out, at a glance."""
    download = reverse("experiment-report", kwargs={"name": stored.name})
    return ClaimSummary(
        experiment=stored.name,
        badge=name_badge(report),
        verdict=report.verdict.verdict,
        heading=_name_report_verdict(report),
        share=report.result.holds,
        says_share=say_share(report.result.holds),
        points=report.result.points,
        quick=report.run.quick,
        own=stored.own,
        outdated=list_outdated_texts(report),
        address=reverse("experiment", kwargs={"name": stored.name}),
        small_run=_say_small_run(stored.small) if stored.small else "",
        download=download if stored.own_report and find_report_page(stored.name, stored.own_report) else None,
    )


def _say_small_run(report: ExperimentReport) -> str:
    """What a run of this register with few points came to, beside a whole one."""
    figures = {
        "points": report.result.points,
        "verdict": _name_report_verdict(report).lower(),
        "share": render_share(report.result.holds.value),
        "interval": _say_interval(report.result.holds),
    }
    return _("Run again here with %(points)s points only: %(verdict)s; %(share)s, %(interval)s.") % figures


def _say_interval(share: ReportedShare) -> str:
    return _("%(low)s to %(high)s%%") % {"low": render_end(share.low), "high": render_end(share.high)}


def present_card(stored: StoredReport, report: ExperimentReport) -> ClaimCard:
    """A claim with who says it, who denies it, and what came out."""
    experiment = report.experiment
    return ClaimCard(
        **present_summary(stored, report).model_dump(exclude={"share"}),
        share=report.result.holds,
        title=experiment.title,
        sentence=report.verdict.sentence,
        claim=experiment.claim,
        counter=experiment.counter,
    )


def build_page_lines(report: ExperimentReport) -> dict[str, Any]:
    """What the page joins that stands apart in the report: runs and controls, targets and misfits, flip and unit."""
    result, experiment = report.result, report.experiment
    misfits = {misfit.target: misfit for misfit in result.misfits}
    weights = (f"{weight.parameter.replace('-', ' ')} {weight.index:.2f}" for weight in result.weights)
    answers = {"holds": _("the claim holds"), "refuted": _("the claim is refuted"), "neither": _("neither")}
    return {
        "arms": list_arm_lines(report),
        "targets": [(target, misfits.get(name)) for name, target in experiment.targets.items()],
        "weightiest": result.weights[0],
        "schemes": [SchemeLine(scheme, name_verdict(scheme.verdict, scheme.holds)) for scheme in report.schemes],
        "says_weights": ", ".join(weights),
        "says_schemes": "; ".join(f"{scheme.title}: {say_share(scheme.holds)}" for scheme in report.schemes),
        "says_arms": "; ".join(f"{row.name} {row.bold} ({row.plain})" for row in _list_arm_rows(report)),
        "answer": answers[result.default.answer],
        "flipping": experiment.parameters[result.flip.parameter] if result.flip else None,
    }


def list_arm_lines(report: ExperimentReport) -> list[ArmLine]:
    """Each run with what its control had to leave."""
    outcomes = {outcome.arm: outcome for outcome in report.result.controls if outcome.expected is not None}
    return [ArmLine(arm, outcomes.get(arm.arm)) for arm in report.result.arms]


def list_catalogues(report: ExperimentReport) -> list[str]:
    """The catalogues of the library that the experiment rests on."""
    names = dict.fromkeys(digest.name for digest in report.digests if digest.of in ("catalogue", "behaviour"))
    folder = locate_library_folder()
    return [name for name in names if is_report_name(name) and (folder / name / "catalogue.yaml").is_file()]


def draw_charts(report: ExperimentReport) -> dict[str, dict[str, SafeString]]:
    """The charts of the page, for wide screens and for phones."""
    charts = {
        "shares": Chart("intervals", tuple(_list_share_rows(report)), marks=_list_marks(), most=1.0),
        "weights": Chart("bars", tuple(_list_weight_rows(report))),
    }
    if report.schemes:
        rows = tuple(_build_share_row(scheme.title, scheme.holds) for scheme in report.schemes)
        charts["schemes"] = Chart("intervals", rows, marks=_list_marks(), most=1.0)
    drawn = {name: {width: _draw_chart(chart, width) for width in WIDTHS} for name, chart in charts.items()}
    arm_rows, thresholds = tuple(_list_arm_rows(report)), tuple(_list_thresholds(report))
    return drawn | {"arms": {width: _draw_measure(arm_rows, thresholds, width) for width in WIDTHS if arm_rows}}


@lru_cache(maxsize=256)
def _draw_chart(chart: Chart, width: str) -> SafeString:
    return mark_safe(render_laboratory_chart(chart, width))  # drawn here, and cleaned


@lru_cache(maxsize=128)
def _draw_measure(rows: tuple[ChartRow, ...], marks: tuple[MeasureMark, ...], width: str) -> SafeString:
    return mark_safe(render_measure_chart(rows, marks, width))  # drawn here, and cleaned


def _list_arm_rows(report: ExperimentReport) -> Iterator[ChartRow]:
    """The result first, which stands out, then its controls; what gave no number is left to the table."""
    for place, arm in enumerate(report.result.arms):
        if arm.low is not None and arm.median is not None and arm.high is not None and arm.low <= arm.high:
            words = _("%(low)s to %(high)s") % {"low": render_figure(arm.low), "high": render_figure(arm.high)}
            yield ChartRow(arm.says, arm.median, render_figure(arm.median), words, place == 0, arm.low, arm.high)


def _list_thresholds(report: ExperimentReport) -> Iterator[MeasureMark]:
    experiment = report.experiment
    for threshold, name in ((experiment.holds_when, _("holds")), (experiment.refuted_when, _("refuted"))):
        if threshold.at_least is not None:
            yield MeasureMark(threshold.at_least, _("%(name)s from here up") % {"name": name}, up=True)
        elif threshold.at_most is not None:
            yield MeasureMark(threshold.at_most, _("%(name)s from here down") % {"name": name}, up=False)


def _list_marks() -> tuple[tuple[float, str], ...]:
    return (HARDLY_ANY, "10%"), (ALMOST_ALL, "90%")


def _list_share_rows(report: ExperimentReport) -> Iterator[ChartRow]:
    result = report.result
    yield _build_share_row(_("Claim holds"), result.holds)
    if report.experiment.targets:
        yield _build_share_row(_("Claim holds, before published figures"), result.holds_anywhere)
    yield _build_share_row(_("Claim refuted"), result.refuted, out=True)


def _build_share_row(name: str, share: ReportedShare, out: bool = False) -> ChartRow:
    return ChartRow(name, share.value, render_share(share.value), _say_interval(share), out, share.low, share.high)


def _list_weight_rows(report: ExperimentReport) -> Iterator[ChartRow]:
    for place, weight in enumerate(report.result.weights):
        yield ChartRow(weight.parameter.replace("-", " "), weight.index, f"{weight.index:.2f}", out=place == 0)
