"""Whose a record is, and whose word it is how a subject is called and which identifiers are its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from tests.people import CLERK, LISTED
from tests.registers import NOW

pytestmark = pytest.mark.each_database
COMPANY, OTHER, UNSEEN = "uk-fhrs-row:770001", "uk-fhrs-row:770002", "uk-fhrs-row:770003"
HONEST, ROGUE = "cn-js-environment", "cn-js-elsewhere"


@pytest.fixture
def state(enact: Callable[[str], int]) -> Callable[..., int]:
    """States that a company was enrolled, by a source, under a name and identifiers: gives the event's position."""
    from goodstanding.ledger import store
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.storage.lifecycle import load_signer

    enact("cn-environment-12")

    def append(source: str, reference: str, name: str, *identifiers: str, project: bool = True, **named: Any) -> int:
        subject = {"identifiers": list(identifiers), "kind": "organisation", "name": name, "names": [],
                   "region": None, "sector": None} | named  # fmt: skip
        body = {
            "about": None, "catalogue": "cn-environment-12", "feed": "cn-js-conduct", "record": "enrolment",
            "source": source, "fields": {}, "published": None, "occurred": "2026-01-11", "stated": "2026-10-16",
            "row": 1, "reference": reference, "subject": subject,
        }  # fmt: skip
        draft = store.EventDraft(
            "RecordIssued", body, f"{source} enrolment {reference}", hashlib.sha256(reference.encode()).digest()
        )
        position = int(store.append([draft], NOW, load_signer()).size - 1)
        if project:
            catch_up()
        return position

    return append


@pytest.mark.parametrize("project", [True, False])
def test_one_record_of_another_source_renames_nobody(
    state: Callable[..., int], project: bool, assert_register_holds: Callable[[], None]
) -> None:
    """It is filed; name, other names, region and sector stay those of the source that opened the file."""
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id, get_subject

    state(HONEST, "A1", "Green Hill Works", COMPANY, project=project)
    state(ROGUE, "B1", "Forger & Sons", COMPANY, names=["Thieves"], region="XX", sector="crime")
    subject = get_subject(find_subject_id(COMPANY))
    assert (subject.name, subject.other_names, subject.region, subject.sector) == ("Green Hill Works", (), "", "")
    assert len(list_records(subject.id)) == 2
    state(HONEST, "A2", "Green Hill Works Ltd", COMPANY)
    renamed = get_subject(subject.id)
    assert (renamed.name, renamed.other_names) == ("Green Hill Works Ltd", ("Green Hill Works",))
    assert_register_holds()


@pytest.mark.parametrize("project", [True, False])
def test_a_record_that_says_nothing_of_the_region_empties_it_not(
    state: Callable[..., int], project: bool, assert_register_holds: Callable[[], None]
) -> None:
    """Region and sector are those that the opener's records said last, each by itself, however they came in."""
    from goodstanding.register.files.subjects import find_subject_id, get_subject

    state(HONEST, "A1", "Green Hill Works", COMPANY, region="CN-32", sector="dyeing", project=project)
    state(HONEST, "A2", "Green Hill Works Ltd", COMPANY, region="CN-33", project=project)
    state(HONEST, "A3", "Green Hill Works Ltd", COMPANY, region="")
    state(HONEST, "A4", "Blue Hill Works", OTHER)
    subject = get_subject(find_subject_id(COMPANY))
    assert (subject.name, subject.region, subject.sector) == ("Green Hill Works Ltd", "CN-33", "dyeing")
    assert get_subject(find_subject_id(OTHER)).region == ""
    assert_register_holds()


def test_a_proposal_leaves_a_file_its_region_and_sector(
    state: Callable[..., int], enact: Callable[[str], int], assert_register_holds: Callable[[], None]
) -> None:
    """A proposal names the subject and says nothing of where it is."""
    from goodstanding.register.cases.proposals import Proposal, propose_case
    from goodstanding.register.files.subjects import find_subject_id, get_subject

    enact("procurement-exclusion")
    state(CLERK.scope, "A1", "Green Hill Works", COMPANY, region="CN-32", sector="dyeing")
    fields = {"cause": "fraud", "sanction": "exclusion", "proved_by": "conviction"}
    proposal = Proposal(
        list=LISTED, kind="organisation", identifier=COMPANY, name="Green Hill Works Ltd", fields=fields,
        reference="B1", occurred=NOW.date(), text="The bid was forged.",
    )  # fmt: skip
    propose_case(proposal, CLERK, NOW.date(), NOW)
    subject = get_subject(find_subject_id(COMPANY))
    assert (subject.name, subject.region, subject.sector) == ("Green Hill Works Ltd", "CN-32", "dyeing")
    assert_register_holds()


@pytest.mark.parametrize("project", [True, False])
def test_one_record_of_another_source_binds_no_identifier(
    state: Callable[..., int], project: bool, assert_register_holds: Callable[[], None]
) -> None:
    """What is stated later about that identifier has a file of its own; the opener's further identifier is bound."""
    from goodstanding.errors import NotFound
    from goodstanding.register.files.subjects import find_subject_id, get_subject

    state(HONEST, "A1", "Green Hill Works", COMPANY, project=project)
    state(ROGUE, "B1", "Green Hill Works", COMPANY, OTHER)
    with pytest.raises(NotFound):
        find_subject_id(OTHER)
    state(HONEST, "A2", "Victim Ltd", OTHER)
    assert find_subject_id(OTHER) != find_subject_id(COMPANY)
    state(HONEST, "A3", "Green Hill Works", COMPANY, UNSEEN)
    assert get_subject(find_subject_id(UNSEEN)).identifiers == (COMPANY, UNSEEN)
    assert_register_holds()


def test_once_the_record_that_opened_a_file_is_erased_the_next_one_s_source_speaks(
    state: Callable[..., int], assert_register_holds: Callable[[], None]
) -> None:
    """As if the first had never been known."""
    from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure
    from goodstanding.register.files.subjects import find_subject_id, get_subject
    from goodstanding.register.projection.projector import catch_up

    first = state(HONEST, "A1", "Green Hill Works", COMPANY)
    state(ROGUE, "B1", "Blue Hill Works", COMPANY, OTHER)
    grounds = ErasureGrounds("unlawful", "It should never have been held.", "Example Act art. 9")
    erasure = request_erasure([first], grounds, "Ada Asker", NOW)
    confirm_erasure(erasure.position, "Ben Confirmer", NOW)
    catch_up()
    assert get_subject(find_subject_id(OTHER)).name == "Blue Hill Works"
    assert find_subject_id(OTHER) == find_subject_id(COMPANY)
    assert_register_holds()
