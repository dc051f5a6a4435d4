"""Offices that were, and are no more: one that ended, and one that became another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.people import CLERK, COMPANY, LISTED
from tests.registers import NOW
from tests.unit.register.rules.test_source_changes import change_sources

from goodstanding.access import Actor, Role
from goodstanding.errors import NotAllowed, OfficeEnded
from goodstanding.register.rules.source_checks import AdmissionLine, SourceAct, SourceChange

DAY = NOW.date()
LAST_DAY, NEXT = DAY - timedelta(days=2), timedelta(days=1)
NAME, RECORD, OLD = "procurement-exclusion", "exclusion-decision", "old-buyer"
BASIS = "Order 1, art. 1"
OLD_CLERK = Actor(Role.SOURCE, OLD, "Ann")
pytestmark = pytest.mark.usefixtures("exclusion", "old_buyer")


@pytest.fixture
def old_buyer(exclusion: None) -> None:
    """A buyer that an event admitted."""
    line = AdmissionLine(id=OLD, name="Old buyer", kind="deciding-body", first_day=LAST_DAY, basis=BASIS)
    change_sources(SourceChange(act=SourceAct.ADMIT, catalogue=NAME, sources=(line,)))


def end_buyer() -> None:
    """It has a last day, by an event."""
    change_sources(SourceChange(act=SourceAct.END, catalogue=NAME, office=OLD, day=LAST_DAY, basis=BASIS))


def merge_buyer() -> None:
    """It becomes the example buyer."""
    change_sources(SourceChange(act=SourceAct.MERGE, office=OLD, into=CLERK.scope, day=DAY, basis=BASIS))


def test_an_office_is_over_the_day_after_its_last_one() -> None:
    """Not on that day, and not before; what a catalogue names goes on, and what nobody knows is not over."""
    from goodstanding.register.rules.authorities import find_last_day

    assert find_last_day(OLD, DAY) is None
    end_buyer()
    assert [find_last_day(OLD, day) for day in (LAST_DAY, LAST_DAY + NEXT)] == [None, LAST_DAY]
    assert [find_last_day(office, DAY) for office in (CLERK.scope, "nobody", "")] == [None, None, None]


def test_an_office_that_ended_is_not_over_once_another_takes_its_place() -> None:
    """What it left is the other's, and its people see what they handed on."""
    from goodstanding.register.rules.authorities import find_last_day

    end_buyer()
    merge_buyer()
    assert find_last_day(OLD, DAY) is None


@pytest.mark.parametrize("role", [Role.SOURCE, Role.DECIDER, Role.APPEAL])
def test_nobody_acts_or_looks_for_an_office_that_ended(role: Role) -> None:
    """In none of its parts; the refusal names the last day."""
    from goodstanding.web.http.actors import refuse_if_without_mandate

    refuse_if_without_mandate(Actor(role, OLD, "Ann"), DAY)
    end_buyer()
    refuse_if_without_mandate(Actor(role, OLD, "Ann"), LAST_DAY)
    with pytest.raises(OfficeEnded, match=f"{LAST_DAY.day} {LAST_DAY:%B %Y}"):
        refuse_if_without_mandate(Actor(role, OLD, "Ann"), DAY)


def test_an_office_that_became_another_opens_no_case_and_is_offered_no_list() -> None:
    """It did before; the other one goes on."""
    from goodstanding.portal.desk.available_lists import list_available_lists
    from goodstanding.register.cases.proposals import Proposal, propose_case

    proposal = Proposal(
        list=LISTED, kind="organisation", identifier=COMPANY.scope, name="Example Works", reference="B-1",
        occurred=LAST_DAY, text="Forged.", fields={"cause": "fraud", "sanction": "exclusion"},
    )  # fmt: skip
    assert LISTED in [line.value for line in list_available_lists(OLD_CLERK)]
    merge_buyer()
    assert list_available_lists(OLD_CLERK) == []
    assert LISTED in [line.value for line in list_available_lists(CLERK)]
    with pytest.raises(NotAllowed, match=OLD):
        propose_case(proposal, OLD_CLERK, DAY, NOW)
    assert propose_case(proposal, CLERK, DAY, NOW).source == CLERK.scope
