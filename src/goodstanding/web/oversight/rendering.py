"""Charts as SVG: the one door to all kinds of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodstanding.web.oversight.bars import Drawn, bars, stacks
from goodstanding.web.oversight.charts import Chart
from goodstanding.web.oversight.drawing import svg
from goodstanding.web.oversight.histogram import histogram
from goodstanding.web.oversight.ranges import intervals, spreads

_KINDS: Mapping[str, Callable[[Chart, bool], Drawn]] = {
    "bars": bars,
    "stacks": stacks,
    "intervals": intervals,
    "spreads": spreads,
    "histogram": histogram,
}


def drawn(chart: Chart, width: str) -> str:
    """A chart as SVG; `width` is `wide` or `narrow`."""
    layers, frame, height = _KINDS[chart.kind](chart, width == "narrow")
    return svg(layers, frame.width, height)
