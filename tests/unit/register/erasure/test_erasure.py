"""Erasing from the register: what goes, with what, at every known time; who signs; and what is sent again."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import clerk
from tests.exhibits import TEXT
from tests.people import COMPANY, DECIDER, LISTED
from tests.register_fixtures import enact_catalogue_at_once, send_rows
from tests.registers import NOW
from tests.scenarios import play_once
from tests.unit.register.cases import test_acts as hearing
from tests.unit.register.cases.test_acts import (
    DAY,
    append_case_act,
    case_after_decision,
    case_after_proposal,
    dispute_finding,
)

from goodstanding import config
from goodstanding.errors import BadInput, ErasedBefore, NotFound, NotPossible
from goodstanding.procedure.case_states import Act

WHY = ("unlawful", "It should never have been held.", "Example Act art. 9")
CAFE = "uk-fhrs-row:3"
COMPANIES = {number: f"mx-rfc:{clerk.rfc(number)}" for number in (1, 2)}


def position_of(identifier: str) -> int:
    """The position of the newest record about the subject that holds an identifier."""
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    return list_records(find_subject_id(identifier))[0].position


def ask_erasure(*positions: int, why: tuple[str, str, str] = WHY, by: str = "Ada Asker", days: int = 0) -> Any:
    """An erasure that Ada asks for, so many days after the register was opened."""
    from goodstanding.register.erasure.erasure_requests import ErasureGrounds, request_erasure

    return request_erasure(positions, ErasureGrounds(*why), by, NOW + timedelta(days=days))


def erase_positions(*positions: int, **options: Any) -> Any:
    """What was erased, asked for by Ada and confirmed by Ben."""
    from goodstanding.register.erasure.erasure_requests import confirm_erasure

    return confirm_erasure(
        ask_erasure(*positions, **options).position, "Ben Confirmer", NOW + timedelta(days=options.get("days", 0))
    )


@play_once
def cafes(files: Path) -> int:
    """Five establishments, of which the third was corrected and renamed; the position of its newest record."""
    enact_catalogue_at_once("uk-food-hygiene")
    send_rows(files, "uk-fhrs", [clerk.uk_row(number, businessname=f"Zebra Place {number}") for number in range(1, 6)])
    send_rows(files, "uk-fhrs", [clerk.uk_row(3, businessname="Quagga Place 3", hygiene="10")], stated="2015-03-16")
    return position_of(CAFE)


def find_rows_with(words: str) -> list[str]:
    """The rows of all tables, durable and projected, in which words stand."""
    from tests.property.test_erasure import list_texts

    return [text for text in list_texts() if words in text]


@pytest.mark.each_database
def test_a_record_goes_with_all_its_versions_and_whom_it_named(
    cafes: int, assert_register_holds: Callable[[], None]
) -> None:
    """The only record of a subject takes names and identifiers with it; tables are those of a fresh projection."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subjects import find_subject_id
    from goodstanding.register.search.name_search import match_subjects

    done = erase_positions(cafes)
    assert len(done.erased) == 2
    assert done.washed
    with pytest.raises(NotFound):
        find_subject_id(CAFE)
    assert [match_subjects(words, PointInTime(DAY)).subject_ids for words in ("Quagga", "uk-fhrs-row:3")] == [(), ()]
    assert [
        len(find_rows_with(word)) for word in ("Quagga Place 3", "Zebra Place 3", CAFE + "'", '"uk-fhrs-row:3"')
    ] == [0] * 4
    assert find_rows_with("Zebra Place 4")
    assert_register_holds()


