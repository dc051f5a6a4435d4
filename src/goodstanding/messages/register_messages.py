"""What the register refuses: texts, evidence, rules, files and lists, erasure; of cases `case_messages`."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_TEXT_LENGTH = _("a text of 1 to %(most)s characters")


class RegisterMessage(MessageCode):
    """Why something cannot be written into a register, or read from it."""

    RECORD_ERASED = (
        "record-erased",
        _("A record with this reference was erased here, so it is not taken in again; another matter needs its own."),
        _("a reference of its own"),
    )
    TEXT_MISSING = "text-missing", _("Nothing is said."), _TEXT_LENGTH
    TEXT_TOO_LONG = "text-too-long", _("This cannot be kept as a text."), _TEXT_LENGTH
    TEXT_OF_FORBIDDEN_CHARACTERS = (
        "text-of-forbidden-characters",
        _("This cannot be kept as a text: it has %(characters)s."),
        _("a text without control characters and unseen marks"),
    )
    EXHIBIT_TOO_LARGE = (
        "exhibit-too-large",
        _("The file is too large."),
        _("at most %(megabytes)s MB; a picture in a lower resolution, or a document in parts"),
    )
    EXHIBIT_DIFFERS = (
        "exhibit-differs",
        _("A file in evidence is not what was handed in."),
        _("the file from a copy of the folder evidence"),
    )
    EXHIBIT_NOT_KEPT = "exhibit-not-kept", _("No such file is in evidence.")
    EXHIBIT_WITHOUT_DIGEST = (
        "exhibit-without-digest",
        _("No such file is in evidence."),
        _("its SHA-256, 64 hexadecimal digits"),
    )
    EXHIBIT_ERASED = "exhibit-erased", _("The file was erased on %(day)s: %(reason)s")
    EXHIBIT_ERASURE_UNREASONED = (
        "exhibit-erasure-unreasoned",
        _("Nothing is erased without a reason."),
        _("the law that asks for it"),
    )
