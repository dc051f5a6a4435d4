"""What is refused of a file in evidence: its kind, its name, pictures and texts."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_KINDS = _("a PDF, a PNG or JPEG picture, a text or CSV table in UTF-8, or a .docx, .xlsx or .odt without macros")
_PICTURE_AGAIN = _("the picture opened and saved once more, as PNG or JPEG")


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
