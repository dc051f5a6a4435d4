"""In a live catalogue silence past a deadline counts for the subject also in cases that sources state (article 15)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.charter.stated_records import (
    build_entry,
    build_exclusion,
    build_notice_case,
    build_step,
    find_effect,
    get_shipped,
    vary,
)

LISTED = "excluded-for-misconduct"
EXCLUDED = "cases.misconduct.steps.excluded"
APPEAL = build_step("appeal", "example-board", "2026-05-04")
SOON_AGAIN = {f"{EXCLUDED}.after": ["noticed", "lesser"], f"{EXCLUDED}.not_before": None,
              "cases.misconduct.steps.excluded.record": "board-decision",
              "cases.misconduct.steps.excluded.when": "outcome = 'upheld'",
              "cases.misconduct.steps.excluded.public_on": "board_served_on"}  # fmt: skip


def build_ruling(occurred: str, outcome: str = "upheld", **fields: Any) -> dict[str, Any]:
    """What the board says of the exclusion."""
    return build_step("board-decision", "example-board", occurred, outcome=outcome, board_served_on=occurred, **fields)


# how procurement-exclusion is varied, what is stated, and the stage that came too late; notice was on 2 March 2026
LATE: list[tuple[dict[str, Any], list[dict[str, Any]], str]] = [
    ({}, [build_exclusion("2026-05-15", served_on="2026-05-15")], "excluded"),
    ({}, [build_exclusion("2027-11-15", served_on="2027-11-15")], "excluded"),
    ({"procedures.two-tiers.decision.days": 3000}, [build_exclusion("2027-05-15", served_on="2027-05-15")], "excluded"),
    ({"procedures.two-tiers.decision.days": None}, [build_exclusion("2027-05-15", served_on="2027-05-15")], "excluded"),
    ({"procedures.two-tiers.decision.silence": "authority"}, [build_exclusion("2026-06-15", served_on="2026-06-15")],
     "excluded"),
    ({}, [build_exclusion(), APPEAL, build_ruling("2026-08-04")], "upheld"),
    ({"procedures.two-tiers.appeal.decided_in": 3000}, [build_exclusion(), APPEAL, build_ruling("2027-06-04")],
     "upheld"),
    ({}, [build_exclusion("2026-06-15", served_on="2026-06-15"), APPEAL | {"occurred": build_ruling("2026-06-20")
     ["occurred"]}, build_ruling("2026-07-20")], "upheld"),
    ({"cases.misconduct.steps.stayed": {"title": "Stayed", "role": "stay", "record": "board-decision",
      "basis": "charter art. 14", "after": ["appealed"], "when": "outcome = 'varied'"},
      "cases.misconduct.steps.upheld.after": ["appealed", "stayed"],
      "records.board-decision.fields.outcome.one_of": ["upheld", "annulled", "varied"]},
     [build_exclusion(), APPEAL, build_ruling("2026-05-10", "varied"), build_ruling("2026-09-20")], "upheld"),
    (SOON_AGAIN, [build_exclusion(sanction="reprimand"), build_ruling("2026-09-20")], "excluded"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "records", "stage"), LATE)
def test_what_is_decided_after_the_authority_had_to_binds_nobody(
    changes: dict[str, Any], records: list[dict[str, Any]], stage: str
) -> None:
    """It stands between the parties, says that it came too late, and lists nobody from then on."""
    catalogue = vary("procurement-exclusion", changes)
    assert find_effect(catalogue, records, LISTED, "2027-12-01") is None
    case = find_effect(catalogue, records, "misconduct", "2027-12-01")
    assert case and (case["value"], case["audience"], case["why"]) == (stage, "parties", f"late:{stage}")


@pytest.mark.parametrize(("occurred", "is_listed"), [("2026-05-14", True), ("2026-05-15", False)])
def test_a_decision_that_another_record_states_comes_in_time_or_binds_nobody(occurred: str, is_listed: bool) -> None:
    """The authority's days count from the notice's own record to the decision's."""
    decision = build_exclusion(occurred, served_on=occurred) | {"record": "decision", "reference": "b", "about": "a"}
    ruling = build_step("board-decision", "example-board", "2026-08-01", outcome="upheld")
    records = [build_exclusion("2026-03-02") | {"record": "notice"}, decision, ruling]
    assert bool(find_effect(build_notice_case(), records, LISTED, "2026-07-01")) is is_listed


IN_TIME: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
    ({}, [build_exclusion("2026-05-14", served_on="2026-05-14")]),
    ({}, [build_exclusion("2026-05-14", served_on="2026-06-20")]),
    ({}, [build_exclusion("2026-09-15", notice_served_on="2026-07-20", served_on="2026-09-16")]),
    ({}, [build_exclusion(), APPEAL, build_ruling("2026-08-03")]),
    ({"cases.misconduct.steps.appealed.after": ["excluded", "upheld"]},
     [build_exclusion(), APPEAL, build_ruling("2026-07-20"), build_step("appeal", "example-board", "2026-08-04"),
      build_ruling("2026-10-20")]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "records"), IN_TIME)
def test_what_is_decided_in_time_binds(changes: dict[str, Any], records: list[dict[str, Any]]) -> None:
    """The last day counts; service may come later; a new notice and each appeal give days of their own."""
    assert find_effect(vary("procurement-exclusion", changes), records, LISTED, "2026-11-01")


def test_an_appeal_before_the_decision_gives_the_court_its_own_days() -> None:
    """Who contests the order and is heard in time is entered by the ruling, however long after the notice."""
    contest = build_step("contest", "example-court", "2026-04-05", in_time=True)
    ruling = build_step("ruling", "example-court", "2026-04-30", outcome="upheld", ruling_served_on="2026-04-30")
    records = [build_entry(entered_on="2026-04-10"), contest, ruling]
    assert find_effect(get_shipped("judgment-debtors"), records, "organisations", "2026-05-01")
