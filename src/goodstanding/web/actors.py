"""Who asks: the one place where a request becomes an actor."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.access.mandates import Mandate, in_force, last_ended
from goodstanding.errors import MandateEnded
from goodstanding.register import mandates
from goodstanding.web.models import Account, LookUp

SHOWN_LOOK_UPS, SHOWN_REASON = 50, 300
CHOSEN, NONE = "account", 0


def actor_of(request: HttpRequest) -> Actor:
    """The role in which whoever is signed in acts; anybody for everybody else.

    Raises MandateEnded for a representative without a mandate that is in force today, even in the middle of a session.
    """
    actor = named_actor(request)
    if actor.role is Role.SUBJECT:
        refuse_without_mandate(actor, today())
    return actor


def shown_actor(request: HttpRequest) -> Actor:
    """The same for the frame around a page: anybody, rather than an error, where there is no mandate."""
    try:
        return actor_of(request)
    except MandateEnded:
        return ANYBODY


def named_actor(request: HttpRequest) -> Actor:
    """The role that was chosen, or the only one there is, whether or not a mandate lets it act."""
    account = chosen(request)
    return Actor(Role(account.role), account.scope, account.user.get_username()) if account else ANYBODY


def chosen(request: HttpRequest) -> Account | None:
    """The account that whoever is signed in acts with: the one chosen, or the only one, unless they chose none."""
    held = accounts_of(request)
    picked = request.session.get(CHOSEN) if held else None
    if len(held) == 1 and picked != NONE:
        return held[0]
    return next((one for one in held if one.pk == picked), None)


def accounts_of(request: HttpRequest) -> list[Account]:
    """The accounts of whoever is signed in; read once for a request."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    read = getattr(request, "_accounts", None)
    if read is None or read[0] != user.pk:
        read = user.pk, list(Account.objects.filter(user=user).select_related("user"))
        request._accounts = read
    return read[1]


def refuse_without_mandate(actor: Actor, day: date) -> None:
    """Nothing, or MandateEnded: which mandate ended when and why, and how to have another one."""
    held = mandates.of_person(actor.name, actor.scope)
    if in_force(held, day):
        return
    if (over := last_ended(held, day)) is None:
        said, why = _("No mandate lets you act for %(subject)s yet.") % {"subject": actor.scope}, ""
    else:
        named = {"subject": actor.scope, "day": date_format(over.ended_on, "j F Y")}
        said, why = _("Your mandate for %(subject)s ended on %(day)s.") % named, _why_ended(over)
    raise MandateEnded(said, where=actor.scope, remedy=why + _("to renew it, claim the file again: /account/claim"))


def _why_ended(over: Mandate) -> str:
    if over.revoked_on != over.ended_on:
        return _("its last day was %(day)s; ") % {"day": date_format(over.last_day, "j F Y")}
    named = {"by": over.revoked_by, "reason": Truncator(over.reason).chars(SHOWN_REASON)}
    return _("revoked by %(by)s: “%(reason)s”; ") % named


def today() -> date:
    """The day it is, in UTC; in a demonstration the day that GOODSTANDING_TODAY names."""
    return config.demonstration_day(config.current().demonstration, os.environ) or datetime.now(UTC).date()


def log_look_up(actor: Actor, subject: str, opened: str) -> None:
    """Notes that an identified person opened what is not public about a subject (charter article 20)."""
    LookUp.objects.create(
        at=datetime.now(UTC), name=actor.name, role=actor.role.value, scope=actor.scope, subject=subject, opened=opened
    )


def look_ups(subject: str) -> list[LookUp]:
    """Who opened the non-public part of a subject's file, newest first."""
    return list(LookUp.objects.filter(subject=subject).order_by("-at", "-pk")[:SHOWN_LOOK_UPS])
