"""PNG and JPEG pictures: whole, of the size that they say, and with nothing behind them.

PNG as in ISO/IEC 15948 (W3C PNG, third edition, sections 5, 7 and 11), JPEG as in ITU-T T.81, annex B.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator

from goodstanding.errors import BadFile

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


def _build_broken_error(fault: str) -> BadFile:
    return BadFile(f"The picture {fault}.", remedy="the picture opened and saved once more, as PNG or JPEG")


def _refuse_if_bad_size(width: int, height: int) -> None:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST and width * height <= MOST_PIXELS):
        remedy = f"at most {WIDEST:,} pixels either way and {MOST_PIXELS:,} in all"
        raise BadFile(f"The picture says that it is {width:,} by {height:,} pixels.", remedy=remedy)


def check_png(content: bytes) -> None:
    """Nothing, or BadFile for a PNG that is cut short, wrong, absurd, longer than it says, or followed by anything."""
    chunks = list(_iterate_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or [kind for kind, _data in chunks].count(b"IHDR") != 1:
        raise _build_broken_error("does not begin with its size")
    if unknown := [kind for kind, _data in chunks if kind[:1].isupper() and kind not in _CRITICAL]:
        raise _build_broken_error(f"needs something unknown ({unknown[0].decode('ascii', 'replace')}) to be shown")
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
            raise _build_broken_error("does not match its own checksum")
        yield kind, whole[at + 8 : end - 4]
        at = end
        if kind == b"IEND":
            if at != len(content):
                raise _build_broken_error("is followed by something else")
            return
    raise _build_broken_error("is cut short")


def _compute_unpacked_size(header: memoryview) -> int:
    """How many bytes a PNG's pixels take once unpacked, by its header."""
    if len(header) != 13:
        raise _build_broken_error("does not say its size")
    width, height, bits, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    _refuse_if_bad_size(width, height)
    if bits not in _BITS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise _build_broken_error("is of no known kind")
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    sizes = [(-(-(width - x) // across), -(-(height - y) // down)) for x, y, across, down in passes]
    return sum(high * (1 + math.ceil(wide * bits * _SAMPLES[colour] / 8)) for wide, high in sizes if wide > 0 < high)


def _refuse_if_wrong_data(expected: int, parts: Iterator[memoryview]) -> None:
    if expected > MOST_UNPACKED:
        raise _build_broken_error("is too large to be looked at")
    unpacker, size = zlib.decompressobj(), 0
    try:
        for part in parts:
            waiting: bytes | memoryview = part
            while waiting and not unpacker.eof and size <= expected:
                size += len(unpacker.decompress(waiting, _STEP))
                waiting = unpacker.unconsumed_tail
        size += len(unpacker.flush()) if not unpacker.eof and size <= expected else 0
    except zlib.error as wrong:
        raise _build_broken_error("cannot be unpacked") from wrong
    if size != expected or not unpacker.eof:
        raise _build_broken_error("does not have as many pixels as it says")


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
    raise BadFile(
        "The picture is followed by something else.", remedy="the still picture alone, without a film behind it"
    )


def _find_picture_end(content: bytes, start: int) -> int:
    """Where one JPEG that begins at `start` ends; raises BadFile where it is no whole one."""
    at, frame, pixels, scanned = start + 2, False, 0, 0
    for _part in range(_MOST_PARTS):
        marker, at = _read_marker(content, at)
        if marker == _END:
            break
        if marker in _BARE or marker == _START:
            raise _build_broken_error("is not made as a JPEG is")
        segment, at = _read_segment(content, at)
        if marker in _FRAMES and not frame:
            frame, pixels = True, _count_frame_pixels(segment)
        elif marker in _FRAMES or marker in _OTHER_FRAMES:
            raise _build_broken_error("is of a kind that browsers do not show")
        elif marker == _SCAN:
            end = _find_scan_end(content, at)
            scanned, at = scanned + end - at, end
    else:
        raise _build_broken_error("has parts without end")
    if not frame or scanned * 8 * 16 < pixels // 64:  # fewer bits than blocks, even where colours are halved twice
        raise _build_broken_error("does not have as many pixels as it says")
    return at


def _read_marker(content: bytes, at: int) -> tuple[int, int]:
    if content[at : at + 1] != b"\xff":
        raise _build_broken_error("is cut short, or not made as a JPEG is")
    while content[at : at + 1] == b"\xff":
        at += 1
    if at >= len(content):
        raise _build_broken_error("is cut short")
    return content[at], at + 1


def _read_segment(content: bytes, at: int) -> tuple[bytes, int]:
    length = int.from_bytes(content[at : at + 2], "big")
    if length < 2 or at + length > len(content):
        raise _build_broken_error("is cut short")
    return content[at + 2 : at + length], at + length


def _count_frame_pixels(segment: bytes) -> int:
    """The pixels that a frame says it has."""
    if (
        len(segment) < 6
        or len(segment) != 6 + 3 * segment[5]
        or segment[5] not in (1, 3, 4)
        or segment[0] not in (8, 12)
    ):
        raise _build_broken_error("does not say its size")
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
    raise _build_broken_error("is cut short")


def _is_camera_note(trailer: bytes) -> bool:
    """Whether it is the note that Samsung's cameras add (SEFH … SEFT), short and without a film."""
    if len(trailer) > _LONGEST_TRAILER or not trailer.endswith(b"SEFT") or b"ftyp" in trailer:
        return False
    length = int.from_bytes(trailer[-8:-4], "little")
    return trailer[: len(trailer) - 8][-length:][:4] == b"SEFH" if 0 < length <= len(trailer) - 8 else False
