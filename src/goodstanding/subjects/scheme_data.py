"""The schemes of identifiers that come with the package, as `schemes.json` declares them; read once.

Each says its pattern, how a value is spelled and checked, which persons' numbers are taken for one, and its source.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from goodstanding.messages import SubjectsMessage


class PersonSchemeData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scheme of natural persons' numbers: its pattern, and `search`, which finds one in a text, however joined;
    `also` finds it beside letters, or cut short, and `hidden` inside whatever stands before and after it.

    `likely`, `certain` and, of what is hidden, `surely` name the tests of what has the form, `refusal` is the code of
    the message.
    """

    name: str
    pattern: str
    search: str
    hidden: str
    likely: str
    certain: str
    surely: str
    refusal: SubjectsMessage
    source: str
    also: list[str] = []


class SchemeData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scheme of organisations or establishments; `title` and `shape` are codes of messages.

    `spelling` and `check` name functions of this room, `persons` are schemes of persons' numbers. `bare` is the pattern
    of values that need no scheme in front, which then have at least `bare_digits` digits.
    """

    name: str
    title: SubjectsMessage
    pattern: str
    shape: SubjectsMessage
    example: str
    source: str
    spelling: str = "kept"
    check: str = "none"
    weights: tuple[int, ...] = ()
    persons: tuple[str, ...] = ()
    bare: str | None = None
    bare_digits: int = 0
    unique: bool = True


class SchemesData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that the file declares."""

    persons: tuple[PersonSchemeData, ...]
    schemes: tuple[SchemeData, ...]


@cache
def read_scheme_data() -> SchemesData:
    """What the file declares; raises msgspec.ValidationError where it is not of the form."""
    return msgspec.json.decode(Path(__file__).with_name("schemes.json").read_bytes(), type=SchemesData)
