"""One file looked at: what it is, what it may be called, and that nothing in it acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goodstanding.errors import BadFile
from goodstanding.register.exhibits import documents, media, names, office, pictures, texts

_CHECKS: dict[str, Callable[[bytes], None]] = {
    media.PDF: documents.check_pdf,
    media.PNG: pictures.check_png,
    media.JPEG: pictures.check_jpeg,
    media.TEXT: texts.check_text,
    media.CSV: texts.check_csv_table,
}


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """What a file is: the name that it may have, with the right ending, and its media type."""

    name: str
    media_type: str


def inspect_file(name: str, content: bytes) -> InspectedFile:
    """What a file is; raises BadFile for one that lies about what it is, is broken, acts, or hides something."""
    plain = names.clean_file_name(name)
    try:
        return _inspect_content(plain, content)
    except BadFile as refused:
        refused.where = refused.where or plain
        raise


def _inspect_content(name: str, content: bytes) -> InspectedFile:
    if not content:
        raise BadFile("The file is empty.", remedy=media.ACCEPTED_KINDS)
    kind = media.detect_media_type(content)
    if kind == media.ZIP:
        kind = office.check_office_document(content)
    else:
        media.refuse_if_also_archive(content)
    kind = media.reconcile_media_type(kind, name)
    if check := _CHECKS.get(kind):
        check(content)
    return InspectedFile(
        name if media.parse_ending(name) else names.clean_file_name(f"{name}.{media.OWN_ENDING[kind]}"), kind
    )
