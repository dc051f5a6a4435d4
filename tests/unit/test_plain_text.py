"""One policy of text: the same characters are refused, or taken out and named, at every door where people write."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scenarios import PlayedRegister

from goodstanding import plain_text
from goodstanding.errors import BadInput

FORBIDDEN = {
    "NUL": "\x00", "a bell": "\x07", "an escape": "\x1b", "a vertical tab": "\x0b", "a unit separator": "\x1f",
    "delete": "\x7f", "a control of eight bits": "\x9b", "half a pair": "\ud800", "the other half": "\udfff",
    "an override": "\u202e", "an embedding": "\u202a", "an isolate": "\u2066", "a byte order mark": "\ufeff",
    "an annotation": "\ufff9", "no character": "\ufffe", "no character in Arabic forms": "\ufdd0",
    "no character of another plane": "\U0001ffff", "a tag": "\U000e0041",
}  # fmt: skip
HONEST = {
    "Chinese": "你好 餐厅", "a wide space": "你好\u3000餐厅", "Persian with a joiner": "می\u200cخواهم",
    "Sinhala with a joiner": "ශ්\u200dරී", "Hebrew with a direction mark": "שלום\u200f!",
    "Thai with a break": "ไทย\u200bไทย",
    "a family of emoji": "👨\u200d👩\u200d👧", "accents apart": "e\u0301", "a private character": "\ue000",
    "a newer character": "\U000323b0", "a space that does not break": "120\u00a0€", "HTML": "<b>=1+1</b> & '; --",
    "a soft hyphen": "Donau\u00addampf",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def register_of_doors(get_played_register: Callable[..., PlayedRegister], database_kind: str) -> Iterator[None]:
    """One register, in which nothing is written, for all doors."""
    from goodstanding.register.storage.lifecycle import use_register

    with use_register(get_played_register(database_kind, ()).folder):
        yield


def check_text(text: str) -> str:
    """A text that an event keeps."""
    from goodstanding.register.storage.event_text import check_event_text

    return check_event_text(text, "text")


def check_line(text: str) -> str:
    """A name that an event keeps."""
    from goodstanding.register.storage.event_text import check_event_line

    return check_event_line(text, "name")


def check_reply(text: str) -> str:
    """A reply that stands beside an entry in public."""
    from goodstanding.register.cases.public_replies import check_reply_text

    return check_reply_text(text)


def check_reason(text: str) -> str:
    """A source's reason for a withdrawal."""
    from goodstanding.intake.submissions.single_record import check_withdrawal_reason

    return check_withdrawal_reason(text)


def check_act(text: str) -> str:
    """The reasons of an act in a case."""
    from goodstanding.register.cases.acts import check_act_content

    return str(check_act_content({"text": text})["text"])


REFUSING = {door.__name__: door for door in (check_text, check_line, check_reply, check_reason, check_act)}


def clean_form(text: str) -> tuple[str, bool]:
    """The text of a form of a case."""
    from goodstanding.web.forms.form_fields import TextField

    cleaned, problem = TextField("Your reply", way="words").clean_letters(text)
    return cleaned, problem is not None


def clean_application(text: str) -> tuple[str, bool]:
    """The text of an application."""
    return _clean_application_field("text", text)


def clean_application_name(text: str) -> tuple[str, bool]:
    """A field of one line of an application."""
    return _clean_application_field("name", text)


def _clean_application_field(name: str, text: str) -> tuple[str, bool]:
    from goodstanding.portal.applications.forms import build_application_fields

    cleaned, problem = dict(build_application_fields({}, "What happened"))[name].clean_letters(text)
    return cleaned, problem is not None


def clean_single_line(text: str) -> tuple[str, bool]:
    """A field of one line of any form."""
    from goodstanding.web.forms.entered_text import clean_entered_text

    cleaned, problem = clean_entered_text(text, "name", 200, lines=False)
    return cleaned, problem is not None


CLEANING = {door.__name__: door for door in (clean_form, clean_application, clean_application_name, clean_single_line)}


@pytest.mark.parametrize("character", FORBIDDEN.values(), ids=FORBIDDEN)
@pytest.mark.parametrize("door", REFUSING.values(), ids=REFUSING)
def test_what_no_text_has_is_refused_by_name_before_an_event_keeps_it(
    door: Callable[[str], str], character: str
) -> None:
    """Every function that lets a text into the ledger names the character that it does not take."""
    with pytest.raises(BadInput, match=f"U\\+{ord(character):04X}"):
        door(f"It{character} was so.")


