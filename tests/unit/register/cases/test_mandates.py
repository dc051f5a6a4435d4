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
from goodstanding.access.mandates import WAITING_DAYS
from goodstanding.errors import BadDay, BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.procedure.notices import Exhibit

DAY = NOW.date()
UNTIL = DAY + timedelta(days=365)
SUBJECT = f"mx-rfc:{clerk.rfc(1)}"
CLERK = Actor(Role.SOURCE, "mx-sat", "Ada Clerk")
DECIDER = Actor(Role.DECIDER, "mx-sat", "Ben Decider")
OVERSEER, COLLEAGUE = Actor(Role.OVERSEER, name="Olga"), Actor(Role.OVERSEER, name="Oscar")
PROOF = Exhibit("deed.txt", "ab" * 32, 27, "text/plain")
BEGINS = DAY + timedelta(days=WAITING_DAYS)
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

    return claim_mandate(person, SUBJECT, text, PROOF, DAY, NOW)


@pytest.mark.each_database
def test_a_confirmed_claim_is_a_mandate_until_its_last_day() -> None:
    """It says who granted it in which office, and the claim says what became of it."""
    from goodstanding.register.cases.mandates import confirm_claim, get_claim, list_mandates_of_person

    claim = append_claim()
    assert list_mandates_of_person("Dora Director", SUBJECT) == []
    grant = confirm_claim(claim, OVERSEER, UNTIL, DAY, NOW)
    [mandate] = list_mandates_of_person("Dora Director", SUBJECT)
    assert (mandate.position, mandate.by, mandate.office, mandate.last_day) == (grant, "Olga", "overseer", UNTIL)
    assert [mandate.holds(day) for day in (DAY, BEGINS, UNTIL, UNTIL + timedelta(days=1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert get_claim(claim).outcome == "granted"
    assert list_mandates_of_person("Somebody Else", SUBJECT) == []


def test_a_refused_claim_gives_its_reason_word_for_word() -> None:
    """And no mandate; the same person may claim again."""
    from goodstanding.register.cases.mandates import append_claim_refusal, get_claim, list_mandates

    claim, reason = append_claim(), "The deed names <b>another</b> company.\nSee page 2."
    append_claim_refusal(claim, OVERSEER, reason, DAY, NOW)
    claim_file = get_claim(claim)
    assert (claim_file.outcome, claim_file.reason, claim_file.by, claim_file.settled_on) == (
        "refused",
        reason,
        "Olga",
        DAY,
    )
    assert list_mandates() == []
    assert append_claim() > claim


@pytest.mark.each_database
def test_of_two_offices_at_once_the_second_is_told() -> None:
    """A claim is settled once; the second hears by whom and how."""
    from goodstanding.register.cases.mandates import append_claim_refusal, confirm_claim, list_mandates

    claim = append_claim()
    append_claim_refusal(claim, OVERSEER, "No deed.", DAY, NOW)
    with pytest.raises(NotPossible, match="Olga"):
        confirm_claim(claim, COLLEAGUE, UNTIL, DAY, NOW)
    assert list_mandates() == []


def test_no_source_settles_a_claim_and_nobody_their_own() -> None:
    """Neither the clerk nor the decider of a source that stated a record, who may accuse, nor a stranger."""
    from goodstanding.register.cases.mandates import confirm_claim, list_mandates

    claim = append_claim()
    for actor in (CLERK, DECIDER, STRANGER):
        with pytest.raises(NotAllowed, match="cannot decide this claim"):
            confirm_claim(claim, actor, UNTIL, DAY, NOW)
    with pytest.raises(NotAllowed):
        confirm_claim(append_claim("Olga"), OVERSEER, UNTIL, DAY, NOW)
    assert list_mandates() == []


def test_several_people_act_for_one_subject_and_one_ends_the_other_s_mandate() -> None:
    """From the moment of revocation it does not hold; a second revocation, and a stranger's, change nothing."""
    from goodstanding.register.cases.mandates import (
        confirm_claim,
        get_mandate,
        list_mandates_of_subject,
        revoke_mandate,
    )

    other, mandate = (confirm_claim(append_claim(name), OVERSEER, UNTIL, DAY, NOW) for name in ("Emil", "Dora"))
    assert {own_mandate.person for own_mandate in list_mandates_of_subject([SUBJECT])} == {"Dora", "Emil"}
    later = DAY + timedelta(days=10)
    with pytest.raises(NotAllowed):
        revoke_mandate(mandate, STRANGER, "Mine now.", later, NOW)
    with pytest.raises(NotAllowed):  # whoever came later never removes who was there
        revoke_mandate(other, Actor(Role.SUBJECT, SUBJECT, "Dora"), "He left.", later, NOW)
    revoke_mandate(mandate, Actor(Role.SUBJECT, SUBJECT, "Emil"), "She left.", later, NOW)
    ended = get_mandate(mandate)
    assert (ended.holds(later - timedelta(days=1)), ended.holds(later)) == (True, False)
    assert (ended.revoked_by, ended.reason) == ("Emil", "She left.")
    assert get_mandate(other).holds(later)
    with pytest.raises(NotPossible, match="ended"):
        revoke_mandate(mandate, OVERSEER, "Again.", later, NOW)


@pytest.mark.parametrize("last_day", [DAY - timedelta(days=1), DAY, date(9999, 12, 31), date(1, 1, 1)])
def test_a_last_day_before_the_first_or_years_away_is_refused(last_day: date) -> None:
    """The claim stays open."""
    from goodstanding.register.cases.mandates import confirm_claim, get_claim

    claim = append_claim()
    with pytest.raises(BadDay):
        confirm_claim(claim, OVERSEER, last_day, DAY, NOW)
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
        append_claim_refusal(claim, OVERSEER, text, DAY, NOW)
    assert store.get_ledger_size() == size


def test_a_claim_is_open_once_and_tells_nothing_of_a_file() -> None:
    """A second one while the first waits is refused; one to a company nobody knows is answered like any other."""
    from goodstanding.register.cases.claims.claim_subjects import list_identifiers
    from goodstanding.register.cases.mandates import append_claim_refusal, claim_mandate, get_claim

    append_claim()
    with pytest.raises(NotPossible, match="already claimed this file"):
        append_claim()
    unknown = claim_mandate("Dora", f"mx-rfc:{clerk.rfc(99)}", "Mine.", PROOF, DAY, NOW)
    append_claim_refusal(unknown, OVERSEER, "The deed is of another company.", DAY, NOW)
    assert get_claim(unknown).outcome == "refused"
    assert list_identifiers(f"mx-rfc:{clerk.rfc(99)}") == (f"mx-rfc:{clerk.rfc(99)}",)
    with pytest.raises(NotFound):
        get_claim(0)


def test_no_mandate_rests_on_words_alone() -> None:
    """A claim without a proof is refused, and one that was made before a proof was needed is not confirmed."""
    from goodstanding.ledger import store
    from goodstanding.register.cases.mandates import append_claim_refusal, claim_mandate, confirm_claim
    from goodstanding.register.storage.lifecycle import load_signer

    with pytest.raises(BadInput, match="proof"):
        claim_mandate("Dora", SUBJECT, "I am its director.", None, DAY, NOW)
    content = {"subject": SUBJECT, "person": "Dora", "text": "I am its director.", "day": DAY.isoformat()}
    claim = store.append([store.EventDraft("MandateClaimed", content)], NOW, load_signer()).size - 1
    with pytest.raises(NotPossible, match="proof"):
        confirm_claim(claim, OVERSEER, UNTIL, DAY, NOW)
    assert append_claim_refusal(claim, OVERSEER, "No proof came.", DAY, NOW)


def test_a_mandate_of_before_holds_from_its_grant_and_its_office_may_end_it() -> None:
    """A source granted it, from the same day on: it stays as it was."""
    from goodstanding.ledger import store
    from goodstanding.register.cases.mandates import get_mandate, revoke_mandate
    from goodstanding.register.storage.lifecycle import load_signer

    content = {"subject": SUBJECT, "person": "Dora", "until": UNTIL.isoformat(), "by": "Ada Clerk", "office": "mx-sat",
               "claim": 3, "day": DAY.isoformat()}  # fmt: skip
    grant = store.append([store.EventDraft("MandateGranted", content)], NOW, load_signer()).size - 1
    assert get_mandate(grant).holds(DAY)
    revoke_mandate(grant, CLERK, "She left.", DAY, NOW)
    assert not get_mandate(grant).holds(DAY)


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

    grant = confirm_claim(append_claim(), OVERSEER, UNTIL, DAY, NOW)
    assert get_mandate(grant)
    Event.objects.filter(pk=grant).update(body=None, salt=None)
    store.append([store.EventDraft("ContentErased", {"positions": [grant]})], NOW, load_signer())
    assert list_mandates_of_person("Dora Director", SUBJECT) == []
