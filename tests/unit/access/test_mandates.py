"""Mandates: on which days they hold, who may confirm a claim to one, and who may revoke one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.access import Actor, Role
from goodstanding.access.mandates import (
    Mandate,
    find_last_ended_mandate,
    list_mandates_in_force,
    may_revoke_mandate,
    may_settle_mandate,
)

FIRST, LAST = date(2026, 3, 1), date(2027, 2, 28)
SUBJECT, OFFICE = "mx-rfc:EJE180101001", "mx-sat"
HELD = Mandate(7, SUBJECT, "Dora", FIRST, LAST, "Ada", OFFICE)
REVOKED = Mandate(8, SUBJECT, "Dora", FIRST, LAST, "Ada", OFFICE, revoked_on=date(2026, 6, 1), revoked_by="Eve")
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@pytest.mark.parametrize(
    ("mandate", "day", "assert_register_holds"),
    [
        (HELD, FIRST - timedelta(days=1), False), (HELD, FIRST, True), (HELD, LAST, True),
        (HELD, LAST + timedelta(days=1), False), (REVOKED, date(2026, 5, 31), True),
        (REVOKED, date(2026, 6, 1), False),
    ],
)  # fmt: skip
def test_a_mandate_holds_from_its_first_to_its_last_day_or_its_revocation(
    mandate: Mandate, day: date, assert_register_holds: bool
) -> None:
    """Its last day is within; the day of revocation is not."""
    assert mandate.holds(day) is assert_register_holds


@given(first=DAYS, last=DAYS, revoked=st.none() | DAYS, day=DAYS)
def test_a_mandate_is_waiting_holding_or_over_and_never_two_of_them(
    first: date, last: date, revoked: date | None, day: date
) -> None:
    """Whatever its days are: once over it never holds again, and a revocation never makes it longer."""
    mandate = Mandate(1, SUBJECT, "Dora", first, last, "Ada", OFFICE, revoked_on=revoked)
    over = find_last_ended_mandate([mandate], day) is mandate
    assert mandate.holds(day) is (list_mandates_in_force([mandate], day) == (mandate,))
    assert not (mandate.holds(day) and over)
    assert mandate.holds(day) is (first <= day <= last and (revoked is None or day < revoked))


def test_the_last_that_ended_is_the_one_spoken_of() -> None:
    """Of several that are over; none where none ever began."""
    after = Mandate(9, SUBJECT, "Dora", LAST, LAST + timedelta(days=9), "Ada", OFFICE)
    assert find_last_ended_mandate([REVOKED, after, HELD], date(2030, 1, 1)) is after
    assert find_last_ended_mandate([HELD], FIRST) is None


@pytest.mark.parametrize("role", list(Role))
def test_an_office_that_stated_a_record_settles_a_claim_and_nobody_else(role: Role) -> None:
    """A clerk or decider of that office, by name; no other role, no other office, and nobody their own claim."""
    inside = role in (Role.SOURCE, Role.DECIDER)
    assert may_settle_mandate(Actor(role, OFFICE, "Ada"), "Dora", {OFFICE}).allowed is inside
    for other in (Actor(role, "elsewhere", "Ada"), Actor(role, "", "Ada"), Actor(role, OFFICE)):
        assert not may_settle_mandate(other, "Dora", {OFFICE}).allowed
    own = may_settle_mandate(Actor(role, OFFICE, "Dora"), "Dora", {OFFICE})
    assert not own.allowed
    assert "article" in str(own.because)


@pytest.mark.parametrize("role", list(Role))
def test_a_mandate_is_revoked_by_the_subject_s_people_or_by_the_office_that_granted_it(role: Role) -> None:
    """Under any of the subject's identifiers; by no stranger, and by no other office."""
    subject_ids = {SUBJECT, "lei:529900T8BM49AURSDO55"}
    for scope in subject_ids:
        assert may_revoke_mandate(Actor(role, scope, "Eve"), HELD, subject_ids).allowed is (role is Role.SUBJECT)
    granted = role in (Role.SOURCE, Role.DECIDER)
    assert may_revoke_mandate(Actor(role, OFFICE, "Ada"), HELD, subject_ids).allowed is granted
    for other in (Actor(role, "elsewhere", "Eve"), Actor(role, "", "Eve"), Actor(role, OFFICE), Actor(role, SUBJECT)):
        assert not may_revoke_mandate(other, HELD, subject_ids).allowed
