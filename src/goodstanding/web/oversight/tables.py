"""Tables of oversight: counts as they may be shown, shares with their intervals; and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodstanding.register.error_file import quoted
from goodstanding.register.oversight.chances import Share, share
from goodstanding.register.oversight.grids import Line, Shown
from goodstanding.web.oversight import words
from goodstanding.web.shapes import oversight as shapes

MOST_ROWS = 15
Title = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a page's tables and charts are found: what stands before their names, and what after."""

    before: str
    after: str

    def table(self, name: str) -> str:
        """The address of a table as CSV."""
        return f"{self.before}/tables/{name}.csv{self.after}"

    def chart(self, name: str, width: str) -> str:
        """The address of a chart."""
        return f"{self.before}/charts/{name}-{width}.svg{self.after}"


def figure(value: float | None) -> shapes.Cell:
    """A figure that may be left out."""
    if value is None:
        return shapes.Cell(value=None, text=_("not shown"), hidden=True)
    return shapes.Cell(value=value, text=words.number(value), hidden=False)


def text(value: str) -> shapes.Cell:
    """Words in a table."""
    return shapes.Cell(value=value or None, text=value, hidden=False)


def share_of(line: Line, part: str) -> Share | None:
    """The share of a part in a line; None where one of them is left out, or there is nothing to be a share of."""
    hits, total = line.parts[part], line.total
    return share(hits, total) if hits is not None and total else None


def share_cells(one: Share | None) -> list[shapes.Cell]:
    """A share and its interval; empty where there is none to say."""
    if one is None:
        return [text(""), text("")]
    value = shapes.Cell(value=round(one.value, 4), text=words.percent(one.value), hidden=False)
    return [value, text(words.interval(one))]


def columns(*named: tuple[str, str]) -> list[shapes.Column]:
    """Columns of figures, by name and title."""
    return [shapes.Column(name=name, title=title, figures=True) for name, title in named]


def share_columns() -> list[shapes.Column]:
    """The columns of `share_cells`."""
    return columns(("share", _("Share")), ("interval", _("95% interval")))


def table(
    name: str, title: str, first: str, heads: Sequence[shapes.Column], rows: Iterable[shapes.Row], places: Places
) -> shapes.Table:
    """A whole table; `shortened` cuts it for a page."""
    held = list(rows)
    left_out = any(cell.hidden for row in held for cell in row.cells)
    return shapes.Table(
        name=name, title=title, first=first, columns=list(heads), rows=held, more=0, left_out=left_out,
        address=places.table(name),
    )  # fmt: skip


def shortened(made: shapes.Table) -> shapes.Table:
    """The table with its first lines of each kind only; all of them are in its CSV."""
    kept = [
        row for kind in ("row", "group", "all") for row in [one for one in made.rows if one.kind == kind][:MOST_ROWS]
    ]
    return made.model_copy(update={"rows": kept, "more": len(made.rows) - len(kept)})


def lines(
    held: Shown, title: Title, cells: Callable[[Line], list[shapes.Cell]], every: str, group: Title | None = None
) -> list[shapes.Row]:
    """The rows of a grid, of its groups, and of all."""
    made = [_row(line.name, title(line.name), cells(line), "row") for line in held.lines]
    made += [_row(line.name, (group or str)(line.name), cells(line), "group") for line in held.groups]
    return [*made, _row("", every, cells(held.all), "all")] if made else []


def _row(name: str, title: str, cells: list[shapes.Cell], kind: str) -> shapes.Row:
    return shapes.Row(name=name, title=title, cells=cells, kind=kind)


def counted(
    name: str, title: str, first: str, held: Shown, titled: Title, parts: Mapping[str, str], places: Places, total: str
) -> shapes.Table:
    """A table of a grid's counts: each part and the total."""
    used = [part for part in held.parts if any(line.parts[part] != 0 for line in (*held.lines, held.all))]
    heads = columns(*((part, parts[part]) for part in used), ("total", total))
    rows = lines(
        held, titled, lambda line: [*(figure(line.parts[part]) for part in used), figure(line.total)], _("All")
    )
    return table(name, title, first, heads, rows, places)


def shared(
    name: str, title: str, first: str, held: Shown, titled: Title, part: tuple[str, str], total: str, places: Places,
    group: Title | None = None,
) -> shapes.Table:  # fmt: skip
    """A table of one part's share: the part, the total, the share and its interval."""
    key, heading = part
    heads = [*columns((key, heading), ("total", total)), *share_columns()]
    rows = lines(
        held, titled,
        lambda line: [figure(line.parts[key]), figure(line.total), *share_cells(share_of(line, key))], _("All"), group,
    )  # fmt: skip
    return table(name, title, first, heads, rows, places)


def as_csv(made: shapes.Table) -> str:
    """A table as CSV, every cell such that no spreadsheet runs it; a figure that is left out is said to be."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["name", "title", "line", *(one.name for one in made.columns)])
    for row in made.rows:
        cells = [cell.text if cell.hidden else "" if cell.value is None else str(cell.value) for cell in row.cells]
        writer.writerow([quoted(one) for one in (row.name, row.title, row.kind, *cells)])
    return stream.getvalue()
