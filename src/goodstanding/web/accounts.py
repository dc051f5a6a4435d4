"""Accounts to try a demonstration register with, one for each role, until the hearing is built."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction

from goodstanding import config
from goodstanding.access import ANYBODY, Role
from goodstanding.errors import NotAllowed
from goodstanding.register import catalogues, lists
from goodstanding.register.file import subject
from goodstanding.register.moment import Moment
from goodstanding.register.store import rows
from goodstanding.web.actors import today
from goodstanding.web.models import Account

_OPEN_CASE = """
SELECT min(subject_id)
FROM effect
WHERE catalogue = %s
  AND measure = %s
  AND kind = 'case'
  AND audience = 'parties'
  AND value = %s
  AND valid_from <= %s
  AND (valid_to IS NULL OR valid_to > %s)
"""
_FIRST_SOURCE = "SELECT source FROM record WHERE catalogue = %s ORDER BY position LIMIT 1"


@dataclass(frozen=True, slots=True)
class Made:
    """An account that was made: what to sign in with, and what it may see."""

    name: str
    role: str
    scope: str
    password: str


def make_demonstration_accounts() -> list[Made]:
    """One account for each role, with new random passwords each time; NotAllowed outside a demonstration."""
    if not config.current().demonstration:
        raise NotAllowed(
            "Accounts with passwords on the screen are for a demonstration.", remedy="goodstanding init --demonstration"
        )
    with transaction.atomic():
        return [_made(name, role, scope) for name, role, scope in _wanted()]


def _made(name: str, role: Role, scope: str) -> Made:
    password = secrets.token_urlsafe(15)
    user, _new = get_user_model().objects.get_or_create(username=name)
    user.set_password(password)
    user.save()
    Account.objects.update_or_create(user=user, defaults={"role": role.value, "scope": scope})
    return Made(name, role.value, scope, password)


def _wanted() -> Iterator[tuple[str, Role, str]]:
    moment = Moment(today())
    for one in catalogues.enacted().values():
        name, rules, day = one.catalogue.name, one.catalogue, moment.day(one.catalogue.name)
        for key, case in rules.cases.items():
            found = rows(_OPEN_CASE, [name, key, next(iter(case.steps)), day, day])[0][0]
            if found is not None:
                yield f"company-with-a-case-{name}", Role.SUBJECT, subject(int(found)).identifier
        for key in rules.lists:
            listed = lists.list_page(f"{name}/{key}", moment, ANYBODY, 1).entries
            if listed:
                yield f"listed-company-{name}", Role.SUBJECT, listed[0].identifier
        if source := rows(_FIRST_SOURCE, [name]):
            yield f"source-{name}", Role.SOURCE, source[0][0]
    yield "decider", Role.DECIDER, ""
    yield "overseer", Role.OVERSEER, ""
    yield "recipient", Role.RECIPIENT, ""
