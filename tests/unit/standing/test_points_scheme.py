"""Schemes of running points: starts, direct grades, points by expression, staircases and caps."""

from __future__ import annotations

import pytest
from tests.rules import build_record_table, compute_effects_on, list_intervals, make_catalogue

from goodstanding.standing import match_records

RULES = """
records:
  joined:
    title: Joined
    ON
    by: [office]
    fields: {founded: {type: integer, title: Year, at_least: 1900, at_most: 2100}}
  act:
    title: Act
    ON
    by: [office]
    fields:
      what: {type: code, title: What, one_of: [late, crime, gift]}
      months: {type: integer, title: Months, at_least: 0, at_most: 12}
schemes:
  credit:
    title: Credit
    ON
    kind: points
    record: act
    starts_with: joined
    base: 100
    floor: 0
    cap: 120
    MORE
    items: {ITEMS}
    bands: [{grade: A, at_least: 90}, {grade: B, at_least: 50}, {grade: C}]
"""
LATE = "late: {title: Late, ON, when: what = 'late', points: -10, counts_for: P1Y}"
IN = ("joined", "2020-01-01", {"founded": 2000})


def points_rules(items: str = LATE, further_rules: str = "", mode: str = "live"):
    """The catalogue with these items."""
    return make_catalogue(RULES.replace("ITEMS", items).replace("MORE", further_rules), mode)


def late_act(day: str, **fields: object) -> tuple[str, str, dict[str, object]]:
    """A late act."""
    return ("act", day, {"what": "late"} | fields)


def list_scores(catalogue, *records) -> list[tuple[object, ...]]:
    """From when the score is what."""
    return [(interval[0], interval[3]) for interval in list_intervals(catalogue, [IN, *records], "credit")]


STARTS = "starts: [{when: founded < 2010, points: 110, ON}, {when: founded < 2020, points: 80, ON}]"


@pytest.mark.parametrize(
    ("fields", "score"), [({"founded": 1999}, 110), ({"founded": 2015}, 80), ({"founded": 2020}, 100), ({}, 110)]
)
def test_points_begin_with_the_first_start_that_holds(fields, score):
    """Where no start holds the base counts; where it is unknown, the better one does."""
    effect = compute_effects_on(points_rules(further_rules=STARTS), [("joined", "2020-01-01", fields)], "2020-05-05")[
        "credit"
    ]
    assert (effect["score"], effect["because"]) == (score, [1])


def test_points_begin_with_the_newest_record_that_starts_them():
    """A newer record of the kind that starts the points gives the start from its day on, and is named."""
    records = [("joined", "2020-01-01", {"founded": 2000}), ("joined", "2021-01-01", {"founded": 2015})]
    assert list_intervals(points_rules(further_rules=STARTS), records, "credit") == [
        ("2020-01-01", "2021-01-01", "A", 110, [1], "points"),
        ("2021-01-01", "None", "B", 80, [1, 2], "points"),
    ]


def test_a_direct_grade_holds_while_its_finding_counts():
    """A veto gives its grade for its time whatever the points, which still show; then the points speak again."""
    catalogue = points_rules(further_rules="direct: [{grade: black, when: what = 'crime', counts_for: P6M, ON}]")
    assert list_intervals(
        catalogue, [IN, ("act", "2021-01-01", {"what": "crime"}), late_act("2021-02-01")], "credit"
    ) == [
        ("2020-01-01", "2021-01-01", "A", 100, [1], "points"),
        ("2021-01-01", "2021-02-01", "black", 100, [1, 2], "direct:0"),
        ("2021-02-01", "2021-07-01", "black", 90, [1, 2, 3], "direct:0"),
        ("2021-07-01", "2022-02-01", "A", 90, [1, 3], "points"),
        ("2022-02-01", "None", "A", 100, [1], "points"),
    ]


def test_of_several_direct_grades_the_first_rule_decides():
    """Where two findings give two direct grades the rule that stands first counts, without a time for ever."""
    direct = "direct: [{grade: black, when: what = 'crime', ON}, {grade: grey, when: what = 'gift', ON}]"
    records = [IN, ("act", "2021-01-01", {"what": "gift"}), ("act", "2021-02-01", {"what": "crime"})]
    changes = [
        (interval[0], interval[2], interval[5])
        for interval in list_intervals(points_rules(further_rules=direct), records, "credit")
    ]
    assert changes[1:] == [
        ("2021-01-01", "grey", "direct:1"),
        ("2021-02-01", "black", "direct:0"),
    ]


def test_points_may_be_an_expression():
    """Two points for each month late, of what the finding says."""
    item = "late: {title: Late, ON, when: what = 'late', points: -2 * months, counts_for: P1Y}"
    effect = compute_effects_on(points_rules(item), [IN, late_act("2021-01-01", months=7)], "2021-02-02")["credit"]
    assert (effect["score"], effect["because"], effect["why"]) == (86, [1, 2], "points")


@pytest.mark.parametrize("fields", [{"what": "late"}, {"months": 3}])
def test_unknown_points_and_conditions_count_for_the_subject(fields):
    """What cannot be decided takes no points away, and is named for as long as it would count."""
    item = "late: {title: Late, ON, when: what = 'late', points: -2 * months, counts_for: P1Y}"
    missing = "months" if "what" in fields else "what"
    assert list_intervals(points_rules(item), [IN, ("act", "2021-01-01", fields)], "credit")[1:] == [
        ("2021-01-01", "2022-01-01", "A", 100, [1, 2], f"undecided:{missing}"),
        ("2022-01-01", "None", "A", 100, [1], "points"),
    ]


