"""Packaged catalogues whose law gives a mandate to a kind of authority: a new one needs no new version of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.register_fixtures import LIBRARY, enact_catalogue_at_once
from tests.registers import NOW
from tests.unit.register.rules.test_source_changes import HYGIENE, OLGA, OTTO, admit, list_codes, make_closed_catalogue

from goodstanding.access import Actor, Role
from goodstanding.errors import NotAllowed
from goodstanding.messages import IntakeMessage
from goodstanding.register.rules.source_checks import AdmissionLine, SourceAct, SourceChange

Send = Callable[..., Any]
DAY = NOW.date()
ADMITTED_KINDS = {
    "cn-judgment-debtors-organisations": {"enforcement-court"},
    "judgment-debtors": {"court", "enforcement-court"},
    "procurement-exclusion": {"deciding-body"},
    "uk-food-hygiene": {"food-authority"},
}
PROPOSED: dict[str, tuple[str, str, dict[str, Any]]] = {  # the kind of source, the list and the fields proposed
    "judgment-debtors": (
        "enforcement-court", "organisations",
        {"ground": "no-statement", "ability": "able", "delete_on": "2029-11-01"},
    ),
    "cn-judgment-debtors-organisations": (
        "enforcement-court", "judgment-debtors", {"ground": "refuses-though-able", "able": True, "term": "open"},
    ),
    "procurement-exclusion": (
        "deciding-body", "excluded-for-misconduct", {"cause": "fraud", "sanction": "exclusion"},
    ),
}  # fmt: skip
ROWS = [uk_row(1), *(uk_row(number, local_authority_code="999") for number in (2, 3))]


def test_the_law_of_these_catalogues_admits_these_kinds() -> None:
    """Each on an article of its own instruments; boards that hear appeals against buyers are named, never admitted."""
    kinds = {name: set(rules.admissions) for name, rules in LIBRARY.items() if rules.admissions}
    assert kinds == ADMITTED_KINDS
    for rules in (LIBRARY[name] for name in ADMITTED_KINDS):
        assert {rule.basis.split()[0] for rule in rules.admissions.values()} <= rules.instruments.keys()


@pytest.mark.each_database
def test_ratings_of_an_unknown_authority_wait_and_agree_once_it_is_admitted(
    send: Send, assert_register_holds: Callable[[], None]
) -> None:
    """Nothing is sent again and no version is enacted: they are replayed, and give the grades that it published."""
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine
    from goodstanding.register.search.outcome_agreement import measure_agreement

    enact_catalogue_at_once(HYGIENE)
    assert list_codes(send("uk-fhrs", ROWS)) == [IntakeMessage.SOURCE_NOT_ADMITTED] * 2
    admit()
    [result] = replay_quarantine("uk-fhrs", NOW)
    assert (result.issued, result.quarantined) == (2, 0)
    agreement = measure_agreement(HYGIENE, date(2015, 2, 16))
    assert (agreement.agree, agreement.published) == (3, 3)
    assert_register_holds()


@pytest.mark.each_database
def test_a_register_of_the_older_version_goes_on_and_can_take_the_newer(
    send: Send, assert_register_holds: Callable[[], None]
) -> None:
    """What it has stays as it is; what waited there is admitted and replayed once the newer version is in force."""
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine

    enact_catalogue_at_once(make_closed_catalogue(2))
    assert send("uk-fhrs", ROWS).issued == 1
    assert_register_holds()
    enact_catalogue_at_once(HYGIENE)
    admit()
    [result] = replay_quarantine("uk-fhrs", NOW)
    assert (result.issued, result.quarantined) == (2, 0)
    assert_register_holds()


@pytest.mark.usefixtures("register_folder")
@pytest.mark.parametrize("name", PROPOSED)
def test_an_authority_opens_cases_once_it_is_admitted(name: str) -> None:
    """A court or a buyer that no version of the catalogue names, and nobody of another kind."""
    from goodstanding.register.cases.proposals import Proposal, propose_case
    from goodstanding.register.rules.source_changes import propose_source_change, sign_source_change

    kind, listed, fields = PROPOSED[name]
    enact_catalogue_at_once(name)
    proposal = Proposal(
        list=f"{name}/{listed}", kind="organisation", identifier="lei:529900T8BM49AURSDO55", name="Example Works",
        reference="A-1", occurred=DAY, text="It did not pay.", fields=fields,
    )  # fmt: skip
    clerk = Actor(Role.SOURCE, "new-office", "Ada", "Ada Clerk")
    with pytest.raises(NotAllowed):
        propose_case(proposal, clerk, DAY, NOW)
    line = AdmissionLine(id="new-office", name="New office", kind=kind, first_day=DAY, basis="Order 1, art. 1")
    change = SourceChange(act=SourceAct.ADMIT, catalogue=name, sources=(line,))
    sign_source_change(propose_source_change(change, OLGA, NOW).position, OTTO, NOW)
    assert propose_case(proposal, clerk, DAY, NOW).source == "new-office"
