"""Bars from the left: plain ones, and stacks of parts in shades of one colour."""

from __future__ import annotations

from typing import Any

from goodstanding.charts.model import (
    BAR,
    Chart,
    ChartFrame,
    RowPlace,
    build_figure_text,
    build_frame,
    build_name_texts,
    measure_longest_words,
    place_rows,
)
from goodstanding.charts.svg import (
    ACCENT,
    INK,
    LIGHT,
    QUIET,
    REMAINDER,
    SHADES,
    ChartText,
    build_rectangle_layer,
    build_text_layers,
    measure_text,
)

DrawnChart = tuple[list[Any], ChartFrame, float]  # the layers of a chart, its frame and its height
_DARK = frozenset(SHADES[2:])


def draw_bars(chart: Chart, narrow: bool) -> DrawnChart:
    """Bars from the left; a value's words stand after its bar."""
    most = max((row.value for row in chart.rows), default=1) or 1
    frame = build_frame(narrow, most, measure_longest_words(chart.rows) + 16)
    places = place_rows(chart, frame, 4)
    bar_rows = [_build_bar(place, frame) for place in places]
    labels = [
        build_figure_text(place.row, bar["x2"] + 9, place.middle) for place, bar in zip(places, bar_rows, strict=True)
    ]
    return (
        [build_rectangle_layer(bar_rows), *build_text_layers([*build_name_texts(places), *labels])],
        frame,
        places[-1].end + 4,
    )


def _build_bar(place: RowPlace, frame: ChartFrame) -> dict[str, Any]:
    end = max(frame.at(place.row.value), frame.left + 1.5)
    fill = ACCENT if place.row.out else LIGHT
    return {"x": frame.left, "x2": end, "y": place.middle - BAR / 2, "y2": place.middle + BAR / 2, "fill": fill}


def draw_stacks(chart: Chart, narrow: bool) -> DrawnChart:
    """Bars made of parts, each part in a shade of its own with its figure in it where there is room."""
    most = max((sum(part or 0 for part in row.parts) + row.remainder for row in chart.rows), default=1) or 1
    frame = build_frame(narrow, most, measure_longest_words(chart.rows) + 14)
    keys, labels, top = _build_keys(chart, frame)
    places = place_rows(chart, frame, top)
    bar_rows: list[dict[str, Any]] = []
    for place in places:
        _add_stack(place, frame, bar_rows, labels)
    return (
        [build_rectangle_layer([*keys, *bar_rows]), *build_text_layers([*build_name_texts(places), *labels])],
        frame,
        places[-1].end + 4,
    )


def _add_stack(place: RowPlace, frame: ChartFrame, bar_rows: list[dict[str, Any]], labels: list[ChartText]) -> None:
    x, y, y2 = frame.left, place.middle - BAR / 2, place.middle + BAR / 2
    for part, fill in zip(place.row.parts, SHADES, strict=False):
        wide = (frame.right - frame.left) * (part or 0) / frame.most
        if wide:
            bar_rows.append({"x": x, "x2": max(x + wide - 1.5, x + 1), "y": y, "y2": y2, "fill": fill})
        figure = f"{part or 0:,}"
        if wide > measure_text(figure) + 10:
            labels.append(ChartText(x + wide / 2, place.middle, figure, "center", "#fff" if fill in _DARK else INK))
        x += wide
    remainder = (frame.right - frame.left) * place.row.remainder / frame.most
    if remainder:
        bar_rows.append({"x": x, "x2": max(x + remainder - 1.5, x + 1), "y": y, "y2": y2, "fill": REMAINDER})
    labels.append(build_figure_text(place.row, x + remainder + 8, place.middle))


def _build_keys(chart: Chart, frame: ChartFrame) -> tuple[list[dict[str, Any]], list[ChartText], float]:
    """What each shade means, in a line or, where it is too narrow, in several; and where they end."""
    squares, labels, x, y = list[dict[str, Any]](), list[ChartText](), 0.0, 10.0
    remainder_keys = [(chart.unit, REMAINDER)] if any(row.remainder for row in chart.rows) else []
    for name, fill in [*zip(chart.keys, SHADES, strict=False), *remainder_keys]:
        wide = 22 + measure_text(name) + 24
        if x and x + wide > frame.width:
            x, y = 0.0, y + 24
        squares.append({"x": x, "x2": x + 14, "y": y - 7, "y2": y + 7, "fill": fill})
        labels.append(ChartText(x + 22, y, name, "left", QUIET))
        x += wide
    return squares, labels, y + 24
