"""Who asks: the one place where a request becomes an actor."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.http import HttpRequest

from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.web.models import Account, LookUp

SHOWN_LOOK_UPS = 50


def actor_of(request: HttpRequest) -> Actor:
    """The role that whoever is signed in holds; anybody for everybody else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ANYBODY
    account = Account.objects.filter(pk=user.pk).first()
    return Actor(Role(account.role), account.scope, user.get_username()) if account else ANYBODY


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


def log_look_up(actor: Actor, subject: str, opened: str) -> None:
    """Notes that an identified person opened what is not public about a subject (charter article 20)."""
    LookUp.objects.create(
        at=datetime.now(UTC), name=actor.name, role=actor.role.value, scope=actor.scope, subject=subject, opened=opened
    )


def look_ups(subject: str) -> list[LookUp]:
    """Who opened the non-public part of a subject's file, newest first."""
    return list(LookUp.objects.filter(subject=subject).order_by("-at", "-pk")[:SHOWN_LOOK_UPS])
