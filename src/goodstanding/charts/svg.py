"""Charts as SVG, drawn on the server by Altair and vl-convert in the house's colours; nothing in them leads elsewhere.

Each is drawn twice, for wide screens and for a phone, so that letters stay 14 pixels high. Every place is worked out
here, so that no label is cut: how wide letters are is estimated, not measured, since readers have fonts of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

WIDTHS = {"wide": 850, "narrow": 342}
INK, QUIET, LINE, ALARM = "#15211f", "#475552", "#cdd7d4", "#8c1d18"
DEEP, ACCENT, MIDDLE, LIGHT, PALE = "#07423d", "#0b5d56", "#2f6f67", "#8fb8b1", "#cfe0dc"
SHADES = (PALE, LIGHT, MIDDLE, DEEP)
REMAINDER = "#e1dccf"  # what is not shown apart: no shade of the others
FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, Inter, 'Noto Sans', 'Helvetica Neue', Arial, 'PingFang SC', "
    "'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
)
SIZE, LEADING = 14, 19
BOLD = "\ue000"  # for private use: no name or figure has it
_WIDE, _BOLD = 1.02, 1.07
_SVG = "http://www.w3.org/2000/svg"
_TAGS = {"svg", "g", "path", "rect", "circle", "line", "text", "tspan", "title", "desc"}
_ATTRIBUTES = {
    "width", "height", "viewBox", "version", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "dx", "dy",
    "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity",
    "font-size", "font-weight", "text-anchor", "stroke-linecap",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChartText:
    """Words at a place in pixels from the left and from above; `anchor` is which end of them stands there.

    What stands before BOLD in them is bold, and what stands after it is quiet.
    """

    x: float
    y: float
    words: str
    anchor: str = "left"
    fill: str = INK
    bold: bool = False
    halo: bool = False


def measure_text(words: str, bold: bool = False) -> float:
    """About how many pixels words are long."""
    ems = sum(_measure_letter(letter) for letter in words)
    return ems * SIZE * (_BOLD if bold else 1.0)


def _measure_letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    if letter in " .,:;'|iIjl()[]":
        return 0.32
    return 0.68 if letter.isupper() or letter in "mwMW%@" else 0.58


def wrap_text(words: str, most: float) -> list[str]:
    """Words on lines that are no longer than so many pixels; broken between words, or between letters in Chinese."""
    lines, line = list[str](), ""
    for piece in _split_pieces(words):
        if line and measure_text(line + piece.rstrip()) > most:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _split_pieces(words: str) -> Iterator[str]:
    """What may stand on a line of its own: a word with the space after it, or one wide letter."""
    piece = ""
    for letter in words:
        wide = unicodedata.east_asian_width(letter) in "WF"
        if piece and (wide or (piece[-1].isspace() and not letter.isspace())):
            yield piece
            piece = ""
        piece += letter
        if wide:
            yield piece
            piece = ""
    if piece:
        yield piece


def build_text_layers(chart_texts: Iterable[ChartText]) -> list[Any]:
    """The words of a chart as layers, one for each way they look."""
    import altair as alt

    looks: dict[tuple[str, str, bool, str], list[ChartText]] = {}
    for chart_text in chart_texts:
        for stroke in ("#fff", "") if chart_text.halo else ("",):
            looks.setdefault((chart_text.anchor, chart_text.fill, chart_text.bold, stroke), []).append(chart_text)
    return [
        build_layer([{"x": chart_text.x, "y": chart_text.y, "words": chart_text.words} for chart_text in group])
        .mark_text(
            align=anchor, baseline="middle", color=fill, fontSize=SIZE, fontWeight=600 if bold else 400, limit=0,
            **({"stroke": stroke, "strokeWidth": 5} if stroke else {}),
        )
        .encode(x=encode_x("x"), y=encode_y("y"), text=alt.Text("words:N"))
        for (anchor, fill, bold, stroke), group in sorted(looks.items(), key=lambda look: not look[0][3])
    ]  # fmt: skip


def build_layer(rows: Sequence[dict[str, Any]]) -> Any:
    """Rows to be drawn."""
    import altair as alt

    return alt.Chart(alt.InlineData(values=list(rows)))


def encode_x(name: str) -> Any:
    """A place from the left, in pixels of the whole chart."""
    import altair as alt

    return alt.X(f"{name}:Q", scale=None, axis=None)


def encode_y(name: str) -> Any:
    """A place from above, in pixels."""
    import altair as alt

    return alt.Y(f"{name}:Q", scale=None, axis=None)


def build_rectangle_layer(rows: Sequence[dict[str, Any]]) -> Any:
    """Bars: each from x to x2 and from y to y2 in pixels, filled."""
    import altair as alt

    return (
        build_layer(rows)
        .mark_rect()
        .encode(x=encode_x("x"), x2="x2", y=encode_y("y"), y2="y2", color=alt.Color("fill:N", scale=None, legend=None))
    )


def build_line_layer(rows: Sequence[dict[str, Any]], width: float = 1, dash: Sequence[int] = ()) -> Any:
    """Straight lines from x, y to x2, y2 in pixels."""
    import altair as alt

    return (
        build_layer(rows)
        .mark_rule(strokeWidth=width, strokeDash=list(dash))
        .encode(x=encode_x("x"), x2="x2", y=encode_y("y"), y2="y2", color=alt.Color("fill:N", scale=None, legend=None))
    )


def build_point_layer(rows: Sequence[dict[str, Any]], shape: str) -> Any:
    """Marks of one shape, centred at x, y."""
    import altair as alt

    return (
        build_layer(rows)
        .mark_point(shape=shape, filled=True, opacity=1, size=120)
        .encode(x=encode_x("x"), y=encode_y("y"), color=alt.Color("fill:N", scale=None, legend=None))
    )


def render_svg(layers: Sequence[Any], width: float, height: float) -> str:
    """The layers as one SVG of a size, without anything that could lead or reach elsewhere."""
    import altair as alt
    import vl_convert

    exact = alt.AutoSizeParams(type="none", contains="padding")
    chart = alt.layer(*layers).properties(
        width=width, height=height, padding=0, autosize=exact, background="transparent"
    )
    chart = chart.configure(view=alt.ViewConfig(stroke=None))
    return clean_svg(vl_convert.vegalite_to_svg(chart.to_dict(validate=False), allowed_base_urls=[]), width, height)


def clean_svg(drawn: str, width: float, height: float) -> str:
    """An SVG with the tags and attributes that a drawing needs and no others, of exactly this size."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(drawn)
    _strip_element(root)
    attributes = {
        "width": f"{width:g}",
        "height": f"{height:g}",
        "viewBox": f"0 0 {width:g} {height:g}",
        "font-family": FONT,
    }
    for name, value in attributes.items():
        root.set(name, value)
    return ElementTree.tostring(root, encoding="unicode")


def _strip_element(element: ElementTree.Element) -> None:
    for name in list(element.attrib):
        leads = "(" in element.attrib[name] and name != "transform"  # url(…) could lead elsewhere
        if name not in _ATTRIBUTES or leads:
            del element.attrib[name]
    for child in list(element):
        if str(child.tag).removeprefix(f"{{{_SVG}}}") not in _TAGS:
            element.remove(child)
        else:
            _strip_element(child)
            _split_bold_text(child)


def _split_bold_text(element: ElementTree.Element) -> None:
    """Words that are bold up to a place and quiet after it, in parts that the reader's own fonts set apart."""
    bold, mark, quiet = (element.text or "").partition(BOLD)
    if not mark:
        return
    element.text, haloed = None, element.get("stroke") is not None
    for words, weight, fill in ((bold, "600", INK), (f" {quiet}" if bold and quiet else quiet, "400", QUIET)):
        part = ElementTree.SubElement(element, f"{{{_SVG}}}tspan", {"font-weight": weight})
        part.text = words
        if not haloed:
            part.set("fill", fill)
