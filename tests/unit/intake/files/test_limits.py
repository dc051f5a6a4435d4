"""What a file may hold at most: looked at before it is read."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from goodstanding.errors import BadFile
from goodstanding.intake.files import limits
from goodstanding.intake.files.limits import MOST_COLUMNS, refuse_if_too_large

MEGABYTE = 1024 * 1024


def write_csv(folder: Path, text: str) -> Path:
    """A file of that text."""
    file = folder / "rows.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("above", ["", "Ratings of 16 February\n\n"])
def test_a_header_of_megabytes_is_refused_unsplit(tmp_path: Path, separator: str, above: str) -> None:
    """Two million columns take no more memory than their line does, and the line is named."""
    file = write_csv(tmp_path, f"{above}{separator.join(['a'] * 2 * MEGABYTE)}\n1\n")
    tracemalloc.start()
    with pytest.raises(BadFile, match="too wide") as refused:
        refuse_if_too_large(file)
    assert tracemalloc.get_traced_memory()[1] < 40 * MEGABYTE
    tracemalloc.stop()
    assert refused.value.where == f"rows.csv, line {1 + above.count(chr(10))}"


def test_rows_are_counted_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line break inside quotation marks ends no row, and an empty line is none."""
    monkeypatch.setattr(limits, "MOST_ROWS", 100)
    refuse_if_too_large(write_csv(tmp_path, "a,b\n" + '1,"x\ny\nz"\n\n' * 100))
    with pytest.raises(BadFile, match="too long"):
        refuse_if_too_large(write_csv(tmp_path, "a,b\n" + "1,x\n" * 130))


def test_a_text_with_many_commas_is_no_wide_line(tmp_path: Path) -> None:
    """Neither in quotation marks near the header, nor as one broken row below."""
    quoted = '"' + "," * 2 * MOST_COLUMNS + '"'
    refuse_if_too_large(write_csv(tmp_path, f"a,b\n1,{quoted}\n" + "1,2\n" * 30 + "," * 2 * MOST_COLUMNS + "\n"))
