"""Mandates in a register: claimed, confirmed or refused, revoked, and forgotten where the law says so."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests import clerk
from tests.register_fixtures import enact_catalogue_at_once, send_rows
from tests.registers import NOW
from tests.scenarios import play_once

from goodstanding.access import Actor, Role
from goodstanding.errors import BadDay, BadInput, NotAllowed, NotFound, NotPossible

DAY = NOW.date()
UNTIL = DAY + timedelta(days=365)
SUBJECT = f"mx-rfc:{clerk.rfc(1)}"
CLERK = Actor(Role.SOURCE, "mx-sat", "Ada Clerk")
DECIDER = Actor(Role.DECIDER, "mx-sat", "Ben Decider")
STRANGER = Actor(Role.SOURCE, "uk-fhrs-la:102", "Eve Elsewhere")


pytestmark = pytest.mark.usefixtures("company")


@play_once
def company(files: Path) -> None:
    """One company about which Mexico's tax authority has stated a record."""
    enact_catalogue_at_once("mx-tax-69b")
    rows = [clerk.final_mx_row(clerk.rfc(1))]
    send_rows(files, "mx-sat-69b", rows, stated="2022-11-30", form="parquet", name="mx_as_of")


def append_claim(person: str = "Dora Director", text: str = "I am its director.") -> int:
    """A claim to act for the company."""
    from goodstanding.register.cases.mandates import claim_mandate

    return claim_mandate(person, SUBJECT, text, None, DAY, NOW)


@pytest.mark.each_database
def test_a_confirmed_claim_is_a_mandate_until_its_last_day() -> None:
    """It says who granted it in which office, and the claim says what became of it."""
    from goodstanding.register.cases.mandates import confirm_claim, get_claim, list_mandates_of_person

    claim = append_claim()
    assert list_mandates_of_person("Dora Director", SUBJECT) == []
    grant = confirm_claim(claim, CLERK, UNTIL, DAY, NOW)
    [mandate] = list_mandates_of_person("Dora Director", SUBJECT)
    assert (mandate.position, mandate.by, mandate.office, mandate.last_day) == (grant, "Ada Clerk", "mx-sat", UNTIL)
    assert [mandate.holds(day) for day in (DAY, UNTIL, UNTIL + timedelta(days=1))] == [True, True, False]
    assert get_claim(claim).outcome == "granted"
    assert list_mandates_of_person("Somebody Else", SUBJECT) == []


def test_a_refused_claim_gives_its_reason_word_for_word() -> None:
    """And no mandate; the same person may claim again."""
    from goodstanding.register.cases.mandates import append_claim_refusal, get_claim, list_mandates

    claim, reason = append_claim(), "The deed names <b>another</b> company.\nSee page 2."
    append_claim_refusal(claim, DECIDER, reason, DAY, NOW)
    claim_file = get_claim(claim)
    assert (claim_file.outcome, claim_file.reason, claim_file.by, claim_file.settled_on) == (
        "refused",
        reason,
        "Ben Decider",
        DAY,
    )
    assert list_mandates() == []
    assert append_claim() > claim


@pytest.mark.each_database
def test_of_two_offices_at_once_the_second_is_told() -> None:
    """A claim is settled once; the second hears by whom and how."""
    from goodstanding.register.cases.mandates import append_claim_refusal, confirm_claim, list_mandates

    claim = append_claim()
    append_claim_refusal(claim, CLERK, "No deed.", DAY, NOW)
    with pytest.raises(NotPossible, match="Ada Clerk"):
        confirm_claim(claim, DECIDER, UNTIL, DAY, NOW)
    assert list_mandates() == []


def test_only_an_office_of_the_file_settles_and_nobody_their_own_claim() -> None:
    """A clerk of another source is refused, and so is a clerk who claims."""
    from goodstanding.register.cases.mandates import confirm_claim, list_mandates

    with pytest.raises(NotAllowed, match="not yours"):
        confirm_claim(append_claim(), STRANGER, UNTIL, DAY, NOW)
    with pytest.raises(NotAllowed):
        confirm_claim(append_claim("Ada Clerk"), CLERK, UNTIL, DAY, NOW)
    assert list_mandates() == []


