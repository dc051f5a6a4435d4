"""What the register refuses, but of cases (`case_messages`), and what does not hold in it."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_LEDGER_DATABASE = _("the database that holds the ledger: GOODSTANDING_DATABASE, or `database` in goodstanding.toml")
_TEXT_LENGTH = _("a text of 1 to %(most)s characters")


class RegisterMessage(MessageCode):
    """Why something cannot be written into a register, or read from it."""

    RECORD_ERASED = (
        "record-erased",
        _("A record with this reference was erased here, so it is not taken in again; another matter needs its own."),
        _("a reference of its own"),
    )
    OVERTAKEN = ("overtaken", _("Something was done about this meanwhile."), _("a look at what is new"))
    TEXT_MISSING = "text-missing", _("The text is missing."), _TEXT_LENGTH
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
    EXHIBITS_WAITING = (
        "exhibits-waiting",
        _("Files of yours wait in forms that were not sent, %(megabytes)s MB of them: no more are kept."),
        _("those forms sent first; files that are not sent go after a week"),
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
    OFFICE_NUMBER_TAKEN = "office-number-taken", _("%(office)s is the number of a source already.")
    SOURCES_NOT_YOURS = "sources-not-yours", _("You may not change which sources there are.")
    CATALOGUE_ADMITS_NONE = (
        "catalogue-admits-none",
        _("%(catalogue)s lets no source be admitted by an event."),
        _("a new version of the catalogue, which names the source or has `admissions`"),
    )
    ADMISSIONS_OUT_OF_BOUNDS = "admissions-out-of-bounds", _("%(number)s sources are to be admitted."), "1 – %(most)s"
    SOURCE_KIND_NOT_ADMITTED = "source-kind-not-admitted", _("%(catalogue)s admits no kind %(kind)s."), "%(kinds)s"
    SOURCE_KNOWN_ALREADY = "source-known-already", _("%(catalogue)s has a source %(source)s already, or it is twice.")
    SOURCE_ID_RESERVED = "source-id-reserved", _("No source is called %(source)s."), _("one word without /, its own")
    SOURCE_DAY_UNREADABLE = "source-day-unreadable", _("%(day)s is no day."), "YYYY-MM-DD"
    SOURCE_DAY_TOO_FAR = "source-day-too-far", _("A source is not admitted from %(day)s."), "%(first)s – %(last)s"
    SOURCE_DAY_NOT_PAST = "source-day-not-past", _("%(day)s is still to come, or too long ago."), "… – %(today)s"
    SOURCE_NOT_ADMITTED_BY_EVENT = "source-not-admitted-by-event", _("No event admitted %(source)s to %(catalogue)s.")
    SOURCE_ENDED_ALREADY = "source-ended-already", _("The last day of %(source)s is %(day)s already.")
    SOURCE_ENDS_BEFORE_ITS_BEGIN = "source-ends-before-its-begin", _("%(source)s begins on %(day)s."), "%(day)s – …"
    SOURCE_CHANGE_NOT_OPEN = "source-change-not-open", _("No change of sources waits at %(position)s.")
    SOURCE_CHANGE_SIGNED_BY_PROPOSER = (
        "source-change-signed-by-proposer",
        _("%(person)s proposed this, so somebody else of the overseer's office signs."),
    )
    ADMISSION_COLUMNS_DIFFER = "admission-columns-differ", _("Sources to admit have other columns."), "%(columns)s"
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
    REGISTER_EXISTS = (
        "register-exists-already",
        _("There is a register in %(folder)s already."),
        _("another folder; where making it was cut off, the same once it is removed"),
    )
    DATABASE_WITHOUT_LEDGER = (
        "database-without-ledger",
        _("There is no ledger in %(database)s."),
        _LEDGER_DATABASE,
    )
    POSTGRES_WITHOUT_LEDGER = (
        "postgres-without-ledger",
        _("There is no ledger in its PostgreSQL database."),
        _LEDGER_DATABASE,
    )
    REGISTER_OF_LATER_VERSION = (
        "register-of-later-version",
        _("A later version of the program has opened this register; this one would not understand it."),
        _("that version, or the copy that was made before it was installed"),
    )
    FILE_OPEN_NOW_ONLY = "file-open-now-only", _("This file is open as it stands now, not for other moments.")
    SUBJECT_NOT_RECORDED = (
        "subject-not-recorded",
        _("About %(identifier)s nothing is in force here that anybody may see."),
        _("another identifier, or a search by name"),
    )
    SUBJECT_NOT_RECORDED_THEN = (
        "subject-not-recorded-then",
        _("Nothing had been recorded here about %(identifier)s by then."),
        _("a later day, or a larger ledger size"),
    )
    SUBJECT_MISSING = "subject-missing", _("There is no such subject.")
    LIST_OPEN_NOW_ONLY = "list-open-now-only", _("This list is open as it stands now, not for other moments.")
    LIST_NOT_YOURS_TO_COPY = "list-not-yours-to-copy", _("This list is not for you to copy.")
    ERASURE_OUT_OF_BOUNDS = (
        "erasure-out-of-bounds",
        _("%(number)s events would go."),
        _("1 to %(most)s at once"),
    )
    ERASURE_REASON_UNKNOWN = "erasure-reason-unknown", _("There is no reason %(reason)s."), "%(reasons)s"
    ERASURE_WITHOUT_ARTICLE = (
        "erasure-without-article",
        _("%(law)s names no article of a law."),
        _("a law and its article, such as gdpr-2016-679 art. 17"),
    )
    ERASURE_OF_OPEN_CASE = (
        "erasure-of-open-case",
        _("GS-%(case)s is under way, and this is part of it."),
        _("after its end; or a court's order"),
    )
    TERM_UNSTATED = "term-unstated", _("Nothing says how long this is kept."), _("another reason")
    TERM_RUNS = "term-runs", _("The record at %(position)s is kept until %(day)s."), "/retention"
    TERM_RUNS_WITH_EFFECT = (
        "term-runs-with-effect",
        _("The record at %(position)s is kept until what rests on it has ended."),
        "/retention",
    )
    ERASURE_REPEATS_CONTENT = (
        "erasure-repeats-content",
        _("The reason says what is to be erased."),
        _("words that do not repeat what is erased: they stay for ever"),
    )
    ERASURE_CONFIRMED_BY_ASKER = (
        "erasure-confirmed-by-asker",
        _("%(person)s asked for it."),
        _("somebody else confirms"),
    )
    ERASURE_NOT_OPEN = (
        "erasure-not-open",
        _("No erasure is open that was asked for at %(position)s."),
        _("none is open"),
    )
    EVENT_MISSING = "event-missing", _("No event has the position %(position)s."), _("0 to %(last)s")
    EVENT_ERASED = "event-erased", _("The event at %(position)s was erased before.")
    EVENT_NOT_ERASABLE = (
        "event-not-erasable",
        _("%(kind)s at %(position)s is of those events that the register rests on."),
        _("a record, an act of a case, or a mandate"),
    )

    # what was done when a register was opened
    UPGRADED_DURABLE = (
        "upgraded-durable",
        _(
            "The register was brought up to date with this version of the program:"
            " durable tables changed by %(migrations)s."
        ),
    )
    UPGRADED_TABLES = (
        "upgraded-tables",
        _(
            "The register was brought up to date with this version of the program:"
            " the register's tables made anew from %(events)s events."
        ),
    )
    UPGRADED_BOTH = (
        "upgraded-both",
        _(
            "The register was brought up to date with this version of the program:"
            " durable tables changed by %(migrations)s; the register's tables made anew from %(events)s events."
        ),
    )

    # what does not hold
    SETTING_NOT_AS_OPENED = "setting-not-as-opened", _("%(setting)s, opened with %(opened)s")
    DAY_NOT_OF_RECORDING = "day-not-of-recording", _("dated %(day)s, recorded %(recorded_at)s")
    CLOCK_STOOD_AHEAD = (
        "clock-stood-ahead",
        _("recorded %(recorded_at)s, which is still to come: the clock of the machine once stood ahead"),
    )
    ERASURE_UNFINISHED = (
        "erasure-unfinished",
        _("something of it may still stand in the files; any command that opens the register tries again"),
    )
    EVIDENCE_NOT_AS_HANDED_IN = (
        "evidence-not-as-handed-in",
        _("not what was handed in, or gone without having been erased; a copy of the folder evidence has it"),
    )
    ROW_WITHOUT_MATCH = "row-without-match", "%(row)s"
    TABLES_UNREADABLE = "tables-unreadable", _("cannot be read: %(problem)s")
    DATABASE_SAYS = "database-says", "%(problem)s"
    ENACTMENT_UNREADABLE = "enactment-unreadable", "%(problem)s"
    ENACTMENT_FOR_LABORATORY = "enactment-for-laboratory", _("%(catalogue)s is a laboratory catalogue")
    ENACTMENT_IN_BREACH = (
        "enactment-in-breach",
        _("%(catalogue)s breaches article %(article)s: %(reason)s (%(place)s)"),
    )
    ENACTMENT_STACKED = (
        "enactment-stacked",
        _("%(catalogue)s has no effect, by article %(article)s: %(reason)s Use, for example: %(remedy)s. (%(place)s)"),
    )
    TRIGGER_FOREIGN = (
        "trigger-foreign",
        _("a trigger or rule that this program did not make: it changes rows unasked"),
    )
    UNIQUENESS_LOST = "uniqueness-lost", _("nothing keeps %(columns)s from standing there twice")
    INDEX_GONE = "index-gone", _("the index %(index)s is gone")
