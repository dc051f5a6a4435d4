"""Commands that give accounts to people: add, list, password, close. Whoever runs them has none and sees no file."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import Any

import typer

from goodstanding import plain_text
from goodstanding.access import Role
from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, open_chosen_register
from goodstanding.cli.output import print_line, print_result, print_table
from goodstanding.errors import BadInput, NotFound, NotPossible

app = build_group("The people who sign in, and their parts.")
GRANTED_ROLES = tuple(role.value for role in Role if role not in (Role.ANYBODY, Role.OPERATOR))
OFFICES = (Role.SOURCE, Role.DECIDER)
UNSCOPED = (Role.OVERSEER, Role.RECIPIENT, Role.APPLICANT)
LONGEST_NAME = 150


@app.command()
def add(
    name: str = typer.Argument(..., metavar="NAME", help="What the person signs in with."),
    role: str = typer.Option("", "--role", metavar="ROLE", help="Without one the person may only claim a file."),
    scope: str = typer.Option("", "--scope", metavar="S", help="The subject, source or body that it is for."),
    full_name: str = typer.Option("", "--called", metavar="FULL NAME", help="How letters name the person."),
    email: str = typer.Option("", "--email", metavar="ADDRESS", help="Where a link for a new password goes."),
    json: Json = False,
) -> None:
    """Gives a person an account, or one more part; a new account's password is printed once."""
    with open_chosen_register():
        name, chosen = _parse_name(name), _parse_role(role)
        where = _check_scope(chosen, scope)
        full_name = _ask_full_name(name, _parse_full_name(full_name), chosen)
        password = _grant_account(name, email, full_name, chosen, where)
    result = {"name": name, "role": role or None, "scope": where or None, "password": password}
    print_result(result, json, _show_account)


def _parse_name(text: str) -> str:
    name = plain_text.normalize_name(text)
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput(f"{text!r} is no name.", where="NAME", remedy=f"1 to {LONGEST_NAME} letters, digits and spaces")
    return name


def _parse_full_name(text: str) -> str:
    return _parse_name(text) if text.strip() else ""


def _ask_full_name(name: str, full_name: str, role: Role | None) -> str:
    """How letters name whoever acts in an office, asked for where nobody said it; raises BadInput where nobody can."""
    from goodstanding.portal.accounts.account_names import SIGNING_ROLES, find_user_of_name

    user = find_user_of_name(name)
    if full_name or role not in SIGNING_ROLES or (user and user.first_name):
        return full_name
    if not sys.stdin.isatty():
        message = "Letters name the person who acts in an office, never what they sign in with."
        raise BadInput(message, where="--called", remedy='--called "First and last name"')
    return _parse_name(typer.prompt("How do letters name this person"))


def _parse_role(text: str) -> Role | None:
    if text and text not in GRANTED_ROLES:
        raise BadInput(f"Nobody is given the role {text!r}.", where="--role", remedy=", ".join(GRANTED_ROLES))
    return Role(text) if text else None


def _check_scope(role: Role | None, scope: str) -> str:
    """The scope as it is kept; raises BadInput for one that does not fit the role, NotFound for one nobody knows."""
    if role is Role.SUBJECT:
        from goodstanding.register.files.subjects import find_subject_id, get_subject

        return get_subject(find_subject_id(scope)).identifier
    if role in OFFICES:
        return _check_source(scope)
    if (role is None or role in UNSCOPED) and scope:
        raise BadInput("This part is for no subject and no source.", where="--scope", remedy="no --scope")
    if role is Role.APPEAL and not scope:
        raise BadInput("An appeal body has an identifier.", where="--scope", remedy="--scope NAME-OF-THE-BODY")
    return scope


def _check_source(scope: str) -> str:
    from goodstanding.register.rules.enacted_catalogues import list_on_file

    source_ids = sorted({source.id for enacted in list_on_file().values() for source in enacted.catalogue.sources})
    if scope not in source_ids:
        shown = ", ".join(get_close_matches(scope, source_ids, 5) or source_ids[:5])
        raise NotFound(
            f"No catalogue here names the source {scope!r}.",
            where="--scope",
            remedy=f"one of {len(source_ids)}, such as {shown}",
        )
    return scope


