"""Accounts as whoever runs a register gives them, and a day that is chosen for a demonstration only."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from tests.acceptance.program import assert_holds, run_in_process, run_process, succeed
from tests.clerk import final_mx_row, rfc, write_csv

from goodstanding.access import Role

COMPANY = f"mx-rfc:{rfc(1)}"


@pytest.fixture(scope="module")
def filled_register(new_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A register with one listed company, in which each test gives accounts to other people."""
    folder = shutil.copytree(new_register, tmp_path_factory.mktemp("accounts") / "register")
    file = write_csv(folder.with_name("list_2021-05-18.csv"), [final_mx_row(rfc(1))])
    succeed("ingest", file, "--feed", "mx-sat-69b", register=folder)
    yield folder
    assert_holds(folder)


def list_accounts(register: Path, name: str) -> list[dict[str, str]]:
    """The lines of one person in the list."""
    return [
        account for account in succeed("account", "list", "--json", register=register).json() if account["name"] == name
    ]


def test_an_account_is_given_with_a_password_shown_once(filled_register: Path) -> None:
    """A second part brings none; the list shows parts and never a password; the same part again is refused."""
    printed = succeed(
        "account", "add", "Ada Clerk", "--role", "source", "--scope", "mx-sat", "--called", "Ada Lovelace", "--json",
        register=filled_register,
    )  # fmt: skip
    assert (printed.json()["role"], printed.json()["scope"]) == ("source", "mx-sat")
    password = printed.json()["password"]
    assert len(password) >= 20
    again = succeed("account", "add", "Ada Clerk", "--role", "overseer", "--json", register=filled_register).json()
    assert again["password"] is None
    parts = list_accounts(filled_register, "Ada Clerk")
    assert {(part["role"], part["scope"]) for part in parts} == {("source", "mx-sat"), ("overseer", "")}
    assert password not in str(parts)
    assert run_in_process("account", "add", "Ada Clerk", "--role", "overseer", register=filled_register).code == 1


def test_a_password_is_kept_as_a_hash_of_production_strength(filled_register: Path) -> None:
    """The installed program keeps it by a slow function with a salt, and it opens; all other tests hash quickly."""
    command = ("account", "add", "Hana", "--role", "overseer", "--json")
    password = succeed(*command, register=filled_register, by=run_process).json()["password"]
    with closing(sqlite3.connect(filled_register / "ledger.sqlite3")) as connection:
        ((kept,),) = connection.execute("SELECT password FROM auth_user WHERE username = 'Hana'").fetchall()
    name, rounds, salt, _digest = kept.split("$")
    assert (name, int(rounds) >= 1_000_000, len(salt) >= 20) == ("pbkdf2_sha256", True, True)
    assert check_password(password, kept)
    assert not check_password(password + "x", kept)


def test_an_account_for_a_subject_works_once_a_mandate_holds(filled_register: Path) -> None:
    """Whoever runs the register gives the account, not the mandate; both the answer and the list say so."""
    printed = succeed(
        "account", "add", "Dora", "--role", "subject", "--scope", COMPANY, register=filled_register
    ).text()
    assert "/account/claim" in printed
    [account] = list_accounts(filled_register, "Dora")
    assert (account["scope"], account["state"], account["until"]) == (COMPANY, "no mandate", "")


def test_a_closed_account_s_name_is_never_used_again(filled_register: Path) -> None:
    """Closed twice is refused, and so is the name in whatever spelling; no password is made for it any more."""
    part = ("--role", "decider", "--scope", "mx-sat", "--called", "Benjamin Decider")
    first = succeed("account", "add", "Ben", *part, "--json", register=filled_register).json()
    changed = succeed("account", "password", "Ben", "--without-second-step", "--json", register=filled_register).json()
    assert changed["password"] not in (None, first["password"])
    succeed("account", "close", "Ben", register=filled_register)
    assert list_accounts(filled_register, "Ben")[0]["state"] == "closed"
    assert run_in_process("account", "close", "Ben", register=filled_register).code == 1
    for name in ("Ben", "BEN", "\uff22\uff45\uff4e"):
        refused = run_in_process("account", "add", name, *part, register=filled_register)
        assert (refused.code, "never used again" in refused.err) == (1, True)
    assert run_in_process("account", "password", "Ben", register=filled_register).code == 1
    assert [account["state"] for account in list_accounts(filled_register, "Ben")] == ["closed"]


