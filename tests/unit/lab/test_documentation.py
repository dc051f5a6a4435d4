"""The page on the laboratory's world says what is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "laboratory-world.md"


def test_the_example_of_the_page_runs() -> None:
    """As it stands there: people, what they could do, and a part of them with its weight."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert len(names["persons"].keys) == 1_000
    assert len(names["candidates"].agents) > 1_000
    assert names["debtors"].person_weight > 1_000
