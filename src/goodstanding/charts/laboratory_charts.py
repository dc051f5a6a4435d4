"""Charts of the laboratory: in colours of its own, which no outcome about anybody has."""

from __future__ import annotations

from goodstanding.charts.model import Chart
from goodstanding.charts.renderer import render_chart
from goodstanding.charts.svg import ACCENT, ALARM, INK, LIGHT

VIOLET, PALE_VIOLET, SLATE = "#5b3a9e", "#b9a5dd", "#7a7f8c"
_OWN_COLOURS = {ACCENT: VIOLET, LIGHT: PALE_VIOLET, ALARM: INK}


def render_laboratory_chart(chart: Chart, width: str) -> str:
    """A chart as SVG in the laboratory's colours; `width` is `wide` or `narrow`."""
    drawn = render_chart(chart, width)
    for colour, own in _OWN_COLOURS.items():
        drawn = drawn.replace(colour, own)
    return drawn
