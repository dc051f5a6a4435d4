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
from goodstanding.evidence.pdf_objects import (
    PdfGroup,
    PdfName,
    PdfReference,
    ReadingAllowance,
    read_value,
    skip_gap,
    walk_names,
)
from goodstanding.messages import DocumentMessage, Message

MOST_UNPACKED, LARGEST_OBJECT_STREAM = 400_000_000, 16_777_216

_ACTS = {
    b"JavaScript": DocumentMessage.PDF_HOLDS_PROGRAM,
    b"JS": DocumentMessage.PDF_HOLDS_PROGRAM,
    b"Launch": DocumentMessage.PDF_STARTS_PROGRAM,
    b"EmbeddedFile": DocumentMessage.PDF_HOLDS_FILE,
    b"EmbeddedFiles": DocumentMessage.PDF_HOLDS_FILE,
    b"FileAttachment": DocumentMessage.PDF_HOLDS_FILE,
    b"RichMedia": DocumentMessage.PDF_HOLDS_FILM,
    b"Rendition": DocumentMessage.PDF_HOLDS_FILM,
    b"XFA": DocumentMessage.PDF_HOLDS_XFA_FORM,
    b"SubmitForm": DocumentMessage.PDF_SENDS_FORM,
    b"ImportData": DocumentMessage.PDF_IMPORTS_FILE,
    b"GoToR": DocumentMessage.PDF_OPENS_FILE,
    b"GoToE": DocumentMessage.PDF_OPENS_FILE,
    b"AA": DocumentMessage.PDF_ACTS_BY_ITSELF,
}
_SHORT = {b"JS", b"AA", b"XFA"}  # so short that packed pictures hold them by chance
_DELIMITER = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z)"


def _build_name_pattern(name: bytes) -> bytes:
    """A pattern for a name however it is escaped: J or #4A, a or #61."""
    return b"".join(b"(?:%c|#(?i:%02x))" % (byte, byte) for byte in name)


_LONG = re.compile(
    b"/(?:%s)%s" % (b"|".join(_build_name_pattern(name) for name in _ACTS if name not in _SHORT), _DELIMITER)
)
_LOCKED = re.compile(b"/" + _build_name_pattern(b"Encrypt") + _DELIMITER)
_OPENS_BY_ITSELF = re.compile(b"/" + _build_name_pattern(b"OpenAction") + _DELIMITER)
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


def check_pdf(content: bytes) -> None:
    """Nothing, or BadFile for a PDF that is cut short, encrypted, or holds something that acts."""
    if not _HEAD.match(content) or not _TAIL.search(content, max(0, len(content) - 2_048)):
        raise BadFile(Message(DocumentMessage.PDF_CUT_SHORT))
    if _HEAD.search(content, 1):
        raise BadFile(Message(DocumentMessage.PDF_TWICE))
    if _LOCKED.search(content):
        raise BadFile(Message(DocumentMessage.PDF_ENCRYPTED))
    pdf_objects = _PdfObjects(content)
    values = [value for definitions in pdf_objects.objects.values() for value in definitions]
    opening = [after for value in values for after in _iterate_opening_actions(value)]
    if len(opening) < pdf_objects.opens_by_itself:
        raise _build_unreadable_error()
    if not any(name == b"Pages" for value in values for name, _after in walk_names(value)):
        raise BadFile(Message(DocumentMessage.PDF_WITHOUT_PAGES))
    for action in _resolve_references(opening, pdf_objects.objects):
        _refuse_if_action_acts(action)


def _build_unreadable_error() -> BadFile:
    return BadFile(Message(DocumentMessage.PDF_UNREADABLE))


def _refuse_acting_name(name: bytes) -> None:
    raise BadFile(Message(_ACTS[name]))


def _iterate_opening_actions(value: Any) -> Iterator[Any]:
    """What the value says is done on opening, for each place where it says so; raises BadFile for a name that acts."""
    for name, after in walk_names(value):
        if name in _ACTS:
            _refuse_acting_name(name)
        if name == b"OpenAction":
            yield after


def _resolve_references(waiting: list[Any], objects: Objects) -> Iterator[Any]:
    """Values, and instead of references what they may refer to, each object once."""
    followed: set[int] = set()
    while waiting:
        current = waiting.pop()
        if not isinstance(current, PdfReference):
            yield current
        elif current.number not in objects:
            raise _build_unreadable_error()
        elif current.number not in followed:
            followed.add(current.number)
            waiting += objects[current.number]


