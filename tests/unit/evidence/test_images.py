"""Pictures in evidence: whole, of the size they say, with nothing behind them."""

from __future__ import annotations

import struct
import zlib

import pytest
from tests.exhibits import archive, chunk, jpeg, name_parameter, png

from goodstanding.errors import BadFile
from goodstanding.evidence.images import check_jpeg, check_png

NOTE = b"\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1700000000000SEFH" + bytes(20) + struct.pack("<I", 24) + b"SEFT"


@pytest.mark.parametrize("colour", [0, 2, 3, 4, 6])
def test_png_pictures_of_each_kind_are_taken(colour: int) -> None:
    """Grey, coloured and transparent pictures are taken."""
    check_png(png(7, 5, colour=colour))


def test_an_interlaced_picture_has_its_own_number_of_bytes() -> None:
    """A picture that comes in passes is counted pass by pass."""
    passes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)]
    data = b"".join((b"\x00" + bytes(3 * wide)) * high for wide, high in passes)
    check_png(png(8, 8, data, interlaced=1))
    with pytest.raises(BadFile, match="pixels"):
        check_png(png(8, 8, data[:-1], interlaced=1))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (png(30_001, 1), "30,001 by 1 pixels"),
        (png(20_000, 20_000, b""), "20,000 by 20,000"),
        (png(0, 5, b""), "0 by 5"),
        (png(300, 200, b"\x00" * 10), "as many pixels"),
        (png(3, 2, b"\x00" * 21), "as many pixels"),
        (png()[:-5], "cut short"),
        (png()[:40], "cut short"),
        (png() + b"<script>", "followed by something else"),
        (png() + archive({"a": "b"}), "followed by something else"),
        (png().replace(b"IDAT", b"IDAX"), "checksum"),
        (png()[:8] + png()[33:], "begin with its size"),
        (png()[:-12] + chunk(b"EVIL", b"x") + png()[-12:], "unknown"),
        (
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 3, 2, 0, 0, 0)) + chunk(b"IEND", b""),
            "kind",
        ),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"short") + chunk(b"IEND", b""), "say its size"),
        (png()[:33] + chunk(b"IDAT", b"not packed") + chunk(b"IEND", b""), "unpacked"),
        (png()[:33] + chunk(b"IDAT", zlib.compress(bytes(20))[:-4]) + chunk(b"IEND", b""), "as many pixels"),
        (png()[:33] + chunk(b"tEXt", b"") * 30_000, "cut short"),
    ],
    ids=name_parameter,
)
def test_png_pictures_that_lie_are_refused(content: bytes, reason: str) -> None:
    """Absurd sizes, missing or surplus pixels, wrong checksums, cuts and anything behind are refused."""
    with pytest.raises(BadFile, match=reason):
        check_png(content)


@pytest.mark.parametrize(
    "content",
    [jpeg(), jpeg() + b"\x00\x00", jpeg() + jpeg(16, 16), jpeg() + NOTE, jpeg(8, 8, b"\xff\x00\xff\xd0\x3f")],
    ids=name_parameter,
)
def test_jpeg_pictures_as_cameras_make_them_are_taken(content: bytes) -> None:
    """A picture, padding, further pictures and a camera's own note behind it are taken."""
    check_jpeg(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (jpeg(0, 8), "0 by 8"),
        (jpeg(60_000, 60_000), "60,000 by 60,000"),
        (jpeg(9_000, 9_000), "as many pixels"),
        (jpeg()[:-2], "cut short"),
        (jpeg()[:50], "cut short"),
        (jpeg()[:2] + jpeg()[4:], "cut short"),
        (jpeg().replace(b"\xff\xc0", b"\xff\xc9"), "do not show"),
        (jpeg() + b"<script>alert(1)</script>", "followed by something else"),
        (jpeg() + archive({"a": "b"}), "followed by something else"),
        (jpeg() + b"....ftypmp42" + NOTE, "followed by something else"),
        (jpeg() + b"SEFT", "followed by something else"),
        (jpeg() * 20, "followed by something else"),
        (b"\xff\xd8\xff\xd9", "as many pixels"),
        (b"\xff\xd8" + b"\xff\xe0\x00\x02" * 30_000, "without end"),
        (b"\xff\xd8\xff\xd8\xff\xd9", "not made as"),
    ],
    ids=name_parameter,
)
def test_jpeg_pictures_that_lie_are_refused(content: bytes, reason: str) -> None:
    """Absurd sizes, missing data, cuts, kinds that no browser shows and anything behind are refused."""
    with pytest.raises(BadFile, match=reason):
        check_jpeg(content)


def test_a_picture_that_unpacks_without_end_is_refused() -> None:
    """Unpacking ends once there are more pixels than the picture says it has."""
    with pytest.raises(BadFile, match="as many pixels"):
        check_png(png(3, 2, bytes(100_000_000)))
