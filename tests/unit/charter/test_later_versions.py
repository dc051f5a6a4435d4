"""Article 10: conduct falls under the rules of its own day, and under later ones only as far as they are milder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules import StatedRecord, build_record_table
from tests.unit.charter.edited_catalogues import Change, load_edited
from tests.unit.charter.stated_records import EXCLUSION, get_shipped, vary

from goodstanding.catalogue import Catalogue
from goodstanding.register.projection.case_effects import CaseEffects, build_listing_intervals, calculate_by_version
from goodstanding.standing import RuleVersion, join_versions

GRADES, BUYERS = "uk-food-hygiene", "procurement-exclusion"
TERM = "lists.excluded-for-misconduct.stays.at_most"
CHANGED_ON = date(2027, 1, 1)
VISIT = {"status": "rated", "hygiene": 5, "structural": 5, "confidence": 5}
RATED = ("inspection", "2026-03-01", VISIT)
DECIDED = ("exclusion-decision", "2026-04-15", EXCLUSION | {"excluded_until": "2036-04-15"})
Changes = Mapping[str, Any]


def list_stretches(versions: list[Catalogue], records: list[StatedRecord], *kinds: str) -> list[dict[str, Any]]:
    """What follows under versions of which each later one applies from the day of the change on."""
    first, *later = versions
    stated = [RuleVersion(first.in_force, first), *(RuleVersion(CHANGED_ON, version) for version in later)]
    none = build_listing_intervals([], None)
    table = build_record_table(records)
    table = table.set_column(table.column_names.index("source"), "source", pa.array(["example-buyer"] * len(records)))
    rows = calculate_by_version(table, none, join_versions(stated), CaseEffects(none, {}))[1].to_pylist()
    return [row for row in rows if not kinds or row["kind"] in kinds]


def find_last_end(rows: list[dict[str, Any]]) -> date | None:
    """The day on which the last of these stretches ends."""
    return max((row["valid_to"] or date.max for row in rows), default=None)


HARSHER = {
    "a longer term": (BUYERS, DECIDED, {TERM: "P5Y"}),
    "a term that nobody decides": (BUYERS, DECIDED, {"lists.excluded-for-misconduct.stays": "P9Y"}),
    "more steps that list": (
        BUYERS,
        DECIDED,
        {"lists.excluded-for-misconduct.while": ["excluded", "upheld", "lesser"]},
    ),
    "a longer lapse": (GRADES, RATED, {"schemes.food-hygiene.lapses": "P9Y"}),
}


@pytest.mark.parametrize("means", HARSHER)
def test_earlier_conduct_stays_under_the_rules_of_its_day(means: str) -> None:
    """Whatever makes later rules harsher, what was done before them has the effects that it had, and says so."""
    name, record, changes = HARSHER[means]
    old = get_shipped(name)
    before = list_stretches([old], [record], "listing", "restriction", "grade")
    assert before
    after = list_stretches([old, vary(name, {"version": 99} | changes)], [record], "listing", "restriction", "grade")
    assert sorted(map(str, after)) == sorted(map(str, before))
    assert {row["version"] for row in after} == {old.version}


def test_a_third_version_leaves_the_past_as_it_was() -> None:
    """Each later version begins on a day of its own; none of them takes away what held before that day."""
    old = get_shipped(GRADES)
    longer = [(98, "2027-01-01", "P9Y"), (99, "2027-06-01", "P8Y")]
    later = [
        vary(GRADES, {"version": number, "in_force": day, "schemes.food-hygiene.lapses": lapse})
        for number, day, lapse in longer
    ]
    for versions in ([old, later[0]], [old, *later]):
        assert list_stretches(versions, [RATED], "grade") == list_stretches([old], [RATED], "grade")


NEW_FOR_OLD = {
    "a list": {"lists.fraud": {"stays": {"until": "excluded_until", "at_most": "P3Y"}}},
    "a measure": {"measures.grants": {"list": "excluded-for-misconduct"}},
}


@pytest.mark.parametrize("means", NEW_FOR_OLD)
def test_nothing_new_follows_from_earlier_conduct(means: str) -> None:
    """A list or a restriction that later rules add reaches what is done from their day on, and nothing before."""
    old = get_shipped(BUYERS).model_dump(mode="json", by_alias=True, exclude_none=True)
    ((place, change),) = NEW_FOR_OLD[means].items()
    part, name = place.split(".")
    pattern = {"lists": "excluded-for-misconduct", "measures": next(iter(old["measures"]))}[part]
    added = {key: cell for key, cell in old[part][pattern].items() if key != "at_least"} | change
    later = vary(BUYERS, {"version": 99, place: added})
    recent = (
        "exclusion-decision",
        "2027-04-15",
        EXCLUSION | {"excluded_until": "2028-04-15", "notice_served_on": "2027-03-02", "served_on": "2027-04-20"},
    )
    rules = [get_shipped(BUYERS), later]
    assert [row for row in list_stretches(rules, [DECIDED]) if row["measure"] == name] == []
    assert {row["version"] for row in list_stretches(rules, [recent]) if row["measure"] == name} == {99}


def test_an_earlier_first_day_moves_nothing() -> None:
    """Later rules that say that they were in force before those of the day let no effect begin sooner."""
    old = vary(GRADES, {"in_force": "2026-06-01"})
    rules = [old, vary(GRADES, {"version": 99, "in_force": "2011-01-01", "schemes.food-hygiene.lapses": "P9Y"})]
    assert list_stretches(rules, [RATED], "grade") == list_stretches([old], [RATED], "grade")
    assert list_stretches([old], [RATED], "grade")[0]["valid_from"] == date(2026, 6, 1)


def test_worse_limits_leave_an_earlier_grade_as_it_was() -> None:
    """Limits of a grade that were drawn in lower no grade that rests on an earlier visit, but those of later ones."""
    bands = get_shipped(GRADES).model_dump(mode="json", by_alias=True, exclude_none=True)["schemes"]["food-hygiene"][
        "bands"
    ]
    stricter = [
        band | {"when": f"({band['when']}) AND hygiene < 5"} if band["grade"] != "0" else band for band in bands
    ]
    rules = [get_shipped(GRADES), vary(GRADES, {"version": 99, "schemes.food-hygiene.bands": stricter})]
    assert [row["value"] for row in list_stretches(rules, [RATED], "grade")] == ["5"]
    assert [row["value"] for row in list_stretches(rules, [("inspection", "2027-03-01", VISIT)], "grade")] != ["5"]


MILDER = {
    "a shorter term": (BUYERS, DECIDED, {TERM: "P1Y"}),
    "a shorter lapse": (GRADES, RATED, {"schemes.food-hygiene.lapses": "P1Y"}),
    "an end of the rules": (GRADES, RATED, {"until": "2028-01-01"}),
    "no grade at all": (GRADES, RATED, {"schemes.food-hygiene.counts_when": "hygiene > 5"}),
}


@pytest.mark.parametrize("means", MILDER)
def test_milder_rules_reach_earlier_conduct(means: str) -> None:
    """What later rules shorten or drop ends as they say for earlier conduct too, and rests on them from then on."""
    name, record, changes = MILDER[means]
    later = vary(name, {"version": 99} | changes)
    before = list_stretches([get_shipped(name)], [record], "listing", "restriction", "grade")
    after = list_stretches([get_shipped(name), later], [record], "listing", "restriction", "grade")
    alone = list_stretches([later], [record], "listing", "restriction", "grade")
    assert sorted(map(str, after)) == sorted(map(str, alone))
    assert (find_last_end(after) or date.min) < (find_last_end(before) or date.min)


def test_nothing_holds_outside_the_days_of_the_rules() -> None:
    """A grade from a visit before the rules begins with them, and what is open ends with them."""
    rules = vary(GRADES, {"in_force": "2026-06-01", "until": "2028-01-01", "schemes.food-hygiene.lapses": "P5Y"})
    (grade,) = list_stretches([rules], [RATED], "grade")
    assert (grade["valid_from"], grade["valid_to"]) == (date(2026, 6, 1), date(2028, 1, 1))


def test_versions_with_the_same_rules_count_as_one() -> None:
    """A version that only takes in a new form of files is worked out once, from the older one's day on."""
    old, newer = get_shipped(GRADES), vary(GRADES, {"version": 99, "title": "Hygiene"})
    (joined,) = join_versions([RuleVersion(old.in_force, old), RuleVersion(CHANGED_ON, newer)])
    assert (joined.first_day, joined.catalogue.version) == (old.in_force, 99)