def _refuse_if_action_acts(action: Any) -> None:
    """Nothing where a document opens at one of its own pages; else BadFile."""
    pairs = list(walk_names(action))
    goes_on = any(name in (b"Next", b"URI") or (name == b"S" and after != b"GoTo") for name, after in pairs)
    if goes_on or not isinstance(action, PdfGroup):
        raise BadFile(Message(DocumentMessage.PDF_ACTS_WHEN_OPENED))


class _PdfObjects:
    """The objects of a PDF by number, every definition of each, and how often something is to be done on opening."""

    def __init__(self, content: bytes) -> None:
        self.content, self.objects, self.allowance = content, Objects(), ReadingAllowance()
        self.left = MOST_UNPACKED
        self.opens_by_itself = bool(_OPENS_BY_ITSELF.search(content))
        _refuse_if_acting(content)
        for match in _OBJECT.finditer(content):
            self._object(int(match[1]), match.end())

    def _object(self, number: int, at: int) -> None:
        value, end = read_value(self.content, at, self.allowance)
        self.objects.setdefault(number, []).append(value)
        if isinstance(value, PdfGroup):
            end = skip_gap(self.content, end, self.allowance)
            if stream := _STREAM.match(self.content, end):
                self._stream({name for name, _after in walk_names(value)}, value, stream.end())

    def _stream(self, names: set[PdfName], value: PdfGroup, at: int) -> None:
        holds_objects = b"ObjStm" in names or {b"First", b"N"} <= names
        if holds_objects:
            predicted = any(name == b"Predictor" and after != 1 for name, after in walk_names(value))
            if predicted or names & _FILTERS or not names & _FLATE:
                raise _build_unreadable_error()
            entries = {name: after for name, after in walk_names(value) if after is not None}
            if sum(name in (b"N", b"First") for name, _after in walk_names(value)) != 2:
                raise _build_unreadable_error()
            self._object_stream(b"".join(self._unpacked(at, whole=True)), entries)
        elif names & _FLATE and not names & _FILTERS:
            for part in self._unpacked(at):
                _refuse_if_acting(part)

    def _object_stream(self, unpacked: bytes, entries: dict[PdfName, Any]) -> None:
        many, first = entries.get(PdfName(b"N")), entries.get(PdfName(b"First"))
        if len(unpacked) > LARGEST_OBJECT_STREAM or not isinstance(many, int) or not isinstance(first, int):
            raise _build_unreadable_error()
        _refuse_if_acting(unpacked)
        self.opens_by_itself |= bool(_OPENS_BY_ITSELF.search(unpacked))
        at = 0
        for _object in range(many):
            if not (match := _PAIR.match(unpacked, at)):
                raise _build_unreadable_error()
            at = match.end()
            value, _end = read_value(unpacked, first + int(match[2]), self.allowance)
            self.objects.setdefault(int(match[1]), []).append(value)

    def _unpacked(self, at: int, whole: bool = False) -> Iterator[bytes]:
        """The unpacked bytes of a stream, in parts that overlap unless `whole`; it ends where its packing says so."""
        unpacker, kept = zlib.decompressobj(), b""
        for part in self._packed(at):
            self._spend(len(part))
            waiting: bytes | memoryview = part
            while waiting and not unpacker.eof:
                try:
                    chunk = unpacker.decompress(waiting, _STEP)
                except zlib.error:
                    if whole:
                        raise _build_unreadable_error() from None
                    return
                waiting = unpacker.unconsumed_tail
                self._spend(len(chunk))
                yield chunk if whole else kept + chunk
                kept = chunk[-_OVERLAP:]
            if unpacker.eof:
                return
        if whole:
            raise _build_unreadable_error()

    def _packed(self, at: int) -> Iterator[memoryview]:
        """The bytes of a stream up to each place where it may end, for a stream may hold the word for its end."""
        for _end in range(_MOST_ENDS):
            place = self.content.find(_END, at)
            end = place + len(_END) if place >= 0 else len(self.content)
            yield memoryview(self.content)[at:end]
            at = end

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise BadFile(Message(DocumentMessage.PDF_UNPACKS_TOO_LARGE))


def _refuse_if_acting(part: bytes) -> None:
    if match := _LONG.search(part):
        _refuse_acting_name(_ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), match[0][1:]))
