"""What a file is, told by its content and never by its name; and whether its name says the same.

First bytes are those of the WHATWG MIME Sniffing Standard, section 6, and of the formats' own specifications.
"""

from __future__ import annotations

import re

from goodstanding.errors import BadFile
from goodstanding.messages import EvidenceMessage, Message

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
TEXT, CSV = "text/plain", "text/csv"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ZIP = "application/zip"  # whatever stands in a ZIP archive; `office_documents` tells which of the three it is, if any

_TITLES = {
    PDF: EvidenceMessage.TITLE_PDF, PNG: EvidenceMessage.TITLE_PNG, JPEG: EvidenceMessage.TITLE_JPEG,
    TEXT: EvidenceMessage.TITLE_TEXT, CSV: EvidenceMessage.TITLE_CSV, DOCX: EvidenceMessage.TITLE_DOCX,
    XLSX: EvidenceMessage.TITLE_XLSX, ODT: EvidenceMessage.TITLE_ODT,
}  # fmt: skip
TITLES = {kind: title.text for kind, title in _TITLES.items()}
ENDINGS = {
    "pdf": PDF, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "txt": TEXT, "csv": CSV, "docx": DOCX, "xlsx": XLSX, "odt": ODT,
}  # fmt: skip
OWN_ENDING = {PDF: "pdf", PNG: "png", JPEG: "jpg", TEXT: "txt", CSV: "csv", DOCX: "docx", XLSX: "xlsx", ODT: "odt"}

_BEGINNINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG, b"PK\x03\x04": ZIP}
_REFUSED_BEGINNINGS = {
    b"MZ": EvidenceMessage.WINDOWS_PROGRAM,
    b"\x7fELF": EvidenceMessage.PROGRAM,
    b"\xca\xfe\xba\xbe": EvidenceMessage.PROGRAM,
    b"\xfe\xed\xfa": EvidenceMessage.PROGRAM,
    b"\xcf\xfa\xed\xfe": EvidenceMessage.PROGRAM,
    b"#!": EvidenceMessage.SCRIPT,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": EvidenceMessage.OLD_OFFICE_FILE,
    b"{\\rtf": EvidenceMessage.RTF_DOCUMENT,
    b"%!": EvidenceMessage.POSTSCRIPT_PROGRAM,
    b"%FDF-": EvidenceMessage.FORM_DATA,
    b"GIF8": EvidenceMessage.GIF_PICTURE,
    b"II*\x00": EvidenceMessage.TIFF_PICTURE,
    b"MM\x00*": EvidenceMessage.TIFF_PICTURE,
    b"BM": EvidenceMessage.BMP_PICTURE,
    b"RIFF": EvidenceMessage.RIFF_FILE,
    b"\x1f\x8b": EvidenceMessage.PACKED_FILE,
    b"7z\xbc\xaf": EvidenceMessage.PACKED_FILE,
    b"Rar!": EvidenceMessage.PACKED_FILE,
    b"BZh": EvidenceMessage.PACKED_FILE,
    b"\xfd7zXZ": EvidenceMessage.PACKED_FILE,
    b"PK": EvidenceMessage.BROKEN_ARCHIVE,
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
    for first, code in _REFUSED_BEGINNINGS.items():
        if content.startswith(first):
            raise BadFile(Message(code))
    if _MARKUP.match(content) or _INNER_MARKUP.search(content, 0, _SNIFFED_BYTES):
        raise BadFile(Message(EvidenceMessage.MARKUP))
    return TEXT


def refuse_if_also_archive(content: bytes) -> None:
    """Nothing, or BadFile for a file that is a ZIP archive as well as what it seems: archives are read from the end."""
    start = max(0, len(content) - _END_SIZE - _LONGEST_COMMENT)
    while (start := content.find(_END_OF_ARCHIVE, start)) >= 0:
        comment = int.from_bytes(content[start + 20 : start + _END_SIZE], "little")
        if start + _END_SIZE + comment == len(content):
            raise BadFile(Message(EvidenceMessage.ARCHIVE_BEHIND))
        start += 1


def reconcile_media_type(kind: str, name: str) -> str:
    """The media type of a file, CSV where its name says so of a text; raises BadFile where the name says another."""
    ending = parse_ending(name)
    if not ending:
        return kind
    if ending not in ENDINGS:
        raise BadFile(Message(EvidenceMessage.ENDING_UNKNOWN, {"ending": ending}))
    named_type = ENDINGS[ending]
    if named_type == kind or {named_type, kind} == {TEXT, CSV}:
        return named_type
    code = EvidenceMessage.NAME_OF_NO_TEXT if kind == TEXT else EvidenceMessage.NAME_OF_OTHER_KIND
    titles = {"named": Message(_TITLES[named_type]), "actual": Message(_TITLES[kind])}
    raise BadFile(Message(code, {**titles, "ending": OWN_ENDING[kind]}))


def parse_ending(name: str) -> str:
    """What stands after the last full stop of a name, in small letters; nothing where there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem.strip(". ") else ""