def test_points_fade_in_stages():
    """From half a year on an item counts for six, from a year on for two, after two years for nothing."""
    item = (
        "late: {title: Late, ON, when: what = 'late', points: -10, counts_for: P2Y,"
        " fades: [{after: P6M, points: -6}, {after: P1Y, points: -2}]}"
    )
    assert list_scores(points_rules(item), late_act("2021-01-01")) == [
        ("2020-01-01", 100), ("2021-01-01", 90), ("2021-07-01", 94), ("2022-01-01", 98), ("2023-01-01", 100),
    ]  # fmt: skip


@pytest.mark.parametrize(("per", "score"), [("month", 56), ("quarter", 68), ("year", 78), ("ever", 88)])
def test_an_item_is_capped_within_its_time(per, score):
    """Ten points each, capped at twelve: two in January and two in February 2021, one in April, one in May 2022."""
    item = f"late: {{title: Late, ON, when: what = 'late', points: -10, at_most: 12, per: {per}}}"
    days = ["2021-01-01", "2021-01-31", "2021-02-01", "2021-02-02", "2021-04-01", "2022-05-01"]
    assert compute_effects_on(points_rules(item), [IN, *map(late_act, days)], "2022-06-01")["credit"]["score"] == score


def test_a_finding_under_two_items_is_named_once():
    """One finding that falls under two items is one reason."""
    both = LATE + ", more: {title: More, ON, when: what = 'late' AND months > 3, points: -5}"
    effect = compute_effects_on(points_rules(both), [IN, late_act("2021-01-01", months=5)], "2021-02-02")["credit"]
    assert (effect["score"], effect["because"]) == (85, [1, 2])


def test_only_findings_that_count_take_points():
    """What does not count when it should count takes no points away and gives no direct grade."""
    direct = "counts_when: months IS NOT NULL\n    direct: [{grade: black, when: what = 'crime', ON}]"
    records = [IN, late_act("2021-01-01"), ("act", "2021-01-01", {"what": "crime"}), late_act("2021-01-02", months=1)]
    effect = compute_effects_on(points_rules(further_rules=direct), records, "2021-02-02")["credit"]
    assert (effect["score"], effect["value"], effect["because"]) == (90, "A", [1, 4])


def test_the_laboratory_may_leave_the_bounds_out():
    """In a laboratory points without base, floor and cap begin with nothing and know no end."""
    open_rules = RULES.replace("    base: 100\n    floor: 0\n    cap: 120\n    MORE\n", "").replace("ITEMS", LATE)
    records = [IN, *[late_act("2021-01-01")] * 30]
    assert compute_effects_on(make_catalogue(open_rules, "lab"), records, "2021-02-02")["credit"]["score"] == -300


def test_a_fine_stays_within_floor_and_cap():
    """Fifteen times ten points leave nothing, not less."""
    assert (
        compute_effects_on(points_rules(), [IN, *[late_act("2021-01-01")] * 15], "2021-02-02")["credit"]["score"] == 0
    )


def list_matches(catalogue, *records) -> list[dict[str, object]]:
    """What each record falls under, without what is empty."""
    rows = match_records(build_record_table([IN, *records]), catalogue, "credit").to_pylist()
    return [{name: str(value) for name, value in row.items() if value is not None} for row in rows]


def test_each_record_says_under_which_item_it_falls():
    """The points of each stage with its days, and the span within which a cap holds them."""
    items = (
        "late: {title: Late, ON, when: what = 'late', points: -10, counts_for: P1Y, at_most: 20, "
        "fades: [{after: P6M, points: -4}]}"
    )
    stage = {"position": "2", "item": "late", "span": "2021-01-01", "at_most": "20"}
    assert list_matches(points_rules(items), late_act("2021-03-01")) == [
        stage | {"points": "-10", "since": "2021-03-01", "until": "2021-09-01"},
        stage | {"points": "-4", "since": "2021-09-01", "until": "2022-03-01"},
    ]


def test_a_record_without_a_field_says_what_is_missing():
    """It may fall under an item, and gives no points there."""
    (match,) = list_matches(points_rules("late: {title: L, ON, when: months > 2, points: -5}"), late_act("2021-03-01"))
    assert (match["missing"], "points" in match, match["until"]) == ("['months']", False, "9999-12-31")


def test_each_record_says_which_grade_it_gives_directly():
    """With the rank of the rule, of which the lowest prevails."""
    direct = "direct: [{when: what = 'crime', grade: C, ON, counts_for: P2Y}, {when: what = 'gift', grade: B, ON}]"
    crime, gift = (("act", "2021-03-01", {"what": conduct}) for conduct in ("crime", "gift"))
    assert list_matches(points_rules(further_rules=direct), crime, gift) == [
        {"position": "2", "grade": "C", "rank": "0", "since": "2021-03-01", "until": "2023-03-01"},
        {"position": "3", "grade": "B", "rank": "1", "since": "2021-03-01", "until": "9999-12-31"},
    ]
