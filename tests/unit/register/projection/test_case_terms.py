"""How long a case heard here binds goes by the day of the conduct, how it is heard by the day of its opening."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from tests.people import CLERK
from tests.proceedings import PEOPLE
from tests.registers import NOW
from tests.unit.charter.stated_records import vary
from tests.unit.register.cases.test_acts import (
    BOUND,
    DAY,
    FINDING,
    case_after_decision,
    case_after_proposal,
    list_measures_in_force,
)

from goodstanding.catalogue import Catalogue, load_files, overlay_catalogue
from goodstanding.ledger.store import get_ledger_size
from goodstanding.procedure.time_limits import ProcedureTerms
from goodstanding.register.projection.case_rows import find_case_terms
from goodstanding.register.rules.enacted_catalogues import EnactedCatalogue

NAME, LISTED = "procurement-exclusion", "excluded-for-misconduct"
STAYS, FIRST = f"lists.{LISTED}.stays", date(2026, 1, 1)
CHANGES = (FIRST, date(2027, 1, 1), date(2028, 1, 1))  # the days of the versions, which are the events 100, 200, 300
OTHER = "lei:5493001KJTIIGC8Y1R12"
CONDUCT, BOUND_SINCE = date(2026, 5, 5), date(2028, 2, 29)
BY_CODE = {
    "by": "sanction",
    "terms": {"exclusion": "P1Y", "conditional-non-exclusion": "P2Y", "reprimand": "P2Y", "restitution": "P3Y"},
}


def find_terms(
    versions: list[dict[str, Any]], occurred: date | None = CONDUCT, position: int = 1_000, code: str = ""
) -> ProcedureTerms:
    """The terms of a case about conduct of a day under versions with these changes, opened by an event."""
    rules: list[Catalogue] = [vary(NAME, {"version": 90 + number} | change) for number, change in enumerate(versions)]
    enacted = [
        EnactedCatalogue(100 * (number + 1), day, catalogue)
        for number, (day, catalogue) in enumerate(zip(CHANGES, rules, strict=False))
    ]
    case = {"catalogue": NAME, "position": position, "listed": LISTED, "code": code}
    terms = find_case_terms(case | {"occurred": occurred.isoformat() if occurred else ""}, {NAME: enacted})
    assert terms
    return terms


HARSHER: dict[str, tuple[list[dict[str, Any]], str]] = {
    "a longer term": ([{STAYS: "P1Y"}, {STAYS: "P3Y"}], ""),
    "a term in days that is longer in the end": ([{STAYS: "P1Y"}, {STAYS: "P367D"}], ""),
    "a longest term that is longer": ([{STAYS: "P1Y"}, {STAYS: {"until": "excluded_until", "at_most": "P5Y"}}], ""),
    "a longer term for the same finding": ([{STAYS: BY_CODE}, {STAYS: "P2Y"}], "exclusion"),
    "another sum of months": ([{STAYS: "P1Y"}, {STAYS: "P1Y", "month_sums": "next-day"}], ""),
    "two versions, one after the other": ([{STAYS: "P1Y"}, {STAYS: "P2Y"}, {STAYS: "P4Y"}], ""),
}


@pytest.mark.parametrize("means", HARSHER)
def test_a_case_binds_as_long_as_the_rules_of_the_day_of_the_conduct_say(means: str) -> None:
    """Whatever makes a version harsher that came between the conduct and the opening, or after it."""
    versions, code = HARSHER[means]
    before = find_terms(versions[:1], code=code).ends(BOUND_SINCE)
    for position in (150, 250, 1_000):
        assert find_terms(versions, position=position, code=code).ends(BOUND_SINCE) == before
    longer = find_terms(versions, CHANGES[len(versions) - 1], code=code).ends(BOUND_SINCE)
    assert before and longer and longer >= before


MILDER: dict[str, list[dict[str, Any]]] = {
    "in force at the opening": [{STAYS: "P3Y"}, {STAYS: "P1Y"}],
    "in force between the conduct and the opening": [{STAYS: "P3Y"}, {STAYS: "P1Y"}, {STAYS: "P2Y"}],
    "in days": [{STAYS: "P3Y"}, {STAYS: "P366D"}],
    "at most": [{STAYS: "P3Y"}, {STAYS: {"until": "excluded_until", "at_most": "P1Y"}}],
    "before the rules had a term": [{}, {STAYS: "P1Y"}],
}


@pytest.mark.parametrize("means", MILDER)
def test_a_milder_version_since_the_conduct_counts(means: str) -> None:
    """Whether it was replaced again or not, and however its length is written."""
    assert find_terms(MILDER[means]).ends(BOUND_SINCE) == date(2029, 2, 28) + timedelta(days=means == "in days")


DROPPED: dict[str, Any] = {f"lists.{LISTED}": None, "measures.no-contract": None, "measures.no-public-funds": None}


def test_a_case_binds_no_longer_than_its_list_is_in_the_rules() -> None:
    """From the first day of a version without it, also where a later one has it again, or its own term is longer."""
    assert find_terms([{STAYS: "P3Y"}, {}, DROPPED]).ends(date(2027, 6, 1)) == CHANGES[2]
    assert find_terms([{STAYS: "P3Y"}, DROPPED, {STAYS: "P3Y"}]).ends(date(2026, 6, 1)) == CHANGES[1]
    assert find_terms([{STAYS: "P1Y"}, {}, DROPPED]).ends(date(2026, 6, 1)) == date(2027, 6, 1)


def test_what_is_decided_after_its_list_was_dropped_never_binds() -> None:
    """It ends on the day on which it would begin; later conduct falls under later rules."""
    versions = [{STAYS: "P3Y"}, DROPPED, {STAYS: "P3Y"}]
    assert find_terms(versions).ends(BOUND_SINCE) == BOUND_SINCE
    assert find_terms(versions, date(2028, 1, 2)).ends(BOUND_SINCE) == date(2031, 2, 28)


@pytest.mark.each_database
def test_the_page_of_a_case_shows_no_longer_as_binding_what_a_version_dropped(enact: Any) -> None:
    """Neither the effects nor the case go on, in the tables, on its page and as of a ledger size alike."""
    from goodstanding.register.cases.case_file import get_case

    enact(vary(NAME, {STAYS: "P3Y"}))
    case = case_after_decision(occurred=DAY)
    before = get_ledger_size()
    assert case.case.binds(DAY + timedelta(days=13))
    closed = {f"cases.misconduct.steps.{step}.audience": "parties" for step in ("excluded", "upheld")}
    _enact_today(vary(NAME, {"version": 90, **DROPPED, **closed}))
    assert not get_case(case.position).case.binds(DAY + timedelta(days=13))
    assert list_measures_in_force(13) == set()
    assert list_measures_in_force(13, size=before) == BOUND
    assert list_other_findings() == []


ENDS, SPAN = date(2027, 3, 1), "2027-03-01"
OLD_ACT = {"title": "Old act", "jurisdiction": "Nowhere", "in_force": "2020-01-01", "until": SPAN,
           "articles": {"1": {"title": "Everything"}}}  # fmt: skip
REPEALED: dict[str, dict[str, Any]] = {
    "the end that the rules have": {"until": SPAN},
    "the law of the list": {f"lists.{LISTED}.basis": "old art. 1"},
    "the law of the case": {"cases.misconduct.basis": "old art. 1"},
    "the law of the record": {"records.exclusion-decision.basis": "old art. 1"},
    "the law of the step that lists": {"cases.misconduct.steps.excluded.basis": "old art. 1"},
}


def repeal(change: dict[str, Any]) -> Catalogue:
    """The exclusion from contracts for three years with a part that ends: the rules, or the law of one of them."""
    rules = vary(NAME, {STAYS: "P3Y"})
    instruments = f"{rules.files['instruments.yaml']}\n{json.dumps({'old': OLD_ACT})[1:-1]}\n"
    return overlay_catalogue(load_files({**rules.files, "instruments.yaml": instruments}), change)


@pytest.mark.parametrize("means", REPEALED)
def test_a_case_binds_no_longer_than_its_law_and_its_rules(means: str) -> None:
    """Whatever it rests on that ends; a later version with another law does not make it longer for old conduct."""
    enacted = [EnactedCatalogue(100, CHANGES[0], repeal(REPEALED[means]))]
    case = {"catalogue": NAME, "position": 1_000, "listed": LISTED, "code": "", "occurred": CONDUCT.isoformat()}
    for later in ([], [EnactedCatalogue(200, CHANGES[1], vary(NAME, {"version": 99, STAYS: "P3Y"}))]):
        terms = find_case_terms(case, {NAME: [*enacted, *later]})
        assert terms
        assert terms.ends(date(2026, 6, 1)) == ENDS


def test_a_list_that_a_version_drops_binds_nobody_from_the_day_on_which_it_is_put_into_force() -> None:
    """At once, as in the effects, also where the version itself applies to later conduct only."""
    rules = [vary(NAME, {STAYS: "P3Y"}), vary(NAME, {"version": 99, "in_force": "2028-01-01", **DROPPED})]
    enacted = [EnactedCatalogue(100 * number, CHANGES[number], rules[number]) for number in (0, 1)]
    case = {"catalogue": NAME, "position": 1_000, "listed": LISTED, "code": "", "occurred": CONDUCT.isoformat()}
    terms = find_case_terms(case, {NAME: enacted})
    assert terms
    assert terms.ends(date(2026, 6, 1)) == CHANGES[1]


@pytest.mark.each_database
@pytest.mark.parametrize("means", ["retirement", *REPEALED])
def test_the_page_of_a_case_ends_with_its_law_and_its_rules_as_the_effects_do(means: str, enact: Any) -> None:
    """On the same day at both doors, in the tables, made anew, and as of the ledger."""
    from goodstanding.register.cases.case_file import get_case
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enactment import sign_retirement

    enact(repeal(REPEALED.get(means, {})))
    case = case_after_decision(occurred=DAY)
    if means == "retirement":
        for role, person in PEOPLE.items():
            sign_retirement(NAME, ENDS, "Judgment of the court", role, person, NOW)
        catch_up()
    days = [(ENDS - DAY).days - 1, (ENDS - DAY).days]
    assert [bool(list_measures_in_force(day)) for day in days] == [True, False]
    assert [get_case(case.position).case.binds(DAY + timedelta(days=day)) for day in days] == [True, False]
    assert list_other_findings() == []


def test_a_length_in_days_and_one_in_months_are_compared_by_the_day_on_which_they_end() -> None:
    """366 days are shorter than a year and a day, and longer than a year that has no leap day."""
    terms = find_terms([{STAYS: "P1Y"}, {STAYS: "P365D"}])
    assert (terms.ends(date(2028, 1, 1)), terms.ends(date(2027, 1, 1))) == (date(2028, 12, 31), date(2028, 1, 1))
    assert str(terms.longest_stay) == "P365D"


def test_conduct_before_the_first_rules_falls_under_them_and_erased_conduct_under_those_of_the_opening() -> None:
    """As for records that a source states; where the day was erased the case goes on as it was opened."""
    versions = [{STAYS: "P1Y"}, {STAYS: "P3Y"}]
    assert find_terms(versions, date(2020, 1, 1)) == find_terms(versions)
    assert find_terms(versions, None, 250).ends(BOUND_SINCE) == date(2031, 2, 28)


def test_a_case_is_heard_by_the_rules_of_its_opening() -> None:
    """Days to reply, deadlines and time to appeal: what its notice says, whatever came before or comes after."""
    reply, appeal = (f"procedures.two-tiers.{step}.days" for step in ("reply", "appeal"))
    versions = [{reply: 20, appeal: 40}, {reply: 12, appeal: 15}, {reply: 30, appeal: 60}]
    days = [(terms.reply.days, terms.appeal.days) for terms in (find_terms(versions, position=n) for n in (150, 250))]
    assert days == [(20, 40), (12, 15)]


@pytest.mark.each_database
@pytest.mark.parametrize("ago", [0, 1])
def test_a_case_opened_under_a_harsher_version_ends_as_the_day_of_its_conduct_says(ago: int, enact: Any) -> None:
    """In the tables, on the page of the case, in its preview and as of a ledger size."""
    enact(vary(NAME, {STAYS: "P1Y"}))
    _enact_today(vary(NAME, {"version": 90, STAYS: "P3Y"}))
    case = case_after_decision(occurred=DAY - timedelta(days=ago))
    bound = (BOUND, BOUND, set() if ago else BOUND)
    size = get_ledger_size()
    case_after_proposal(occurred=DAY, reference="B-18")
    assert tuple(list_measures_in_force(days) for days in (13, 300, 400)) == bound
    assert tuple(list_measures_in_force(days, size=size) for days in (13, 300, 400)) == bound
    assert case.case.spans[-1].since == (date(2027, 12, 5) if ago else date(2029, 12, 5))
    assert str(_preview(DAY - timedelta(days=ago)).longest_stay) == ("P1Y" if ago else "P3Y")
    assert list_other_findings() == []


def _enact_today(catalogue: Catalogue) -> None:
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    enact_catalogue(catalogue, DAY, NOW)
    catch_up()


def list_other_findings() -> list[str]:
    """What does not hold of the register, but that the second case here is dated before the first."""
    from goodstanding.register.projection.verification import verify_register

    return [finding.code for finding in verify_register().findings if finding.code != "act-day"]


def _preview(occurred: date) -> ProcedureTerms:
    """The terms of a case that somebody types."""
    from goodstanding.portal.desk.proposal_forms import TypedProposal, build_draft_case
    from goodstanding.register.cases.proposals import Proposal

    proposal = Proposal(
        list=LISTED, kind="organisation", identifier=OTHER, name="Other Works Ltd", reference="B-19",
        occurred=occurred, text="Forged, too.", fields=FINDING,
    )  # fmt: skip
    return build_draft_case(TypedProposal(LISTED, proposal=proposal), CLERK, DAY).case.terms
