"""Catalogue pages end: their size is bounded, and no field's code stands where its title belongs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from goodstanding.catalogue.loader import locate_library_folder

NAMES = sorted(path.parent.name for path in locate_library_folder().glob("*/catalogue.yaml"))
MOST_BYTES = 150_000
CODES = re.compile(r"\b(order-to-correct|fields\.[a-z_]+|[a-z]+_[a-z_]+ = )")


@pytest.mark.parametrize("name", NAMES)
def test_a_catalogue_s_page_is_small_and_speaks_words(anybody: Any, name: str) -> None:
    """Under 150 kB, with no code of a value or field outside conditions, which are shown as they are written."""
    page = anybody.get(f"/catalogues/{name}")
    prose = re.sub(r"<code.*?</code>|<[^>]+>", " ", page.text)
    assert len(page.content) < MOST_BYTES
    assert not CODES.findall(prose)
