"""A text as an event keeps it: word for word, of some length, and made of nothing that could change what is seen."""

from __future__ import annotations

from goodstanding import plain_text
from goodstanding.errors import BadInput
from goodstanding.messages import Message, RegisterMessage

LONGEST_NAME = 200
LONGEST_REASON = 2_000
LONGEST_TEXT = 10_000


def check_event_text(text: str, where: str | None, most: int = LONGEST_TEXT) -> str:
    """A text of one or several lines; raises BadInput for none, a longer one, and one with what no text has."""
    cleaned = plain_text.unify_line_breaks(text).strip()
    refuse_if_forbidden_characters(cleaned, where)
    if plain_text.is_blank(cleaned) or len(cleaned) > most:
        code = RegisterMessage.TEXT_MISSING if plain_text.is_blank(cleaned) else RegisterMessage.TEXT_TOO_LONG
        raise BadInput(Message(code, {"most": f"{most:,}"}), where=where)
    return cleaned


def check_event_line(text: str, where: str | None, most: int = LONGEST_NAME) -> str:
    """A text of one line, such as a name, each run of spaces made one; raises BadInput as above."""
    refuse_if_forbidden_characters(text.strip(), where)
    return check_event_text(plain_text.join_lines(text), where, most)


def refuse_if_forbidden_characters(text: str, where: str | None) -> None:
    """Nothing, or BadInput that names the characters of a text which no text has."""
    if codes := plain_text.list_forbidden_codes(plain_text.unify_line_breaks(text)):
        message = Message(RegisterMessage.TEXT_OF_FORBIDDEN_CHARACTERS, {"characters": ", ".join(codes)})
        raise BadInput(message, where=where)