def test_what_rested_on_it_is_worked_out_anew_as_if_it_had_never_been_known(
    enact: Callable[[str], int], send: Callable[..., Any], assert_register_holds: Callable[[], None]
) -> None:
    """Of two visits the newer is erased: the older grade stands again, at every ledger size, and a tombstone beside."""
    from goodstanding.ledger import store
    from goodstanding.register.files.effects import list_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id
    from goodstanding.register.files.tombstones import find_tombstone, list_tombstones

    enact("us-nyc-food-grades")
    folder = config.get_current_register().folder.parent
    clerk.write_establishments(folder, 30000001)
    visits = [clerk.nyc_row(30000001, "2013-03-01", score="20", grade="B"), clerk.nyc_row(30000001, "2014-05-02")]
    send("us-nyc-inspections", visits, form="parquet", stated="2014-12-31")
    diner = "us-nyc-camis:30000001"
    before = list_grades(diner, None)
    newer = position_of(diner)
    assert any(newer in effect.because for effect in list_effects(find_subject_id(diner), [], PointInTime(DAY)))
    done = erase_positions(newer)
    subject_id = find_subject_id(diner)
    records = list_records(subject_id)
    assert [record.position for record in records] == [newer - 1]
    for size in (None, newer + 1, store.get_ledger_size()):
        effects = list_effects(subject_id, records, PointInTime(DAY, None, size))
        assert not any(newer in effect.because for effect in effects)
    assert list_grades(diner, None) != before
    [tombstone] = list_tombstones(subject_id)
    assert (tombstone.position, tombstone.code, tombstone.law, tombstone.article) == (
        newer,
        "unlawful",
        "Example Act",
        "art. 9",
    )
    assert find_tombstone(newer) == tombstone
    assert tombstone.day == DAY
    assert done.erased == (newer,)
    assert_register_holds()


def list_grades(identifier: str, size: int | None) -> list[tuple[Any, ...]]:
    """The grades of a subject, past and to come."""
    from goodstanding.register.files.effects import list_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    subject_id = find_subject_id(identifier)
    effects = list_effects(subject_id, list_records(subject_id), PointInTime(DAY, None, size))
    return [(effect.value, effect.valid_from, effect.valid_to) for effect in effects if effect.kind == "grade"]


def test_a_file_whose_first_record_goes_is_numbered_by_the_next(
    list_69b: None, hygiene: None, send: Callable[..., Any], assert_register_holds: Callable[[], None]
) -> None:
    """The number of a file is its first record's; an older tombstone stays beside what is left of the file."""
    from goodstanding.ledger import store
    from goodstanding.register.files.subjects import find_subject_id
    from goodstanding.register.files.tombstones import list_tombstones
    from goodstanding.register.storage.lifecycle import load_signer

    send("uk-fhrs", [clerk.uk_row(3)])
    first = position_of(CAFE)
    body = next(store.read_entries(first, first + 1)).body or ""
    for number in (1, 2):
        again = body.replace('"reference":"3"', f'"reference":"3-{number}"').replace('"row":2', f'"row":{number}')
        content = {key: value for key, value in _load_json(again).items() if key not in ("kind", "version")}
        key = f"uk-fhrs-la:102 inspection 3-{number}"
        store.append([store.EventDraft("RecordIssued", content, key, None, "RecordCorrected")], NOW, load_signer())
    erase_positions(first)
    second = find_subject_id(CAFE)
    assert second > first
    assert [tombstone.position for tombstone in list_tombstones(second)] == [first]
    erase_positions(second)
    third = find_subject_id(CAFE)
    assert [tombstone.position for tombstone in list_tombstones(third)] == [first, second]
    assert_register_holds()


def _load_json(text: str) -> dict[str, Any]:
    import json

    return dict(json.loads(text))


def test_one_person_alone_erases_nothing(cafes: int) -> None:
    """Whoever asked cannot confirm, in whatever letters; what nobody confirmed stays, and can be refused."""
    from goodstanding.register.erasure.erasure_requests import (
        append_erasure_refusal,
        confirm_erasure,
        list_open_erasures,
    )
    from goodstanding.register.files.subjects import find_subject_id

    request = ask_erasure(cafes)
    for by in ("Ada Asker", "ADA  asker"):
        with pytest.raises(BadInput, match="asked for it"):
            confirm_erasure(request.position, by, NOW)
    assert [erasure.position for erasure in list_open_erasures()] == [request.position]
    append_erasure_refusal(request.position, "Ben Confirmer", "The law gives no such right.", NOW)
    assert list_open_erasures() == []
    with pytest.raises(NotFound):
        confirm_erasure(request.position, "Ben Confirmer", NOW)
    assert find_subject_id(CAFE)


