"""Letters to those who act for a subject, as an e-mail to each whose address is known."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model

from goodstanding.access.mandates import list_mandates_in_force
from goodstanding.errors import BadInput, NotDelivered
from goodstanding.portal.cases.letters.email import send_letter
from goodstanding.procedure.notices import write_letter
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.cases.mandates import list_mandates_of_subject
from goodstanding.register.cases.notices import build_notice, has_notice

log = logging.getLogger("goodstanding.web")


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    """To how many addresses a letter went, and to how many it could not."""

    sent: int = 0
    failed: int = 0


def list_letter_addresses(case_file: CaseFile, day: date) -> list[str]:
    """The e-mail addresses of those whose mandate for the subject holds on a day."""
    people = {
        mandate.person
        for mandate in list_mandates_in_force(list_mandates_of_subject(case_file.subject.identifiers), day)
    }
    users = get_user_model().objects.filter(username__in=people, is_active=True).exclude(email="").order_by("email")
    return list(dict.fromkeys(users.values_list("email", flat=True)))


def send_last_letter(case_file: CaseFile, day: date, address: str) -> DeliveryCount:
    """Sends the letter about the last act of a case, if one is written about it; that it fails undoes no act."""
    last_act = case_file.acts[-1]
    if not has_notice(case_file, last_act):
        return DeliveryCount()
    letter, sent, failed = write_letter(build_notice(case_file, last_act, address=address)), 0, 0
    for recipient in list_letter_addresses(case_file, day):
        try:
            send_letter(letter, recipient)
            sent += 1
        except (NotDelivered, BadInput) as error:
            log.warning("The letter about %s was not sent to %s: %s", case_file.reference, recipient, error.message)
            failed += 1
    return DeliveryCount(sent, failed)
