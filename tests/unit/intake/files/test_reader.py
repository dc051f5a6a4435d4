"""Files as sources send them."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.clerk import UK, WRITERS, uk_row, write_csv, write_jsonl, write_parquet

from goodstanding.errors import BadFile
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.files.sheet import ROW_NUMBER

HEADER = ",".join(UK)


@pytest.mark.parametrize("form", WRITERS)
def test_each_format_gives_the_same_texts(tmp_path: Path, form: str) -> None:
    """CSV, Parquet and JSON lines of the same rows give the same text columns, empty cells as NULL."""
    rows = [uk_row(1, businessname="Café «Ü», 你好"), uk_row(2, hygiene=None)]
    sheet = read_file(WRITERS[form](tmp_path / f"file.{form}", rows))
    assert (sheet.file, sheet.columns, sheet.broken) == (f"file.{form}", UK, ())
    assert sheet.table.drop_columns([ROW_NUMBER]).to_pylist() == rows


@pytest.mark.parametrize(("form", "numbers"), [("csv", [2, 3]), ("parquet", [1, 2]), ("jsonl", [1, 2])])
def test_rows_have_the_numbers_that_the_clerk_sees(tmp_path: Path, form: str, numbers: list[int]) -> None:
    """A row of CSV or JSON lines is numbered by its line, a row of Parquet from 1."""
    sheet = read_file(WRITERS[form](tmp_path / f"file.{form}", [uk_row(1), uk_row(2)]))
    assert sheet.table.column(ROW_NUMBER).to_pylist() == numbers


def test_a_column_that_stands_twice_is_named(tmp_path: Path) -> None:
    """Two columns of one name in Parquet are refused by that name, not in the words of a library."""
    table = pa.table([pa.array(["1"]), pa.array(["2"])], names=["row_id", "row_id"])
    pq.write_table(table, tmp_path / "file.parquet")
    with pytest.raises(BadFile, match="column 'row_id' more than once"):
        read_file(tmp_path / "file.parquet")


def test_the_digest_is_of_the_files_bytes(tmp_path: Path) -> None:
    """Two files with the same bytes have the same digest, one more byte makes another."""
    first, same = write_csv(tmp_path / "a.csv", [uk_row(1)]), write_csv(tmp_path / "b.csv", [uk_row(1)])
    other = tmp_path / "c.csv"
    other.write_bytes(first.read_bytes() + b"\n")
    assert read_file(first).digest == read_file(same).digest != read_file(other).digest


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path: Path) -> None:
    """A CSV file that a spreadsheet saved with a byte order mark is read like one without."""
    file = write_csv(tmp_path / "file.csv", [uk_row(1)])
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_file(file).columns == UK


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_line_ends_and_a_missing_last_one_are_forgiven(tmp_path: Path, ending: str) -> None:
    """A CSV file may end its lines either way, and need not end its last."""
    file = tmp_path / "file.csv"
    file.write_text("a,b\r\n1,2" + ending, encoding="utf-8", newline="")
    assert read_file(file).table.drop_columns([ROW_NUMBER]).to_pylist() == [{"a": "1", "b": "2"}]


def test_empty_lines_are_no_rows(tmp_path: Path) -> None:
    """An empty line in a CSV file or in JSON lines is neither a row nor a broken one."""
    table, lines = tmp_path / "file.csv", tmp_path / "file.jsonl"
    table.write_text("a\n1\n\n2\n\n", encoding="utf-8")
    lines.write_text('{"a": 1}\n\n{"a": 2}\n\n', encoding="utf-8")
    for file in (table, lines):
        sheet = read_file(file)
        assert (sheet.table.column("a").to_pylist(), sheet.broken) == (["1", "2"], ())


def test_a_line_with_other_cells_than_the_header_is_broken(tmp_path: Path) -> None:
    """A CSV line with too few or too many cells comes back with its number, its text and both counts."""
    file = tmp_path / "file.csv"
    file.write_text("a,b\n1,2\n3\n4,5,6\n7,8\n", encoding="utf-8")
    sheet = read_file(file)
    assert sheet.table.column("a").to_pylist() == ["1", "7"]
    assert [(broken_line.row, broken_line.text, broken_line.reason) for broken_line in sheet.broken] == [
        (3, "3", "the row has 1 cells, the header 2"),
        (4, "4,5,6", "the row has 3 cells, the header 2"),
    ]


@pytest.mark.parametrize(("header", "column"), [("a,b,a", 3), ("a,,b", 2), ("a,b,", 3)])
def test_a_column_that_is_not_named_or_named_twice_is_told_by_its_number(
    tmp_path: Path, header: str, column: int
) -> None:
    """Its name is not told: in a file without a header that is a cell of somebody's."""
    file = tmp_path / "file.csv"
    file.write_text(f"{header}\n1,2,3\n", encoding="utf-8")
    with pytest.raises(BadFile, match="no header of distinct names") as refusal:
        read_file(file)
    assert str(refusal.value.where).endswith(f"file.csv, line 1, column {column}")


