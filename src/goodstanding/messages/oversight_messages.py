"""What oversight refuses of the days that its figures are about, and why an enactment is without effect."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class OversightMessage(MessageCode):
    """Why there are no figures about some days, and why nothing can be stated of a record."""

    WINDOW_EMPTY = "window-empty", _("%(until)s is not after %(since)s."), _("a later day")
    YEAR_OUT_OF_BOUNDS = "year-out-of-bounds", _("%(year)s is no year."), _("%(first)s to %(last)s")
    YEAR_GOES_ON = (
        "year-goes-on",
        _("No sample is drawn of %(year)s before it is over."),
        _("a year before, or %(day)s and later"),
    )
    RECORD_NOT_SAMPLED = (
        "record-not-sampled",
        _("%(position)s is not among the records drawn of %(year)s."),
        "goodstanding oversight sample --year %(year)s --by WHO",
    )
    SAMPLE_FOUND_ALREADY = (
        "sample-found-already",
        _("%(person)s stated on %(day)s what record %(position)s of the sample of %(year)s is."),
        _("another record of the sample"),
    )
    TABLE_WITHOUT_CASES = "table-without-cases", _("That table counts no cases."), _("one of %(tables)s")
    YEAR_AHEAD = "year-ahead", _("%(year)s has not begun."), _("%(last)s or a year before")


_RETIRE = _("a new version, or goodstanding catalogue retire NAME --on DAY --basis TEXT")
_PROCEEDING = _("a new version: drafted, open to comment, answered, signed by three, then put into force")


class EnactmentMessage(MessageCode):
    """Why rules that stand in the ledger as enacted have no effect, or not all that they should have."""

    RULES_UNUSABLE = "rules-unusable", _("The rules cannot be worked with: %(problem)s"), _RETIRE
    RECORD_TYPE_DROPPED = (
        "record-type-dropped",
        _("Records of the type %(record)s are on file, and this version does not have it."),
        _("keep it under `records`; what shall no longer follow goes from cases, lists, schemes and measures"),
    )
    FIELD_RETYPED = (
        "field-retyped",
        _("In records on file, %(record)s, the field %(field)s is %(before)s, and this version makes it %(type)s."),
        _("`type: %(before)s` as before, and a field of another name for what is to be said otherwise"),
    )
    RULES_FAIL = "rules-fail", _("Nothing can be worked out by the rules of %(catalogue)s: %(problem)s"), _RETIRE
    ENACTMENT_AT_FAULT = "enactment-at-fault", _("%(catalogue)s is without effect. %(fault)s"), _PROCEEDING
    ENACTED_WITHOUT_DRAFT = (
        "enacted-without-draft",
        _("The rules were put into force without a draft of the same files that was open then."),
        _PROCEEDING,
    )
    ENACTED_WHILE_COMMENTS_RUN = (
        "enacted-while-comments-run",
        _("The rules were put into force while the public could comment, to %(day)s as the ledger counts."),
        _PROCEEDING,
    )
    ENACTED_WITHOUT_ANSWERS = (
        "enacted-without-answers",
        _("The rules were put into force with comments that nobody answered: %(numbers)s."),
        _PROCEEDING,
    )
    ENACTED_WITHOUT_SIGNATURES = (
        "enacted-without-signatures",
        _("Not signed after all answers by three people, each with an account of an office: %(roles)s."),
        _PROCEEDING,
    )
    ENACTED_ON_ANOTHER_DAY = (
        "enacted-on-a-day-not-of-recording",
        _("The rules were put into force on %(day)s, and that was recorded at %(recorded_at)s."),
        _PROCEEDING,
    )
    RETIREMENT_UNSIGNED = (
        "retirement-unsigned",
        _("%(catalogue)s goes out of force only under three signatures."),
        "goodstanding catalogue retire %(catalogue)s --on DAY --basis TEXT --as ROLE --by WHO",
    )
    RETIRED_ALREADY = (
        "retired-already",
        _("%(catalogue)s is out of force from %(day)s."),
        _("a new version puts it into force again"),
    )
    RETIRED_BACKWARDS = (
        "retired-backwards",
        _("Nothing goes out of force on %(day)s, which is past: what was shown then stays true."),
        _("%(today)s or later"),
    )
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
