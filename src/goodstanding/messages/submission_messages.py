"""What is refused of a file, a batch, a single record or a key that a source sends, as a whole."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_TOO_LARGE, _TOO_LONG = _("The file is too large."), _("The file is too long.")
_COLUMN_MISSING = _("The file lacks the column %(column)s of feed %(feed)s.")
_COLUMN_UNKNOWN = _("The feed %(feed)s knows no column %(column)s.")
_COLUMNS_DIFFER = _(
    "The file lacks the columns %(missing)s of feed %(feed)s, and has others that it does not know: %(unknown)s."
)
_FEED_UNKNOWN = _("%(source)s has no feed %(feed)s.")
_KEY_FORMS = _("PEM (openssl pkey -pubout), a line that begins with ssh-ed25519, or the 32 bytes in base64")


class SubmissionMessage(MessageCode):
    """Why what a source sends is not taken in."""

    FILE_MISSING = (
        "file-missing",
        _("There is no file %(file)s."),
        _("the path of a .csv, .xlsx, .parquet or .jsonl file"),
    )
    FILE_FORMAT_UNKNOWN = (
        "file-format-unknown",
        _("%(file)s is in no known format."),
        _("a .csv, .tsv, .xlsx, .parquet or .jsonl file"),
    )
    FILE_EMPTY_OR_TOO_LARGE = (
        "file-empty-or-too-large",
        _("%(file)s is empty, or larger than 4 GB."),
        _("a file with rows"),
    )
    FILE_WITHOUT_ROWS = "file-without-rows", _("%(file)s holds no rows."), _("a file with at least one row")
    ROWS_OF_PERSONS = (
        "rows-of-persons",
        _("Numbers of natural persons stand in rows %(rows)s. They are not kept here, so nothing was taken."),
        _("the same without these rows"),
    )
    COLUMN_TWICE = (
        "column-twice",
        _("%(file)s has the column %(column)s more than once."),
        _("each column once, under a name of its own"),
    )
    FILE_NO_PARQUET = "file-no-parquet", _("%(file)s is no Parquet file, or cut short."), "%(error)s"
    UPLOAD_NO_PARQUET = "upload-no-parquet", _("The file is no Parquet file, or cut short."), "%(error)s"
    COLUMN_OF_OTHER_TYPE = (
        "column-of-other-type",
        _("The column %(column)s is of type %(type)s."),
        _("text, numbers, days or truth values"),
    )
    FILE_NOT_UTF8 = (
        "file-not-utf8",
        _("%(file)s is not in UTF-8."),
        _("the file saved as UTF-8; or the encoding latin-1, if this word is right so: %(sample)s"),
    )
    FILE_OF_OTHER_ENCODING = (
        "file-of-other-encoding",
        _("%(file)s is not in the encoding %(encoding)s."),
        _("the file saved as UTF-8, or the encoding that it has"),
    )
    FILE_NO_WORKBOOK = (
        "file-no-workbook",
        _("%(file)s is no workbook (.xlsx) that can be read."),
        _("the workbook saved again, without a password, or saved as CSV (%(error)s)"),
    )
    WORKBOOK_TOO_LARGE = (
        "workbook-too-large",
        _("%(file)s has a sheet that is too large."),
        _("at most %(most)s cells up to the last row and column in use; a larger one as CSV"),
    )
    SHEET_MISSING = "sheet-missing", _("%(file)s has no sheet %(sheet)s."), "%(sheets)s"
    SHEETS_SEVERAL = (
        "sheets-several",
        _("Which sheet of %(file)s is meant cannot be told: %(sheets)s."),
        _("one sheet with the header of the feed, or the others deleted"),
    )
    HEADER_NAMES_UNCLEAR = (
        "header-names-unclear",
        _("%(file)s has no header of distinct names."),
        _("names of columns"),
    )
    FILE_NO_CSV = (
        "file-no-csv",
        _("%(file)s cannot be read as CSV."),
        _("rows of comma-separated cells (%(error)s)"),
    )
    FILE_QUOTE_OPEN = (
        "file-quote-open",
        _("%(file)s cannot be read as CSV: a quotation mark opens here and is not closed."),
        _('a cell in quotation marks ends with one; a mark inside is written twice: "Joe ""Jo"" Doe" (%(error)s)'),
    )
    FILE_NO_JSON_LINES = (
        "file-no-json-lines",
        _("%(file)s holds no JSON lines."),
        _('one object a line: {"column": "value"}'),
    )
    FILE_TOO_LARGE = "file-too-large", _TOO_LARGE, _("at most %(most)s MB; send a larger one in parts")
    FILE_UNPACKS_TOO_LARGE = "file-unpacks-too-large", _TOO_LARGE, _("at most %(most)s MB once it is unpacked")
    FILE_TOO_LONG = "file-too-long", _TOO_LONG, _("at most %(most)s rows; send more in several files or batches")
    FILE_TOO_LONG_OR_WIDE = (
        "file-too-long-or-wide",
        _TOO_LONG,
        _("at most %(rows)s rows and %(columns)s columns"),
    )
    FILE_TOO_WIDE = "file-too-wide", _("The file is too wide."), _("at most %(most)s columns")
    UPLOAD_OF_OTHER_KIND = (
        "upload-of-other-kind",
        _("The file is of no kind that is read here."),
        _("a .csv, .tsv, .xlsx, .parquet or .jsonl file"),
    )
    UPLOAD_GONE = (
        "upload-gone",
        _("This file is no longer kept."),
        _("send it again; it is kept for a day"),
    )

    COLUMN_MISSING = "column-missing", _COLUMN_MISSING, _("the columns %(columns)s")
    COLUMN_MISNAMED = "column-misnamed", _COLUMN_MISSING, _("%(near)s renamed to %(column)s")
    COLUMN_UNKNOWN = "column-unknown", _COLUMN_UNKNOWN, _("a column the feed declares, or names under `ignored`")
    COLUMN_MISSPELT = "column-misspelt", _COLUMN_UNKNOWN, "%(near)s"
    COLUMNS_MISSING = (
        "columns-missing",
        _("The file lacks the columns %(missing)s of feed %(feed)s."),
        _("the columns %(columns)s"),
    )
    COLUMNS_UNKNOWN = (
        "columns-unknown",
        _("The feed %(feed)s knows no columns %(unknown)s."),
        _("columns the feed declares, or names under `ignored`"),
    )
    COLUMNS_DIFFER = "columns-differ", _COLUMNS_DIFFER, _("the columns %(columns)s")
    COLUMNS_MISNAMED = "columns-misnamed", _COLUMNS_DIFFER, _("renamed: %(renamings)s")
    SEPARATOR_GUESSED = (
        "separator-guessed",
        _("%(problem)s Its cells seem to be separated by %(separator)s."),
        _("the columns %(columns)s"),
    )

    COMPANION_CONTRADICTS = (
        "companion-contradicts",
        _("The file beside says two different things about %(column)s %(value)s (and so about %(number)s in all)."),
        _("one row for each %(column)s"),
    )

    PLACE_HIDDEN = (
        "place-hidden",
        _("In every row %(column)s says the same as the place in %(place)s, in other words; no rule reads places."),
        _("what was found in %(column)s, or a field of kind premises that is read from it"),
    )

    STATED_DAY_AHEAD = (
        "stated-day-ahead",
        _("%(day)s has not come yet, so nothing can be stated on it."),
        _("a day up to today"),
    )
    STATED_DAY_UNREAL = "stated-day-unreal", _("%(day)s in the file's name is no day."), "YYYY-MM-DD"
    STATED_DAYS_SEVERAL = (
        "stated-days-several",
        _("%(file)s has several days in its name: %(days)s."),
        _("a name with one day, or --stated with the one that is meant"),
    )
    STATED_DAY_CONTRADICTED = (
        "stated-day-contradicted",
        _("The name of %(file)s says %(days)s, but %(day)s was stated."),
        _("a file whose name says the day on which it is stated, or no day"),
    )
    STATED_DAY_MISSING = (
        "stated-day-missing",
        _("Nothing says on which day %(feed)s states this file."),
        _("--stated DAY, or a day in the file's name such as as_of_2021-05-18"),
    )
    STATED_LATER = (
        "stated-later",
        _("%(feed)s has been stated on %(newest)s, after %(day)s."),
        _("files in the order of their days; a register can be made anew from all of them"),
    )
    FEED_UNKNOWN_TO_SOURCE = "feed-unknown-to-source", _FEED_UNKNOWN, "%(feeds)s"
    SOURCE_WITHOUT_FEEDS = (
        "source-without-feeds",
        _FEED_UNKNOWN,
        _("a catalogue in force that gives this source a mandate"),
    )
    ROWS_NOT_REPLAYABLE = (
        "rows-not-replayable",
        _("%(feed)s makes one finding of several rows, so single rows cannot be replayed."),
        _("quarantine export, mend the rows, and ingest the whole file again"),
    )
    ENTRIES_DISMISSED_UNREASONED = (
        "entries-dismissed-unreasoned",
        _("What waits is dismissed for a reason."),
        _("a sentence, at most %(most)s characters"),
    )
    FILES_OF_ONE_DAY = "files-of-one-day", _("Two files are stated on %(day)s."), _("one file for each day")
    NO_FEED_OF_PROCEEDINGS = (
        "no-feed-of-proceedings",
        _("No feed of %(catalogue)s states proceedings."),
        _("a catalogue with cases and a feed"),
    )
    FEED_UNCHOSEN = "feed-unchosen", _("Which feed of %(catalogue)s?"), _("one of %(feeds)s")

    IDEMPOTENCY_KEY_REUSED = (
        "idempotency-key-reused",
        _("Something else was sent under this Idempotency-Key."),
        _("a new key for what is new"),
    )
    SUBMISSION_UNKNOWN = "submission-unknown", _("This source sent nothing under that id."), _("the id of an answer")
    PART_NUMBER_UNKNOWN = "part-number-unknown", _("There is no such part."), _("0 to %(last)s")
    PART_DIFFERS = (
        "part-differs",
        _("Part %(number)s arrived before with other content."),
        _("the part whose digest is %(digest)s"),
    )
    PARTS_DIFFER = (
        "parts-differ",
        _("The parts that arrived are not those that the batch is closed with."),
        _("every part from 0 on, then their digests in order"),
    )
    BATCHES_OPEN = (
        "batches-open",
        _("%(most)s batches of this source are open."),
        _("one of them closed first; one that nobody closes goes after a week"),
    )
    BATCH_CLOSED = "batch-closed", _("This batch is closed."), _("a new batch")
    BATCH_CLOSED_OTHERWISE = "batch-closed-otherwise", _("This batch was closed with other parts."), _("a new batch")
    RECORDS_BUSY = (
        "records-busy",
        _("%(by)s sends records of the same type: they are being taken in at this moment. Yours were not."),
        _("the same again in a minute"),
    )
    BATCH_BUSY = "batch-busy", _("This is being taken in now."), _("ask again in a minute")

    REFERENCE_ON_FILE = (
        "reference-on-file",
        _("A record with this reference is on file."),
        _("another reference, or that record corrected"),
    )
    CORRECTION_OF_OTHER_RECORD = (
        "correction-of-other-record",
        _("A correction is about the same record."),
        "%(reference)s",
    )
    RECORD_UNCHANGED = "record-unchanged", _("Nothing is changed."), _("at least one other value")
    RECORD_WITHDRAWN_UNREASONED = (
        "record-withdrawn-unreasoned",
        _("A record is withdrawn for a reason."),
        _("a sentence, at most %(most)s characters"),
    )
    RECORD_TEXT_ERASED = "record-text-erased", _("What this record said was erased.")
    RECORD_OUTDATED = (
        "record-outdated",
        _("This record was corrected or withdrawn meanwhile."),
        _("its newest version"),
    )

    KEY_UNREADABLE = "key-unreadable", _("This is no Ed25519 public key."), _KEY_FORMS
    KEY_OF_OTHER_KIND = "key-of-other-kind", _("This key is of another kind than Ed25519."), _KEY_FORMS
    KEY_REVOKED_UNREASONED = "key-revoked-unreasoned", _("A key is revoked for a reason."), _("lost on 3 March")
    KEYS_OF_OTHER_SOURCE = "keys-of-other-source", _("You may not keep a source's keys."), "%(rule)s"
    SOURCE_UNKNOWN = "source-unknown", _("No catalogue in force has a source %(source)s."), "%(sources)s"
    KEY_IN_USE = "key-in-use", _("This key is one of %(source)s."), _("a new key, for this source alone")
    KEY_REVOKED_BEFORE = (
        "key-revoked-before",
        _("This key of %(source)s was revoked."),
        _("a new key, for this source alone"),
    )
    KEY_OUT_OF_USE = "key-out-of-use", _("This key is no longer in use."), "%(reason)s"
    KEY_UNKNOWN = "key-unknown", _("%(source)s has no key %(key)s."), "%(keys)s"
    REQUEST_REPEATED = (
        "request-repeated",
        _("This request was sent before."),
        _("a new nonce and a new signature for each request"),
    )

    # what does not hold
    BATCH_SIGNATURE_WRONG = (
        "batch-signature-wrong",
        _("the batch's signature is not one of the key that it names"),
    )
    ANSWER_DIFFERS = "answer-differs", _("the answer is not what the ledger says came of it")
    PUT_ASIDE_MISSING = (
        "put-aside-missing",
        _("%(number)s rows of %(file)s were put aside, and %(present)s are there"),
    )
