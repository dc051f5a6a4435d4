"""The XML inside an Office file, read without entities: the names of its elements, their attributes and some texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from goodstanding.errors import BadFile
from goodstanding.messages import DocumentMessage, Message

DEEPEST, MOST_ELEMENTS = 256, 2_000_000
_OTHER_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)
ElementHandler = Callable[[str, dict[str, str]], None]
TextHandler = Callable[[str, str], None]


@dataclass
class _ElementReader:
    """Hands on every element, and the text of those whose local name is wanted."""

    seen: ElementHandler
    heard: TextHandler
    wanted: frozenset[str]
    depth: int = 0
    count: int = 0
    texts: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > DEEPEST or self.count > MOST_ELEMENTS:
            raise BadFile(Message(DocumentMessage.DOCUMENT_NESTED_TOO_DEEP))
        self.seen(strip_namespace(name), attributes)
        if strip_namespace(name) in self.wanted:
            self.inside.append(name)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.inside and self.inside[-1] == name:
            self.inside.pop()
            self.heard(strip_namespace(name), "".join(self.texts))
            if not self.inside:
                self.texts.clear()

    def text(self, text: str) -> None:
        if self.inside:
            self.texts.append(text)


def strip_namespace(name: str) -> str:
    """A name without its namespace, in small letters."""
    return name.rpartition(" ")[2].rpartition(":")[2].lower()


def read_xml(
    content: bytes, seen: ElementHandler, heard: TextHandler | None = None, wanted: frozenset[str] = frozenset()
) -> None:
    """Hands every element to `seen`, by its local name; the texts of `wanted` elements to `heard`.

    Raises BadFile for what is no XML in UTF-8, or declares a document type: entities make much out of little.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or _OTHER_ENCODING.match(content):
        raise BadFile(Message(DocumentMessage.DOCUMENT_NOT_UTF8))
    reader = _ElementReader(seen, heard or (lambda _name, _text: None), wanted)
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.buffer_text = True
    if wanted:
        parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as wrong:
        raise BadFile(Message(DocumentMessage.DOCUMENT_NO_XML)) from wrong


def _refuse_document_type(*_declared: object) -> None:
    raise BadFile(Message(DocumentMessage.DOCUMENT_DECLARES_ENTITIES))
