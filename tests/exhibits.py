"""Small real files as people hand them in as evidence, and hostile ones, made from nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
Parts = Mapping[str, str | bytes | None]


def pdf(catalog: bytes = b"", *further_objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of one empty page; `catalog` is put into its catalog, `more` are objects from number 4 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *further_objects,
    ]
    content, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def stream(content: bytes, entries: bytes = b"/Filter /FlateDecode", packed: bool = True) -> bytes:
    """A stream object, packed with Flate."""
    data = zlib.compress(content) if packed else content
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def object_stream(*values: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    """An object stream that holds values as the objects from number 20 on."""
    pairs, body = b"", b""
    for number, value in enumerate(values, 20):
        pairs += b"%d %d " % (number, len(body))
        body += value + b"\n"
    return stream(pairs + body, b"/Type /ObjStm /N %d /First %d %s" % (len(values), len(pairs), entries))


def png(width: int = 3, height: int = 2, pixels: bytes | None = None, colour: int = 2, interlaced: int = 0) -> bytes:
    """A PNG picture, of eight bits a sample; `pixels` stands instead of the right number of them."""
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    data = b"".join(b"\x00" + bytes(width * samples) for _row in range(height)) if pixels is None else pixels
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int = 8, height: int = 8, data: bytes = b"\x3f") -> bytes:
    """A grey baseline JPEG; the data are one black block of eight by eight pixels."""
    table = b"\x00" + bytes([1] * 64)
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    one_code = bytes([1] + [0] * 15) + b"\x00"
    parts = [
        (0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), (0xDB, table), (0xC0, frame),
        (0xC4, b"\x00" + one_code), (0xC4, b"\x10" + one_code), (0xDA, b"\x01\x01\x00\x00\x3f\x00"),
    ]  # fmt: skip
    body = b"".join(b"\xff" + bytes([kind]) + struct.pack(">H", len(part) + 2) + part for kind, part in parts)
    return b"\xff\xd8" + body + data + b"\xff\xd9"


def archive(parts: Parts, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of the parts; one that is None is left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as written:
        for name, content in parts.items():
            if content is not None:
                how = zipfile.ZIP_STORED if name == "mimetype" else packing
                written.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 0, 0, 0)), content, how)
    return buffer.getvalue()


def content_types(main: str, part: str, *further_parts: tuple[str, str]) -> str:
    """The content types of a package: of its main part, and of further parts."""
    named = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in ((part, main), *further_parts)
    )
    return (
        f'<?xml version="1.0"?><Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="text/xml"/>{named}</Types>'
    )


def relationships(*relations: tuple[str, str, bool]) -> str:
    """Relationships, each of a kind to a target, external or not."""
    mode = {True: ' TargetMode="External"', False: ""}
    named = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode[far]}/>'
        for number, (kind, target, far) in enumerate(relations)
    )
    return f'<Relationships xmlns="{_TIES}">{named}</Relationships>'


def docx(body: str = "<w:p><w:r><w:t>A letter.</w:t></w:r></w:p>", **further_parts: str | bytes | None) -> bytes:
    """A Word document; `more` are further parts, by name."""
    document = f'<w:document xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml">{body}</w:document>'
    return package(content_types(WORD, "/word/document.xml"), "word/document.xml", document, further_parts)


def xlsx(body: str = "<c><v>1</v></c>", **further_parts: str | bytes | None) -> bytes:
    """An Excel workbook with one cell."""
    sheet = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_S}"><sheetData><row>{body}</row></sheetData></worksheet>'
    }
    return package(
        content_types(EXCEL, "/xl/workbook.xml"), "xl/workbook.xml", f'<workbook xmlns="{_S}"/>', sheet | further_parts
    )


def package(content_types: str, main: str, document: str, further_parts: Parts) -> bytes:
    """An Office Open XML package with a hyperlink, as people's documents have."""
    folder, _slash, name = main.partition("/")
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": content_types,
        "_rels/.rels": relationships(("officeDocument", main, False)),
        main: document,
        f"{folder}/_rels/{name}.rels": relationships(
            ("hyperlink", "https://example.org/law", True), ("image", "../media/a.png", False)
        ),
    }
    return archive(parts | dict(further_parts))


def odt(
    body: str = "<text:p>A letter.</text:p>", first: bytes | None = ODT.encode(), **further_parts: str | bytes | None
) -> bytes:
    """An OpenDocument text."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "script", "draw", "manifest")
    )
    parts: dict[str, str | bytes | None] = {
        "mimetype": first,
        "content.xml": f'<office:document{spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:scripts/>{body}</office:document>',
        "Configurations2/accelerator/current.xml": b"",
        "META-INF/manifest.xml": f"<manifest:manifest{spaces}/>",
    }
    return archive(parts | dict(further_parts))


def name_parameter(value: object) -> str:
    """What stands for a parameter in the name of a test: not what a file holds, since some are made anew each time."""
    return "file" if isinstance(value, bytes) else str(value)


TEXT = "A statement: the wages of May were paid on 3 June. 工资已付。\n".encode()
TABLE = b"day,paid\n2026-05-31,1200.50\n2026-06-03,-1200.50\n"
REAL = {
    "pdf": pdf(), "png": png(), "jpg": jpeg(), "txt": TEXT, "csv": TABLE, "docx": docx(), "xlsx": xlsx(), "odt": odt(),
}  # fmt: skip