@pytest.mark.each_database
def test_an_erasure_is_confirmed_once(cafes: int) -> None:
    """A second confirmation finds nothing open."""
    from goodstanding.ledger import content_erasure as in_ledger
    from goodstanding.register.erasure.erasure_requests import confirm_erasure

    done = erase_positions(cafes)
    with pytest.raises(NotFound, match="No erasure is open"):
        confirm_erasure(in_ledger.list_erasures()[done.position].requested_at, "Ben Confirmer", NOW)


@pytest.mark.parametrize(
    ("why", "where"),
    [
        (("whim", "No longer liked.", "Example Act art. 9"), "--reason"),
        (("unlawful", "It should not be here.", "the law"), "--basis"),
        (("unlawful", "It should not be here.", ""), "--basis"),
        (("unlawful", "\x1b[2J", "Example Act art. 9"), "--text"),
        (("unlawful", "x" * 2_001, "Example Act art. 9"), "--text"),
        (("unlawful", "Quagga  place 3 was closed.", "Example Act art. 9"), "quagga place 3"),
        (("unlawful", "About uk-fhrs-row:3.", "Example Act art. 9"), "uk-fhrs-row:3"),
    ],
)
def test_an_erasure_says_why_and_on_which_law_and_not_what_it_erases(
    cafes: int, why: tuple[str, str, str], where: str
) -> None:
    """A reason of the list, words that can be kept and do not repeat what goes, and an article of a law."""
    with pytest.raises(BadInput) as refused:
        ask_erasure(cafes, why=why)
    assert refused.value.where == where


@pytest.mark.parametrize("positions", [(0,), (1,), (10_000,), (-1,), ()])
def test_what_the_register_rests_on_is_never_erased(cafes: int, positions: tuple[int, ...]) -> None:
    """The first event, an enacted catalogue, what is not there, and nothing at all are refused."""
    with pytest.raises((BadInput, NotFound)):
        ask_erasure(*positions)


def test_a_version_that_comes_between_the_two_signatures_goes_too(
    cafes: int, send: Callable[..., Any], assert_register_holds: Callable[[], None]
) -> None:
    """Asked for before a correction came, confirmed after it: the whole record goes."""
    from goodstanding.register.erasure.erasure_requests import confirm_erasure

    request = ask_erasure(cafes)
    send("uk-fhrs", [clerk.uk_row(3, businessname="Tarpan Place 3")], stated="2015-04-16")
    done = confirm_erasure(request.position, "Ben Confirmer", NOW)
    assert len(done.erased) == len(request.asked.positions) + 1
    assert find_rows_with("Tarpan Place") == []
    assert_register_holds()


def test_what_was_erased_and_is_sent_again_is_put_aside_with_the_reason(
    cafes: int, send: Callable[..., Any], assert_register_holds: Callable[[], None]
) -> None:
    """Recognised by its reference: not taken in, and not kept either; the other rows of the file go in."""
    from goodstanding.intake.ingest import replay_quarantine
    from goodstanding.intake.quarantine.quarantine_entries import export_open_rows, list_open_entries
    from goodstanding.messages import IntakeMessage

    erase_positions(cafes)
    rows = [clerk.uk_row(3, businessname="Quagga Place 3"), clerk.uk_row(6)]
    assert send("uk-fhrs", rows, stated="2015-05-16", dry_run=True).quarantined == 1
    taken = send("uk-fhrs", rows, stated="2015-05-16")
    assert (taken.issued, taken.quarantined) == (1, 1)
    [waiting] = list_open_entries()
    assert [problem.code for problem in waiting.problems] == [IntakeMessage.ROW_ERASED]
    assert waiting.cells == {}
    assert find_rows_with("Quagga Place") == []
    stream = io.StringIO()
    assert export_open_rows(stream, "uk-fhrs") == 1
    assert replay_quarantine("uk-fhrs", NOW) == []
    assert len(list_open_entries()) == 1
    assert_register_holds()


@pytest.mark.each_database
def test_the_ledger_itself_refuses_what_was_erased(cafes: int) -> None:
    """Whoever goes past intake is refused too."""
    from goodstanding.ledger import store
    from goodstanding.register.storage.lifecycle import load_signer

    erase_positions(cafes)
    with pytest.raises(ErasedBefore):
        draft = store.EventDraft(
            "RecordIssued", {"says": "again"}, "uk-fhrs-la:102 inspection 3", None, "RecordCorrected"
        )
        store.append([draft], NOW, load_signer())


