"""Articles 1, 6, 8, 16 and 23: burdens that come as a grade, an emergency, a spare that never holds, or a blank."""

from __future__ import annotations

import pytest
from tests.unit.charter.edited_catalogues import Change, list_reasons, load_edited

FOOD = "    record: visit\n    score: score\n    bands: [{grade: A, at_most: 5}, {grade: B}]"
BY_DECISION = (
    "    record: finding\n    bands: [{grade: B, when: 'NOT coalesce(made_good, FALSE)'},"
    " {grade: A, when: 'coalesce(made_good, FALSE)'}]"
)
LATEST = f"    kind: latest\n{FOOD}\n    lapses: P2Y"
COUNTED = """\
    kind: points
    record: finding
    starts_with: visit
    base: 9
    floor: 0
    cap: 9
    items: {fraud: {title: Fraud, basis: act art. 1, when: 'NOT made_good', points: -9, counts_for: P3Y}}
    bands: [{grade: A, at_least: 1}, {grade: B}]"""
COUNTED_FROM_LISTING = (
    COUNTED.replace("record: finding", "record: visit")
    .replace("starts_with: visit", "starts_with: finding")
    .replace("'NOT made_good'", "score > 5")
)
FRAUD_CASE = "    record: finding\n    procedure: hearing"
DEBT_CASE = "    record: order\n    procedure: hearing"
AT_ONCE = (FRAUD_CASE, FRAUD_CASE.replace("hearing", "closing"))
FOOD_FOUND = "    by: [office]\n    conduct: [food-safety]"
FRAUD = "conduct: [procurement-fraud]"
BREACH = (FRAUD, "conduct: [contract-performance]")
MADE_GOOD = "made_good: {type: boolean, title: Made good, kind: performance}"
EARLIER = "earlier: {type: integer, title: Earlier ones, kind: count, at_least: 0, at_most: 99, required: true}"
ANSWERS = "answers: {body: Court administration, reports: P1Y, comment_days: 30, basis: act art. 1}"
FOUND = "  visit:\n    title: Visit\n    basis: act art. 1\n    by: [office]"
STATUS_ON_CHARTER = (FOUND, FOUND.replace("act art. 1", "charter art. 2") + "\n    states: status")


def count_earlier(when: str) -> tuple[Change, ...]:
    """A breach that is spared by the number of earlier ones."""
    spares = f'{FRAUD_CASE}\n    spares:\n      minor-first-breach: {{when: "{when}", basis: act art. 2}}'
    return BREACH, (MADE_GOOD, f"{MADE_GOOD}\n      {EARLIER}"), (FRAUD_CASE, spares)


def answer(before: str, after: str) -> tuple[Change, ...]:
    """Other words about who answers."""
    return ((ANSWERS, ANSWERS.replace(before, after)),)


# the article, what is exchanged, and part of the reason
DISGUISED: dict[str, tuple[int, tuple[Change, ...], str]] = {
    "a listing called a grade": (6, ((FOOD, BY_DECISION),), "A grade rests on finding"),
    "a listing that takes points": (6, ((LATEST, COUNTED),), "A grade rests on finding"),
    "points that begin with a listing": (
        6, ((LATEST, COUNTED_FROM_LISTING),),
        "A grade rests on finding",
    ),
    "the list of another office as a grade": (
        6, ((FOOD_FOUND, FOOD_FOUND.replace("conduct", "states: listing\n    conduct")),),
        "A grade rests on visit",
    ),
    "a decision about food as its grade": (
        6, ((FOOD_FOUND, FOOD_FOUND.replace("conduct", "states: decision\n    conduct")),),
        "A grade rests on visit",
    ),
    "an emergency of fraud": (
        16, (AT_ONCE,), "endangers no life: procurement-fraud"
    ),
    "an emergency of debt": (
        16, ((DEBT_CASE, DEBT_CASE.replace("hearing", "closing")),), "endangers no life: unperformed-money-judgment"
    ),
    "an emergency of corruption": (
        16, ((FRAUD, "conduct: [corruption]"), AT_ONCE), "endangers no life"
    ),
    "an emergency of fraud and food": (
        16, ((FRAUD, "conduct: [food-safety, procurement-fraud]"), AT_ONCE),
        "endangers no life",
    ),
    "an emergency of a filing": (
        16, ((FRAUD, "conduct: [filing]"), AT_ONCE), "endangers no life"
    ),
    "spared after seventy-seven": (8, count_earlier("earlier = 77"), "minor-first-breach"),
    "spared from five on": (8, count_earlier("earlier >= 5"), "minor-first-breach"),
    "spared whoever did it before": (8, count_earlier("earlier > 0"), "minor-first-breach"),
    "spared at one and two": (8, count_earlier("earlier IN (1, 2)"), "minor-first-breach"),
    "spared unless it is the first": (8, count_earlier("earlier <> 0"), "minor-first-breach"),
    "nobody answers": (23, answer("Court administration", "' '"), "Nobody answers"),
    "somebody unseen answers": (23, answer("Court administration", '"\\u200b"'), "Nobody answers"),
    "dots answer": (23, answer("Court administration", "..."), "Nobody answers"),
    "reports in no time": (23, answer("reports: P1Y", "reports: P0D"), "not reported every year"),
    "reports in thirteen months": (23, answer("reports: P1Y", "reports: P13M"), "not reported every year"),
    "a status that grades, on the charter": (
        1, (STATUS_ON_CHARTER,), "no basis for what burdens"
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", DISGUISED)
def test_a_burden_in_disguise_is_refused(means: str) -> None:
    """By what it does, whatever it is called."""
    article, changes, reason = DISGUISED[means]
    assert any(reason in text for text in list_reasons(load_edited(*changes), article)), means


PLAIN: dict[str, tuple[int, tuple[Change, ...]]] = {
    "an emergency of food": (
        16, ((FRAUD, "conduct: [food-safety]"), AT_ONCE)
    ),
    "an emergency at work": (
        16, ((FRAUD, "conduct: [labour-safety]"), AT_ONCE)
    ),
    "spared below three": (8, count_earlier("earlier < 3")),
    "spared at none": (8, count_earlier("earlier = 0")),
    "spared where it was put right": (8, count_earlier("earlier < 3 OR made_good")),
    "a report each month": (23, answer("reports: P1Y", "reports: P1M")),
    "a name in another script": (23, answer("Court administration", "法院")),
}  # fmt: skip


@pytest.mark.parametrize("means", PLAIN)
def test_what_is_no_disguise_is_lawful(means: str) -> None:
    """Danger to life, the first breaches, a shorter time, another script."""
    article, changes = PLAIN[means]
    assert list_reasons(load_edited(*changes), article) == [], means
