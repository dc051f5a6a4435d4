"""Letters to those who act for a subject, as an e-mail to each whose address is known."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model

from goodstanding.access.mandates import in_force
from goodstanding.errors import BadInput, NotDelivered
from goodstanding.procedure.notices import write
from goodstanding.register import letters, mandates
from goodstanding.register.hearings import Hearing
from goodstanding.web.letters import post

log = logging.getLogger("goodstanding.web")


@dataclass(frozen=True, slots=True)
class Sent:
    """To how many addresses a letter went, and to how many it could not."""

    sent: int = 0
    failed: int = 0


def addresses(held: Hearing, day: date) -> list[str]:
    """The e-mail addresses of those whose mandate for the subject holds on a day."""
    people = {one.person for one in in_force(mandates.of_subject(held.subject.identifiers), day)}
    users = get_user_model().objects.filter(username__in=people).exclude(email="").order_by("email")
    return list(dict.fromkeys(users.values_list("email", flat=True)))


def send(held: Hearing, day: date, address: str) -> Sent:
    """Sends the letter about the last act of a case, if one is written about it; that it fails undoes no act."""
    last = held.acts[-1]
    if not letters.has_letter(held, last):
        return Sent()
    letter, sent, failed = write(letters.notice(held, last, address=address)), 0, 0
    for one in addresses(held, day):
        try:
            post.send(letter, one)
            sent += 1
        except (NotDelivered, BadInput) as error:
            log.warning("The letter about %s was not sent to %s: %s", held.reference, one, error.message)
            failed += 1
    return Sent(sent, failed)
