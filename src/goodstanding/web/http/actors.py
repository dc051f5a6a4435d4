"""Who asks: the one place where a request becomes an actor."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.access.mandates import (
    Mandate,
    find_last_ended_mandate,
    find_waiting_mandate,
    list_mandates_in_force,
)
from goodstanding.errors import MandateEnded, MandateWaits, OfficeEnded, SecondStepMissing
from goodstanding.register.cases.mandates import list_mandates_of_person
from goodstanding.register.rules.authorities import find_last_day
from goodstanding.web.http import clock
from goodstanding.web.models import Account
from goodstanding.web.schemas.people import name_person

OFFICE_ROLES = (Role.SOURCE, Role.DECIDER, Role.APPEAL)
SECOND_STEP_ROLES = (*OFFICE_ROLES, Role.OVERSEER)
SHOWN_REASON = 300
CHOSEN_ACCOUNT_KEY, NO_ACCOUNT = "account", 0


def get_actor(request: HttpRequest) -> Actor:
    """The role in which whoever is signed in acts; anybody for everybody else.

    Raises MandateEnded for a representative without a mandate that is in force today, and for whoever acts for an
    office that ended, even in the middle of a session; SecondStepMissing for an office's account that a password alone
    opens.
    """
    actor = get_chosen_actor(request)
    if actor.role in SECOND_STEP_ROLES and lacks_second_step(request.user):
        message = _("Whoever acts for an office signs in with a second step.")
        raise SecondStepMissing(message, remedy=_("set one up first: %(page)s") % {"page": reverse("mfa_index")})
    refuse_if_without_mandate(actor, clock.get_today())
    return actor


def get_actor_or_anybody(request: HttpRequest) -> Actor:
    """The same for the frame around a page: anybody, rather than an error, where something is missing."""
    try:
        return get_actor(request)
    except (MandateEnded, SecondStepMissing):
        return ANYBODY


def get_chosen_actor(request: HttpRequest) -> Actor:
    """The role that was chosen, or the only one there is, whether or not a mandate lets it act."""
    account = find_chosen_account(request)
    if account is None:
        return ANYBODY
    return Actor(Role(account.role), account.scope, account.user.get_username(), account.user.get_full_name())


def find_chosen_account(request: HttpRequest) -> Account | None:
    """The account that whoever is signed in acts with: the one chosen, or the only one, unless they chose none."""
    accounts = list_own_accounts(request)
    picked = request.session.get(CHOSEN_ACCOUNT_KEY) if accounts else None
    if len(accounts) == 1 and picked != NO_ACCOUNT:
        return accounts[0]
    return next((account for account in accounts if account.pk == picked), None)


def list_own_accounts(request: HttpRequest) -> list[Account]:
    """The accounts of whoever is signed in; read once for a request."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    cached_accounts = getattr(request, "_accounts", None)
    if cached_accounts is None or cached_accounts[0] != user.pk:
        cached_accounts = user.pk, list(Account.objects.filter(user=user).select_related("user"))
        request._accounts = cached_accounts
    return cached_accounts[1]


def lacks_second_step(user: Any) -> bool:
    """Whether an account acts for an office and a password alone opens it: no app with codes, and no passkey.

    In a demonstration, whose passwords are printed, offices sign in without.
    """
    if config.get_current_register().demonstration:
        return False
    kinds, roles = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN), [role.value for role in SECOND_STEP_ROLES]
    acts_for_office = Account.objects.filter(user=user, role__in=roles).exists()
    return acts_for_office and not Authenticator.objects.filter(user=user, type__in=kinds).exists()


def refuse_if_without_mandate(actor: Actor, day: date) -> None:
    """Nothing, or MandateEnded for whoever acts for a subject or an office without a mandate that is in force."""
    if actor.role is Role.SUBJECT:
        _refuse_representative(actor, day)
    elif actor.role in OFFICE_ROLES and (last_day := find_last_day(actor.scope, day)):
        parameters = {"office": actor.scope, "day": date_format(last_day, "j F Y")}
        message = _("The mandate of %(office)s is over; its last day was %(day)s.") % parameters
        remedy = _("its open cases go to the office that takes its place, once the overseer's office names one")
        raise OfficeEnded(message, where=actor.scope, remedy=remedy)


def _refuse_representative(actor: Actor, day: date) -> None:
    """Nothing, or MandateEnded: which mandate ended when and why, and how to have another one; or when it begins."""
    granted_mandates = list_mandates_of_person(actor.name, actor.scope)
    if list_mandates_in_force(granted_mandates, day):
        return
    if waiting_mandate := find_waiting_mandate(granted_mandates, day):
        parameters = {"subject": actor.scope, "day": date_format(waiting_mandate.first_day, "j F Y")}
        message = _("Your mandate for %(subject)s begins on %(day)s.") % parameters
        raise MandateWaits(message, where=actor.scope, remedy=_("until then its representatives may object to it"))
    if (ended_mandate := find_last_ended_mandate(granted_mandates, day)) is None:
        message, end_reason = _("No mandate lets you act for %(subject)s yet.") % {"subject": actor.scope}, ""
    else:
        parameters = {"subject": actor.scope, "day": date_format(ended_mandate.ended_on, "j F Y")}
        message, end_reason = (
            _("Your mandate for %(subject)s ended on %(day)s.") % parameters,
            _explain_end(ended_mandate),
        )
    raise MandateEnded(
        message, where=actor.scope, remedy=end_reason + _("to renew it, claim the file again: /account/claim")
    )


def _explain_end(ended_mandate: Mandate) -> str:
    if ended_mandate.revoked_on != ended_mandate.ended_on:
        return _("its last day was %(day)s; ") % {"day": date_format(ended_mandate.last_day, "j F Y")}
    parameters = {
        "by": name_person(ended_mandate.revoked_by),
        "reason": Truncator(ended_mandate.reason).chars(SHOWN_REASON),
    }
    return _("revoked by %(by)s: “%(reason)s”; ") % parameters
