"""Who to be in a demonstration: an account for each journey, what it can do there, and where all the others stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from goodstanding.access import Role
from goodstanding.cli.output import print_line
from goodstanding.private_files import write_private_file

ACCOUNTS_FILE = "accounts.txt"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be: the account's name, role and scope, and what waits for them."""

    name: str
    role: Role
    scope: str
    errand: str


PERSONAS = (
    Persona("company", Role.SUBJECT, "aldermark-company:AM0000001",
        "was closed for danger on Friday, has a notice to answer and a decision to appeal"),
    Persona("clerk", Role.SOURCE, "aldermark-buyer-01", "proposes cases and serves notices and decisions"),
    Persona("decider", Role.DECIDER, "aldermark-buyer-01", "decides on replies, disputes and repairs"),
    Persona("appeal-body", Role.APPEAL, "appeal-body", "hears closings and decides appeals"),
    Persona("overseer", Role.OVERSEER, "", "sees which offices miss deadlines, copy reasons or treat alike unequally"),
)  # fmt: skip


def list_persona_accounts() -> list[tuple[str, Role, str]]:
    """The accounts to make, each by name, role and scope."""
    return [(persona.name, persona.role, persona.scope) for persona in PERSONAS]


def write_accounts(folder: Path, accounts: Sequence[dict[str, str]]) -> Path:
    """Writes all accounts with their passwords into a file that only its owner can read; gives it."""
    file = folder / ACCOUNTS_FILE
    lines = [f"{account['name']}\t{account['password']}\t{account['role']} {account['scope']}" for account in accounts]
    file.unlink(missing_ok=True)
    write_private_file(file, ("name\tpassword\trole\n" + "\n".join(lines) + "\n").encode())
    return file


def show_personas(accounts: Sequence[dict[str, str]], file: str) -> None:
    """Prints who to be, and where the other accounts stand."""
    passwords = {account["name"]: account["password"] for account in accounts}
    print_line("Sign in as")
    for persona in PERSONAS:
        if passwords.get(persona.name):
            print_line(f"  {persona.name:12} {passwords[persona.name]:22} {persona.errand}")
    print_line(f"A journalist needs no account. All accounts of this demonstration are in {file}")
