"""Articles 11 and 17: what does not end, or not in time, and what would be right."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class TermMessage(MessageCode):
    """Why something does not end as an article asks, and what would be right."""

    ENDED_LISTING_SHOWN = "ended-listing-shown", _("An ended listing is still shown."), _("no `shows_ended`, or P0D")
    PERFORMANCE_ENDS_NOTHING = (
        "performance-ends-nothing",
        _("Performing the duty does not end the listing as %(stage)s."),
        _("a step with `role: performance` whose `after` names it"),
    )
    PERFORMANCE_CONDITIONED = (
        "performance-conditioned",
        _("Performing the duty ends the listing as %(stage)s only under further conditions."),
        _("a step with `role: performance` whose `when` reads fields of kind performance alone, or that has none"),
    )
    LISTING_ENDS_LATE = (
        "listing-ends-late",
        _("After performance the listing does not end within 3 working days."),
        "ends_within: 3",
    )
    LISTING_WITHOUT_END = (
        "listing-without-end",
        _("The listing has no end."),
        _("`stays` of at most P5Y, also for a duty that can never be performed"),
    )
    LISTING_TOO_LONG = (
        "listing-too-long",
        _("The listing lasts %(length)s, and 5 years are the most."),
        _("P5Y or less, counted in days"),
    )
    LISTINGS_IN_CHAIN = (
        "listings-in-chain",
        _("Listings of one case follow one another for more than 5 years together."),
        _("shorter terms, or one step in `while`; a new breach is a case of its own"),
    )
    REPAIR_TOO_LATE = (
        "repair-too-late",
        _("Nobody can end the listing by repair after a year."),
        _("after each step in `while` one with `role: repair`, `not_before` at most P1Y; or a term of P1Y"),
    )
    REPAIR_CONDITIONED = (
        "repair-conditioned",
        _("Repair depends on %(field)s, which is %(kind)s, and not on performance and time alone."),
        _(
            "`when` with fields of these kinds: %(weighed)s; as the outcome, a code with `one_of` in a record that"
            " states a step: %(outcome)s; only that it is there: %(there)s; time in `not_before`"
        ),
    )
    RELIEF_PUT_OFF = (
        "relief-put-off",
        _("%(step)s takes effect only after %(length)s."),
        _("no `not_before`: what ends or suspends a burden does so at once"),
    )
    RELIEF_ON_LATER_DAY = (
        "relief-on-later-day",
        _("%(step)s takes effect on a day that can be set beforehand, %(field)s."),
        _("`on: occurred`, or a field of a day without `future`"),
    )
    LISTED_ON_LATER_DAY = (
        "listed-on-later-day",
        _("After relief, %(step)s lists again on a day that can be set beforehand, %(field)s."),
        _("a new decision: `on: occurred`, or a field of a day without `future`"),
    )
    STEP_PUT_OFF = (
        "step-put-off",
        _("%(step)s takes effect only after %(length)s, and 1 year is the most."),
        _("`not_before` of at most P1Y"),
    )
    GRADE_NEVER_LAPSES = (
        "grade-never-lapses",
        _("The grade never lapses."),
        _("`lapses` of at most P5Y; only a score that somebody asks for about themselves is not kept"),
    )
    POINTS_WITHOUT_END = (
        "points-without-end",
        _("No end is stated for the points."),
        _("`counts_for` of at most P5Y"),
    )
    POINTS_TOO_LONG = (
        "points-too-long",
        _("The points count for %(length)s, and 5 years are the most."),
        _("P5Y or less, counted in days"),
    )
    GRADE_WITHOUT_END = (
        "grade-without-end",
        _("No end is stated for the grade."),
        _("`counts_for` of at most P5Y"),
    )
    GRADE_TOO_LONG = (
        "grade-too-long",
        _("The grade counts for %(length)s, and 5 years are the most."),
        _("P5Y or less, counted in days"),
    )
    START_WITHOUT_END = (
        "start-without-end",
        _("What the points begin with follows from conduct, and never ends."),
        _("an item with `counts_for`; `starts` read a status, such as enrolment"),
    )
    START_BURDENS = (
        "start-burdens",
        _("With %(points)s points somebody begins as %(grade)s, which nothing found brought about and no rule ends."),
        _(
            "`base` and `starts` in one grade by which nobody is supervised, with as many grades below it as above that"
            " somebody can have; what was done counts by an item with `counts_for`"
        ),
    )
    RECORD_KEPT_TOO_LONG = (
        "record-kept-too-long",
        _("The record is kept for %(length)s, and 5 years are the most."),
        _("P5Y or less, counted in days"),
    )
    RECORD_SHOWN_TOO_LONG = (
        "record-shown-too-long",
        _("Anybody sees the record for %(length)s, and 5 years are the most."),
        _("`shown_for` of at most P5Y, what the law of the record says, or `audience: parties`"),
    )

    # 17: repair
    REPAIR_MISSING = (
        "repair-missing",
        _("There is no way to make good."),
        _("`repair` in the procedure; only what lasts a year at most can do without"),
    )
    REPAIR_AS_FAVOUR = "repair-as-favour", _("Repair is a favour, not a right."), "right: true"
    REPAIR_RIGHT_UNSTATED = "repair-right-unstated", _("Nothing says that repair is a right."), "right: true"
    REPAIR_FOR_FEE = "repair-for-fee", _("Repair costs a fee."), "free: true"
    REPAIR_FEE_UNSTATED = "repair-fee-unstated", _("Nothing says that repair is free."), "free: true"
    REPAIR_INCOMPLETE = (
        "repair-incomplete",
        _("Display, sharing and use do not stop together."),
        "stops: [display, sharing, use]",
    )
    REPAIR_UNCONFIRMED = (
        "repair-unconfirmed",
        _("Recipients do not confirm within a month that their copies are gone."),
        "confirmed_within: 31",
    )
    REPAIR_ANSWERED_LATE = (
        "repair-answered-late",
        _("A request for repair is not answered within a month."),
        _("`days: 31` or fewer, working days counted as calendar days"),
    )
