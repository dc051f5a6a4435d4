"""Accounts to try a demonstration register with, one for each role."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from goodstanding import config
from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.access.mandates import list_mandates_in_force
from goodstanding.errors import NotAllowed
from goodstanding.register.cases.claims.claim_subjects import list_stating_sources
from goodstanding.register.cases.mandates import (
    grant_mandate_in_demonstration,
    list_mandates_of_person,
)
from goodstanding.register.files.effects import find_subject_with_case
from goodstanding.register.files.subjects import get_subject
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.search.listings import get_listing_page
from goodstanding.register.search.source_records import find_first_source
from goodstanding.web.http import clock
from goodstanding.web.models import Account

CLERK_NAME, MANDATE_DAYS = "demonstration clerk", 365
LONGEST_FULL_NAME = 150


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """An account that was made: what to sign in with, and what it may see; no password where it was closed."""

    name: str
    role: str
    scope: str
    password: str


def make_demonstration_accounts(personas: Iterable[tuple[str, Role, str]] = ()) -> list[DemonstrationAccount]:
    """One account for each role, with new random passwords each time; NotAllowed outside a demonstration.

    Those of `personas`, each by name, role and scope, come first.

    Who represents a subject has a mandate of a year, granted by a made-up clerk.
    """
    if not config.get_current_register().demonstration:
        raise NotAllowed(
            "Accounts with passwords on the screen are for a demonstration.", remedy="goodstanding init --demonstration"
        )
    with transaction.atomic():
        wanted = dict.fromkeys([*personas, *_list_wanted_accounts()])
        accounts = [_create_account(name, role, scope) for name, role, scope in wanted]
    for account in accounts:
        if account.role == Role.SUBJECT:
            _ensure_mandate(account.name, account.scope)
    return accounts


def _create_account(name: str, role: Role, scope: str) -> DemonstrationAccount:
    user, _new = get_user_model().objects.get_or_create(username=name)
    if not user.is_active:  # whoever closed it meant it, and a name is never used again
        return DemonstrationAccount(name, role.value, scope, "")
    password = generate_password()
    user.set_password(password)
    user.email = user.email or f"{name}@demonstration.example"
    user.first_name = user.first_name or name.replace("-", " ").title()[:LONGEST_FULL_NAME]
    user.save()
    Account.objects.get_or_create(user=user, role=role.value, scope=scope)
    Account.objects.filter(user=user).exclude(role=role.value, scope=scope).delete()
    return DemonstrationAccount(name, role.value, scope, password)


def generate_password() -> str:
    """A password that nobody guesses: 120 random bits."""
    return secrets.token_urlsafe(15)


def _ensure_mandate(person: str, subject: str) -> None:
    """Grants a mandate of a year, unless one holds."""
    day = clock.get_today()
    if list_mandates_in_force(list_mandates_of_person(person, subject), day):
        return
    office = next(iter(sorted(list_stating_sources(subject))), "")
    clerk, last_day = Actor(Role.SOURCE, office, CLERK_NAME), day + timedelta(days=MANDATE_DAYS)
    grant_mandate_in_demonstration(person, subject, clerk, last_day, day, clock.get_now())


def _list_wanted_accounts() -> Iterator[tuple[str, Role, str]]:
    moment = clock.get_moment()
    for enacted in list_enacted().values():
        name, rules, day = enacted.catalogue.name, enacted.catalogue, moment.day(enacted.catalogue.name)
        for key, case in rules.cases.items():
            subject_id = find_subject_with_case(name, key, next(iter(case.steps)), day)
            if subject_id is not None:
                yield f"company-with-a-case-{name}", Role.SUBJECT, get_subject(subject_id).identifier
        for key in rules.lists:
            listed = get_listing_page(f"{name}/{key}", moment, ANYBODY, 1).entries
            if listed:
                yield f"listed-company-{name}", Role.SUBJECT, listed[0].identifier
        if source := find_first_source(name):
            yield f"source-{name}", Role.SOURCE, source
            yield f"decider-{name}", Role.DECIDER, source
    yield "appeal-body", Role.APPEAL, "appeal-body"
    for role in (Role.OVERSEER, Role.RECIPIENT, Role.APPLICANT, Role.RELYING):
        yield role.value, role, ""
