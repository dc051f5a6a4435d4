"""Tables of oversight: counts as they may be shown, shares with their intervals; and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from goodstanding.oversight.cases.figure_cases import FIGURES, REASONS, Figure
from goodstanding.oversight.count_tables import DisclosedLine, DisclosedTable
from goodstanding.oversight.reason_similarity import SHARED
from goodstanding.oversight.significance import ShareEstimate, estimate_share
from goodstanding.plain_text import BYTE_ORDER_MARK, quote_cell
from goodstanding.web.oversight.schemas import FigureTable, TableCell, TableColumn, TableRow
from goodstanding.web.wording.oversight_terms import format_interval, format_number, format_percent

MOST_ROWS = 15
TOTALS = frozenset({"total", "decisions"})
NO_COUNTS = frozenset({"share", "interval", "whose", "median_days", "tenth", "quarter", "median", "three_quarters",
                       "nine_tenths"})  # fmt: skip
TitleFunction = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class FigureAddresses:
    """Where a page's tables and charts are found: what stands before their names, and what after.

    For the overseer, figures lead to the cases that they count.
    """

    before: str
    after: str
    leads_to_cases: bool = False

    def table(self, name: str) -> str:
        """The address of a table as CSV."""
        return f"{self.before}/tables/{name}.csv{self.after}"

    def chart(self, name: str, width: str) -> str:
        """The address of a chart."""
        return f"{self.before}/charts/{name}-{width}.svg{self.after}"

    def cases(self, figure: Figure) -> str:
        """The address of the cases behind a figure."""
        named = {name: value for name, value in asdict(figure).items() if value}
        return f"{self.before}/cases{self.after}&{urlencode(named)}"


def build_figure_cell(value: float | None) -> TableCell:
    """A figure that may be left out."""
    if value is None:
        return TableCell(value=None, text=_("not shown"), hidden=True)
    return TableCell(value=value, text=format_number(value), hidden=False)


def build_text_cell(value: str) -> TableCell:
    """Words in a table."""
    return TableCell(value=value or None, text=value, hidden=False)


def compute_share(line: DisclosedLine, part: str) -> ShareEstimate | None:
    """The share of a part in a line; None where one of them is left out, or there is nothing to be a share of."""
    hits, total = line.parts[part], line.total
    return estimate_share(hits, total) if hits is not None and total else None


def build_share_cells(shown_share: ShareEstimate | None) -> list[TableCell]:
    """A share and its interval; empty where there is none to say."""
    if shown_share is None:
        return [build_text_cell(""), build_text_cell("")]
    value = TableCell(value=round(shown_share.value, 4), text=format_percent(shown_share.value), hidden=False)
    return [value, build_text_cell(format_interval(shown_share))]


def build_columns(*named: tuple[str, str]) -> list[TableColumn]:
    """Columns of figures, by name and title."""
    return [TableColumn(name=name, title=title, figures=True) for name, title in named]


def build_share_columns() -> list[TableColumn]:
    """The columns of `build_share_cells`."""
    return build_columns(("share", _("Share")), ("interval", _("95% interval")))


def build_table(
    name: str,
    title: str,
    first: str,
    heads: Sequence[TableColumn],
    rows: Iterable[TableRow],
    places: FigureAddresses,
    counted: Figure | None = None,
) -> FigureTable:
    """A whole table; `shorten_table` cuts it for a page. `counted` says what, where its name does not."""
    figure = counted or Figure(name)
    has_cases = places.leads_to_cases and figure.table in FIGURES
    table_rows = [_link_row(row, heads, figure, places) for row in rows] if has_cases else list(rows)
    left_out = any(cell.hidden for row in table_rows for cell in row.cells)
    return FigureTable(
        name=name, title=title, first=first, columns=list(heads), rows=table_rows, more=0, left_out=left_out,
        address=places.table(name),
    )  # fmt: skip


def _link_row(row: TableRow, heads: Sequence[TableColumn], figure: Figure, places: FigureAddresses) -> TableRow:
    """The row, its counts with the address of the cases that they count."""
    at = {"row": "line", "group": "group"}.get(row.kind)
    of_row = replace(figure, **{at: row.name}) if at else figure
    cells = []
    for head, cell in zip(heads, row.cells, strict=True):
        counted = replace(of_row, part="" if head.name in TOTALS else head.name)
        leads = bool(cell.value) and _counts_cases(head.name, figure)
        cells.append(cell.model_copy(update={"address": places.cases(counted)}) if leads else cell)
    return row.model_copy(update={"cells": cells})


def _counts_cases(column: str, figure: Figure) -> bool:
    """Whether a column counts cases: shares, days and owners do not; of reasons only those that are alike."""
    return column == SHARED if figure.table == REASONS else column not in NO_COUNTS


def shorten_table(full_table: FigureTable) -> FigureTable:
    """The table with its first lines of each kind only; all of them are in its CSV."""
    kept = [
        row
        for kind in ("row", "group", "all")
        for row in [table_row for table_row in full_table.rows if table_row.kind == kind][:MOST_ROWS]
    ]
    return full_table.model_copy(update={"rows": kept, "more": len(full_table.rows) - len(kept)})


def build_rows(
    disclosed: DisclosedTable,
    title: TitleFunction,
    cells: Callable[[DisclosedLine], list[TableCell]],
    every: str,
    group: TitleFunction | None = None,
) -> list[TableRow]:
    """The rows of a grid, of its groups, and of all."""
    rows = [_build_row(line.name, title(line.name), cells(line), "row") for line in disclosed.lines]
    rows += [_build_row(line.name, (group or str)(line.name), cells(line), "group") for line in disclosed.groups]
    return [*rows, _build_row("", every, cells(disclosed.all), "all")] if rows else []


def _build_row(name: str, title: str, cells: list[TableCell], kind: str) -> TableRow:
    return TableRow(name=name, title=title, cells=cells, kind=kind)


def build_count_table(
    name: str,
    title: str,
    first: str,
    disclosed: DisclosedTable,
    titled: TitleFunction,
    parts: Mapping[str, str],
    places: FigureAddresses,
    total: str,
) -> FigureTable:
    """A table of a grid's counts: each part and the total."""
    used = [
        part for part in disclosed.parts if any(line.parts[part] != 0 for line in (*disclosed.lines, disclosed.all))
    ]
    heads = build_columns(*((part, parts[part]) for part in used), ("total", total))
    rows = build_rows(
        disclosed,
        titled,
        lambda line: [*(build_figure_cell(line.parts[part]) for part in used), build_figure_cell(line.total)],
        _("All"),
    )
    return build_table(name, title, first, heads, rows, places)


def build_share_table(
    name: str, title: str, first: str, disclosed: DisclosedTable, titled: TitleFunction, part: tuple[str, str],
    total: str, places: FigureAddresses,
    group: TitleFunction | None = None,
) -> FigureTable:  # fmt: skip
    """A table of one part's share: the part, the total, the share and its interval."""
    key, heading = part
    heads = [*build_columns((key, heading), ("total", total)), *build_share_columns()]
    rows = build_rows(
        disclosed, titled,
        lambda line: [build_figure_cell(line.parts[key]), build_figure_cell(line.total),
                      *build_share_cells(compute_share(line, key))], _("All"), group,
    )  # fmt: skip
    return build_table(name, title, first, heads, rows, places)


def render_csv(full_table: FigureTable) -> str:
    """A table as CSV, every cell such that no spreadsheet runs it; a figure that is left out is said to be."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["name", "title", "line", *(column.name for column in full_table.columns)])
    for row in full_table.rows:
        cells = [cell.text if cell.hidden else "" if cell.value is None else str(cell.value) for cell in row.cells]
        writer.writerow([quote_cell(cell) for cell in (row.name, row.title, row.kind, *cells)])
    return BYTE_ORDER_MARK + stream.getvalue()
