"""What holds for every letter, whatever is in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.notices import exhibit, notice
from tests.profiles import share_of_examples

from goodstanding.portal.cases.letters.pdf import print_letter
from goodstanding.procedure.letters import clean_line, render_letter_text, split_paragraphs
from goodstanding.procedure.notices import CitedLaw, Exhibit, Notice, NoticeKind, write_letter

HOSTILE = st.text(max_size=200) | st.text(
    alphabet="\x00\x07\n\r\t\u202e\u2066\u200b\ufeff\ud800\u0301{}%#$*_`@<>\\/=-+\"'&工שלום👩\u200d🚀 aé.", max_size=80
)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
KINDS = st.sampled_from(list(NoticeKind))
TEXTS = (
    "reference",
    "subject_name",
    "subject_identifier",
    "office_name",
    "matter",
    "reasons",
    "appeal_to",
    "how_to_answer",
)


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    """Any whole notice."""
    kind, day = draw(KINDS), draw(DAYS)
    later = st.integers(1, 4_000).map(lambda days: day + timedelta(days=days))
    changes: dict[str, Any] = {name: draw(HOSTILE) for name in (*TEXTS, "decided_by", "checkpoint")}
    needed = {name: f"A {changes[name]}" for name in ("matter", "reasons", "decided_by")}
    return notice(
        kind,
        **changes | needed,
        day=day,
        language=draw(st.sampled_from(["en", "es", "zh", "xx"])),
        follows=tuple(draw(st.lists(HOSTILE, max_size=3))),
        laws=tuple(
            CitedLaw(*law) for law in draw(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE, st.booleans()), max_size=2))
        ),
        facts=tuple(draw(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=2))),
        evidence=tuple(
            Exhibit(draw(HOSTILE), exhibit().digest, draw(st.integers(0, 10**8)), draw(HOSTILE)) for _name in "ab"
        ),
        takes_effect=draw(st.none() | later | HOSTILE),
        ends_on=draw(st.none() | later),
        reply_until=draw(later) if kind is NoticeKind.PROPOSAL else draw(st.none() | later),
        silence_until=draw(st.none() | later),
        appeal_until=draw(st.none() | later),
        favourable=draw(st.booleans()),
        position=draw(st.none() | st.integers(0, 10**9)),
        demonstration=draw(st.booleans()),
    )


@settings(max_examples=share_of_examples(150))
@given(notices())
def test_every_letter_answers_every_question(notice: Notice) -> None:
    """Each of eight questions has an answer, and no text holds what cannot be seen or written."""
    letter = write_letter(notice)
    assert len(letter.parts) == 8
    assert all(
        part.heading and any(paragraph.text or paragraph.quoted for paragraph in part.paragraphs)
        for part in letter.parts
    )
    whole = render_letter_text(letter)
    whole.encode()
    assert not set(whole) & set("\x00\x07\r\u202e\u2066\ufeff")


@settings(max_examples=share_of_examples(150))
@given(notices())
def test_what_an_authority_says_is_passed_on_word_for_word(notice: Notice) -> None:
    """Reasons, what is meant and how to answer stand in the letter as they were said, but for what cannot be seen."""
    whole = render_letter_text(write_letter(notice))
    for text in (notice.matter, notice.reasons, notice.how_to_answer):
        assert [paragraph for paragraph in split_paragraphs(text) if paragraph not in whole] == []


@settings(max_examples=share_of_examples(150))
@given(notices())
def test_a_letter_never_names_a_day_to_answer_that_is_too_late(notice: Notice) -> None:
    """The last day in time is named where there is time, and nowhere else."""
    letter = write_letter(notice)
    parts = "".join(paragraph.text for paragraph in letter.parts[5].paragraphs)
    if notice.reply_until:
        assert str((notice.reply_until - timedelta(days=1)).year) in letter.deadline
        assert letter.deadline in parts


@settings(max_examples=share_of_examples(40))
@given(notices())
def test_every_letter_can_be_printed(notice: Notice) -> None:
    """No text breaks the typesetting, and the same letter is the same bytes."""
    letter = write_letter(notice)
    printed = print_letter(letter)
    assert printed.content.startswith(b"%PDF")
    assert printed == print_letter(letter)


@given(HOSTILE)
def test_a_shown_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    """What is shown has no line end, control character or half character, and showing it again changes nothing."""
    once = clean_line(text)
    assert clean_line(once) == once
    assert len(once.splitlines()) <= 1
    once.encode()
