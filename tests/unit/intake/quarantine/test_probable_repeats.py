"""One decision sent twice under two spellings of its number weighs once; what only looks alike is taken and said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.clerk import Row
from tests.registers import NOW

from goodstanding.messages import IntakeMessage

Send = Callable[..., Any]
FEED, COMPANY, OTHER_COMPANY = "cn-js-conduct", "91990100MA0EXYQ1A3", "91990100MA0EXBY2B0"


@pytest.fixture(autouse=True)
def environment(enact: Callable[[str], int]) -> None:
    """The register of the test has the catalogue cn-environment-12 in force."""
    enact("cn-environment-12")


def decision(reference: str, /, **cells: str) -> Row:
    """A row of the feed: a fine for a company, unless told otherwise."""
    cells_of_row = {
        "case_no": reference, "uscc": COMPANY, "name": "Yunqiao", "name_en": "Yunqiao", "district": "A",
        "day": "2026-05-18", "act": "excess-air-emission-fine",
    }  # fmt: skip
    return cells_of_row | cells


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("first", "second"),
    [("0012", "12"), ("12", "0012"), ("a-12", "A-12"), ("12", "１２"), ("No 12", "No12"),
     ("D/2026-06-02", "D/2026-06-02T00:00:00.000")],
)  # fmt: skip
def test_the_same_decision_in_another_spelling_waits(send: Send, first: str, second: str) -> None:
    """In a later file or in the same one it is put aside and names the other; on file is one."""
    intake = send(FEED, [decision(first)], stated="2026-06-01")
    assert (intake.issued, intake.notes) == (1, ())
    again = send(FEED, [decision(second)], stated="2026-07-01")
    assert (again.issued, again.corrected, again.quarantined) == (0, 0, 1)
    [problem] = again.problems
    assert (problem.code, problem.column) == (IntakeMessage.ROW_PROBABLY_REPEATED, "case_no")
    assert problem.message.params["other"] == first
    beside = send(FEED, [decision(f"X{first}"), decision(f"X{second}")], stated="2026-08-01")
    assert (beside.issued, beside.quarantined) == (1, 1)


@pytest.mark.parametrize(
    ("reference", "cells"),
    [("12", {"act": "order-to-correct"}), ("12", {"day": "2026-05-19"}), ("13", {})],
)
def test_what_only_looks_alike_is_taken_and_said(send: Send, reference: str, cells: dict[str, str]) -> None:
    """Other facts under a number spelled alike, or the same facts under another number, are one more finding."""
    send(FEED, [decision("0012")], stated="2026-06-01")
    intake = send(FEED, [decision(reference, **cells)], stated="2026-07-01")
    assert (intake.issued, [note.code for note in intake.notes]) == (1, [IntakeMessage.SIMILAR_TAKEN])


def test_other_companies_and_what_is_gone_look_like_nothing(send: Send) -> None:
    """The same number of another company is another matter, and a finding on file under its number is itself."""
    send(FEED, [decision("0012"), decision("12", uscc=OTHER_COMPANY)], stated="2026-06-01")
    again = send(FEED, [decision("0012"), decision("12", uscc=OTHER_COMPANY)], stated="2026-07-01")
    assert (again.unchanged, again.notes, again.problems) == (2, (), ())


def test_a_waiting_repeat_does_not_go_in_by_itself(send: Send) -> None:
    """Tried again as it is, it waits on."""
    from goodstanding.intake.quarantine.quarantine_entries import count_open_entries
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine

    send(FEED, [decision("0012"), decision("12")], stated="2026-06-01")
    assert [result.issued for result in replay_quarantine(FEED, NOW)] == [0]
    assert count_open_entries(FEED) == 1
