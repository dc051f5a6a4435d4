"""One file looked at: what it is, what it may be called, and that nothing in it acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goodstanding.errors import BadFile
from goodstanding.evidence.file_names import clean_file_name
from goodstanding.evidence.images import check_jpeg, check_png
from goodstanding.evidence.media_types import (
    CSV,
    JPEG,
    OWN_ENDING,
    PDF,
    PNG,
    TEXT,
    ZIP,
    detect_media_type,
    parse_ending,
    reconcile_media_type,
    refuse_if_also_archive,
)
from goodstanding.evidence.office_documents import check_office_document
from goodstanding.evidence.pdf import check_pdf
from goodstanding.evidence.text_files import check_csv_table, check_text
from goodstanding.messages import EvidenceMessage, Message

_CHECKS: dict[str, Callable[[bytes], None]] = {
    PDF: check_pdf,
    PNG: check_png,
    JPEG: check_jpeg,
    TEXT: check_text,
    CSV: check_csv_table,
}


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """What a file is: the name that it may have, with the right ending, and its media type."""

    name: str
    media_type: str


def inspect_file(name: str, content: bytes) -> InspectedFile:
    """What a file is; raises BadFile for one that lies about what it is, is broken, acts, or hides something."""
    plain = clean_file_name(name)
    try:
        return _inspect_content(plain, content)
    except BadFile as refused:
        refused.where = refused.where or plain
        raise


def _inspect_content(name: str, content: bytes) -> InspectedFile:
    if not content:
        raise BadFile(Message(EvidenceMessage.FILE_EMPTY))
    kind = detect_media_type(content)
    if kind == ZIP:
        kind = check_office_document(content)
    else:
        refuse_if_also_archive(content)
    kind = reconcile_media_type(kind, name)
    if check := _CHECKS.get(kind):
        check(content)
    return InspectedFile(name if parse_ending(name) else clean_file_name(f"{name}.{OWN_ENDING[kind]}"), kind)
