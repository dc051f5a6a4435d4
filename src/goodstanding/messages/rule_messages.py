"""What is wrong with a catalogue's rules: names that nothing bears, rules that cannot fire, rules that contradict."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_LEAVE_OUT = _("leave it out")
_ONE_HOLDS = _("conditions of which one holds at most")
_BAND_INSIDE = _("The band %(grade)s lies inside a band before it.")
_FLOOR_TO_CAP = _("%(floor)s to %(cap)s")


class RuleMessage(MessageCode):
    """Why the rules of a catalogue are not taken."""

    # names of what is not declared
    INSTRUMENT_UNDECLARED = (
        "instrument-undeclared",
        _("There is no instrument %(name)s."),
        _("declare an instrument first"),
    )
    ARTICLE_UNDECLARED = (
        "article-undeclared",
        _("There is no article of %(instrument)s %(name)s."),
        _("declare an article of %(instrument)s first"),
    )
    CHARTER_ARTICLE_MISSING = "charter-article-missing", _("There is no article of the charter %(name)s.")
    RECORD_TYPE_UNDECLARED = (
        "record-type-undeclared",
        _("There is no record type %(name)s."),
        _("declare a record type first"),
    )
    SOURCE_KIND_UNDECLARED = (
        "source-kind-undeclared",
        _("No source is of the kind %(name)s, neither in `sources.csv` nor under `admissions`."),
        _("a source of this kind in `sources.csv`, or the kind under `admissions`"),
    )
    ADMITTED_KIND_ISSUES_NOTHING = (
        "admitted-kind-issues-nothing",
        _("No record type is issued by the kind of source %(name)s."),
        _("name it under `by` of a record type"),
    )
    SOURCE_UNDECLARED = "source-undeclared", _("There is no source %(name)s."), _("declare a source first")
    FIELD_UNDECLARED = "field-undeclared", _("There is no field %(name)s."), _("declare a field first")
    RECORD_FIELD_UNDECLARED = (
        "record-field-undeclared",
        _("There is no field of %(record)s %(name)s."),
        _("declare a field of %(record)s first"),
    )
    DATE_FIELD_UNDECLARED = (
        "date-field-undeclared",
        _("There is no date field %(name)s."),
        _("declare a date field first"),
    )
    TRUTH_FIELD_UNDECLARED = (
        "truth-field-undeclared",
        _("There is no field %(name)s that is true or false, or a day."),
        _("declare a field that is true or false, or the day of the consent, first"),
    )
    CODE_UNDECLARED = (
        "code-undeclared",
        _("There is no code of %(field)s %(name)s."),
        _("declare a code of %(field)s first"),
    )
    CODED_TERM_UNDECLARED = (
        "coded-term-undeclared",
        _("There is no term for %(field)s = %(name)s."),
        _("a length for it too, and for each code of %(field)s"),
    )
    SCHEME_OR_CASE_UNDECLARED = (
        "scheme-or-case-undeclared",
        _("There is no scheme or case %(name)s."),
        _("declare a scheme or case first"),
    )
    GRADING_SCHEME_UNDECLARED = (
        "grading-scheme-undeclared",
        _("There is no scheme %(name)s."),
        _("declare a scheme first"),
    )
    GRADE_UNDECLARED = (
        "grade-undeclared",
        _("There is no grade of %(scheme)s %(name)s."),
        _("declare a grade of %(scheme)s first"),
    )
    BAND_UNDECLARED = "band-undeclared", _("There is no band %(name)s."), _("declare a band first")
    OUTCOME_UNDECLARED = "outcome-undeclared", _("There is no outcome %(name)s."), _("declare an outcome first")
    CASE_UNDECLARED = "case-undeclared", _("There is no case %(name)s."), _("declare a case first")
    STEP_UNDECLARED = "step-undeclared", _("There is no step %(name)s."), _("declare a step first")
    PROCEDURE_UNDECLARED = (
        "procedure-undeclared",
        _("There is no procedure %(name)s."),
        _("declare a procedure first"),
    )
    LIST_UNDECLARED = "list-undeclared", _("There is no list %(name)s."), _("declare a list first")

    # legal bases, names and fields
    BASIS_WITHOUT_ARTICLE = (
        "basis-without-article",
        _("The basis %(basis)s names no article."),
        _("INSTRUMENT art. NUMBER"),
    )
    BASIS_NOT_YET_IN_FORCE = (
        "basis-not-yet-in-force",
        _("%(instrument)s was not yet in force on the rules' first day."),
        _("in_force: %(day)s or later"),
    )
    BASIS_NO_LONGER_IN_FORCE = (
        "basis-no-longer-in-force",
        _("%(instrument)s was no longer in force on the rules' first day."),
        _("an instrument in force on %(day)s"),
    )
    RULE_NAME_SHARED = (
        "rule-name-shared",
        _("Several rules are named %(name)s: %(places)s."),
        _("a name for each"),
    )
    FIELD_CARRIED_ALREADY = (
        "field-carried-already",
        _("Every record carries %(field)s already."),
        _("another name"),
    )
    FEED_MAP_OPEN = (
        "feed-map-open",
        _('"*" takes any value of %(column)s, also one that nobody has seen yet.'),
        _("others: the values that it stands for"),
    )
    FEED_DAY_OPEN = (
        "feed-day-open",
        _("Any finding without a day would be of the day of its file."),
        _("otherwise_when: the column and the cells of those that have no day"),
    )
    FEED_LACKS_FIELD = "feed-lacks-field", _("The field %(field)s is required.")

    # conditions
    CONDITION_NEVER_HOLDS = (
        "condition-never-holds",
        _("The condition %(condition)s can never hold, so its rule can never fire."),
        _("a condition that some record fulfils"),
    )
    RULE_NEVER_FIRES = (
        "rule-never-fires",
        _("The rules before this one take every record that it would take, so it can never fire."),
        _("another order, or leave it out"),
    )
    FIELD_NEVER_HAS_VALUE = (
        "field-never-has-value",
        _("The field %(field)s is never %(value)s."),
        _("one of %(codes)s"),
    )

    # schemes
    SCHEME_WITHOUT_CAP = "scheme-without-cap", _("Points without a cap."), "cap: …"
    SCHEME_LACKS_KEY = "scheme-lacks-key", _("A scheme of kind %(kind)s needs %(key)s."), "%(name)s: …"
    SCHEME_WITH_NEEDLESS_KEY = (
        "scheme-with-needless-key",
        _("A scheme of kind %(kind)s takes no %(key)s."),
        _LEAVE_OUT,
    )
    MEAN_WITH_NEEDLESS_KEY = (
        "mean-with-needless-key",
        _("A scheme with the mean of several findings takes no %(key)s."),
        _LEAVE_OUT,
    )
    BASE_OUT_OF_BOUNDS = "base-out-of-bounds", _("The base is not between floor and cap."), _FLOOR_TO_CAP
    START_OUT_OF_BOUNDS = "start-out-of-bounds", _("The start is not between floor and cap."), _FLOOR_TO_CAP
    CHARACTERISTIC_EMPTY = (
        "characteristic-empty",
        _("A characteristic without attributes gives nothing."),
        "attributes: …",
    )
    ITEM_NEVER_COUNTS = (
        "item-never-counts",
        _("An item that counts for nothing at most never counts."),
        _("1 or more"),
    )
    FADES_OUT_OF_ORDER = "fades-out-of-order", _("Stages must follow one another."), _("a later time")
    FADE_UNREACHABLE = (
        "fade-unreachable",
        _("The item no longer counts by then, so this stage can never be reached."),
        _("less than %(length)s"),
    )

    # bands
    BAND_OF_ONE_FINDING = (
        "band-of-one-finding",
        _("A band of several findings cannot depend on the fields of one."),
        _("bounds of the score, or a direct grade"),
    )
    BAND_UNREACHABLE = (
        "band-unreachable",
        _("Nothing can reach the band %(grade)s."),
        _("bounds between %(low)s and %(high)s, or leave the band out"),
    )
    BAND_OUT_OF_BOUNDS = (
        "band-out-of-bounds",
        _("The band %(grade)s has a bound of %(bound)s, but scores go from %(low)s to %(high)s."),
        _("a bound between %(low)s and %(high)s"),
    )
    BAND_WITH_LOWER_TOP = (
        "band-with-lower-top",
        _BAND_INSIDE,
        _("at_most: %(bound)s or more, or the bands in another order"),
    )
    BAND_WITH_HIGHER_BOTTOM = (
        "band-with-higher-bottom",
        _BAND_INSIDE,
        _("at_least: %(bound)s or less, or the bands in another order"),
    )
    BANDS_OVERLAP = (
        "bands-overlap",
        _("The bands %(first)s and %(second)s both claim %(low)s to %(high)s."),
        _("bounds apart"),
    )
    BANDS_WITH_GAP = "bands-with-gap", _("Some scores fall into no band."), _("a last band for %(low)s to %(high)s")

    # cases and repair
    REPAIR_TIMES_REVERSED = (
        "repair-times-reversed",
        _("The longest time is shorter than the shortest."),
        _("%(least)s or longer"),
    )
    CASE_NEVER_OPENS = "case-never-opens", _("No step opens this case."), _("a step without 'after'")
    CASE_WITH_SEVERAL_FIELDS = (
        "case-with-several-fields",
        _("The case %(case)s has lengths of time by %(first)s and by %(second)s."),
        _("one field for all of them"),
    )
    STEP_ABOUT_ANOTHER_RECORD = (
        "step-about-another-record",
        _("A %(record)s is not about a %(opening)s."),
        _("about: %(opening)s in the record type %(record)s"),
    )

    # lists and measures
    LIST_GROUND = (
        "list-ground",
        _("A list follows from a case or from other lists, and from one of them."),
        _("either case and while, or from"),
    )
    LIST_WITHOUT_STEPS = (
        "list-without-steps",
        _("While no step of its case holds nobody is listed."),
        "while: [%(steps)s]",
    )
    LIST_OF_CASE_COUNTS = "list-of-case-counts", _("Only a list made from others counts them."), _LEAVE_OUT
    LIST_COUNT_IMPOSSIBLE = (
        "list-count-impossible",
        _("Nobody can stand on %(number)s of %(lists)s lists."),
        _("1 to %(lists)s"),
    )
    LIST_OF_LISTS_WITH_NEEDLESS_KEY = (
        "list-of-lists-with-needless-key",
        _("A list made from others takes no %(key)s: it holds while they do."),
        _LEAVE_OUT,
    )
    LISTS_IN_CIRCLE = (
        "lists-in-circle",
        _("Lists are made from each other in a circle: %(lists)s."),
        _("lists that in the end follow from cases"),
    )
    MEASURE_GROUND = (
        "measure-ground",
        _("A measure follows from a list or from grades of a scheme, and from one of them."),
        _("either list, or scheme and grades"),
    )
    MEASURE_OF_LIST_WITH_GRADES = (
        "measure-of-list-with-grades",
        _("A measure that follows from a list takes no grades."),
        _("leave them out"),
    )
    MEASURE_WITHOUT_GRADES = (
        "measure-without-grades",
        _("The measure follows from no grade."),
        _("grades: [%(grades)s], or some"),
    )
    BENEFIT_OF_PERSONS = (
        "benefit-of-persons",
        _("A benefit rests on the record type %(type)s, which may be about a person."),
        _("concerns: [organisation] in the record type %(record)s, or mode: lab"),
    )

    # rules that contradict each other
    GRADES_CONTRADICT = (
        "grades-contradict",
        _("One finding can give both %(first)s and %(second)s, where %(example)s."),
        _ONE_HOLDS,
    )
    ITEMS_ALIKE = "items-alike", _("Two items count the same findings."), _("one item, or another condition")
    STEPS_CONTRADICT = (
        "steps-contradict",
        _("One %(record)s can take the case to %(first)s and to %(second)s: %(example)s."),
        _ONE_HOLDS,
    )
    MEASURES_OPPOSED = (
        "measures-opposed",
        _("One measure of %(field)s restricts and one rewards the same organisations."),
        _("one of them, or another field"),
    )