def _grant_account(name: str, email: str, full_name: str, role: Role | None, scope: str) -> str | None:
    """Makes the account or adds the part to it; the new password, None where there was one."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from goodstanding.ledger import store as ledger
    from goodstanding.portal.accounts.demonstration_accounts import generate_password
    from goodstanding.web.models import Account

    with ledger.hold_append_lock(), transaction.atomic():  # two who give one name at once come one after the other
        _refuse_if_taken(name)
        user, new = get_user_model().objects.get_or_create(username=name)
        password = generate_password() if new else None
        user.email = email or user.email
        user.first_name = full_name or user.first_name
        if password:
            user.set_password(password)
        user.save()
        granted_role = role and Account.objects.get_or_create(user=user, role=role.value, scope=scope)
        if password is None and (granted_role is None or not granted_role[1]):
            raise NotPossible(f"{name} has that already.", remedy="goodstanding account list")
    return password


def _refuse_if_taken(name: str) -> None:
    """Nothing, or NotPossible for a name that was closed, or is another's in other capitals, width or composition."""
    from goodstanding.portal.accounts.account_names import list_users_of_name

    for user in list_users_of_name(name):
        if not user.is_active:
            raise NotPossible(
                f"The account {user.get_username()!r} was closed, and a name is never used again.",
                where="NAME", remedy="another name",
            )  # fmt: skip
        if user.get_username() != name:
            raise NotPossible(
                f"{name!r} is taken: {user.get_username()!r} is the same name in another spelling.",
                where="NAME", remedy="another name",
            )  # fmt: skip


def _show_account(result: dict[str, Any]) -> None:
    role_text = f" ({result['role']}{' ' + result['scope'] if result['scope'] else ''})" if result["role"] else ""
    print_line(f"{result['name']}{role_text}")
    if result["password"]:
        print_line(f"  password, shown this once: {result['password']}")
    if result["role"] == Role.SUBJECT:
        print_line("  it works once an office has granted a mandate: the person claims the file at /account/claim")


@app.command("list")
def list_accounts(json: Json = False) -> None:
    """Lists the people who sign in, their parts, and until when a mandate lets them act."""
    with open_chosen_register():
        account_lines = _list_account_lines()
    print_result(
        account_lines,
        json,
        lambda people: print_table(_COLUMNS, [tuple(person[name] for name in _COLUMNS) for person in people]),
    )


_COLUMNS = ("name", "role", "scope", "until", "state")


def _list_account_lines() -> list[dict[str, Any]]:
    from django.contrib.auth import get_user_model

    people = get_user_model().objects.order_by("username").prefetch_related("accounts")
    return [_build_account_line(user, account) for user in people for account in user.accounts.all() or [None]]


def _build_account_line(user: Any, account: Any) -> dict[str, Any]:
    name, role, scope = user.get_username(), account.role if account else "", account.scope if account else ""
    until, state = "", "open"
    if role == Role.SUBJECT:
        until = _find_last_mandate_day(name, scope)
        state = "open" if until else "no mandate"
    return {"name": name, "role": role, "scope": scope, "until": until, "state": state if user.is_active else "closed"}


def _find_last_mandate_day(name: str, scope: str) -> str:
    from goodstanding.access.mandates import list_mandates_in_force
    from goodstanding.register.cases.mandates import list_mandates_of_person
    from goodstanding.web.http import clock

    return max(
        (
            str(mandate.last_day)
            for mandate in list_mandates_in_force(list_mandates_of_person(name, scope), clock.get_today())
        ),
        default="",
    )


def _get_user(name: str) -> Any:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise NotFound(f"Nobody signs in as {name!r}.", where="NAME", remedy="goodstanding account list")
    return user


@app.command()
def password(
    name: str = typer.Argument(..., metavar="NAME"),
    without_second_step: bool = typer.Option(
        False, "--without-second-step", help="Forget the app, passkeys and recovery codes too, where they are lost."
    ),
    json: Json = False,
) -> None:
    """Gives a person a new password, printed once, and signs them out everywhere."""
    with open_chosen_register():
        from goodstanding.portal.accounts.demonstration_accounts import generate_password

        user, fresh_password = _get_user(name), generate_password()
        if not user.is_active:
            raise NotPossible(f"{name} is closed.", where="NAME", remedy="goodstanding account list")
        user.set_password(fresh_password)
        user.save()
        if without_second_step:
            user.authenticator_set.all().delete()
    print_result(
        {"name": name, "password": fresh_password},
        json,
        lambda result: print_line(f"{result['name']}\n  password, shown this once: {fresh_password}"),
    )


@app.command()
def close(name: str = typer.Argument(..., metavar="NAME"), json: Json = False) -> None:
    """Closes a person's account: signed out at once, and nobody signs in with it; what they did stays."""
    with open_chosen_register():
        user = _get_user(name)
        if not user.is_active:
            raise NotPossible(f"{name} is closed already.", remedy="goodstanding account list")
        user.is_active = False
        user.save()
    print_result({"name": name, "state": "closed"}, json, lambda result: print_line(f"{result['name']} is closed."))
