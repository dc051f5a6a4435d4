"""Files as programs of offices write them: other separators, lines above the header, other encodings, workbooks."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import UK, build_sheet_xml, uk_row, write_sheets, write_workbook

from goodstanding.catalogue import load_library
from goodstanding.catalogue.feeds import Feed, FileForm
from goodstanding.errors import BadFile
from goodstanding.intake.files import workbook_reader
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.mapping.feed_mapping import check_columns

FEED = load_library()["uk-food-hygiene"].feeds["uk-fhrs"]
ROWS = [uk_row(1, businessname="Café; Bar, Inn"), uk_row(2, businessname="Other")]


def write_form(**form: Any) -> Feed:
    """The feed with what it says of how its files are written."""
    return FEED.model_copy(update={"written": FileForm(**form)})


def render_lines(separator: str = ",", above: Sequence[str] = ()) -> str:
    """The rows as text, with lines above the header."""
    lines = [list(UK), *[[str(row[name] or "") for name in UK] for row in ROWS]]
    quoted = [separator.join(f'"{cell}"' if separator in cell else cell for cell in line) for line in lines]
    return "\n".join([*above, *quoted]) + "\n"


def write_text(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A CSV file of a text."""
    file = folder / "file.csv"
    file.write_bytes(text.encode(encoding))
    return file


def read_names(file: Path, feed: Feed | None = FEED, **options: Any) -> list[str]:
    """The names in a file's rows."""
    return read_file(file, feed, **options).table.column("businessname").to_pylist()


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_a_separator_is_told_by_the_header(tmp_path: Path, separator: str) -> None:
    """Cells may have semicolons, tabs or bars between them; what stands in a cell is no separator."""
    assert read_names(write_text(tmp_path, render_lines(separator))) == ["Café; Bar, Inn", "Other"]


def test_lines_above_the_header_are_left_out_and_noted(tmp_path: Path) -> None:
    """The header is the first line that has the columns of the feed; rows keep the numbers of their lines."""
    sheet = read_file(write_text(tmp_path, render_lines(";", ['Report "2015";', "", "made by hand;;"])), FEED)
    assert (sheet.columns, sheet.table.column("row number").to_pylist()) == (UK, [5, 6])
    assert list(map(str, sheet.notes)) == ["lines above the header that were left out: 3"]


def test_a_broken_line_below_a_title_has_its_own_number(tmp_path: Path) -> None:
    """A row with too few cells, and a quotation mark that is never closed, are named by the line of the file."""
    text = render_lines(";", ["Title"])
    [broken] = read_file(write_text(tmp_path, text + "3;only\n"), FEED).broken
    assert (broken.row, broken.text) == (5, "3;only")
    with pytest.raises(BadFile, match="a quotation mark opens here") as refusal:
        read_file(write_text(tmp_path, text + '3;"open\n'), FEED)
    assert str(refusal.value.where).endswith("line 5")


def test_a_header_that_is_only_nearly_right_is_read_with_its_own_separator(tmp_path: Path) -> None:
    """So the refusal names the column that is misspelt, and not all the others."""
    sheet = read_file(write_text(tmp_path, render_lines(";", ["Title"]).replace("hygiene", "hygene")), FEED)
    assert set(UK) - set(sheet.columns) == {"hygiene"}


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("above", [(), ("Visits, by town", "")])
def test_a_file_whose_columns_are_all_wrong_is_told_with_its_separator_and_its_columns(
    tmp_path: Path, separator: str, above: tuple[str, ...]
) -> None:
    """It was told as one column, of all of them together."""
    lines = [*above, f"trade{separator}where", f"Miller, Sons{separator}Leeds", f"Jones{separator}York, UK"]
    sheet = read_file(write_text(tmp_path, "\n".join(lines)), FEED)
    assert sheet.columns == ("trade", "where")
    with pytest.raises(BadFile, match="does not know: 'trade', 'where'") as refusal:
        check_columns(sheet.columns, FEED, sheet)
    assert refusal.value.message.endswith(f"seem to be separated by {separator!r}.")


def test_columns_that_are_all_wrong_between_commas_need_no_word_on_commas(tmp_path: Path) -> None:
    """That is what every file is taken to have, unless its feed says otherwise."""
    file = write_text(tmp_path, "trade,where\nMiller,Leeds\n")
    for feed, is_told in ((FEED, False), (write_form(separator=";"), True)):
        sheet = read_file(file, feed)
        with pytest.raises(BadFile, match="does not know: 'trade', 'where'") as refusal:
            check_columns(sheet.columns, feed, sheet)
        assert ("separated by ','" in refusal.value.message) == is_told


