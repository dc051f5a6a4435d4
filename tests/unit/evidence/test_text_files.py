"""Texts and tables in evidence."""

from __future__ import annotations

import pytest

from goodstanding.errors import BadFile
from goodstanding.evidence.text_files import check_csv_table, check_text


@pytest.mark.parametrize(
    "text", ["plain", "工资已付。", "\ufeffwith a mark", "a\tb\r\nc\n", "السلام \u2067x\u2069", "👩‍🚀", "a\x85b"]
)
def test_texts_of_every_language_are_taken(text: str) -> None:
    """Letters of any script, line ends and tabs are a text."""
    check_text(text.encode())


@pytest.mark.parametrize(
    "content", [b"\xff\xfea\x00", b"caf\xe9", b"a\x00b", b"\x1b[31mred", "a\u202eb".encode(), b"\xed\xa0\x80"]
)
def test_what_controls_rather_than_says_is_refused(content: bytes) -> None:
    """Other encodings, control characters and marks that override the order of reading are refused, with the line."""
    with pytest.raises(BadFile, match="ine 2"):
        check_text(b"first\n" + content)


@pytest.mark.parametrize(
    "cell", ["-12.5", "+52 55 1234", "-", "@", "a=b", "mail@example.org", "3-1=2", "+ (0)30 12", "--", "“=”"]
)
def test_ordinary_cells_are_taken(cell: str) -> None:
    """Numbers with a sign, telephone numbers, addresses and dashes are values."""
    check_csv_table(f"day;{cell}\n{cell},x\n".encode())


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        '"=HYPERLINK(""http://x"")"',
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-SUM(A1)*cmd|x!A0",
        "@SUM(1+1)",
        "  =1",
    ],
)
@pytest.mark.parametrize("before", ["", "x,", "x;", "x\t", "x\n", "x\r\n"])
def test_cells_that_a_spreadsheet_carries_out_are_refused(before: str, cell: str) -> None:
    """A formula is refused wherever a cell may begin, by commas, semicolons or tabs."""
    with pytest.raises(BadFile, match="formula"):
        check_csv_table(f"{before}{cell},x\n".encode())


def test_a_formula_is_a_text_like_any_other_outside_tables() -> None:
    """A text may say =1+1: nothing carries it out."""
    check_text(b"=1+1")
