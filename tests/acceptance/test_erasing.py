"""Erasing by the program, as two people at a terminal do it; and what it says to those who do it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.acceptance.program import assert_holds, run_in_process, succeed
from tests.clerk import uk_row, write_csv

LAW = ("--basis", "Example Act art. 9")


@pytest.fixture
def filled_register(register: Path, tmp_path: Path) -> Path:
    """A register with twelve establishments that were graded long ago, and one that was graded lately."""
    rows = [uk_row(number, businessname=f"Quagga Place {number}") for number in range(100, 112)]
    rows.append(uk_row(200, businessname="Tarpan Place", ratingdate="2026-01-05"))
    succeed("ingest", write_csv(tmp_path / "hygiene_2026-02-16.csv", rows), "--feed", "uk-fhrs", register=register)
    return register


def is_word_left(register: Path, word: str) -> bool:
    """Whether any file of the register holds a word."""
    return any(word.encode() in path.read_bytes() for path in register.rglob("*") if path.is_file())


def test_what_is_due_goes_once_two_people_signed(filled_register: Path) -> None:
    """Due positions are asked for by one and confirmed by another; nothing of them is left in any file."""
    plan = succeed("retention", "--json", register=filled_register).json()
    assert [(term["overdue"], term["records"]) for term in plan] == [(True, 12), (False, None)]
    due = [term["position"] for term in succeed("retention", "--due", "--json", register=filled_register).json()]
    assert len(due) == 12
    assert "fewer than 10" in succeed("retention", register=filled_register).text()
    request = succeed(
        "erase", *due, "--reason", "term", *LAW, "--by", "Ada Asker", "--json", register=filled_register
    ).json()
    assert request["asked"]["positions"] == due
    assert str(request["position"]) in succeed("erase", "list", register=filled_register).text()
    assert is_word_left(filled_register, "Quagga Place")
    done = succeed(
        "erase", "confirm", request["position"], "--by", "Ben Confirmer", "--json", register=filled_register
    ).json()
    assert (done["erased"], done["washed"]) == (due, True)
    assert not is_word_left(filled_register, "Quagga Place")
    assert not is_word_left(filled_register, "uk-fhrs-row:105")
    assert is_word_left(filled_register, "Tarpan Place")
    assert_holds(filled_register)
    assert run_in_process("standing", "uk-fhrs-row:105", register=filled_register).code == 3
    assert succeed("rebuild", "--json", register=filled_register).json()["differences"] == []


def test_nobody_erases_alone_early_or_without_a_law(filled_register: Path) -> None:
    """One person twice, a record that is still kept, and no article of a law are refused with 3 and the reason."""
    early = run_in_process("search", "Tarpan", "--json", register=filled_register)
    assert early.code == 0
    position = 1 + max(
        term["position"] for term in succeed("retention", "--due", "--json", register=filled_register).json()
    )  # fmt: skip
    command = ("erase", position, "--by", "Ada Asker", "--reason")
    assert "kept until" in run_in_process(*command, "term", *LAW, register=filled_register).err
    assert "no article" in run_in_process(*command, "order", "--basis", "the law", register=filled_register).err
    assert "no reason" in run_in_process(*command, "whim", *LAW, register=filled_register).err
    request = succeed(*command, "order", *LAW, "--json", register=filled_register).json()
    alone = run_in_process("erase", "confirm", request["position"], "--by", "ADA ASKER", register=filled_register)
    assert (alone.code, "asked for it" in alone.err) == (3, True)
    succeed(
        "erase",
        "refuse",
        request["position"],
        "--by",
        "Ben Confirmer",
        "--text",
        "No such order.",
        register=filled_register,
    )
    assert (
        run_in_process("erase", "confirm", request["position"], "--by", "Ben Confirmer", register=filled_register).code
        == 3
    )
    assert is_word_left(filled_register, "Tarpan Place")
    assert_holds(filled_register)


def test_old_look_ups_are_counted_as_they_go(filled_register: Path) -> None:
    """Where none is older than five years, none goes."""
    assert succeed("look-ups", "purge", "--json", register=filled_register).json() == {"deleted": 0}