def test_one_column_is_one_column(tmp_path: Path) -> None:
    """Where nothing stands between cells, nothing is guessed."""
    sheet = read_file(write_text(tmp_path, "trade\nMiller\n"), FEED)
    assert (sheet.columns, sheet.separator) == (("trade",), "")


def test_what_the_feed_says_of_its_files_is_tried_first(tmp_path: Path) -> None:
    """Where two lines or separators could be meant, the feed decides."""
    twice = render_lines(above=[",".join(UK)])
    assert read_names(write_text(tmp_path, twice)) == ["businessname", "Café; Bar, Inn", "Other"]
    assert read_names(write_text(tmp_path, twice), write_form(title_lines=1)) == ["Café; Bar, Inn", "Other"]
    assert read_names(write_text(tmp_path, render_lines("\t")), write_form(separator="tab")) == [
        "Café; Bar, Inn",
        "Other",
    ]


def test_an_encoding_other_than_utf8_is_asked_about(tmp_path: Path) -> None:
    """The file is not guessed at: the refusal shows a word as Latin-1 would have it, and whoever knows says so."""
    file = write_text(tmp_path, render_lines(), "windows-1252")
    with pytest.raises(BadFile, match="is not in UTF-8") as refusal:
        read_file(file, FEED)
    assert str(refusal.value.where).endswith("line 2")
    assert str(refusal.value.remedy).endswith("if this word is right so: Café")
    assert read_names(file, encoding="latin-1") == ["Café; Bar, Inn", "Other"]
    assert read_names(file, write_form(encoding="latin-1")) == ["Café; Bar, Inn", "Other"]


def test_what_is_utf8_stays_utf8(tmp_path: Path) -> None:
    """A file that is UTF-8 throughout is not spoilt by a feed, or a person, that takes it for Latin-1."""
    file = write_text(tmp_path, render_lines())
    assert read_names(file, encoding="latin-1") == ["Café; Bar, Inn", "Other"]


def test_the_mark_of_utf16_is_believed(tmp_path: Path) -> None:
    """What a spreadsheet calls Unicode text is read: UTF-16 with its mark, and tabs."""
    assert read_names(write_text(tmp_path, render_lines("\t"), "utf-16")) == ["Café; Bar, Inn", "Other"]


def test_a_file_that_is_not_in_the_encoding_said_is_refused(tmp_path: Path) -> None:
    """The refusal names the encoding and the line."""
    with pytest.raises(BadFile, match="not in the encoding big5") as refusal:
        read_file(write_text(tmp_path, "a,b\n1,\u00ff\u00ff\n", "latin-1"), write_form(encoding="big5"))
    assert str(refusal.value.where).endswith("line 2")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0012", "0012"), (5, "5"), (5.0, "5"), (2.5, "2.5"), (-3, "-3"), (True, "true"), ("", None), (None, None),
        (date(2015, 2, 16), "2015-02-16"), (" x ", " x "), ("Café «Ü», 你好 & <b>", "Café «Ü», 你好 & <b>"),
    ],
)  # fmt: skip
def test_a_cell_of_a_workbook_is_the_text_it_stands_for(tmp_path: Path, value: Any, text: str | None) -> None:
    """Texts stay as they are, whole numbers have no decimals, days are ISO 8601."""
    sheet = read_file(write_workbook(tmp_path / "file.xlsx", [{"a": value, "b": "x"}]))
    assert sheet.table.column("a").to_pylist() == [text]


def test_a_number_that_lost_digits_is_put_aside(tmp_path: Path) -> None:
    """A spreadsheet keeps fifteen digits of a number: a longer one is not what was entered, so its row waits."""
    sheet = read_file(write_workbook(tmp_path / "file.xlsx", [{"a": 913205940000000001}, {"a": 999999999999999}]))
    assert [(line.row, line.message.code) for line in sheet.broken] == [(2, "cell-lost-digits")]
    assert sheet.table.column("a").to_pylist() == ["999999999999999"]


def replace_part(file: Path, part: str, content: str) -> Path:
    """The workbook with another content of one of its parts."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == part else old)
    return file


SHEET = "xl/worksheets/sheet1.xml"


def test_an_error_of_a_spreadsheet_is_no_empty_cell(tmp_path: Path) -> None:
    """A row with #REF! in it waits."""
    file = write_workbook(tmp_path / "file.xlsx", [{"a": "x"}])
    error_cells = '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3"><v>1</v></c></row></sheetData>'
    sheet = read_file(
        replace_part(file, SHEET, build_sheet_xml([["a", "b"], ["x", "y"]]).replace("</sheetData>", error_cells))
    )
    assert [(line.row, line.message.code) for line in sheet.broken] == [(3, "cell-of-error")]


