"""Rows in which a natural person's number stands: found before anything of them is kept or told (charter article 3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from itertools import permutations

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.intake.files.sheet import ROW_NUMBER
from goodstanding.subjects import find_person_scheme, has_sure_number

_LEAST_LIKELY, _LEAST_CERTAIN = 10, 13  # letters: no number of a person is shorter
_MOST_JOINED = 36  # letters: with a joint after each
_MOST_PARTS = 3  # columns that a number may be cut into by chance: place, day, and the remainder
_MOST_CUTS = 18  # columns, one for each digit: a number in more than three is told by all of its characters
# the forms of the numbers, coarsely: written so that many cells are looked through fast
_IDENTITY_NUMBER = "([0-9０-９][-._/ ]?){17}"
_TAX_NUMBER = "[A-Za-zÑñ&Ａ-Ｚａ-ｚ＆]{4}[-._/ ]?[0-9０-９]{6}"
_LIKELY = f"{_IDENTITY_NUMBER}|{_TAX_NUMBER}"
_JOINED = f"^({_IDENTITY_NUMBER}[0-9Xx０-９Ｘｘ]?|{_TAX_NUMBER}[-._/ ]?[0-9A-Za-z]{{3}})$"
_PART = "^([0-9０-９][0-9０-９._/ -]{0,14}[XxＸｘ]?|[A-Za-zÑñ&Ａ-Ｚａ-ｚ＆]{1,4}[0-9０-９]{0,6}|[0-9A-Za-z]{1,3})$"
_SHORT = re.compile(_IDENTITY_NUMBER)  # without its check digit: a county and a telephone have that form, too


def list_person_rows(table: pa.Table, feed: Feed, catalogue: Catalogue) -> dict[int, str]:
    """The rows of a sheet in which a natural person's number stands, each with its column.

    Where an identifier is read from, what looks like such a number is one; elsewhere every character must fit. Looked
    through is whatever a record carries, also columns that make a number together; in feeds of a country whose
    identifiers are taken for such numbers every column.
    """
    naming = _list_naming_columns(feed)
    rows: dict[int, str] = {}
    for name in _list_searched_columns(table.column_names, feed, catalogue, naming):
        for row, text in _list_likely_cells(table, name, _LEAST_LIKELY if name in naming else _LEAST_CERTAIN):
            if find_person_scheme(text, certain=name not in naming):
                rows.setdefault(row, name)
    runs = _list_long_runs(table, feed)
    for names in (*_list_joined_columns(table.column_names, feed), *runs):
        for row, text in _list_joined_cells(table, names):
            if _is_joined_number(text, naming.issuperset(names), len(names)):
                rows.setdefault(row, ", ".join(names))
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
    row = pa.table({name: pa.array([str(cell or "")]) for name, cell in cells.items()})
    for names in (*_list_joined_columns(cells, feed), *_list_long_runs(row, feed)):
        text = "".join(str(cells[name] or "") for name in names)
        if _is_joined_number(text, naming_columns.issuperset(names), len(names)):
            return ", ".join(names)
    return None


def _list_naming_columns(feed: Feed) -> set[str]:
    return {column for identifier in feed.subject.identifiers for column in identifier.value.reads()}


def _list_searched_columns(
    columns: Collection[str], feed: Feed, catalogue: Catalogue, naming: Collection[str]
) -> list[str]:  # fmt: skip
    schemes = [catalogue.identifier_schemes.get(identifier.scheme) for identifier in feed.subject.identifiers]
    is_whole = not schemes or any(scheme is not None and scheme.persons for scheme in schemes)
    read = {*feed.columns(), *naming}
    return [name for name in columns if name != ROW_NUMBER and (is_whole or name in read)]


def _list_joined_columns(columns: Collection[str], feed: Feed) -> Iterable[tuple[str, ...]]:
    """Two or three columns that a number may be cut into: side by side, put together by the feed, or identifiers."""
    read = set(feed.columns())
    ordered = [name for name in columns if name in read]
    joined = [
        tuple(ordered[start : start + size])
        for size in range(2, _MOST_PARTS + 1)
        for start in range(len(ordered) - size + 1)
    ]
    joined += [value.columns for value in feed.values().values() if 1 < len(value.columns) <= _MOST_CUTS]
    joined += permutations([name for name in ordered if name in _list_naming_columns(feed)], 2)
    return dict.fromkeys(names for names in joined if read.issuperset(names) and set(names) <= set(columns))


def _list_long_runs(table: pa.Table, feed: Feed) -> Iterator[tuple[str, ...]]:
    """More columns side by side, as far as in some row short cells alone stand in them that can make a number."""
    read = set(feed.columns())
    ordered = [name for name in table.column_names if name in read]
    lengths = {name: pc.fill_null(pc.utf8_length(table.column(name)), 0) for name in ordered}
    fitting = {name: _is_part(table.column(name)) for name in ordered}
    for start in range(len(ordered) - _MOST_PARTS):
        length, goes_on = lengths[ordered[start]], fitting[ordered[start]]
        for end in range(start + 1, min(start + _MOST_CUTS, len(ordered))):
            length = pc.add(length, lengths[ordered[end]])
            goes_on = reduce(pc.and_, [goes_on, fitting[ordered[end]], pc.less_equal(length, _MOST_JOINED)])
            if not pc.any(goes_on).as_py():
                break
            if end - start >= _MOST_PARTS:
                yield tuple(ordered[start : end + 1])


def _is_part(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(pc.match_substring_regex(texts, _PART), False)


def _list_joined_cells(table: pa.Table, names: tuple[str, ...]) -> list[tuple[int, str]]:
    """The rows whose cells of these columns are together as long as a number, and have its form from end to end."""
    cells = table.select([ROW_NUMBER, *names])
    lengths = [pc.utf8_length(cells.column(name)) for name in names]
    length = reduce(pc.add, lengths)
    is_near = pc.and_(pc.greater_equal(length, _LEAST_CERTAIN), pc.less_equal(length, _MOST_JOINED))
    cells = cells.filter(reduce(pc.and_, [is_near, *(pc.greater(part, 0) for part in lengths)]))
    text = pc.binary_join_element_wise(*(cells.column(name).cast(pa.string()) for name in names), "")
    numbers = cells.select([ROW_NUMBER]).append_column("text", text).filter(pc.match_substring_regex(text, _JOINED))
    return list(zip(*(column.to_pylist() for column in numbers.columns), strict=True))


def _is_joined_number(text: str, is_naming: bool, parts: int) -> bool:
    """Whether cells together are a number, to its last character where they stand side by side by chance."""
    if parts > _MOST_PARTS:
        return bool(re.fullmatch(_JOINED, text)) and has_sure_number(text)
    is_whole = is_naming or not _SHORT.fullmatch(text)
    return is_whole and bool(re.fullmatch(_JOINED, text)) and find_person_scheme(text, certain=True) is not None


def _list_likely_cells(table: pa.Table, name: str, least: int) -> list[tuple[int, str]]:
    cells = table.select([ROW_NUMBER, name])
    cells = cells.filter(pc.greater_equal(pc.utf8_length(cells.column(1)), least))
    cells = cells.filter(pc.match_substring_regex(cells.column(1), _LIKELY))
    return list(zip(*(column.to_pylist() for column in cells.columns), strict=True))
