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
    OFFICE_UNKNOWN = "office-unknown", _("No catalogue in force knows %(office)s.")
    OFFICE_REPLACED = "office-replaced", _("%(office)s is %(successor)s already."), "%(successor)s"
    OFFICE_REPLACES_ITSELF = (
        "office-replaces-itself",
        _("An office cannot become itself, and somebody says so."),
        _("another office"),
    )
    CATALOGUE_NOT_NEWER = (
        "catalogue-not-newer",
        _("%(catalogue)s is in force in version %(version)s with other rules."),
        "version: %(next_version)s",
    )
    CATALOGUE_NOT_IN_FORCE = (
        "catalogue-not-in-force",
        _("No catalogue %(name)s is in force here."),
        "goodstanding catalogue enact NAME",
    )
    ENACTED_FILES_ERASED = "enacted-files-erased", _("The enacted files were erased.")
    ENACTED_FILES_DIFFER = "enacted-files-differ", _("The enacted files are not those of the digest.")
    FEED_UNKNOWN = "feed-unknown", _("No catalogue in force has a feed %(name)s."), _("enact a catalogue first")
    LIST_UNKNOWN = (
        "list-unknown",
        _("No catalogue in force has a list %(name)s."),
        _("enact a catalogue with a list"),
    )
    DRAFT_MISSING = (
        "draft-missing",
        _("There is no open draft of %(name)s."),
        "goodstanding catalogue draft %(catalogue)s --by WHO",
    )
    DRAFT_OPEN = (
        "draft-open",
        _("A draft of %(catalogue)s is open already."),
        _("withdraw it first: goodstanding catalogue withdraw"),
    )
    DRAFT_UNSIGNED = (
        "draft-unsigned",
        _("The draft of %(catalogue)s is not signed by: %(roles)s."),
        "goodstanding catalogue sign %(catalogue)s --as %(role)s --by WHO",
    )
    CATALOGUE_UNDRAFTED = (
        "catalogue-undrafted",
        _("%(catalogue)s has no signed draft here."),
        _("goodstanding catalogue draft %(catalogue)s --by WHO (a demonstration register needs none)"),
    )
    COMMENTS_ENDED = (
        "comments-ended",
        _("Comments on %(catalogue)s ended on %(day)s."),
        _("the next draft, or the author directly"),
    )
    COMMENTS_RUN = (
        "comments-run",
        _("The public may comment on %(catalogue)s until %(day)s."),
        _("sign after that day"),
    )
    COMMENTS_UNANSWERED = (
        "comments-unanswered",
        _("Comments without an answer: %(numbers)s."),
        "goodstanding catalogue answer",
    )
    COMMENT_MISSING = (
        "comment-missing",
        _("There is no comment %(number)s on %(catalogue)s."),
        _("there are none"),
    )
    SIGNING_ROLE_UNKNOWN = "signing-role-unknown", _("Nobody signs as %(role)s."), "%(roles)s"
    SIGNED_ALREADY = "signed-already", _("%(person)s signed as %(role)s already."), _("enact it")
    SIGNED_IN_ANOTHER_ROLE = (
        "signed-in-another-role",
        _("%(person)s signed in another role."),
        _("three different people (charter, article 23)"),
    )
    ENACTED_ON_ANOTHER_DAY = (
        "enacted-on-another-day",
        _("%(day)s is not the day of this act."),
        _("%(today)s: the rules bind from then"),
    )
    NOTICE_PERIOD_RUNS = "notice-period-runs", _("The notice period is not over."), _("%(day)s or later")
