"""Whatever somebody writes into a catalogue, its check says yes or no in words: it never breaks, and yes means that the
rules can be worked with."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.register_fixtures import LIBRARY

from goodstanding import charter
from goodstanding.catalogue import Catalogue, load_files, run_examples
from goodstanding.catalogue.compiler.source_positions import SourcePositions
from goodstanding.effects import compute_examples, compute_intervals
from goodstanding.errors import CatalogueError
from goodstanding.intake.mapping.feed_dry_run import list_feed_failures
from goodstanding.register.rules.dry_run import build_dry_records, find_failure
from goodstanding.standing import compute_effects

NAMES = ("uk-food-hygiene", "procurement-exclusion", "mx-tax-69b", "cn-tax-grade", "imminent-danger", "rongcheng-2014")
Path = tuple[str | int, ...]
NUMBERS = (0, -1, 1, 2**31, 2**53, 2**63, -(10**30), 10**400)
LENGTHS = ("P0D", "P200Y", "P9999Y", f"P{'9' * 30}D", "P999999M", "-P1Y", "P1W")
DAYS = ("0001-01-01", "1000-01-01", "2200-12-31", "9999-12-31", "2023-02-29")
CONDITIONS = (
    "NOT " * 480 + "TRUE", "(" * 50 + "1 = 1" + ")" * 50, " OR ".join(["1 = 1"] * 300), "1", "NULL", "TRUE", "'",
    "occurred > '9999-12-31'", "occurred < '0001-01-01'", "1 + 9223372036854775807", "- - - 1", "x", "1; 2", "/*", "",
)  # fmt: skip
TEXTS = (
    "",
    " ",
    "a-b",
    "a_b",
    "a--b",
    "x" * 100,
    "x" * 6_000,
    "\0",
    "\u202e",
    "'; DROP TABLE record; --",
    "NaN",
    "null",
    "日",
)
ODD_VALUES: tuple[Any, ...] = (*NUMBERS, *LENGTHS, *DAYS, *CONDITIONS, *TEXTS, None, True, 1.5, [], {}, [[]], {"a": {}})


def _list_paths(content: Any, path: Path = ()) -> list[Path]:
    """The places of all values, containers too."""
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path, *(place for key, value in inner for place in _list_paths(value, (*path, key)))]


CONTENTS = {name: SourcePositions().read("catalogue.yaml", LIBRARY[name].files["catalogue.yaml"]) for name in NAMES}
PATHS = {name: [path for path in _list_paths(content) if path] for name, content in CONTENTS.items()}
KINDS = ("replace", "remove", "rename", "repeat", "swap")


@st.composite
def build_changes(draw: st.DrawFn) -> tuple[str, list[tuple[str, Path, Any]]]:
    """A catalogue of the library and what is done to it: values replaced, taken away, renamed, repeated, exchanged."""
    name = draw(st.sampled_from(NAMES))
    places = st.sampled_from(PATHS[name])
    values = st.sampled_from(ODD_VALUES) | st.integers() | st.text(max_size=20)
    kinds = st.sampled_from(KINDS)
    return name, draw(st.lists(st.tuples(kinds, places, values | places), min_size=1, max_size=3))


def _get_value(content: Any, path: Path) -> Any:
    for key in path:
        content = content[key]
    return content


def _change(content: Any, kind: str, path: Path, value: Any) -> None:
    """Does one thing to the content; a place that an earlier change took away stays away."""
    parent, key = _get_value(content, path[:-1]), path[-1]
    if kind == "remove":
        del parent[key]
    elif kind == "rename" and isinstance(parent, dict):
        parent[str(value)] = parent.pop(key)
    elif kind == "repeat" and isinstance(parent, dict):
        parent[f"{key}".replace("-", "_") + "_x"] = parent[key]
        parent[f"{key}".replace("_", "-") + "-x"] = parent[key]
    elif kind == "swap" and isinstance(value, tuple):
        parent[key] = deepcopy(_get_value(content, value))
    else:
        parent[key] = value


def _build(name: str, changes: list[tuple[str, Path, Any]]) -> Catalogue:
    content = json.loads(json.dumps(CONTENTS[name], default=str))
    for change in changes:
        try:
            _change(content, *change)
        except (KeyError, IndexError, TypeError):
            continue
    text = json.dumps(content, ensure_ascii=True, default=str)
    return load_files({**LIBRARY[name].files, "catalogue.yaml": text}, kept=False)


@given(build_changes())
def test_a_check_answers_in_words_and_what_it_lets_pass_can_be_worked_with(
    changed: tuple[str, list[tuple[str, Path, Any]]],
) -> None:
    """Nothing but a CatalogueError comes of odd rules; where there is none, effects can be worked out."""
    try:
        catalogue = _build(*changed)
    except CatalogueError as refusal:
        assert refusal.message
        return
    charter.assess(catalogue)
    list_feed_failures(catalogue)
    if find_failure(catalogue) is None:
        records = build_dry_records(catalogue)
        compute_effects(records, compute_intervals(records, catalogue), catalogue)
        run_examples(catalogue, compute_examples)
