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

    RATE_UNIT_WRONG = "rate-unit-wrong", _("A rate cannot be in %(unit)s."), _("unit: per year")
    CHANCE_MOVED = (
        "chance-moved",
        _("%(act)s is moved by %(mover)s, so nothing multiplies its rate."),
        _("ceiling: {value: 1, range: [1, 1], …}"),
    )
    ACT_TOO_FREQUENT = (
        "act-too-frequent",
        _("%(act)s could be done %(yearly)s times in a year, and at most one act of a kind is drawn in a month."),
    )
    CEILING_AT_MOST = "ceiling-at-most", _("a ceiling of at most %(most)s")

    COUNTRY_UNKNOWN = "country-unknown", _("There is no country %(name)s.")
    SHARES_DO_NOT_SUM = (
        "shares-do-not-sum",
        _("The levels of %(trait)s sum to %(sum)s of %(whole)s (row %(row)s)."),
        _("levels that sum to the whole, or `rest` for one of them"),
    )
    PART_UNKNOWN = "part-unknown", _("There is no part %(name)s.")
    PART_WITHOUT_KIND = (
        "part-without-kind",
        _("There are no %(kind)s in that part of the population."),
        _("0 of them, or another part"),
    )
    TRAIT_UNKNOWN = "trait-unknown", _("The population has no %(trait)s.")
    COUNT_WRONG = (
        "count-wrong",
        _("%(name)s: %(number)s is no number of agents and no seed."),
        _("a whole number from 0 to %(most)s"),
    )
    NOBODY_SO_OLD = "nobody-so-old", _("Nobody is %(age)s years old."), _("an age up to %(most)s")
    POPULATION_TOO_LARGE = (
        "population-too-large",
        _("%(size)s agents who meet do not fit into %(gigabytes)s GB."),
    )
    POPULATION_FITS = "population-fits", _("at most %(size)s agents, or a run in which they do not meet")