@pytest.mark.each_database
def test_rows_that_wait_go_with_the_record_that_they_are_about(cafes: int, send: Callable[..., Any]) -> None:
    """Refused rows of the same reference, also those mended since, and broken lines; nobody else's."""
    from goodstanding.intake.models import Quarantined
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    send("uk-fhrs", [clerk.uk_row(3, ratingdate="soon", businessname="Waiting Quagga")], stated="2015-04-16")
    send("uk-fhrs", [clerk.uk_row(3, businessname="Quagga Place 3", hygiene="10")], stated="2015-04-16")
    send("uk-fhrs", [clerk.uk_row(4, structural="3x", businessname="Waiting Zebra")], stated="2015-05-16")
    assert Quarantined.objects.count() == 2
    erase_positions(position_of(CAFE))
    assert [entry.cells["businessname"] for entry in list_open_entries()] == ["Waiting Zebra"]
    assert find_rows_with("Waiting Quagga") == []


def test_a_broken_line_that_names_it_goes_and_others_stay(
    list_69b: None, send: Callable[..., Any], tmp_path: Any
) -> None:
    """A line that is no row is known by a cell that is the identifier or the reference itself."""
    from goodstanding.intake.files.sheet import RAW_LINE
    from goodstanding.intake.ingest import ingest_file
    from goodstanding.intake.quarantine.quarantine_entries import count_open_entries, list_open_entries

    file = clerk.write_csv(
        tmp_path / "mx_as_of_2022-11-30.csv", [clerk.final_mx_row(clerk.rfc(n)) for n in (1, 2)], clerk.MX
    )
    lines = file.read_text() + "".join(f"{clerk.rfc(n)},Broken {n}\n" for n in (1, 2))
    file.write_text(lines)
    ingest_file(file, "mx-sat-69b", NOW)
    assert count_open_entries() == 2
    erase_positions(position_of(COMPANIES[1]))
    assert [entry.cells[RAW_LINE].endswith("Broken 2") for entry in list_open_entries()] == [True]


@pytest.mark.each_database
def test_the_answer_to_a_sending_forgets_the_cells_of_what_goes(cafes: int) -> None:
    """What a source was told about refused rows keeps its reasons, without the words that are erased."""
    import json

    from goodstanding.intake.models import Sending

    problems = {"problems": [[2, "businessname", "too long", "Quagga Place 3"], [3, "row_id", "twice", "4"]]}
    Sending.objects.create(
        id="a", source="uk-fhrs-la:102", feed="uk-fhrs", way="push", by="k", stated=DAY, opened_at=NOW,
        answer=json.dumps(problems),
    )  # fmt: skip
    erase_positions(cafes)
    assert json.loads(Sending.objects.get(pk="a").answer)["problems"] == [
        [2, "businessname", "too long", None], [3, "row_id", "twice", "4"],
    ]  # fmt: skip


@pytest.mark.each_database
def test_a_crash_after_the_transaction_is_made_good_by_whoever_comes_next(
    cafes: int, monkeypatch: pytest.MonkeyPatch, assert_register_holds: Callable[[], None]
) -> None:
    """Cut off before tables and files are cleaned, the erasure stands in the ledger and is finished later."""
    from goodstanding.ledger import content_erasure as in_ledger
    from goodstanding.register.erasure import erasure_requests
    from goodstanding.register.erasure.erasure_requests import confirm_erasure, finish_erasures
    from goodstanding.register.files.subjects import find_subject_id

    def crash() -> bool:
        raise KeyboardInterrupt

    request = ask_erasure(cafes)
    with monkeypatch.context() as cut:
        cut.setattr(erasure_requests, "finish_erasures", crash)
        with pytest.raises(KeyboardInterrupt):
            confirm_erasure(request.position, "Ben Confirmer", NOW)
    assert len(in_ledger.list_leftovers()) == 1
    assert find_subject_id(CAFE)
    assert finish_erasures()
    assert in_ledger.list_leftovers() == {}
    with pytest.raises(NotFound):
        find_subject_id(CAFE)
    assert_register_holds()


