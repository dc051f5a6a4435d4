"""No room, package or module is so large that nobody oversees it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "src" / "goodstanding"
FILES = sorted(file for file in HOUSE.rglob("*.py") if "migrations" not in file.parts)
MOST_MODULES = 15  # in a package, beside its `__init__`
MOST_LINES = 300  # in a module
MOST_SHARE = 0.2  # of all the code, in one room


def count_lines(file: Path) -> int:
    """The lines of a module."""
    return file.read_text(encoding="utf-8").count("\n")


def test_a_package_has_at_most_fifteen_modules() -> None:
    """A list of files is read at a glance."""
    sizes = Counter(file.parent for file in FILES if file.name != "__init__.py")
    assert {str(folder.relative_to(HOUSE)): size for folder, size in sizes.items() if size > MOST_MODULES} == {}


def test_a_module_has_at_most_three_hundred_lines() -> None:
    """A module is about one thing, and is read in one sitting."""
    assert {str(file.relative_to(HOUSE)): count_lines(file) for file in FILES if count_lines(file) > MOST_LINES} == {}


def test_no_room_holds_more_than_a_fifth_of_the_code() -> None:
    """A house of rooms alike in size: where one grows beyond, part of it is a room of its own."""
    lines = Counter[str]()
    for file in FILES:
        parts = file.relative_to(HOUSE).parts
        lines[parts[0] if len(parts) > 1 else "the house itself"] += count_lines(file)
    assert {room: number for room, number in lines.items() if number > MOST_SHARE * lines.total()} == {}
