"""Charts as SVG: the one door to all kinds of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodstanding.charts.bars import DrawnChart, draw_bars, draw_stacks
from goodstanding.charts.histogram import draw_histogram
from goodstanding.charts.model import Chart
from goodstanding.charts.ranges import draw_intervals, draw_spreads
from goodstanding.charts.svg import render_svg

_DRAWERS: Mapping[str, Callable[[Chart, bool], DrawnChart]] = {
    "bars": draw_bars,
    "stacks": draw_stacks,
    "intervals": draw_intervals,
    "spreads": draw_spreads,
    "histogram": draw_histogram,
}


def render_chart(chart: Chart, width: str) -> str:
    """A chart as SVG; `width` is `wide` or `narrow`."""
    layers, frame, height = _DRAWERS[chart.kind](chart, width == "narrow")
    return render_svg(layers, frame.width, height)
