"""Forty lawful changes of live catalogues, which must still be enacted: refusing everything is no way to pass."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.charter.edited_catalogues import assert_enactable

from goodstanding import charter
from goodstanding.catalogue import load_library, overlay_catalogue
from goodstanding.errors import CharterBreached

MORE_VISITS = {
    "title": "More visits", "says": "Whoever got a low grade is visited more often.", "basis": "charter art. 7",
    "kind": "supervision", "field": "inspection", "purpose": "inspection", "audience": ["food-authority"],
}  # fmt: skip
SHUT = MORE_VISITS | {"kind": "restriction"}
REMARK = {"type": "text", "title": "Remark of the officer", "kind": "remark", "public": False}
RULED_OUT = {"when": "status = 'exempt'", "reason": "Exempt.", "says": "It is exempt.", "basis": "charter art. 11"}

# catalogue, changes by path
EDITS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("uk-food-hygiene", {"title": "Ratings of places that serve food"}),
    ("uk-food-hygiene", {"summary": "Another sentence that says it more plainly."}),
    ("uk-food-hygiene", {"schemes.food-hygiene.lapses": "P2Y"}),
    ("uk-food-hygiene", {"schemes.food-hygiene.lapses": "P18M"}),
    ("uk-food-hygiene", {"schemes.food-hygiene.audience": "parties"}),
    ("uk-food-hygiene", {"schemes.food-hygiene.unproven": False}),
    ("uk-food-hygiene", {"schemes.food-hygiene.bands.0.title": "Excellent"}),
    ("uk-food-hygiene", {"schemes.food-hygiene.bands.0.at_most": 10}),
    ("uk-food-hygiene", {"records.inspection.fields.remark": REMARK}),
    ("uk-food-hygiene", {"records.inspection.audience": "parties"}),
    ("uk-food-hygiene", {"measures": {"more": {**MORE_VISITS, "scheme": "food-hygiene", "grades": ["0", "1"]}}}),
    ("uk-food-hygiene", {"procedures.rating.appeal.days": 42}),
    ("uk-food-hygiene", {"answers.comment_days": 60}),
    ("uk-food-convictions", {"lists.food-convictions-england.stays": "P6M"}),
    ("us-nyc-food-grades", {"schemes.food-grade.lapses": "P1Y"}),
    ("us-nyc-food-grades", {"schemes.food-grade.discretion": []}),
    ("us-nyc-food-grades", {"schemes.food-grade.bands.0.at_most": 12}),
    ("us-nyc-food-grades", {"procedures.display.appeal.decided_in": 10}),
    ("mx-tax-69b", {"lists.simulated-invoicing.stays": "P3Y"}),
    ("mx-tax-69b", {"lists.simulated-invoicing.audience": "parties"}),
    ("ca-montreal-food-convictions", {"lists.food-convictions-montreal.stays": "P1Y"}),
    ("imminent-danger", {"procedures.closing.interim.days": 10}),
    ("mx-tax-69b", {"measures.invoices-without-effect.audience": ["tax-authority"]}),
    ("mx-tax-69b", {"procedures.presumption.reply.days": 30}),
    ("cn-catering-faces", {"schemes.visit-face.lapses": "P1Y"}),
    ("cn-catering-faces", {"schemes.year-grade.over": "P6M"}),
    ("cn-catering-faces", {"measures.ordered-to-correct": None}),
    ("cn-tax-grade", {"measures.green-channel": None}),
    ("cn-tax-grade", {"procedures.grading.decision.days": 15}),
    ("cn-credit-repair", {"repair_classes.serious.most": "P2Y"}),
    ("cn-credit-repair", {"repair_classes.general.least": "P1M"}),
    ("cn-serious-violations", {"lists.serious-violations.stays": "P2Y"}),
    ("cn-serious-violations", {"measures.weighed-in-procurement": None}),
    ("cn-environment-12", {"schemes.environment.base": 10}),
    ("cn-environment-12", {"schemes.environment.items.order-to-correct.counts_for": "P1Y"}),
    ("cn-environment-12", {"schemes.environment.items.order-to-correct.at_most": 3}),
    ("cn-judgment-debtors-organisations", {"lists.judgment-debtors.ends_within": 1}),
    ("cn-judgment-debtors-organisations", {"measures.lending": None}),
    ("judgment-debtors", {"procedures.entry.reply.days": 28}),
    ("procurement-exclusion", {"procedures.two-tiers.appeal.decided_in": 60}),
)  # fmt: skip


def test_there_are_forty_and_they_touch_every_live_catalogue() -> None:
    """No catalogue is left out, and none of the edits is there twice."""
    live = {name for name, catalogue in load_library().items() if catalogue.mode == "live"}
    assert {name for name, _ in EDITS} == live
    assert len({repr(edit) for edit in EDITS}) == len(EDITS) == 40


@pytest.mark.parametrize(("name", "changes"), EDITS, ids=[f"{name}: {', '.join(edit)}" for name, edit in EDITS])
def test_a_lawful_change_is_allowed(name: str, changes: dict[str, Any]) -> None:
    """The catalogue still loads, the charter still allows it, and its rules still run."""
    assert_enactable(overlay_catalogue(load_library()[name], changes))


UNLAWFUL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("uk-food-hygiene", {"schemes.food-hygiene.lapses": None}),
    ("uk-food-hygiene", {"mode": "lab"}),
    ("uk-food-hygiene", {"subjects": ["establishment", "person"]}),
    ("uk-food-hygiene", {"records.inspection.fields.remark": REMARK | {"public": True}}),
    ("uk-food-hygiene", {"measures": {"shut": {**SHUT, "scheme": "food-hygiene", "grades": ["0"]}}}),
    ("mx-tax-69b", {"lists.simulated-invoicing.stays": "P6Y"}),
    ("mx-tax-69b", {"lists.simulated-invoicing.reaches": ["partner"]}),
    ("mx-tax-69b", {"procedures.presumption.reply.days": 5}),
    ("judgment-debtors", {"lists.persons.audience": "anybody"}),
    ("judgment-debtors", {"records.person-order.audience": "anybody"}),
    ("procurement-exclusion", {"measures.no-contract.field": "travel"}),
    ("cn-credit-repair", {"backwards": True}),
)  # fmt: skip


@pytest.mark.parametrize(("name", "changes"), UNLAWFUL, ids=[f"{name}: {', '.join(edit)}" for name, edit in UNLAWFUL])
def test_beside_them_unlawful_ones_are_refused(name: str, changes: dict[str, Any]) -> None:
    """The same catalogues, a step too far."""
    with pytest.raises(CharterBreached):
        charter.refuse_if_breached(overlay_catalogue(load_library()[name], changes))
