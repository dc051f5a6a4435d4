"""What a subject is told, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest
from tests.notices import exhibit, notice

from goodstanding.catalogue.compiler.source_positions import SourcePositions
from goodstanding.errors import BadInput
from goodstanding.procedure.letters import Letter, render_letter_text
from goodstanding.procedure.notice_texts import choose_table_language
from goodstanding.procedure.notices import CitedLaw, NoticeKind, write_letter

WORDS: dict[str, Any] = SourcePositions().read(
    "notice_words.yaml", (files("goodstanding.procedure") / "notice_words.yaml").read_text(encoding="utf-8")
)
KINDS = list(NoticeKind)


def get_answer(letter: Letter, number: int) -> str:
    """The answer to a question, counted from 0, as text."""
    return "\n".join(
        "\n".join([paragraph.text, *paragraph.points, *(line.text for line in paragraph.lines), *paragraph.quoted])
        for paragraph in letter.parts[number].paragraphs
    )


ABOUT, WHAT, LAW, EVIDENCE, FROM, ANSWER, APPEAL, SILENCE = range(8)


def list_sentences(table: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a table, with its path."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        yield from (
            list_sentences(value, f"{path}/{key}")
            if isinstance(value, dict | list)
            else [(f"{path}/{key}", str(value))]
        )


@pytest.mark.parametrize("language", sorted(set(WORDS) - {"en"}))
def test_every_language_says_the_same(language: str) -> None:
    """Each table has the sentences of the English one, with the same gaps."""

    def gaps(table: Any) -> dict[str, set[str | None]]:
        return {
            path: {gap for _text, gap, _form, _how in Formatter().parse(sentence)} - {None}
            for path, sentence in list_sentences(table)
        }

    assert gaps(WORDS[language]) == gaps(WORDS["en"])


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_answers_eight_questions(kind: NoticeKind, language: str) -> None:
    """Whatever is told, in whichever language, every question has an answer, and no gap stays open."""
    letter = write_letter(notice(kind, language=language))
    assert len(letter.parts) == 8
    assert all(get_answer(letter, number).strip() for number in range(8))
    assert not re.search(r"[{}]", render_letter_text(letter))


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("en", "en"), ("es", "es"), ("es-MX", "es"), ("zh", "zh-hans"), ("zh_CN", "zh-hans"), ("ZH-Hans", "zh-hans"),
        ("de", "en"), ("", "en"), ("x\x00", "en"),
    ],
)  # fmt: skip
def test_the_subjects_language_is_used_where_there_is_a_table(wanted: str, language: str) -> None:
    """A country's form of a language is served by the language, an unknown one by English."""
    assert choose_table_language(wanted) == language


@pytest.mark.parametrize(
    ("language", "day_written"), [("en", "2 March 2026"), ("es", "2 de marzo de 2026"), ("zh", "2026年3月2日")]
)
def test_days_cannot_be_read_as_others(language: str, day_written: str) -> None:
    """The month is a word, or stands between its signs."""
    assert write_letter(notice(language=language)).day == day_written


DECISIONS = {
    NoticeKind.DECISION: (
        "What was proposed or imposed is upheld.",
        "What was proposed or imposed is not upheld. The case is over.",
    ),
    NoticeKind.APPEAL_DECISION: (
        "The decision that you appealed stands.",
        "The decision that you appealed is annulled.",
    ),
    NoticeKind.DISPUTE_DECISION: (
        "What you disputed stays on the file.",
        "You are right. Nothing rests any more on what you disputed, at any moment.",
    ),
    NoticeKind.REPAIR_DECISION: (
        "The repair is refused: the entry stays.",
        "The repair is granted: the entry ends now.",
    ),
}


def test_the_last_day_in_time_is_named_not_the_first_that_is_too_late() -> None:
    """Inside days are half-open; a letter names the last day on which one can still answer or appeal."""
    letter = write_letter(notice())
    assert letter.deadline == "You can answer until the end of 12 March 2026."
    assert "from 13 March 2026 on" in get_answer(letter, SILENCE)
    assert write_letter(notice(NoticeKind.DECISION)).deadline == "You can appeal until the end of 1 April 2026."


def test_a_proposal_says_that_nothing_has_happened_yet() -> None:
    """Nothing is decided, in effect or public; somebody else decides; silence of either side is spelled out."""
    letter = write_letter(notice())
    assert "Nothing has been decided" in get_answer(letter, ABOUT)
    assert "proposed by Ana Torres. Somebody else decides" in get_answer(letter, WHAT)
    assert "before somebody has decided" in get_answer(letter, FROM)
    assert "You keep your right to appeal" in get_answer(letter, SILENCE)
    assert "by the end of 12 April 2026, the case ends" in get_answer(letter, SILENCE)


