"""Everything ends in time, however its length is written; what ends soon anyway needs no repair (articles 11, 17)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.sound import load_sound_catalogue

from goodstanding import charter
from goodstanding.catalogue import Catalogue, Period, load_library, overlay_catalogue
from goodstanding.charter import assess

BASIS = {"basis": "act art. 2"}
PAID = {"title": "Paid", "role": "performance", "record": "payment", "after": ["listed"], **BASIS}
REPAIRED = {"title": "Repaired", "role": "repair", "record": "repair", "after": ["excluded"], **BASIS}
LONGER = {"title": "Longer", "role": "decision", "after": ["excluded"], **BASIS}
REPAIR_FIELDS = {
    name: {"type": type_of_field, "title": name, "kind": kind, "public": type_of_field != "text"}
    | ({"one_of": ["yes", "no"]} if type_of_field == "code" else {})
    for name, type_of_field, kind in (
        ("made_good", "boolean", "performance"), ("unable", "boolean", "inability"), ("points", "integer", "score"),
        ("breaches", "integer", "count"), ("member", "boolean", "status"), ("found", "boolean", "finding"),
        ("fine", "boolean", "sanction"), ("paid_in", "integer", "amount"), ("done_on", "date", "day"),
        ("later_on", "date", "day"), ("weight", "code", "class"), ("outcome", "code", "finding"),
        ("signed_by", "text", "official"),
    )
}  # fmt: skip
LATER = {"type": "date", "title": "From", "kind": "day", "future": True}
WEIGHT = {"type": "code", "title": "Weight", "kind": "class", "one_of": ["light", "grave"]}
POINTS: dict[str, Any] = {
    "title": "Points", "kind": "points", "record": "visit", "base": 10, "floor": 0, "cap": 12, "procedure": "hearing",
    "starts_with": "enrolment", "basis": "act art. 1",
    "items": {"dirt": {"title": "Dirt", "when": "score > 5", "points": -3, "counts_for": "P1Y", **BASIS}},
    "bands": [{"grade": "good", "at_least": 5}, {"grade": "bad"}],
}  # fmt: skip
ENROLMENT: dict[str, Any] = {
    "title": "Enrolment", "by": ["office"], "states": "status", "concerns": ["organisation"], **BASIS,
    "fields": {
        "size": {"type": "code", "title": "Size", "kind": "status", "one_of": ["small", "large"]},
        "convicted": {"type": "boolean", "title": "Convicted", "kind": "finding"},
    },
}  # fmt: skip


def vary_sound(changes: dict[str, Any]) -> Catalogue:
    """The sound catalogue with changes by path."""
    return overlay_catalogue(load_sound_catalogue(), changes)


def vary_points(**changes: Any) -> dict[str, Any]:
    """Changes by which the sound catalogue also counts points."""
    return {"records.enrolment": ENROLMENT, "schemes.points": {**POINTS, **changes}}


# name: article, changes, part of the code
ENDLESS: dict[str, tuple[int, dict[str, Any], str]] = {
    "a term in months and days": (11, {"lists.excluded.stays.at_most": "P59M400D"}, "listing-too-long"),
    "a term a day too long": (11, {"lists.excluded.stays.at_most": "P1828D"}, "listing-too-long"),
    "a term too long for one code": (
        11,
        {
            "records.finding.fields.weight": WEIGHT,
            "lists.excluded.stays": {"by": "weight", "terms": {"light": "P1Y", "grave": "P60M1D"}},
        },
        "listing-too-long",
    ),
    "a duty that can never be performed": (11, {"lists.debtors.stays": None}, "listing-without-end"),
    "a duty listed for ten years": (11, {"lists.debtors.stays": "P10Y"}, "listing-too-long"),
    "performance under a further condition": (
        11,
        {"cases.debt.steps.paid.record": None, "cases.debt.steps.paid.when": "able"},
        "performance-conditioned",
    ),
    "performance that waits": (11, {"cases.debt.steps.paid.not_before": "P30D"}, "relief-put-off"),
    "a withdrawal that waits": (
        11,
        {"cases.fraud.steps.given-up": {**REPAIRED, "role": "withdrawal", "record": "finding", "not_before": "P2Y"}},
        "relief-put-off",
    ),
    "a decision that waits for years": (11, {"cases.fraud.steps.x": {**LONGER, "not_before": "P2Y"}}, "step-put-off"),
    "a wait of months and days": (11, {"cases.fraud.steps.repaired.not_before": "P11M40D"}, "repair-too-late"),
    "repair from one of two steps": (
        11,
        {"cases.fraud.steps.x": LONGER, "lists.excluded.while": ["excluded", "x"], "lists.excluded.stays": "P2Y"},
        "repair-too-late",
    ),
    "listings one after another": (
        11,
        {
            "cases.fraud.steps.longer": LONGER,
            "cases.fraud.steps.repaired.after": ["excluded", "longer"],
            "lists.excluded.while": ["excluded", "longer"],
        },
        "listings-in-chain",
    ),
    "a second list for what follows": (
        11,
        {
            "cases.fraud.steps.longer": LONGER,
            "cases.fraud.steps.repaired.after": ["excluded", "longer"],
            "lists.longer": {"title": "Longer", "case": "fraud", "while": ["longer"], "stays": "P4Y", **BASIS},
        },
        "listings-in-chain",
    ),
    "listings in a circle": (
        11,
        {
            "cases.fraud.steps.longer": {**LONGER, "after": ["excluded", "again"]},
            "cases.fraud.steps.again": {**LONGER, "after": ["longer"]},
            "lists.excluded.while": ["excluded", "longer"],
            "lists.excluded.stays.at_most": "P1Y",
        },
        "listings-in-chain",
    ),
    "performance on a day set beforehand": (
        11,
        {"records.payment.fields": {"from_on": LATER}, "cases.debt.steps.paid.on": "from_on"},
        "relief-on-later-day",
    ),
    "a repair on a day set beforehand": (
        11,
        {"records.repair.fields": {"from_on": LATER}, "cases.fraud.steps.repaired.on": "from_on"},
        "relief-on-later-day",
    ),
    "listed again on a day set beforehand": (
        11,
        {
            "records.finding.fields.from_on": LATER,
            "cases.fraud.steps.again": {**LONGER, "after": ["repaired"], "on": "from_on"},
            "cases.fraud.steps.repaired.after": ["excluded", "again"],
            "lists.excluded.while": ["excluded", "again"],
        },
        "listed-on-later-day",
    ),
    "a late end after repair": (11, {"lists.excluded.ends_within": 90}, "listing-ends-late"),
    "an ended listing shown for a day": (11, {"lists.excluded.shows_ended": "P1D"}, "ended-listing-shown"),
    "a grade for six years": (11, {"schemes.food.lapses": "P6Y"}, "grade-too-long"),
    "a grade for five years and a day": (11, {"schemes.food.lapses": "P5Y1D"}, "grade-too-long"),
    "a mean over ten years": (11, {"schemes.food.lapses": None, "schemes.food.over": "P10Y"}, "grade-too-long"),
    "a grade that says it is not kept": (
        11,
        {"schemes.food.lapses": None, "schemes.food.kept": False},
        "grade-never-lapses",
    ),
    "points for ever": (
        11,
        vary_points(items={"dirt": {k: v for k, v in POINTS["items"]["dirt"].items() if k != "counts_for"}}),
        "points-without-end",
    ),
    "points added for ever, where more is worse": (
        11,
        vary_points(items={"dirt": {"title": "Dirt", "when": "score > 5", "points": 3, **BASIS}}),
        "points-without-end",
    ),
    "points in months and days": (
        11,
        vary_points(items={"dirt": {**POINTS["items"]["dirt"], "counts_for": "P59M99D"}}),
        "points-too-long",
    ),
    "a grade given directly for ever": (
        11,
        vary_points(direct=[{"grade": "bad", "when": "score > 9", **BASIS}]),
        "grade-without-end",
    ),
    "a worse start for conduct": (
        11,
        vary_points(starts=[{"when": "convicted", "points": 0, **BASIS}]),
        "start-without-end",
    ),
    "a start from a finding": (
        11,
        vary_points(starts_with="visit", starts=[{"when": "score > 5", "points": 0, **BASIS}]),
        "start-without-end",
    ),
    "a worse start by a status": (
        11,
        vary_points(starts=[{"when": "size = 'large'", "points": 0, **BASIS}]),
        "start-burdens",
    ),
    "a worse start for all but a few": (
        11,
        vary_points(base=0, starts=[{"when": "size = 'small'", "points": 10, **BASIS}]),
        "start-burdens",
    ),
    "a worse start where nothing is said": (
        11,
        vary_points(starts=[{"when": "size IS NULL", "points": 4, **BASIS}]),
        "start-burdens",
    ),
    "the worst grade where points count in half years": (
        11,
        vary_points(base=4, items={"dirt": {**POINTS["items"]["dirt"], "points": "-1 * score", "counts_for": "P6M"}}),
        "start-burdens",
    ),
    "the worst grade for whoever is enrolled": (11, vary_points(base=2), "start-burdens"),
    "the worst grade at the top": (
        11,
        vary_points(
            base=12,
            items={"dirt": {**POINTS["items"]["dirt"], "points": 3}},
            bands=[{"grade": "bad", "at_least": 11}, {"grade": "good"}],
        ),
        "start-burdens",
    ),
    "one grade for whoever is enrolled": (11, vary_points(bands=[{"grade": "bad"}]), "start-burdens"),
    "supervision from the start": (
        11,
        {**vary_points(), "measures.more-visits": {
            "title": "More", "kind": "supervision", "field": "inspection", "scheme": "points", "grades": ["good"],
            "purpose": "inspection", "audience": ["office"], **BASIS}},
        "start-burdens",
    ),
    "a record kept for fifty years": (11, {"records.visit.keeps": "P50Y"}, "record-kept-too-long"),
    "a record shown for ten years": (11, {"records.visit.shown_for": "P10Y"}, "record-shown-too-long"),
    "a record shown for five years and a day": (11, {"records.finding.shown_for": "P5Y1D"}, "record-shown-too-long"),
    "a record shown for months and days": (11, {"records.visit.shown_for": "P59M99D"}, "record-shown-too-long"),
    "a record shown in days": (11, {"records.visit.shown_for": "P1828D"}, "record-shown-too-long"),
    "a step shown for ever": (11, {"records.repair.shown_for": "P200Y"}, "record-shown-too-long"),
    "a class of gravity without end": (
        11,
        {"repair_classes": {"grave": {"title": "Grave", "least": "P1Y", "most": "P20Y", **BASIS}}},
        "listing-too-long",
    ),
    "a class of gravity that waits": (
        11,
        {"repair_classes": {"grave": {"title": "Grave", "least": "P2Y", "most": "P3Y", **BASIS}}},
        "repair-too-late",
    ),
    "no repair of what lasts three years": (17, {"procedures.hearing.repair": None}, "repair-missing"),
    "repair that nobody answers in time": (17, {"procedures.hearing.repair.days": 90}, "repair-answered-late"),
    "repair answered in 30 working days": (
        17,
        {"procedures.hearing.repair.days": 30, "procedures.hearing.repair.working": True},
        "repair-answered-late",
    ),
}  # fmt: skip


CONDITIONS = {
    "a score": "made_good AND points >= 600",
    "other breaches": "made_good AND coalesce(breaches, 0) = 0",
    "a membership": "made_good AND member",
    "that something is said of a membership": "made_good AND member IS NOT NULL",
    "a membership that is true": "made_good AND member IS TRUE",
    "what was found since": "made_good AND NOT coalesce(found, FALSE)",
    "another sanction": "made_good AND NOT fine",
    "a class of gravity": "made_good AND weight = 'yes'",
    "an amount": "made_good AND paid_in > 100000",
    "a day of its own": "made_good AND done_on > later_on",
    "the day on which it occurred": "made_good AND occurred >= later_on",
}  # fmt: skip


@pytest.mark.parametrize("name", CONDITIONS)
def test_repair_asks_for_performance_and_time_alone(name: str) -> None:
    """Whatever else its condition reads is refused (charter article 11), and the refusal names the kinds allowed."""
    changes = {"records.repair.fields": REPAIR_FIELDS, "cases.fraud.steps.repaired.when": CONDITIONS[name]}
    assessment = assess(vary_sound(changes))
    assert assessment.breached == (11,), assessment.breaches
    [breach] = assessment.breaches
    assert str(breach.reason.code) == "repair-conditioned"
    assert breach.key == "cases.fraud.steps.repaired.when"
    assert "performance" in breach.reason.render_remedy()


@pytest.mark.parametrize(
    "when",
    [
        "made_good",
        "coalesce(made_good, FALSE) OR unable",
        "made_good AND done_on IS NOT NULL",
        "signed_by IS NOT NULL",
        "outcome = 'yes'",
    ],
)
def test_repair_may_ask_whether_it_was_performed_and_proved(when: str) -> None:
    """What was made good, whether the subject cannot, the outcome, and that a day or an official is there."""
    charter.refuse_if_breached(
        vary_sound({"records.repair.fields": REPAIR_FIELDS, "cases.fraud.steps.repaired.when": when})
    )


def test_repair_does_not_ask_for_a_finding_of_the_decision_that_listed() -> None:
    """The outcome of a decision on repair stands in a record of its own, whose step it is."""
    changes = {
        "records.finding.fields.outcome": {**REPAIR_FIELDS["outcome"]},
        "cases.fraud.steps.repaired.record": None,
        "cases.fraud.steps.repaired.when": "outcome = 'yes'",
    }
    codes = [str(breach.reason.code) for breach in assess(vary_sound(changes)).breaches if breach.article == 11]
    assert codes == ["repair-conditioned"]


def test_a_further_way_to_repair_may_ask_for_more() -> None:
    """What another one gives on performance alone, nobody loses by it."""
    further = {**REPAIRED, "record": "finding", "when": "minor"}
    charter.refuse_if_breached(
        vary_sound({"records.repair.fields": REPAIR_FIELDS, "cases.fraud.steps.forgiven": further})
    )


@pytest.mark.parametrize("name", ENDLESS)
def test_what_does_not_end_in_time_is_refused(name: str) -> None:
    """The article alone is breached, for this reason, and the refusal says what would be right."""
    article, changes, code = ENDLESS[name]
    assessment = assess(vary_sound(changes))
    assert article in assessment.breached, assessment.breaches
    assert set(assessment.breached) <= {article, 13, 14}, assessment.breaches  # which also ask for days set ahead
    assert code in [str(breach.reason.code) for breach in assessment.breaches]
    assert all(breach.reason.render_remedy() for breach in assessment.breaches)


LAWFUL: dict[str, dict[str, Any]] = {
    "five years in days": {"lists.excluded.stays.at_most": "P1827D"},
    "five years in months": {"lists.excluded.stays.at_most": "P60M"},
    "a year in days": {"cases.fraud.steps.repaired.not_before": "P366D"},
    "nothing shown after the end": {"lists.excluded.shows_ended": "P0D"},
    "a short bar without repair": {
        "lists.excluded.stays.at_most": "P6M",
        "cases.fraud.steps.repaired": {"title": "Released", "role": "withdrawal", "record": "repair",
                                       "after": ["excluded"], **BASIS},
    },
    "a bar of a year, the same for all, without repair": {
        "lists.excluded.stays": "P1Y",
        "cases.fraud.steps.repaired": None,
    },
    "a listing prolonged once": {
        "lists.excluded.stays.at_most": "P2Y",
        "cases.fraud.steps.longer": LONGER,
        "cases.fraud.steps.repaired.after": ["excluded", "longer"],
        "lists.excluded.while": ["excluded", "longer"],
    },
    "a second, slower way to repair": {"cases.fraud.steps.x": {**REPAIRED, "record": "finding", "not_before": "P2Y"}},
    "performance shown by any record of it": {"cases.debt.steps.paid": PAID},
    "a grade for five years": {"schemes.food.lapses": "P5Y"},
    "a mean over a year": {"schemes.food.lapses": None, "schemes.food.over": "P1Y"},
    "points that start by size": vary_points(starts=[{"when": "size = 'small'", "points": 8, **BASIS}]),
    "points that end": vary_points(),
    "a record kept for five years": {"records.visit.keeps": "P5Y"},
    "a record shown for five years": {"records.visit.shown_for": "P5Y"},
    "a record shown for a day": {"records.visit.shown_for": "P1D"},
    "a record of the parties, whatever it says": {"records.payment.shown_for": "P9Y"},
    "a repair answered within a month": {"procedures.hearing.repair.days": 31},
    "a repair answered in ten working days": {
        "procedures.hearing.repair.days": 10, "procedures.hearing.repair.working": True,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", LAWFUL)
def test_what_ends_in_time_is_enacted(name: str) -> None:
    """Also where it is short, or written in days."""
    charter.refuse_if_breached(vary_sound(LAWFUL[name]))


def test_a_short_list_needs_no_repair_in_its_procedure() -> None:
    """The food convictions of England, shown for half a year, with neither a step nor a rule of repair."""
    changes = {
        "lists.food-convictions-england.stays": "P6M",
        "procedures.prosecution.repair": None,
        "cases.prosecution.steps.repaired": None,
    }
    charter.refuse_if_breached(overlay_catalogue(load_library()["uk-food-convictions"], changes))


@given(st.integers(0, 2400), st.integers(0, 400), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_the_longest_days_are_an_upper_bound(months: int, days: int, begin: date) -> None:
    """Wherever a length begins, it has no more days than that."""
    length = Period(months, days)
    assert (length.after(begin) - begin).days <= length.longest_days()


@given(st.integers(0, 2400), st.integers(0, 400))
def test_the_longest_days_are_reached(months: int, days: int) -> None:
    """The bound is no guess: some beginning has as many days."""
    length = Period(months, days)
    begins = [date(2000 + month // 12, month % 12 + 1, 1) for month in range(48)]
    assert max((length.after(begin) - begin).days for begin in begins) == length.longest_days()
