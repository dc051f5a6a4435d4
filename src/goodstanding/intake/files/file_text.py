"""The text of a file that a source sends."""

from __future__ import annotations

from pathlib import Path

from goodstanding.intake.files.sheet import build_file_error
from goodstanding.messages import SubmissionMessage


def decode_text(file: Path) -> str:
    """The text of a file; raises BadFile at the first line that is not in UTF-8."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise build_file_error(SubmissionMessage.FILE_NOT_UTF8, file, line) from error
