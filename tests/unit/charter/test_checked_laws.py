"""Which laws behind the words for conduct somebody looked up, and which are quoted from memory."""

from __future__ import annotations

import pytest
from tests.law.sound import load_sound_catalogue

from goodstanding.charter.markdown import render_charter_markdown
from goodstanding.charter.report import render_assessment_html
from goodstanding.charter.vocabulary import describe_law, get_vocabulary, list_unchecked_laws

CITED = {word: entry for word, entry in get_vocabulary("conduct").items() if "law" in entry}


@pytest.mark.parametrize("word", CITED)
def test_every_law_says_whether_somebody_looked_it_up(word: str) -> None:
    """By the source in which it was read, or by `false`; nothing is left open."""
    checked = CITED[word]["checked"]
    assert checked is False or (isinstance(checked, str) and checked.strip() == checked and "." in checked)


def test_a_law_is_told_with_where_it_was_read() -> None:
    """Or that it was not looked up; a word whose law an article names needs no more."""
    assert describe_law("fire-safety").endswith(" (looked up at en.wikipedia.org)")
    assert describe_law("consumer-protection").endswith(" (not looked up)")
    assert describe_law("honour") == ""
    assert "consumer-protection" in list_unchecked_laws()
    assert "fire-safety" not in list_unchecked_laws()


def test_the_charter_and_its_report_say_it() -> None:
    """The page of the articles for every word; the report for the words that its catalogues use, and for no other."""
    page = render_charter_markdown()
    assert all(describe_law(word) in page for word in CITED)
    catalogue = load_sound_catalogue()
    assert "Quoted, but not looked up" not in render_assessment_html([catalogue])
    records = catalogue.records | {"visit": catalogue.records["visit"].model_copy(update={"conduct": ("competition",)})}
    report = render_assessment_html([catalogue.model_copy(update={"records": records})])
    assert "Quoted, but not looked up" in report
    assert "competition: Treaty on the Functioning of the European Union" in report
