"""PDF documents (ISO 32000-2): whole, open to everybody who decides, and without anything that acts.

A document is looked at twice. Its objects are read as values, those packed in object streams (7.5.7) too, and every key
and name in them is looked at, however it is escaped. And every byte of it, unpacked, is searched for the names that a
document needs in order to act, so that what our reading misses and another's does not is found all the same.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from goodstanding.errors import BadFile
from goodstanding.register.exhibits.values import Allowance, Group, Name, Reference, after_gap, read, walk

MOST_UNPACKED, LARGEST_OBJECT_STREAM = 400_000_000, 16_777_216
FLATTENED = "the document printed to PDF, or saved as PDF/A, without programs, forms and attachments"

_ACTS = {
    b"JavaScript": "a program (JavaScript)",
    b"JS": "a program (JavaScript)",
    b"Launch": "a command that starts a program",
    b"EmbeddedFile": "another file",
    b"EmbeddedFiles": "another file",
    b"FileAttachment": "another file",
    b"RichMedia": "a film or a sound",
    b"Rendition": "a film or a sound",
    b"XFA": "a form that acts (XFA)",
    b"SubmitForm": "a form that sends itself elsewhere",
    b"ImportData": "a form that takes in another file",
    b"GoToR": "a command that opens another file",
    b"GoToE": "a command that opens another file",
    b"AA": "a command that is carried out by itself",
}
_SHORT = {b"JS", b"AA", b"XFA"}  # so short that packed pictures hold them by chance
_DELIMITER = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z)"


def _spelt(name: bytes) -> bytes:
    """A pattern for a name however it is escaped: J or #4A, a or #61."""
    return b"".join(b"(?:%c|#(?i:%02x))" % (one, one) for one in name)


_LONG = re.compile(b"/(?:%s)%s" % (b"|".join(_spelt(name) for name in _ACTS if name not in _SHORT), _DELIMITER))
_LOCKED = re.compile(b"/" + _spelt(b"Encrypt") + _DELIMITER)
_OPENS_BY_ITSELF = re.compile(b"/" + _spelt(b"OpenAction") + _DELIMITER)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})[\x00\t\n\x0c\r ]+[0-9]{1,5}[\x00\t\n\x0c\r ]+obj")
_STREAM = re.compile(rb"stream[\t ]*+(?:\r\n|\n|\r)?")
_HEAD = re.compile(rb"%PDF-[12]\.[0-9]")
_TAIL = re.compile(rb"startxref\s+[0-9]+\s+%%EOF[\x00\s]*\Z")
_PAIR = re.compile(rb"\s*+([0-9]{1,10})\s++([0-9]{1,10})")
_FLATE = {b"FlateDecode", b"Fl"}
_FILTERS = {
    b"ASCIIHexDecode", b"AHx", b"ASCII85Decode", b"A85", b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL", b"Crypt",
}  # fmt: skip
_END, _STEP, _OVERLAP, _MOST_ENDS = b"endstream", 1 << 22, 64, 16
Objects = dict[int, list[Any]]


def check(content: bytes) -> None:
    """Nothing, or BadFile for a PDF that is cut short, encrypted, or holds something that acts."""
    if not _HEAD.match(content) or not _TAIL.search(content, max(0, len(content) - 2_048)):
        raise BadFile("The PDF is cut short, or is followed by something else.", remedy="the whole document")
    if _HEAD.search(content, 1):
        raise BadFile("There are two documents in one.", remedy="each document as a file of its own")
    if _LOCKED.search(content):
        remedy = "the document without a password or restrictions"
        raise BadFile("The PDF is encrypted, so that not everybody who decides can read it.", remedy=remedy)
    found = _Found(content)
    values = [value for known in found.objects.values() for value in known]
    opening = [after for value in values for after in _looked_at(value)]
    if len(opening) < found.opens_by_itself:
        raise _unreadable()
    if not any(name == b"Pages" for value in values for name, _after in walk(value)):
        raise BadFile("The PDF has no pages.", remedy="the whole document")
    for action in _meant(opening, found.objects):
        _refuse_action(action)


def _unreadable() -> BadFile:
    return BadFile("The PDF is packed in a way that cannot be looked into.", remedy=FLATTENED)


def _refuse(name: bytes) -> None:
    raise BadFile(f"The PDF holds {_ACTS[name]}.", remedy=FLATTENED)


