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
        "account", "add", "Ada Clerk", "--role", "source", "--scope", "mx-sat", "--json", register=filled_register
    )
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


def test_a_closed_account_is_closed_and_can_be_opened_again(filled_register: Path) -> None:
    """Closed twice is refused; opened again it has a new password."""
    first = succeed(
        "account", "add", "Ben", "--role", "decider", "--scope", "mx-sat", "--json", register=filled_register
    ).json()
    succeed("account", "close", "Ben", register=filled_register)
    assert list_accounts(filled_register, "Ben")[0]["state"] == "closed"
    assert run_in_process("account", "close", "Ben", register=filled_register).code == 1
    opened = succeed("account", "add", "Ben", "--json", register=filled_register).json()
    assert opened["password"] not in (None, first["password"])
    changed = succeed("account", "password", "Ben", "--without-second-step", "--json", register=filled_register).json()
    assert changed["password"] not in (opened["password"], first["password"])


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
