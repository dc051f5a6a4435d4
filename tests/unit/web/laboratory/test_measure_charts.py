"""The chart of a measure: any numbers that a report may hold, with the words of its lines where they can be read."""

from __future__ import annotations

import re

import pytest

from goodstanding.charts.laboratory_charts import VIOLET, MeasureMark, render_measure_chart
from goodstanding.charts.model import ChartRow
from goodstanding.web.laboratory.report_values import LARGEST

MARKS = (MeasureMark(1.25, "holds from here up", up=True), MeasureMark(1.05, "refuted from here down", up=False))


def build_row(low: float, median: float, high: float, out: bool = False) -> ChartRow:
    """A row with its figures."""
    return ChartRow("A run", median, f"{median:g}", f"{low:g} to {high:g}", out, low, high)


@pytest.mark.parametrize(
    "ends",
    [(0, 0), (5, 5), (-LARGEST, LARGEST), (LARGEST, LARGEST), (1e-300, 2e-300), (-3, -2), (0, 5e-324), (0.1, 1e9)],
)
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_any_numbers_are_drawn_within_the_chart(ends: tuple[float, float], width: str) -> None:
    """Equal, tiny, huge and negative ones: no place is no number, and none is outside."""
    low, high = ends
    drawn = render_measure_chart([build_row(low, low, high), build_row(high, high, high)], (), width)
    places = [float(number) for place in re.findall(r"translate\(([^)]*)\)", drawn) for number in place.split(",")]
    assert "nan" not in drawn.lower()
    assert "inf" not in drawn.lower()
    assert places
    assert all(abs(place) < 2_000 for place in places)


def test_what_holds_is_violet_and_its_words_stand_on_their_own_side() -> None:
    """The result stands out from its controls; what is refuted downwards says so on the left of its line."""
    rows = [build_row(1.36, 1.5, 1.87, out=True), build_row(0.99, 1, 1.01), build_row(2.1, 3.2, 6.9)]
    drawn = render_measure_chart(rows, MARKS, "wide")
    assert VIOLET in drawn
    words = {text: anchor for anchor, text in re.findall(r'text-anchor="(\w+)"[^>]*>([^<]+)<', drawn)}
    assert words["refuted from here down"] == "end"
    assert words["holds from here up"] == "start"