def test_a_decision_says_how_to_appeal_and_when_it_ends() -> None:
    """The day it takes effect, its end, the appeal body, and that an appeal suspends it."""
    letter = write_letter(notice(NoticeKind.DECISION))
    assert "takes effect on 9 March 2026" in get_answer(letter, FROM)
    assert "ends by itself at the end of 8 March 2029" in get_answer(letter, FROM)
    assert "to the Provincial Market Regulation Administration until the end of 1 April 2026" in get_answer(
        letter, APPEAL
    )
    assert "neither above nor below Linhe" in get_answer(letter, APPEAL)
    assert "suspends" in get_answer(letter, APPEAL)
    assert "is final" in get_answer(letter, SILENCE)


def test_an_interim_measure_says_that_it_is_heard_and_ends() -> None:
    """It binds at once, is heard without being asked for, and ends if it is not."""
    letter = write_letter(notice(NoticeKind.INTERIM, silence_until=date(2026, 3, 9), ends_on=date(2026, 3, 17)))
    assert "danger to life" in get_answer(letter, ABOUT)
    assert "do not have to ask" in get_answer(letter, APPEAL)
    assert "not been heard by the end of 8 March 2026" in get_answer(letter, SILENCE)
    assert "16 March 2026" in letter.deadline


@pytest.mark.parametrize("kind", [NoticeKind.DISPUTE_DECISION, NoticeKind.REPAIR_DECISION, NoticeKind.APPEAL_DECISION])
def test_who_gets_what_was_asked_for_need_do_nothing(kind: NoticeKind) -> None:
    """A favourable decision asks nothing, and nothing has to be appealed."""
    letter = write_letter(notice(kind, favourable=True, appeal_until=None, takes_effect=None, ends_on=None, laws=()))
    assert letter.deadline == "You do not need to do anything."
    assert "against you" in get_answer(letter, FROM)
    assert "nothing that you need to appeal" in get_answer(letter, APPEAL)
    assert "No law is needed" in get_answer(letter, LAW)


@pytest.mark.parametrize("kind", list(DECISIONS))
@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
def test_a_decision_says_which_way_it_went(kind: NoticeKind, language: str) -> None:
    """Both ways in words of their own; and from what was not upheld nothing follows."""
    outcomes = []
    for is_freed in (False, True):
        letter = write_letter(notice(kind, language=language, favourable=is_freed))
        outcome, *others = letter.parts[1].paragraphs
        assert ("Tenders for food supply may weigh it" in str(others)) is not is_freed
        outcomes.append(outcome.text)
    assert len({*outcomes, notice().matter}) == 3
    if language == "en":
        assert outcomes == list(DECISIONS[kind])


def test_the_last_word_within_the_register_is_said_to_be_that() -> None:
    """Where there is no further appeal here, the letter says that a court may be open."""
    letter = write_letter(notice(NoticeKind.APPEAL_DECISION, appeal_until=None))
    assert "court" in get_answer(letter, APPEAL)
    assert letter.deadline == ""


def test_an_unnamed_law_is_said_to_be_missing() -> None:
    """A step that rests on no law tells the subject so."""
    assert "cannot bind you" in get_answer(write_letter(notice(laws=())), LAW)


def test_an_unchecked_article_shows_as_such() -> None:
    """An article that nobody compared with its text carries a caution, one that was compared does not."""
    checked, unchecked = write_letter(notice()).parts[LAW].paragraphs[0].lines
    assert (checked.text, checked.caution) == ("SAMR Order 44, article 2", "")
    assert "not yet checked" in unchecked.caution
    assert (
        write_letter(notice(laws=(CitedLaw("Law without articles"),))).parts[LAW].paragraphs[0].lines[0].text
        == "Law without articles"
    )


def test_all_evidence_is_named_with_its_digest() -> None:
    """Every file, its kind, size and SHA-256; and where there is none, that."""
    lines = write_letter(notice()).parts[EVIDENCE].paragraphs[-1].lines
    assert [line.text for line in lines] == ["penalty decision.pdf", "photo.jpg"]
    assert (lines[0].note, lines[0].code) == ("PDF document, 214 kB", f"SHA-256 {exhibit(1).digest}")
    assert "No file" in get_answer(write_letter(notice(evidence=())), EVIDENCE)


def test_reasons_are_the_authoritys_own_words() -> None:
    """Reasons are quoted paragraph by paragraph, whatever they look like."""
    reasons = "= Not a heading\n\n<b>{office}</b> #panic() %s\\n"
    quoted = write_letter(notice(reasons=reasons)).parts[EVIDENCE].paragraphs[1].quoted
    assert quoted == ("= Not a heading", "<b>{office}</b> #panic() %s\\n")


