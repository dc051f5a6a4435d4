"""Article 1: a published law for whatever burdens somebody; the charter protects, and what was repealed ends."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from tests.unit.charter.edited_catalogues import Change, list_reasons, load_edited

from goodstanding.catalogue import Catalogue, load_library
from goodstanding.charter import assess
from goodstanding.standing import compute_effects
from goodstanding.standing.evaluation import INTERVALS

CONTRACTS = "{title: No public contracts, basis: act art. 1"
LISTED = "  excluded:\n    title: Excluded\n    basis: act art. 1"
OWN = """\
own:
  title: {title}
  jurisdiction: {where}
  in_force: 2020-01-01
  articles:
    "1": {{title: {says}}}
"""
ON_OWN = (CONTRACTS, CONTRACTS.replace("act", "own"))
VISIT = "  visit:\n    title: Visit\n    basis: act art. 1"
NOTES = "notes:\n  title: An unpublished note"


def declare_own(title: str = "A law", where: str = "Nowhere", says: str = "Grounds") -> tuple[Change, ...]:
    """An instrument more, on which the measure rests."""
    return ((NOTES, OWN.format(title=title, where=where, says=says) + NOTES),)


def add_article(says: str) -> Change:
    """An article more in that instrument, after the one that says this."""
    return f"title: {says}}}\nnotes:", f'title: {says}}}\n    "2": {{title: Start}}\nnotes:'


# changes of the rules, of the instruments, and part of the reason
BASELESS: dict[str, tuple[tuple[Change, ...], tuple[Change, ...], str]] = {
    "a restriction on the charter": (((CONTRACTS, CONTRACTS.replace("act art. 1", "charter art. 7")),), (), "protects"),
    "a list on the charter": (((LISTED, LISTED.replace("act art. 1", "charter art. 11")),), (), "protects"),
    "a grade on the charter": (
        (("  food:\n    title: Food\n    basis: act art. 1", "  food:\n    title: Food\n    basis: charter art. 9"),),
        (), "protects",
    ),
    "a finding on the charter": (
        (("    title: Finding of fraud\n    basis: act art. 1", "    title: Finding\n    basis: charter art. 6"),),
        (), "protects",
    ),
    "an interim measure on the charter": (
        (("heard_within: 5, basis: act art. 3", "heard_within: 5, basis: charter art. 16"),), (), "protects"
    ),
    "an unpublished text under another name": ((ON_OWN,), declare_own("An unpublished note (published)"), "repeats"),
    "an unpublished text article by article": ((ON_OWN,), declare_own(says="Wishes"), "repeats"),
    "an unpublished text, with an article more": (
        (ON_OWN,), (*declare_own(says="Wishes"), add_article("Wishes")),
        "repeats",
    ),
    "an unpublished text with other signs": (
        (ON_OWN,), (*declare_own(says="«Wishes»."), add_article("«Wishes».")),
        "repeats",
    ),
    "a text of an unseen place": ((ON_OWN,), declare_own(where='"\\u200b"'), "where"),
    "a text by who runs the register, in letters of two scripts": (
        (ON_OWN,), declare_own(where="C\u043eurt administrati\u043en"), "no law"
    ),
    "an unpublished text in letters of two scripts": ((ON_OWN,), declare_own(says="Wish\u0435s"), "repeats"),
    "a text without a title": ((ON_OWN,), declare_own("' '"), "without a title"),
    "a text whose title nobody sees": ((ON_OWN,), declare_own('"\\u200b"'), "without a title"),
    "an article without a title": ((ON_OWN,), declare_own(says='""'), "art. 1 of A law has no title"),
    "an article whose title is a space": ((ON_OWN,), declare_own(says="' '"), "has no title"),
    "an article whose title nobody sees": ((ON_OWN,), declare_own(says='"\\u200b"'), "has no title"),
    "an article whose title is a wide space": ((ON_OWN,), declare_own(says='"\\u3000"'), "has no title"),
    "an article whose title is a dash": ((ON_OWN,), declare_own(says='"—"'), "has no title"),
    "a text of a space": ((ON_OWN,), declare_own(where="' '"), "where"),
    "a text of a dash": ((ON_OWN,), declare_own(where='"-"'), "where"),
    "a status that grades": (
        ((VISIT, VISIT.replace("basis: act art. 1", "states: status\n    basis: charter art. 2")),),
        (), "protects",
    ),
    "a text of nowhere": ((ON_OWN,), declare_own(where='""'), "where"),
    "the rules of the register": ((ON_OWN,), declare_own("A sound catalogue"), "no law"),
    "a text by who runs the register": ((ON_OWN,), declare_own(where="Court administration"), "no law"),
}  # fmt: skip


@pytest.mark.parametrize("means", BASELESS)
def test_what_burdens_needs_a_published_law(means: str) -> None:
    """Neither the charter, nor the register's own text, nor the copy of an unpublished one is a basis."""
    changes, instruments, reason = BASELESS[means]
    reasons = list_reasons(load_edited(*changes, instruments=instruments), 1)
    assert any(reason in text for text in reasons), reasons


