"""Templates: every word of theirs can be translated."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

HOUSE = Path(str(files("goodstanding")))
FOLDERS = (HOUSE / "web" / "templates", HOUSE / "portal" / "templates")
TEMPLATES = sorted(str(file.relative_to(HOUSE)) for folder in FOLDERS for file in folder.rglob("*.html"))
MOST_FILES = 20
BLOCK = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}|<!--.*?-->", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
OUR_SCRIPT = re.compile(r"<script src=\"{% static '[a-z/.-]+' %}\" defer></script>")
SAME_EVERYWHERE = {
    "JSON", "SQL", "sha256", "SHA-256", "PDF", "ZIP", "GS-", "/tlog/checkpoint", "UTC", "golden", "dragn",
}  # fmt: skip
NAMED = re.compile(r"{% (?:extends|include) \"([^\"]+)\"")
CODE = re.compile(r"<code[^>]*>.*?</code>", re.DOTALL)
EXAMPLE = re.compile(r"mx-rfc:|uk-fhrs-row:")


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_of_a_template_escapes_translation(name: str) -> None:
    """Outside translation tags there are no words but names that are the same in every language."""
    text = TAG.sub(" ", BLOCK.sub(" ", CODE.sub(" ", (HOUSE / name).read_text(encoding="utf-8"))))
    left = MARKUP.sub(" ", text).split()
    words = [word.strip(".,:;()") for word in left if re.search(r"[^\W\d_]{2}", word)]
    assert not [word for word in words if word not in SAME_EVERYWHERE and not EXAMPLE.match(word)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_a_style_or_script_of_its_own(name: str) -> None:
    """The content security policy would refuse them; a file of ours may be a page's script where the view says so."""
    text = OUR_SCRIPT.sub("", (HOUSE / name).read_text(encoding="utf-8"))
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|https?://", text)


def test_templates_lie_with_their_journeys_and_no_folder_is_a_heap() -> None:
    """A room's templates lie in folders named as its packages are, and none holds more than twenty files."""
    for room, shared in (("web", True), ("portal", False)):
        folder = HOUSE / room / "templates" / room
        journeys = {file.name for file in folder.iterdir() if file.is_dir()}
        assert journeys <= {package.name for package in (HOUSE / room).iterdir() if (package / "__init__.py").is_file()}
        assert shared or not list(folder.glob("*.html"))
    heaps = Counter(str(Path(name).parent) for name in TEMPLATES)
    assert not {folder: count for folder, count in heaps.items() if count > MOST_FILES}


def test_every_template_that_a_template_names_is_there() -> None:
    """What is extended or included exists, found as Django finds it."""
    there = {str(file.relative_to(folder)) for folder in FOLDERS for file in folder.rglob("*") if file.is_file()}
    named = {match for name in TEMPLATES for match in NAMED.findall((HOUSE / name).read_text(encoding="utf-8"))}
    assert named
    assert named <= there
