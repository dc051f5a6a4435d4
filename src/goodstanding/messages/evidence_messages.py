"""What is refused of a file in evidence: its kind, its name, pictures and texts; and of a document."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_KINDS = _("a PDF, a PNG or JPEG picture, a text or CSV table in UTF-8, or a .docx, .xlsx or .odt without macros")
_PICTURE_AGAIN = _("the picture opened and saved once more, as PNG or JPEG")
_FLATTENED = _("the document printed to PDF, or saved as PDF/A, without programs, forms and attachments")
_WITHOUT_MACROS = _(
    "the document printed to PDF, or saved without macros, embedded objects and parts that are elsewhere"
)
_SAVED_AGAIN = _("the document saved once more, or printed to PDF")
_PRINTED = _("the document printed to PDF")
_WHOLE = _("the whole document")


class EvidenceMessage(MessageCode):
    """Why a file is not taken as evidence; those with `TITLE` in their name say what kind of file one is."""

    TITLE_PDF = "title-pdf", _("a PDF document")
    TITLE_PNG = "title-png", _("a PNG picture")
    TITLE_JPEG = "title-jpeg", _("a JPEG picture")
    TITLE_TEXT = "title-text", _("a text")
    TITLE_CSV = "title-csv", _("a CSV table")
    TITLE_DOCX = "title-docx", _("a Word document")
    TITLE_XLSX = "title-xlsx", _("an Excel workbook")
    TITLE_ODT = "title-odt", _("an OpenDocument text")

    FILE_EMPTY = "evidence-empty", _("The file is empty."), _KINDS
    WINDOWS_PROGRAM = "windows-program", _("This is a program for Windows."), _KINDS
    PROGRAM = "program", _("This is a program."), _KINDS
    SCRIPT = "script", _("This is a script."), _KINDS
    OLD_OFFICE_FILE = (
        "old-office-file",
        _("This is an Office file of the old kind, or one with a password."),
        _KINDS,
    )
    RTF_DOCUMENT = "rtf-document", _("This is an RTF document."), _KINDS
    POSTSCRIPT_PROGRAM = "postscript-program", _("This is a PostScript program."), _KINDS
    FORM_DATA = "form-data", _("This is a form's data (FDF)."), _KINDS
    GIF_PICTURE = "gif-picture", _("This is a GIF picture."), _KINDS
    TIFF_PICTURE = "tiff-picture", _("This is a TIFF picture."), _KINDS
    BMP_PICTURE = "bmp-picture", _("This is a BMP picture."), _KINDS
    RIFF_FILE = "riff-file", _("This is a WebP picture, a sound or a film."), _KINDS
    PACKED_FILE = "packed-file", _("This is a packed file."), _KINDS
    BROKEN_ARCHIVE = "broken-archive", _("This is a broken ZIP archive."), _KINDS
    MARKUP = "markup", _("This is a page or a drawing in markup (HTML, SVG or XML), which can act."), _KINDS
    OTHER_ARCHIVE = (
        "other-archive",
        _("This is an archive, not one of the Office files that are taken."),
        _KINDS,
    )
    OTHER_OFFICE_FILE = "other-office-file", _("This is an Office file of a kind that is not taken."), _KINDS
    ARCHIVE_BEHIND = (
        "archive-behind",
        _("Behind what it shows, the file is an archive as well."),
        _("the file alone"),
    )
    ENDING_UNKNOWN = (
        "ending-unknown",
        _("A name that ends in .%(ending)s is none of the kinds that are taken."),
        _KINDS,
    )
    NAME_OF_OTHER_KIND = (
        "name-of-other-kind",
        _("The name says that it is %(named)s, but the file is %(actual)s."),
        _("a name that ends in .%(ending)s, or the file that is meant"),
    )
    NAME_OF_NO_TEXT = (
        "name-of-no-text",
        _("The name says that it is %(named)s, but the file does not begin as one."),
        _("a name that ends in .%(ending)s, or the file that is meant"),
    )

    PICTURE_TOO_LARGE = (
        "picture-too-large",
        _("The picture says that it is %(width)s by %(height)s pixels."),
        _("at most %(widest)s pixels either way and %(most)s in all"),
    )
    PICTURE_WITHOUT_HEADER = "picture-without-header", _("The picture does not begin with its size."), _PICTURE_AGAIN
    PICTURE_WITHOUT_SIZE = "picture-without-size", _("The picture does not say its size."), _PICTURE_AGAIN
    PICTURE_NEEDS_UNKNOWN = (
        "picture-needs-unknown",
        _("The picture needs something unknown (%(chunk)s) to be shown."),
        _PICTURE_AGAIN,
    )
    PICTURE_CHECKSUM_WRONG = (
        "picture-checksum-wrong",
        _("The picture does not match its own checksum."),
        _PICTURE_AGAIN,
    )
    PICTURE_FOLLOWED = "picture-followed", _("The picture is followed by something else."), _PICTURE_AGAIN
    PICTURE_WITH_FILM = (
        "picture-with-film",
        _("The picture is followed by something else."),
        _("the still picture alone, without a film behind it"),
    )
    PICTURE_CUT_SHORT = "picture-cut-short", _("The picture is cut short."), _PICTURE_AGAIN
    PICTURE_OF_UNKNOWN_KIND = "picture-of-unknown-kind", _("The picture is of no known kind."), _PICTURE_AGAIN
    PICTURE_UNPACKS_TOO_LARGE = (
        "picture-unpacks-too-large",
        _("The picture is too large to be looked at."),
        _PICTURE_AGAIN,
    )
    PICTURE_NOT_UNPACKED = "picture-not-unpacked", _("The picture cannot be unpacked."), _PICTURE_AGAIN
    PICTURE_PIXELS_MISSING = (
        "picture-pixels-missing",
        _("The picture does not have as many pixels as it says."),
        _PICTURE_AGAIN,
    )
    PICTURE_NO_JPEG = "picture-no-jpeg", _("The picture is not made as a JPEG is."), _PICTURE_AGAIN
    PICTURE_CUT_SHORT_OR_NO_JPEG = (
        "picture-cut-short-or-no-jpeg",
        _("The picture is cut short, or not made as a JPEG is."),
        _PICTURE_AGAIN,
    )
    PICTURE_NOT_SHOWN = (
        "picture-not-shown",
        _("The picture is of a kind that browsers do not show."),
        _PICTURE_AGAIN,
    )
    PICTURE_ENDLESS = "picture-endless", _("The picture has parts without end."), _PICTURE_AGAIN

    TABLE_HAS_FORMULA = (
        "table-has-formula",
        _("Line %(line)s holds a formula, which a spreadsheet would carry out."),
        _("values instead of formulas, and no cell that begins with ="),
    )
    TEXT_NOT_UTF8 = "text-not-utf8", _("The text is not in UTF-8 (line %(line)s)."), _("the file saved as UTF-8")
    TEXT_HAS_CONTROL_CHARACTER = (
        "text-has-control-character",
        _("Line %(line)s holds the control character %(character)s."),
        _("a text of letters, figures, signs and line ends"),
    )


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
