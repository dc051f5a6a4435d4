"""What a request asks for: words, pages and moments, read strictly; what cannot be read is BadInput."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodstanding import plain_text
from goodstanding.access import WHOLE_REGISTER, Action, Actor, may
from goodstanding.errors import BadDay, BadInput, NotAllowed, NotFound
from goodstanding.ledger import proofs, store
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.web.http import clock

LONGEST_TEXT = 200
LAST_PAGE = 100_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,15}")


def read_text(request: HttpRequest, name: str) -> str:
    """A parameter as text: at most 200 characters, without control characters; empty where it is not given."""
    return check_short_text(request.GET.get(name, ""), name)


def check_short_text(text: str, where: str) -> str:
    """A text of one line, without marks that were copied along; raises BadInput for what no text has, or too long."""
    if len(text) > LONGEST_TEXT:
        raise BadInput(_("That is too long."), where=where, remedy=_("at most %(n)s characters") % {"n": LONGEST_TEXT})
    words = plain_text.remove_unseen_marks(text)
    if "\n" in words or "\t" in words or plain_text.list_forbidden_codes(words):
        raise BadInput(_("That has characters that no text has."), where=where, remedy=_("letters, digits and spaces"))
    return words.strip()


def parse_number(text: str) -> int | None:
    """A whole number as addresses and forms have it, of at most fifteen digits; None for everything else."""
    return int(text) if _NUMBER.fullmatch(text) else None


def read_page_number(request: HttpRequest) -> int:
    """Which page of a long answer, from 1."""
    number = parse_number(read_text(request, "page") or "1")
    if number is None or not 1 <= number <= LAST_PAGE:
        raise BadInput(_("There is no such page."), where="page", remedy=_("a whole number from 1"))
    return number


def read_moment(request: HttpRequest) -> PointInTime:
    """The day asked about (`at`) and the ledger size known by then (`known`: a day or a size); now where not given."""
    at_text, known_text = read_text(request, "at"), read_text(request, "known")
    return clock.get_moment_of(
        parse_day(at_text, "at") if at_text else None,
        _parse_size(known_text) if known_text else None,
    )


def is_length_within(text: str, most: int) -> bool:
    """Whether a request's header says a length, and that it is at most so many bytes."""
    return text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and int(text) <= most


def parse_day(text: str, where: str) -> date:
    """A day as ISO 8601 writes it."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadDay(_("This is no day."), where=where, remedy=_("year, month, day, such as 2015-02-16"))


def _parse_size(text: str) -> int:
    if (size := parse_number(text)) is None:
        return proofs.get_size_at(parse_day(text, "known"))
    ledger_size = store.get_ledger_size()
    if size > ledger_size:
        raise NotFound(
            _("The ledger is not as long as that."), where="known", remedy=_("at most %(n)s") % {"n": ledger_size}
        )
    return size


def refuse_if_moment_closed(moment: PointInTime, actor: Actor) -> None:
    """Nothing, or NotAllowed: another moment of something that concerns no one subject."""
    allowed = may(actor, Action.SEE_NOW if moment.is_now else Action.SEE_PAST, WHOLE_REGISTER)
    if not allowed.allowed:
        raise NotAllowed(_("This is open as it stands now, not for other moments."), remedy=allowed.because)