LAWFUL: dict[str, tuple[tuple[Change, ...], tuple[Change, ...]]] = {
    "notice and appeal on the charter": (
        (("before_effect: true, basis: act art. 3", "before_effect: true, basis: charter art. 12"),
         ("proof: heard_on\n      basis: act art. 3", "proof: heard_on\n      basis: charter art. 14")),
        (),
    ),
    "spares and ends on the charter": (
        (("{when: minor, basis: act art. 2}", "{when: minor, basis: charter art. 3}"),
         ("{title: Repaired, basis: act art. 2", "{title: Repaired, basis: charter art. 11")),
        (),
    ),
    "inspections planned on the charter": (
        (("{title: More visits, basis: act art. 1", "{title: More visits, basis: charter art. 7"),), ()
    ),
    "another law": ((ON_OWN,), declare_own("The second act", "Elsewhere", "Contracts")),
    "an unpublished text that nothing rests on": ((), (("An unpublished note", "A draft"),)),
}  # fmt: skip


@pytest.mark.parametrize("means", LAWFUL)
def test_the_charter_is_a_basis_of_what_protects(means: str) -> None:
    """Notice, answer, appeal, spares and ends may rest on it, and any published law is one."""
    changes, instruments = LAWFUL[means]
    catalogue = load_edited(*changes, instruments=instruments)
    assert assess(catalogue).holds, [str(breach.reason) for breach in assess(catalogue).breaches]


def test_every_live_catalogue_rests_on_laws() -> None:
    """None of the library breaches the article."""
    breached = [name for name, rules in load_library().items() if rules.mode == "live" and list_reasons(rules, 1)]
    assert breached == []


def _list_days(catalogue: Catalogue, *kinds: str) -> dict[str, tuple[date, date | None]]:
    """The first and last day of each effect of one listing that has no end, and of one visit."""
    records = pa.Table.from_pylist(
        [
            {"position": 1, "subject_id": 1, "record": "finding", "source": "o", "reference": "a", "about": "",
             "occurred": "2024-02-01", "fields": "{}", "published": ""},
            {"position": 2, "subject_id": 1, "record": "visit", "source": "o", "reference": "b", "about": "",
             "occurred": "2024-02-01", "fields": '{"score": 9}', "published": ""},
        ]
    )  # fmt: skip
    listing = {
        "case_position": 1, "subject_id": 1, "kind": "listing", "name": "excluded", "stage": "excluded",
        "valid_from": date(2024, 3, 1), "valid_to": None, "audience": "anybody", "because": [1], "then": "", "why": "",
    }  # fmt: skip
    effects = compute_effects(records, pa.Table.from_pylist([listing], schema=INTERVALS), catalogue).to_pylist()
    return {row["measure"]: (row["valid_from"], row["valid_to"]) for row in effects}


OF_ACT = "jurisdiction: Nowhere\n  in_force: 2020-01-01"
REPEALED = ((OF_ACT, f"{OF_ACT}\n  until: 2024-06-01"),)


def test_a_rule_ends_on_the_day_its_law_is_repealed() -> None:
    """A listing, a grade and the measures on them go on under a law in force, and end with it."""
    in_force, repealed = _list_days(load_edited()), _list_days(load_edited(instruments=REPEALED))
    assert set(in_force) == {"excluded", "no-contracts", "food", "more-visits"} == set(repealed)
    assert in_force["excluded"] == in_force["no-contracts"] == (date(2024, 3, 1), None)
    assert {end for _, end in repealed.values()} == {date(2024, 6, 1)}


def test_a_measure_ends_with_the_law_of_its_list() -> None:
    """Though its own law goes on: what it rests on is no more."""
    on_other_law = (CONTRACTS, CONTRACTS.replace("act", "own"))
    days = _list_days(load_edited(on_other_law, instruments=(*REPEALED, *declare_own())))
    assert days["no-contracts"][1] == date(2024, 6, 1)


POINTS = """\
  running:
    title: Running
    basis: act art. 1
    kind: points
    record: visit
    starts_with: visit
    base: 0
    floor: 0
    cap: 20
    items:
      low: {title: Low, basis: own art. 1, when: score > 5, points: 10, counts_for: P1Y}
    bands: [{grade: fine, at_most: 5}, {grade: poor}]
    procedure: hearing
"""


def test_points_end_with_the_law_of_their_item() -> None:
    """The scheme goes on under its own law; what rests on the repealed one counts no more."""
    laws = ((NOTES, OWN.format(title="A law", where="Nowhere", says="Low") + NOTES),)
    repealed = ((laws[0][0], laws[0][1].replace("2020-01-01", "2020-01-01\n  until: 2024-06-01")),)
    add_points = ("schemes:\n", f"schemes:\n{POINTS}")
    assert _list_grades(load_edited(add_points, instruments=laws)) == [("poor", date(2025, 2, 1)), ("fine", None)]
    assert _list_grades(load_edited(add_points, instruments=repealed)) == [("poor", date(2024, 6, 1)), ("fine", None)]


def _list_grades(catalogue: Catalogue) -> list[tuple[str, date | None]]:
    """Each grade of the points, with its end."""
    visit = {
        "position": 2, "subject_id": 1, "record": "visit", "source": "o", "reference": "b", "about": "",
        "occurred": "2024-02-01", "fields": '{"score": 9}', "published": "",
    }  # fmt: skip
    effects = compute_effects(pa.Table.from_pylist([visit]), INTERVALS.empty_table(), catalogue).to_pylist()
    rows = sorted((row for row in effects if row["measure"] == "running"), key=lambda row: row["valid_from"])
    return [(row["value"], row["valid_to"]) for row in rows]
