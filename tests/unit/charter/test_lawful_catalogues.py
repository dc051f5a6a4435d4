"""Lawful catalogues and edits that stay enactable: refusing everything is no way to keep a charter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.charter.edited_catalogues import assert_enactable
from tests.unit.charter.sectors import INSTRUMENTS, SECTORS

from goodstanding import charter
from goodstanding.catalogue import Catalogue, load_catalogue, load_library, overlay_catalogue

WATCH: dict[str, Any] = {
    "title": "Watched", "kind": "supervision", "field": "inspection", "purpose": "inspection",
    "audience": ["food-authority"],
}  # fmt: skip
# catalogue, what is shorter, changes by path
SHORTER: tuple[tuple[str, dict[str, Any]], ...] = (
    ("procurement-exclusion", {"procedures.two-tiers.reply.days": 20}),
    ("procurement-exclusion", {"procedures.two-tiers.decision.days": 15, "procedures.two-tiers.appeal.decided_in": 45}),
    ("judgment-debtors", {"procedures.entry.decision.days": 10, "procedures.entry.appeal.decided_in": 15}),
    ("uk-food-convictions", {"procedures.prosecution.decision.days": 180}),
    ("uk-food-convictions", {"procedures.prosecution.appeal.decided_in": 60, "procedures.prosecution.repair.days": 5}),
    ("uk-food-convictions", {"procedures.prosecution.reply.days": 10}),
    ("mx-tax-69b", {"procedures.presumption.reply.days": 10, "procedures.presumption.decision.days": 30}),
    ("imminent-danger", {"procedures.closing.interim.days": 7, "procedures.closing.interim.heard_within": 3}),
    ("imminent-danger", {"procedures.closing.decision.days": 5, "procedures.closing.appeal.decided_in": 15}),
    ("cn-credit-repair", {"procedures.repair.decision.days": 30, "procedures.repair.repair.days": 3}),
    ("cn-judgment-debtors-organisations", {"procedures.listing.decision.days": 10}),
    ("cn-credit-repair", {"procedures.repair.appeal.decided_in": 10}),
)
EDITS: tuple[tuple[str, dict[str, Any]], ...] = (
    # shorter lists and grades, and some that need no repair
    ("uk-food-convictions", {"lists.food-convictions-england.stays": "P3M"}),
    ("uk-food-convictions", {"lists.food-convictions-england.stays": "P365D"}),
    ("uk-food-convictions", {"cases.prosecution.steps.repaired": None, "procedures.prosecution.repair": None}),
    ("ca-montreal-food-convictions", {"lists.food-convictions-montreal.stays": "P12M"}),
    ("ca-montreal-food-convictions", {"lists.food-convictions-montreal.stays": "P730D"}),
    ("imminent-danger", {"lists.closed-for-danger.stays": "P1M"}),
    ("imminent-danger", {"lists.closed-for-danger.stays": "P90D", "cases.closing.steps.repaired": None}),
    ("mx-tax-69b", {"lists.simulated-invoicing.stays": "P1826D"}),
    ("mx-tax-69b", {"lists.simulated-invoicing.stays": "P1Y", "procedures.presumption.repair": None}),
    ("mx-tax-69b", {"cases.proceeding.steps.repaired.not_before": "P6M"}),
    ("procurement-exclusion", {"lists.excluded-for-misconduct.stays.at_most": "P5Y"}),
    ("procurement-exclusion", {"lists.excluded-for-misconduct.stays.at_most": "P12M"}),
    ("procurement-exclusion", {"cases.misconduct.steps.released.not_before": "P365D"}),
    ("cn-serious-violations", {"cases.listing.steps.removed.not_before": "P6M"}),
    ("cn-serious-violations", {"lists.serious-violations.stays": "P36M"}),
    ("cn-judgment-debtors-organisations", {"lists.judgment-debtors.ends_within": 0}),
    ("judgment-debtors", {"lists.persons.stays.at_most": "P2Y"}),
    ("judgment-debtors", {"lists.organisations.stays.at_most": "P1000D"}),
    ("uk-food-hygiene", {"schemes.food-hygiene.lapses": "P60M"}),
    ("uk-food-hygiene", {"schemes.food-hygiene.lapses": "P1825D"}),
    ("us-nyc-food-grades", {"schemes.food-grade.lapses": "P400D"}),
    ("cn-environment-12", {"schemes.environment.items.environmental-crime.counts_for": "P5Y"}),
    ("cn-environment-12", {"schemes.environment.items.order-to-correct.counts_for": "P100D"}),
    ("cn-catering-faces", {"schemes.year-grade.over": "P365D"}),
    # nothing shown after its end; records kept for a time
    ("mx-tax-69b", {"lists.simulated-invoicing.shows_ended": "P0D"}),
    ("judgment-debtors", {"lists.organisations.shows_ended": "P0D"}),
    ("uk-food-hygiene", {"records.inspection.keeps": "P5Y"}),
    ("judgment-debtors", {"records.person-order.keeps": "P1Y", "records.order.keeps": "P36M"}),
    # measures that bar nobody, and bars in a field of their own
    ("uk-food-hygiene", {"measures": {"watch": {
        **WATCH, "scheme": "food-hygiene", "grades": ["0", "1"], "basis": "charter art. 7"}}}),
    ("cn-judgment-debtors-organisations", {"measures.public-funds": None}),
    ("cn-judgment-debtors-organisations", {"measures.public-contracts.title": "No public contract"}),
    ("procurement-exclusion", {"measures.no-contract.exempts": []}),
    ("judgment-debtors", {"measures.public-funds.exempts": [
        "Housing", "Work", "A payment account", "Power and water", "benefits needed to live", "medicine"]}),
    ("judgment-debtors", {"measures.licensing": None}),
    ("judgment-debtors", {"measures.extending-credit.kind": "publication"}),
    ("cn-tax-grade", {"measures.stricter-checks.grades": ["C", "D"]}),
    ("cn-tax-grade", {"measures.larger-invoice-quota.grades": ["A", "M"]}),
    # exemptions in other words
    ("cn-judgment-debtors-organisations", {"cases.listing.spares.inability-to-pay.when": "able IS NULL OR NOT able"}),
    ("judgment-debtors", {"cases.person-entry.spares.inability-to-pay.when": "ability <> 'able'"}),
    ("judgment-debtors", {"cases.person-entry.spares.study-debt.when": "study_debt OR ability = 'unable'"}),
    ("procurement-exclusion", {"cases.non-performance.spares.minor-first-breach.when": "NOT grave"}),
    ("procurement-exclusion", {"cases.non-performance.spares.minor-first-breach.when": "corrected AND NOT grave"}),
    ("imminent-danger", {"cases.closing.spares.minor-first-breach.when": "grave = FALSE"}),
)  # fmt: skip


def write_sector(name: str, folder: Path) -> Catalogue:
    """The catalogue of a sector, written to a folder and read as `catalogue check` reads it."""
    (folder / "catalogue.yaml").write_text(json.dumps(SECTORS[name], indent=1), encoding="utf-8")
    (folder / "instruments.yaml").write_text(INSTRUMENTS, encoding="utf-8")
    return load_catalogue(folder)


@pytest.mark.parametrize("name", SECTORS)
def test_a_new_sector_can_be_enacted(name: str, tmp_path: Path) -> None:
    """The folder holds together, and no article is breached."""
    catalogue = write_sector(name, tmp_path)
    assert_enactable(catalogue)


def test_new_sectors_can_be_in_force_together(tmp_path: Path) -> None:
    """No two of them restrict for the same conduct in the same field."""
    catalogues = []
    for name in SECTORS:
        (tmp_path / name).mkdir()
        catalogues.append(write_sector(name, tmp_path / name))
    assert charter.assess_together(catalogues) == ()


@pytest.mark.parametrize(("name", "changes"), SHORTER, ids=[f"{name}: {', '.join(edit)}" for name, edit in SHORTER])
def test_a_shorter_procedure_stays_lawful(name: str, changes: dict[str, Any]) -> None:
    """An authority may promise to be quicker, as long as the subject keeps the days of the charter."""
    assert_enactable(overlay_catalogue(load_library()[name], changes))


@pytest.mark.parametrize(("name", "changes"), EDITS, ids=[f"{name}: {', '.join(edit)}" for name, edit in EDITS])
def test_a_lawful_edit_stays_enactable(name: str, changes: dict[str, Any]) -> None:
    """The rules still hold together, and no article is breached."""
    assert_enactable(overlay_catalogue(load_library()[name], changes))


def test_there_are_enough_of_them() -> None:
    """At least ten new sectors, ten shorter procedures, and sixty in all, none of them twice."""
    assert len(SECTORS) >= 10 <= len({repr(edit) for edit in SHORTER})
    assert len({repr(edit) for edit in (*SECTORS.values(), *SHORTER, *EDITS)}) >= 60
