"""The page on the laboratory's world, and the notebook, say what is so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

DOCUMENTS = Path(__file__).parents[3] / "docs"
PAGE = DOCUMENTS / "explanation" / "laboratory-world.md"
NOTEBOOK = DOCUMENTS / "examples" / "laboratory.ipynb"
MOST_LINES = 20


def test_the_example_of_the_page_runs() -> None:
    """As it stands there: people, what they could do, and a part of them with its weight."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert len(names["persons"].keys) == 1_000
    assert len(names["candidates"].agents) > 1_000
    assert names["debtors"].person_weight > 1_000


def test_the_notebook_runs_from_top_to_bottom(capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty lines at most, read as a notebook's program reads them; people fall, and the ratio has its interval."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert sum(bool(line.strip()) for cell in code for line in cell.splitlines()) <= MOST_LINES
    names: dict[str, Any] = {}
    for cell in code:
        exec(cell, names)
    printed = capsys.readouterr().out
    assert "from goodstanding.lab import Population, assess, run" in code[0]
    assert names["counts"].fallen > 0
    assert re.search(r"scheme over twin: \d\.\d+ \(\d\.\d+ to \d\.\d+\)", printed)


def test_the_notebook_keeps_no_output_and_no_trace_of_who_ran_it() -> None:
    """Outputs would be old with the next change of a rate; whoever opens it runs it."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)
