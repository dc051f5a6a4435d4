"""One file looked at: what it is, what it may be called, and that nothing in it acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goodstanding.errors import BadFile
from goodstanding.register.exhibits import documents, media, names, office, pictures, texts

_CHECKS: dict[str, Callable[[bytes], None]] = {
    media.PDF: documents.check,
    media.PNG: pictures.check_png,
    media.JPEG: pictures.check_jpeg,
    media.TEXT: texts.check,
    media.CSV: texts.check_table,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is: the name that it may have, with the right ending, and its media type."""

    name: str
    media_type: str


def look_at(name: str, content: bytes) -> Look:
    """What a file is; raises BadFile for one that lies about what it is, is broken, acts, or hides something."""
    plain = names.plain(name)
    try:
        return _looked_at(plain, content)
    except BadFile as refused:
        refused.where = refused.where or plain
        raise


def _looked_at(name: str, content: bytes) -> Look:
    if not content:
        raise BadFile("The file is empty.", remedy=media.TAKEN)
    kind = media.told(content)
    if kind == media.ZIP:
        kind = office.check(content)
    else:
        media.refuse_second_face(content)
    kind = media.agreed(kind, name)
    if check := _CHECKS.get(kind):
        check(content)
    return Look(name if media.ending_of(name) else names.plain(f"{name}.{media.OWN_ENDING[kind]}"), kind)
