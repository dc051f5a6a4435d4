"""What a file is, told by its content and never by its name; and whether its name says the same.

First bytes are those of the WHATWG MIME Sniffing Standard, section 6, and of the formats' own specifications.
"""

from __future__ import annotations

import re

from goodstanding.errors import BadFile

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
TEXT, CSV = "text/plain", "text/csv"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ZIP = "application/zip"  # whatever stands in a ZIP archive; `office_documents` tells which of the three it is, if any

TITLES = {
    PDF: "a PDF document", PNG: "a PNG picture", JPEG: "a JPEG picture", TEXT: "a text", CSV: "a CSV table",
    DOCX: "a Word document", XLSX: "an Excel workbook", ODT: "an OpenDocument text",
}  # fmt: skip
ENDINGS = {
    "pdf": PDF, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "txt": TEXT, "csv": CSV, "docx": DOCX, "xlsx": XLSX, "odt": ODT,
}  # fmt: skip
OWN_ENDING = {PDF: "pdf", PNG: "png", JPEG: "jpg", TEXT: "txt", CSV: "csv", DOCX: "docx", XLSX: "xlsx", ODT: "odt"}
ACCEPTED_KINDS = "a PDF, a PNG or JPEG picture, a text or CSV table in UTF-8, or a .docx, .xlsx or .odt without macros"

_BEGINNINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG, b"PK\x03\x04": ZIP}
_REFUSED_BEGINNINGS = {
    b"MZ": "a program for Windows",
    b"\x7fELF": "a program",
    b"\xca\xfe\xba\xbe": "a program",
    b"\xfe\xed\xfa": "a program",
    b"\xcf\xfa\xed\xfe": "a program",
    b"#!": "a script",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an Office file of the old kind, or one with a password",
    b"{\\rtf": "an RTF document",
    b"%!": "a PostScript program",
    b"%FDF-": "a form's data (FDF)",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"BM": "a BMP picture",
    b"RIFF": "a WebP picture, a sound or a film",
    b"\x1f\x8b": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"Rar!": "a packed file",
    b"BZh": "a packed file",
    b"\xfd7zXZ": "a packed file",
    b"PK": "a broken ZIP archive",
}
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*<(?:!--|[!?]?(?:doctype|xml|html|head|script|iframe|h1|div|font|table|a|style"
    rb"|title|b|body|br|p|svg|meta|link|img|form|object|embed)[\s/>])",
    re.IGNORECASE,
)
_INNER_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe)[\s/>]", re.IGNORECASE)
_SNIFFED_BYTES = 1_024  # bytes in which markup makes a text a page: browsers look no further
_END_OF_ARCHIVE, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535


def detect_media_type(content: bytes) -> str:
    """The media type that the first bytes show, TEXT where they show none; raises BadFile for what is not taken."""
    for first, kind in _BEGINNINGS.items():
        if content.startswith(first):
            return kind
    for first, title in _REFUSED_BEGINNINGS.items():
        if content.startswith(first):
            raise BadFile(f"This is {title}.", remedy=ACCEPTED_KINDS)
    if _MARKUP.match(content) or _INNER_MARKUP.search(content, 0, _SNIFFED_BYTES):
        raise BadFile("This is a page or a drawing in markup (HTML, SVG or XML), which can act.", remedy=ACCEPTED_KINDS)
    return TEXT


def refuse_if_also_archive(content: bytes) -> None:
    """Nothing, or BadFile for a file that is a ZIP archive as well as what it seems: archives are read from the end."""
    start = max(0, len(content) - _END_SIZE - _LONGEST_COMMENT)
    while (start := content.find(_END_OF_ARCHIVE, start)) >= 0:
        comment = int.from_bytes(content[start + 20 : start + _END_SIZE], "little")
        if start + _END_SIZE + comment == len(content):
            raise BadFile("Behind what it shows, the file is an archive as well.", remedy="the file alone")
        start += 1


def reconcile_media_type(kind: str, name: str) -> str:
    """The media type of a file, CSV where its name says so of a text; raises BadFile where the name says another."""
    ending = parse_ending(name)
    if not ending:
        return kind
    if ending not in ENDINGS:
        raise BadFile(f"A name that ends in .{ending} is none of the kinds that are taken.", remedy=ACCEPTED_KINDS)
    named_type = ENDINGS[ending]
    if named_type == kind or {named_type, kind} == {TEXT, CSV}:
        return named_type
    remedy = f"a name that ends in .{OWN_ENDING[kind]}, or the file that is meant"
    actual = "does not begin as one" if kind == TEXT else f"is {TITLES[kind]}"
    raise BadFile(f"The name says that it is {TITLES[named_type]}, but the file {actual}.", remedy=remedy)


def parse_ending(name: str) -> str:
    """What stands after the last full stop of a name, in small letters; nothing where there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem.strip(". ") else ""