@pytest.mark.parametrize("character", FORBIDDEN.values(), ids=FORBIDDEN)
@pytest.mark.parametrize("door", CLEANING.values(), ids=CLEANING)
def test_what_no_text_has_is_taken_out_of_a_form_and_said(
    door: Callable[[str], tuple[str, bool]], character: str
) -> None:
    """Nothing legible that was typed is lost, and nothing is sent before its writer has seen what became of it."""
    assert door(f"It{character} was so.") == ("It was so.", True)


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
@pytest.mark.parametrize("door", REFUSING.values(), ids=REFUSING)
def test_honest_text_of_any_script_is_kept(door: Callable[[str], str], text: str) -> None:
    """Joiners, direction marks of one letter and newer characters are text; only spaces of a name may be made plain."""
    assert door(text) in (text, " ".join(text.split()))


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
@pytest.mark.parametrize("door", CLEANING.values(), ids=CLEANING)
def test_honest_text_of_any_script_can_be_typed(door: Callable[[str], tuple[str, bool]], text: str) -> None:
    """A form takes what an event keeps, without a word."""
    assert door(text) in ((text, False), (" ".join(text.split()), False))


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("door", [check_text, check_reason, lambda text: clean_form(text)[0]])
def test_every_line_break_is_kept_as_one_kind(door: Callable[[str], str], line_break: str) -> None:
    """However a system writes the end of a line, the ledger has one; a tab stays."""
    assert door(f"One\tline{line_break}another") == "One\tline\nanother"


@pytest.mark.parametrize("door", [check_line, check_reply, lambda text: clean_single_line(text)[0]])
def test_a_text_of_one_line_has_spaces_for_its_line_breaks(door: Callable[[str], str]) -> None:
    """A name that was copied over two lines is the same name."""
    assert door(" Ada \r\n\tLovelace ") == "Ada Lovelace"


@pytest.mark.parametrize("character", ["\x00", "\n", "\t", "\x1b", "\x7f", "\x9b", "\ud800", "\ufffe"])
def test_a_question_with_what_no_text_has_is_refused(character: str) -> None:
    """A parameter of an address is of one line, and of characters that a database can hold."""
    from goodstanding.web.http.parameters import check_short_text

    with pytest.raises(BadInput):
        check_short_text(f"a{character}b", "q")


def test_marks_that_were_copied_along_do_not_spoil_a_question() -> None:
    """An identifier copied from a system that puts direction marks around it is found."""
    from goodstanding.web.http.parameters import check_short_text

    assert check_short_text("\u202aGB-COH:00000006\u202c", "q") == "GB-COH:00000006"


@pytest.mark.parametrize("character", FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_letter_shows_nothing_that_no_text_has(character: str) -> None:
    """Not even of a text that an older ledger holds; where half a character stood, a sign says so."""
    from goodstanding.procedure.letters import clean_line

    assert not plain_text.list_forbidden_codes(clean_line(f"It{character} was so."))
    assert clean_line(f"It{character} was so.") in ("It was so.", "It\ufffd was so.")


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 501])
def test_nothing_and_too_much_are_refused_with_what_would_be_right(text: str) -> None:
    """The limit of each use stands in its remedy."""
    with pytest.raises(BadInput) as refused:
        check_reply(text)
    assert "500" in (refused.value.remedy or "")


@pytest.mark.parametrize(
    ("text", "same"),
    [("0012", "12"), ("A 007/05", "a7/5"), ("１２", "12"), ("2014-06-02T00:00:00.000", "2014-06-02"), ("0", "0"),
     ("00", "0"), ("1.05", "1.05"), ("100", "100"), (" a\u3000b ", "ab"), ("2014-06-02 00:00:00", "2014-6-2")],
)  # fmt: skip
def test_what_copying_changes_is_folded(text: str, same: str) -> None:
    """Zeros in front, spaces, width and case, and a midnight behind a day tell no two references apart."""
    assert plain_text.fold_spelling(text) == plain_text.fold_spelling(same)


@pytest.mark.parametrize(
    ("text", "other"), [("1.05", "1.5"), ("10", "1"), ("2014-06-02T10:00:00", "2014-06-02"), ("a", "b")]
)
def test_what_copying_does_not_change_is_kept_apart(text: str, other: str) -> None:
    """Zeros inside a number and times of day are what was written."""
    assert plain_text.fold_spelling(text) != plain_text.fold_spelling(other)


@given(st.text(min_size=1, max_size=30))
def test_a_name_and_its_other_spellings_have_one_key(text: str) -> None:
    """Whatever it is: capitals, composition and width make no other name, and a key is its own key."""
    key = plain_text.compute_name_key(text)
    assert plain_text.compute_name_key(plain_text.normalize_name(text)) == key
    assert plain_text.compute_name_key(key) == key
