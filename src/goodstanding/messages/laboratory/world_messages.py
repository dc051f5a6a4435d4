"""What is refused of the laboratory's files and numbers."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class LaboratoryMessage(MessageCode):
    """Why a number, an act, a population or a run of the laboratory is refused."""

    LIBRARY_MISSING = (
        "laboratory-library-missing",
        _("The laboratory needs %(library)s, which is not installed."),
        _('pip install "goodstanding[lab]"'),
    )

    NUMBER_BARE = "number-bare", _("%(number)s has no range and no origin")
    NUMBER_FORM = "number-form", _("{value: …, range: [LEAST, MOST], unit: …, source: … or assumption: …}")
    ORIGIN_MISSING = "origin-missing", _("the number has no origin")
    ORIGIN_TWICE = "origin-twice", _("the number has a source and an assumption")
    ORIGIN_FORMS = "origin-forms", _("either `source:` (where it was read) or `assumption:` (why nobody knows it)")
    RANGE_UNORDERED = "range-unordered", _("%(least)s to %(most)s is no range")
    RANGE_ORDER = "range-order", _("two finite numbers, the smaller first")
    RANGE_LEFT = "range-left", _("%(value)s is outside the range")
    RANGE_ENDS = "range-ends", _("%(least)s to %(most)s")
    SHARE_WRONG = "share-wrong", _("a share cannot be from %(least)s to %(most)s")
    SHARE_ENDS = "share-ends", _("0 to 1, or the unit that is meant")

    PARAMETER_UNKNOWN = "parameter-unknown", _("There is no parameter %(name)s.")
    FIGURE_UNKNOWN = "figure-unknown", _("There is no figure %(figure)s.")
    FIGURE_MISSING = (
        "figure-missing",
        _("The figure %(figure)s was looked for and not found (mark X)."),
        _("another figure, or an assumption with a range"),
    )
