"""Whom a case spares is spared in truth: proved over all values of its record, also the missing ones."""

from __future__ import annotations

from typing import Any

import pytest
from tests.law.sound import load_sound_catalogue

from goodstanding import charter
from goodstanding.catalogue import Catalogue, overlay_catalogue
from goodstanding.charter import assess

FIELDS: dict[str, Any] = {
    "able": {"type": "boolean", "title": "Able to pay", "kind": "ability"},
    "unable": {"type": "boolean", "title": "Unable to pay", "kind": "inability"},
    "certain": {"type": "boolean", "title": "Able to pay", "kind": "ability", "required": True},
    "means": {"type": "code", "title": "Means", "kind": "ability", "one_of": ["able", "unable", "unknown"]},
    "income": {"type": "integer", "title": "Income", "kind": "ability", "at_least": 0, "at_most": 1000},
    "ground": {"type": "code", "title": "Ground", "kind": "finding", "one_of": ["refusal", "other"]},
    "debt": {"type": "integer", "title": "Debt", "kind": "amount", "at_least": 0, "at_most": 1000},
    "minor": {"type": "boolean", "title": "A minor", "kind": "age"},
    "years": {"type": "integer", "title": "Age", "kind": "age", "at_least": 0, "at_most": 120},
    "study": {"type": "boolean", "title": "Debt from studies", "kind": "duty"},
    "purpose": {"type": "code", "title": "What for", "kind": "duty", "one_of": ["study", "rent"]},
    "first": {"type": "boolean", "title": "First breach", "kind": "finding"},
    "grave": {"type": "boolean", "title": "Grave", "kind": "class"},
    "earlier": {"type": "integer", "title": "Earlier breaches", "kind": "count", "at_least": 0, "at_most": 9},
    "corrected": {"type": "boolean", "title": "Corrected", "kind": "performance"},
}
# exemption, condition, part of the code of the refusal
UNPROVED = (
    ("inability-to-pay", "ground = 'other'", "reads-other"),
    ("inability-to-pay", "minor", "reads-other"),
    ("inability-to-pay", "occurred < '1900-01-01'", "reads-other"),
    ("inability-to-pay", "able", "conditioned"),
    ("inability-to-pay", "NOT unable", "conditioned"),
    ("inability-to-pay", "NOT able AND ground = 'other'", "conditioned"),
    ("inability-to-pay", "NOT able AND debt > 999", "conditioned"),
    ("inability-to-pay", "NOT able AND income < 10", "conditioned"),
    ("inability-to-pay", "NOT certain AND NOT grave", "conditioned"),
    ("inability-to-pay", "means = 'unable' AND ground = 'other'", "conditioned"),
    ("inability-to-pay", "means = 'unable'", "conditioned"),
    ("inability-to-pay", "able IS NOT NULL AND NOT able", "needs-answer"),
    ("inability-to-pay", "NOT COALESCE(able, TRUE)", "needs-answer"),
    ("inability-to-pay", "able IS FALSE", "needs-answer"),
    ("minor", "years < 14", "conditioned"),
    ("minor", "NOT minor", "conditioned"),
    ("minor", "minor AND able", "conditioned"),
    ("minor", "minor IS TRUE", "needs-answer"),
    ("minor", "study", "reads-other"),
    ("study-debt", "study AND debt < 100", "conditioned"),
    ("study-debt", "study IS TRUE", "needs-answer"),
    ("study-debt", "able", "reads-other"),
    ("minor-first-breach", "first AND NOT corrected AND NOT grave", "conditioned"),
    ("minor-first-breach", "corrected AND NOT grave AND first AND ground = 'other'", "conditioned"),
    ("minor-first-breach", "corrected AND debt < 10", "reads-other"),
    ("minor-first-breach", "corrected IS TRUE AND first", "needs-answer"),
    ("minor-first-breach", "occurred < '1900-01-01'", "reads-other"),
)
PROVED = (
    ("inability-to-pay", "NOT able"),
    ("inability-to-pay", "unable"),
    ("inability-to-pay", "unable OR ground = 'other'"),
    ("inability-to-pay", "NOT certain"),
    ("inability-to-pay", "able IS NULL OR NOT able"),
    ("inability-to-pay", "means <> 'able'"),
    ("inability-to-pay", "means IN ('unable', 'unknown')"),
    ("inability-to-pay", "means = 'unable' OR (ground <> 'refusal' AND means <> 'able')"),
    ("inability-to-pay", "income < 100"),
    ("minor", "minor"),
    ("minor", "years < 18"),
    ("minor", "years < 21"),
    ("minor", "minor OR years < 16"),
    ("study-debt", "study"),
    ("study-debt", "purpose = 'study'"),
    ("study-debt", "purpose = 'study' OR NOT able"),
    ("minor-first-breach", "corrected AND NOT grave"),
    ("minor-first-breach", "first AND corrected AND NOT grave"),
    ("minor-first-breach", "earlier = 0 AND corrected AND NOT grave"),
    ("minor-first-breach", "NOT grave"),
)


def vary_exemption(name: str, when: str) -> Catalogue:
    """The sound catalogue with fields for every ground, and one exemption of its debts said in another way."""
    return overlay_catalogue(
        load_sound_catalogue(),
        {
            **{f"records.order.fields.{key}": rule for key, rule in FIELDS.items()},
            f"cases.debt.spares.{name}": {"when": when, "basis": "act art. 2"},
        },
    )


@pytest.mark.parametrize(("name", "when", "reason"), UNPROVED, ids=[f"{part[0]}: {part[1]}" for part in UNPROVED])
def test_an_exemption_that_does_not_always_spare_is_refused(name: str, when: str, reason: str) -> None:
    """Article 8 alone is breached, at the condition, and the refusal says what would be right."""
    assessment = assess(vary_exemption(name, when))
    assert assessment.breached == (8,), assessment.breaches
    [breach] = assessment.breaches
    assert breach.key == f"cases.debt.spares.{name}.when"
    assert reason in breach.reason.code
    assert breach.reason.render_remedy()


@pytest.mark.parametrize(("name", "when"), PROVED, ids=[": ".join(part) for part in PROVED])
def test_an_exemption_that_spares_in_any_words_is_enacted(name: str, when: str) -> None:
    """What spares whom the charter names, and perhaps more, is lawful however it is written."""
    charter.refuse_if_breached(vary_exemption(name, when))
