"""Bars from the left: plain ones, and stacks of parts in shades of one colour."""

from __future__ import annotations

from typing import Any

from goodstanding.web.oversight.charts import BAR, Chart, Frame, Place, beside, frame_of, longest, named, places_of
from goodstanding.web.oversight.drawing import ACCENT, INK, LIGHT, QUIET, REST, SHADES, Text, length, rectangles, texts

Drawn = tuple[list[Any], Frame, float]  # the layers of a chart, its frame and its height
_DARK = frozenset(SHADES[2:])


def bars(chart: Chart, narrow: bool) -> Drawn:
    """Bars from the left; a value's words stand after its bar."""
    most = max((row.value for row in chart.rows), default=1) or 1
    frame = frame_of(narrow, most, longest(chart.rows) + 16)
    places = places_of(chart, frame, 4)
    held = [_bar(one, frame) for one in places]
    said = [beside(one.row, bar["x2"] + 9, one.middle) for one, bar in zip(places, held, strict=True)]
    return [rectangles(held), *texts([*named(places), *said])], frame, places[-1].end + 4


def _bar(one: Place, frame: Frame) -> dict[str, Any]:
    end = max(frame.at(one.row.value), frame.left + 1.5)
    fill = ACCENT if one.row.out else LIGHT
    return {"x": frame.left, "x2": end, "y": one.middle - BAR / 2, "y2": one.middle + BAR / 2, "fill": fill}


def stacks(chart: Chart, narrow: bool) -> Drawn:
    """Bars made of parts, each part in a shade of its own with its figure in it where there is room."""
    most = max((sum(part or 0 for part in row.parts) + row.rest for row in chart.rows), default=1) or 1
    frame = frame_of(narrow, most, longest(chart.rows) + 14)
    keys, said, top = _keys(chart, frame)
    places = places_of(chart, frame, top)
    held: list[dict[str, Any]] = []
    for place in places:
        _stack(place, frame, held, said)
    return [rectangles([*keys, *held]), *texts([*named(places), *said])], frame, places[-1].end + 4


def _stack(place: Place, frame: Frame, held: list[dict[str, Any]], said: list[Text]) -> None:
    x, y, y2 = frame.left, place.middle - BAR / 2, place.middle + BAR / 2
    for part, fill in zip(place.row.parts, SHADES, strict=False):
        wide = (frame.right - frame.left) * (part or 0) / frame.most
        if wide:
            held.append({"x": x, "x2": max(x + wide - 1.5, x + 1), "y": y, "y2": y2, "fill": fill})
        figure = f"{part or 0:,}"
        if wide > length(figure) + 10:
            said.append(Text(x + wide / 2, place.middle, figure, "center", "#fff" if fill in _DARK else INK))
        x += wide
    rest = (frame.right - frame.left) * place.row.rest / frame.most
    if rest:
        held.append({"x": x, "x2": max(x + rest - 1.5, x + 1), "y": y, "y2": y2, "fill": REST})
    said.append(beside(place.row, x + rest + 8, place.middle))


def _keys(chart: Chart, frame: Frame) -> tuple[list[dict[str, Any]], list[Text], float]:
    """What each shade means, in a line or, where it is too narrow, in several; and where they end."""
    squares, said, x, y = list[dict[str, Any]](), list[Text](), 0.0, 10.0
    rest = [(chart.unit, REST)] if any(row.rest for row in chart.rows) else []
    for name, fill in [*zip(chart.keys, SHADES, strict=False), *rest]:
        wide = 22 + length(name) + 24
        if x and x + wide > frame.width:
            x, y = 0.0, y + 24
        squares.append({"x": x, "x2": x + 14, "y": y - 7, "y2": y + 7, "fill": fill})
        said.append(Text(x + 22, y, name, "left", QUIET))
        x += wide
    return squares, said, y + 24
