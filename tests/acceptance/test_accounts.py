"""Accounts as whoever runs a register gives them, and a day that is chosen for a demonstration only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.acceptance.program import run, succeed
from tests.clerk import as_csv, final, rfc

from goodstanding.access import Role

COMPANY = f"mx-rfc:{rfc(1)}"


@pytest.fixture
def filled(register: Path, tmp_path: Path) -> Path:
    """A register with one listed company."""
    succeed(
        "ingest", as_csv(tmp_path / "list_2021-05-18.csv", [final(rfc(1))]), "--feed", "mx-sat-69b", register=register
    )
    return register


def test_an_account_is_given_with_a_password_shown_once(filled: Path) -> None:
    """A second part brings none; the list shows parts and never a password; the same part again is refused."""
    said = succeed("account", "add", "Ada Clerk", "--role", "source", "--scope", "mx-sat", "--json", register=filled)
    assert (said.json()["role"], said.json()["scope"]) == ("source", "mx-sat")
    password = said.json()["password"]
    assert len(password) >= 20
    again = succeed("account", "add", "Ada Clerk", "--role", "overseer", "--json", register=filled).json()
    assert again["password"] is None
    listed = succeed("account", "list", "--json", register=filled)
    assert {(one["name"], one["role"], one["scope"]) for one in listed.json()} == {
        ("Ada Clerk", "source", "mx-sat"), ("Ada Clerk", "overseer", "")
    }  # fmt: skip
    assert password not in listed.text()
    assert run("account", "add", "Ada Clerk", "--role", "overseer", register=filled).code == 1


def test_an_account_for_a_subject_works_once_a_mandate_holds(filled: Path) -> None:
    """Whoever runs the register gives the account, not the mandate; both the answer and the list say so."""
    said = succeed("account", "add", "Dora", "--role", "subject", "--scope", COMPANY, register=filled).text()
    assert "/account/claim" in said
    [one] = succeed("account", "list", "--json", register=filled).json()
    assert (one["scope"], one["state"], one["until"]) == (COMPANY, "no mandate", "")


def test_a_closed_account_is_closed_and_can_be_opened_again(filled: Path) -> None:
    """Closed twice is refused; opened again it has a new password."""
    first = succeed("account", "add", "Ben", "--role", "decider", "--scope", "mx-sat", "--json", register=filled).json()
    succeed("account", "close", "Ben", register=filled)
    assert succeed("account", "list", "--json", register=filled).json()[0]["state"] == "closed"
    assert run("account", "close", "Ben", register=filled).code == 1
    opened = succeed("account", "add", "Ben", "--json", register=filled).json()
    assert opened["password"] not in (None, first["password"])
    changed = succeed("account", "password", "Ben", "--without-second-step", "--json", register=filled).json()
    assert changed["password"] not in (opened["password"], first["password"])


@pytest.mark.parametrize(
    ("asked", "code", "word"),
    [
        (("add", "Eve", "--role", "operator"), 3, "decider"),
        (("add", "Eve", "--role", "anybody"), 3, "decider"),
        (("add", "Eve", "--role", "source", "--scope", "nowhere"), 3, "mx-sat"),
        (("add", "Eve", "--role", "source"), 3, "source"),
        (("add", "Eve", "--role", "subject", "--scope", "nonsense"), 3, "scheme"),
        (("add", "Eve", "--role", "subject", "--scope", f"mx-rfc:{rfc(99)}"), 3, "another identifier"),
        (("add", "Eve", "--role", "overseer", "--scope", "mx-sat"), 3, "--scope"),
        (("add", "Eve", "--role", "appeal"), 3, "--scope"),
        (("add", ""), 3, "name"),
        (("add", "Eve\x1b[2J"), 3, "name"),
        (("add", "x" * 200), 3, "150"),
        (("close", "Nobody"), 3, "Nobody"),
        (("password", "Nobody"), 3, "Nobody"),
    ],
)  # fmt: skip
def test_what_cannot_be_given_is_refused(filled: Path, asked: tuple[str, ...], code: int, word: str) -> None:
    """With what would be right; no account is made."""
    ran = run("account", *asked, register=filled)
    assert (ran.code, "Traceback" in ran.err) == (code, False)
    assert word in ran.err
    assert succeed("account", "list", "--json", register=filled).json() == []


def test_a_demonstration_has_an_account_for_every_role(demonstration: Path) -> None:
    """Those who represent a company have a mandate of a year; the operator has none."""
    listed = succeed("account", "list", "--json", register=demonstration).json()
    assert {one["role"] for one in listed} == {role.value for role in Role} - {"operator", "anybody"}
    for one in listed:
        assert (one["state"], bool(one["until"])) == ("open", one["role"] == "subject")
        assert not one["until"] or date.fromisoformat(one["until"])


@pytest.mark.parametrize("day", ["2027-01-05", "tomorrow"])
def test_a_register_in_use_does_not_start_on_another_day(tmp_path: Path, day: str) -> None:
    """The answer says why, and what would be right; a demonstration does not start on a day that is none."""
    succeed("init", tmp_path / "register", "--demonstration" if day == "tomorrow" else "--json")
    ran = run("serve", "--port", "1", register=tmp_path / "register", GOODSTANDING_TODAY=day)
    assert ran.code == 4
    assert "GOODSTANDING_TODAY" in ran.err
    assert "Traceback" not in ran.err
