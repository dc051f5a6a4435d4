"""What was typed into a field, without what no text has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding import plain_text
from goodstanding.errors import BadInput


def clean_entered_text(
    text: str, where: str, most: int, *, lines: bool = True, files: bool = True
) -> tuple[str, BadInput | None]:
    """A text that was typed without what no text has, and what is wrong with it: nothing legible is lost.

    A text of one line has its line breaks and tabs as spaces; `files` says whether a longer one can come as a file.
    """
    plain = plain_text.unify_line_breaks(text)
    cleaned = plain_text.remove_forbidden_characters(plain)
    cleaned = cleaned.strip() if lines else plain_text.join_lines(cleaned)
    codes = plain_text.list_forbidden_codes(plain)
    return cleaned, _describe_forbidden(codes, where) if codes else _describe_length(cleaned, where, most, files)


def _describe_forbidden(codes: list[str], where: str) -> BadInput:
    message = _("The text had characters that no text has (%(codes)s). They are taken out below.")
    remedy = _("Check the text below, then send it again.")
    return BadInput(message % {"codes": ", ".join(codes)}, where=where, remedy=remedy)


def _describe_length(text: str, where: str, most: int, files: bool) -> BadInput | None:
    if len(text) <= most:
        return None
    message = _("The text has %(n)s characters.") % {"n": f"{len(text):,}"}
    remedy = _("at most %(most)s, the rest as a file") if files else _("at most %(most)s")
    return BadInput(message, where=where, remedy=remedy % {"most": f"{most:,}"})
