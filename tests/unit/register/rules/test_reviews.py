"""What code cannot see, a reviewer says of each record type, field and code; without it nothing is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.law.sound import load_sound_catalogue
from tests.proceedings import ACCOUNTS, PEOPLE, answer_questions, enact_by_proceeding
from tests.registers import NOW

from goodstanding import config
from goodstanding.catalogue import Catalogue
from goodstanding.charter.review.answers import Answer
from goodstanding.errors import BadInput, CatalogueError
from goodstanding.ledger import store as ledger

pytestmark = pytest.mark.usefixtures("asked_proceedings")
SOUND = load_sound_catalogue()
CHANGED = load_sound_catalogue(("version: 1", "version: 2"), ("title: Able to pay", "title: Able or willing to pay"))
OVER = NOW + timedelta(days=31)
ANSWERS = answer_questions(SOUND)
ABLE = "records.order.fields.able"


def _forge(kind: str, at: datetime, catalogue: Catalogue = SOUND, **details: Any) -> int:
    """Writes an event of a proceeding into the ledger, past every door of the program; gives its position."""
    from goodstanding.register.storage.lifecycle import load_signer

    content = {"name": catalogue.name, "version": catalogue.version, "digest": catalogue.digest, **details}
    return ledger.append([ledger.EventDraft(kind, content)], at, load_signer()).size - 1


def _draft(catalogue: Catalogue = SOUND) -> None:
    until = (NOW + timedelta(days=30)).date().isoformat()
    _forge("CatalogueDrafted", NOW, catalogue, by="Ada", files=catalogue.files, comments_until=until)


def _review(answers: tuple[Answer, ...] = ANSWERS, catalogue: Catalogue = SOUND, **details: Any) -> int:
    from goodstanding.register.rules.enactments.review_acts import build_answer_body

    content: dict[str, Any] = {"by": PEOPLE["reviewer"], "account": ACCOUNTS["reviewer"]}
    content["answers"] = [build_answer_body(answer) for answer in answers]
    return _forge("DraftReviewed", OVER, catalogue, **content | details)


def _sign(review: int | None, catalogue: Catalogue = SOUND, roles: tuple[str, ...] = tuple(PEOPLE)) -> None:
    for role in roles:
        covered = {"review": review} if role == "reviewer" and review is not None else {}
        _forge("DraftSigned", OVER, catalogue, by=PEOPLE[role], role=role, account=ACCOUNTS[role], **covered)


def _enact(catalogue: Catalogue = SOUND, version: int = 2) -> None:
    day = OVER.date().isoformat()
    _forge("CatalogueEnacted", OVER, catalogue, day=day, files=catalogue.files, charter=version)


def _change(place: str, **details: Any) -> tuple[Answer, ...]:
    return tuple(replace(answer, **details) if answer.place == place else answer for answer in ANSWERS)


def _forge_signature_over_nothing() -> None:
    """Three signed, and nobody answered."""
    _draft()
    _sign(None)


def _forge_answers_beside_the_signature() -> None:
    """The answers are there, and the reviewer's signature does not name them."""
    _draft()
    _review()
    _sign(None)


def _forge_answers_after_the_signature() -> None:
    """The signature names the place at which the answers came later."""
    _draft()
    _sign(ledger.get_ledger_size() + 3)
    _review()


def _forge_answers_of_another_draft() -> None:
    """Given to rules that were drafted beside these."""
    _draft(CHANGED)
    review = _review(answer_questions(CHANGED), CHANGED)
    _draft()
    _sign(review)


def _forge_answers_of_another_account() -> None:
    """Who signed as reviewer is of another office than who answered."""
    _draft()
    _sign(_review(account="source:somebody-else"))


def _forge_answers_of_another_person() -> None:
    """The author answered, and the reviewer put their name under it."""
    _draft()
    _sign(_review(by="Ada"))


def _forge_author_in_the_place_of_the_reviewer() -> None:
    """The reviewer signed without answers; the author answered, and signed as reviewer too."""
    _draft()
    _sign(None)
    review = _review(by="Ada", account=ACCOUNTS["author"])
    _forge("DraftSigned", OVER, by="Ada", role="reviewer", account=ACCOUNTS["author"], review=review)


def _forge_missing_answer() -> None:
    """All but one."""
    _draft()
    _sign(_review(tuple(answer for answer in ANSWERS if answer.place != "records.order.fields.place.one_of.north")))


def _forge_answers_to_an_earlier_definition() -> None:
    """What was answered to a field that means something else now."""
    _draft(CHANGED)
    _sign(_review(catalogue=CHANGED), CHANGED)
    _enact(CHANGED)


def _forge_second_answer() -> None:
    """A good answer, and another one to the same question."""
    _draft()
    _sign(_review((*ANSWERS, replace(ANSWERS[0], about=("person",)))))


def _forge_blank_answer() -> None:
    """Spaces, and a control."""
    _draft()
    _sign(_review(_change(ABLE, records=" \u3000\x1b ")))


def _forge_answer_about_a_person() -> None:
    """What the rules call a visit of an organisation says something of a person, as the reviewer found."""
    _draft()
    _sign(_review(_change("records.visit.fields.score", about=("person",))))


def _forge_answers_of_the_wrong_shape() -> None:
    """The event cannot be read: it means nothing, and stops nothing."""
    _draft()
    bodies: Any = [{"place": 5}]
    content = {"by": PEOPLE["reviewer"], "account": ACCOUNTS["reviewer"], "answers": bodies}
    _sign(_forge("DraftReviewed", OVER, **content))


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
def test_rules_that_no_reviewer_vouches_for_are_not_in_force_and_verify_finds_them(forge: Any) -> None:
    """Whoever writes the events past every door changes nothing: enactment, pages and verify ask the same question."""
    forge()
    if forge is not _forge_answers_to_an_earlier_definition:
        _enact()
    assert _list_in_force() == []
    assert set(_list_findings()) == {"proceeding"}


