"""Why a grade is what it is: the band of its score, the bounds of the band, and where other scores lead."""

from __future__ import annotations

import pytest

from goodstanding.catalogue import load_library
from goodstanding.register.files.explanations import ExplainedOutcome, explain_outcome

SCORES = {"hygiene": 10, "structural": 10, "confidence": 5}


@pytest.mark.usefixtures("register")
def test_a_grade_names_the_bounds_of_its_band_and_the_direction() -> None:
    """A score of 25 is from 21 to 30; lower scores lead towards 5."""
    catalogue = load_library()["uk-food-hygiene"]
    sentences = explain_outcome(ExplainedOutcome(catalogue, "food-hygiene", "3", 25, "band:2"), SCORES)
    assert "Scores from 21 to 30 give 3 (Generally satisfactory)." in sentences
    assert "Lower scores lead towards 5, higher scores towards 0." in sentences


@pytest.mark.usefixtures("register")
def test_a_capped_grade_names_the_grade_of_the_score_alone_and_the_cap() -> None:
    """A score of 15 alone would give 5; one bad score makes it 4, and both rules are named."""
    catalogue = load_library()["uk-food-hygiene"]
    sentences = explain_outcome(ExplainedOutcome(catalogue, "food-hygiene", "4", 15, "band:1"), SCORES)
    assert any(sentence.startswith("For 5:") for sentence in sentences)
    assert any(sentence.startswith("For 4:") for sentence in sentences)
    assert "So the grade is 4." in sentences
