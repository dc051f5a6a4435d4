"""How tests are handed out to the processes of a run."""

from __future__ import annotations

from pathlib import Path

from tests.distribution import TOGETHER

ROOT = Path(__file__).parents[2]


def test_what_stays_together_is_there() -> None:
    """A module or a test that was moved or renamed is named by its new path."""
    for name in TOGETHER:
        path, _mark, test = name.partition("::")
        assert f"def {test}" in (ROOT / path).read_text(encoding="utf-8"), name
