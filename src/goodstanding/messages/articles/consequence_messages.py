"""Articles 6 to 8: what follows without a decision, a relation or a measure, and what would be right."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class ConsequenceMessage(MessageCode):
    """Why what follows from conduct breaches an article, and what would be right."""

    RESTRICTION_ON_SCORE = (
        "restriction-on-score",
        _("A restriction rests on a score."),
        _("a list: what bars somebody from something rests on a decision; a grade can be shown, or lead to inspection"),
    )
    RESTRICTION_ON_LISTS = (
        "restriction-on-lists",
        _("A restriction rests on other lists alone."),
        _("a list with a `case` of its own, whose steps begin with a decision"),
    )
    RESTRICTION_UNDECIDED = (
        "restriction-undecided",
        _("A restriction rests on %(record)s, which states no final decision."),
        _("`states: decision` for the record that begins each step in `while`, made by a court or an authority"),
    )
    LISTED_TWICE = (
        "listed-twice",
        _("The cases %(first)s and %(second)s list for the same thing, one after the other or at once."),
        _("further steps and lists of one case, whose listings last five years together at most"),
    )
    GRADE_OF_DECISION = (
        "grade-of-decision",
        _("A grade rests on %(record)s, which decides about somebody: so a listing would need neither notice nor end."),
        _("a record that states what was found; a decision opens a case, with its procedure and a list"),
    )
    LIST_UNDECIDED = (
        "list-undecided",
        _("The list rests on %(record)s, which states no final decision."),
        _("`states: decision` for the record that begins each step in `while`, or `audience: parties` and no measure"),
    )
    RESTRICTED_TWICE = (
        "restricted-twice",
        _("%(measures)s both restrict %(field)s for one conduct, %(conduct)s."),
        _("one measure for this conduct in this field and for this purpose, in all catalogues together"),
    )
    NAMES_JOINED = "names-joined", _("%(first)s and %(second)s")
    FIELD_UNRELATED = (
        "field-unrelated",
        _("%(field)s: a measure in this field cannot follow from %(conduct)s."),
        _("one of these fields: %(fields)s"),
    )
    FIELD_OF_OTHER_CONDUCT = (
        "field-of-other-conduct",
        _("%(field)s: no measure can follow from %(conduct)s, which the charter does not have."),
        _("conduct from the charter's list, for the record that it rests on: goodstanding charter articles"),
    )
    FIELD_WITHOUT_CONDUCT = (
        "field-without-conduct",
        _("%(field)s: a measure in this field cannot follow from conduct that is not named."),
        _("`conduct` for the record that it rests on, from the charter's list: goodstanding charter articles"),
    )
    PURPOSE_UNRELATED = (
        "purpose-unrelated",
        _("%(purpose)s is no purpose for which the field %(field)s is asked about."),
        _("for this purpose one of these fields: %(fields)s"),
    )
    LENGTH_UNGRADED = (
        "length-ungraded",
        _("Every listing lasts the same time, however slight its reason."),
        _("`stays` by a code or until a day that the decision sets; a step of repair; or a year at most"),
    )
    LIVELIHOOD_UNSPARED = (
        "livelihood-unspared",
        _("Nothing that is needed to live and to work lawfully is exempt."),
        _("`exempts` with at least: %(exemptions)s"),
    )
    LIVELIHOOD_HALF_SPARED = (
        "livelihood-half-spared",
        _("Not all that is needed to live and to work lawfully is exempt."),
        _("`exempts` with also: %(exemptions)s"),
    )
    INABILITY_UNSPARED = (
        "inability-unspared",
        _("Inability to pay is treated as refusal to pay."),
        _("in `spares`, `inability-to-pay: {when: NOT able, basis: charter art. 8}`, with `able` of kind ability"),
    )
    MINOR_BREACH_UNSPARED = (
        "minor-breach-unspared",
        _("A minor first breach that was corrected leads to a restriction."),
        _("in `spares`, `minor-first-breach: {when: minor AND first AND corrected, basis: charter art. 8}`"),
    )
    SPARE_READS_OTHER = (
        "spare-reads-other",
        _("%(exemption)s spares by something else: %(condition)s."),
        _("a condition over fields of the kinds %(kinds)s"),
    )
    SPARE_CONDITIONED = (
        "spare-conditioned",
        _("%(exemption)s does not always spare whom it names: %(condition)s."),
        _(
            "a condition over %(fields)s that holds whatever other fields say; true means able in a field of kind"
            " ability, unable in one of kind inability, a minor in one of kind age, corrected in one of performance"
        ),
    )
    SPARE_NEEDS_ANSWER = (
        "spare-needs-answer",
        _("%(exemption)s does not spare where the record does not say: %(condition)s."),
        _("a condition that a missing value of %(fields)s leaves open: the field itself, without IS or COALESCE"),
    )
