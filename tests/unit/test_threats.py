"""The page on threats tells the truth about its tests, and leaves out no line of the standard that it goes through."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "threats.md").read_text(encoding="utf-8")
LINES = [tuple(line.strip("| ").split(" | ", 2)) for line in re.findall(r"^\| \d+\.\d+\.\d+ .*$", PAGE, re.MULTILINE)]
# Lines of levels 1 and 2 in each chapter of OWASP ASVS 5.0.0: 253 in all.
LINES_BY_CHAPTER = {
    "1": 27, "2": 11, "3": 19, "4": 10, "5": 9, "6": 35, "7": 18, "8": 7, "9": 7, "10": 29, "11": 14, "12": 9,
    "13": 13, "14": 9, "15": 13, "16": 16, "17": 7,
}  # fmt: skip
STATES = ("`tests/", "](", "`uv.lock`", "met, but no test: ", "**not met**", "does not apply: ")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/.]+(?:::\w+)?)`", PAGE))))
def test_a_test_that_the_page_names_is_there(path: str) -> None:
    """Whoever renames a test, or takes it away, looks at what it was to show."""
    file, _colons, name = path.partition("::")
    assert (ROOT / file).exists()
    assert not name or f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_every_line_of_the_standard_stands_there_once() -> None:
    """No line is passed over because it is awkward."""
    numbers = Counter(line[0] for line in LINES)
    assert {number: times for number, times in numbers.items() if times > 1} == {}
    assert Counter(number.split(".")[0] for number in numbers) == LINES_BY_CHAPTER


def test_every_line_says_how_it_stands() -> None:
    """A line names a test, or says plainly that there is none, that it is not met, or why it does not apply."""
    assert [line for line in LINES if not any(state in line[2] for state in STATES)] == []
