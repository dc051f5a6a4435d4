"""Texts and CSV tables: UTF-8 without control characters, and without cells that a spreadsheet would carry out."""

from __future__ import annotations

import re

from goodstanding.errors import BadFile
from goodstanding.messages import EvidenceMessage, Message

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
        raise BadFile(Message(EvidenceMessage.TABLE_HAS_FORMULA, {"line": _find_line_number(text, match.end())}))


def _decode_text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise BadFile(Message(EvidenceMessage.TEXT_NOT_UTF8, {"line": line})) from wrong
    if match := _CONTROL.search(text):
        params = {"line": _find_line_number(text, match.start()), "character": f"U+{ord(match[0]):04X}"}
        raise BadFile(Message(EvidenceMessage.TEXT_HAS_CONTROL_CHARACTER, params))
    return text


def _find_line_number(text: str, end: int) -> int:
    return text.count("\n", 0, end) + 1
