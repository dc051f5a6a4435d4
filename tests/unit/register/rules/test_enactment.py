"""How a catalogue comes into force: draft, comments, answers, three signatures, and what is refused on the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.law.sound import load_sound_catalogue
from tests.registers import NOW

from goodstanding import charter, config
from goodstanding.errors import BadInput, CatalogueError, CharterBreached, NotFound

LAST_DAY = NOW + timedelta(days=30)  # on which the public may still comment
OVER = LAST_DAY + timedelta(days=1)
PEOPLE = {"author": "Ada", "reviewer": "Ben", "overseer": "Chen 陈"}


@pytest.fixture
def proceeding(register_folder: config.RegisterSettings) -> Any:
    """The room of the proceeding, in an empty register."""
    from goodstanding.register.rules import enactment

    return enactment


def _sign(proceeding: Any, at: datetime = OVER) -> None:
    for role, person in PEOPLE.items():
        proceeding.sign_draft("sound", role, person, at)


def _list_enacted() -> list[str]:
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import list_enacted

    catch_up()
    return list(list_enacted())


@pytest.mark.each_database
def test_a_draft_becomes_law_after_comments_answers_and_three_signatures(proceeding: Any) -> None:
    """Each step is an event, and the enactment carries the charter's version."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.append_comment("sound", "A citizen", "Why three years?", NOW + timedelta(days=2))
    proceeding.answer_comment("sound", 1, "Ada", "Because the law says so.", NOW + timedelta(days=9))
    _sign(proceeding)
    proceeding.enact_draft("sound", OVER.date(), OVER)
    assert _list_enacted() == ["sound"]
    [draft] = proceeding.list_drafts("sound")
    assert (draft.enacted_on, draft.charter, draft.open) == (OVER.date(), charter.VERSION, False)
    assert [(comment.by, comment.text, comment.answer) for comment in draft.comments] == [
        ("A citizen", "Why three years?", "Because the law says so.")
    ]
    assert draft.signers == PEOPLE


def test_nobody_signs_while_the_public_may_comment(proceeding: Any) -> None:
    """The notice period is what the catalogue itself says, 30 days; on the last of them comments are still taken."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    with pytest.raises(BadInput, match="2026-12-22"):
        proceeding.sign_draft("sound", "author", "Ada", LAST_DAY)
    assert proceeding.append_comment("sound", "A citizen", "In time", LAST_DAY).number == 1


def test_what_was_signed_too_early_is_not_in_force_while_the_public_may_comment(
    proceeding: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs before let people sign on the last day: it is put into force on the day after."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    with monkeypatch.context() as patch:
        patch.setattr(proceeding, "_refuse_if_early", lambda _draft, _day: None)
        _sign(proceeding, LAST_DAY)
    with pytest.raises(CatalogueError, match=f"{OVER.date()} or later"):
        proceeding.enact_draft("sound", LAST_DAY.date(), LAST_DAY)
    proceeding.enact_draft("sound", OVER.date(), OVER)
    assert _list_enacted() == ["sound"]


def test_nobody_signs_while_a_comment_waits_for_its_answer(proceeding: Any) -> None:
    """Comments are answered, not filed away."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.append_comment("sound", "A citizen", "Why?", NOW)
    with pytest.raises(BadInput, match="without an answer: 1"):
        proceeding.sign_draft("sound", "author", "Ada", OVER)


def test_one_person_signs_in_one_role_only(proceeding: Any) -> None:
    """The reviewer is independent: not the author under another spelling of case."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.sign_draft("sound", "author", "Ada", OVER)
    with pytest.raises(BadInput, match="another role"):
        proceeding.sign_draft("sound", "reviewer", "ADA", OVER)
    with pytest.raises(BadInput, match="already"):
        proceeding.sign_draft("sound", "author", "Ben", OVER)
    with pytest.raises(BadInput, match="Nobody signs as"):
        proceeding.sign_draft("sound", "king", "Ben", OVER)


@pytest.mark.parametrize("name", ["A\u200bda", "\u0410da", "\uff21da", "A d a", "Ad\u0430\u2060", "\u200eAda"])
def test_a_name_that_looks_the_same_is_the_same_person(proceeding: Any, name: str) -> None:
    """An unseen joiner, a letter of another script, a wide one, a space or a mark makes nobody independent."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.sign_draft("sound", "author", "Ada", OVER)
    with pytest.raises(BadInput, match="another role"):
        proceeding.sign_draft("sound", "reviewer", name, OVER)


