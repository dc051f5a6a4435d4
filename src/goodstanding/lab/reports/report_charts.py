"""The charts of a report, drawn offline as SVG in the laboratory's colours, which no outcome about anybody has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from goodstanding.charts.laboratory_charts import SLATE, VIOLET, render_laboratory_chart
from goodstanding.charts.model import Chart, ChartRow
from goodstanding.charts.svg import INK, LINE, QUIET, SIZE, WIDTHS, clean_svg
from goodstanding.lab.experiments.experiment_file import Experiment, Threshold
from goodstanding.lab.experiments.experiment_runs import ExperimentRun, list_scheme_runs
from goodstanding.lab.experiments.setups.setup import ON
from goodstanding.lab.experiments.verdicts import ALMOST_ALL, HARDLY_ANY, Answer, judge
from goodstanding.lab.reports.figure_words import render_name, render_share
from goodstanding.lab.reports.report_content import has_few_values, list_arm_results, list_arms, name_arm
from goodstanding.lab.statistics.intervals import Estimate, compute_exact_share

ANSWERS = {
    Answer.HOLDS: ("circle", VIOLET, "the claim holds"),
    Answer.NEITHER: ("circle", SLATE, "neither"),
    Answer.REFUTED: ("square", INK, "refuted"),
}
_SCATTER_HEIGHT, _LANE = 380, 74
_MARKS = ((HARDLY_ANY, "10%"), (ALMOST_ALL, "90%"))


def draw_shares(run: ExperimentRun, width: str) -> str:
    """In how much of the range the claim holds, is refuted, and neither, each with its exact interval."""
    conclusion = run.conclusion
    counted = conclusion.points_left or conclusion.points
    neither = round(counted * (1 - conclusion.holds.value - conclusion.refuted.value))
    rows = [
        _build_share_row("Claim holds", conclusion.holds),
        _build_share_row("Neither", compute_exact_share(neither, counted)),
        _build_share_row("Claim refuted", conclusion.refuted, out=True),
    ]
    if run.plan.experiment.targets:
        rows.insert(1, _build_share_row("Claim holds, before published figures", conclusion.holds_anywhere))
    return render_laboratory_chart(Chart("intervals", tuple(rows), marks=_MARKS, most=1.0), width)


def draw_schemes(run: ExperimentRun, width: str) -> str:
    """In how much of the range the claim holds under each scheme; nothing where there is one alone."""
    rows = tuple(
        _build_share_row(run.plan.as_run.schemes[name].title, alone.conclusion.holds)
        for name, alone in list_scheme_runs(run).items()
    )
    return render_laboratory_chart(Chart("intervals", rows, marks=_MARKS, most=1.0), width) if rows else ""


def _build_share_row(name: str, share: Estimate, out: bool = False) -> ChartRow:
    words = f"{100 * share.low:.0f} to {100 * share.high:.0f}%"
    return ChartRow(name, share.value, render_share(share.value), words, out, share.low, share.high)


def draw_weights(run: ExperimentRun, width: str) -> str:
    """How far the result moves with each parameter."""
    rows = [
        ChartRow(render_name(weight.parameter), weight.index, f"{weight.index:.2f}", out=place == 0)
        for place, weight in enumerate(run.conclusion.weights)
    ]
    return render_laboratory_chart(Chart("bars", tuple(rows)), width)


def draw_values(run: ExperimentRun, width: str) -> str:
    """What each point gave of the measure, over the parameter that decides most."""
    import altair as alt

    experiment, parameter = run.plan.experiment, run.conclusion.weights[0].parameter
    points = [result for result in run.results if result.trial.arm == ON]
    apart = spread_apart([point.value for point in points])
    rows = [
        {"x": point.trial.values[parameter], "y": height, "answer": judge(experiment, point)}
        for point, height in zip(points, apart, strict=True)
    ]
    x = alt.X(
        "x:Q", title=render_name(parameter), scale=alt.Scale(domain=list(experiment.ranges[parameter]), nice=False)
    )
    y = alt.Y(
        "y:Q", title=experiment.measure.unit, scale=alt.Scale(zero=False, domain=_choose_domain(experiment, rows))
    )
    layers = [*_draw_thresholds(experiment, "y"), *_draw_points(rows, x, y, 34)]
    return _render_layers(layers, width, _SCATTER_HEIGHT)


def spread_apart(values: Sequence[float]) -> list[float]:
    """Heights at which marks do not hide one another, where a measure has few values; else the values themselves."""
    heights = sorted(set(values))
    if not has_few_values(values) or len(heights) < 2:
        return list(values)
    gap = min(upper - lower for lower, upper in pairwise(heights))
    return [value + (_scatter(number) - 0.5) * 0.36 * gap for number, value in enumerate(values)]


def _scatter(number: int) -> float:
    """A fixed pattern between 0 and 1 without bunches: the fractions of the golden ratio."""
    return number * 0.618034 % 1


def draw_controls(run: ExperimentRun, width: str) -> str:
    """The measure at each point of the result and of each control, one lane each."""
    import altair as alt

    experiment, arms = run.plan.experiment, list_arms(run)
    rows = [row for lane, arm in enumerate(arms) for row in _list_lane_points(run, arm, lane)]
    x = alt.X(
        "y:Q", title=experiment.measure.unit, scale=alt.Scale(zero=False, domain=_choose_domain(experiment, rows))
    )
    y = alt.Y("lane:Q", axis=None, scale=alt.Scale(domain=[len(arms) - 0.4, -0.6], nice=False))
    names = [{"lane": lane - 0.36, "name": name_arm(arm)} for lane, arm in enumerate(arms)]
    text = alt.Chart(alt.InlineData(values=names)).encode(y=y, x=alt.value(2), text="name:N")
    halo, ink = {"stroke": "#fff", "strokeWidth": 5}, {"color": INK}
    labels = [text.mark_text(align="left", fontSize=SIZE, fontWeight=600, **look) for look in (halo, ink)]
    layers = [*_draw_thresholds(experiment, "x"), *_draw_points(rows, x, y, 30), *labels]
    return _render_layers(layers, width, _LANE * len(arms) + 60)


def _list_lane_points(run: ExperimentRun, arm: str, lane: int) -> list[dict[str, Any]]:
    """The points of a lane, a little apart in a fixed pattern so that they do not hide one another."""
    return [
        {
            "y": result.value,
            "lane": lane + 0.12 + (_scatter(number) - 0.5) * 0.44,
            "answer": judge(run.plan.experiment, result),
        }
        for number, result in enumerate(list_arm_results(run, arm))
    ]


def _choose_domain(experiment: Experiment, rows: Sequence[dict[str, Any]]) -> list[float]:
    """All values and both thresholds, with a little room at the ends."""
    values = [float(row["y"]) for row in rows] + [_find_end(threshold) for threshold in _list_thresholds(experiment)]
    room = 0.06 * ((max(values) - min(values)) or 1.0)
    return [min(values) - room, max(values) + room]


def _list_thresholds(experiment: Experiment) -> tuple[Threshold, Threshold]:
    return experiment.holds_when, experiment.refuted_when


def _find_end(threshold: Threshold) -> float:
    return float(threshold.at_least if threshold.at_least is not None else threshold.at_most or 0.0)


def _draw_thresholds(experiment: Experiment, axis: str) -> list[Any]:
    """A line from which on the claim holds, and a dashed one from which on it is refuted."""
    import altair as alt

    encode = alt.Y("end:Q") if axis == "y" else alt.X("end:Q")
    return [
        alt.Chart(alt.InlineData(values=[{"end": _find_end(threshold)}]))
        .mark_rule(color=colour, strokeWidth=1.5, strokeDash=dash)
        .encode(encode)
        for threshold, colour, dash in zip(_list_thresholds(experiment), (VIOLET, INK), ([], [4, 3]), strict=True)
    ]


def _draw_points(rows: Sequence[dict[str, Any]], x: Any, y: Any, size: int) -> list[Any]:
    """Points by what they say: the colour and, for whoever sees no colours, the shape and whether it is filled."""
    import altair as alt

    layers = []
    for answer, (shape, colour, _words) in ANSWERS.items():
        chosen = [row for row in rows if row["answer"] == answer] or [{"x": None, "y": None, "lane": None}]
        mark = alt.Chart(alt.InlineData(values=chosen)).mark_point(
            shape=shape, size=size, filled=answer != Answer.NEITHER, color=colour, opacity=0.75, strokeWidth=1.2
        )
        layers.append(mark.encode(x=x, y=y))
    return layers


def _render_layers(layers: Sequence[Any], width: str, height: int) -> str:
    import altair as alt
    import vl_convert

    axis = alt.AxisConfig(
        labelFontSize=SIZE, titleFontSize=SIZE, titleFontWeight=400, labelColor=QUIET, titleColor=QUIET, gridColor=LINE,
        domainColor=LINE, tickColor=LINE, tickCount=5, labelOverlap=True,
    )  # fmt: skip
    chart = alt.layer(*layers).properties(
        width=WIDTHS[width], height=height, padding=4, background="transparent",
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )  # fmt: skip
    chart = chart.configure(view=alt.ViewConfig(stroke=None), axis=axis)
    drawn = vl_convert.vegalite_to_svg(chart.to_dict(validate=False), allowed_base_urls=[])
    return clean_svg(drawn, WIDTHS[width], height)