REWARDED = """\
  reward:
    {title: Fewer visits, basis: act art. 1, kind: benefit, field: inspection, scheme: food, grades: [A],
     purpose: inspection, audience: [office]}
"""
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
      late: {title: Late, basis: act art. 1, when: score = 7, points: 10, counts_for: P1Y}
    direct: [{grade: spoilt, basis: act art. 1, when: score = 10, counts_for: P1Y}]
    bands: [{grade: fine, at_most: 5}, {grade: poor}]
    procedure: hearing
"""
ADDED: tuple[Change, ...] = (("measures:\n", "measures:\n" + REWARDED), ("schemes:\n", "schemes:\n" + POINTS))
NEWER: Change = ("version: 1", "version: 2")


def load_rewarding(*changes: Change) -> Catalogue:
    """The sound catalogue with a benefit and with running points, after changes."""
    return load_edited(*ADDED, *changes)


def list_days(rules: list[Catalogue], *records: StatedRecord, measure: str = "reward") -> list[tuple[str, ...]]:
    """From when to when a measure holds under versions of rules, and for whom or with which grade."""
    return join_days(list_stretches(rules, list(records)), measure)


def join_days(stretches: list[dict[str, Any]], measure: str) -> list[tuple[str, ...]]:
    """From when to when a measure holds in stretches, and for whom or with which grade."""
    rows = [row for row in stretches if row["measure"] == measure]
    cells = [(str(row["value"]) if row["kind"] == "grade" else row["audience"], row) for row in rows]
    joined: list[tuple[str, ...]] = []
    for cell, row in sorted(cells, key=lambda pair: (pair[0], pair[1]["valid_from"])):
        start, end = str(row["valid_from"]), str(row["valid_to"])
        if joined and joined[-1][1:] == (start, cell):
            start = joined.pop()[0]
        joined.append((start, end, cell))
    return [(start, end, cell) for start, end, cell in joined]


OLD_VISIT, NEW_VISIT = ("visit", "2026-03-01", {"score": 4}), ("visit", "2027-03-01", {"score": 4})
LOST: dict[str, tuple[Change, ...]] = {
    "by another grade": (("grades: [A],\n", "grades: [B],\n"),),
    "by limits that were drawn in": (("{grade: A, at_most: 5}", "{grade: A, at_most: 3}"),),
    "by a shorter time": (("lapses: P2Y", "lapses: P6M"),),
    "by a condition": (("    score: score\n", "    score: score\n    counts_when: score < 4\n"),),
    "for whom it was meant": (
        ("purpose: inspection, audience: [office]}\n  no", "purpose: inspection, audience: [court]}\n  no"),
    ),
}


WHOLE = ("2026-03-01", "2028-03-01", "office")


@pytest.mark.parametrize("means", LOST)
def test_a_benefit_for_earlier_conduct_is_not_lost_by_later_rules(means: str) -> None:
    """It lasts as the rules of the day of the conduct say; what is done under the later ones falls under them alone."""
    old, later = load_rewarding(), load_rewarding(NEWER, *LOST[means])
    assert list_days([old], OLD_VISIT) == [WHOLE]
    assert WHOLE not in list_days([later], OLD_VISIT)
    assert WHOLE in list_days([old, later], OLD_VISIT)
    assert list_days([old, later], NEW_VISIT) == list_days([later], NEW_VISIT)


def test_a_benefit_for_earlier_conduct_ends_with_what_is_done_later() -> None:
    """As the earlier rules themselves say: the newest finding counts, and it falls under the later rules."""
    rules = [load_rewarding(), load_rewarding(NEWER, *LOST["by limits that were drawn in"])]
    for score in (4, 9):
        recent = ("visit", "2027-03-01", {"score": score})
        assert list_days(rules, OLD_VISIT, recent) == [("2026-03-01", "2027-03-01", "office")]


ENDED = {
    "rules that end": (("in_force: 2024-01-01", "in_force: 2024-01-01\nuntil: 2027-06-01"),),
    "rules without the benefit": (("measures:\n" + REWARDED, "measures:\n"),),
}


@pytest.mark.parametrize("means", ENDED)
def test_a_benefit_ends_with_the_rules_that_have_it(means: str) -> None:
    """Nothing holds after the last day of the rules, and what no rule in force gives nobody gives any more."""
    rules = [load_rewarding(), load_rewarding(NEWER, *ENDED[means])]
    assert list_days(rules, OLD_VISIT) == list_days(rules[1:], OLD_VISIT)


def test_a_benefit_lost_through_a_list_is_a_burden() -> None:
    """Later rules that take a benefit from whom a list names take it for later conduct alone."""
    lost = (
        "measures:\n",
        "measures:\n" + REWARDED.replace("scheme: food, grades: [A]", "list: excluded").replace("reward", "lost"),
    )
    rules = [load_rewarding(), load_rewarding(NEWER, lost)]
    fields = {"made_good": False, "able": True, "decided_by": "R. Example"}
    old, recent = (
        (
            "finding",
            f"{year}-03-20",
            fields | {"told_on": f"{year}-03-01", "served_on": f"{year}-03-20", "ends_on": "2029-03-01"},
        )
        for year in (2026, 2027)
    )
    assert list_days(rules, old, measure="excluded") and list_days(rules, recent, measure="excluded")
    assert list_days(rules[1:], old, measure="lost") != []
    assert list_days(rules, old, measure="lost") == []
    assert list_days(rules, recent, measure="lost") == [("2027-03-20", "2029-03-01", "office")]


HARSHER_POINTS: dict[str, tuple[Change, ...]] = {
    "a grade given directly for more": (("when: score = 10, counts_for: P1Y", "when: score >= 4, counts_for: P1Y"),),
    "a grade given directly for longer": (("when: score = 10, counts_for: P1Y", "when: score = 10, counts_for: P4Y"),),
    "an item for more": (
        ("when: score = 7, points: 10, counts_for: P1Y", "when: score >= 4, points: 10, counts_for: P1Y"),
    ),
    "an item for longer": (("points: 10, counts_for: P1Y", "points: 10, counts_for: P4Y"),),
    "more points": (
        ("points: 10, counts_for", "points: 20, counts_for"),
        ("{grade: poor}", "{grade: poor, at_most: 15}, {grade: bad}"),
    ),
}


@pytest.mark.parametrize("score", [4, 7, 10])
@pytest.mark.parametrize("means", HARSHER_POINTS)
def test_points_and_grades_given_directly_stay_as_the_rules_of_the_day_say(means: str, score: int) -> None:
    """Harsher later rules change nothing that rests on earlier findings, and everything that rests on later ones."""
    old, later = load_rewarding(), load_rewarding(NEWER, *HARSHER_POINTS[means])
    for day, of_the_day in (("2026-11-01", old), ("2027-03-01", later)):
        visit = ("visit", day, {"score": score})
        under_both, under_one = (list_stretches(rules, [visit]) for rules in ([old, later], [of_the_day]))
        for measure in ("running", "food"):
            assert join_days(under_both, measure) == join_days(under_one, measure)


SCORES = st.sampled_from([0, 5, 10, 15, 20, 25])
VISITS = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2026, 12, 31)), SCORES, SCORES, st.sampled_from([0, 5, 10, 20, 30])),
    min_size=1,
    max_size=4,
)
LAPSES = st.sampled_from(["P1Y", "P2Y", "P5Y", "P9Y"])


@given(VISITS, LAPSES, LAPSES, st.integers(0, 3000))
def test_nobody_is_worse_off_than_under_the_rules_of_the_day(
    visits: list[tuple[date, int, int, int]], lapse: str, later_lapse: str, days: int
) -> None:
    """On every day the grade is that of the rules of its day, or a better one, or none."""
    names = ("hygiene", "structural", "confidence")
    records = [
        ("inspection", day.isoformat(), {"status": "rated"} | dict(zip(names, scores, strict=True)))
        for day, *scores in visits
    ]
    rules = [
        vary(GRADES, {"version": version, "schemes.food-hygiene.lapses": period})
        for version, period in ((98, lapse), (99, later_lapse))
    ]
    at = date(2024, 1, 1) + timedelta(days=days)
    own, both = (
        {row["value"] for row in list_stretches(chosen, records, "grade") if _holds(row, at)}
        for chosen in (rules[:1], rules)
    )
    assert both <= own
    assert len(both) <= 1


def _holds(row: dict[str, Any], at: date) -> bool:
    return bool(row["valid_from"] <= at < (row["valid_to"] or date.max))
