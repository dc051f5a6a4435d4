"""The page of every key: made from the models, so that it tells the truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.catalogue import load_library
from goodstanding.catalogue.compiler.format_reference import render_format_reference

PAGE = Path(__file__).parents[3] / "docs/reference/catalogue-keys.md"


@pytest.fixture(scope="module")
def page() -> str:
    """The page as it is made now."""
    return render_format_reference(load_library().values())


def test_the_page_of_keys_is_what_the_models_say(page: str) -> None:
    """Otherwise: goodstanding catalogue keys > docs/reference/catalogue-keys.md."""
    assert PAGE.read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    "line",
    [
        "| `version` | whole number | needed | `1` |",
        "| `days` | `YYYY-MM-DD`, `DD/MM/YYYY`, `MM/DD/YYYY`, `DD.MM.YYYY`, `DD-MM-YYYY`, `MM-DD-YYYY`, `YYYY/MM/DD`,"
        " `YYYY.MM.DD`, `YYYYMMDD` | `YYYY-MM-DD` | `DD/MM/YYYY` |",
        "| `per` | `source`, `region` | `source` | `source` |",
        "| `while` | list of: name | none |",
        "| `written` | [File form](#file-form) | none |",
    ],
)
def test_a_key_has_its_type_its_default_and_an_example(page: str, line: str) -> None:
    """As the file writes it: a key by its own name, a default as YAML, choices one by one."""
    assert line in page


def test_every_line_of_the_page_is_whole(page: str) -> None:
    """No key is without a type or an example, and every part that a type leads to is on the page."""
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert [line for line in lines if "|  |" in line] == []
    headings = {line[3:].lower().replace(" ", "-") for line in page.splitlines() if line.startswith("## ")}
    links = {part.partition(")")[0] for part in page.split("](#")[1:]}
    assert links - headings == set()
