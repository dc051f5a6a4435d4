"""A histogram: bars side by side, with lines that mark the median and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goodstanding.web.oversight.bars import Drawn
from goodstanding.web.oversight.charts import Chart, Frame
from goodstanding.web.oversight.drawing import (
    INK,
    LIGHT,
    LINE,
    PALE,
    QUIET,
    WIDTHS,
    Text,
    length,
    lines,
    rectangles,
    texts,
)

_TALL, _MARK = 190.0, 22
_LEVELS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)


def histogram(chart: Chart, narrow: bool) -> Drawn:
    """The rows of a chart as bars from `low` to `high`; one that stands out is open at its end."""
    first, most = chart.rows[0].low, max(row.value for row in chart.rows) or 1
    frame = Frame(narrow, 0, WIDTHS["narrow" if narrow else "wide"], chart.rows[-1].high - first)
    foot = 34.0 + _MARK * len(chart.marks) + _TALL
    marks = [
        {"x": frame.at(value - first), "x2": frame.at(value - first), "y": 2 + _MARK * at, "y2": foot, "fill": INK}
        for at, (value, _words) in enumerate(chart.marks)
    ]
    base = [{"x": 0, "x2": frame.width, "y": foot, "y2": foot, "fill": INK}]
    said = [*_levels_said(most, foot, frame, chart.unit), *_ends(chart, frame, foot), *_marks_said(chart, frame)]
    said += [
        Text((_at(row.low, chart, frame) + _at(row.high, chart, frame)) / 2, foot - 10, row.plain, "center", QUIET)
        for row in chart.rows
        if row.plain
    ]
    bars = rectangles(
        [_bar(row, foot - _TALL * row.value / most, foot, chart, frame) for row in chart.rows if row.value]
    )
    drawn = [_grid(most, foot, frame), bars, lines(base), *([lines(marks, 1.5, (4, 3))] if marks else []), *texts(said)]
    return drawn, frame, foot + 27


def _at(day: float, chart: Chart, frame: Frame) -> float:
    return frame.at(day - chart.rows[0].low)


def _bar(row: Any, top: float, foot: float, chart: Chart, frame: Frame) -> dict[str, Any]:
    x, x2 = _at(row.low, chart, frame) + 1, _at(row.high, chart, frame) - 1
    return {"x": x, "x2": x2, "y": top, "y2": foot, "fill": PALE if row.out else LIGHT}


def _levels(most: float) -> list[int]:
    """Round figures at which a line is drawn: four at most."""
    step = next((one for one in _LEVELS if most / one < 5), int(most))
    return list(range(step, int(most) + 1, step))


def _grid(most: float, foot: float, frame: Frame) -> Any:
    heights = [foot - _TALL * level / most for level in _levels(most)] or [foot]
    return lines([{"x": 0, "x2": frame.width, "y": y, "y2": y, "fill": LINE} for y in heights])


def _levels_said(most: float, foot: float, frame: Frame, unit: str) -> Iterator[Text]:
    levels = _levels(most)
    for level in levels:
        words = f"{level:,} {unit}" if level == levels[-1] else f"{level:,}"
        yield Text(frame.width, foot - _TALL * level / most - 9, words, "right", QUIET)


def _ends(chart: Chart, frame: Frame, foot: float) -> Iterator[Text]:
    """The days at which bars begin, as many as there is room for."""
    every = max(1, -(-len(chart.rows) // (6 if frame.narrow else 12)))
    for row in chart.rows[::every]:
        words = f"{row.low:,.0f}" + (" +" if row.out else "")
        x = max(_at(row.low, chart, frame), length(words) / 2)
        yield Text(x, foot + 15, words, "center", QUIET)


def _marks_said(chart: Chart, frame: Frame) -> Iterator[Text]:
    """The words of each line, after it or, where there is no room, before it."""
    for at, (value, words) in enumerate(chart.marks):
        x = _at(value, chart, frame)
        fits = x + 8 + length(words, True) <= frame.width
        yield Text(x + 8 if fits else x - 8, 9 + _MARK * at, words, "left" if fits else "right", INK, True)
