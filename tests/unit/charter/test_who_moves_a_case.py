"""Who may move a case that somebody else opened, and how soon what relieves the subject counts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.charter.stated_records import (
    build_closing,
    build_entry,
    build_exclusion,
    build_step,
    find_effect,
    get_shipped,
    vary,
)

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import Source

APPEAL = build_step("appeal", "example-board", "2026-05-04", in_time=True)
ANNULMENT = build_step("board-decision", "example-board", "2026-07-20", outcome="annulled")
STEPS = "cases.misconduct.steps"

# catalogue, how it is varied, what opens the case, what somebody else states, the list, and the last day on it
RELIEVED = [
    ("procurement-exclusion", {}, build_exclusion(), [APPEAL], "excluded-for-misconduct", "2026-05-03"),
    ("procurement-exclusion", {}, build_exclusion(), [ANNULMENT], "excluded-for-misconduct", "2026-07-19"),
    ("procurement-exclusion", {f"{STEPS}.annulled.not_before": "P1Y"}, build_exclusion(), [ANNULMENT],
     "excluded-for-misconduct", "2026-07-19"),
    ("procurement-exclusion", {f"{STEPS}.annulled.after": ["appealed"]}, build_exclusion(), [ANNULMENT],
     "excluded-for-misconduct", "2026-07-19"),
    ("procurement-exclusion", {f"{STEPS}.appealed.not_before": "P3M"}, build_exclusion(), [APPEAL],
     "excluded-for-misconduct", "2026-05-03"),
    ("procurement-exclusion", {f"{STEPS}.appealed.after": ["noticed"]}, build_exclusion(), [APPEAL],
     "excluded-for-misconduct", "2026-05-03"),
    ("imminent-danger", {}, build_closing(), [build_step("contest", "example-food-tribunal", "2026-04-01")],
     "closed-for-danger", "2026-03-31"),
    ("imminent-danger", {}, build_closing(),
     [build_step("removal", "example-food-tribunal", "2026-04-15", reason="annulled")],
     "closed-for-danger", "2026-04-14"),
    ("imminent-danger", {}, build_closing(),
     [build_step("removal", "example-food-ministry", "2026-04-15", reason="gone")], "closed-for-danger", "2026-04-14"),
    ("judgment-debtors", {}, build_entry(), [build_step("ruling", "example-court", "2026-04-15", outcome="annulled")],
     "organisations", "2026-04-14"),
    ("judgment-debtors", {}, build_entry(), [build_step("ruling", "example-court", "2026-04-15", outcome="stayed")],
     "organisations", "2026-04-14"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes", "opening", "stated", "listed", "last_day"), RELIEVED)
def test_what_relieves_the_subject_counts_at_once_whoever_may_state_it(
    name: str, changes: dict[str, Any], opening: dict[str, Any], stated: list[Any], listed: str, last_day: str
) -> None:
    """An appeal, a stay, an annulment or performance takes effect on its day, however the catalogue delays it."""
    catalogue, records = vary(name, changes), [opening, *stated]
    assert find_effect(catalogue, records, listed, last_day)
    day = stated[0]["occurred"].isoformat()
    assert find_effect(catalogue, records, listed, day) is None
    assert find_effect(catalogue, records, listed, "2026-12-31") is None


@pytest.mark.parametrize("changes", [{}, {f"{STEPS}.appealed.when": "in_time"}])
def test_an_appeal_of_which_it_is_not_stated_whether_it_came_in_time_suspends(changes: dict[str, Any]) -> None:
    """What the record leaves open counts for the subject, whatever the condition says of it."""
    records = [build_exclusion(), build_step("appeal", "example-board", "2026-05-04")]
    assert find_effect(vary("procurement-exclusion", changes), records, "excluded-for-misconduct", "2026-06-01") is None


def test_an_end_of_the_day_of_the_decision_stands() -> None:
    """Whatever order a catalogue gives its steps in, what ends a case comes last on a day."""
    steps = get_shipped("procurement-exclusion").model_dump(mode="json", by_alias=True)["cases"]["misconduct"]["steps"]
    first = {"annulled": steps["annulled"] | {"after": ["noticed"]}} | steps
    catalogue = vary("procurement-exclusion", {STEPS: first})
    records = [build_exclusion(), build_step("board-decision", "example-board", "2026-04-15", outcome="annulled")]
    assert find_effect(catalogue, records, "excluded-for-misconduct", "2026-05-04") is None


def test_who_performs_during_an_appeal_is_not_listed_when_it_is_lost() -> None:
    """Performance ends the case from wherever it stands, also where the catalogue names listed stages alone."""
    catalogue = vary("imminent-danger", {"cases.closing.steps.gone.after": ["closed"]})
    contest = build_step("contest", "example-food-tribunal", "2026-04-01")
    gone = build_step("removal", "example-food-office", "2026-04-08", reason="gone")
    assert (find_effect(catalogue, [build_closing(), contest, gone], "closing", "2026-04-09") or {})["value"] == "gone"


def add_sources(catalogue: Catalogue, *kinds: str) -> Catalogue:
    """The catalogue with a further source of each kind."""
    return catalogue.add_sources(Source(id=f"other-{kind}", name=kind, kind=kind) for kind in kinds)


@pytest.mark.parametrize(
    ("source", "is_listed"), [("example-board", True), ("example-buyer", False), ("other-deciding-body", False)]
)
def test_an_appeal_is_answered_by_another_kind_of_authority(source: str, is_listed: bool) -> None:
    """The board upholds an exclusion; neither who made it does, nor another office of its kind."""
    catalogue = add_sources(get_shipped("procurement-exclusion"), "deciding-body")
    upheld = build_step("board-decision", source, "2026-07-20", outcome="upheld", board_served_on="2026-07-27")
    records = [build_exclusion(), APPEAL, upheld]
    assert bool(find_effect(catalogue, records, "excluded-for-misconduct", "2026-08-01")) is is_listed


def test_a_statement_about_two_cases_of_others_moves_neither() -> None:
    """Where two offices have a case of one reference, what a third says of it is of neither; their own words count."""
    catalogue = add_sources(get_shipped("procurement-exclusion"), "deciding-body")
    cases = [build_exclusion(), build_exclusion(source="other-deciding-body")]
    listed = "excluded-for-misconduct"
    assert find_effect(catalogue, [*cases, ANNULMENT], listed, "2026-08-01")
    released = build_step("release", "example-buyer", "2026-07-20", reason="cause-gone")
    effect = find_effect(catalogue, [*cases, released], listed, "2026-08-01")
    assert effect and effect["because"] == [2]
    assert find_effect(catalogue, [cases[0], ANNULMENT], listed, "2026-08-01") is None
