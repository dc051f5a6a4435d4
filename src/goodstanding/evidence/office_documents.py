"""Word documents, Excel workbooks and OpenDocument texts: without macros, foreign objects, or parts elsewhere.

Office Open XML as in ISO/IEC 29500-1 and -2 (package), OpenDocument as in ISO/IEC 26300. Only parts of known kinds may
be inside: what is on no list is refused.
"""

from __future__ import annotations

import re

from goodstanding.errors import BadFile
from goodstanding.evidence.media_types import DOCX, ODT, XLSX
from goodstanding.evidence.xml_parts import read_xml, strip_namespace
from goodstanding.evidence.zip_archive import ZipArchive
from goodstanding.messages import DocumentMessage, EvidenceMessage, Message

_TYPES, _MIMETYPE, _MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}
_ACTING_TYPES = re.compile(
    r"macro|vba|activex|oleobject|externallink|dialogsheet|customui|connections|querytable|keymap|javascript|octet"
    r"|html|officedocument\.package",
    re.IGNORECASE,
)
_ACTING_RELATIONSHIPS = re.compile(
    r"macro|vba|activex|oleobject|externallink|dialogsheet|customui|ui/extensibility|connections|querytable|keymap"
    r"|ctrlprop|/package\Z|/control\Z|afchunk|subdocument|/frame\Z|attachedtoolbars|webextension",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"(?:.*\.(?:xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|odttf|ttf|otf|rdf)|mimetype|layout-cache|.*/"
    r"|xl/printersettings/[^/]+\.bin)\Z",
    re.IGNORECASE,
)
_ACTING_PARTS = re.compile(
    r"(?:.*/)?(?:vba|macrosheets/|dialogsheets/|activex/|embeddings/|externallinks/|ctrlprops/|customui|querytables/"
    r"|connections\.xml|webextensions/|basic/|scripts/|dialogs/|object )",
    re.IGNORECASE,
)
_WEB = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)
_OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|/|\\|\.\./)", re.IGNORECASE)
_DRAWN = {"imagedata", "fill", "stroke", "image", "background"}
_QUOTED = re.compile(r'"[^"]*"')
_FIELDS = re.compile(
    r"\s*\"?(?:dde|ddeauto|includepicture|includetext|import|include|link|quote|macrobutton|database)\b", re.I
)
_CALLS = re.compile(r"\b(?:webservice|rtd|call|register\.id|exec|image)\s*\(|\bdde\b|\|", re.IGNORECASE)
_ODT_ACTS = {"event-listener", "script", "applet", "plugin", "object-ole", "floating-frame", "dde-source",
             "dde-connection-decl", "dde-connection", "auto-reload", "database-display"}  # fmt: skip


def _build_acting_error(code: DocumentMessage, part: str) -> BadFile:
    return BadFile(Message(code, {"part": part}))


def check_office_document(content: bytes) -> str:
    """The media type of an Office file without anything that acts; raises BadFile for any other archive."""
    archive = ZipArchive(content)
    kind = _detect_kind(archive)
    for name in archive.names:
        if _ACTING_PARTS.match(name):
            raise _build_acting_error(DocumentMessage.DOCUMENT_HOLDS_MACRO, repr(name[:80]))
        if not _KEPT.match(name):
            raise _build_acting_error(DocumentMessage.DOCUMENT_HOLDS_UNKNOWN_PART, repr(name[:80]))
        part = archive.read(name)
        if part and name.lower().endswith((".xml", ".rels", ".vml", ".rdf")):
            _inspect_part(kind, name.lower(), part)
    return kind


def _detect_kind(archive: ZipArchive) -> str:
    if _TYPES in archive.names:
        return _detect_kind_by_content_types(archive.read(_TYPES))
    if archive.names[:1] == (_MIMETYPE,) and archive.read(_MIMETYPE) == ODT.encode() and _MANIFEST in archive.names:
        _inspect_open_document(archive.read(_MANIFEST))  # first of all: it says whether there is a password
        return ODT
    raise BadFile(Message(EvidenceMessage.OTHER_ARCHIVE))