def test_several_people_act_for_one_subject_and_one_ends_the_other_s_mandate() -> None:
    """From the moment of revocation it does not hold; a second revocation, and a stranger's, change nothing."""
    from goodstanding.register.cases.mandates import (
        confirm_claim,
        get_mandate,
        list_mandates_of_subject,
        revoke_mandate,
    )

    mandate, other = (confirm_claim(append_claim(name), CLERK, UNTIL, DAY, NOW) for name in ("Dora", "Emil"))
    assert {own_mandate.person for own_mandate in list_mandates_of_subject([SUBJECT])} == {"Dora", "Emil"}
    later = DAY + timedelta(days=10)
    with pytest.raises(NotAllowed):
        revoke_mandate(mandate, STRANGER, "Mine now.", later, NOW)
    revoke_mandate(mandate, Actor(Role.SUBJECT, SUBJECT, "Emil"), "She left.", later, NOW)
    ended = get_mandate(mandate)
    assert (ended.holds(later - timedelta(days=1)), ended.holds(later)) == (True, False)
    assert (ended.revoked_by, ended.reason) == ("Emil", "She left.")
    assert get_mandate(other).holds(later)
    with pytest.raises(NotPossible, match="ended"):
        revoke_mandate(mandate, CLERK, "Again.", later, NOW)


@pytest.mark.parametrize("last_day", [DAY - timedelta(days=1), date(9999, 12, 31), date(1, 1, 1)])
def test_a_last_day_before_today_or_years_away_is_refused(last_day: date) -> None:
    """The claim stays open."""
    from goodstanding.register.cases.mandates import confirm_claim, get_claim

    claim = append_claim()
    with pytest.raises(BadDay):
        confirm_claim(claim, CLERK, last_day, DAY, NOW)
    assert get_claim(claim).open


@pytest.mark.parametrize("text", ["", "   \n", "a\x00b", "\x1b[2J", "x" * 10_001, "\ud800"])
def test_a_text_that_says_nothing_or_could_rewrite_a_page_is_refused(text: str) -> None:
    """In claims and in reasons alike; nothing is written."""
    from goodstanding.ledger import store
    from goodstanding.register.cases.mandates import append_claim_refusal

    claim = append_claim()
    size = store.get_ledger_size()
    with pytest.raises(BadInput):
        append_claim("Somebody Else", text)
    with pytest.raises(BadInput):
        append_claim_refusal(claim, CLERK, text, DAY, NOW)
    assert store.get_ledger_size() == size


def test_a_claim_is_open_once_and_tells_nothing_of_a_file() -> None:
    """A second one while the first waits is refused; one to a company nobody knows waits, and no office settles it."""
    from goodstanding.register.cases.mandates import claim_mandate, confirm_claim, get_claim

    append_claim()
    with pytest.raises(NotPossible, match="open already"):
        append_claim()
    unknown = claim_mandate("Dora", f"mx-rfc:{clerk.rfc(99)}", "Mine.", None, DAY, NOW)
    with pytest.raises(NotFound):
        confirm_claim(unknown, CLERK, UNTIL, DAY, NOW)
    with pytest.raises(NotFound):
        get_claim(0)


def test_nobody_is_let_act_without_a_claim_but_in_a_demonstration() -> None:
    """A register in use grants nothing that was not claimed."""
    from goodstanding.register.cases.mandates import grant_mandate_in_demonstration

    with pytest.raises(NotAllowed):
        grant_mandate_in_demonstration("Dora", SUBJECT, CLERK, UNTIL, DAY, NOW)


@pytest.mark.each_database
def test_an_erased_grant_is_forgotten_at_once() -> None:
    """Where its body is gone, nobody acts on it, though it was read before."""
    from goodstanding.ledger import store
    from goodstanding.ledger.models import Event
    from goodstanding.register.cases.mandates import confirm_claim, get_mandate, list_mandates_of_person
    from goodstanding.register.storage.lifecycle import load_signer

    grant = confirm_claim(append_claim(), CLERK, UNTIL, DAY, NOW)
    assert get_mandate(grant)
    Event.objects.filter(pk=grant).update(body=None, salt=None)
    store.append([store.EventDraft("ContentErased", {"positions": [grant]})], NOW, load_signer())
    assert list_mandates_of_person("Dora Director", SUBJECT) == []
