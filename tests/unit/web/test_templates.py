"""Templates: every word of theirs can be translated."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

FOLDER = Path(str(files("goodstanding.web"))) / "templates"
TEMPLATES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.html"))
BLOCK = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}|<!--.*?-->", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
OUR_SCRIPT = re.compile(r"<script src=\"{% static '[a-z/.-]+' %}\" defer></script>")
SAME_EVERYWHERE = {
    "JSON", "SQL", "sha256", "SHA-256", "PDF", "ZIP", "GS-", "/tlog/checkpoint", "UTC", "golden", "dragn",
}  # fmt: skip
EXAMPLE = re.compile(r"mx-rfc:|uk-fhrs-row:")


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_of_a_template_escapes_translation(name: str) -> None:
    """Outside translation tags there are no words but names that are the same in every language."""
    text = TAG.sub(" ", BLOCK.sub(" ", (FOLDER / name).read_text(encoding="utf-8")))
    left = MARKUP.sub(" ", text).split()
    words = [word.strip(".,:;()") for word in left if re.search(r"[^\W\d_]{2}", word)]
    assert not [word for word in words if word not in SAME_EVERYWHERE and not EXAMPLE.match(word)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_a_style_or_script_of_its_own(name: str) -> None:
    """The content security policy would refuse them; a file of ours may be a page's script where the view says so."""
    text = OUR_SCRIPT.sub("", (FOLDER / name).read_text(encoding="utf-8"))
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|https?://", text)