@pytest.mark.parametrize("name", ["Adam", "Ida", "Àda", "Адам", "阿达"])
def test_a_name_that_looks_different_is_another_person(proceeding: Any, name: str) -> None:
    """A letter more, another letter, an accent, another script."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.sign_draft("sound", "author", "Ada", OVER)
    assert proceeding.sign_draft("sound", "reviewer", name, OVER).unsigned == ("overseer",)


@pytest.mark.parametrize("text", ["\u200b", "\u2060 \u200d", "\u3164", "\u2800\u2800", "\u200e\n\u200f"])
def test_an_answer_that_nobody_sees_is_none(proceeding: Any, text: str) -> None:
    """Every comment is answered in words; and what is no comment needs no answer."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.append_comment("sound", "A citizen", "Why?", NOW)
    with pytest.raises(BadInput, match="The text is missing"):
        proceeding.answer_comment("sound", 1, "Ada", text, NOW)
    with pytest.raises(BadInput):
        proceeding.append_comment("sound", text, "Why?", NOW)


def test_an_unsigned_draft_is_not_enacted(proceeding: Any) -> None:
    """The error names who has not signed."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.sign_draft("sound", "author", "Ada", OVER)
    with pytest.raises(CatalogueError, match="reviewer, overseer"):
        proceeding.enact_draft("sound", OVER.date(), OVER)
    assert _list_enacted() == []


@pytest.mark.parametrize("days", [-1, 1])
def test_rules_bind_from_the_day_they_are_put_into_force(proceeding: Any, days: int) -> None:
    """Neither backwards nor ahead."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    _sign(proceeding)
    with pytest.raises(CatalogueError, match="not the day of this act"):
        proceeding.enact_draft("sound", OVER.date() + timedelta(days=days), OVER)


def test_a_withdrawn_draft_is_over(proceeding: Any) -> None:
    """After it another draft of the same rules may be published."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.withdraw_draft("sound", "Ada", "A better idea", NOW)
    with pytest.raises(NotFound):
        proceeding.append_comment("sound", "A citizen", "Too late?", NOW)
    assert proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW).open


def test_only_one_draft_is_open_at_a_time(proceeding: Any) -> None:
    """Otherwise nobody would know on what to comment."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    with pytest.raises(CatalogueError, match="open already"):
        proceeding.publish_draft(load_sound_catalogue(("version: 1", "version: 2")), "Ada", NOW)


def test_comments_end_with_their_last_day(proceeding: Any) -> None:
    """The last day itself still counts."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    assert proceeding.append_comment("sound", "A citizen", "In time", LAST_DAY).number == 1
    with pytest.raises(BadInput, match="ended on"):
        proceeding.append_comment("sound", "A citizen", "Too late", OVER)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001, "a\0b", "half \ud800"])
def test_a_text_that_cannot_be_kept_is_refused(proceeding: Any, text: str) -> None:
    """Nothing is on record afterwards."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    with pytest.raises(BadInput, match="comment"):
        proceeding.append_comment("sound", "A citizen", text, NOW)
    assert proceeding.get_open_draft("sound").comments == ()


def test_a_draft_that_breaches_the_charter_is_not_even_published(proceeding: Any) -> None:
    """The charter is asked first; no event is left."""
    with pytest.raises(CharterBreached, match="article 11"):
        proceeding.publish_draft(load_sound_catalogue(("    ends_within: 3\n", "")), "Ada", NOW)
    assert proceeding.list_drafts() == []


