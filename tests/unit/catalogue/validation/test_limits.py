"""What is larger, deeper or further away than any law needs is refused before a register has to work with it."""

from __future__ import annotations

import inspect
import sys

import pytest
from tests.rules import build_catalogue_texts, compute_effects_on, get_refusal, make_catalogue

from goodstanding.catalogue import load_files
from goodstanding.catalogue.conditions import parse_condition
from goodstanding.errors import CatalogueError

RECORDS = """\
records:
  fine:
    title: Fine
    ON
    by: [court]
    fields:
      amount: {type: integer, title: Amount, required: true}
      months: {type: integer, title: Months, at_least: 0, at_most: 1200, required: true}
      paid: {type: date, title: Paid}
      heavy: {type: boolean, title: Heavy}
"""


def build_rules(score: str = "months", extra: str = "", name: str = "gravity", record: str = "fine") -> str:
    """Rules with one scheme that grades fines by a score."""
    return RECORDS.replace("fine:", f"{record}:") + (
        f"schemes:\n  {name}: {{title: S, ON, kind: latest, record: {record}, score: '{score}', lapses: P3Y{extra}, "
        "bands: [{grade: light, ON, at_most: 10}, {grade: heavy, ON, at_least: 11}]}\n"
    )


def build_points(item: str) -> str:
    """Rules with one scheme that adds up points."""
    return RECORDS + (
        "schemes:\n  balance: {title: P, ON, kind: points, record: fine, base: 10, floor: 0, cap: 20, "
        "starts_with: fine, "
        f"items: {{late: {{title: I, ON, when: heavy, counts_for: P1Y, {item}}}}}, "
        "bands: [{grade: bad, ON, at_most: 10}, {grade: good, ON, at_least: 11}]}\n"
    )


NESTED = {
    "a condition denied 480 times": build_rules(extra=", counts_when: '" + "NOT " * 480 + "heavy'"),
    "brackets in brackets": build_rules(extra=", counts_when: '" + "(" * 300 + "heavy" + ")" * 300 + "'"),
    "signs before a number": build_rules("- " * 400 + "months"),
    "functions in functions": build_rules(extra=", counts_when: '" + "coalesce(" * 90 + "heavy" + ")" * 90 + "'"),
    "a chain of alternatives": build_rules(extra=", counts_when: '" + " OR ".join(["heavy"] * 200) + "'"),
    "a sum of one field": build_rules("+".join(["months"] * 200)),
}
TOO_LARGE = {
    "a product of fields without bounds": build_rules("amount * amount"),
    "a literal": build_rules("months + " + "9" * 30),
    "points as a number": build_points("points: -" + "9" * 30),
    "points as an expression": build_points("points: '-10 * amount * months * months'"),
    "a cap of an item": build_points("points: -5, at_most: " + "9" * 30),
    "a cap of the scheme": build_points("points: -5").replace("cap: 20", "cap: " + "9" * 30),
    "the bound of a field": build_rules().replace("at_most: 1200", "at_most: " + "9" * 30),
    "a product in a condition": build_rules(extra=", counts_when: 'amount * amount * amount > 5'"),
}
TOO_FAR = {
    "a time of thirty nines": build_rules().replace("P3Y", f"P{'9' * 30}D"),
    "a time of 9999 years": build_rules().replace("P3Y", "P9999Y"),
    "a time of months": build_rules().replace("P3Y", "P999999M"),
    "a number for a time": build_rules().replace("P3Y", "9" * 30),
    "points that fade": build_points("points: -5, fades: [{after: P9999Y, points: -1}]"),
}
PROCEDURE = "procedures:\n  p: {title: P, ON, decision: {ON, held_by: court, days: DAYS}}\n"


@pytest.mark.parametrize("rules", NESTED.values(), ids=NESTED)
def test_what_is_nested_too_deeply_is_refused_with_the_depth_there_may_be(rules: str) -> None:
    """However it is nested: the error tells where, and what would be right."""
    refusal = get_refusal(rules)
    assert "schemes.gravity" in (refusal.where or "")
    assert refusal.remedy


@pytest.mark.parametrize("rules", {**TOO_LARGE, **TOO_FAR}.values(), ids={**TOO_LARGE, **TOO_FAR})
def test_a_number_or_time_that_no_program_can_count_with_is_refused(rules: str) -> None:
    """Whether it is written or worked out from what fields may hold."""
    refusal = get_refusal(rules)
    assert (refusal.where or "").startswith("catalogue.yaml, line ")
    assert refusal.remedy


