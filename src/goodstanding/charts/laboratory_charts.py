"""Charts of the laboratory: in colours of its own, which no outcome about anybody has."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from goodstanding.charts.figure_words import render_figure
from goodstanding.charts.model import (
    Chart,
    ChartFrame,
    ChartRow,
    RowPlace,
    build_figure_texts,
    build_frame,
    build_name_texts,
    measure_longest_words,
    place_rows,
)
from goodstanding.charts.renderer import render_chart
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
    build_text_layers,
    measure_text,
    render_svg,
)

VIOLET, PALE_VIOLET, SLATE = "#5b3a9e", "#b9a5dd", "#7a7f8c"
_OWN_COLOURS = {ACCENT: VIOLET, LIGHT: PALE_VIOLET, ALARM: INK}
_STEPS = (1, 2, 5, 10)
_MARK_LINE = 22
_LEAST_SPREAD = 1e-9  # of the greatest value; less is no spread that could be drawn


@dataclass(frozen=True, slots=True)
class MeasureMark:
    """A value with an upright line and words, from which on something holds: upwards or downwards."""

    value: float
    words: str
    up: bool


@dataclass(frozen=True, slots=True)
class MeasureScale:
    """A scale from any number to any other: where it begins, and how far apart its lines are."""

    least: float
    most: float
    step: float

    def list_lines(self) -> list[float]:
        """The round figures at which a line is drawn."""
        first = math.ceil(self.least / self.step)
        return [self.step * number for number in range(first, math.floor(self.most / self.step) + 1)]


def render_laboratory_chart(chart: Chart, width: str) -> str:
    """A chart as SVG in the laboratory's colours; `width` is `wide` or `narrow`."""
    drawn = render_chart(chart, width)
    for colour, own in _OWN_COLOURS.items():
        drawn = drawn.replace(colour, own)
    return drawn


def render_measure_chart(rows: Sequence[ChartRow], marks: Sequence[MeasureMark], width: str) -> str:
    """A measure by rows: a line over the middle of the points, a mark at the median; upright lines with their words."""
    narrow = width == "narrow"
    scale = _choose_scale([*(end for row in rows for end in (row.low, row.high)), *(mark.value for mark in marks)])
    frame = build_frame(narrow, scale.most - scale.least, 10 if narrow else measure_longest_words(rows) + 20, 8)
    places = place_rows(Chart("measure", tuple(rows)), frame, 8 + _MARK_LINE * len(marks), figures=narrow)
    foot = places[-1].end + 6
    labels = [
        *build_name_texts(places, narrow),
        *build_figure_texts(places, frame),
        *(ChartText(frame.at(line - scale.least), foot + 13, render_figure(line), "center", QUIET)
          for line in scale.list_lines()),
        *_build_mark_texts(marks, scale, frame),
    ]  # fmt: skip
    layers = [
        build_line_layer([_build_upright(line, 8 + _MARK_LINE * len(marks), foot, LINE, scale, frame)
                          for line in scale.list_lines()]),
        *_build_mark_layers(marks, foot, scale, frame), *_build_range_layers(places, scale, frame),
        *build_text_layers(labels),
    ]  # fmt: skip
    return render_svg(layers, frame.width, foot + 25)


def _choose_scale(values: Sequence[float]) -> MeasureScale:
    """All values with a little room at the ends, and at most five lines."""
    greatest, spread = max(map(abs, values)), max(values) - min(values)
    room = 0.04 * spread if spread > _LEAST_SPREAD * max(1.0, greatest) else max(greatest, _LEAST_SPREAD)
    least, most = min(values) - room, max(values) + room
    power = 10.0 ** math.floor(math.log10((most - least) / 5))
    step = next(power * factor for factor in _STEPS if (most - least) / (power * factor) <= 5)
    return MeasureScale(least, most, step)


def _build_upright(
    value: float, top: float, foot: float, fill: str, scale: MeasureScale, frame: ChartFrame
) -> dict[str, Any]:
    x = frame.at(value - scale.least)
    return {"x": x, "x2": x, "y": top, "y2": foot, "fill": fill}


def _build_mark_layers(
    marks: Sequence[MeasureMark], foot: float, scale: MeasureScale, frame: ChartFrame
) -> Iterator[Any]:
    """The first mark as a whole line in violet, the others dashed in ink."""
    for place, mark in enumerate(marks):
        upright = _build_upright(mark.value, 2 + _MARK_LINE * place, foot, VIOLET if place == 0 else INK, scale, frame)
        yield build_line_layer([upright], 1.5, () if place == 0 else (4, 3))


def _build_mark_texts(marks: Sequence[MeasureMark], scale: MeasureScale, frame: ChartFrame) -> Iterator[ChartText]:
    """The words of each line, on the side that they speak of or, where there is no room, on the other."""
    for place, mark in enumerate(marks):
        x, y, long = frame.at(mark.value - scale.least), 9 + _MARK_LINE * place, measure_text(mark.words)
        fits_right, fits_left = x + 8 + long <= frame.width, x - 8 - long >= 0
        right = fits_right if mark.up or not fits_left else False
        yield ChartText(x + 8 if right else x - 8, y, mark.words, "left" if right else "right", QUIET, halo=True)


def _build_range_layers(places: Sequence[RowPlace], scale: MeasureScale, frame: ChartFrame) -> Iterator[Any]:
    lines = [
        {
            "x": frame.at(place.row.low - scale.least), "x2": frame.at(place.row.high - scale.least),
            "y": place.middle, "y2": place.middle, "fill": VIOLET if place.row.out else SLATE,
        }
        for place in places
    ]  # fmt: skip
    yield build_line_layer(lines, 3)
    for out, shape in ((True, "circle"), (False, "square")):
        points = [
            {"x": frame.at(place.row.value - scale.least), "y": place.middle, "fill": VIOLET if out else SLATE}
            for place in places
            if place.row.out is out
        ]
        if points:
            yield build_point_layer(points, shape)
