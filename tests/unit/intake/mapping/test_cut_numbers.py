"""A natural person's number in another shape: cut in two, without its check digit, in a reference or beside letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from tests.unit.charter.edited_catalogues import FEED, load_edited

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed
from goodstanding.intake.files.sheet import ROW_NUMBER, Sheet
from goodstanding.intake.mapping.feed_mapping import map_rows_to_records
from goodstanding.intake.mapping.person_rows import find_person_column, list_person_rows
from goodstanding.subjects import find_person_scheme

NUMBER, DIGITS, TAX_NUMBER = "11010519491231002X", "110105194912310062", "GODE561231GR8"
CELLS = {
    "number": "7", "office": "north", "lei": "213800KUD8LAJWSQ9D15", "name": "Ann Ltd", "district": "South",
    "day": "2026-05-18", "score": "3", "case": "A", "part": "B", "last": "C",
}  # fmt: skip
NUMBERED = FEED.replace("reference: number", "reference: {columns: [number, case], joined_by: '-'}")
TWO = FEED.replace("[{scheme: lei, value: lei}]", "[{scheme: a, value: part}, {scheme: b, value: last}]")
OWN = (
    "schemes:\n  food:",
    "identifiers:\n  a: {title: A, pattern: '[0-9]{6,9}', example: '123456', basis: act art. 1}\n"
    "  b: {title: B, pattern: '[0-9X]{9,12}', example: '123456789', basis: act art. 1}\n\nschemes:\n  food:",
)


def load_feed(text: str, *changes: tuple[str, str]) -> tuple[Catalogue, Feed]:
    """The sound catalogue with this feed."""
    catalogue = load_edited(*changes, feed=text)
    return catalogue, catalogue.feeds["visits"]


def build_table(**cells: str) -> pa.Table:
    """One row of the feed, in the order of its columns."""
    row = CELLS | cells
    return pa.table({name: [text] for name, text in row.items()} | {ROW_NUMBER: pa.array([2], pa.int64())})


# feed, changes of the catalogue, cells, the columns that are told
CUT: dict[str, tuple[str, tuple[tuple[str, str], ...], dict[str, str], str]] = {
    "in the reference": (FEED, (), {"number": NUMBER}, "number"),
    "in a case number": (NUMBERED, (), {"case": "(2019) 110105-19491231-002X"}, "case"),
    "behind letters": (FEED, (), {"number": f"EX{NUMBER}"}, "number"),
    "without its check digit": (FEED, (), {"number": NUMBER[:-1]}, "number"),
    "without its check digit, in a name": (FEED, (), {"name": f"Ann {NUMBER[:-1]}"}, "name"),
    "a tax number in the reference": (FEED, (), {"number": TAX_NUMBER}, "number"),
    "in two columns that the feed puts together": (
        NUMBERED, (), {"number": NUMBER[:6], "case": NUMBER[6:]}, "number, case",
    ),
    "in two columns side by side": (FEED, (), {"name": NUMBER[:8], "district": NUMBER[8:]}, "name, district"),
    "in three columns side by side": (
        FEED, (), {"lei": NUMBER[:6], "name": NUMBER[6:14], "district": NUMBER[14:]}, "lei, name, district",
    ),
    "a tax number in two columns": (
        FEED, (), {"name": TAX_NUMBER[:4], "district": TAX_NUMBER[4:]}, "name, district"
    ),
    "in four columns side by side": (
        FEED,
        (),
        {"office": NUMBER[:2], "lei": NUMBER[2:6], "name": NUMBER[6:14], "district": NUMBER[14:]},
        "office, lei, name, district",
    ),
    "in seven columns side by side": (
        FEED, (), {"number": NUMBER[:2], "office": NUMBER[2:4], "lei": NUMBER[4:6], "name": NUMBER[6:10],
                   "district": NUMBER[10:12], "day": NUMBER[12:14], "score": NUMBER[14:]},
        "number, office, lei, name, district, day, score",
    ),
    "a tax number in four columns": (
        FEED, (), {"office": "GODE", "lei": "56", "name": "1231", "district": "GR8"}, "office, lei, name, district",
    ),
    "in four columns that the feed puts together": (
        FEED.replace("reference: number", "reference: {columns: [number, case, part, last]}"), (),
        {"number": NUMBER[:6], "case": NUMBER[6:10], "part": NUMBER[10:14], "last": NUMBER[14:]},
        "number, case, part, last",
    ),
    "behind other digits": (FEED, (), {"number": f"12{NUMBER}"}, "number"),
    "before other digits": (FEED, (), {"number": f"{DIGITS}34"}, "number"),
    "between digits and letters": (FEED, (), {"name": f"EX77{DIGITS}01Z"}, "name"),
    "between digits, with joints of its own": (FEED, (), {"name": "12110105-19491231-002X-9"}, "name"),
    "a tax number behind letters": (FEED, (), {"number": f"EX{TAX_NUMBER}"}, "number"),
    "a tax number between letters and digits": (FEED, (), {"name": f"A1{TAX_NUMBER}99"}, "name"),
    "in two schemes": (TWO, (OWN,), {"part": NUMBER[:9], "last": NUMBER[9:]}, "part, last"),
    "in two schemes, the second one first": (TWO, (OWN,), {"part": NUMBER[9:], "last": NUMBER[:9]}, "last, part"),
    "in two schemes, without its check digit": (TWO, (OWN,), {"part": NUMBER[:8], "last": NUMBER[8:-1]}, "part, last"),
}  # fmt: skip


@pytest.mark.parametrize("shape", CUT)
def test_a_number_of_another_shape_is_found(shape: str) -> None:
    """In a file and in a line of a batch alike, with the column that the clerk knows."""
    text, changes, cells, columns = CUT[shape]
    catalogue, feed = load_feed(text, *changes)
    table = build_table(**cells)
    assert list_person_rows(table, feed, catalogue) == {2: columns}
    assert find_person_column({**CELLS, **cells}, feed, catalogue) == columns


def test_the_row_is_put_aside_and_its_value_told_in_no_message() -> None:
    """What else is wrong with it is not told either: it might repeat a part of the number."""
    catalogue, feed = load_feed(FEED)
    table = build_table(name=NUMBER[:8], district=NUMBER[8:], score="no number")
    columns = tuple(name for name in table.column_names if name != ROW_NUMBER)
    feed = feed.model_copy(update={"ignored": ("case", "part", "last")})
    [record] = map_rows_to_records(
        Sheet("x", "0", columns, table, ()), feed, catalogue, date(2026, 6, 1), Path()
    ).to_pylist()
    [problem] = record["problems"]
    assert (problem["column"], problem["code"], problem["value"]) == ("name, district", "row-of-person", None)


HARMLESS: dict[str, dict[str, str]] = {
    "a county beside a telephone": {"name": NUMBER[:6], "district": "19912120123"},
    "a document with its county, day and serial number": {"number": "11010520200101001"},
    "a long number": {"number": "20140102123456789"},
    "two numbers side by side": {"name": "123456789", "district": "123456789"},
    "a number whose check is wrong": {"number": "110105194912310021"},
    "a longer number with a day of today": {"number": "11010520200101001234"},
    "a longer number whose check is wrong": {"number": "1211010519491231002134"},
    "a longer number of no county": {"number": "0099999919491231002X"},
    "a day in three columns beside a county": {
        "number": "110105",
        "office": "2019",
        "lei": "12",
        "name": "31",
        "district": "0020",
    },
    "a word before a tax number of a company": {"name": "XYABC010101AB"},
    "a column that the feed does not read": {"case": NUMBER},
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_resembles_a_number_is_taken_in(name: str) -> None:
    """Numbers of documents, telephones and counties are none of persons."""
    catalogue, feed = load_feed(FEED)
    assert list_person_rows(build_table(**HARMLESS[name]), feed, catalogue) == {}


def test_a_number_without_its_check_digit_is_one_in_every_text() -> None:
    """Of whoever was born before 2010; with joints as well."""
    assert find_person_scheme("110105 19491231 002") is not None
    assert find_person_scheme("110105 20191231 002") is None
