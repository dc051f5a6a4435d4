"""Structured field values (RFC 9651), as much as signatures need: dictionaries, inner lists, items and parameters.

`http_sf` reads and writes them. What is read is written again in the one canonical way, because a signature covers the
canonical text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import http_sf
from http_sf.types import BareItemType, ParamsType

from goodstanding.errors import BadInput

LONGEST = 8_192


@dataclass(frozen=True, slots=True)
class Item:
    """One value with its parameters."""

    value: BareItemType
    parameters: ParamsType = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InnerList:
    """Items in brackets, with the parameters of the whole."""

    items: tuple[Item, ...]
    parameters: ParamsType = field(default_factory=dict)


Member = Item | InnerList


def parse_dictionary(text: str, where: str) -> dict[str, Member]:
    """The members of a field by their names; raises BadInput that names the field and the place."""
    if len(text) > LONGEST:
        raise BadInput("The field is too long.", where=where, remedy=f"at most {LONGEST} characters")
    try:
        members: Any = http_sf.parse(text.encode(errors="surrogatepass"), tltype="dictionary")
    except http_sf.StructuredFieldError as error:
        place = f"{where}, character {(error.position or 0) + 1}"
        remedy = f"a dictionary as RFC 9651 writes it ({error.args[0]})"
        raise BadInput("The field is no structured field.", where=place, remedy=remedy) from error
    return {name: _member(*member) for name, member in members.items()}


def _member(value: Any, parameters: ParamsType) -> Member:
    if isinstance(value, list):
        return InnerList(tuple(Item(*item) for item in value), parameters)
    return Item(value, parameters)


def serialize_member(member: Member) -> str:
    """A member in canonical form."""
    value: Any = member.value if isinstance(member, Item) else [(item.value, item.parameters) for item in member.items]
    return http_sf.ser([(value, member.parameters)])
