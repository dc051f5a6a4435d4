"""The charter in the documentation: generated, and as the code says it now; and the report for a legislator."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.catalogue import load_library
from goodstanding.charter.markdown import render_assessment_markdown, render_charter_markdown
from goodstanding.charter.report import render_assessment_html

DOCS = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize(
    ("file", "generated"),
    [
        ("charter-table.md", lambda: render_assessment_markdown(load_library().values())),
        ("charter.md", render_charter_markdown),
    ],
)
def test_the_documentation_says_what_the_code_says(file: str, generated: object) -> None:
    """Otherwise: goodstanding charter assess --markdown docs/reference/charter-table.md; charter articles."""
    assert callable(generated)
    assert (DOCS / file).read_text(encoding="utf-8") == generated()


def test_the_report_is_complete_in_itself() -> None:
    """One page with every catalogue, every breach and every article, and nothing fetched from elsewhere."""
    page = render_assessment_html(load_library().values())
    for name in load_library():
        assert name in page
    assert page.count("Answers:") == 23
    assert not [word for word in ("<script", "http://", "https://", "src=") if word in page]
