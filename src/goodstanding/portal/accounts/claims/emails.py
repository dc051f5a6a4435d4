"""E-mails to those who act for a subject: somebody else was granted a mandate, and from which day it holds."""

from __future__ import annotations

import logging

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access.mandates import Mandate
from goodstanding.register.cases.claims.claim_subjects import list_identifiers
from goodstanding.register.cases.mandates import list_mandates_of_subject
from goodstanding.web.wording.case_terms import format_day

log = logging.getLogger("goodstanding.web")
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}  # RFC 3834: no robot answers it


def tell_representatives(request: HttpRequest, granted: Mandate) -> int:
    """Tells whoever acts for the subject already, and whoever will; gives how many e-mails went out.

    That one fails undoes nothing: the page of representatives says the same.
    """
    address = request.build_absolute_uri(reverse("representatives"))
    return sum(_send(_build_email(granted, address, to)) for to in _list_addresses(granted))


def _list_addresses(granted: Mandate) -> list[str]:
    mandates = list_mandates_of_subject(list_identifiers(granted.subject))
    people = {mandate.person for mandate in mandates if granted.granted_on < mandate.ended_on} - {granted.person}
    users = get_user_model().objects.filter(username__in=people, is_active=True)
    return sorted({user.email for user in users if user.email})


def _build_email(granted: Mandate, address: str, to: str) -> EmailMessage:
    """Says that somebody will act, not who or for whom: an e-mail is read by many."""
    register = config.get_current_register().name
    text = _(
        "Somebody else was granted a mandate to act for a subject that you act for in %(register)s. It begins on"
        " %(day)s.\n\nSign in to see who it is, and to object if it is not right: %(address)s"
    )
    parameters = {"register": register, "day": format_day(granted.first_day), "address": address}
    return EmailMessage(
        _("[%(register)s] A new mandate") % {"register": register}, text % parameters, to=[to], headers=_HEADERS
    )


def _send(message: EmailMessage) -> int:
    try:
        return message.send()
    except OSError as error:  # SMTPException is one
        log.warning("The e-mail about a mandate was not sent: %s", error)
        return 0
