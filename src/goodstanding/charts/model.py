"""What charts of oversight show, and where their lines stand on a wide screen and on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodstanding.charts.svg import BOLD, LEADING, WIDTHS, ChartText, measure_text, wrap_text

NAMES = 250  # the width of the column of names on a wide screen
TOP, BAR, GAP = 26, 26, 16


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A line of a chart: its name, a value with what stands beside it, in bold and plain; whether it stands out.

    `low` and `high` are the ends of an interval; `parts` the parts that a bar is made of, None where one is not shown;
    `rest` is what those together are.
    """

    name: str
    value: float = 0.0
    bold: str = ""
    plain: str = ""
    out: bool = False
    low: float = 0.0
    high: float = 0.0
    parts: tuple[int | None, ...] = ()
    remainder: int = 0
    spread: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: `bars`, `stacks`, `intervals`, `spreads` or `histogram`.

    `unit` stands at the end of the axis, or names what a stack does not show apart.

    `keys` name the parts of stacks; `marks` are values with a line and words of their own; `most` is where the scale of
    intervals ends, if not beyond the longest of them.
    """

    kind: str
    rows: tuple[ChartRow, ...]
    unit: str = ""
    keys: tuple[str, ...] = ()
    marks: tuple[tuple[float, str], ...] = ()
    percent: bool = False
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands: the lines of its name, and the middle of its bar, from above."""

    row: ChartRow
    name: tuple[str, ...]
    name_at: float
    middle: float
    end: float


@dataclass(frozen=True, slots=True)
class ChartFrame:
    """The space of a chart: its width, where its scale begins and ends, and the greatest value on it."""

    narrow: bool
    left: float
    right: float
    most: float

    @property
    def width(self) -> int:
        """Of the whole chart, in pixels."""
        return WIDTHS["narrow" if self.narrow else "wide"]

    def at(self, value: float) -> float:
        """Where a value stands, from the left."""
        return self.left + (self.right - self.left) * min(value, self.most) / self.most


def build_frame(narrow: bool, most: float, words: float = 0, left: float = 0) -> ChartFrame:
    """The space of a chart: names on the left but on a phone, so many pixels of words on the right."""
    width = WIDTHS["narrow" if narrow else "wide"]
    return ChartFrame(narrow, left if narrow else NAMES, width - words, most)


def measure_longest_words(rows: Sequence[ChartRow]) -> float:
    """How many pixels the longest words beside a row take."""
    return max((measure_text(row.bold, True) + 6 + measure_text(row.plain) for row in rows), default=0)


def place_rows(chart: Chart, frame: ChartFrame, top: float, figures: bool = False) -> list[RowPlace]:
    """Where every row stands; on a phone its name is above its mark, and its `figures` are between them."""
    places, y = list[RowPlace](), top
    for row in chart.rows:
        name = tuple(wrap_text(row.name, frame.width - 4 if frame.narrow else NAMES - 20))
        tall = LEADING * (len(name) + figures) + BAR if frame.narrow else max(BAR, LEADING * len(name))
        middle = y + tall - BAR / 2 if frame.narrow else y + tall / 2
        first = y + LEADING / 2 if frame.narrow else y + tall / 2 - LEADING * (len(name) - 1) / 2
        places.append(RowPlace(row, name, first, middle, y + tall))
        y += tall + GAP
    return places


def build_name_texts(places: Sequence[RowPlace], halo: bool = False) -> Iterator[ChartText]:
    """The names of rows, line by line; with a halo where lines run behind them."""
    for place in places:
        for at, words in enumerate(place.name):
            yield ChartText(0, place.name_at + LEADING * at, words, halo=halo)


def build_figure_text(row: ChartRow, x: float, y: float, anchor: str = "left", halo: bool = False) -> ChartText:
    """A figure in bold and what stands after it, from a place on, or up to it."""
    return ChartText(x, y, f"{row.bold}{BOLD}{row.plain}", anchor, halo=halo)


def build_figure_texts(places: Sequence[RowPlace], frame: ChartFrame) -> Iterator[ChartText]:
    """The figures of rows: at the right, or on a phone under the name."""
    for place in places:
        if frame.narrow:
            yield build_figure_text(place.row, 0, place.name_at + LEADING * len(place.name), halo=True)
        else:
            yield build_figure_text(place.row, frame.width, place.middle, "right")
