"""Texts and CSV tables: UTF-8 without control characters, and without cells that a spreadsheet would carry out."""

from __future__ import annotations

import re

from goodstanding.errors import BadFile

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufffe\uffff]")
# A formula: =…, or after @, + or - something that is called, piped or taken from elsewhere (=cmd|…, +SUM(…), @x!y).
_FORMULA = re.compile(r'(?:^|[,;\t\r\n])"? *(?:=|[@+-][^,;\t\r\n"]*(?:[A-Za-z]\(|[|!]))')


def check_text(content: bytes) -> None:
    """Nothing, or BadFile for a text that is not UTF-8, or that holds characters which control rather than say."""
    _decode_text(content)


def check_csv_table(content: bytes) -> None:
    """As `check`; and BadFile for a cell that a spreadsheet takes for a formula."""
    text = _decode_text(content)
    if match := _FORMULA.search(text):
        remedy = "values instead of formulas, and no cell that begins with ="
        raise BadFile(
            f"Line {_find_line_number(text, match.end())} holds a formula, which a spreadsheet would carry out.",
            remedy=remedy,
        )


def _decode_text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise BadFile(f"The text is not in UTF-8 (line {line}).", remedy="the file saved as UTF-8") from wrong
    if match := _CONTROL.search(text):
        message = f"Line {_find_line_number(text, match.start())} holds the control character U+{ord(match[0]):04X}."
        raise BadFile(message, remedy="a text of letters, figures, signs and line ends")
    return text


def _find_line_number(text: str, end: int) -> int:
    return text.count("\n", 0, end) + 1