def test_a_file_whose_only_line_says_something_twice_puts_that_line_aside(tmp_path: Path) -> None:
    """It is JSON, so the file is no other format, and the line's own reason is told."""
    file = tmp_path / "file.jsonl"
    file.write_text('{"row_id": "1", "rating": "4", "rating": "0"}\n', encoding="utf-8")
    sheet = read_file(file)
    assert (sheet.columns, [line.reason for line in sheet.broken]) == (
        ("row_id", "rating"),
        ["the line says rating twice"],
    )


@pytest.mark.parametrize("cell", ["x" * 131_073, '"' + "5,6\n" * 40_000 + '"'])
def test_a_row_with_an_endless_cell_is_put_aside_alone(tmp_path: Path, cell: str) -> None:
    """Its line, column and length are named, the rows around it are read."""
    file = tmp_path / "file.csv"
    file.write_text(f"a,b\n1,2\n3,{cell}\n7,{'y' * 131_072}\n", encoding="utf-8")
    sheet = read_file(file)
    assert sheet.table.column("a").to_pylist() == ["1", "7"]
    [broken] = sheet.broken
    assert "begins in line 3 has" in broken.reason
    assert "letters in the column 'b', at most 131,072 are read" in broken.reason


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,"Joe\n2,Ann\n3,Bob\n', 2),
        ('a,b\n1,2\n"3,4\n5,6\n', 3),
        ('a,b\r\n"1\r\n2",3\r\n4,"5\r\n6,7\r\n', 4),
        ('a,b\n"1\n2","3\n4\n', 3),
        ('a,b\n1,"say ""Joe"" and\n2,3\n', 2),
        ('"a,b\n1,2\n', 1),
        ('a,b\n1,5" pipe\n2,"\n3,' + "x" * 200_000, 3),
    ],
)
def test_a_quotation_mark_left_open_is_told_where_it_opens(tmp_path: Path, text: str, line: int) -> None:
    """A cell in quotation marks that never ends is refused at the line where it begins, not at the end of the file."""
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(BadFile, match="a quotation mark opens here and is not closed") as refusal:
        read_file(file)
    assert str(refusal.value.where).endswith(f"file.csv, line {line}")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"row_id": ', "the line is no JSON"),
        ('{"row_id": "1"} {', "the line is no JSON"),
        ('{"row_id": "\\ud800"}', "the line is no JSON"),
        ("[1]", "the line is no JSON object"),
        ("null", "the line is no JSON object"),
        ("{}", "the line is no JSON object"),
        ('{"row_id": {"a": 1}}', "a cell holds an object or a list"),
        ('{"row_id": ["1"]}', "a cell holds an object or a list"),
        ('{"row_id": "1", "row_id": "2"}', "the line says row_id twice"),
        ('{"row_id": "1", "rating": "4", "row_id" : "1"}', "the line says row_id twice"),
    ],
)
def test_a_line_that_is_no_row_is_broken(tmp_path: Path, line: str, reason: str) -> None:
    """A line of JSON that is no object of plain cells is put aside by itself; the next line is read."""
    file = tmp_path / "file.jsonl"
    file.write_text(f"{line}\n{json.dumps(uk_row(2))}\n", encoding="utf-8")
    sheet = read_file(file)
    assert [(broken_line.row, broken_line.text) for broken_line in sheet.broken] == [(1, line)]
    assert sheet.broken[0].reason.startswith(reason)
    assert sheet.table.column("row_id").to_pylist() == ["2"]