def test_a_workbook_is_read_below_its_titles(tmp_path: Path) -> None:
    """Lines above the header, empty rows between others and columns without a name and cells are left out."""
    lines = [["Report", None], [], [*UK, None], *([row[name] for name in UK] for row in ROWS[:1]), [], ["3", "x"]]
    sheet = read_file(write_sheets(tmp_path / "file.xlsx", {"Data": lines}), FEED)
    assert (sheet.columns, sheet.table.column("row number").to_pylist()) == (UK, [4, 6])
    assert list(map(str, sheet.notes)) == ["lines above the header that were left out: 2"]


def test_the_sheet_is_the_one_with_the_header(tmp_path: Path) -> None:
    """Of several sheets the one that has the feed's columns is read; where that is none or several, the feed says."""
    data = [list(UK), *([row[name] for name in UK] for row in ROWS)]
    file = write_sheets(tmp_path / "file.xlsx", {"Notes": [["a"], ["b"]], "Data": data})
    assert read_names(file) == ["Café; Bar, Inn", "Other"]
    both = write_sheets(tmp_path / "both.xlsx", {"Old": data[:2], "New": data})
    with pytest.raises(BadFile, match=r"Which sheet of both\.xlsx is meant cannot be told: 'Old', 'New'"):
        read_file(both, FEED)
    assert read_names(both, write_form(sheet="Old")) == ["Café; Bar, Inn"]
    with pytest.raises(BadFile, match="has no sheet 'Newest'") as refusal:
        read_file(both, write_form(sheet="Newest"))
    assert refusal.value.remedy == "'Old', 'New'"


def write_far_cell(place: str) -> Callable[[Path], Path]:
    """A workbook in which something stands far away."""
    cell = f'<row r="{place.lstrip("ABCDEFGXZ")}"><c r="{place}"><v>1</v></c></row></sheetData>'

    def write(folder: Path) -> Path:
        file = write_workbook(folder / "file.xlsx", [{"a": "x"}])
        return replace_part(file, SHEET, build_sheet_xml([["a"], ["x"]]).replace("</sheetData>", cell))

    return write


def write_large_part(folder: Path) -> Path:
    """A workbook that unpacks to much more than it is."""
    file = write_workbook(folder / "file.xlsx", [{"a": "x"}])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", " " * 80_000_000)
    return file


def write_understated_part(folder: Path) -> Path:
    """A workbook whose archive says of a part that it is smaller than what is packed in it."""
    file = write_workbook(folder / "file.xlsx", [{"a": "x"}])
    with zipfile.ZipFile(file) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    file.write_bytes(file.read_bytes().replace(size, (10).to_bytes(4, "little")))
    return file


def write_other_document(folder: Path) -> Path:
    """An archive that is a document of another kind."""
    file = folder / "file.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    return file


HOSTILE = {
    "a cell in the last corner": (write_far_cell("XFD1048576"), "a sheet that is too large"),
    "a cell far below": (write_far_cell("A9999999"), "a sheet that is too large"),
    "a part that unpacks to much": (write_large_part, "no workbook"),
    "a part that is larger than it says": (write_understated_part, "."),
    "another document": (write_other_document, "no workbook"),
}


@pytest.mark.parametrize(("write", "reason"), list(HOSTILE.values()), ids=list(HOSTILE))
def test_a_hostile_workbook_is_refused_before_it_fills_the_memory(
    tmp_path: Path, write: Callable[[Path], Path], reason: str
) -> None:
    """What would become huge, or is not what it says, is refused in words."""
    with pytest.raises(BadFile, match=reason):
        read_file(write(tmp_path), FEED)


def test_the_limit_of_a_workbook_is_of_all_its_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many sheets, each just small enough, are too large together."""
    monkeypatch.setattr(workbook_reader, "MOST_CELLS", 11)
    parts = {name: [["a", "b"], ["1", "2"], ["3", "4"]] for name in ("One", "Two")}
    file = write_sheets(tmp_path / "file.xlsx", parts)
    places = build_sheet_xml([["a"]]).replace("<c ", '<c r="B3" ')
    replace_part(replace_part(file, SHEET, places), "xl/worksheets/sheet2.xml", places)
    with pytest.raises(BadFile, match="a sheet that is too large"):
        read_file(file)
