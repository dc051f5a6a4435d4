"""What each room lets others use."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import goodstanding

EXPORTS = {
    "access": {"ANYBODY", "OPERATOR", "Action", "Actor", "Decision", "Resource", "Role", "may", "sees"},
    "catalogue": {
        "Catalogue",
        "ExampleResult",
        "Feed",
        "Period",
        "load",
        "load_files",
        "load_library",
        "overlay",
        "run_examples",
    },
    "charter": {"ARTICLES", "VERSION", "Article", "Assessment", "Breach", "assess", "refuse"},
    "cli": {"main"},
    "ledger": set(),
    "procedure": {"Case", "Interval", "StatedStep", "advance", "intervals"},
    "register": set(),
    "standing": {"effects", "evaluate", "explanations", "outcomes", "sql", "stated_steps"},
    "subjects": {
        "Identifier",
        "KINDS",
        "Kind",
        "PUBLISHED_KINDS",
        "SCHEMES",
        "Scheme",
        "SearchPlan",
        "declared",
        "grams",
        "guess",
        "mended",
        "normal",
        "plan",
        "rank",
        "searchable",
        "searchables",
    },
    "web": set(),
}


@pytest.mark.parametrize("room", EXPORTS)
def test_a_room_exports_what_is_written_here(room: str) -> None:
    """A name that a room exports is a promise: adding or removing one is a decision, made here too."""
    module = importlib.import_module(f"goodstanding.{room}")
    assert set(getattr(module, "__all__", ())) == EXPORTS[room]
    assert all(hasattr(module, name) for name in EXPORTS[room])


@pytest.mark.parametrize("room", EXPORTS)
def test_a_room_says_what_it_is_for(room: str) -> None:
    """The first thing to read in a room is what it is for."""
    module = importlib.import_module(f"goodstanding.{room}")
    assert (module.__doc__ or "").strip()


def test_every_room_is_written_here() -> None:
    """No room is without its exports."""
    rooms = {one.name for one in pkgutil.iter_modules(goodstanding.__path__) if one.ispkg}
    assert rooms == set(EXPORTS)


def test_no_file_is_called_utils() -> None:
    """A file is named by the idea it holds."""
    names = {file.stem for folder in goodstanding.__path__ for file in Path(folder).rglob("*.py")}
    assert not names & {"utils", "helpers", "common", "manager", "base"}
