"""The values of a PDF's objects (ISO 32000-2, 7.2 and 7.3): enough of them to see which keys and names they hold.

A dictionary comes back as the flat list of what stands in it, so that one with a part missing hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goodstanding.errors import BadFile

DEEPEST, MOST_TOKENS, MOST_READ = 100, 3_000_000, 400_000_000
_TOKEN = re.compile(
    rb"""
    (?P<gap>(?:[\x00\t\n\x0c\r\x20]|%[^\r\n]*+)++)
  | (?P<opens><<|\[)
  | (?P<closes>>>|\])
  | /(?P<name>[^\x00\t\n\x0c\r\x20()<>\[\]{}/%]*)
  | (?P<hex><[^<>]*>)
  | (?P<text>\()
  | (?P<word>[^\x00\t\n\x0c\r\x20()<>\[\]{}/%]+)
  | (?P<stray>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_TEXT_MARK = re.compile(rb"[()\\]")
_WHOLE = re.compile(rb"[0-9]{1,10}")
_ENDS = {b"endobj", b"stream", b"obj", b"endstream", b"xref", b"trailer", b"startxref"}


class Name(bytes):
    """A name, without its slash and with its escapes (#4A) undone."""


class Group(list[Any]):
    """What stands in a dictionary, keys and values in a row, or in an array."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`5 0 R`: the object of that number."""

    number: int


class Allowance:
    """How much of a file may be read, in tokens and bytes: one whose parts are read over and over is made to be."""

    def __init__(self, tokens: int = MOST_TOKENS, size: int = MOST_READ) -> None:
        self.tokens, self.size = tokens, size

    def spend(self, size: int) -> None:
        """One token of so many bytes less; raises BadFile when none is left."""
        self.tokens -= 1
        self.size -= size
        if self.tokens < 0 or self.size < 0:
            raise BadFile("The document is too intricate to be looked at.", remedy="the document printed to PDF")


def after_gap(content: bytes, at: int, allowance: Allowance) -> int:
    """Where the next token begins: behind white space and comments."""
    found = _TOKEN.match(content, at)
    if not found or found.lastgroup != "gap":
        return at
    allowance.spend(len(found[0]))
    return found.end()


def read(content: bytes, at: int, allowance: Allowance) -> tuple[Any, int]:
    """The value that begins at `at`, and where it ends; None for what is neither group, name, number nor reference."""
    open_groups: list[Group] = [Group()]
    while found := _TOKEN.match(content, at):
        allowance.spend(len(found[0]))
        at, kind, token = found.end(), found.lastgroup, found[0]
        inner = open_groups[-1]
        if kind == "opens":
            _refuse_depth(open_groups)
            inner.append(Group())
            open_groups.append(inner[-1])
        elif kind == "closes" and len(open_groups) > 1:
            open_groups.pop()
        elif kind == "word" and token in _ENDS:
            at = found.start()
            break
        elif kind == "text":
            at = _text_end(content, at, allowance)
            inner.append(None)
        elif kind != "gap":
            _put(inner, kind, found)
        if len(open_groups) == 1 and open_groups[0] and kind in ("closes", "name", "text", "hex"):
            break
    return (open_groups[0][-1] if open_groups[0] else None), at


def _put(inner: Group, kind: str | None, found: re.Match[bytes]) -> None:
    token = found[0]
    if kind == "name":
        inner.append(Name(_ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), found["name"])))
    elif token == b"R" and len(inner) > 1 and isinstance(inner[-2], int):
        inner[-2:] = [Reference(inner[-2])]
    else:
        inner.append(int(token) if _WHOLE.fullmatch(token) else None)


def _refuse_depth(open_groups: list[Group]) -> None:
    if len(open_groups) > DEEPEST:
        raise BadFile("The document is nested without end.", remedy="the document printed to PDF")


def _text_end(content: bytes, at: int, allowance: Allowance) -> int:
    """Where a text in parentheses ends that began before `at`; those inside it are counted, unless escaped."""
    depth = 1
    while depth and (found := _TEXT_MARK.search(content, at)):
        allowance.spend(found.end() - at)
        at = found.end() + (found[0] == b"\\")
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
    return at if not depth else len(content)


def walk(value: Any) -> Iterator[tuple[Name, Any]]:
    """Every name in a value, at any depth, with what follows it in its group."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Name):
            yield one, None
        if isinstance(one, Group):
            waiting += [inner for inner in one if isinstance(inner, Group)]
            yield from ((name, one[at + 1] if at + 1 < len(one) else None)
                        for at, name in enumerate(one) if isinstance(name, Name))  # fmt: skip