def test_json_values_become_text(tmp_path: Path) -> None:
    """Numbers and truth values of JSON lines are read as the text a clerk would write."""
    file = tmp_path / "file.jsonl"
    file.write_text('{"a": 5, "b": 2.5, "c": true, "d": null, "e": ""}\n', encoding="utf-8")
    assert read_file(file).table.drop_columns([ROW_NUMBER]).to_pylist() == [
        {"a": "5", "b": "2.5", "c": "true", "d": None, "e": None}
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"), (2.5, "2.5"), (True, "true"), (date(2015, 2, 16), "2015-02-16"), (Decimal("1.50"), "1.50"),
        (datetime(2015, 2, 16), "2015-02-16 00:00:00.000000"), (b"bytes", "bytes"), (None, None),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_parquet_values_become_text(tmp_path: Path, value: Any, text: str | None) -> None:
    """Typed columns of Parquet are read as text, days in ISO."""
    pq.write_table(pa.table({"a": pa.array([value])}), tmp_path / "file.parquet")
    assert read_file(tmp_path / "file.parquet").table.column("a").to_pylist() == [text]


def test_a_nested_parquet_column_is_refused(tmp_path: Path) -> None:
    """A column of lists is no column of cells: the refusal names the column and its type."""
    pq.write_table(pa.table({"a": pa.array([[1, 2]])}), tmp_path / "file.parquet")
    with pytest.raises(BadFile, match="'a' is of type list"):
        read_file(tmp_path / "file.parquet")


def _no_file(folder: Path) -> Path:
    return folder / "file.csv"


def _a_folder(folder: Path) -> Path:
    (folder / "file.csv").mkdir()
    return folder / "file.csv"


def _bytes(name: str, content: bytes) -> Any:
    def write_file(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return write_file


def _cut(form: str) -> Any:
    def write_file(folder: Path) -> Path:
        file = WRITERS[form](
            folder / f"file.{form}", [uk_row(1, businessname='the "last", cell'), uk_row(2, lad13cd='a "b"')]
        )
        content = file.read_bytes()
        file.write_bytes(content[: content.rindex(b'"') - 2] if form == "csv" else content[:-60])
        return file

    return write_file


def _no_rows(folder: Path) -> Path:
    file = write_parquet(folder / "file.parquet", [uk_row(1)])
    pq.write_table(pq.read_table(file).slice(0, 0), file)
    return file


def _parquet_as(name: str) -> Any:
    def write_file(folder: Path) -> Path:
        file = write_parquet(folder / "right.parquet", [uk_row(1)])
        return file.rename(folder / name)

    return write_file


REFUSED = {
    "a file that is not there": (_no_file, "There is no file"),
    "a folder": (_a_folder, "There is no file"),
    "no bytes": (_bytes("file.csv", b""), "is empty, or larger"),
    "no bytes, as Parquet": (_bytes("file.parquet", b""), "is empty, or larger"),
    "a header and no rows": (_bytes("file.csv", HEADER.encode()), "holds no rows"),
    "Parquet without rows": (_no_rows, "holds no rows"),
    "blank lines": (_bytes("file.jsonl", b"\n\n\n"), "holds no rows"),
    "Latin-1": (_bytes("file.csv", (HEADER + "\n").encode() + "1,Café".encode("latin-1")), "is not in UTF-8"),
    "UTF-16 without a mark": (_bytes("file.csv", "é".encode("utf-16-le")), "is not in UTF-8"),
    "Latin-1 JSON lines": (_bytes("file.jsonl", '{"a": "é"}'.encode("latin-1")), "is not in UTF-8"),
    "a cut cell": (_cut("csv"), "cannot be read as CSV"),
    "cut Parquet": (_cut("parquet"), "is no Parquet file, or cut short"),
    "CSV called Parquet": (_bytes("file.parquet", HEADER.encode()), "is no Parquet file, or cut short"),
    "Parquet called CSV": (_parquet_as("file.csv"), "file.csv"),
    "Parquet called JSON lines": (_parquet_as("file.jsonl"), "is not in UTF-8"),
    "CSV called JSON lines": (_bytes("file.jsonl", b"a,b\n1,2\n"), "holds no JSON lines"),
    "an old spreadsheet": (_bytes("file.xls", b"PK"), "is in no known format"),
    "no workbook": (_bytes("file.xlsx", b"PK"), "cut short"),
    "no suffix": (_bytes("file", b"a\n1\n"), "is in no known format"),
    "a column twice": (_bytes("file.csv", b"a,a\n1,2\n"), "has no header of distinct names"),
    "a column without a name": (_bytes("file.csv", b"a,\n1,2\n"), "has no header of distinct names"),
    "an empty first line": (_bytes("file.csv", b"\n1,2\n"), "has no header of distinct names"),
}


@pytest.mark.parametrize(("make", "reason"), list(REFUSED.values()), ids=list(REFUSED))
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(tmp_path: Path, make: Any, reason: str) -> None:
    """A file that is empty, cut short, in the wrong encoding or not what its name claims raises BadFile in words."""
    with pytest.raises(BadFile, match=reason) as refusal:
        read_file(make(tmp_path))
    assert refusal.value.remedy


def test_the_refusal_of_an_encoding_names_the_line(tmp_path: Path) -> None:
    """The clerk is told in which line the first byte stands that is not UTF-8."""
    file = tmp_path / "file.csv"
    file.write_bytes(b"a\nb\nc\n\xe9\n")
    with pytest.raises(BadFile) as refusal:
        read_file(file)
    assert str(refusal.value.where).endswith("line 4")


def test_a_file_cut_between_cells_keeps_its_whole_rows(tmp_path: Path) -> None:
    """A CSV file cut inside its last row gives the rows before it, and that row as broken."""
    file = write_csv(tmp_path / "file.csv", [uk_row(1), uk_row(2), uk_row(3)])
    file.write_bytes(file.read_bytes()[:-40])
    sheet = read_file(file)
    assert sheet.table.column("row_id").to_pylist() == ["1", "2"]
    assert [broken_line.row for broken_line in sheet.broken] == [4]


def test_columns_that_only_some_lines_have_are_columns(tmp_path: Path) -> None:
    """JSON lines need not all have the same cells: what a line leaves out is empty."""
    file = tmp_path / "file.jsonl"
    write_jsonl(file, [{"a": "1"}])
    file.write_text(file.read_text() + '{"b": "2"}\n')
    assert read_file(file).table.drop_columns([ROW_NUMBER]).to_pylist() == [
        {"a": "1", "b": None},
        {"a": None, "b": "2"},
    ]