def test_only_a_demonstration_enacts_at_once(proceeding: Any) -> None:
    """In a register for use the whole proceeding is needed."""
    with pytest.raises(CatalogueError, match="no signed draft"):
        proceeding.enact_catalogue_at_once(load_sound_catalogue(), NOW.date(), NOW)


def test_what_the_charter_refuses_has_no_effect_whoever_put_it_into_the_ledger(
    register_folder: config.RegisterSettings, proceeding: Any
) -> None:
    """Whoever holds the keys and writes the event past every door still changes nothing; and `verify` says so."""
    from goodstanding.ledger import store as ledger
    from goodstanding.register.projection.verification import verify_register
    from goodstanding.register.rules.enacted_catalogues import get_enacted
    from goodstanding.register.storage.lifecycle import load_signer

    for spoilt in (
        load_sound_catalogue(("mode: live", "mode: lab")),
        load_sound_catalogue(("    ends_within: 3\n", "")),
    ):
        content = {
            "name": spoilt.name, "version": spoilt.version, "digest": spoilt.digest, "day": "2026-01-01",
            "files": spoilt.files, "charter": 1,
        }  # fmt: skip
        ledger.append([ledger.EventDraft("CatalogueEnacted", content)], NOW, load_signer())
        assert _list_enacted() == []
        with pytest.raises(NotFound):
            get_enacted("sound")
    reasons = [str(finding.problem) for finding in verify_register().findings if finding.code == "charter"]
    assert len(reasons) == len(verify_register().findings) == 2
    assert "laboratory" in reasons[0]
    assert "article 11" in reasons[1]


def test_the_low_door_refuses_too(proceeding: Any) -> None:
    """Enactment itself asks the charter, whatever was done before."""
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    with pytest.raises(CharterBreached):
        enact_catalogue(load_sound_catalogue(("mode: live", "mode: lab")), date(2026, 1, 1), NOW)


@pytest.mark.each_database
def test_two_who_sign_at_once_sign_once(proceeding: Any) -> None:
    """What is looked at and what is written is one act: the second is told that somebody signed already."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    def signed(by: str) -> str:
        try:
            return str(proceeding.sign_draft("sound", "author", by, OVER).signers["author"])
        except BadInput as refused:
            return refused.message
        finally:
            connections.close_all()

    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    with ThreadPoolExecutor(4) as at_once:
        results = list(at_once.map(signed, ["Ada", "Ben", "Chen", "Dora"]))
    [signature] = proceeding.get_open_draft("sound").signed
    assert results.count(signature.by) == 1
    assert results.count(f"{signature.by} signed as author already.") == 3


def test_a_text_that_would_rewrite_a_terminal_is_refused(proceeding: Any) -> None:
    """Escape sequences are no words."""
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    with pytest.raises(BadInput, match="comment"):
        proceeding.append_comment("sound", "A citizen", "\x1b[2Jnothing to see", NOW)


def test_a_second_restriction_by_another_catalogue_is_neither_drafted_nor_enacted(proceeding: Any) -> None:
    """Also where both were drafted before either was in force: the second is refused on its day (article 7)."""
    from goodstanding.catalogue import overlay_catalogue

    other = overlay_catalogue(load_sound_catalogue(), {"catalogue": "other"})
    proceeding.publish_draft(load_sound_catalogue(), "Ada", NOW)
    proceeding.publish_draft(other, "Ada", NOW)
    _sign(proceeding)
    proceeding.enact_draft("sound", OVER.date(), OVER)
    assert _list_enacted() == ["sound"]
    for role, person in PEOPLE.items():
        proceeding.sign_draft("other", role, person, OVER)
    with pytest.raises(CharterBreached, match="sound/no-contracts and no-contracts both restrict"):
        proceeding.enact_draft("other", OVER.date(), OVER)
    with pytest.raises(CharterBreached, match="article 7"):
        proceeding.publish_draft(overlay_catalogue(other, {"catalogue": "third"}), "Ada", OVER)
