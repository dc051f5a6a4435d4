"""What a subject says in public beside an entry: short, its own, shown as long as the entry, taken back at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import clerk
from tests.register_fixtures import enact_catalogue_at_once, send_rows
from tests.registers import NOW
from tests.scenarios import play_once

from goodstanding.access import Actor, Role
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible

DAY = date(2015, 2, 16)
CAFE, OTHER = "uk-fhrs-row:1", "uk-fhrs-row:2"
OWNER = Actor(Role.SUBJECT, CAFE, "Otto Owner")
STRANGER = Actor(Role.SUBJECT, OTHER, "Otto Owner")


@play_once
def cafe(files: Path) -> int:
    """The record of the first of two establishments, on which its grade rests."""
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    enact_catalogue_at_once("uk-food-hygiene")
    send_rows(files, "uk-fhrs", [clerk.uk_row(1), clerk.uk_row(2)])
    return list_records(find_subject_id(CAFE))[0].position


def publish_text(record: int, text: str = "We have a new kitchen.", actor: Actor = OWNER, day: date = DAY) -> Any:
    """A reply published on a day."""
    from goodstanding.register.cases.public_replies import publish_reply

    return publish_reply(record, actor, day, NOW, text)


def list_shown_words(*records: int, size: int | None = None) -> dict[int, str]:
    """The words that stand beside entries resting on some records."""
    from goodstanding.register.cases.public_replies import list_current_replies

    return {record: reply.text for record, reply in list_current_replies(records, size).items()}


@pytest.mark.each_database
def test_a_reply_stands_beside_the_entry_that_rests_on_its_record(
    cafe: int, assert_register_holds: Callable[[], None]
) -> None:
    """In one line, as it was written; a later one takes its place, and what was known before still says the first."""
    from goodstanding.ledger import store as ledger

    first = publish_text(cafe, " We have\\n a new  kitchen. ".replace("\\n", "\n"))
    size = ledger.get_ledger_size()
    assert (first.text, first.by, first.office, first.day) == ("We have a new kitchen.", "Otto Owner", CAFE, DAY)
    publish_text(cafe, "<b>Newer</b> & 示例")
    assert list_shown_words(cafe, cafe + 1) == {cafe: "<b>Newer</b> & 示例"}
    assert list_shown_words(cafe, size=size) == {cafe: "We have a new kitchen."}
    assert list_shown_words(cafe, size=size - 1) == {}
    assert_register_holds()


@pytest.mark.parametrize(
    "text", ["", " \n ", "x" * 501, "a\x00b", "a\x07b", "a\u202eb", "\u2066a\u2069", "a\ufeffb", "half \ud800 a pair"]
)
def test_what_would_not_show_as_it_was_written_is_refused(cafe: int, text: str) -> None:
    """Nothing, too much, control characters, and marks that turn a text round; with what would be right."""
    from goodstanding.ledger import store as ledger

    size = ledger.get_ledger_size()
    with pytest.raises(BadInput) as refused:
        publish_text(cafe, text)
    assert refused.value.remedy
    assert (ledger.get_ledger_size(), list_shown_words(cafe)) == (size, {})


@pytest.mark.parametrize(
    "actor",
    [
        STRANGER, Actor(Role.SOURCE, "uk-fhrs-la:102", "Ada"), Actor(Role.OVERSEER, "", "Olga"),
        Actor(Role.SUBJECT, CAFE, ""), Actor(Role.APPLICANT, "", "Otto Owner"), Actor(Role.OPERATOR, CAFE, "root"),
    ],
)  # fmt: skip
def test_nobody_speaks_for_another(cafe: int, actor: Actor) -> None:
    """Only those who act for the subject publish and retract its words; the answer names the article."""
    from goodstanding.register.cases.public_replies import retract_reply

    with pytest.raises(NotAllowed, match="article 13"):
        publish_text(cafe, actor=actor)
    mine = publish_text(cafe)
    with pytest.raises(NotAllowed):
        retract_reply(mine.position, actor, DAY, NOW)
    assert list_shown_words(cafe)


def test_a_reply_that_is_taken_back_shows_no_more(cafe: int) -> None:
    """From then on; a second time there is nothing left to take back, and a number that is none is not found."""
    from goodstanding.register.cases.public_replies import retract_reply

    mine = publish_text(cafe)
    retracted = retract_reply(mine.position, OWNER, DAY + timedelta(days=1), NOW)
    assert retracted.ended_on == DAY + timedelta(days=1)
    assert list_shown_words(cafe) == {}
    with pytest.raises(NotPossible):
        retract_reply(mine.position, OWNER, DAY, NOW)
    for none in (-1, 0, mine.position + 1, 10**6):
        with pytest.raises(NotFound):
            retract_reply(none, OWNER, DAY, NOW)


def test_words_stand_only_beside_what_anybody_sees(cafe: int) -> None:
    """Once the grade has lapsed nobody reads it, so nothing can be said beside it; nor beside no record at all."""
    with pytest.raises(NotPossible):
        publish_text(cafe, day=DAY + timedelta(days=5 * 366))
    with pytest.raises(NotFound):
        publish_text(10**6)


def test_a_corrected_record_carries_no_words_that_were_said_of_the_old_one(cafe: int, send: Callable[..., Any]) -> None:
    """What was said stood beside another finding; it may be said again."""
    from goodstanding.register.cases.public_replies import list_public_entries
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    publish_text(cafe)
    send("uk-fhrs", [clerk.uk_row(1, hygiene="10"), clerk.uk_row(2)], stated="2015-03-16")
    newer = list_records(find_subject_id(CAFE))[0].position
    assert newer != cafe
    assert not list_public_entries(cafe, DAY)
    assert list_shown_words(newer) == {}
    publish_text(newer, "We disagree.")
    assert list_shown_words(newer) == {newer: "We disagree."}


def test_words_go_with_the_record_that_is_erased(cafe: int, assert_register_holds: Callable[[], None]) -> None:
    """Under two signatures."""
    from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure

    mine = publish_text(cafe)
    request = request_erasure([cafe], ErasureGrounds("order", "", "gdpr-2016-679 art. 17"), "Ada Asker", NOW)
    assert mine.position in confirm_erasure(request.position, "Ben Confirmer", NOW).erased
    assert list_shown_words(cafe) == {}
    assert_register_holds()
