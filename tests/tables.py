"""Tables compared cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def list_differing_cells(table: Mapping[Any, Any], expected: Mapping[Any, Any]) -> dict[Any, str]:
    """Every cell in which a table is not as expected, with what stands there and what should."""
    cells = [*expected, *(cell for cell in table if cell not in expected)]
    return {
        cell: f"{table.get(cell)!r}, not {expected.get(cell)!r}"
        for cell in cells
        if table.get(cell, ...) != expected.get(cell, ...)
    }
