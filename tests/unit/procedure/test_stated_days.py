"""The days of the steps themselves count: no order in which a case came to its stages makes a decision later."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules import StatedRecord, list_intervals, make_catalogue

RULES = """
records:
  finding:
    title: Finding
    ON
    by: [office]
    states: decision
    fields: &fields
      told_on: {type: date, title: Told, kind: day}
      decided_on: {type: date, title: Decided, kind: day}
      served_on: {type: date, title: Served, kind: day}
      decided_by: {type: text, title: Who decided, kind: official, public: false}
  decision: {title: Decision, ON, by: [office], states: decision, about: finding, fields: *fields}
procedures:
  hearing:
    title: Hearing
    ON
    notice: {held_by: office, proof: told_on, ON}
    reply: {held_by: subject, days: 10, ON}
    decision: {held_by: office, proof: decided_on, named: decided_by, ON}
    interim: {held_by: office, danger: life, days: 15, heard_within: 5, ON}
cases:
  exclusion: {title: Exclusion, ON, record: finding, procedure: hearing, steps: {STEPS}}
lists:
  excluded: {title: Excluded, ON, case: exclusion, while: [LISTED], stays: P1Y}
"""
OPENED = "found: {title: Found, ON, role: opening}, "
DECIDED = "decided: {title: Decided, ON, role: decision, on: decided_on, after: [BEFORE]}"
OWN = "decided: {title: Decided, ON, role: decision, record: decision, on: decided_on, after: [found]}"
LATE = "2024-05-02"
FIELDS = {"told_on": "2024-03-01", "decided_by": "R. Example", "served_on": LATE}


def list_listed(steps: str, records: list[StatedRecord], listed: str = "decided") -> list[tuple[Any, ...]]:
    """The first day on the list and the day after the last one, of each listing."""
    catalogue = make_catalogue(RULES.replace("STEPS", steps).replace("LISTED", listed))
    return [stretch[:2] for stretch in list_intervals(catalogue, records, "excluded")]


# steps, and whether the decision stands in a record of its own
WAYS = {
    "the case is opened afterwards": (OPENED + DECIDED.replace("BEFORE", "found"), False),
    "the record has no role": (
        "filed: {title: Filed, ON, on: served_on}, " + DECIDED.replace("BEFORE", "filed"),
        False,
    ),
    "something was seized afterwards": (
        "seized: {title: Seized, ON, role: interim, on: served_on}, " + DECIDED.replace("BEFORE", "seized"),
        False,
    ),
    "it was served afterwards": (
        "served: {title: Served, ON, role: service, on: served_on}, " + DECIDED.replace("BEFORE", "served"),
        False,
    ),
    "the decision has a record of its own": (OPENED + OWN, True),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("decided_on", "is_listed"), [("2024-03-05", False), ("2024-03-11", False), ("2024-03-15", True)]
)
def test_a_decision_before_the_end_of_the_reply_stays_one_however_late_its_case_comes_to_it(
    way: str, decided_on: str, is_listed: bool
) -> None:
    """Whether the days to reply had run is asked on the day of the decision, not on that on which the case began."""
    steps, is_apart = WAYS[way]
    fields = FIELDS | {"decided_on": decided_on}
    records: list[StatedRecord] = [("finding", LATE, fields)]
    records += [("decision", LATE, fields | {"about": "1"})] if is_apart else []
    assert list_listed(steps, records) == ([(LATE, "2025-03-15")] if is_listed else [])


def test_a_term_runs_from_the_first_day_on_the_list_and_not_from_a_later_publication() -> None:
    """A stage that was over before it was published puts off no term; else a list of a year could last for ten."""
    steps = "first: {title: First, ON, role: interim, public_on: served_on}, "
    steps += DECIDED.replace("decided_on, after: [BEFORE]", "occurred, record: decision, after: [first]")
    fields = FIELDS | {"decided_on": "2024-04-01", "served_on": "2034-04-01"}
    finding, decision = ("finding", "2024-04-01", fields), ("decision", "2024-04-02", fields | {"about": "1"})
    assert list_listed(steps, [finding, decision], "first, decided") == [("2024-04-02", "2025-04-02")]
