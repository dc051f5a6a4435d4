"""What intake refuses of a file, a row or a value."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class IntakeMessage(MessageCode):
    """Why a row or a file is not taken in."""

    ROW_ERASED = (
        "row-erased",
        _("a record with this reference was erased here, so it is not taken in again; another matter needs its own"),
    )
    ROW_REPEATED = "row-repeated", _("the same finding stands in row %(row)s already")
    ROW_OF_ANOTHER_SOURCE = (
        "row-of-another-source",
        _("another source's record: only the records of %(source)s can be stated here"),
    )
    ROW_FOUND_WRONG = (
        "row-found-wrong",
        _("this record was found wrong in %(case)s, so it is not stated again"),
    )
