"""Structured field values (RFC 9651), as much as signatures need: dictionaries, inner lists, items and parameters.

What is read is written again in the one canonical way, because a signature covers the canonical text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from goodstanding.errors import BadInput

LONGEST = 8_192
_KEY = re.compile(r"[a-z*][a-z0-9_.*-]*")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?![0-9.])")
_STRING = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
_TOKEN = re.compile(r"[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*")
_BYTES = re.compile(r":([A-Za-z0-9+/=]*):")
_COMMA = re.compile(r"[ \t]*,[ \t]*")


class Token(str):
    """A word that stands without quotation marks."""

    __slots__ = ()


Bare = bool | int | str | bytes | Token
Parameters = Mapping[str, Bare]


@dataclass(frozen=True, slots=True)
class Item:
    """One value with its parameters."""

    value: Bare
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InnerList:
    """Items in brackets, with the parameters of the whole."""

    items: tuple[Item, ...]
    parameters: Parameters = field(default_factory=dict)


Member = Item | InnerList


def dictionary(text: str, where: str) -> dict[str, Member]:
    """The members of a field by their names; raises BadInput that names the field and the place."""
    if len(text) > LONGEST:
        raise BadInput("The field is too long.", where=where, remedy=f"at most {LONGEST} characters")
    return _Reader(text.strip(" "), where).members()


class _Reader:
    """A text and how far it has been read."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where, self.at = text, where, 0

    def members(self) -> dict[str, Member]:
        found: dict[str, Member] = {}
        while self.at < len(self.text):
            name = self.expect(_KEY, "a name in small letters")
            found.pop(name, None)  # the last of a name counts, and stands last
            found[name] = self.member() if self.took("=") else Item(True, self.parameters())
            if self.at == len(self.text):
                return found
            self.expect(_COMMA, "a comma")
            if self.at == len(self.text):
                raise self.wrong("another member after the comma")
        return found

    def member(self) -> Member:
        if not self.took("("):
            return self.item()
        items: list[Item] = []
        while True:
            self.at += len(self.text[self.at :]) - len(self.text[self.at :].lstrip(" "))
            if self.took(")"):
                return InnerList(tuple(items), self.parameters())
            items.append(self.item())
            if self.text[self.at : self.at + 1] not in (" ", ")"):
                raise self.wrong("a space or a closing bracket")

    def item(self) -> Item:
        return Item(self.bare(), self.parameters())

    def parameters(self) -> Parameters:
        found: dict[str, Bare] = {}
        while self.took(";"):
            self.at += len(self.text[self.at :]) - len(self.text[self.at :].lstrip(" "))
            name = self.expect(_KEY, "a parameter's name in small letters")
            found.pop(name, None)
            found[name] = self.bare() if self.took("=") else True
        return found

    def bare(self) -> Bare:
        first = self.text[self.at : self.at + 1]
        if first == '"':
            inside = self.expect(_STRING, "a closed text in quotation marks")[1:-1]
            return re.sub(r"\\(.)", r"\1", inside)
        if first == ":":
            return self.bytes()
        if first == "?":
            self.at += 1
            return self.expect(re.compile("[01]"), "?0 or ?1") == "1"
        if first == "-" or first.isdecimal():
            return int(self.expect(_NUMBER, "a whole number of at most 15 digits"))
        return Token(self.expect(_TOKEN, "a value"))

    def bytes(self) -> bytes:
        inside = self.expect(_BYTES, "bytes in base64 between colons")[1:-1]
        try:
            return base64.b64decode(inside, validate=True)
        except ValueError as error:
            raise self.wrong("bytes in base64 between colons") from error

    def took(self, sign: str) -> bool:
        taken = self.text.startswith(sign, self.at)
        self.at += len(sign) * taken
        return taken

    def expect(self, pattern: re.Pattern[str], remedy: str) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise self.wrong(remedy)
        self.at = match.end()
        return match[0]

    def wrong(self, remedy: str) -> BadInput:
        return BadInput(
            "The field is no structured field.", where=f"{self.where}, character {self.at + 1}", remedy=remedy
        )


def written(member: Member) -> str:
    """A member in canonical form."""
    if isinstance(member, Item):
        return _bare(member.value) + _parameters(member.parameters)
    inside = " ".join(written(one) for one in member.items)
    return f"({inside}){_parameters(member.parameters)}"


def _parameters(parameters: Parameters) -> str:
    return "".join(f";{name}" if value is True else f";{name}={_bare(value)}" for name, value in parameters.items())


def _bare(value: Any) -> str:
    if isinstance(value, bool):
        return "?1" if value else "?0"
    if isinstance(value, bytes):
        return f":{base64.b64encode(value).decode()}:"
    if isinstance(value, int | Token):
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
