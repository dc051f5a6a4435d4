"""The text of a file that a source sends: UTF-8, what a mark at its beginning says, or what somebody said it is."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from goodstanding.catalogue.feeds import Encoding
from goodstanding.intake.files.sheet import build_file_error
from goodstanding.messages import SubmissionMessage

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ONE_BYTE: tuple[Encoding, ...] = ("latin-1", "windows-1250", "windows-1251", "windows-1252")
_CODECS = {"latin-1": "windows-1252"}  # programs that say the one write the other
_WORD = re.compile(r"[^\W\d_]+")


def decode_text(file: Path, encoding: Encoding | None = None) -> str:
    """The text of a file; raises BadFile at the first line that is not in its encoding, UTF-8 unless another is said.

    What is UTF-8 throughout is read as that, also where an encoding of one byte a letter was said.
    """
    content = file.read_bytes()
    mark = next((mark for mark in _MARKS if content.startswith(mark)), None)
    codec = _MARKS[mark] if mark else _CODECS.get(encoding or "", encoding or "utf-8")
    if not mark and encoding in _ONE_BYTE and _is_utf8(content):
        codec = "utf-8"
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if encoding or mark:
            params = {"encoding": encoding or codec.removesuffix("-sig")}
            raise build_file_error(SubmissionMessage.FILE_OF_OTHER_ENCODING, file, line, **params) from error
        sample = _read_word(content, error.start)
        raise build_file_error(SubmissionMessage.FILE_NOT_UTF8, file, line, sample=sample) from error


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read_word(content: bytes, place: int) -> str:
    """The letters around a byte, as Latin-1 has them."""
    start = max(0, place - 30)
    text = content[start : place + 30].decode("windows-1252", errors="replace")
    words = [word[0] for word in _WORD.finditer(text) if word.start() <= place - start < word.end()]
    return next(iter(words), text[place - start])
