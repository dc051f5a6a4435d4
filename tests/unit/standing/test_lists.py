"""Lists made from other lists, and measures that rest on lists or grades."""

from __future__ import annotations

import pytest
from tests.rules import compute_effects_on, get_refusal, list_intervals, make_catalogue

RULES = """
records:
  tax: {title: Tax, ON, by: [office]}
  wages: {title: Wages, ON, by: [office]}
  safety: {title: Safety, ON, by: [office]}
  visit: {title: Visit, ON, by: [office], fields: {points: {type: integer, title: Points, at_least: 0, at_most: 9}}}
schemes:
  hygiene:
    title: Hygiene
    ON
    kind: latest
    record: visit
    score: points
    bands: [{grade: A, at_least: 7}, {grade: B, at_least: 4}, {grade: C}]
cases:
  tax-case: {title: Tax, ON, record: tax, steps: {taxed: {title: On it, ON}}}
  wage-case: {title: Wages, ON, record: wages, steps: {owed: {title: On it, ON}}}
  safety-case: {title: Safety, ON, record: safety, steps: {unsafe: {title: On it, ON}}}
lists:
  joint: {title: Joint, ON, from: [two, unsafe-firms], audience: anybody}
  two: {title: Two, ON, from: [tax-debtors, wage-debtors, unsafe-firms], at_least: 2, audience: parties}
  tax-debtors: {title: Tax, ON, case: tax-case, while: [taxed], stays: P2Y}
  wage-debtors: {title: Wages, ON, case: wage-case, while: [owed], stays: P1Y}
  unsafe-firms: {title: Unsafe, ON, case: safety-case, while: [unsafe], stays: P1M}
measures:
  no-tenders: {title: No tenders, ON, kind: restriction, list: two, purpose: tenders, audience: [buyer, bank]}
  fewer-visits:
    {title: Fewer, ON, kind: supervision, scheme: hygiene, grades: [A, B], purpose: visits, audience: [office]}
"""


def test_a_list_made_from_others_holds_while_enough_of_them_do():
    """Two of three lists make the combined one, for as long as two hold, resting on the records of both."""
    intervals = list_intervals(
        make_catalogue(RULES, "lab"), [("tax", "2021-01-01", {}), ("wages", "2021-06-01", {})], "two"
    )
    assert intervals == [("2021-06-01", "2022-06-01", "combined", None, [1, 2], "lists:tax-debtors,wage-debtors")]


def test_two_cases_of_one_list_are_one_list():
    """Being on one list twice is not being on two."""
    assert (
        list_intervals(make_catalogue(RULES, "lab"), [("tax", "2021-01-01", {}), ("tax", "2021-06-01", {})], "two")
        == []
    )


def test_a_combined_list_may_rest_on_a_combined_list():
    """A list made from lists counts like any other, and says through which of them it came about."""
    effects = compute_effects_on(
        make_catalogue(RULES, "lab"), [("tax", "2021-01-01", {}), ("wages", "2021-01-02", {})], "2021-02-02"
    )
    assert (effects["joint"]["why"], effects["joint"]["because"]) == ("lists:two", [1, 2])
    assert (effects["two"]["audience"], effects["joint"]["audience"]) == ("parties", "anybody")
    both = compute_effects_on(
        make_catalogue(RULES, "lab"), [("tax", "2021-01-01", {}), ("safety", "2021-01-02", {})], "2021-01-03"
    )
    assert (both["joint"]["why"], both["joint"]["because"]) == ("lists:two,unsafe-firms", [1, 2])


def test_a_measure_follows_from_a_combined_list():
    """A measure on a combined list binds for each audience while the list holds."""
    records = [("tax", "2021-01-01", {}), ("wages", "2021-06-01", {})]
    intervals = list_intervals(make_catalogue(RULES, "lab"), records, "no-tenders")
    why = "lists:tax-debtors,wage-debtors"
    assert intervals == [("2021-06-01", "2022-06-01", "two", None, [1, 2], why)] * 2


@pytest.mark.parametrize(("points", "grade"), [(8, "A"), (5, "B"), (1, None)])
def test_a_measure_may_follow_from_a_grade(points, grade):
    """A measure on grades holds while the scheme gives one of them, and says which."""
    effect = compute_effects_on(
        make_catalogue(RULES, "lab"), [("visit", "2021-01-01", {"points": points})], "2021-02-01"
    ).get("fewer-visits")
    assert (effect and (effect["value"], effect["why"], effect["because"])) == (
        grade and ("hygiene", f"grade:{grade}", [1])
    )


