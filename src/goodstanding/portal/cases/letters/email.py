"""A letter as an e-mail: its words as text and as a page, and the PDF with it, through Django's back ends."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.utils import make_msgid
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from goodstanding.errors import BadInput, NotDelivered, NotFound
from goodstanding.portal.cases.letters.pdf import render_pdf
from goodstanding.procedure.letters import Letter, render_letter_text

_ODD = re.compile(r"[^\w.-]+", re.ASCII)
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}  # RFC 3834: no robot answers it


@dataclass(frozen=True, slots=True)
class EmailReceipt:
    """What proves that an e-mail was handed over: its Message-ID, its address, the SHA-256 of the letter with it."""

    message: str
    to: str
    digest: str


def build_letter_email(letter: Letter, to: str) -> EmailMultiAlternatives:
    """The e-mail that carries a letter; raises BadInput for what is no address."""
    try:
        validate_email(to)
    except ValidationError as wrong:
        raise BadInput(_("This is not an e-mail address."), where=to[:100], remedy="name@example.org") from wrong
    headers = _HEADERS | {"Message-ID": make_msgid(domain="goodstanding"), "Content-Language": letter.language}
    message = EmailMultiAlternatives(
        f"{letter.reference}: {letter.title}", render_letter_text(letter), to=[to], headers=headers
    )
    message.attach_alternative(render_to_string("portal/cases/letter_email.html", {"letter": letter}), "text/html")
    message.attach(*_build_attachment(letter))
    return message


def _build_attachment(letter: Letter) -> tuple[str, bytes, str]:
    """The letter on paper; as text where no font of this machine shows all of it."""
    name = build_letter_file_name(letter)
    try:
        return name, render_pdf(letter), "application/pdf"
    except NotFound:
        return name.replace(".pdf", ".txt"), render_letter_text(letter).encode(), "application/octet-stream"


def send_letter(letter: Letter, to: str) -> EmailReceipt:
    """Hands a letter over to the mail server; raises NotDelivered where it is not taken, BadInput for no address."""
    message = build_letter_email(letter, to)
    try:
        handed_over = message.send()
    except (SMTPException, OSError) as wrong:
        remedy = _("Try again later. The setting mail names the server.")
        raise NotDelivered(
            _("The mail server did not accept the letter."), where=letter.reference, remedy=remedy
        ) from wrong
    if not handed_over:
        raise NotDelivered(_("The mail server did not accept the letter."), where=letter.reference)
    content = message.attachments[0][1]
    return EmailReceipt(message.extra_headers["Message-ID"], to, hashlib.sha256(content).hexdigest())


def build_letter_file_name(letter: Letter) -> str:
    """The name of a letter's PDF: GS-1204.pdf."""
    return f"{_ODD.sub('-', letter.reference).strip('-.')[:60] or 'letter'}.pdf"
