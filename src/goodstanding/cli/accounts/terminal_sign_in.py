"""Who acts at the terminal: bound to an account that has the part, and signed in where a register is in use.

The terminal is a door like the site's: whoever reads in a part leaves a look that the subject sees, and whoever signs
does so with their own account and second step. It keeps out nobody who owns the files themselves.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from goodstanding import config
from goodstanding.access import ANYBODY, OPERATOR, Actor, Role
from goodstanding.cli.options import parse_actor, today
from goodstanding.errors import NotAllowed, NotFound

AccountName = Annotated[
    str, typer.Option("--account", metavar="NAME", help="Whose account it is, where several have the part.")
]
OPEN_ROLES = (Role.ANYBODY, Role.OPERATOR)


def sign_in_actor(text: str, name: str = "") -> Actor:
    """The actor that `--as` names, by an account that has this part; raises NotFound, NotAllowed and MandateEnded."""
    actor = parse_actor(text)
    if actor.role in OPEN_ROLES:
        return actor
    account = _get_account(actor, name)
    signed_in = Actor(actor.role, account.scope, account.user.get_username(), account.user.get_full_name())
    _sign_in_user(account.user)
    from goodstanding.web.http.actors import refuse_if_without_mandate

    refuse_if_without_mandate(signed_in, today())
    return signed_in


def _get_account(actor: Actor, name: str) -> Any:
    from goodstanding.web.models import Account

    accounts = Account.objects.filter(role=actor.role.value, scope=actor.scope, user__is_active=True)
    matching = list((accounts.filter(user__username=name) if name else accounts).select_related("user"))
    part = f"{actor.role.value}{':' if actor.scope else ''}{actor.scope}"
    if not matching:
        remedy = f"goodstanding account add NAME --role {actor.role.value}" + f" --scope {actor.scope}" * bool(
            actor.scope
        )
        if name:
            raise NotFound(f"{name!r} is no account that is {part}.", where="--account", remedy=remedy)
        raise NotFound(f"No account here is {part}: nobody reads in a part without one.", where="--as", remedy=remedy)
    if len(matching) > 1 and not config.get_current_register().demonstration:
        raise NotAllowed(
            f"{len(matching)} accounts are {part}.", where="--account", remedy="Choose one with --account NAME."
        )
    return matching[0]


def log_terminal_look(actor: Actor, subject: Any, command: str) -> None:
    """Notes that a party read the non-public part of a subject's file at the terminal; the subject sees it."""
    from goodstanding.register.files.file_access import may_see_parties
    from goodstanding.web.http.access_log import log_access

    if actor not in (ANYBODY, OPERATOR) and may_see_parties(subject, actor, today()).allowed:
        log_access(actor, subject.identifier, f"goodstanding {command}")


def sign_by(name: str, role: Role | None = None) -> str:
    """Who signs: the name of an account that acts for an office (or in a role), signed in now with its second step.

    In a demonstration, whose people are made up, a name is enough. Raises NotFound and NotAllowed.
    """
    if config.get_current_register().demonstration:
        return name
    from goodstanding.portal.accounts.account_names import find_user_of_name
    from goodstanding.web.http.actors import SECOND_STEP_ROLES

    user, roles = find_user_of_name(name), (role,) if role else SECOND_STEP_ROLES
    if user is None or not user.is_active or not user.accounts.filter(role__in=[part.value for part in roles]).exists():
        parts = " or ".join(part.value for part in roles)
        remedy = f"an account with the role {parts}: goodstanding account add"
        raise NotFound(f"{name!r} is no account that can sign here.", where="--by", remedy=remedy)
    _sign_in_user(user)
    return str(user.get_username())


def find_signing_account(username: str, role: Role | None = None) -> str:
    """The part of the account with which one signs, as `overseer:` or `source:E07000061`; none if it is made up."""
    from goodstanding.portal.accounts.account_names import find_user_of_name
    from goodstanding.web.http.actors import SECOND_STEP_ROLES

    if config.get_current_register().demonstration or (user := find_user_of_name(username)) is None:
        return ""
    parts = [part.value for part in ((role,) if role else SECOND_STEP_ROLES)]
    account = user.accounts.filter(role__in=parts).order_by("pk").first()
    return f"{account.role}:{account.scope}" if account else ""


def _sign_in_user(user: Any) -> None:
    """Asks for the password and, where there is a second step, for a code; raises NotAllowed."""
    if config.get_current_register().demonstration:
        return
    from django.contrib.auth import authenticate

    from goodstanding.web.http.actors import lacks_second_step

    username = user.get_username()
    if (
        authenticate(
            None, username=username, password=typer.prompt(f"Password of {username}", hide_input=True, err=True)
        )
        != user
    ):
        raise NotAllowed("The name or the password is wrong.", where=username, remedy="Use the password of the site.")
    if lacks_second_step(user):
        message = "Whoever acts for an office signs in with a second step."
        raise NotAllowed(message, where=username, remedy="Set up an app with codes at /account/2fa/.")
    _check_second_step(user)


def _check_second_step(user: Any) -> None:
    from allauth.mfa.models import Authenticator
    from django.db import transaction

    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    steps = list(user.authenticator_set.all())
    if not steps:
        return
    code = typer.prompt(f"Code of {user.get_username()}", err=True)
    with transaction.atomic():
        if not any(step.wrap().validate_code(code) for step in steps if step.type in kinds):
            remedy = "a code of the app, or a recovery code; a passkey cannot be asked for at a terminal"
            raise NotAllowed("That is no code of this account.", where=user.get_username(), remedy=remedy)