def _looked_at(value: Any) -> Iterator[Any]:
    """What the value says is done on opening, for each place where it says so; raises BadFile for a name that acts."""
    for name, after in walk(value):
        if name in _ACTS:
            _refuse(name)
        if name == b"OpenAction":
            yield after


def _meant(waiting: list[Any], objects: Objects) -> Iterator[Any]:
    """Values, and instead of references what they may refer to, each object once."""
    followed: set[int] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Reference):
            yield one
        elif one.number not in objects:
            raise _unreadable()
        elif one.number not in followed:
            followed.add(one.number)
            waiting += objects[one.number]


def _refuse_action(action: Any) -> None:
    """Nothing where a document opens at one of its own pages; else BadFile."""
    said = list(walk(action))
    goes_on = any(name in (b"Next", b"URI") or (name == b"S" and after != b"GoTo") for name, after in said)
    if goes_on or not isinstance(action, Group):
        raise BadFile("The PDF does something when it is opened.", remedy=FLATTENED)


class _Found:
    """The objects of a PDF by number, every definition of each, and how often something is to be done on opening."""

    def __init__(self, content: bytes) -> None:
        self.content, self.objects, self.allowance = content, Objects(), Allowance()
        self.left = MOST_UNPACKED
        self.opens_by_itself = bool(_OPENS_BY_ITSELF.search(content))
        _search(content)
        for found in _OBJECT.finditer(content):
            self._object(int(found[1]), found.end())

    def _object(self, number: int, at: int) -> None:
        value, end = read(self.content, at, self.allowance)
        self.objects.setdefault(number, []).append(value)
        if isinstance(value, Group):
            end = after_gap(self.content, end, self.allowance)
            if stream := _STREAM.match(self.content, end):
                self._stream({name for name, _after in walk(value)}, value, stream.end())

    def _stream(self, names: set[Name], value: Group, at: int) -> None:
        holds_objects = b"ObjStm" in names or {b"First", b"N"} <= names
        if holds_objects:
            predicted = any(name == b"Predictor" and after != 1 for name, after in walk(value))
            if predicted or names & _FILTERS or not names & _FLATE:
                raise _unreadable()
            said = {name: after for name, after in walk(value) if after is not None}
            if sum(name in (b"N", b"First") for name, _after in walk(value)) != 2:
                raise _unreadable()
            self._object_stream(b"".join(self._unpacked(at, whole=True)), said)
        elif names & _FLATE and not names & _FILTERS:
            for part in self._unpacked(at):
                _search(part)

    def _object_stream(self, unpacked: bytes, said: dict[Name, Any]) -> None:
        many, first = said.get(Name(b"N")), said.get(Name(b"First"))
        if len(unpacked) > LARGEST_OBJECT_STREAM or not isinstance(many, int) or not isinstance(first, int):
            raise _unreadable()
        _search(unpacked)
        self.opens_by_itself |= bool(_OPENS_BY_ITSELF.search(unpacked))
        at = 0
        for _object in range(many):
            if not (found := _PAIR.match(unpacked, at)):
                raise _unreadable()
            at = found.end()
            value, _end = read(unpacked, first + int(found[2]), self.allowance)
            self.objects.setdefault(int(found[1]), []).append(value)

    def _unpacked(self, at: int, whole: bool = False) -> Iterator[bytes]:
        """The unpacked bytes of a stream, in parts that overlap unless `whole`; it ends where its packing says so."""
        unpacker, kept = zlib.decompressobj(), b""
        for part in self._packed(at):
            self._spend(len(part))
            waiting: bytes | memoryview = part
            while waiting and not unpacker.eof:
                try:
                    made = unpacker.decompress(waiting, _STEP)
                except zlib.error:
                    if whole:
                        raise _unreadable() from None
                    return
                waiting = unpacker.unconsumed_tail
                self._spend(len(made))
                yield made if whole else kept + made
                kept = made[-_OVERLAP:]
            if unpacker.eof:
                return
        if whole:
            raise _unreadable()

    def _packed(self, at: int) -> Iterator[memoryview]:
        """The bytes of a stream up to each place where it may end, for a stream may hold the word for its end."""
        for _end in range(_MOST_ENDS):
            found = self.content.find(_END, at)
            end = found + len(_END) if found >= 0 else len(self.content)
            yield memoryview(self.content)[at:end]
            at = end

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise BadFile("The PDF unpacks to far more than it is.", remedy=FLATTENED)


def _search(part: bytes) -> None:
    if found := _LONG.search(part):
        _refuse(_ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), found[0][1:]))
