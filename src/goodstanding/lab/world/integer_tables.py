"""Whole people: tables of fractions become whole numbers that meet their sums exactly, each cell right on average.

Two-way controlled rounding after Cox (1987, Journal of the American Statistical Association 82, 520-524): fractions
are moved round a cycle of cells until one of them is whole, either way with the chance that leaves the expectation.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from goodstanding.lab.world.random_streams import draw_word

_CLOSE, _UNIT, _11 = 1e-7, 2.0**-53, np.uint64(11)
_MOST_ROUNDS = 10_000
Counts = NDArray[np.int64]
Table = NDArray[np.float64]


def apportion(shares: Table, total: int) -> Counts:
    """A total split by shares into whole numbers, each less than one from its share (largest remainders)."""
    exact = shares / shares.sum() * total
    counts: Counts = np.floor(exact + _CLOSE).astype(np.int64)
    missing = total - int(counts.sum())
    remainders = np.round(exact - counts, 6)  # so that the last digits decide no tie
    counts[np.argsort(-remainders, kind="stable")[:missing]] += 1
    return counts


def round_table(table: Table, rows: Counts, columns: Counts, stream: np.uint64) -> Counts:
    """A table of whole numbers with these sums of rows and columns, as near to a table's proportions as they let it be.

    Both sums have one total; all cells of the table are above 0.
    """
    counts = np.zeros(table.shape, np.int64)
    places = np.ix_(rows > 0, columns > 0)
    if rows.sum():
        counts[places] = _round_positive(table[places], rows[rows > 0], columns[columns > 0], stream)
    return counts


def _round_positive(table: Table, rows: Counts, columns: Counts, stream: np.uint64) -> Counts:
    """The same where every row and column has somebody."""
    exact = _fit_table(table, rows, columns)
    whole: Counts = np.floor(exact).astype(np.int64)
    added = whole
    while added.any():
        left_rows, left_columns = rows - whole.sum(axis=1), columns - whole.sum(axis=0)
        if not left_rows.any():
            return whole
        exact = _fit_left(np.maximum(exact - added, _CLOSE), left_rows, left_columns)
        added = np.floor(exact + _CLOSE).astype(np.int64)
        whole = whole + added
    return np.asarray(whole + np.rint(_round_fractions(exact, np.uint64(stream))).astype(np.int64))


def _fit_left(table: Table, rows: Counts, columns: Counts) -> Table:
    fitted = np.zeros(table.shape)
    places = np.ix_(rows > 0, columns > 0)
    fitted[places] = _fit_table(table[places], rows[rows > 0], columns[columns > 0])
    return fitted


@njit(cache=True)
def _fit_table(table, rows, columns):  # type: ignore[no-untyped-def]
    """A table scaled by rows and columns until it has their sums (iterative proportional fitting)."""
    fitted = table.copy()
    height, width = fitted.shape
    for _ in range(_MOST_ROUNDS):
        for row in range(height):
            ratio = rows[row] / fitted[row].sum()
            for column in range(width):
                fitted[row, column] *= ratio
        error = 0.0
        for column in range(width):
            ratio = columns[column] / fitted[:, column].sum()
            for row in range(height):
                fitted[row, column] *= ratio
            error = max(error, abs(ratio - 1.0))
        if error < 1e-13:
            break
    return fitted


@njit(cache=True)
def _find_fraction_in_row(table, row, but):  # type: ignore[no-untyped-def]
    for column in range(table.shape[1]):
        if column != but and _CLOSE < table[row, column] < 1.0 - _CLOSE:
            return column
    return -1


@njit(cache=True)
def _find_fraction_in_column(table, column, but):  # type: ignore[no-untyped-def]
    for row in range(table.shape[0]):
        if row != but and _CLOSE < table[row, column] < 1.0 - _CLOSE:
            return row
    return -1


@njit(cache=True)
def _find_cycle(table, row, column, path):  # type: ignore[no-untyped-def]
    """Cells with fractions, by turns in one row and in one column, into `path`; first and last place, or none."""
    row_places, column_places = np.full(table.shape[0], -1), np.full(table.shape[1], -1)
    length = 0
    while True:
        row_places[row], column_places[column] = length, length
        path[length, 0], path[length, 1] = row, column
        other = _find_fraction_in_row(table, row, column)
        if other < 0:
            return length, length
        path[length + 1, 0], path[length + 1, 1] = row, other
        length += 2
        if column_places[other] >= 0:
            return column_places[other], length
        column, before = other, row
        row = _find_fraction_in_column(table, column, before)
        if row < 0:
            return length - 1, length - 1
        if row_places[row] >= 0:
            path[length, 0], path[length, 1] = row, column
            return row_places[row] + 1, length + 1


@njit(cache=True)
def _round_fractions(table, stream):  # type: ignore[no-untyped-def]
    """A table of 0 and 1 with the same sums, from one of fractions with whole sums."""
    path = np.zeros((2 * (table.shape[0] + table.shape[1]) + 4, 2), np.int64)
    drawn = uint64(0)
    for row in range(table.shape[0]):
        column = _find_fraction_in_row(table, row, -1)
        while column >= 0:
            first, end = _find_cycle(table, row, column, path)
            if first == end:  # a fraction alone is a whole number but for the last digits
                table[path[first, 0], path[first, 1]] = np.rint(table[path[first, 0], path[first, 1]])
            else:
                luck = (draw_word(stream, drawn) >> _11) * _UNIT
                _move_round(table, path, first, end, luck)
                drawn += uint64(1)
            column = _find_fraction_in_row(table, row, -1)
    return table


@njit(cache=True)
def _move_round(table, path, first, end, luck):  # type: ignore[no-untyped-def]
    """Moves as much round the cycle as makes one cell whole, up or down, with the chances that keep the mean."""
    up, down = 1.0, 1.0
    for place in range(first, end):
        value = table[path[place, 0], path[place, 1]]
        if (place - first) % 2 == 0:
            up, down = min(up, 1.0 - value), min(down, value)
        else:
            up, down = min(up, value), min(down, 1.0 - value)
    step = up if luck * (up + down) < down else -down
    for place in range(first, end):
        table[path[place, 0], path[place, 1]] += step if (place - first) % 2 == 0 else -step
