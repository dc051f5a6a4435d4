"""Every worked example against what it was checked with: a row of the reference and its mark, or an article.

Where the rule is the charter's alone, the charter itself.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from goodstanding.catalogue import load_library
from goodstanding.catalogue.primitives import BASIS
from goodstanding.charter.vocabulary import read_charter_file

LIBRARY = load_library()
EXAMPLES = [(name, example) for name, catalogue in LIBRARY.items() for example in catalogue.examples]
IDS = [f"{name}: {example['example']}" for name, example in EXAMPLES]
each_example = pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=IDS)
MARKS = {"D", "S", "M", "X"}
MARK = re.compile(r"\b[DSMX]\b")


@pytest.fixture(scope="module")
def reference(data_folder: Path) -> list[tuple[str, set[str]]]:
    """The lines of the reference on published schemes, beside the whole tables, each with the marks it stands under.

    A line without a mark of its own stands under its heading's; what was measured on the tables is computed (X), and
    what was compared with the law was read in its text (D) or in the best copy found (S).
    """
    folder = data_folder.parent / "reference"
    if not (folder / "schemes.md").is_file():
        pytest.skip("the reference on published schemes is not here")
    rows, heading = [], set[str]()
    for line in (folder / "schemes.md").read_text(encoding="utf-8").splitlines():
        own = set(MARK.findall(line))
        heading = own if line.startswith("#") else heading
        rows.append((line, own or heading))
    compared = (folder / "legal-check.md").read_text(encoding="utf-8").splitlines()
    measured = (folder / "measured.md").read_text(encoding="utf-8").splitlines()
    return rows + [(line, {"D", "S"}) for line in compared] + [(line, {"X"}) for line in measured]


@each_example
def test_an_example_says_what_it_was_checked_against(name: str, example: dict[str, Any]) -> None:
    """A row with its mark, a file with its article, or the charter where its article is the law; the law is known."""
    source = example["source"]
    if set(source) == {"charter"}:
        assert example["law"] == f"charter art. {source['charter']}"
        return
    assert set(source) in ({"row", "mark"}, {"file", "article"}, {"file", "row", "mark"})
    assert source.get("mark", "D") in MARKS
    match, catalogue = BASIS.match(example["law"]), LIBRARY[name]
    assert match, example["law"]
    assert match["instrument"] == "charter" or match["article"] in catalogue.instruments[match["instrument"]].articles


def test_what_an_example_was_checked_against_is_there(reference: list[tuple[str, set[str]]], data_folder: Path) -> None:
    """The row stands in the reference with that mark; the article stands in the law's text, or in the charter."""
    missing = [
        name
        for name, (_, example) in zip(IDS, EXAMPLES, strict=True)
        if not _is_there(example["source"], reference, data_folder)
    ]
    assert missing == []


def _is_there(source: dict[str, Any], reference: list[tuple[str, set[str]]], data_folder: Path) -> bool:
    if "charter" in source:
        return source["charter"] in read_charter_file("articles.yaml")
    if {"file", "row"} <= set(source):  # what a published table says of itself
        return source["row"] in (data_folder / source["file"]).read_text(encoding="utf-8")
    if "file" in source:
        text = (data_folder / "cn_regulations" / source["file"]).read_text(encoding="utf-8")
        return str(source["article"]) in text
    return any(source["mark"] in marks for line, marks in reference if source["row"] in line)


def test_every_catalogue_has_at_least_five_examples() -> None:
    """Five worked cases are the least by which a reader can check a catalogue."""
    few = {name: len(catalogue.examples) for name, catalogue in LIBRARY.items() if len(catalogue.examples) < 5}
    assert few == {}
