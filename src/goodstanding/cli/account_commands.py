"""Commands that give accounts to people: add, list, password, close. Whoever runs them has none and sees no file."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import typer

from goodstanding.access import Role
from goodstanding.cli.groups import build_group
from goodstanding.cli.options import Json, opened
from goodstanding.cli.output import emit, say, table
from goodstanding.errors import BadInput, NotFound, NotPossible

app = build_group("The people who sign in, and their parts.")
GIVEN = tuple(role.value for role in Role if role not in (Role.ANYBODY, Role.OPERATOR))
OFFICES = (Role.SOURCE, Role.DECIDER)
UNSCOPED = (Role.OVERSEER, Role.RECIPIENT, Role.APPLICANT)
LONGEST_NAME = 150


@app.command()
def add(
    name: str = typer.Argument(..., metavar="NAME", help="What the person signs in with."),
    role: str = typer.Option("", "--role", metavar="ROLE", help="Without one the person may only claim a file."),
    scope: str = typer.Option("", "--scope", metavar="S", help="The subject, source or body that it is for."),
    email: str = typer.Option("", "--email", metavar="ADDRESS", help="Where a link for a new password goes."),
    json: Json = False,
) -> None:
    """Gives a person an account, or one more part; a new account's password is printed once."""
    with opened():
        name, chosen = _name(name), _role(role)
        where = _scope(chosen, scope)
        password = _given(name, email, chosen, where)
    result = {"name": name, "role": role or None, "scope": where or None, "password": password}
    emit(result, json, _show_given)


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput(f"{text!r} is no name.", where="NAME", remedy=f"1 to {LONGEST_NAME} letters, digits and spaces")
    return name


def _role(text: str) -> Role | None:
    if text and text not in GIVEN:
        raise BadInput(f"Nobody is given the role {text!r}.", where="--role", remedy=", ".join(GIVEN))
    return Role(text) if text else None


def _scope(role: Role | None, scope: str) -> str:
    """The scope as it is kept; raises BadInput for one that does not fit the role, NotFound for one nobody knows."""
    if role is Role.SUBJECT:
        from goodstanding.register import file

        return file.subject(file.whose(scope)).identifier
    if role in OFFICES:
        return _source(scope)
    if (role is None or role in UNSCOPED) and scope:
        raise BadInput("This part is for no subject and no source.", where="--scope", remedy="no --scope")
    if role is Role.APPEAL and not scope:
        raise BadInput("An appeal body has an identifier.", where="--scope", remedy="--scope NAME-OF-THE-BODY")
    return scope


def _source(scope: str) -> str:
    from goodstanding.register import catalogues

    known = sorted({one.id for held in catalogues.on_file().values() for one in held.catalogue.sources})
    if scope not in known:
        shown = ", ".join(get_close_matches(scope, known, 5) or known[:5])
        raise NotFound(
            f"No catalogue here names the source {scope!r}.",
            where="--scope",
            remedy=f"one of {len(known)}, such as {shown}",
        )
    return scope


def _given(name: str, email: str, role: Role | None, scope: str) -> str | None:
    """Makes or opens the account and adds the part; the new password, None where there was one."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from goodstanding.web.accounts import new_password
    from goodstanding.web.models import Account

    with transaction.atomic():
        user, new = get_user_model().objects.get_or_create(username=name)
        password = new_password() if new or not user.is_active else None
        user.is_active = True
        user.email = email or user.email
        if password:
            user.set_password(password)
        user.save()
        part = role and Account.objects.get_or_create(user=user, role=role.value, scope=scope)
        if password is None and (part is None or not part[1]):
            raise NotPossible(f"{name} has that already.", remedy="goodstanding account list")
    return password


def _show_given(result: dict[str, Any]) -> None:
    part = f" ({result['role']}{' ' + result['scope'] if result['scope'] else ''})" if result["role"] else ""
    say(f"{result['name']}{part}")
    if result["password"]:
        say(f"  password, shown this once: {result['password']}")
    if result["role"] == Role.SUBJECT:
        say("  it works once an office has granted a mandate: the person claims the file at /account/claim")


@app.command("list")
def list_(json: Json = False) -> None:
    """Lists the people who sign in, their parts, and until when a mandate lets them act."""
    with opened():
        found = _listed()
    emit(found, json, lambda people: table(_COLUMNS, [tuple(one[name] for name in _COLUMNS) for one in people]))


_COLUMNS = ("name", "role", "scope", "until", "state")


def _listed() -> list[dict[str, Any]]:
    from django.contrib.auth import get_user_model

    people = get_user_model().objects.order_by("username").prefetch_related("accounts")
    return [_line(user, part) for user in people for part in user.accounts.all() or [None]]


def _line(user: Any, part: Any) -> dict[str, Any]:
    name, role, scope = user.get_username(), part.role if part else "", part.scope if part else ""
    until, state = "", "open"
    if role == Role.SUBJECT:
        until = _until(name, scope)
        state = "open" if until else "no mandate"
    return {"name": name, "role": role, "scope": scope, "until": until, "state": state if user.is_active else "closed"}


def _until(name: str, scope: str) -> str:
    from goodstanding.access.mandates import in_force
    from goodstanding.register import mandates
    from goodstanding.web.actors import today

    return max((str(one.last_day) for one in in_force(mandates.of_person(name, scope), today())), default="")


def _user(name: str) -> Any:
    from django.contrib.auth import get_user_model

    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise NotFound(f"Nobody signs in as {name!r}.", where="NAME", remedy="goodstanding account list")
    return found


@app.command()
def password(
    name: str = typer.Argument(..., metavar="NAME"),
    without_second_step: bool = typer.Option(
        False, "--without-second-step", help="Forget the app, passkeys and recovery codes too, where they are lost."
    ),
    json: Json = False,
) -> None:
    """Gives a person a new password, printed once, and signs them out everywhere."""
    with opened():
        from goodstanding.web.accounts import new_password

        user, made = _user(name), new_password()
        user.set_password(made)
        user.save()
        if without_second_step:
            user.authenticator_set.all().delete()
    emit({"name": name, "password": made}, json, lambda r: say(f"{r['name']}\n  password, shown this once: {made}"))


@app.command()
def close(name: str = typer.Argument(..., metavar="NAME"), json: Json = False) -> None:
    """Closes a person's account: signed out at once, and nobody signs in with it; what they did stays."""
    with opened():
        user = _user(name)
        if not user.is_active:
            raise NotPossible(f"{name} is closed already.", remedy="goodstanding account list")
        user.is_active = False
        user.save()
    emit({"name": name, "state": "closed"}, json, lambda r: say(f"{r['name']} is closed."))
