"""What oversight refuses of the days that its figures are about, and why an enactment is without effect."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class OversightMessage(MessageCode):
    """Why there are no figures about some days."""

    WINDOW_EMPTY = "window-empty", _("%(until)s is not after %(since)s."), _("a later day")
    YEAR_OUT_OF_BOUNDS = "year-out-of-bounds", _("%(year)s is no year."), _("%(first)s to %(last)s")
    YEAR_AHEAD = "year-ahead", _("%(year)s has not begun."), _("%(last)s or a year before")


_RETIRE = _("a new version, or goodstanding catalogue retire NAME --on DAY --basis TEXT")


class EnactmentMessage(MessageCode):
    """Why rules that stand in the ledger as enacted have no effect, or not all that they should have."""

    RULES_UNUSABLE = "rules-unusable", _("The rules cannot be worked with: %(problem)s"), _RETIRE
    RULES_FAIL = "rules-fail", _("Nothing can be worked out by the rules of %(catalogue)s: %(problem)s"), _RETIRE
    FEED_FAILS = (
        "feed-fails",
        _("No file of %(feed)s could be taken in: %(problem)s"),
        _("columns with names of their own, and values in the types of their fields"),
    )
    SUBJECT_FAILS = (
        "rules-fail-for-subject",
        _("Nothing can be worked out by the rules of %(catalogue)s for subject %(subject)s: %(problem)s"),
        _RETIRE,
    )
