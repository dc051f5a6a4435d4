"""Values with a range: shares with their intervals, and how long steps took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from goodstanding.web.oversight.bars import Drawn
from goodstanding.web.oversight.charts import TOP, Chart, Frame, Place, beside, frame_of, longest, named, places_of
from goodstanding.web.oversight.drawing import (
    ACCENT,
    INK,
    LEADING,
    LIGHT,
    LINE,
    QUIET,
    STOP,
    Text,
    length,
    lines,
    points,
    rectangles,
    texts,
)

_SHARES = (0.04, 0.08, 0.2, 0.4, 0.6, 0.8, 1.0)
_DAYS = (8, 20, 40, 60, 80, 120, 200, 400, 800, 2000, 4000)


def intervals(chart: Chart, narrow: bool) -> Drawn:
    """Shares as marks with their intervals; the line of the whole is named on top."""
    most = next((one for one in _SHARES if one >= max(row.high for row in chart.rows)), 1.0)
    frame = frame_of(narrow, most, 10 if narrow else longest(chart.rows) + 20, 8)
    places = places_of(chart, frame, TOP, figures=narrow)
    foot = places[-1].end + 6
    axis = [f"{most * at / 4 * 100:g}%" for at in range(5)]
    said = [*named(places, narrow), *_axis(frame, foot + 13, axis), *_figures(places, frame)]
    said += [_reference(value, words, frame) for value, words in chart.marks]
    marks = [
        {"x": frame.at(value), "x2": frame.at(value), "y": 20, "y2": foot, "fill": INK} for value, _w in chart.marks
    ]
    reference = [lines(marks, 1.5, (4, 3))] if marks else []
    return [_grid(frame, foot), *reference, *_ranges(places, frame), *texts(said)], frame, foot + 25


def _ranges(places: Sequence[Place], frame: Frame) -> Iterator[Any]:
    """The line of each interval and, on it, its mark: a square for what stands out, a circle for the rest."""
    held = [
        {"x": frame.at(one.row.low), "x2": frame.at(one.row.high), "y": one.middle, "y2": one.middle, "fill": _ink(one)}
        for one in places
    ]
    yield lines(held, 2)
    for out, shape in ((True, "square"), (False, "circle")):
        marks = [
            {"x": frame.at(one.row.value), "y": one.middle, "fill": _ink(one)} for one in places if one.row.out is out
        ]
        if marks:
            yield points(marks, shape)


def _ink(one: Place) -> str:
    return STOP if one.row.out else ACCENT


def spreads(chart: Chart, narrow: bool) -> Drawn:
    """For each row a line from the first to the last tenth, a bar over the middle half, and a stroke at the median."""
    greatest = max(row.spread[-1] for row in chart.rows)
    most = next((one for one in _DAYS if one >= greatest), greatest)
    frame = frame_of(narrow, most, 10 if narrow else longest(chart.rows) + 20, 8)
    places = places_of(chart, frame, 8, figures=narrow)
    foot = places[-1].end + 6
    axis = [f"{most * at / 4:g}" + (f" {chart.unit}" if at == 4 else "") for at in range(5)]
    said = [*named(places, narrow), *_axis(frame, foot + 13, axis), *_figures(places, frame)]
    boxes = [_box(place, frame) for place in places]
    layers = [
        _grid(frame, foot, 4), lines([one[0] for one in boxes], 2), rectangles([one[1] for one in boxes]),
        lines([one[2] for one in boxes], 3), *texts(said),
    ]  # fmt: skip
    return layers, frame, foot + 25


def _box(place: Place, frame: Frame) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The line, the bar and the stroke of a row."""
    tenth, quarter, median, three, nine = (frame.at(one) for one in place.row.spread)
    y = place.middle
    return (
        {"x": tenth, "x2": nine, "y": y, "y2": y, "fill": ACCENT},
        {"x": quarter, "x2": max(three, quarter + 2), "y": y - 9, "y2": y + 9, "fill": LIGHT},
        {"x": median, "x2": median, "y": y - 11, "y2": y + 11, "fill": INK},
    )


def _figures(places: Sequence[Place], frame: Frame) -> Iterator[Text]:
    """The figures of rows: at the right, or on a phone under the name."""
    for one in places:
        if frame.narrow:
            yield beside(one.row, 0, one.name_at + LEADING * len(one.name), halo=True)
        else:
            yield beside(one.row, frame.width, one.middle, "right")


def _grid(frame: Frame, foot: float, top: float = TOP) -> Any:
    steps = [frame.at(frame.most * at / 4) for at in range(5)]
    return lines([{"x": x, "x2": x, "y": top, "y2": foot, "fill": LINE} for x in steps])


def _axis(frame: Frame, y: float, said: Sequence[str]) -> Iterator[Text]:
    """The five words under an axis, kept within the chart."""
    for at, words in enumerate(said):
        half = length(words) / 2
        x = min(max(frame.at(frame.most * at / 4), half), frame.width - half)
        yield Text(x, y, words, "center", QUIET)


def _reference(value: float, words: str, frame: Frame) -> Text:
    """The words of a line, kept within the chart."""
    half = length(words) / 2
    return Text(min(max(frame.at(value), half), frame.width - half), 9, words, "center")