@pytest.mark.parametrize("days", ["9" * 30, "3661", "-1"])
def test_a_deadline_has_at_most_ten_years(days: str) -> None:
    """Working days are counted one by one."""
    assert "procedures.p.decision.days" in (get_refusal(RECORDS + PROCEDURE.replace("DAYS", days)).where or "")
    assert make_catalogue(RECORDS + PROCEDURE.replace("DAYS", "3660")).procedures["p"].decision


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("in_force: 2020-01-01", "in_force: 9999-12-31"),
        ("in_force: 2020-01-01", "in_force: 2020-01-01\nuntil: 9999-12-31"),
        ("version: 1", "version: 2147483648"),
        ("version: 1", "version: 0"),
        ("title: Tiny", 'title: "a\\0b"'),
        ("title: Tiny", 'title: "a\\u202eb"'),
        ("title: Tiny", f"title: {'x' * 5001}"),
        ("catalogue: tiny", f"catalogue: {'x' * 5001}"),
    ],
)
def test_a_day_version_or_text_that_no_database_keeps_is_refused(before: str, after: str) -> None:
    """It would be the whole register that cannot write it down."""
    texts = build_catalogue_texts(build_rules())
    texts["catalogue.yaml"] = texts["catalogue.yaml"].replace(before, after, 1)
    with pytest.raises(CatalogueError) as caught:
        load_files(texts)
    assert caught.value.where


def test_a_name_has_at_most_eighty_characters() -> None:
    """Names are keys of tables and parts of addresses."""
    assert get_refusal(build_rules(name="x" * 81)).where
    assert make_catalogue(build_rules(name="x" * 80))


def test_files_of_more_than_eight_million_characters_are_not_even_parsed() -> None:
    """Nor are more rules than a thousand."""
    with pytest.raises(CatalogueError, match="8,000,"):
        load_files({**build_catalogue_texts(build_rules()), "note.yaml": "#" * 8_000_000})
    bands = ", ".join(f"{{grade: g{number}, ON, at_most: {number}}}" for number in range(1_001))
    rules = build_rules().replace("{grade: light, ON, at_most: 10}", bands)
    assert "1,00" in get_refusal(rules).message


@pytest.mark.parametrize(
    ("names", "bad"),
    [
        (("food-hygiene", "food_hygiene"), "schemes"),
        (("a-b_c", "a_b-c"), "schemes"),
        (("late-fine", "late_fine"), "records"),
    ],
)
def test_names_that_differ_by_a_hyphen_stay_apart_in_sql(names: tuple[str, str], bad: str) -> None:
    """Each has its own step, and both grades come out."""
    if bad == "schemes":
        rules = build_rules(name=names[0]) + build_rules(name=names[1]).partition("schemes:\n")[2]
    else:
        both = build_rules(record=names[1]).partition("records:\n")[2].partition("schemes:\n")
        rules = build_rules(record=names[0]).replace("schemes:\n", both[0] + "schemes:\n")
    catalogue = make_catalogue(rules)
    records = [(name, "2020-06-01", {"amount": 1, "months": 3}) for name in catalogue.records]
    grades = compute_effects_on(catalogue, records, "2021-01-01")
    assert {name: grades[name]["value"] for name in catalogue.schemes} == dict.fromkeys(catalogue.schemes, "light")


def test_a_day_at_the_end_of_time_is_compared_without_a_traceback() -> None:
    """The days beside it that are tried stop where the calendar stops."""
    catalogue = make_catalogue(build_rules(extra=", counts_when: \"paid < '9999-12-31' OR paid > '0001-01-01'\""))
    assert catalogue.schemes["gravity"].counts_when


def test_a_step_that_opens_its_case_waits_for_nothing() -> None:
    """There is no step before it from which a time could run: working it out would fail."""
    steps = "steps: {fined: {title: F, ON, role: opening, not_before: P1M}}"
    rules = RECORDS + f"cases:\n  hearing: {{title: C, ON, record: fine, {steps}}}\n"
    refusal = get_refusal(rules)
    assert "cases.hearing.steps.fined.not_before" in (refusal.where or "")
    assert make_catalogue(rules.replace(", not_before: P1M", "")).cases


def test_codes_of_a_number_are_numbers() -> None:
    """What is none is told with its place."""
    rules = build_rules().replace("title: Amount", "title: Amount, one_of: [low, high]")
    assert "records.fine.fields.amount" in (get_refusal(rules).where or "")


@pytest.mark.parametrize(
    "rules",
    [
        build_rules("amount + 10 * months"),
        build_rules("months * months * 100"),
        build_rules(extra=", counts_when: '" + " AND ".join(["heavy", "NOT (amount > 5 AND months < 3)"] * 12) + "'"),
        build_rules().replace("P3Y", "P200Y"),
        build_points("points: '-10 * months', at_most: 1000000"),
        build_points("points: -5, fades: [{after: P6M, points: -2}]"),
    ],
)
def test_what_laws_need_stays_possible(rules: str) -> None:
    """Sums of money, bounded products, long conditions and long times."""
    catalogue = make_catalogue(rules)
    most = {"amount": 10**15 - 1, "months": 1200, "heavy": True}
    assert compute_effects_on(catalogue, [("fine", "2020-06-01", most)], "2020-06-02")


def test_the_deepest_condition_is_read_with_half_of_the_stack() -> None:
    """A page has less of it left than a command: what a check accepts, a page must be able to work with."""
    deepest, limit = "NOT " * 58 + "heavy", sys.getrecursionlimit()
    frames = len(inspect.stack())
    try:
        sys.setrecursionlimit(frames + 500)
        assert parse_condition(deepest, {"heavy": "boolean"}, "here").of("stated")
    finally:
        sys.setrecursionlimit(limit)
