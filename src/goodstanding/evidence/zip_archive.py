"""The ZIP archive that an Office file is: bounded, its parts what the archive says, and nothing around it.

APPNOTE.TXT 6.3.3 (ISO/IEC 21320-1 for document containers): stored or deflated parts only, none encrypted.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from goodstanding.errors import BadFile
from goodstanding.messages import DocumentMessage, Message

MOST_PARTS, MOST_UNPACKED, LARGEST_PART = 5_000, 64_000_000, 48_000_000
_LOCKED, _END_SIZE = 0x1, 22
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class ZipArchive:
    """The parts of an archive by name; raises BadFile for one that is broken, hostile, or not all that the file is."""

    def __init__(self, content: bytes) -> None:
        end = content[-_END_SIZE:]
        if not (end.startswith(b"PK\x05\x06") and end.endswith(b"\x00\x00")):
            raise BadFile(Message(DocumentMessage.ARCHIVE_CUT_SHORT))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as wrong:
            raise BadFile(Message(DocumentMessage.ARCHIVE_UNREADABLE)) from wrong
        parts = self._zip.infolist()
        _refuse_if_bomb(parts, len(content))
        for part in parts:
            _refuse_if_bad_part(part)
        self.names = tuple(part.filename for part in parts)
        if len({name.lower() for name in self.names}) != len(self.names):
            raise BadFile(Message(DocumentMessage.ARCHIVE_NAMES_TWICE))
        if min((part.header_offset for part in parts), default=0):
            raise BadFile(Message(DocumentMessage.ARCHIVE_PRECEDED))

    def read(self, name: str) -> bytes:
        """A part unpacked; raises BadFile where it is not what the archive says of it."""
        try:
            part = self._zip.getinfo(name)
            with self._zip.open(part) as stream:
                return stream.read(part.file_size + 1)  # read without a size unpacks all there is, bombs too
        except _BROKEN as wrong:
            raise BadFile(Message(DocumentMessage.ARCHIVE_PART_BROKEN, {"part": repr(name[:100])})) from wrong


def _refuse_if_bomb(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Nothing, or BadFile for parts that are too many, too large, or packed over one another."""
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    too_large = unpacked > MOST_UNPACKED or any(part.file_size > LARGEST_PART for part in parts)
    if len(parts) > MOST_PARTS or too_large or packed > size:
        most = {"parts": f"{MOST_PARTS:,}", "size": MOST_UNPACKED // 1_000_000}
        raise BadFile(Message(DocumentMessage.ARCHIVE_UNPACKS_TOO_LARGE, most))


def _refuse_if_bad_part(part: zipfile.ZipInfo) -> None:
    name = part.filename
    if part.flag_bits & _LOCKED:
        raise BadFile(Message(DocumentMessage.DOCUMENT_HAS_PASSWORD))
    if part.compress_type not in _METHODS:
        raise BadFile(Message(DocumentMessage.ARCHIVE_PACKED_UNUSUALLY))
    steps = name.rstrip("/").split("/")
    if "\\" in name or "\x00" in part.orig_filename or ".." in steps or "" in steps or len(name) > 255:
        raise BadFile(Message(DocumentMessage.ARCHIVE_PART_LEADS_ELSEWHERE))