@pytest.mark.each_database
def test_an_unfinished_erasure_is_a_finding(cafes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """`verify` says that something may still stand in the files, and how it is finished."""
    from goodstanding.ledger import content_erasure as in_ledger
    from goodstanding.register.erasure.erasure_requests import finish_erasures
    from goodstanding.register.projection.verification import verify_register

    monkeypatch.setattr(in_ledger, "purge_free_pages", lambda: False)
    assert not erase_positions(cafes).washed
    assert [finding.code for finding in verify_register().findings] == ["erasure-unfinished"]
    monkeypatch.undo()
    assert finish_erasures()
    assert verify_register().findings == ()


@pytest.mark.each_database
@pytest.mark.usefixtures("exclusion")
def test_a_finding_goes_with_its_whole_case_and_the_disputes_about_it(
    assert_register_holds: Callable[[], None],
) -> None:
    """Proposal, notice, reply, decision and what was disputed are one matter: no word of anybody in it is left."""
    case = case_after_decision()
    other = dispute_finding(case, 50)
    append_case_act(other, Act.DECIDE_DISPUTE, DECIDER, 55, text="The record is right.")
    done = erase_positions(case.opened.position, why=("order", "The court ordered it.", "Example Act art. 9"), days=60)
    assert {act.position for act in (*case.acts, *other.acts)} <= set(done.erased)
    for words in ("Example Works", COMPANY.scope, "certificate", "Not so.", "B-17"):
        assert find_rows_with(words) == []
    with pytest.raises(NotFound):
        hearing.list_measures_in_force(60)
    assert_register_holds()


@pytest.mark.usefixtures("exclusion")
def test_no_case_is_erased_under_way_but_by_a_court(assert_register_holds: Callable[[], None]) -> None:
    """Before its end a case goes only where it should never have been held, or an order says so."""
    case = case_after_proposal()
    for code in ("request", "term"):
        with pytest.raises(NotPossible, match=f"GS-{case.position} is under way"):
            ask_erasure(case.position, why=(code, "They asked.", "Example Act art. 9"))
    erase_positions(case.position, why=("order", "The court ordered it.", "Example Act art. 9"))
    assert_register_holds()


@pytest.mark.usefixtures("exclusion")
def test_an_erased_finding_is_not_proposed_again_under_its_reference() -> None:
    """A proposal has no key in the ledger; its reference is recognised all the same."""
    case = case_after_proposal()
    erase_positions(case.position)
    with pytest.raises(NotPossible, match="erased"):
        case_after_proposal()
    assert case_after_proposal(reference="B-18").position > case.position


@pytest.mark.each_database
@pytest.mark.usefixtures("exclusion")
def test_evidence_goes_unless_something_else_rests_on_it() -> None:
    """The file that an erased act names is destroyed; one that another case names too stays until that goes."""
    from goodstanding.register.storage.evidence_store import accept_exhibit, get_evidence_note, read_exhibit_content

    mine = accept_exhibit("letter.txt", io.BytesIO(TEXT), "Ada Clerk", DAY).digest
    shared = accept_exhibit("ruling.txt", io.BytesIO(TEXT + b" more"), "Ada Clerk", DAY).digest
    case = case_after_proposal(
        evidence=({"digest": mine, "name": "letter.txt"}, {"digest": shared, "name": "ruling.txt"})
    )
    other = case_after_proposal(reference="B-18", text="Another matter altogether.", evidence=({"digest": shared},))
    erase_positions(case.position)
    with pytest.raises(NotFound, match="erased"):
        read_exhibit_content(mine)
    assert read_exhibit_content(shared)
    assert "letter.txt" not in str(get_evidence_note(mine))
    erase_positions(other.position)
    with pytest.raises(NotFound):
        read_exhibit_content(shared)


@pytest.mark.each_database
def test_mandates_go_with_the_last_record_of_a_subject(list_69b: None, send: Callable[..., Any]) -> None:
    """Claims and mandates that name an emptied file go with it, and so does what was done about them."""
    from tests.unit.register.cases.test_mandates import OVERSEER, PROOF, UNTIL

    from goodstanding.register.cases.mandates import (
        claim_mandate,
        confirm_claim,
        list_mandates,
        list_mandates_of_person,
        revoke_mandate,
    )

    send(
        "mx-sat-69b",
        [clerk.final_mx_row(clerk.rfc(n)) for n in (1, 2)],
        stated="2022-11-30",
        form="parquet",
        name="as_of",
    )
    for number, who in ((1, "Dora Director"), (2, "Emil Else")):
        claim = claim_mandate(who, COMPANIES[number], f"I, {who}, am its director.", PROOF, DAY, NOW)
        confirm_claim(claim, OVERSEER, UNTIL, DAY, NOW)
    [granted] = list_mandates_of_person("Dora Director", COMPANIES[1])
    revoke_mandate(granted.position, OVERSEER, "Dora Director left.", DAY, NOW)
    erase_positions(position_of(COMPANIES[1]))
    assert find_rows_with("Dora Director") == find_rows_with(COMPANIES[1]) == []
    assert [mandate.person for mandate in list_mandates()] == ["Emil Else"]


def test_a_record_goes_by_its_term_only_once_that_is_over(
    cafes: int, assert_register_holds: Callable[[], None]
) -> None:
    """Asked for as due before its day it is refused with the day; afterwards it goes."""
    from goodstanding.register.erasure.retention import list_subject_terms
    from goodstanding.register.files.subjects import find_subject_id

    [term] = list_subject_terms(find_subject_id(CAFE))
    assert term.goes_on is not None
    early = (term.goes_on - DAY).days - 1
    with pytest.raises(NotPossible, match=str(term.goes_on)):
        ask_erasure(cafes, why=("term", "", "Example Act art. 9"), days=early)
    erase_positions(cafes, why=("term", "", "Example Act art. 9"), days=early + 1)
    assert_register_holds()


@pytest.mark.usefixtures("exclusion")
def test_an_application_goes_with_the_case_that_it_led_to(assert_register_holds: Callable[[], None]) -> None:
    """What somebody applied for, and complained of, is about the same matter; other applications stay."""
    from goodstanding.access import Actor, Role
    from goodstanding.register.cases.application_acts import file_complaint, submit_application
    from goodstanding.register.cases.applications import ListingRequest, list_applications

    carol = Actor(Role.APPLICANT, "", "Carol Creditor")
    listing_request = ListingRequest(
        LISTED, "example-buyer", "organisation", COMPANY.scope, "Example Works Ltd", "They forged it."
    )
    application = submit_application(listing_request, carol, DAY, NOW)
    case = case_after_proposal(application=application.position)
    file_complaint(application.position, carol, DAY, NOW, "Nobody told me anything.")
    other = ListingRequest(
        LISTED, "example-buyer", "organisation", "lei:5493001KJTIIGC8Y1R12", "Other Works", "They lied."
    )
    stays = submit_application(other, carol, DAY, NOW)
    erase_positions(case.position)
    assert find_rows_with("They forged it") == find_rows_with("Nobody told me") == []
    assert [application.position for application in list_applications()] == [stays.position]
    assert_register_holds()


def test_a_subjects_own_words_beside_a_record_go_with_it(cafes: int, assert_register_holds: Callable[[], None]) -> None:
    """What was published beside an entry has no entry any more; a reply beside another record stays."""
    from goodstanding.ledger import store
    from goodstanding.register.cases.public_replies import list_replies
    from goodstanding.register.storage.lifecycle import load_signer

    neighbour = "uk-fhrs-row:4"
    other = position_of(neighbour)
    for beside, subject, text in ((cafes, CAFE, "We have a new cook."), (other, neighbour, "We have a new oven.")):
        content = {"beside": beside, "text": text, "by": "Dora Director", "office": subject, "day": DAY.isoformat()}
        store.append([store.EventDraft("ReplyPublished", content)], NOW, load_signer())
    erase_positions(cafes)
    assert find_rows_with("new cook") == []
    assert [reply.text for reply in list_replies([cafes, other])] == ["We have a new oven."]
    assert_register_holds()
