"""What quarantine keeps of a problem: its words for people, its code for programs, also of rows without codes."""

from __future__ import annotations

import json

import msgspec
import pytest

from goodstanding.intake.problems import ErasedRecordProblem, ProblemCode, RepeatedRowProblem, RowProblem
from goodstanding.intake.quarantine.stored_problems import parse_problems, render_problems

PROBLEMS = (
    RowProblem(3, "hygiene", "not a whole number", "x"),
    ErasedRecordProblem(3, "", "whatever it is called"),
    RepeatedRowProblem(3, "reference", "another word for it", "77"),
)


def test_a_problem_is_kept_with_its_code() -> None:
    """It comes back as it was, whatever its words are."""
    assert parse_problems(3, render_problems(PROBLEMS)) == PROBLEMS
    assert [problem.code for problem in PROBLEMS] == [None, ProblemCode.ERASED, ProblemCode.REPEATED]


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (
            "a record with this reference was erased here, so it is not taken in again; another matter needs its own",
            ProblemCode.ERASED,
        ),
        ("the same finding stands in row 2 already", ProblemCode.REPEATED),
        ("not a whole number", None),
    ],
)
def test_a_row_that_was_kept_without_codes_has_them(reason: str, code: ProblemCode | None) -> None:
    """Its code is derived from the words of the time when it was put aside."""
    [problem] = parse_problems(3, json.dumps([["reference", reason, "77"]]))
    assert (problem.code, problem.reason, problem.column, problem.value) == (code, reason, "reference", "77")


def test_words_alone_decide_nothing() -> None:
    """A problem that is kept with no code has none, however its words begin."""
    [problem] = parse_problems(3, render_problems([RowProblem(3, "", "the same finding stands in row 2 already")]))
    assert problem.code is None


def test_a_code_is_no_part_of_what_is_answered() -> None:
    """As JSON every problem has the same four keys."""
    keys = {"row", "column", "reason", "value"}
    assert all(json.loads(msgspec.json.encode(problem)).keys() == keys for problem in PROBLEMS)