@pytest.mark.each_database
def test_rules_with_answers_that_their_reviewer_signed_are_in_force() -> None:
    """The newest answers of who signs count, also after a first try that had gaps."""
    _draft()
    _review(ANSWERS[:3])
    _sign(_review())
    _enact()
    assert _list_in_force() == ["sound"]
    assert _list_findings() == []


def test_rules_of_the_first_version_of_the_charter_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was put into force before the question existed, and accounts were written down, goes on as it did."""
    from goodstanding.register.rules.enactments import enactment_fold

    monkeypatch.setattr(enactment_fold, "_ACCOUNTS_ASKED_SINCE", (OVER + timedelta(days=999)).date())
    _draft()
    for role, person in PEOPLE.items():
        _forge("DraftSigned", OVER, by=person, role=role)
    _enact(version=1)
    assert _list_in_force() == ["sound"]


def test_nobody_goes_back_behind_the_charter_that_was_asked_before() -> None:
    """An event that names the first version, in a register where rules are in force under the second."""
    enact_by_proceeding(SOUND, OVER)
    _draft(CHANGED)
    later = OVER + timedelta(days=31)
    for role in PEOPLE:
        _forge("DraftSigned", later, CHANGED, by=PEOPLE[role], role=role)
    _forge("CatalogueEnacted", later, CHANGED, day=later.date().isoformat(), files=CHANGED.files, charter=1)
    assert _list_in_force() == []
    assert set(_list_findings()) == {"proceeding"}


def test_answers_that_come_after_the_enactment_change_nothing() -> None:
    """Neither the page of the draft nor what is signed has them."""
    from goodstanding.register.rules.drafts import list_drafts

    enact_by_proceeding(SOUND, OVER)
    _review(by="Somebody else")
    [draft] = list_drafts("sound")
    assert draft.reviewed
    assert draft.reviewed.by == PEOPLE["reviewer"]
    assert _list_in_force() == ["sound"]


@pytest.fixture
def reviews(register_folder: config.RegisterSettings) -> Any:
    """The doors by which a reviewer answers and signs, with a draft that can be signed."""
    from goodstanding.register.rules import enactment
    from goodstanding.register.rules.enactments import review_acts

    enactment.publish_draft(SOUND, "Ada", NOW)
    return review_acts


def _sign_as_reviewer() -> None:
    from goodstanding.register.rules.enactment import sign_draft

    sign_draft("sound", "reviewer", "Ben", OVER, ACCOUNTS["reviewer"])


def test_nobody_signs_as_reviewer_before_each_question_is_answered(reviews: Any) -> None:
    """Neither without answers, nor on those of another account; then the signature covers the newest answers."""
    with pytest.raises(CatalogueError, match=r"really record: records\.order\. Nobody answered"):
        _sign_as_reviewer()
    reviews.append_review("sound", ANSWERS, "Ben", OVER, "source:somebody-else")
    with pytest.raises(CatalogueError, match="catalogue review sound"):
        _sign_as_reviewer()
    reviews.append_review("sound", ANSWERS, "Ben", OVER, ACCOUNTS["reviewer"])
    _sign_as_reviewer()
    with pytest.raises(BadInput, match="signed as reviewer already"):
        reviews.append_review("sound", ANSWERS, "Ben", OVER, ACCOUNTS["reviewer"])


def test_who_signed_in_another_role_does_not_answer(reviews: Any) -> None:
    """The reviewer is independent of the author."""
    from goodstanding.register.rules.enactment import sign_draft

    sign_draft("sound", "author", "Ada", OVER, ACCOUNTS["author"])
    with pytest.raises(BadInput, match="another role"):
        reviews.append_review("sound", ANSWERS, "ADA", OVER, ACCOUNTS["reviewer"])


def test_all_that_is_wrong_with_answers_is_told_at_once(reviews: Any) -> None:
    """And nothing is on record afterwards."""
    size = ledger.get_ledger_size()
    wrong = (*_change(ABLE, records="yes")[1:], replace(ANSWERS[0], place="records.none"))
    with pytest.raises(CatalogueError) as refused:
        reviews.append_review("sound", wrong, "Ben", OVER, ACCOUNTS["reviewer"])
    places = [problem.where for problem in (refused.value, *refused.value.others)]
    assert places == [ABLE, "records.none", "records.order"]
    assert ledger.get_ledger_size() == size


def test_a_new_version_asks_again_only_what_changed() -> None:
    """What stayed carries the answer of the version before, and tells since which version it stands."""
    from goodstanding.register.rules import drafts, enactment
    from goodstanding.register.rules.enacted_catalogues import get_enacted
    from goodstanding.register.rules.enactments import review_acts

    enact_by_proceeding(SOUND, OVER)
    enactment.publish_draft(CHANGED, "Ada", OVER)
    carried = review_acts.list_answers_so_far(drafts.get_open_draft("sound"))
    new = {
        answer.place for answer in answer_questions(CHANGED) if answer.definition != carried[answer.place].definition
    }
    assert new == {ABLE, "records.finding.fields.able"}
    enactment.withdraw_draft("sound", "Ada", "It is published anew at once", OVER)
    enact_by_proceeding(CHANGED, OVER + timedelta(days=40))
    assert _list_in_force() == ["sound"]
    signed = review_acts.find_signed_review(CHANGED, get_enacted("sound").position)
    assert signed
    assert {place for place, answer in signed.answers.items() if answer.since_version == 2} == new
    assert signed.by == PEOPLE["reviewer"]
