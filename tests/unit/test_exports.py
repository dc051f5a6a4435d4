"""What each room lets others use."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import goodstanding

EXPORTS: dict[str, set[str]] = {
    "access": {
        "ANYBODY",
        "Action",
        "Actor",
        "Decision",
        "OPERATOR",
        "Resource",
        "Role",
        "list_visible_audiences",
        "may",
    },
    "catalogue": {
        "Catalogue",
        "ExampleResult",
        "Feed",
        "Period",
        "load_catalogue",
        "load_files",
        "load_library",
        "overlay_catalogue",
        "run_examples",
    },
    "charter": {"ARTICLES", "Article", "Assessment", "Breach", "VERSION", "assess", "refuse_if_breached"},
    "cli": {"main"},
    "evidence": set(),
    "intake": set(),
    "ledger": set(),
    "oversight": set(),
    "portal": set(),
    "procedure": {"Interval", "StatedCase", "StatedStep", "advance", "list_intervals"},
    "register": set(),
    "standing": {
        "build_effects_sql",
        "compute_effects",
        "compute_explanations",
        "compute_outcomes",
        "compute_stated_steps",
        "evaluate",
    },
    "subjects": {
        "Identifier",
        "IdentifierScheme",
        "KINDS",
        "Kind",
        "PUBLISHED_KINDS",
        "SCHEMES",
        "SearchPlan",
        "build_search_text",
        "build_search_texts",
        "declare_schemes",
        "guess_identifiers",
        "list_grams",
        "normalise_name",
        "plan_search",
        "rank_names",
        "repair_encoding",
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
