"""How long each record is kept: counted from the end of the last thing that rested on it, by its rules or our own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.clerk import final_mx_row, mx_row, rfc, uk_row
from tests.people import COMPANY, DECIDER
from tests.register_fixtures import LIBRARY
from tests.unit.register.cases.test_acts import (
    DAY,
    append_case_act,
    case_after_decision,
    case_after_proposal,
    dispute_finding,
)

from goodstanding.catalogue import overlay_catalogue
from goodstanding.procedure.case_states import Act

pytestmark = pytest.mark.each_database

CAFE = "uk-fhrs-row:1"
Send = Callable[..., Any]


def list_ends(identifier: str) -> list[tuple[str, str]]:
    """Of each record about a subject, newest first, when what rested on it ended and when it goes."""
    from goodstanding.register.erasure.retention import list_subject_terms
    from goodstanding.register.files.subjects import find_subject_id

    return [(str(term.ended_on), str(term.goes_on)) for term in list_subject_terms(find_subject_id(identifier))]


@pytest.mark.usefixtures("hygiene")
def test_a_graded_finding_is_kept_from_when_its_grade_lapsed(send: Send) -> None:
    """Where no law says how long, five years after, and that is marked as this register's own choice."""
    from goodstanding.register.erasure.retention import list_subject_terms
    from goodstanding.register.files.subjects import find_subject_id

    send("uk-fhrs", [uk_row(1)])
    assert list_ends(CAFE) == [("2019-07-09", "2024-07-09")]
    [term] = list_subject_terms(find_subject_id(CAFE))
    assert term.term.own
    assert str(term.term.keeps) == "P5Y"


def test_a_record_type_says_how_long_it_is_kept(enact: Callable[..., int], send: Send) -> None:
    """`keeps` counts instead, on the record type's own legal basis; a shorter one takes a record out sooner."""
    from goodstanding.register.erasure.retention import list_subject_terms
    from goodstanding.register.files.subjects import find_subject_id

    enact(overlay_catalogue(LIBRARY["uk-food-hygiene"], {"records.inspection.keeps": "P1Y6M"}))
    send("uk-fhrs", [uk_row(1)])
    assert list_ends(CAFE) == [("2019-07-09", "2021-01-09")]
    [term] = list_subject_terms(find_subject_id(CAFE))
    assert not term.term.own
    assert term.term.basis == LIBRARY["uk-food-hygiene"].records["inspection"].basis


@pytest.mark.usefixtures("hygiene")
def test_all_versions_of_a_record_go_together(send: Send) -> None:
    """Corrected, it is kept as one, by what rested on any version of it."""
    send("uk-fhrs", [uk_row(1)])
    send("uk-fhrs", [uk_row(1, ratingdate="2015-01-09")], stated="2015-02-20")
    assert list_ends(CAFE) == [("2020-01-09", "2025-01-09")]


@pytest.mark.usefixtures("list_69b")
def test_a_listing_that_holds_has_its_end_and_a_case_that_waits_has_none(send: Send) -> None:
    """Presumed and undecided: no day. Listed: five years after the listing's last day. Rebutted: after that day."""
    rebutted = mx_row(
        rfc(3), status="Desvirtuado", rebutted_sat_date="2019-03-01", rebutted_dof_date="2019-04-01"
    )  # fmt: skip
    send("mx-sat-69b", [mx_row(rfc(1)), final_mx_row(rfc(2)), rebutted], stated="2022-11-30", name="as_of")
    presumed, listed, cleared = (list_ends(f"mx-rfc:{rfc(number)}") for number in (1, 2, 3))
    assert presumed == [("None", "None")]
    [(ended, goes)] = listed
    assert date.fromisoformat(goes).year == date.fromisoformat(ended).year + 5 > 2026
    assert cleared == [("2019-03-01", "2024-03-01")]


@pytest.mark.usefixtures("list_69b")
def test_a_withdrawn_record_is_kept_from_its_withdrawal(send: Send) -> None:
    """Nothing rests on it any more, so the time counts from the day on which its source took it back."""
    companies = [final_mx_row(rfc(number)) for number in range(1, 12)]
    send("mx-sat-69b", companies, stated="2021-05-18")
    send("mx-sat-69b", companies[1:], stated="2021-06-18")
    assert list_ends(f"mx-rfc:{rfc(1)}") == [("2021-06-18", "2026-06-18")]


@pytest.mark.usefixtures("exclusion")
def test_a_case_heard_here_is_kept_from_its_end(enact: Callable[..., int]) -> None:
    """A proposal that nobody went on with ends by itself on a day known beforehand; it goes five years later."""
    from goodstanding.procedure.case_states import Phase
    from goodstanding.register.storage.queries import fetch_rows

    case = case_after_proposal()
    phases = ", ".join(f"'{phase}'" for phase in Phase if phase not in (Phase.ENDED, Phase.GRANTED))
    [(last,)] = fetch_rows(f"SELECT max(valid_to) FROM hearing_span WHERE phase IN ({phases})")
    end = date.fromisoformat(str(last))
    assert list_ends(COMPANY.scope) == [(str(end), str(end.replace(year=end.year + 5)))]
    assert case.position


@pytest.mark.usefixtures("exclusion")
def test_a_dispute_keeps_what_it_is_about(enact: Callable[..., int]) -> None:
    """A late dispute about a finding is over later than the listing; the time counts from there."""
    case = case_after_decision()
    before = date.fromisoformat(list_ends(COMPANY.scope)[0][0])
    days = (before - DAY).days - 1
    other = dispute_finding(case, days)
    after = date.fromisoformat(list_ends(COMPANY.scope)[0][0])
    assert after > before
    append_case_act(other, Act.DECIDE_DISPUTE, DECIDER, days + 1, text="The record is right.")
    assert DAY + timedelta(days=days) < date.fromisoformat(list_ends(COMPANY.scope)[0][0])


@pytest.mark.usefixtures("hygiene")
def test_the_plan_counts_by_month_then_by_year_and_tells_no_small_count(send: Send) -> None:
    """What is due now is one line; twelve months follow, then years; fewer than ten are not told, and nothing sums."""
    from goodstanding.register.erasure.retention import RetentionPlanLine, build_retention_plan, list_due_records

    days = {"2017-06-20": 12, "2017-08-03": 10, "2017-09-03": 3, "2018-08-20": 11, "2020-02-29": 10}
    days_drawn = [day for day, count in days.items() for _n in range(count)]
    rows = [uk_row(number, ratingdate=day) for number, day in enumerate(days_drawn, 1)]
    send("uk-fhrs", rows, stated="2020-03-16")
    name = "uk-food-hygiene"
    assert build_retention_plan(date(2027, 7, 15)) == [
        RetentionPlanLine(name, 12, overdue=True),
        RetentionPlanLine(name, 10, False, date(2027, 8, 1), date(2027, 9, 1)),
        RetentionPlanLine(name, None, False, date(2027, 9, 1), date(2027, 10, 1)),
        RetentionPlanLine(name, 11, False, date(2028, 7, 1), date(2029, 1, 1)),
        RetentionPlanLine(name, 10, False, date(2030, 1, 1), date(2031, 1, 1)),
    ]
    assert len(list_due_records(date(2027, 7, 15))) == 12
    assert list_due_records(date(2027, 6, 19)) == []
    assert len(list_due_records(date(2027, 6, 20))) == 12
