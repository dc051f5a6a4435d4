"""What the register refuses: records, cases, files, erasure."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class RegisterMessage(MessageCode):
    """Why something cannot be written into a register, or read from it."""

    RECORD_ERASED = (
        "record-erased",
        _("A record with this reference was erased here, so it is not taken in again; another matter needs its own."),
        _("a reference of its own"),
    )
    OVERTAKEN = ("overtaken", _("Something was done about this meanwhile."), _("a look at what is new"))
