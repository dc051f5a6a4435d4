"""One conduct, one restriction of a kind, in all catalogues in force together (article 7)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.law.sound import load_sound_catalogue

from goodstanding import charter
from goodstanding.catalogue import Catalogue, load_library, overlay_catalogue
from goodstanding.charter import assess_together
from goodstanding.errors import CharterBreached

BASIS = {"basis": "act art. 1"}
CONTRACTS = {"field": "public-procurement", "purpose": "public-procurement", "audience": ["procuring-authority"]}
GRANTS = {"field": "public-funds", "purpose": "public-funds", "audience": ["funding-authority"]}
FRAUD = {"title": "After fraud", "list": "excluded", **CONTRACTS, **BASIS}
DEBT = {
    "title": "After a debt", "list": "debtors", "audience": ["lender"], "purpose": "extending-credit", **BASIS,
    "exempts": ["a payment account", "housing", "work", "power and water"],
}  # fmt: skip


def build_other(measures: dict[str, Any], **changes: Any) -> Catalogue:
    """The sound catalogue under another name, with these measures alone."""
    texts = {key.replace("__", "."): value for key, value in changes.items()}
    return overlay_catalogue(load_sound_catalogue(), {"catalogue": "other", "measures": measures, **texts})


STACKED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the same under another name": ({"barred": {**FRAUD, "kind": "restriction"}}, {}),
    "by a publication to who decides": ({"told": {**FRAUD, "kind": "publication"}}, {}),
    "by supervision": ({"watched": {**FRAUD, "kind": "supervision"}}, {}),
    "by a benefit lost": ({"lost": {**FRAUD, "kind": "benefit"}}, {}),
    "in another field for the same purpose": (
        {"told": {**DEBT, "kind": "publication", "field": "information-on-request"}},
        {},
    ),
    "for one of several kinds of conduct": (
        {"barred": {**FRAUD, "kind": "restriction"}},
        {"records__finding__conduct": ["corruption", "collusion", "procurement-fraud"]},
    ),
    "for persons alone": (
        {"refused": {**DEBT, "kind": "restriction", "field": "extending-credit"}},
        {"records__order__concerns": ["person"]},
    ),
}


@pytest.mark.parametrize("name", STACKED)
def test_a_second_restriction_by_another_catalogue_is_refused(name: str) -> None:
    """Each catalogue holds alone; together they restrict twice, and the refusal names the other one."""
    measures, changes = STACKED[name]
    other = build_other(measures, **changes)
    charter.refuse_if_breached(other)
    [breach] = assess_together([load_sound_catalogue(), other])
    assert (breach.article, breach.key) == (7, f"measures.{next(iter(measures))}")
    assert "sound/" in str(breach.reason)
    assert "all catalogues together" in breach.reason.render_remedy()
    with pytest.raises(CharterBreached, match="both restrict"):
        charter.refuse_if_stacked(other, [load_sound_catalogue()])


ALONE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "other conduct": (
        {"barred": {**FRAUD, "kind": "restriction"}},
        {"records__finding__conduct": ["corruption", "collusion"]},
    ),
    "another field": (
        {"no-funds": {**FRAUD, "kind": "restriction", **GRANTS}},
        {},
    ),
    "what bars nobody": ({"shown": {**FRAUD, "kind": "publication", "field": "public-information",
                                    "purpose": "public-information", "audience": ["anybody"]}}, {}),
    "the next version of the same": (
        {"barred": {**FRAUD, "kind": "restriction"}},
        {"catalogue": "sound", "version": 2},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ALONE)
def test_what_restricts_otherwise_stays_possible(name: str) -> None:
    """Other conduct, another field, no bar, or the same catalogue's next version."""
    measures, changes = ALONE[name]
    other = build_other(measures, **changes)
    charter.refuse_if_breached(other)
    charter.refuse_if_stacked(other, [load_sound_catalogue()])
    assert charter.assess(other).holds


def test_other_subjects_are_not_restricted_twice() -> None:
    """A list of persons and one of organisations name nobody twice."""
    live = load_library()
    persons, organisations = live["judgment-debtors"], live["cn-judgment-debtors-organisations"]
    assert assess_together([persons, organisations]) == assess_together([organisations, persons]) == ()


def test_the_shipped_live_catalogues_can_be_in_force_together() -> None:
    """A register may enact all of them."""
    assert assess_together(catalogue for catalogue in load_library().values() if catalogue.mode == "live") == ()
