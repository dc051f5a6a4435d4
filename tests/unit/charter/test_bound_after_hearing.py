"""In a live catalogue nothing binds before notice was served and the days to reply had run, whatever it declares."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.charter.stated_records import (
    build_closing,
    build_exclusion,
    build_notice_case,
    build_step,
    find_effect,
    vary,
)

EXCLUDED = "cases.misconduct.steps.excluded"
ANY_TIME = {f"{EXCLUDED}.not_before": None, f"{EXCLUDED}.when": "sanction = 'exclusion'"}
EARLY = "2026-03-06"  # four days after the notice

# how procurement-exclusion is varied, the day of the decision, and other fields of it
UNHEARD: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    (ANY_TIME, EARLY, {}),
    (ANY_TIME | {"procedures.two-tiers.reply.days": 1}, EARLY, {}),
    (ANY_TIME | {"procedures.two-tiers.reply": None}, EARLY, {}),
    (ANY_TIME | {"procedures.two-tiers.reply": None}, "2026-03-12", {}),
    (ANY_TIME, "2026-04-15", {"notice_served_on": "2026-04-15"}),
    (ANY_TIME, "2026-04-15", {"notice_served_on": "2026-06-01"}),
    (ANY_TIME | {"cases.misconduct.steps.noticed.on": "occurred"}, "2026-04-15", {"notice_served_on": "2026-04-14"}),
    (ANY_TIME | {"procedures.two-tiers.reply.working": True}, "2026-04-10", {}),
    (ANY_TIME | {"cases.misconduct.procedure": None}, "2026-04-15", {}),
    (ANY_TIME | {"procedures.two-tiers.decision": None}, "2026-04-15", {}),
    (ANY_TIME | {"procedures.two-tiers.decision.named": None}, "2026-04-15", {}),
    (ANY_TIME | {"procedures.two-tiers.decision.named": "board-decision.board_member"}, "2026-04-15", {}),
    (ANY_TIME | {f"{EXCLUDED}.role": "opening"}, "2026-04-15", {}),
    (ANY_TIME | {f"{EXCLUDED}.role": "interim"}, "2026-04-15", {}),
    (ANY_TIME, "2026-04-15", {"decided_by": None}),
]


@pytest.mark.parametrize(("changes", "occurred", "fields"), UNHEARD)
def test_a_decision_without_notice_and_days_to_reply_binds_nobody(
    changes: dict[str, Any], occurred: str, fields: dict[str, Any]
) -> None:
    """It stands between the parties, says that it is not proved, and lists nobody at any moment."""
    catalogue = vary("procurement-exclusion", changes)
    records = [build_exclusion(occurred, served_on=occurred, **fields)]
    for day in (occurred, "2026-05-04", "2027-05-04"):
        assert find_effect(catalogue, records, "excluded-for-misconduct", day) is None
    stage = find_effect(catalogue, records, "misconduct", "2026-07-01")
    assert stage and (stage["value"], stage["audience"], stage["why"]) == ("excluded", "parties", "unproved:excluded")


LISTED = "lists.excluded-for-misconduct.while"


@pytest.mark.parametrize("stage", ["noticed", "appealed", "lesser", "annulled", "released"])
def test_a_stage_that_nobody_decided_lists_nobody(stage: str) -> None:
    """Whatever stages a list names, those of notice, appeal and end put nobody on it."""
    catalogue = vary(
        "procurement-exclusion", {LISTED: ["excluded", stage], f"{EXCLUDED}.when": "sanction = 'exclusion'"}
    )
    records = {
        "noticed": [build_exclusion(occurred="2026-03-05")],
        "appealed": [build_exclusion(), build_step("appeal", "example-board", "2026-05-04")],
        "lesser": [build_exclusion(occurred="2026-03-05", sanction="reprimand")],
        "annulled": [
            build_exclusion(),
            build_step("board-decision", "example-board", "2026-05-04", outcome="annulled"),
        ],
        "released": [build_exclusion(), build_step("release", "example-buyer", "2027-05-04", reason="conditions-met")],
    }[stage]
    assert find_effect(catalogue, records, "excluded-for-misconduct", "2027-06-01") is None


@pytest.mark.parametrize("again", ["2026-09-01", "2026-07-21"])
def test_after_an_annulment_a_new_decision_needs_a_new_notice(again: str) -> None:
    """Who decides once more on the old notice lists nobody."""
    steps = "cases.misconduct.steps"
    changes = {f"{steps}.upheld.after": ["appealed", "annulled"], f"{steps}.upheld.public_on": None}
    annulled = build_step("board-decision", "example-board", "2026-07-20", outcome="annulled")
    upheld = build_step("board-decision", "example-buyer", again, outcome="upheld")
    records = [build_exclusion(), annulled, upheld]
    catalogue = vary("procurement-exclusion", changes)
    assert find_effect(catalogue, records, "excluded-for-misconduct", "2026-12-01") is None
    assert (find_effect(catalogue, records, "misconduct", "2026-12-01") or {})["value"] == "upheld"


INTERIM = {
    "cases.closing.steps.closed.role": "interim", "cases.closing.steps.closed.not_before": None,
    "cases.closing.steps.closed.after": [], "cases.closing.steps.told": None,
    "cases.closing.steps.heard": {"title": "Heard", "role": "reply", "record": "contest", "after": ["closed"],
                                  "basis": "charter art. 16", "says": "It was heard.", "when": "NOT in_time"},
    "cases.closing.steps.appealed.when": "in_time", "lists.closed-for-danger.while": ["closed", "heard"],
}  # fmt: skip
HEARD = build_step("contest", "example-food-office", "2026-03-05", in_time=False)


@pytest.mark.parametrize(
    ("changes", "further", "last_day"),
    [
        ({}, [], "2026-03-09"),
        ({}, [HEARD], "2026-03-16"),
        ({"procedures.closing.interim.days": 400, "procedures.closing.interim.heard_within": 300}, [], "2026-03-09"),
        ({"procedures.closing.interim.days": 400}, [HEARD], "2026-03-16"),
        ({"procedures.closing.interim.days": 10}, [HEARD], "2026-03-11"),
        ({"procedures.closing.interim.heard_within": 2}, [], "2026-03-04"),
        ({"procedures.closing.interim": None}, [HEARD], None),
    ],
)
def test_an_interim_measure_ends_unheard_and_after_fifteen_days(
    changes: dict[str, Any], further: list[dict[str, Any]], last_day: str | None
) -> None:
    """It binds from service, for five working days unless somebody was heard, and never longer than fifteen days."""
    catalogue = vary("imminent-danger", INTERIM | changes)
    records = [build_closing(occurred="2026-03-02", served_on="2026-03-02", told_on=None), *further]
    days = [f"2026-03-{day:02}" for day in (*range(1, 19), 31)]
    bound = [day for day in days if find_effect(catalogue, records, "closed-for-danger", day)]
    assert bound == [day for day in days if last_day and "2026-03-02" <= day <= last_day]


LAWFUL: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({}, "2026-04-15", {}),
    (ANY_TIME, "2026-04-02", {}),
    (ANY_TIME | {"procedures.two-tiers.reply.days": 10}, "2026-03-13", {}),
    (ANY_TIME | {"procedures.two-tiers.reply.days": 10, "procedures.two-tiers.reply.working": True}, "2026-03-17", {}),
    (ANY_TIME | {f"{EXCLUDED}.after": [], f"{EXCLUDED}.not_before": None, "cases.misconduct.steps.noticed": None,
                 "cases.misconduct.steps.lesser": None}, "2026-04-15", {}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "occurred", "fields"), LAWFUL)
def test_a_decision_after_notice_and_the_days_to_reply_binds(
    changes: dict[str, Any], occurred: str, fields: dict[str, Any]
) -> None:
    """Shorter lawful procedures list from service; a day of notice on the record is as good as a step of its own."""
    catalogue = vary("procurement-exclusion", changes)
    records = [build_exclusion(occurred, served_on=occurred, **fields)]
    assert find_effect(catalogue, records, "excluded-for-misconduct", occurred)


@pytest.mark.parametrize(("occurred", "is_listed"), [("2026-04-15", True), ("2026-04-02", True), ("2026-04-01", False)])
def test_a_decision_in_a_record_of_its_own_follows_the_notice_that_opened_the_case(
    occurred: str, is_listed: bool
) -> None:
    """The days to reply count from the notice's own record to the decision's."""
    opening = build_exclusion("2026-03-02") | {"record": "notice"}
    decision = build_exclusion(occurred) | {"record": "decision", "reference": "b", "about": "a"}
    records = [opening, decision, build_step("board-decision", "example-board", "2026-06-01", outcome="upheld")]
    effect = find_effect(build_notice_case(), records, "excluded-for-misconduct", "2026-05-04")
    assert bool(effect) is is_listed


@pytest.mark.parametrize(
    ("changes", "is_listed"),
    [
        ({"measures": {}}, True),
        ({}, False),
        ({"measures": {}, "cases.misconduct.procedure": "two-tiers"}, False),
        ({"measures": {}, "records.exclusion-decision.conduct": ["honour", "corruption"]}, False),
    ],
)
def test_nobody_has_to_be_heard_before_an_honour_that_burdens_nobody(changes: dict[str, Any], is_listed: bool) -> None:
    """A list of honours needs no procedure; one by which somebody is barred, or of other conduct, does."""
    honours = ANY_TIME | {"records.exclusion-decision.conduct": ["honour"], "cases.misconduct.procedure": None}
    records = [build_exclusion(EARLY, served_on=EARLY)]
    catalogue = vary("procurement-exclusion", honours | changes)
    assert bool(find_effect(catalogue, records, "excluded-for-misconduct", "2026-05-04")) is is_listed