def _detect_kind_by_content_types(content: bytes) -> str:
    kinds: set[str] = set()

    def seen(name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if name == "override" and kind in _MAIN:
            kinds.add(_MAIN[kind])
        elif _ACTING_TYPES.search(kind) and not kind.endswith("printerSettings"):
            raise _build_acting_error(DocumentMessage.DOCUMENT_HOLDS_MACRO, kind[:80])

    read_xml(content, seen)
    if len(kinds) != 1:
        raise BadFile(Message(EvidenceMessage.OTHER_OFFICE_FILE))
    return kinds.pop()


def _inspect_part(kind: str, name: str, part: bytes) -> None:
    if kind == ODT:
        _inspect_open_document(part)
    elif name.endswith(".rels"):
        read_xml(part, _refuse_if_acting_relationship)
    elif name.endswith(".vml"):
        read_xml(part, _refuse_if_drawn_from_elsewhere)
    elif kind == DOCX:
        _inspect_fields(part)
    else:
        wanted = frozenset({"f", "definedname", "formula", "formula1", "formula2"})
        read_xml(part, _refuse_if_linked, _refuse_if_calling, wanted)


def _refuse_if_acting_relationship(name: str, attributes: dict[str, str]) -> None:
    """Nothing, or BadFile for a part that is elsewhere, or is of a kind that acts; links that are clicked may stay."""
    kind, target = attributes.get("Type", ""), attributes.get("Target", "")
    if name != "relationship":
        return
    if _ACTING_RELATIONSHIPS.search(kind):
        raise _build_acting_error(DocumentMessage.DOCUMENT_HOLDS_MACRO, kind.rpartition("/")[2][:80])
    is_elsewhere = attributes.get("TargetMode", "").lower() == "external" or _ADDRESS.match(target)
    if is_elsewhere and not (kind.endswith("/hyperlink") and _WEB.match(target)):
        raise _build_acting_error(DocumentMessage.DOCUMENT_PART_ELSEWHERE, repr(target[:80]))


def _refuse_if_drawn_from_elsewhere(name: str, attributes: dict[str, str]) -> None:
    """Nothing, or BadFile for a drawing (VML) that takes its picture from elsewhere."""
    for key, target in attributes.items():
        if name in _DRAWN and strip_namespace(key) in ("src", "href", "althref") and _ADDRESS.match(target):
            raise _build_acting_error(DocumentMessage.DOCUMENT_PICTURE_ELSEWHERE, repr(target[:80]))


def _inspect_fields(part: bytes) -> None:
    """Looks at Word's fields, whose instruction may stand in pieces: one may fetch files or talk to programs."""
    pieces: list[str] = []

    def seen(name: str, attributes: dict[str, str]) -> None:
        by_name = {strip_namespace(key): value for key, value in attributes.items()}
        if name == "fldchar" and by_name.get("fldchartype") == "begin":
            pieces.append("\n")
        if name == "fldsimple":
            pieces.append("\n" + by_name.get("instr", "") + "\n")
        if name in ("altchunk", "control", "oleobject", "subdoc"):
            raise _build_acting_error(DocumentMessage.DOCUMENT_HOLDS_OBJECT, name)
        _refuse_if_drawn_from_elsewhere(name, attributes)

    read_xml(part, seen, lambda _name, text: pieces.append(text), frozenset({"instrtext", "delinstrtext"}))
    for field in "".join(pieces).splitlines():
        if _FIELDS.match(field):
            raise _build_acting_error(DocumentMessage.DOCUMENT_FIELD_ACTS, repr(field.strip()[:40]))


def _refuse_if_linked(name: str, _attributes: dict[str, str]) -> None:
    if name in ("ddelink", "olelink", "oleobject", "control", "webpublishitem"):
        raise _build_acting_error(DocumentMessage.DOCUMENT_LINKS_PROGRAM, name)


def _refuse_if_calling(_name: str, text: str) -> None:
    if _CALLS.search(_QUOTED.sub("", text)):
        raise _build_acting_error(DocumentMessage.DOCUMENT_FORMULA_ACTS, repr(text[:40]))


def _inspect_open_document(part: bytes) -> None:
    read_xml(part, _refuse_if_acting_element)


def _refuse_if_acting_element(name: str, attributes: dict[str, str]) -> None:
    if name == "encryption-data":
        raise BadFile(Message(DocumentMessage.DOCUMENT_HAS_PASSWORD))
    if name in _ODT_ACTS:
        raise _build_acting_error(DocumentMessage.DOCUMENT_ACTS, name)
    for key, target in attributes.items():
        clicked = name == "a" and _WEB.match(target)
        if strip_namespace(key) == "href" and name != "template" and _OUTSIDE.match(target) and not clicked:
            raise _build_acting_error(DocumentMessage.DOCUMENT_PART_ELSEWHERE, repr(target[:80]))
