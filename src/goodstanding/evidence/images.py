"""PNG and JPEG pictures: whole, of the size that they say, and with nothing behind them.

PNG as in ISO/IEC 15948 (W3C PNG, third edition, sections 5, 7 and 11), JPEG as in ITU-T T.81, annex B.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator

from goodstanding.errors import BadFile
from goodstanding.messages import EvidenceMessage, Message

WIDEST, MOST_PIXELS, MOST_UNPACKED = 30_000, 100_000_000, 300_000_000
_BITS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # of a sample, by kind of colour
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_CRITICAL = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
_STEP = 1 << 22
_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended and progressive Huffman: what browsers show
_OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_MOST_PICTURES, _MOST_PARTS, _LONGEST_TRAILER = 16, 20_000, 262_144


def _refuse_if_bad_size(width: int, height: int) -> None:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST and width * height <= MOST_PIXELS):
        params = {"width": f"{width:,}", "height": f"{height:,}", "widest": f"{WIDEST:,}", "most": f"{MOST_PIXELS:,}"}
        raise BadFile(Message(EvidenceMessage.PICTURE_TOO_LARGE, params))


def check_png(content: bytes) -> None:
    """Nothing, or BadFile for a PNG that is cut short, wrong, absurd, longer than it says, or followed by anything."""
    chunks = list(_iterate_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or [kind for kind, _data in chunks].count(b"IHDR") != 1:
        raise BadFile(Message(EvidenceMessage.PICTURE_WITHOUT_HEADER))
    if unknown := [kind for kind, _data in chunks if kind[:1].isupper() and kind not in _CRITICAL]:
        chunk = unknown[0].decode("ascii", "replace")
        raise BadFile(Message(EvidenceMessage.PICTURE_NEEDS_UNKNOWN, {"chunk": chunk}))
    _refuse_if_wrong_data(_compute_unpacked_size(chunks[0][1]), (data for kind, data in chunks if kind == b"IDAT"))


def _iterate_chunks(content: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """The chunks of a PNG, each with its data, whole and with the right checksum, up to the last one."""
    at, whole = 8, memoryview(content)
    for _part in range(_MOST_PARTS):
        if at + 12 > len(content):
            break
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content) or not kind.isalpha():
            break
        if zlib.crc32(whole[at + 4 : end - 4]) != struct.unpack_from(">I", content, end - 4)[0]:
            raise BadFile(Message(EvidenceMessage.PICTURE_CHECKSUM_WRONG))
        yield kind, whole[at + 8 : end - 4]
        at = end
        if kind == b"IEND":
            if at != len(content):
                raise BadFile(Message(EvidenceMessage.PICTURE_FOLLOWED))
            return
    raise BadFile(Message(EvidenceMessage.PICTURE_CUT_SHORT))


def _compute_unpacked_size(header: memoryview) -> int:
    """How many bytes a PNG's pixels take once unpacked, by its header."""
    if len(header) != 13:
        raise BadFile(Message(EvidenceMessage.PICTURE_WITHOUT_SIZE))
    width, height, bits, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    _refuse_if_bad_size(width, height)
    if bits not in _BITS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise BadFile(Message(EvidenceMessage.PICTURE_OF_UNKNOWN_KIND))
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    sizes = [(-(-(width - x) // across), -(-(height - y) // down)) for x, y, across, down in passes]
    return sum(high * (1 + math.ceil(wide * bits * _SAMPLES[colour] / 8)) for wide, high in sizes if wide > 0 < high)


def _refuse_if_wrong_data(expected: int, parts: Iterator[memoryview]) -> None:
    if expected > MOST_UNPACKED:
        raise BadFile(Message(EvidenceMessage.PICTURE_UNPACKS_TOO_LARGE))
    unpacker, size = zlib.decompressobj(), 0
    try:
        for part in parts:
            waiting: bytes | memoryview = part
            while waiting and not unpacker.eof and size <= expected:
                size += len(unpacker.decompress(waiting, _STEP))
                waiting = unpacker.unconsumed_tail
        size += len(unpacker.flush()) if not unpacker.eof and size <= expected else 0
    except zlib.error as wrong:
        raise BadFile(Message(EvidenceMessage.PICTURE_NOT_UNPACKED)) from wrong
    if size != expected or not unpacker.eof:
        raise BadFile(Message(EvidenceMessage.PICTURE_PIXELS_MISSING))


def check_jpeg(content: bytes) -> None:
    """Nothing, or BadFile for a JPEG that is cut short, wrong, absurd, or followed by what is no picture.

    Cameras put further pictures behind the first (CIPA DC-007), and a note of their own: these may stand there.
    """
    at = _find_picture_end(content, 0)
    for _picture in range(_MOST_PICTURES):
        trailer = content[at : at + _LONGEST_TRAILER + 1]
        if not trailer.strip(b"\x00\n\r ") and at + len(trailer) == len(content):
            return
        if at + len(trailer) == len(content) and _is_camera_note(trailer):
            return
        if not trailer.startswith(b"\xff\xd8\xff"):
            break
        at = _find_picture_end(content, at)
    raise BadFile(Message(EvidenceMessage.PICTURE_WITH_FILM))


def _find_picture_end(content: bytes, start: int) -> int:
    """Where one JPEG that begins at `start` ends; raises BadFile where it is no whole one."""
    at, frame, pixels, scanned = start + 2, False, 0, 0
    for _part in range(_MOST_PARTS):
        marker, at = _read_marker(content, at)
        if marker == _END:
            break
        if marker in _BARE or marker == _START:
            raise BadFile(Message(EvidenceMessage.PICTURE_NO_JPEG))
        segment, at = _read_segment(content, at)
        if marker in _FRAMES and not frame:
            frame, pixels = True, _count_frame_pixels(segment)
        elif marker in _FRAMES or marker in _OTHER_FRAMES:
            raise BadFile(Message(EvidenceMessage.PICTURE_NOT_SHOWN))
        elif marker == _SCAN:
            end = _find_scan_end(content, at)
            scanned, at = scanned + end - at, end
    else:
        raise BadFile(Message(EvidenceMessage.PICTURE_ENDLESS))
    if not frame or scanned * 8 * 16 < pixels // 64:  # fewer bits than blocks, even where colours are halved twice
        raise BadFile(Message(EvidenceMessage.PICTURE_PIXELS_MISSING))
    return at


def _read_marker(content: bytes, at: int) -> tuple[int, int]:
    if content[at : at + 1] != b"\xff":
        raise BadFile(Message(EvidenceMessage.PICTURE_CUT_SHORT_OR_NO_JPEG))
    while content[at : at + 1] == b"\xff":
        at += 1
    if at >= len(content):
        raise BadFile(Message(EvidenceMessage.PICTURE_CUT_SHORT))
    return content[at], at + 1


def _read_segment(content: bytes, at: int) -> tuple[bytes, int]:
    length = int.from_bytes(content[at : at + 2], "big")
    if length < 2 or at + length > len(content):
        raise BadFile(Message(EvidenceMessage.PICTURE_CUT_SHORT))
    return content[at + 2 : at + length], at + length


def _count_frame_pixels(segment: bytes) -> int:
    """The pixels that a frame says it has."""
    if (
        len(segment) < 6
        or len(segment) != 6 + 3 * segment[5]
        or segment[5] not in (1, 3, 4)
        or segment[0] not in (8, 12)
    ):
        raise BadFile(Message(EvidenceMessage.PICTURE_WITHOUT_SIZE))
    height, width = struct.unpack_from(">HH", segment, 1)
    _refuse_if_bad_size(width, height)
    return int(width * height)


def _find_scan_end(content: bytes, at: int) -> int:
    """Where the next marker stands that is part of no scan: 0xFF and neither 0, a restart, nor padding."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        following = content[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at
    raise BadFile(Message(EvidenceMessage.PICTURE_CUT_SHORT))


def _is_camera_note(trailer: bytes) -> bool:
    """Whether it is the note that Samsung's cameras add (SEFH … SEFT), short and without a film."""
    if len(trailer) > _LONGEST_TRAILER or not trailer.endswith(b"SEFT") or b"ftyp" in trailer:
        return False
    length = int.from_bytes(trailer[-8:-4], "little")
    return trailer[: len(trailer) - 8][-length:][:4] == b"SEFH" if 0 < length <= len(trailer) - 8 else False
