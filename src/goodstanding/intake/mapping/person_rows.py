"""Rows in which a natural person's number stands: found before anything of them is kept or told (charter article 3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.intake.files.sheet import ROW_NUMBER
from goodstanding.subjects import find_person_scheme

_LEAST_LIKELY, _LEAST_CERTAIN = 10, 13  # letters: no number of a person is shorter
# the forms of the numbers, coarsely: written so that many cells are looked through fast
_LIKELY = "([0-9０-９][-._/ ]?){17}|[A-Za-zÑñ&Ａ-Ｚａ-ｚ＆]{4}[-._/ ]?[0-9０-９]{6}"


def list_person_rows(table: pa.Table, feed: Feed, catalogue: Catalogue) -> dict[int, str]:
    """The rows of a sheet in which a natural person's number stands, each with its column.

    Where an identifier is read from, what looks like such a number is one; elsewhere every character must fit, and only
    feeds of a country whose identifiers are taken for such numbers are looked through.
    """
    naming = _list_naming_columns(feed)
    rows: dict[int, str] = {}
    for name in _list_searched_columns(table.column_names, feed, catalogue, naming):
        for row, text in _list_likely_cells(table, name, _LEAST_LIKELY if name in naming else _LEAST_CERTAIN):
            if find_person_scheme(text, certain=name not in naming):
                rows.setdefault(row, name)
    return rows


def has_person_number(table: pa.Table) -> bool:
    """Whether anything in a sheet looks like a natural person's number, whatever feed it may be of."""
    columns = [name for name in table.column_names if name != ROW_NUMBER]
    return any(
        find_person_scheme(text) for name in columns for _row, text in _list_likely_cells(table, name, _LEAST_LIKELY)
    )


def find_person_column(
    cells: Mapping[str, object], feed: Feed, catalogue: Catalogue, naming: Collection[str] = ()
) -> str | None:  # fmt: skip
    """The column of one row in which a natural person's number stands, by the same rules, if there is one."""
    naming_columns = {*_list_naming_columns(feed), *naming}
    for name in _list_searched_columns(cells, feed, catalogue, naming_columns):
        if find_person_scheme(str(cells[name]), certain=name not in naming_columns):
            return name
    return None


def _list_naming_columns(feed: Feed) -> set[str]:
    return {column for identifier in feed.subject.identifiers for column in identifier.value.reads()}


def _list_searched_columns(
    columns: Collection[str], feed: Feed, catalogue: Catalogue, naming: Collection[str]
) -> list[str]:  # fmt: skip
    schemes = [catalogue.identifier_schemes.get(identifier.scheme) for identifier in feed.subject.identifiers]
    is_whole = not schemes or any(scheme is not None and scheme.persons for scheme in schemes)
    return [name for name in columns if name != ROW_NUMBER and (is_whole or name in naming)]


def _list_likely_cells(table: pa.Table, name: str, least: int) -> list[tuple[int, str]]:
    cells = table.select([ROW_NUMBER, name])
    cells = cells.filter(pc.greater_equal(pc.utf8_length(cells.column(1)), least))
    cells = cells.filter(pc.match_substring_regex(cells.column(1), _LIKELY))
    return list(zip(*(column.to_pylist() for column in cells.columns), strict=True))
