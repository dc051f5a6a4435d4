"""What is wrong with a catalogue's files, keys, values and conditions; with its rules, `rule_messages`."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_VALID_YAML = _("valid YAML")
_EXAMPLE_UNREADABLE = _("The example %(example)s cannot be read.")
_ONE_EXPRESSION = _("one expression, for example amount_due >= 10000 AND able_to_perform")
_EXPRESSION_OF = _("an expression of %(wanted)s")


class CatalogueMessage(MessageCode):
    """Why a catalogue cannot be read."""

    # folders and files
    CATALOGUE_NOT_FOUND = (
        "catalogue-not-found",
        _("There is no catalogue %(name)s."),
        _("a folder, or one of %(names)s"),
    )
    CATALOGUE_FILE_MISSING = (
        "catalogue-file-missing",
        _("%(folder)s holds no catalogue.yaml."),
        _("a catalogue's folder"),
    )
    CATALOGUE_FILE_NOT_UTF8 = "catalogue-file-not-utf-8", _("The file is not in UTF-8.")
    CATALOGUE_FILE_ELSEWHERE = (
        "catalogue-file-elsewhere",
        _("It is no file of text in the catalogue's own folder."),
        _("a file, and no link to what stands elsewhere"),
    )
    CATALOGUE_FILE_TOO_LARGE = (
        "catalogue-file-too-large",
        _("The file has %(size)s bytes."),
        _("at most %(most)s"),
    )
    CATALOGUE_FILE_NO_YAML = "catalogue-file-no-yaml", _("The file cannot be read: it is no YAML."), _VALID_YAML
    CATALOGUE_FILE_UNREADABLE = (
        "catalogue-file-unreadable",
        _("The file cannot be read: %(problem)s."),
        _VALID_YAML,
    )
    CATALOGUE_FILE_ENDLESS = (
        "catalogue-file-endless",
        _("The file is nested without end, or its aliases are."),
        _("at most %(values)s values, aliases counted, nested at most %(depth)s deep"),
    )
    CATALOGUE_FILE_WITHOUT_KEYS = (
        "catalogue-file-without-keys",
        _("The file holds no keys with values."),
        _("key: value, line by line"),
    )
    FEED_IN_ANOTHER_FILE = "feed-in-another-file", _("The feed %(feed)s is in another file.")
    SOURCE_UNREADABLE = "source-unreadable", _("A source cannot be read."), _("the columns id, name, kind, region")
    SOURCE_REPEATED = "source-repeated", _("The source %(source)s is there twice."), _("each source once")

    # worked examples
    EXAMPLES_NO_LIST = (
        "examples-no-list",
        _("The file is no list of examples."),
        _("- example: …, with law, records and then"),
    )
    EXAMPLE_LACKS_KEY = "example-lacks-key", _("An example lacks %(key)s."), "example, law, records, then"
    EXAMPLE_WITHOUT_LISTS = (
        "example-without-lists",
        _EXAMPLE_UNREADABLE,
        _("records and then are lists of mappings"),
    )
    EXAMPLE_MOMENT_INCOMPLETE = (
        "example-moment-incomplete",
        _EXAMPLE_UNREADABLE,
        _("each moment has a day `at` and its `effects`"),
    )
    EXAMPLE_RECORD_INCOMPLETE = (
        "example-record-incomplete",
        _EXAMPLE_UNREADABLE,
        _("each record has its type `record` and the day it `occurred`"),
    )

    # catalogues that use others, and changes laid over one
    CATALOGUES_IN_CIRCLE = (
        "catalogues-in-circle",
        _("Catalogues use each other in a circle: %(files)s."),
        _("take the shared part into a catalogue of its own"),
    )
    USED_CATALOGUE_MISSING = (
        "used-catalogue-missing",
        _("There is no catalogue %(name)s to use."),
        _("its folder"),
    )
    USED_PART_MISSING = "used-part-missing", _("The used catalogue has no %(part)s.")
    USED_LIST_WITHOUT_KEY = (
        "used-list-without-key",
        _("The used list has no %(key)s."),
        _("0 to %(last)s for a change, or + with a list to add"),
    )
    OVERLAY_PATH_MISSING = (
        "overlay-path-missing",
        _("There is no %(part)s on the way of %(path)s."),
        _("a path of catalogue.yaml"),
    )

    # how large a catalogue and its parts may be
    CATALOGUE_TOO_LARGE = (
        "catalogue-too-large",
        _("The files have %(size)s characters."),
        _("at most %(most)s in all"),
    )
    TOO_MANY_RULES = "too-many-rules", _("There are %(number)s rules."), _("at most %(most)s; a second catalogue")
    TOO_MANY_PARTS = (
        "too-many-parts",
        _("The rules have more than %(most)s keys and values."),
        _("at most %(most)s; a second catalogue"),
    )
    NUMBER_TOO_LARGE = (
        "number-too-large",
        _("The number %(number)s is too large."),
        _("between -%(most)s and %(most)s"),
    )
    TEXT_TOO_LONG = "text-too-long-for-rule", _("A text of %(length)s characters."), _("at most %(most)s")
    TEXT_WITH_CONTROLS = (
        "text-with-controls",
        _("The text has characters that nobody sees: %(codes)s."),
        _("letters, digits, signs and spaces"),
    )
    STEP_WAITS_FOR_NOTHING = (
        "step-waits-for-nothing",
        _("The step opens its case, so there is nothing before it to wait after."),
        _("after: the steps that it follows; or no not_before"),
    )
    CODES_NO_NUMBERS = "codes-no-numbers", _("the values of a field of whole numbers are no whole numbers")
    DAY_BEYOND_LAWS = (
        "day-beyond-laws",
        _("No rule is in force or ends on %(day)s."),
        _("a day of the years %(first)s to %(last)s; without `until` a rule has no end"),
    )
    WEIGHTS_OVERFLOW = (
        "weights-overflow",
        _("The weighted points are too large to be added up."),
        _("smaller weights and points"),
    )

    # keys and values
    CATALOGUE_KEY_UNKNOWN = "catalogue-key-unknown", _("There is no key %(key)s here.")
    CATALOGUE_KEY_MISSING = "catalogue-key-missing", _("The key %(key)s is missing.")
    BASIS_MISSING = "basis-missing", _("The rule names no basis."), _("basis: INSTRUMENT art. NUMBER")
    CATALOGUE_VALUE_WRONG = "catalogue-value-wrong", _("%(key)s: %(problem)s."), _("see docs/reference/catalogue.md")
    LENGTH_WRONG = "length-wrong", _("%(text)s is no length of time")
    LENGTH_FORMS = "length-forms", _("P3Y, P6M or P15D")
    LENGTH_TOO_LONG = "length-too-long", _("%(text)s is longer than any rule lasts")
    LENGTH_MOST = "length-most", _("at most %(years)s years")
    YEAR = "one-year", _("%(number)s year")
    YEARS = "several-years", _("%(number)s years")
    MONTH = "one-month", _("%(number)s month")
    MONTHS = "several-months", _("%(number)s months")
    DAY = "one-day", _("%(number)s day")
    DAYS = "several-days", _("%(number)s days")
    NO_TIME = "no-time", _("no time")
    LENGTH_OF_PARTS = "length-of-parts", _("%(length)s %(part)s")
    BAND_WITHOUT_NUMBER = (
        "band-without-number",
        _("The scheme has no score, so the band of %(grade)s needs a condition, and no bounds."),
        _("when: FIELD = 'CODE', without at_least and at_most; or a score"),
    )
    BANDS_LEAVE_OUT = (
        "bands-leave-out",
        _("No band says what a finding gets of which this holds: %(example)s."),
        _("a band for it, or a rule under `ungraded`"),
    )
    FEED_GROUP_OPEN = (
        "feed-group-open",
        _("Several rows make one finding, and nothing says which of them gives %(column)s."),
        _("gather: same, or first, largest, smallest, any, codes, count"),
    )
    FEED_VALUE_ORIGIN = "feed-value-origin", _("a value comes from one of: column, columns, text")

    # conditions, and what their parts give
    CONDITION_TOO_LONG = "condition-too-long", _("A condition of %(length)s characters."), _("at most %(most)s")
    CONDITION_TOO_DEEP = (
        "condition-too-deep",
        _("%(text)s is nested too deeply."),
        _("at most %(most)s parts in one another; IN for many values of one field"),
    )
    CONDITION_OVERFLOWS = (
        "condition-overflows",
        _("%(text)s can give a number that is too large to be worked out."),
        _("at_least and at_most of each field that is multiplied, so that the greatest result has 18 digits"),
    )
    CONDITION_OF_SEVERAL_RECORDS = (
        "condition-of-several-records",
        _("The measure rests on several records, so a condition cannot say which it reads."),
        _("a list with one kind of case, or grades of one finding, as its ground"),
    )
    CONDITION_UNREADABLE = "condition-unreadable", _("%(text)s is no condition."), _ONE_EXPRESSION
    CONDITION_NOT_SINGLE = "condition-not-single", _("%(text)s is not one expression."), _ONE_EXPRESSION
    CONDITION_GIVES_ANOTHER_TYPE = (
        "condition-gives-another-type",
        _("%(text)s gives %(type)s, not %(wanted)s."),
        _EXPRESSION_OF,
    )
    CONDITION_PART_NOT_PERMITTED = (
        "condition-part-not-permitted",
        _("%(part)s may not stand in a condition."),
        _("comparisons joined by AND, OR, NOT"),
    )
    CONDITION_PART_OF_ANOTHER_TYPE = (
        "condition-part-of-another-type",
        _("%(part)s is %(type)s, not %(wanted)s."),
        _EXPRESSION_OF,
    )
    CONDITION_TYPES_DIFFER = (
        "condition-types-differ",
        _("%(parts)s are %(types)s."),
        _("values of one type"),
    )
    CONDITION_NUMBER_NOT_WHOLE = (
        "condition-number-not-whole",
        _("%(number)s is not a whole number."),
        _("integers: money in minor units, points scaled"),
    )
    CONDITION_FIELD_UNKNOWN = (
        "condition-field-unknown",
        _("There is no field %(field)s."),
        _("one of %(fields)s"),
    )
    CONDITION_LIST_OF_NO_VALUES = (
        "condition-list-of-no-values",
        _("%(part)s compares with something else than values."),
        "field IN ('a', 'b')",
    )
    CONDITION_IS_OF_NO_NULL = (
        "condition-is-of-no-null",
        _("%(part)s compares with something else than NULL."),
        "field IS NULL",
    )
    EFFECT_UNKNOWN = "effect-unknown", _("There is no scheme, case, list or measure %(name)s.")
    EXEMPTION_UNKNOWN = "exemption-unknown", _("The charter's list has no exemption %(name)s.")
    CALENDAR_UNKNOWN = (
        "calendar-unknown",
        _("There is no calendar %(name)s."),
        _("the ISO code of a country, with its region where it has its own: CN, GB-ENG"),
    )
    TIME_ZONE_UNKNOWN = (
        "time-zone-unknown",
        _("There is no time zone %(name)s."),
        _("a name of the IANA database, such as Asia/Shanghai"),
    )
    TIME_ZONE_OPEN = (
        "time-zone-open",
        _("The calendar %(calendar)s leaves open in which time zone days begin and end."),
        _("time_zone: a name of the IANA database, such as %(names)s"),
    )
    SCHEME_LEFT_OUT = (
        "scheme-left-out",
        _("The identifier scheme %(scheme)s is left out, but its identifiers are on files."),
        _("identifiers: %(scheme)s, as it was declared"),
    )
    SCHEME_CHANGED = (
        "scheme-changed",
        _("The identifier scheme %(scheme)s takes other values than when it was declared in this register."),
        _("pattern, kinds and `unique` as they were, or a scheme of another name"),
    )
    TYPE_NUMBER = "type-number", _("a whole number")
    TYPE_TRUTH = "type-truth", _("true or false")
    TYPE_DAY = "type-day", _("a day")
    TYPE_TEXT = "type-text", _("a code")
    TYPE_NOTHING = "type-nothing", _("nothing")
    JOINED_BY_AND = "joined-by-and", _("%(before)s and %(last)s")
    JOINED_BY_COMMA = "joined-by-comma", _("%(before)s, %(last)s")
    SECONDARY_UNNAMED = "secondary-unnamed", _("`verified: secondary` and `read_in` stand together or not at all")
    SECONDARY_NAMED = "secondary-named", _("read_in: what was read, with its day, such as a newspaper")
    VALUE_ABSENT = "value-absent", _("%(field)s is missing")
    ALWAYS_FULFILLED = "always-fulfilled", _("always")
