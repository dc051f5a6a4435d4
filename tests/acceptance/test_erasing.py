"""Erasing by the program, as two people at a terminal do it; and what it says to those who do it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.acceptance.program import assert_holds, run, succeed
from tests.clerk import as_csv, uk

LAW = ("--basis", "Example Act art. 9")


@pytest.fixture
def filled(register: Path, tmp_path: Path) -> Path:
    """A register with twelve establishments that were graded long ago, and one that was graded lately."""
    rows = [uk(number, businessname=f"Quagga Place {number}") for number in range(100, 112)]
    rows.append(uk(200, businessname="Tarpan Place", ratingdate="2026-01-05"))
    succeed("ingest", as_csv(tmp_path / "hygiene_2026-02-16.csv", rows), "--feed", "uk-fhrs", register=register)
    return register


def words_left(register: Path, word: str) -> bool:
    """Whether any file of the register holds a word."""
    return any(word.encode() in one.read_bytes() for one in register.rglob("*") if one.is_file())


def test_what_is_due_goes_once_two_people_signed(filled: Path) -> None:
    """Due positions are asked for by one and confirmed by another; nothing of them is left in any file."""
    plan = succeed("retention", "--json", register=filled).json()
    assert [(one["overdue"], one["records"]) for one in plan] == [(True, 12), (False, None)]
    due = [one["position"] for one in succeed("retention", "--due", "--json", register=filled).json()]
    assert len(due) == 12
    assert "fewer than 10" in succeed("retention", register=filled).text()
    asked = succeed("erase", *due, "--reason", "term", *LAW, "--by", "Ada Asker", "--json", register=filled).json()
    assert asked["asked"]["positions"] == due
    assert str(asked["position"]) in succeed("erase", "list", register=filled).text()
    assert words_left(filled, "Quagga Place")
    done = succeed("erase", "confirm", asked["position"], "--by", "Ben Confirmer", "--json", register=filled).json()
    assert (done["erased"], done["washed"]) == (due, True)
    assert not words_left(filled, "Quagga Place")
    assert not words_left(filled, "uk-fhrs-row:105")
    assert words_left(filled, "Tarpan Place")
    assert_holds(filled)
    assert run("standing", "uk-fhrs-row:105", register=filled).code == 3
    assert succeed("rebuild", "--json", register=filled).json()["differences"] == []


def test_nobody_erases_alone_early_or_without_a_law(filled: Path) -> None:
    """One person twice, a record that is still kept, and no article of a law are refused with 3 and the reason."""
    early = run("search", "Tarpan", "--json", register=filled)
    assert early.code == 0
    position = 1 + max(
        one["position"] for one in succeed("retention", "--due", "--json", register=filled).json()
    )  # fmt: skip
    asked = ("erase", position, "--by", "Ada Asker", "--reason")
    assert "kept until" in run(*asked, "term", *LAW, register=filled).err
    assert "no article" in run(*asked, "order", "--basis", "the law", register=filled).err
    assert "no reason" in run(*asked, "whim", *LAW, register=filled).err
    made = succeed(*asked, "order", *LAW, "--json", register=filled).json()
    alone = run("erase", "confirm", made["position"], "--by", "ADA ASKER", register=filled)
    assert (alone.code, "asked for it" in alone.err) == (3, True)
    succeed("erase", "refuse", made["position"], "--by", "Ben Confirmer", "--text", "No such order.", register=filled)
    assert run("erase", "confirm", made["position"], "--by", "Ben Confirmer", register=filled).code == 3
    assert words_left(filled, "Tarpan Place")
    assert_holds(filled)


def test_old_look_ups_are_counted_as_they_go(filled: Path) -> None:
    """Where none is older than five years, none goes."""
    assert succeed("look-ups", "purge", "--json", register=filled).json() == {"deleted": 0}
