"""Look-ups are kept for five years (charter article 20); what else of this room names an emptied file goes with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from goodstanding.access import Actor, Role
from goodstanding.web.http import clock
from goodstanding.web.models import Account, Alert, LookUp

KEPT_YEARS, _AT_ONCE = 5, 500


def get_oldest_kept_day(day: date) -> date:
    """The first day of which look-ups are kept on a day; of 29 February it is the day after the last of February."""
    try:
        return day.replace(year=day.year - KEPT_YEARS)
    except ValueError:
        return date(day.year - KEPT_YEARS, 3, 1)


def purge_access_entries(day: date) -> int:
    """Deletes the look-ups that are older than five years on a day; gives how many there were."""
    before = datetime.combine(get_oldest_kept_day(day), time.min, UTC)
    return int(LookUp.objects.filter(at__lt=before).delete()[0])


def close_subject_accounts(positions: Collection[int], identifiers: Collection[str]) -> None:
    """Ends the accounts and alerts of those who act for a file that is gone. Who looked stays for its five years."""
    Account.objects.filter(role=Role.SUBJECT.value, scope__in=identifiers).delete()
    Alert.objects.filter(subject__in=identifiers).delete()


SHOWN_ACCESS_ENTRIES = 50


def log_access(actor: Actor, subject: str, opened: str) -> None:
    """Notes that an identified person opened what is not public about a subject (charter article 20)."""
    log_accesses(actor, [subject], opened)


def log_accesses(actor: Actor, subjects: Iterable[str], opened: str) -> None:
    """Notes the same for each of several subjects."""
    at, role = clock.get_now(), actor.role.value
    look_ups = (
        LookUp(at=at, name=actor.name, role=role, scope=actor.scope, subject=subject, opened=opened)
        for subject in subjects
    )
    LookUp.objects.bulk_create(look_ups, batch_size=_AT_ONCE)


class PastLookUp(NamedTuple):
    """That somebody opened a file at an instant, and what of it."""

    at: datetime
    actor: Actor
    subject: str
    opened: str


def log_past_accesses(past_look_ups: Iterable[PastLookUp]) -> int:
    """Notes look-ups of a demonstration's made-up past; gives how many."""
    look_ups = [
        LookUp(at=at, name=actor.name, role=actor.role.value, scope=actor.scope, subject=subject, opened=opened)
        for at, actor, subject, opened in past_look_ups
    ]
    return len(LookUp.objects.bulk_create(look_ups, batch_size=_AT_ONCE))


def list_access_entries(subject: str) -> list[LookUp]:
    """Who opened the non-public part of a subject's file, newest first."""
    return list(LookUp.objects.filter(subject=subject).order_by("-at", "-pk")[:SHOWN_ACCESS_ENTRIES])
