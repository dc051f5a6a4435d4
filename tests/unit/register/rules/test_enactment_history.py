"""Rules are in force only by their proceeding, as the ledger has it; and verification says what was left out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.law.sound import load_sound_catalogue
from tests.proceedings import ACCOUNTS, PEOPLE, answer_questions, enact_by_proceeding
from tests.registers import NOW

from goodstanding import config
from goodstanding.catalogue import Catalogue
from goodstanding.errors import CatalogueError
from goodstanding.ledger import store as ledger
from goodstanding.register.rules.enactments.review_acts import build_answer_body

pytestmark = pytest.mark.usefixtures("asked_proceedings")
SOUND = load_sound_catalogue()
WITHOUT = dict.fromkeys(ACCOUNTS, "")
OTHER = load_sound_catalogue(("title: A sound catalogue", "title: Another catalogue"))
OVER = NOW + timedelta(days=31)  # the first day on which nobody may comment any more


def _forge(kind: str, at: datetime, catalogue: Catalogue = SOUND, **details: Any) -> None:
    """Writes an event of a proceeding into the ledger, past every door of the program."""
    from goodstanding.register.storage.lifecycle import load_signer

    content = {"name": catalogue.name, "version": catalogue.version, "digest": catalogue.digest, **details}
    ledger.append([ledger.EventDraft(kind, content)], at, load_signer())


def _draft(at: datetime = NOW, catalogue: Catalogue = SOUND, **details: Any) -> None:
    until = (at + timedelta(days=30)).date().isoformat()
    _forge(
        "CatalogueDrafted", at, catalogue, **{"by": "Ada", "files": catalogue.files, "comments_until": until} | details
    )


def _sign(at: datetime = OVER, people: dict[str, str] = PEOPLE, catalogue: Catalogue = SOUND) -> None:
    _sign_by_accounts({role: ACCOUNTS[role] for role in people}, catalogue, at, people)


def _sign_by_accounts(
    accounts: dict[str, str], catalogue: Catalogue = SOUND, at: datetime = OVER, people: dict[str, str] = PEOPLE
) -> None:
    """The reviewer signs after answering, where the reviewer signs at all."""
    for role, account in accounts.items():
        details: dict[str, Any] = {"account": account} if account else {}
        if role == "reviewer" and account:
            answers = [build_answer_body(answer) for answer in answer_questions(catalogue)]
            details["review"] = ledger.get_ledger_size()
            _forge("DraftReviewed", at, catalogue, by=people[role], account=account, answers=answers)
        _forge("DraftSigned", at, catalogue, by=people[role], role=role, **details)


def _enact(at: datetime = OVER, catalogue: Catalogue = SOUND, **details: Any) -> None:
    _forge(
        "CatalogueEnacted",
        at,
        catalogue,
        **{"day": at.date().isoformat(), "files": catalogue.files, "charter": 1} | details,
    )


def _forge_without_draft() -> None:
    _enact()


def _forge_draft_of_other_files() -> None:
    """The public commented on other files than those that were put into force under the digest."""
    _draft(files=OTHER.files)
    _sign()
    _enact()


def _forge_draft_of_other_rules() -> None:
    """Signatures under another digest."""
    _draft(catalogue=OTHER)
    _sign(catalogue=OTHER)
    _enact()


def _forge_withdrawn_draft() -> None:
    _draft()
    _forge("DraftWithdrawn", NOW, by="Ada", text="A better idea")
    _sign()
    _enact()


def _forge_draft_after_enactment() -> None:
    _enact(NOW)
    _draft()
    _sign()


def _forge_second_use_of_a_draft() -> None:
    """A version that was replaced comes back by its old draft."""
    _draft()
    _sign()
    _enact()
    _enact(OVER + timedelta(days=1))


def _forge_short_promise() -> None:
    """The event says that comments ended on the day it was written."""
    _draft(comments_until=NOW.date().isoformat())
    _sign(NOW + timedelta(days=1))
    _enact(NOW + timedelta(days=1))


def _forge_days_in_bodies() -> None:
    """The days of the bodies are right, and the instants of the ledger are not."""
    _draft(NOW, comments_until=(NOW - timedelta(days=1)).date().isoformat())
    _sign(NOW)
    _enact(NOW, day=OVER.date().isoformat())


def _forge_early_signatures() -> None:
    _draft()
    _sign(NOW)
    _enact()


def _forge_unseen_answer() -> None:
    """An answer of a mark that nobody sees."""
    _draft()
    _forge("CommentReceived", NOW, by="A citizen", text="Why?")
    _forge("CommentAnswered", NOW, by="Ada", number=1, text="\u200b")
    _sign()
    _enact()


def _forge_one_person_in_like_letters() -> None:
    """One name three times: as it is, with a mark that nobody sees, with a letter of another script."""
    _draft()
    _sign(people={"author": "Ada", "reviewer": "A\u200bda", "overseer": "\u0410da"})
    _enact()


def _forge_unanswered_comment() -> None:
    _draft()
    _forge("CommentReceived", NOW, by="A citizen", text="Why?")
    _sign()
    _enact()


def _forge_answer_without_words() -> None:
    _draft()
    _forge("CommentReceived", NOW, by="A citizen", text="Why?")
    _forge("CommentAnswered", NOW, by="Ada", number=1, text=" ")
    _sign()
    _enact()


def _forge_answer_after_signatures() -> None:
    _draft()
    _forge("CommentReceived", NOW, by="A citizen", text="Why?")
    _sign()
    _forge("CommentAnswered", OVER, by="Ada", number=1, text="Because.")
    _enact()


def _forge_missing_signature() -> None:
    _draft()
    _sign(people={"author": "Ada", "overseer": "Chen"})
    _enact()


def _forge_one_person_in_two_roles() -> None:
    _draft()
    _sign(people={"author": "Ada", "reviewer": " ＡDA ", "overseer": "Chen"})
    _enact()


def _forge_nobody_as_reviewer() -> None:
    _draft()
    _sign(people={"author": "Ada", "reviewer": "", "overseer": "Chen"})
    _enact()


def _forge_signatures_without_accounts() -> None:
    """From its second version on the charter asks whose account signed."""
    _draft()
    _sign_by_accounts(WITHOUT)
    _enact(charter=2)


def _forge_first_version_after_the_second_is_known_to_all() -> None:
    """Whoever holds the signing key says that the rules are to be judged as programs of before did."""
    _draft()
    _sign_by_accounts(WITHOUT)
    _enact(charter=1)


def _forge_no_version_of_the_charter() -> None:
    """The same by leaving it out."""
    _draft()
    _sign_by_accounts(WITHOUT)
    _enact(charter=None)


def _forge_version_below_the_first() -> None:
    _draft()
    _sign_by_accounts(WITHOUT)
    _enact(charter=-1)


def _forge_overseer_by_a_source() -> None:
    _draft()
    _sign_by_accounts({**ACCOUNTS, "overseer": "source:E07000061"})
    _enact(charter=2)


def _forge_reviewer_by_a_subject() -> None:
    _draft()
    _sign_by_accounts({**ACCOUNTS, "reviewer": "subject:mx-rfc:X"})
    _enact(charter=2)


def _forge_another_day() -> None:
    """Effects would begin before the enactment was on record."""
    _draft()
    _sign()
    _enact(day="2026-01-01")


def _forge_unreadable_draft() -> None:
    """An event of the wrong shape means nothing, and stops nothing."""
    _draft(files="none", comments_until="soon")
    _sign()
    _enact()


FORGERIES = [value for name, value in list(globals().items()) if name.startswith("_forge_")]


def _list_in_force() -> list[str]:
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import list_enacted

    catch_up()
    return list(list_enacted())


def _list_findings() -> list[str]:
    from goodstanding.register.projection.verification import verify_register

    return [finding.code for finding in verify_register().findings]


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_rules_without_their_proceeding_are_not_in_force_and_verify_finds_them(forge: Any) -> None:
    """Whoever holds the keys and writes events past every door changes nothing: both ask the same question."""
    forge()
    assert _list_in_force() == []
    assert set(_list_findings()) == {"proceeding"}


@pytest.mark.each_database
def test_rules_with_their_proceeding_are_in_force() -> None:
    """A comment in time is answered before anybody signs; what comes later holds up nothing."""
    _draft()
    _forge("CommentReceived", NOW, by="A citizen", text="Why?")
    _forge("CommentAnswered", NOW, by="Ada", number=1, text="Because.")
    _sign()
    _forge("CommentReceived", OVER, by="A citizen", text="Too late?")
    _enact()
    assert _list_in_force() == ["sound"]
    assert _list_findings() == []


def test_signatures_of_accounts_that_fit_count_under_the_second_version() -> None:
    """An office's account for author and reviewer, an overseer's for the overseer."""
    _draft()
    _sign_by_accounts(ACCOUNTS)
    _enact(charter=2)
    assert _list_in_force() == ["sound"]


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """The days of these tests lie before that from which every program asks for accounts."""
    from goodstanding.register.rules.enactments import enactment_fold

    monkeypatch.setattr(enactment_fold, "_ACCOUNTS_ASKED_SINCE", (OVER + timedelta(days=999)).date())


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("version", [1, None])
def test_rules_of_a_register_of_the_first_version_stay_in_force(version: int | None) -> None:
    """Programs of before wrote down no accounts."""
    _draft()
    _sign_by_accounts(WITHOUT)
    _enact(charter=version)
    assert _list_in_force() == ["sound"]
    assert _list_findings() == []


def _enact_under_the_second_version() -> None:
    _draft(catalogue=OTHER)
    _sign_by_accounts(ACCOUNTS, OTHER)
    _enact(catalogue=OTHER, charter=2)


def _draft_that_accounts_sign() -> None:
    _draft(catalogue=OTHER)
    _sign_by_accounts({"author": ACCOUNTS["author"]}, OTHER)


def _retire_by_account() -> None:
    _draft(catalogue=OTHER)
    _sign_by_accounts(WITHOUT, OTHER)
    _enact(catalogue=OTHER, charter=1)
    day = OVER.date().isoformat()
    _forge("DraftWithdrawn", OVER, OTHER, by="Ada", role="author", text="A law", day=day, account=ACCOUNTS["author"])


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("know", [_enact_under_the_second_version, _draft_that_accounts_sign, _retire_by_account])
def test_the_charter_of_a_register_never_goes_back_to_an_earlier_version(know: Any) -> None:
    """Once an event knows the second one, what names the first is judged by the second all the same."""
    later = load_sound_catalogue(("version: 1", "version: 2"))
    _draft(catalogue=later)
    know()
    _sign_by_accounts(WITHOUT, later)
    _enact(catalogue=later, charter=1)
    assert _list_in_force() == []
    assert _list_findings() == ["proceeding"]


@pytest.mark.usefixtures("early")
def test_an_end_that_was_signed_under_the_first_version_stays() -> None:
    """What ended by signatures without accounts, before the register knew the second one, is not in force again."""
    from goodstanding.register.rules.enactment_history import list_ends

    other = load_sound_catalogue(("catalogue: sound", "catalogue: other"))
    _draft(catalogue=other)
    _draft()
    _sign_by_accounts(WITHOUT)
    _enact(charter=1)
    for role, person in PEOPLE.items():
        _forge("DraftWithdrawn", OVER, by=person, role=role, text="A law", day=OVER.date().isoformat())
    _sign_by_accounts(ACCOUNTS, other)
    _enact(catalogue=other, charter=2)
    assert _list_in_force() == ["sound", "other"]
    assert list_ends() == {"sound": OVER.date()}


def test_the_doors_of_the_program_make_a_proceeding_that_holds() -> None:
    """What draft, sign and enact write is what is asked for."""
    enact_by_proceeding(SOUND, OVER + timedelta(days=2))
    assert _list_in_force() == ["sound"]
    assert _list_findings() == []


def test_nothing_is_put_into_force_that_would_be_without_effect() -> None:
    """The door asks the same question before the event is written: here a comment came past every door, unanswered."""
    from goodstanding.register.rules.enactment import enact_draft

    size = ledger.get_ledger_size()
    _draft()
    _sign_by_accounts(ACCOUNTS)
    _forge("CommentReceived", OVER, by="A citizen", text="Too late?")
    enact_draft("sound", OVER.date(), OVER)
    assert ledger.get_ledger_size() == size + 7
    late = load_sound_catalogue(("version: 1", "version: 2"))
    _draft(OVER, late, files=OTHER.files | {"catalogue.yaml": late.files["catalogue.yaml"] + " "})
    _sign(OVER + timedelta(days=31), catalogue=late)
    with pytest.raises(CatalogueError):
        enact_draft("sound", (OVER + timedelta(days=31)).date(), OVER + timedelta(days=31))


def test_a_version_without_its_proceeding_takes_the_one_before_out_of_force() -> None:
    """The newest version counts: nobody goes on by rules that were replaced."""
    enact_by_proceeding(SOUND, OVER)
    _enact(OVER, load_sound_catalogue(("version: 1", "version: 2")))
    assert _list_in_force() == []
    assert set(_list_findings()) == {"proceeding"}


def test_no_setting_makes_a_register_in_use_a_demonstration(
    register_folder: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first event says what it is, whatever the environment and the process say."""
    _enact()
    monkeypatch.setenv("GOODSTANDING_DEMONSTRATION", "true")
    config.bind_demonstration(True)
    assert _list_in_force() == []
    config.bind_demonstration(False)
