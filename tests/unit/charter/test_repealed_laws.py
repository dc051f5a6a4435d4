"""Article 1: a rule ends on the day on which its law is repealed, and with it what rests on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from tests.unit.charter.edited_catalogues import Change, load_edited

from goodstanding.catalogue import Catalogue
from goodstanding.effects import compute_example
from goodstanding.register.projection.case_effects import CaseEffects, build_listing_intervals

NOTES = "notes:\n  title: An unpublished note"
OLD = """\
old:
  title: The old act
  jurisdiction: Nowhere
  in_force: 2020-01-01
  until: 2024-06-01
  articles:
    "1": {title: Everything}
"""
DECIDED = {
    "told_on": "2024-02-01", "served_on": "2024-02-21", "decided_by": "R. Example", "ends_on": "2026-02-20",
    "made_good": False, "able": True,
}  # fmt: skip
STEP = "excluded: {title: Excluded, basis: act art. 1"
CASE = "  fraud:\n    title: Fraud\n    basis: act art. 1"
FINDING = "    title: Finding of fraud\n    basis: act art. 1"
VISIT = "    title: Visit\n    basis: act art. 1"
RULING = "finding-ruling: {<<: *appeal, title: Ruling on appeal"
BANDS = "bands: [{grade: A, at_most: 5}, {grade: B}]"


def rest_on_old(text: str) -> Change:
    """The same text, resting on the act that was repealed."""
    return text, text.replace("act art. 1", "old art. 1")


def load_with_old(*changes: Change) -> Catalogue:
    """The sound catalogue after changes, with the repealed act among its instruments."""
    return load_edited(*changes, instruments=((NOTES, OLD + NOTES),))


def build_finding(day: str = "2024-02-20", **fields: Any) -> dict[str, Any]:
    """A finding of fraud, decided after a hearing."""
    occurred = date.fromisoformat(day)
    return {
        "record": "finding", "source": "o", "reference": "a", "occurred": occurred, "fields": DECIDED | fields,
    }  # fmt: skip


def build_step(record: str, day: str) -> dict[str, Any]:
    """What is stated about that finding."""
    return {"record": record, "source": "o", "about": "a", "occurred": date.fromisoformat(day), "fields": {}}


def list_days(catalogue: Catalogue, *records: dict[str, Any], measure: str = "no-contracts") -> list[bool]:
    """Whether a measure holds shortly before and on the day of the repeal, and long after it."""
    days = (date(2024, 5, 31), date(2024, 6, 1), date(2025, 6, 1))
    return [measure in compute_example(catalogue, list(records), day) for day in days]


CHAIN: dict[str, tuple[Change, ...]] = {
    "the step that lists": (rest_on_old(STEP),),
    "the case": (rest_on_old(CASE),),
    "the record type that opens the case": (rest_on_old(FINDING),),
    "the list": (rest_on_old("  excluded:\n    title: Excluded\n    basis: act art. 1"),),
    "the measure": (rest_on_old("{title: No public contracts, basis: act art. 1"),),
}


@pytest.mark.parametrize("rests_on", CHAIN)
def test_a_restriction_ends_with_every_law_that_it_rests_on(rests_on: str) -> None:
    """Whichever rule of its chain loses its law; nothing ends where none does."""
    assert list_days(load_edited(), build_finding()) == [True, True, True]
    assert list_days(load_with_old(*CHAIN[rests_on]), build_finding()) == [True, False, False]


def test_no_step_that_burdens_is_taken_under_a_repealed_law() -> None:
    """A decision of the day of the repeal lists nobody, one of the day before does until then."""
    catalogue = load_with_old(rest_on_old(STEP))
    for day in ("2024-06-01", "2024-09-01"):
        late = build_finding(day, told_on="2024-03-01", served_on=day)
        assert list_days(catalogue, late) == [False, False, False]


def test_a_stage_that_rests_on_an_earlier_one_ends_with_the_law_of_that() -> None:
    """What upholds a decision goes on no longer than the law on which the decision was made."""
    upheld = (
        "annulled: {title: Annulled, basis: act art. 3, role: annulment, record: finding-ruling, after: [excluded, c",
        "upheld: {title: Upheld, basis: act art. 3, role: decision, record: finding-ruling, after: [c",
    )
    stays = ("    while: [excluded]", "    while: [excluded, upheld]")
    records = [
        build_finding(), build_step("finding-appeal", "2024-03-01"),
        build_step("finding-ruling", "2024-04-01") | {"source": "court-one"},
    ]  # fmt: skip
    sources = "id,name,kind,region,above\no,Office,office,North,\ncourt-one,Court One,court,North,\n"
    in_force, repealed = (
        load_edited(upheld, stays, *changes, instruments=((NOTES, OLD + NOTES),), sources=sources)
        for changes in ((), (rest_on_old(STEP),))
    )
    assert list_days(in_force, *records) == [True, True, True]
    assert list_days(repealed, *records) == [True, False, False]


@pytest.mark.parametrize("record", ["finding-appeal", "repair"])
def test_what_relieves_the_subject_counts_whatever_became_of_its_law(record: str) -> None:
    """An appeal and a repair after the repeal of the law of their step and of their record type."""
    changes = (
        (
            "finding-appeal: {<<: *appeal, about: finding",
            "finding-appeal: {<<: *appeal, basis: old art. 1, about: finding",
        ),
        (
            "basis: act art. 3, role: appeal, record: finding-appeal",
            "basis: old art. 1, role: appeal, record: finding-appeal",
        ),
        ("basis: act art. 2, role: repair", "basis: old art. 1, role: repair"),
        (
            "    title: Decision on repair\n    basis: act art. 2",
            "    title: Decision on repair\n    basis: old art. 1",
        ),
    )
    records = [build_finding(), build_step(record, "2025-03-01")]
    assert list_days(load_with_old(*changes), *records) == [True, True, False]


GRADES: dict[str, tuple[Change, ...]] = {
    "the record type": (rest_on_old(VISIT),),
    "the scheme": (rest_on_old("    title: Food\n    basis: act art. 1"),),
    "a band": ((BANDS, BANDS.replace("{grade: B}", "{grade: B, basis: old art. 1}")),),
}


@pytest.mark.parametrize("rests_on", GRADES)
def test_a_grade_and_its_measures_end_with_every_law_that_they_rest_on(rests_on: str) -> None:
    """The law of the findings, of the scheme, and of the limits of its grades."""
    visit = {"record": "visit", "source": "o", "occurred": date(2024, 2, 1), "fields": {"score": 9}}
    for measure in ("food", "more-visits"):
        assert list_days(load_edited(), visit, measure=measure) == [True, True, True]
        assert list_days(load_with_old(*GRADES[rests_on]), visit, measure=measure) == [True, False, False]


@pytest.mark.parametrize("law", ["step", "none"])
def test_a_listing_that_was_heard_here_ends_with_the_law_of_its_step(law: str) -> None:
    """As one that a source stated."""
    catalogue = load_with_old(*((rest_on_old(STEP),) if law == "step" else ()))
    span = {"case_position": 1, "subject_id": 1, "name": "excluded", "valid_from": "2024-03-01", "valid_to": ""}
    listings = build_listing_intervals([span], catalogue)
    (row,) = CaseEffects(pa.Table.from_pylist([]), {}).select_listings(listings, catalogue, date.min).to_pylist()
    assert row["valid_to"] == (date(2024, 6, 1) if law == "step" else None)
