"""What a catalogue's own schemes of identifiers must satisfy: pattern, check and example fit each other."""

from __future__ import annotations

from collections.abc import Mapping

from goodstanding.catalogue.validation.check_context import CheckContext
from goodstanding.errors import BadIdentifier, CatalogueError
from goodstanding.messages import Message, MessageCode, SubjectsMessage

_KEYS: Mapping[MessageCode, str] = {
    SubjectsMessage.PATTERN_UNREADABLE: "pattern",
    SubjectsMessage.PATTERN_TOO_WIDE: "pattern",
    SubjectsMessage.CHECK_UNFIT: "check",
}


def check_identifiers(context: CheckContext) -> None:
    """Notes what is wrong with the pattern, the check or the example of each scheme that is declared."""
    for name in context.catalogue.identifiers:
        context.attempt(_check_scheme, name)


def _check_scheme(context: CheckContext, name: str) -> None:
    try:
        context.catalogue.identifiers[name].build_scheme(name)
    except BadIdentifier as error:
        message = error.coded
        assert isinstance(message, Message), "schemes are refused by code"
        key = _KEYS.get(message.code, "example")
        raise CatalogueError(message, where=context.where("identifiers", name, key)) from None