def test_what_cannot_be_seen_is_left_out() -> None:
    """Control characters, marks that reorder a text and half characters do not reach a letter."""
    letter = write_letter(notice(subject_name="A\u202eB\x00C\r\nD\ud800", matter="x\x07\u2066y"))
    assert letter.subject_name == "ABC D\ufffd"
    assert "xy" in get_answer(letter, WHAT)


def test_a_name_that_ends_in_a_full_stop_ends_the_sentence() -> None:
    """No sentence ends in two full stops."""
    letter = write_letter(
        notice(NoticeKind.DECISION, subject_name="Norte, S. de R.L. de C.V.", office_name="Office of Ex.")
    )
    assert ".." not in render_letter_text(letter)


@pytest.mark.parametrize(
    ("kind", "changes", "missing"),
    [
        (NoticeKind.PROPOSAL, {"matter": " "}, "what is meant"),
        (NoticeKind.PROPOSAL, {"matter": "\u202e\x00"}, "what is meant"),
        (NoticeKind.DECISION, {"decided_by": ""}, "human"),
        (NoticeKind.DECISION, {"reasons": "\n"}, "reasons"),
        (NoticeKind.PROPOSAL, {"reasons": ""}, "reasons"),
        (NoticeKind.PROPOSAL, {"reply_until": None}, "answered"),
        (NoticeKind.PROPOSAL, {"reply_until": date(2026, 3, 2)}, "time to answer"),
        (NoticeKind.DECISION, {"appeal_until": date(2025, 1, 1)}, "time to answer"),
    ],
)
def test_a_notice_that_leaves_the_subject_without_an_answer_is_refused(
    kind: NoticeKind, changes: dict[str, Any], missing: str
) -> None:
    """Without what, who, why or time to answer there is no letter; the error names the case."""
    with pytest.raises(BadInput, match=missing) as refusal:
        write_letter(notice(kind, **changes))
    assert refusal.value.where == "GS-1204"


def test_a_withdrawal_needs_no_reasons() -> None:
    """Who is let go is told, even where nothing is said about why."""
    assert "no further" in get_answer(write_letter(notice(NoticeKind.WITHDRAWAL, reasons="")), ABOUT)


def test_a_demonstration_says_so_first() -> None:
    """A letter of a demonstration begins with saying that it binds nobody."""
    assert render_letter_text(write_letter(notice(demonstration=True))).startswith("A demonstration.")
    assert write_letter(notice()).caution == ""


def test_the_proof_stands_at_the_end() -> None:
    """Position, size and the signed checkpoint, line by line; nothing where there is none."""
    letter = write_letter(notice())
    assert "event 611,022 of a ledger that held 611,208" in letter.proof.text
    assert letter.checkpoint[1] == "611208"
    assert render_letter_text(letter).rstrip().endswith("TOAYQ8=")
    assert write_letter(notice(checkpoint="")).proof.text == ""
    assert "611 208" in write_letter(notice(language="es", position=None)).proof.text


def test_a_fact_is_said_in_the_language_of_the_letter() -> None:
    """Whether something holds, a day and the file number are written as the letter's language writes them."""
    facts = (("Grave", True), ("Repaired", False), ("Served", date(2026, 3, 2)), ("Cause", "fraud"))
    expected = {
        "en": [("File number", "B-1"), ("Grave", "yes"), ("Repaired", "no"), ("Served", "2 March 2026")],
        "es": [("Número de expediente", "B-1"), ("Grave", "sí"), ("Repaired", "no"), ("Served", "2 de marzo de 2026")],
        "zh": [("案卷编号", "B-1"), ("Grave", "是"), ("Repaired", "否"), ("Served", "2026年3月2日")],
    }
    for language, pairs in expected.items():
        letter = write_letter(notice(language=language, file_number="B-1", facts=facts))
        (paragraph,) = (paragraph for paragraph in letter.parts[EVIDENCE].paragraphs if paragraph.pairs)
        assert list(paragraph.pairs) == [*pairs, ("Cause", "fraud")]


@pytest.mark.parametrize(
    ("language", "rules_language", "sentence"),
    [
        ("zh", "en", "尚无中文译文"),
        ("es", "en", "Todavía no hay traducción al español."),
        ("en", "zh-hans", "There is no translation into English yet."),
        ("en", "en", ""),
        ("es", "es-MX", ""),
        ("zh", "zh", ""),
    ],
)
def test_a_letter_says_which_of_its_words_have_no_translation(
    language: str, rules_language: str, sentence: str
) -> None:
    """Each part that quotes rules in another language says so before it does, and only such a part."""
    letter = write_letter(notice(language=language, rules_language=rules_language))
    saying = [number for number in range(8) if sentence and sentence in get_answer(letter, number)]
    assert saying == ([WHAT, LAW, EVIDENCE] if sentence else [])
    assert sentence or "translation" not in render_letter_text(letter)
