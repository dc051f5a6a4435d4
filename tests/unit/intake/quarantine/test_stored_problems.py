"""What quarantine keeps of a problem: its code and parameters, and of rows of old the words of their time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from goodstanding.errors import BadFile
from goodstanding.intake.problems import RowProblem, get_message, pack_message, unpack_message
from goodstanding.intake.quarantine.stored_problems import parse_problems, render_problems
from goodstanding.messages import IntakeMessage, Message, MessageCode, SubmissionMessage

FILE = Message(SubmissionMessage.FILE_NOT_UTF8, {"file": "a.csv", "error": "", "sample": ""})
PROBLEMS = (
    RowProblem(3, "hygiene", Message(IntakeMessage.VALUE_NO_WHOLE_NUMBER), "x"),
    RowProblem(3, "", Message(IntakeMessage.ROW_ERASED)),
    RowProblem(3, "reference", Message(IntakeMessage.ROW_REPEATED, {"row": 2}), "77"),
    RowProblem(3, "", Message(IntakeMessage.FILE_REFUSED, {"refusal": FILE, "details": "\n  where: line 2"})),
)
ERASED = "a record with this reference was erased here, so it is not taken in again; another matter needs its own"


def test_a_problem_is_kept_as_column_code_parameters_and_value() -> None:
    """It comes back as it was, also where one message is a parameter of another."""
    kept = render_problems(PROBLEMS)
    assert json.loads(kept)[2] == {"column": "reference", "code": "row-repeated", "params": {"row": 2}, "value": "77"}
    assert parse_problems(3, kept) == PROBLEMS
    assert [problem.is_never_kept for problem in PROBLEMS] == [False, True, False, False]
    assert [problem.is_repeated for problem in PROBLEMS] == [False, False, True, False]


@pytest.mark.parametrize(
    ("kept", "code"),
    [
        ([ERASED, "77"], IntakeMessage.ERASED_OF_OLD),
        (["the same finding stands in row 2 already", "77"], IntakeMessage.REPEATED_OF_OLD),
        (["not a whole number", "77"], IntakeMessage.WORDS_OF_OLD),
        (["whatever it was called", "77", "erased"], IntakeMessage.ERASED_OF_OLD),
        (["another word for it", "77", "repeated"], IntakeMessage.REPEATED_OF_OLD),
        (["the same finding stands in row 2 already", "77", ""], IntakeMessage.WORDS_OF_OLD),
    ],
)
def test_a_row_of_old_keeps_its_words(kept: list[Any], code: MessageCode) -> None:
    """Its code is the one that it was kept with, else that of the words of the time when it was put aside."""
    [problem] = parse_problems(3, json.dumps([["reference", *kept]]))
    assert (problem.column, problem.reason, problem.value, problem.code) == ("reference", *kept[:2], code)
    assert problem.is_never_kept is (code is IntakeMessage.ERASED_OF_OLD)
    assert problem.is_repeated is (code is IntakeMessage.REPEATED_OF_OLD)


def test_programs_read_four_keys() -> None:
    """A problem is answered as its row, column, reason and value."""
    assert [problem.describe() for problem in PROBLEMS[2:]] == [
        {"row": 3, "column": "reference", "reason": "the same finding stands in row 2 already", "value": "77"},
        {"row": 3, "column": "", "reason": "a.csv is not in UTF-8.\n  where: line 2", "value": None},
    ]


@pytest.mark.parametrize("kept", ["too long", {"code": "of-a-newer-version", "params": {"most": 3}}])
def test_what_is_kept_without_a_known_code_is_shown_all_the_same(kept: Any) -> None:
    """As the words that were kept, or as the code that this version does not know."""
    assert str(unpack_message(kept)) == (kept if isinstance(kept, str) else "of-a-newer-version")


def test_an_error_is_told_as_the_message_that_it_is_made_of() -> None:
    """One that has words alone is told in them."""
    assert get_message(BadFile(FILE)) == FILE
    assert pack_message(get_message(BadFile("It is broken."))) == {
        "code": "words", "params": {"words": "It is broken."},
    }  # fmt: skip
