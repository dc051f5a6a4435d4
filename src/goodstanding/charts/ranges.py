"""Values with a range: shares with their intervals, and how long steps took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from goodstanding.charts.bars import DrawnChart
from goodstanding.charts.model import (
    TOP,
    Chart,
    ChartFrame,
    RowPlace,
    build_figure_texts,
    build_frame,
    build_name_texts,
    measure_longest_words,
    place_rows,
)
from goodstanding.charts.svg import (
    ACCENT,
    ALARM,
    INK,
    LIGHT,
    LINE,
    QUIET,
    ChartText,
    build_line_layer,
    build_point_layer,
    build_rectangle_layer,
    build_text_layers,
    measure_text,
)

_SHARES = (0.04, 0.08, 0.2, 0.4, 0.6, 0.8, 1.0)
_DAYS = (8, 20, 40, 60, 80, 120, 200, 400, 800, 2000, 4000)


def draw_intervals(chart: Chart, narrow: bool) -> DrawnChart:
    """Shares as marks with their intervals; the line of the whole is named on top."""
    most = chart.most or next((share for share in _SHARES if share >= max(row.high for row in chart.rows)), 1.0)
    frame = build_frame(narrow, most, 10 if narrow else measure_longest_words(chart.rows) + 20, 8)
    places = place_rows(chart, frame, TOP, figures=narrow)
    foot = places[-1].end + 6
    axis = [f"{most * at / 4 * 100:g}%" for at in range(5)]
    labels = [
        *build_name_texts(places, narrow),
        *_build_axis_texts(frame, foot + 13, axis),
        *build_figure_texts(places, frame),
    ]
    labels += [_build_reference_text(value, words, frame) for value, words in chart.marks]
    marks = [
        {"x": frame.at(value), "x2": frame.at(value), "y": 20, "y2": foot, "fill": INK} for value, _w in chart.marks
    ]
    reference = [build_line_layer(marks, 1.5, (4, 3))] if marks else []
    return (
        [_build_grid(frame, foot), *reference, *_build_range_layers(places, frame), *build_text_layers(labels)],
        frame,
        foot + 25,
    )


def _build_range_layers(places: Sequence[RowPlace], frame: ChartFrame) -> Iterator[Any]:
    """The line of each interval and, on it, its mark: a square for what stands out, a circle for the rest."""
    range_rows = [
        {
            "x": frame.at(place.row.low),
            "x2": frame.at(place.row.high),
            "y": place.middle,
            "y2": place.middle,
            "fill": _choose_ink(place),
        }
        for place in places
    ]
    yield build_line_layer(range_rows, 2)
    for out, shape in ((True, "square"), (False, "circle")):
        marks = [
            {"x": frame.at(place.row.value), "y": place.middle, "fill": _choose_ink(place)}
            for place in places
            if place.row.out is out
        ]
        if marks:
            yield build_point_layer(marks, shape)


def _choose_ink(place: RowPlace) -> str:
    return ALARM if place.row.out else ACCENT


def draw_spreads(chart: Chart, narrow: bool) -> DrawnChart:
    """For each row a line from the first to the last tenth, a bar over the middle half, and a stroke at the median."""
    greatest = max(row.spread[-1] for row in chart.rows)
    most = next((day_count for day_count in _DAYS if day_count >= greatest), greatest)
    frame = build_frame(narrow, most, 10 if narrow else measure_longest_words(chart.rows) + 20, 8)
    places = place_rows(chart, frame, 8, figures=narrow)
    foot = places[-1].end + 6
    axis = [f"{most * at / 4:g}" + (f" {chart.unit}" if at == 4 else "") for at in range(5)]
    labels = [
        *build_name_texts(places, narrow),
        *_build_axis_texts(frame, foot + 13, axis),
        *build_figure_texts(places, frame),
    ]
    boxes = [_build_box(place, frame) for place in places]
    layers = [
        _build_grid(frame, foot, 4), build_line_layer([box[0] for box in boxes], 2),
        build_rectangle_layer([box[1] for box in boxes]),
        build_line_layer([box[2] for box in boxes], 3), *build_text_layers(labels),
    ]  # fmt: skip
    return layers, frame, foot + 25


def _build_box(place: RowPlace, frame: ChartFrame) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The line, the bar and the stroke of a row."""
    tenth, quarter, median, three, nine = (frame.at(quantile) for quantile in place.row.spread)
    y = place.middle
    return (
        {"x": tenth, "x2": nine, "y": y, "y2": y, "fill": ACCENT},
        {"x": quarter, "x2": max(three, quarter + 2), "y": y - 9, "y2": y + 9, "fill": LIGHT},
        {"x": median, "x2": median, "y": y - 11, "y2": y + 11, "fill": INK},
    )


def _build_grid(frame: ChartFrame, foot: float, top: float = TOP) -> Any:
    steps = [frame.at(frame.most * at / 4) for at in range(5)]
    return build_line_layer([{"x": x, "x2": x, "y": top, "y2": foot, "fill": LINE} for x in steps])


def _build_axis_texts(frame: ChartFrame, y: float, labels: Sequence[str]) -> Iterator[ChartText]:
    """The five words under an axis, kept within the chart also where a reader's letters are a fifth wider."""
    for at, words in enumerate(labels):
        half = 1.2 * measure_text(words) / 2
        x = min(max(frame.at(frame.most * at / 4), half), frame.width - half)
        yield ChartText(x, y, words, "center", QUIET)


def _build_reference_text(value: float, words: str, frame: ChartFrame) -> ChartText:
    """The words of a line, kept within the chart."""
    half = measure_text(words) / 2
    return ChartText(min(max(frame.at(value), half), frame.width - half), 9, words, "center")
