"""A rule that was read in a secondary source only says so, names it, and counts as not compared."""

from __future__ import annotations

import pytest
from tests.unit.charter.edited_catalogues import list_reasons, load_edited

from goodstanding.catalogue import load_library
from goodstanding.charter.report import render_assessment_html
from goodstanding.errors import CatalogueError
from goodstanding.register.rules.legal_basis import find_legal_basis

TITLE = "    title: Debtors\n    basis: act art. 1"
NAMED = f"{TITLE}\n    verified: secondary\n    read_in: A newspaper of 3 May 2024"


def test_a_rule_names_the_secondary_source_in_which_it_was_read() -> None:
    """Its basis counts as not compared with the text, breaches nothing, and its page and report name the source."""
    catalogue = load_edited((TITLE, NAMED))
    law = find_legal_basis(catalogue, catalogue.lists["debtors"])
    assert law
    assert (law.verified, law.read_in) == (False, "A newspaper of 3 May 2024")
    assert list_reasons(catalogue, 1) == []
    report = render_assessment_html([catalogue])
    assert "1 were read in a secondary source (A newspaper of 3 May 2024)" in report


@pytest.mark.parametrize(
    "keys",
    [
        "verified: secondary",
        "verified: secondary\n    read_in: ''",
        "verified: secondary\n    read_in: '  '",
        "verified: true\n    read_in: A newspaper",
        "verified: false\n    read_in: A newspaper",
        "read_in: A newspaper",
    ],
)
def test_a_source_is_named_where_one_was_read_and_nowhere_else(keys: str) -> None:
    """The error says which two keys belong together."""
    with pytest.raises(CatalogueError, match="stand together"):
        load_edited((TITLE, f"{TITLE}\n    {keys}"))


@pytest.mark.parametrize("word", ["primary", "maybe", "2"])
def test_there_is_no_fourth_state(word: str) -> None:
    """Compared, read in a secondary source, or neither."""
    with pytest.raises(CatalogueError):
        load_edited((TITLE, f"{TITLE}\n    verified: {word}"))


def test_rules_of_the_library_that_rest_on_the_press_say_so() -> None:
    """The colours of Jiangsu and the face at the door were read in newspapers."""
    library = load_library()
    for name, place in (("cn-environment-12", "environment"), ("cn-environment-12-surcharges", "environment")):
        assert {band.verified for band in library[name].schemes[place].bands} == {"secondary"}
    assert library["cn-catering-faces"].measures["face-at-the-door"].read_in
