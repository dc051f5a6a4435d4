"""What intake refuses of a row or a value, and what it says of a whole statement."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class IntakeMessage(MessageCode):
    """Why a row or a value is not taken in; quarantine keeps the codes, so none of them may go or be renamed.

    Those that end in `OF_OLD` say what was put aside before problems had parameters, in the words of that time.
    """

    WORDS_OF_OLD = "words", "%(words)s"
    ERASED_OF_OLD = "erased", "%(words)s"
    REPEATED_OF_OLD = "repeated", "%(words)s"

    ROW_ERASED = (
        "row-erased",
        _("a record with this reference was erased here, so it is not taken in again; another matter needs its own"),
    )
    ROW_OF_PERSON = (
        "row-of-person",
        _("here stands the number of a natural person: such numbers are not kept here, and nothing else of this row"),
    )
    ROW_REPEATED = "row-repeated", _("the same finding stands in row %(row)s already")
    ROW_CONTRADICTED = (
        "row-contradicted",
        _("row %(row)s says something else under the same reference, so both wait until the source says which holds"),
    )
    CASE_UNCLEAR = (
        "case-unclear",
        _(
            "several sources have a case %(about)s about this subject, and this one has none, so nobody knows which is"
            " meant"
        ),
        _("the case with the source that opened it: %(cases)s"),
    )
    CASE_OF_ANOTHER = (
        "case-of-another",
        _("%(opener)s opened the case %(about)s, and no other source of its kind decides it"),
        _("a statement of %(opener)s, or of a source of another kind"),
    )
    ROW_PROBABLY_REPEATED = (
        "row-probably-repeated",
        _(
            "probably the same as %(other)s: the source, the subject, the day and the facts are the same, and the"
            " reference is only written otherwise; another matter needs a reference of its own"
        ),
    )
    ROW_OF_ANOTHER_SOURCE = (
        "row-of-another-source",
        _("another source's record: only the records of %(source)s can be stated here"),
    )
    ROW_FOUND_WRONG = (
        "row-found-wrong",
        _("this record was found wrong in %(case)s, so it is not stated again"),
    )
    ROW_STATED_AHEAD = "row-stated-ahead", _("stated on a day after that of the file")
    ROW_OUTDATED = (
        "row-outdated",
        _("this source has stated the feed on %(newest)s, after %(day)s, so this row says nothing about now"),
    )
    ROWS_DIFFER = (
        "rows-differ",
        _("the rows of one finding say different things here: %(first)s and %(other)s"),
    )
    SOURCE_NOT_DECLARED = "source-not-declared", _("no source of %(catalogue)s")
    SOURCE_NOT_ADMITTED = (
        "source-not-admitted",
        _("no source of %(catalogue)s yet; the overseer's office can admit it"),
    )
    SOURCE_NOT_YET_AT_WORK = "source-not-yet-at-work", _("this source is admitted from %(day)s only")
    SOURCE_NO_LONGER_AT_WORK = "source-no-longer-at-work", _("the last day of this source was %(day)s")
    SOURCE_WITHOUT_MANDATE = "source-without-mandate", _("this source may not issue %(record)s")

    SOURCE_MISSING = "source-missing", _("the source is missing")
    REFERENCE_MISSING = "reference-missing", _("the reference is missing")
    OCCURRED_MISSING = "occurred-missing", _("the day is missing")
    NAME_MISSING = "name-missing", _("the name is missing")
    IDENTIFIER_MISSING = "identifier-missing", _("the identifier is missing")
    IDENTIFIERS_TOO_MANY = "identifiers-too-many", _("more than %(most)s identifiers")
    IDENTIFIER_OF_OTHER_FORM = "identifier-of-other-form", _("not of the form of %(title)s: %(shape)s")

    VALUE_MISSING = "value-missing", _("the value is missing")
    VALUE_UNLISTED = "value-unlisted", _("none of %(values)s")
    VALUE_NO_WHOLE_NUMBER = "value-no-whole-number", _("not a whole number")
    VALUE_BELOW = "value-below", _("below %(least)s")
    VALUE_ABOVE = "value-above", _("above %(most)s")
    VALUE_NO_TRUTH = "value-no-truth", _("neither yes nor no, true nor false")
    VALUE_NO_DAY = "value-no-day", _("not a day such as 2015-02-16")
    VALUE_NO_DAY_OF_FORM = "value-no-day-of-form", _("not a day of the form %(form)s")
    DAY_TOO_FAR = "day-too-far", _("a day before %(first)s or after %(last)s")
    DAY_PLACEHOLDER = (
        "day-placeholder",
        _("this day mostly stands for an unknown one; the feed says under `empty` or `real_days` which it is"),
    )
    DAY_AFTER_STATEMENT = "day-after-statement", _("the day lies after %(day)s, the day of the statement")
    TEXT_WITH_NUL = "text-with-nul", _("the text holds a NUL character")
    TEXT_LOST_LETTERS = "cell-text-lost-letters", _("letters were lost where the file was made (U+FFFD)")
    TEXT_TOO_LONG = "cell-text-too-long", _("the text is longer than %(most)s characters")

    ROW_OVER_LINES = (
        "row-over-lines",
        _("a line break in the cell, which makes lines %(first)s to %(last)s one row: is a quotation mark astray?"),
    )
    CELL_OF_SEVERAL_LINES = "cell-of-several-lines", _("a line break in the cell, which has one line only")
    LINE_OF_OTHER_LENGTH = "line-of-other-length", _("the row has %(cells)s cells, the header %(header)s")
    CELL_TOO_LONG = (
        "cell-too-long",
        _(
            "the row that begins in line %(line)s has %(letters)s letters in the column '%(column)s', at most %(most)s"
            " are read: is a quotation mark astray?"
        ),
    )
    LINES_ABOVE_HEADER = "lines-above-header", _("lines above the header that were left out: %(number)s")
    CELL_OF_ERROR = (
        "cell-of-error",
        _("a cell holds an error of the spreadsheet, such as #REF!"),
    )
    CELL_LOST_DIGITS = (
        "cell-lost-digits",
        _("a number of more than 15 digits, of which the spreadsheet lost the last ones"),
        _("the column formatted as text, and the number entered again"),
    )
    ENTRY_UNREADABLE = (
        "entry-unreadable",
        _("what was put aside is damaged and cannot be read"),
        _("the row from the file, sent again"),
    )
    LINE_NO_JSON = "line-no-json", _("the line is no JSON: %(error)s")
    MEMBER_REPEATED = "member-repeated", _("the line says %(name)s twice"), _("one value")
    LINE_NO_OBJECT = "line-no-object", _("the line is no JSON object")
    CELL_NOT_PLAIN = (
        "cell-not-plain",
        _("a cell holds an object or a list; a cell is text, a number, a truth value or null"),
    )
    FILE_REFUSED = "file-refused", "%(refusal)s%(details)s"  # details: where and what would be right, a line each

    SOURCES_NOT_ADMITTED = (
        "sources-not-admitted",
        _(
            "%(rows)s rows wait for %(number)s sources that nobody admitted yet; the overseer's office admits them in"
            " one act, from the file that `goodstanding source waiting` writes"
        ),
    )
    SIMILAR_TAKEN = (
        "similar-taken",
        _(
            "%(number)s findings were taken in that look like others on file: %(reference)s, for example, like"
            " %(other)s; please check that none is there twice"
        ),
    )
    OMITTED_UNREADABLE = (
        "omitted-unreadable",
        _(
            "the file leaves out %(omitted)s of %(on_file)s findings on file; none was withdrawn, because it has lines"
            " that could not be read"
        ),
    )
    OMITTED_UNSURE = (
        "omitted-unsure",
        _(
            "the file leaves out %(omitted)s of %(on_file)s findings on file; none was withdrawn, because rows were put"
            " aside for their identifier, reference or source, and may be those that seem left out"
        ),
    )
    OMITTED_WITHDRAWN = (
        "omitted-withdrawn",
        _("the file leaves out %(omitted)s of %(on_file)s findings on file; they were withdrawn"),
    )
    TAKEN_OVER = (
        "taken-over",
        _("%(number)s findings of a source that became another are the other's now; the earlier ones were withdrawn"),
    )
    OMITTED_TOO_MANY = (
        "omitted-too-many",
        _(
            "the file leaves out %(omitted)s of %(on_file)s findings on file; none was withdrawn, because that is more"
            " than %(most)s"
        ),
    )