def test_a_measure_on_a_grade_needs_no_case():
    """A catalogue without cases and lists may have measures."""
    alone = RULES[: RULES.index("cases:")] + RULES[RULES.index("measures:") : RULES.index("  no-tenders")]
    alone += RULES[RULES.index("  fewer-visits") :]
    intervals = list_intervals(
        make_catalogue(alone, "lab"),
        [("visit", "2021-01-01", {"points": 8}), ("visit", "2021-05-01", {})],
        "fewer-visits",
    )
    assert [interval[:2] for interval in intervals] == [("2021-01-01", "2021-05-01")]


OFFICIALS = """
records:
  decision:
    title: Decision
    ON
    by: [office]
    fields: {official: {type: boolean, title: An official}, rank: {type: integer, title: Rank, at_least: 0, at_most: 9}}
  visit: {title: Visit, ON, by: [office], fields: {points: {type: integer, title: Points, at_least: 0, at_most: 9}}}
schemes:
  hygiene: {title: Hygiene, ON, kind: latest, record: visit, score: points, bands: BANDS}
cases:
  debt: {title: Debt, ON, record: decision, steps: {listed: {title: On it, ON}}}
lists:
  debtors: {title: Debtors, ON, case: debt, while: [listed], stays: P2Y}
  late-payers: {title: Late, ON, from: [debtors], audience: anybody}
measures:
  told: {title: Told, ON, kind: publication, list: debtors, when: WHEN, purpose: work, audience: [employer]}
  barred: {title: Barred, ON, kind: restriction, list: debtors, purpose: tenders, audience: [buyer]}
  told-twice: {title: Told, ON, kind: publication, list: late-payers, when: official, purpose: work, audience: [bank]}
  fewer:
    {title: Fewer, ON, kind: supervision, scheme: hygiene, grades: [A], when: points > 7, purpose: v, audience: [lab]}
""".replace("BANDS", "[{grade: A, at_least: 4}, {grade: B}]")


def list_measures_on(when: str, *records, day: str = "2021-02-01") -> set[str]:
    """The measures that hold at a day, where the first asks this of the decision."""
    effects = compute_effects_on(make_catalogue(OFFICIALS.replace("WHEN", when), "lab"), list(records), day)
    return {name for name in effects if name in ("told", "barred", "told-twice", "fewer")}


@pytest.mark.parametrize(
    ("when", "fields", "follows"),
    [
        ("official", {"official": True}, True),
        ("official", {"official": False}, False),
        ("official", {}, False),
        ("NOT official", {}, False),
        ("rank >= 3", {"rank": 3}, True),
        ("rank >= 3 OR official", {"official": True}, True),
    ],
)
def test_a_measure_may_depend_on_its_record(when, fields, follows):
    """It follows only where its condition is known to hold for the record behind the list; the others follow anyway."""
    measures = list_measures_on(when, ("decision", "2021-01-01", fields))
    assert ("told" in measures, "barred" in measures) == (follows, True)


def test_a_condition_of_a_measure_reads_the_record_of_its_own_listing():
    """Another decision says nothing for it; it also reads it through a list that is made from one kind of case."""
    earlier = ("decision", "2018-01-01", {"official": True})
    assert list_measures_on("official", earlier, ("decision", "2021-01-01", {"official": False})) == {"barred"}
    assert "told-twice" in list_measures_on("official", ("decision", "2021-01-01", {"official": True}))


@pytest.mark.parametrize(("points", "follows"), [(8, True), (5, False)])
def test_a_measure_on_a_grade_may_depend_on_the_finding(points, follows):
    """The newest finding, by which the grade is given, decides."""
    assert ("fewer" in list_measures_on("official", ("visit", "2021-01-01", {"points": points}))) is follows


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "kind: latest, record: visit, score: points,",
            "kind: points, record: visit, base: 0, items: {all: {title: All, ON, when: points > 0, points: 1}},",
        ),
        ("score: points,", "score: points, over: P1Y,"),
        ("list: late-payers", "list: either"),
    ],
)
def test_a_measure_on_several_records_takes_no_condition(old, new):
    """Of points, of a mean and of two kinds of case no condition can say which record it reads."""
    other = "  visits: {title: V, ON, record: visit, steps: {seen: {title: Seen, ON}}}\nlists:"
    either = "  either: {title: Either, ON, from: [debtors, seen]}\nmeasures:"
    seen = "  seen: {title: Seen, ON, case: visits, while: [seen], stays: P1Y}\n" + either
    rules = OFFICIALS.replace("lists:", other).replace("measures:", seen).replace("WHEN", "official")
    make_catalogue(rules, "lab")
    error = get_refusal(rules.replace(old, new), "lab")
    assert "The measure rests on several records" in str(error) and "when" in (error.where or "")


def test_a_condition_of_a_measure_names_fields_of_its_record():
    """A misspelt field is refused with the line and the fields there are."""
    assert "officiall" in str(get_refusal(OFFICIALS.replace("WHEN", "officiall"), "lab"))
