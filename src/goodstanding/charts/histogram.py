"""A histogram: bars side by side, with lines that mark the median and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goodstanding.charts.bars import DrawnChart
from goodstanding.charts.model import Chart, ChartFrame
from goodstanding.charts.svg import (
    INK,
    LIGHT,
    LINE,
    PALE,
    QUIET,
    WIDTHS,
    ChartText,
    build_line_layer,
    build_rectangle_layer,
    build_text_layers,
    measure_text,
)

_TALL, _MARK = 190.0, 22
_LEVELS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)


def draw_histogram(chart: Chart, narrow: bool) -> DrawnChart:
    """The rows of a chart as bars from `low` to `high`; one that stands out is open at its end."""
    first, most = chart.rows[0].low, max(row.value for row in chart.rows) or 1
    frame = ChartFrame(narrow, 0, WIDTHS["narrow" if narrow else "wide"], chart.rows[-1].high - first)
    foot = 34.0 + _MARK * len(chart.marks) + _TALL
    marks = [
        {"x": frame.at(value - first), "x2": frame.at(value - first), "y": 2 + _MARK * at, "y2": foot, "fill": INK}
        for at, (value, _words) in enumerate(chart.marks)
    ]
    base = [{"x": 0, "x2": frame.width, "y": foot, "y2": foot, "fill": INK}]
    labels = [
        *_build_level_texts(most, foot, frame, chart.unit),
        *_build_day_texts(chart, frame, foot),
        *_build_mark_texts(chart, frame),
    ]
    labels += [
        ChartText(
            (_locate_day(row.low, chart, frame) + _locate_day(row.high, chart, frame)) / 2,
            foot - 10,
            row.plain,
            "center",
            QUIET,
        )
        for row in chart.rows
        if row.plain
    ]
    bars = build_rectangle_layer(
        [_build_bar(row, foot - _TALL * row.value / most, foot, chart, frame) for row in chart.rows if row.value]
    )
    drawn = [
        _build_grid(most, foot, frame),
        bars,
        build_line_layer(base),
        *([build_line_layer(marks, 1.5, (4, 3))] if marks else []),
        *build_text_layers(labels),
    ]
    return drawn, frame, foot + 27


def _locate_day(day: float, chart: Chart, frame: ChartFrame) -> float:
    return frame.at(day - chart.rows[0].low)


def _build_bar(row: Any, top: float, foot: float, chart: Chart, frame: ChartFrame) -> dict[str, Any]:
    x, x2 = _locate_day(row.low, chart, frame) + 1, _locate_day(row.high, chart, frame) - 1
    return {"x": x, "x2": x2, "y": top, "y2": foot, "fill": PALE if row.out else LIGHT}


def _list_levels(most: float) -> list[int]:
    """Round figures at which a line is drawn: four at most."""
    step = next((level for level in _LEVELS if most / level < 5), int(most))
    return list(range(step, int(most) + 1, step))


def _build_grid(most: float, foot: float, frame: ChartFrame) -> Any:
    heights = [foot - _TALL * level / most for level in _list_levels(most)] or [foot]
    return build_line_layer([{"x": 0, "x2": frame.width, "y": y, "y2": y, "fill": LINE} for y in heights])


def _build_level_texts(most: float, foot: float, frame: ChartFrame, unit: str) -> Iterator[ChartText]:
    levels = _list_levels(most)
    for level in levels:
        words = f"{level:,} {unit}" if level == levels[-1] else f"{level:,}"
        yield ChartText(frame.width, foot - _TALL * level / most - 9, words, "right", QUIET)


def _build_day_texts(chart: Chart, frame: ChartFrame, foot: float) -> Iterator[ChartText]:
    """The days at which bars begin, as many as there is room for."""
    every = max(1, -(-len(chart.rows) // (6 if frame.narrow else 12)))
    for row in chart.rows[::every]:
        words = f"{row.low:,.0f}" + (" +" if row.out else "")
        x = max(_locate_day(row.low, chart, frame), measure_text(words) / 2)
        yield ChartText(x, foot + 15, words, "center", QUIET)


def _build_mark_texts(chart: Chart, frame: ChartFrame) -> Iterator[ChartText]:
    """The words of each line, after it or, where there is no room, before it."""
    for at, (value, words) in enumerate(chart.marks):
        x = _locate_day(value, chart, frame)
        fits = x + 8 + measure_text(words, True) <= frame.width
        yield ChartText(x + 8 if fits else x - 8, 9 + _MARK * at, words, "left" if fits else "right", INK, True)
