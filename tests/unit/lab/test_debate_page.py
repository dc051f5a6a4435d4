"""The page on the debate names every catalogue and every experiment, and says of each what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodstanding.catalogue import load_library
from goodstanding.lab.experiments.experiment_file import get_experiment, list_experiment_names

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "social-credit.md"
TEXT = PAGE.read_text(encoding="utf-8")
ENTRIES = re.findall(r"\b(live|laboratory|experiment) \[([a-z0-9-]+)\]\(([^)]+)\)", TEXT)
LINKS = re.findall(r"\]\(([^)\s]+)\)", TEXT)
WORDS = {"live": "live", "lab": "laboratory"}


def test_every_catalogue_is_named_as_what_it_is() -> None:
    """Live or of the laboratory, as its own file says; none is left out, and none is named that is gone."""
    named = {name: word for word, name, _link in ENTRIES if word != "experiment"}
    assert named == {name: WORDS[catalogue.mode] for name, catalogue in load_library().items()}


def test_every_experiment_is_named() -> None:
    """Each with its file, and none that is gone."""
    assert {name for word, name, _link in ENTRIES if word == "experiment"} == set(list_experiment_names())


def test_an_entry_leads_to_the_file_of_what_it_names() -> None:
    """Whoever follows a name reads the rules or the claim itself."""
    for word, name, link in ENTRIES:
        file = f"{name}.yaml" if word == "experiment" else f"{name}/catalogue.yaml"
        assert link.endswith(f"/{file}")
        assert (PAGE.parent / link).is_file()


@pytest.mark.parametrize("link", sorted(set(LINKS)))
def test_each_link_leads_to_a_file_and_its_heading(link: str) -> None:
    """Within the repository, and with an anchor to a heading that is there."""
    path, _mark, anchor = link.partition("#")
    file = PAGE.parent / path if path else PAGE
    assert file.is_file()
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
    assert not anchor or anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_nobody_in_the_debate_is_cited_at_length() -> None:
    """Claims are told in our own words: no passage in quotation marks is longer than a title."""
    quoted = re.findall(r"“([^”]*)”", TEXT)
    assert all(len(words.split()) <= 8 for words in quoted)


@pytest.mark.parametrize("name", list_experiment_names())
def test_who_claims_and_who_denies_is_named_as_on_the_page(name: str) -> None:
    """The row of an experiment names the texts that its file names."""
    experiment = get_experiment(name)
    texts = {"essay": "essay", "explainer": "explainer", "video": "video", "Renaud": "Renaud"}
    row = next(line for line in TEXT.splitlines() if f"experiment [{name}]" in line and line.startswith("| "))
    says, denies = row.split("|")[2:4]
    for side, cell in ((experiment.claim.who, says), (experiment.counter.who, denies)):
        assert {word for mark, word in texts.items() if mark in side} <= set(re.findall(r"\w+", cell))


def test_a_newcomer_sees_the_laboratory_on_the_first_screen() -> None:
    """The first thirty lines of the first page name it, lead to its two pages, and show its picture, which is small."""
    readme = PAGE.parents[2] / "README.md"
    first = "\n".join(readme.read_text(encoding="utf-8").splitlines()[:30])
    assert "**laboratory**" in first
    assert {"docs/explanation/laboratory.md", "docs/explanation/social-credit.md"} <= set(
        re.findall(r"\]\(([^)]+)\)", first)
    )
    picture = readme.parent / "docs" / "pictures" / "laboratory.png"
    assert "(docs/pictures/laboratory.png)" in first
    assert picture.stat().st_size < 200_000
