"""The values of a PDF's objects (ISO 32000-2, 7.2 and 7.3): enough of them to see which keys and names they hold.

A dictionary comes back as the flat list of what stands in it, so that one with a part missing hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goodstanding.errors import BadFile
from goodstanding.messages import DocumentMessage, Message

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


class PdfName(bytes):
    """A name, without its slash and with its escapes (#4A) undone."""


class PdfGroup(list[Any]):
    """What stands in a dictionary, keys and values in a row, or in an array."""


@dataclass(frozen=True, slots=True)
class PdfReference:
    """`5 0 R`: the object of that number."""

    number: int


class ReadingAllowance:
    """How much of a file may be read, in tokens and bytes: one whose parts are read over and over is made to be."""

    def __init__(self, tokens: int = MOST_TOKENS, size: int = MOST_READ) -> None:
        self.tokens, self.size = tokens, size

    def spend(self, size: int) -> None:
        """One token of so many bytes less; raises BadFile when none is left."""
        self.tokens -= 1
        self.size -= size
        if self.tokens < 0 or self.size < 0:
            raise BadFile(Message(DocumentMessage.PDF_TOO_INTRICATE))


def skip_gap(content: bytes, at: int, allowance: ReadingAllowance) -> int:
    """Where the next token begins: behind white space and comments."""
    match = _TOKEN.match(content, at)
    if not match or match.lastgroup != "gap":
        return at
    allowance.spend(len(match[0]))
    return match.end()


def read_value(content: bytes, at: int, allowance: ReadingAllowance) -> tuple[Any, int]:
    """The value that begins at `at`, and where it ends; None for what is neither group, name, number nor reference."""
    open_groups: list[PdfGroup] = [PdfGroup()]
    while match := _TOKEN.match(content, at):
        allowance.spend(len(match[0]))
        at, kind, token = match.end(), match.lastgroup, match[0]
        inner = open_groups[-1]
        if kind == "opens":
            _refuse_if_too_deep(open_groups)
            inner.append(PdfGroup())
            open_groups.append(inner[-1])
        elif kind == "closes" and len(open_groups) > 1:
            open_groups.pop()
        elif kind == "word" and token in _ENDS:
            at = match.start()
            break
        elif kind == "text":
            at = _find_text_end(content, at, allowance)
            inner.append(None)
        elif kind != "gap":
            _append_token(inner, kind, match)
        if len(open_groups) == 1 and open_groups[0] and kind in ("closes", "name", "text", "hex"):
            break
    return (open_groups[0][-1] if open_groups[0] else None), at


def _append_token(inner: PdfGroup, kind: str | None, match: re.Match[bytes]) -> None:
    token = match[0]
    if kind == "name":
        inner.append(PdfName(_ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), match["name"])))
    elif token == b"R" and len(inner) > 1 and isinstance(inner[-2], int):
        inner[-2:] = [PdfReference(inner[-2])]
    else:
        inner.append(int(token) if _WHOLE.fullmatch(token) else None)


def _refuse_if_too_deep(open_groups: list[PdfGroup]) -> None:
    if len(open_groups) > DEEPEST:
        raise BadFile(Message(DocumentMessage.PDF_NESTED_TOO_DEEP))


def _find_text_end(content: bytes, at: int, allowance: ReadingAllowance) -> int:
    """Where a text in parentheses ends that began before `at`; those inside it are counted, unless escaped."""
    depth = 1
    while depth and (match := _TEXT_MARK.search(content, at)):
        allowance.spend(match.end() - at)
        at = match.end() + (match[0] == b"\\")
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
    return at if not depth else len(content)


def walk_names(value: Any) -> Iterator[tuple[PdfName, Any]]:
    """Every name in a value, at any depth, with what follows it in its group."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, PdfName):
            yield current, None
        if isinstance(current, PdfGroup):
            waiting += [inner for inner in current if isinstance(inner, PdfGroup)]
            yield from ((name, current[at + 1] if at + 1 < len(current) else None)
                        for at, name in enumerate(current) if isinstance(name, PdfName))  # fmt: skip
