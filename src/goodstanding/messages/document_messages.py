"""What is refused of a document in evidence: PDF, Word, Excel, OpenDocument."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_FLATTENED = _("the document printed to PDF, or saved as PDF/A, without programs, forms and attachments")
_WITHOUT_MACROS = _(
    "the document printed to PDF, or saved without macros, embedded objects and parts that are elsewhere"
)
_SAVED_AGAIN = _("the document saved once more, or printed to PDF")
_PRINTED = _("the document printed to PDF")
_WHOLE = _("the whole document")


class DocumentMessage(MessageCode):
    """Why a document is not taken as evidence."""

    PDF_CUT_SHORT = "pdf-cut-short", _("The PDF is cut short, or is followed by something else."), _WHOLE
    PDF_TWICE = "pdf-twice", _("There are two documents in one."), _("each document as a file of its own")
    PDF_ENCRYPTED = (
        "pdf-encrypted",
        _("The PDF is encrypted, so that not everybody who decides can read it."),
        _("the document without a password or restrictions"),
    )
    PDF_WITHOUT_PAGES = "pdf-without-pages", _("The PDF has no pages."), _WHOLE
    PDF_UNREADABLE = "pdf-unreadable", _("The PDF is packed in a way that cannot be looked into."), _FLATTENED
    PDF_UNPACKS_TOO_LARGE = "pdf-unpacks-too-large", _("The PDF unpacks to far more than it is."), _FLATTENED
    PDF_ACTS_WHEN_OPENED = "pdf-acts-when-opened", _("The PDF does something when it is opened."), _FLATTENED
    PDF_HOLDS_PROGRAM = "pdf-holds-program", _("The PDF holds a program (JavaScript)."), _FLATTENED
    PDF_STARTS_PROGRAM = "pdf-starts-program", _("The PDF holds a command that starts a program."), _FLATTENED
    PDF_HOLDS_FILE = "pdf-holds-file", _("The PDF holds another file."), _FLATTENED
    PDF_HOLDS_FILM = "pdf-holds-film", _("The PDF holds a film or a sound."), _FLATTENED
    PDF_HOLDS_XFA_FORM = "pdf-holds-xfa-form", _("The PDF holds a form that acts (XFA)."), _FLATTENED
    PDF_SENDS_FORM = "pdf-sends-form", _("The PDF holds a form that sends itself elsewhere."), _FLATTENED
    PDF_IMPORTS_FILE = "pdf-imports-file", _("The PDF holds a form that takes in another file."), _FLATTENED
    PDF_OPENS_FILE = "pdf-opens-file", _("The PDF holds a command that opens another file."), _FLATTENED
    PDF_ACTS_BY_ITSELF = (
        "pdf-acts-by-itself",
        _("The PDF holds a command that is carried out by itself."),
        _FLATTENED,
    )
    PDF_TOO_INTRICATE = "pdf-too-intricate", _("The document is too intricate to be looked at."), _PRINTED
    PDF_NESTED_TOO_DEEP = "pdf-nested-too-deep", _("The document is nested without end."), _PRINTED

    DOCUMENT_HOLDS_MACRO = (
        "document-holds-macro",
        _("The document holds a macro, or an object of another program (%(part)s)."),
        _WITHOUT_MACROS,
    )
    DOCUMENT_HOLDS_OBJECT = (
        "document-holds-object",
        _("The document holds an object of another program (%(part)s)."),
        _WITHOUT_MACROS,
    )
    DOCUMENT_HOLDS_UNKNOWN_PART = (
        "document-holds-unknown-part",
        _("The document holds a part of an unknown kind (%(part)s)."),
        _WITHOUT_MACROS,
    )
    DOCUMENT_PART_ELSEWHERE = (
        "document-part-elsewhere",
        _("The document holds a part that is elsewhere (%(part)s)."),
        _WITHOUT_MACROS,
    )
    DOCUMENT_PICTURE_ELSEWHERE = (
        "document-picture-elsewhere",
        _("The document holds a picture that is elsewhere (%(part)s)."),
        _WITHOUT_MACROS,
    )
    DOCUMENT_FIELD_ACTS = (
        "document-field-acts",
        _("The document holds a field that fetches or starts something (%(part)s)."),
        _WITHOUT_MACROS,
    )
    DOCUMENT_LINKS_PROGRAM = (
        "document-links-program",
        _("The document holds a link to another program (%(part)s)."),
        _WITHOUT_MACROS,
    )
    DOCUMENT_FORMULA_ACTS = (
        "document-formula-acts",
        _("The document holds a formula that fetches or starts something (%(part)s)."),
        _WITHOUT_MACROS,
    )
    DOCUMENT_ACTS = "document-acts", _("The document holds something that acts (%(part)s)."), _WITHOUT_MACROS
    DOCUMENT_HAS_PASSWORD = "document-has-password", _("The file has a password."), _("the file without a password")
    DOCUMENT_NESTED_TOO_DEEP = "document-nested-too-deep", _("The document is nested without end."), _SAVED_AGAIN
    DOCUMENT_NOT_UTF8 = "document-not-utf8", _("A part of the document is not in UTF-8."), _SAVED_AGAIN
    DOCUMENT_NO_XML = "document-no-xml", _("A part of the document is no XML."), _SAVED_AGAIN
    DOCUMENT_DECLARES_ENTITIES = (
        "document-declares-entities",
        _("A part of the document declares entities."),
        _SAVED_AGAIN,
    )

    ARCHIVE_CUT_SHORT = (
        "archive-cut-short",
        _("The archive is cut short, or is followed by something else."),
        _SAVED_AGAIN,
    )
    ARCHIVE_UNREADABLE = "archive-unreadable", _("The archive cannot be read."), _SAVED_AGAIN
    ARCHIVE_NAMES_TWICE = "archive-names-twice", _("The archive has two parts of one name."), _SAVED_AGAIN
    ARCHIVE_PRECEDED = "archive-preceded", _("Something stands before the archive."), _SAVED_AGAIN
    ARCHIVE_PART_BROKEN = "archive-part-broken", _("The part %(part)s cannot be unpacked."), _SAVED_AGAIN
    ARCHIVE_UNPACKS_TOO_LARGE = (
        "archive-unpacks-too-large",
        _("The archive unpacks to far more than it is."),
        _("at most %(parts)s parts and %(size)s MB unpacked"),
    )
    ARCHIVE_PACKED_UNUSUALLY = (
        "archive-packed-unusually",
        _("The archive is packed in an unusual way."),
        _SAVED_AGAIN,
    )
    ARCHIVE_PART_LEADS_ELSEWHERE = (
        "archive-part-leads-elsewhere",
        _("The archive has a part that leads elsewhere."),
        _SAVED_AGAIN,
    )
