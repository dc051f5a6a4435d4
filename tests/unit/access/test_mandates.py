"""Mandates: on which days they hold, who may confirm a claim to one, and who may revoke one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.access import Actor, Role
from goodstanding.access.mandates import (
    WAITING_DAYS,
    Mandate,
    compute_first_day,
    find_last_ended_mandate,
    find_seniority,
    find_waiting_mandate,
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


def test_a_mandate_that_begins_later_waits_until_its_first_day() -> None:
    """Revoked before that day it never holds."""
    begins = FIRST + timedelta(days=5)
    waiting = replace(HELD, begins_on=begins)
    assert [waiting.holds(day) for day in (FIRST, begins - timedelta(days=1), begins)] == [False, False, True]
    assert find_waiting_mandate([HELD, waiting], FIRST) is waiting
    assert find_waiting_mandate([replace(waiting, revoked_on=FIRST)], FIRST) is None
    assert not replace(waiting, revoked_on=FIRST).holds(begins)


def test_a_new_mandate_begins_after_some_days_and_a_renewal_at_once() -> None:
    """So that whoever is there can object; whoever acts already waits for nothing."""
    assert compute_first_day([], FIRST) == FIRST + timedelta(days=WAITING_DAYS)
    assert compute_first_day([HELD], LAST) == LAST
    assert compute_first_day([HELD], LAST + timedelta(days=1)) > LAST + timedelta(days=1)


@pytest.mark.parametrize("role", list(Role))
def test_the_overseer_or_a_body_that_stands_apart_settles_a_claim_and_no_source_does(role: Role) -> None:
    """By name, and nobody their own claim; a body until its last day, where it stands apart from the sources."""
    for scope in ("", OFFICE):
        decision = may_settle_mandate(Actor(role, scope, "Ada"), "Dora")
        assert decision.allowed is (role is Role.OVERSEER)
        assert not may_settle_mandate(Actor(role, scope), "Dora").allowed
        for apart, in_time in ((True, True), (True, False), (False, True)):
            answer = may_settle_mandate(Actor(role, scope, "Ada"), "Dora", apart=apart, in_time=in_time)
            assert answer.allowed is (role is Role.OVERSEER or (role is Role.APPEAL and apart and in_time))
    own = may_settle_mandate(Actor(role, OFFICE, "Dora"), "Dora", apart=True, in_time=True)
    assert not own.allowed
    assert "article" in str(own.because)


@pytest.mark.parametrize("role", list(Role))
def test_a_mandate_is_revoked_by_whom_it_does_not_come_after(role: Role) -> None:
    """By representatives who acted before it, whoever holds it, the office that granted it, and the overseer."""
    subject_ids = {SUBJECT, "lei:529900T8BM49AURSDO55"}
    for scope in subject_ids:
        for seniority, is_before in ((6, True), (8, False), (None, False)):
            allowed = may_revoke_mandate(Actor(role, scope, "Eve"), HELD, subject_ids, seniority).allowed
            assert allowed is (role is Role.OVERSEER or (role is Role.SUBJECT and is_before))
    own = may_revoke_mandate(Actor(role, SUBJECT, "Dora"), HELD, subject_ids, None).allowed
    assert own is (role in (Role.SUBJECT, Role.OVERSEER))
    granted = role in (Role.SOURCE, Role.DECIDER, Role.APPEAL, Role.OVERSEER)
    assert may_revoke_mandate(Actor(role, OFFICE, "Ada"), HELD, subject_ids, None).allowed is granted
    for other in (Actor(role, "elsewhere", "Eve"), Actor(role, "", "Eve")):
        assert may_revoke_mandate(other, HELD, subject_ids, 1).allowed is (role is Role.OVERSEER)
    assert not may_revoke_mandate(Actor(role, OFFICE), HELD, subject_ids, 1).allowed


def test_seniority_counts_from_the_first_mandate_without_a_gap() -> None:
    """A renewal keeps it; whoever was away for a day begins anew; who holds none has none."""
    renewed = replace(HELD, position=20, granted_on=LAST, last_day=LAST + timedelta(days=30))
    late = replace(renewed, position=30, granted_on=LAST + timedelta(days=2))
    day = LAST + timedelta(days=10)
    assert find_seniority([renewed, HELD], "Dora", day) == HELD.position
    assert find_seniority([HELD, late], "Dora", day) == late.position
    assert find_seniority([HELD], "Dora", day) is None
    assert find_seniority([HELD, renewed], "Eve", day) is None
