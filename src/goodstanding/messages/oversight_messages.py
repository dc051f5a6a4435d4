"""What oversight refuses of the days that its figures are about."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class OversightMessage(MessageCode):
    """Why there are no figures about some days."""

    WINDOW_EMPTY = "window-empty", _("%(until)s is not after %(since)s."), _("a later day")
    YEAR_OUT_OF_BOUNDS = "year-out-of-bounds", _("%(year)s is no year."), _("%(first)s to %(last)s")
    YEAR_AHEAD = "year-ahead", _("%(year)s has not begun."), _("%(last)s or a year before")