def test_names_that_look_alike_are_one_name(filled_register: Path) -> None:
    """Other capitals, another width or composition of what is there is taken; the first account stays as it was."""
    succeed("account", "add", "J\u00e1n", "--role", "overseer", register=filled_register)
    for name in ("j\u00e1n", "JA\u0301N", "\uff4a\u00e1\uff4e"):
        refused = run_in_process("account", "add", name, "--role", "overseer", register=filled_register)
        assert (refused.code, "taken" in refused.err) == (1, True), name
    again = succeed("account", "add", "Ja\u0301n", "--role", "recipient", "--json", register=filled_register).json()
    assert (again["name"], again["password"]) == ("J\u00e1n", None)


def test_whoever_acts_in_an_office_has_a_name_for_letters(filled_register: Path) -> None:
    """Without one no account is made; a second part needs it no more."""
    part = ("account", "add", "Lea", "--role", "decider", "--scope", "mx-sat")
    refused = run_in_process(*part, register=filled_register)
    assert (refused.code, "--called" in refused.err) == (3, True)
    assert list_accounts(filled_register, "Lea") == []
    succeed(*part, "--called", "Lea Ruiz", register=filled_register)
    succeed("account", "add", "Lea", "--role", "source", "--scope", "mx-sat", register=filled_register)


REFUSED = {
    ("add", "Eve", "--role", "operator"): "decider",
    ("add", "Eve", "--role", "anybody"): "decider",
    ("add", "Eve", "--role", "source", "--scope", "mx-satt"): "such as mx-sat",
    ("add", "Eve", "--role", "source"): "source",
    ("add", "Eve", "--role", "subject", "--scope", "nonsense"): "scheme",
    ("add", "Eve", "--role", "subject", "--scope", f"mx-rfc:{rfc(99)}"): "another identifier",
    ("add", "Eve", "--role", "overseer", "--scope", "mx-sat"): "--scope",
    ("add", "Eve", "--role", "appeal"): "--scope",
    ("add", ""): "name",
    ("add", "Eve\x1b[2J"): "name",
    ("add", "x" * 200): "150",
    ("close", "Nobody"): "Nobody",
    ("password", "Nobody"): "Nobody",
}


def test_what_cannot_be_given_is_refused(filled_register: Path) -> None:
    """With what would be right; no account is made."""
    for options, word in REFUSED.items():
        ran = run_in_process("account", *options, register=filled_register)
        assert (ran.code, "Traceback" in ran.err) == (3, False), options
        assert word in ran.err, options
    assert list_accounts(filled_register, "Eve") == []


def test_a_demonstration_has_an_account_for_every_role(demonstration: Path) -> None:
    """Those who represent a company have a mandate of a year; the operator has none."""
    accounts = succeed("account", "list", "--json", register=demonstration).json()
    assert {account["role"] for account in accounts} == {role.value for role in Role} - {"operator", "anybody"}
    for account in accounts:
        assert (account["state"], bool(account["until"])) == ("open", account["role"] == "subject")
        assert not account["until"] or date.fromisoformat(account["until"])


@pytest.mark.parametrize("day", ["2027-01-05", "tomorrow"])
def test_a_register_in_use_does_not_start_on_another_day(tmp_path: Path, day: str) -> None:
    """The answer says why, and what would be right; a demonstration does not start on a day that is none."""
    succeed("init", tmp_path / "register", "--demonstration" if day == "tomorrow" else "--json")
    ran = run_process("serve", "--port", "1", register=tmp_path / "register", GOODSTANDING_TODAY=day)
    assert ran.code == 4
    assert "GOODSTANDING_TODAY" in ran.err
    assert "Traceback" not in ran.err
