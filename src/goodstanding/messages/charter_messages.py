"""What the charter refuses of a catalogue, and why a catalogue breaches its articles."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_ASSESSMENT = "goodstanding charter assess %(catalogue)s"


class CharterMessage(MessageCode):
    """Why nothing about a real subject comes from a catalogue; the reason of a breach is the article's own."""

    CATALOGUE_FOR_LABORATORY = (
        "catalogue-for-laboratory",
        _("%(catalogue)s is a laboratory catalogue."),
        _("a live catalogue"),
    )
    ARTICLE_BREACHED = (
        "article-breached",
        _("%(catalogue)s breaches article %(article)s of the charter: %(reason)s"),
        _ASSESSMENT,
    )
    ARTICLES_BREACHED = (
        "articles-breached",
        _("%(catalogue)s breaches article %(article)s of the charter and %(number)s more: %(reason)s"),
        _ASSESSMENT,
    )


class ArticleMessage(MessageCode):
    """Why a catalogue breaches an article of the charter, in the order of the articles."""

    # 1 to 5: what may be held
    INSTRUMENT_UNPUBLISHED = (
        "instrument-unpublished",
        _("%(instrument)s was never published, so what it says is void."),
    )
    PURPOSE_NOT_IN_CHARTER = "purpose-not-in-charter", _("The purpose %(word)s does not exist. %(explanation)s")
    CONDUCT_NOT_IN_CHARTER = "conduct-not-in-charter", _("The conduct %(word)s does not exist. %(explanation)s")
    KIND_NOT_IN_CHARTER = "kind-not-in-charter", _("The kind %(word)s does not exist. %(explanation)s")
    FIELD_NOT_IN_CHARTER = "field-not-in-charter", _("The field %(word)s does not exist. %(explanation)s")
    WORD_UNEXPLAINED = "word-unexplained", _("It is not in the charter's list.")
    ORGANISATIONS_UNSPARED = (
        "organisations-unspared",
        _("Media, religious bodies, unions, parties and associations enter for money judgments only."),
    )
    CONDUCT_UNSTATED = "conduct-unstated", _("The record type does not say which conduct it is about.")
    KIND_UNSTATED = "kind-unstated", _("The field does not say which kind of thing it holds.")
    FREE_TEXT_PUBLIC = "free-text-public", _("Free text is for the parties; what anybody sees is coded.")
    PERSON_WITHOUT_COURT = "person-without-court", _("Only a court enters a person.")
    PERSON_FOR_OTHER_CONDUCT = (
        "person-for-other-conduct",
        _("A person enters for money or delivery that a court awarded, no more."),
    )
    PERSON_RECORD_PUBLIC = "person-record-public", _("A record about a person is never published.")
    PERSON_LIST_PUBLIC = "person-list-public", _("A list of persons is never published.")
    PERSON_LOOK_UP = "person-look-up", _("Nobody may look a person up for this purpose.")
    PERSON_UNSPARED = (
        "person-unspared",
        _("The case does not spare whom the charter spares: %(exemption)s."),
    )
    PERSON_SCORE = "person-score", _("A score of persons.")
    PERSON_DEED = "person-deed", _("Good deeds of persons are not recorded.")
    DEED_WITHOUT_CONSENT = (
        "deed-without-consent",
        _("Good deeds of organisations are recorded only with their consent."),
    )
    PERSON_BENEFIT = "person-benefit", _("A person's conduct earns no favours.")

    # 6 to 11: what may follow
    RESTRICTION_ON_SCORE = "restriction-on-score", _("A restriction rests on a score.")
    RESTRICTION_ON_LISTS = "restriction-on-lists", _("A restriction rests on other lists alone.")
    RESTRICTION_UNDECIDED = (
        "restriction-undecided",
        _("A restriction rests on %(record)s, which states no final decision."),
    )
    RESTRICTED_TWICE = (
        "restricted-twice",
        _("%(measures)s both restrict %(field)s for one conduct, %(conduct)s."),
    )
    NAMES_JOINED = "names-joined", _("%(first)s and %(second)s")
    FIELD_UNRELATED = "field-unrelated", _("%(field)s has no relation to %(conduct)s.")
    FIELD_WITHOUT_CONDUCT = "field-without-conduct", _("%(field)s has no relation to unnamed conduct.")
    LENGTH_UNGRADED = (
        "length-ungraded",
        _("Every listing lasts the same time, however slight its reason."),
    )
    LIVELIHOOD_UNSPARED = (
        "livelihood-unspared",
        _("Nothing that is needed to live and to work lawfully is exempt."),
    )
    INABILITY_UNSPARED = "inability-unspared", _("Inability to pay is treated as refusal to pay.")
    MINOR_BREACH_UNSPARED = (
        "minor-breach-unspared",
        _("A minor first breach that was corrected leads to a restriction."),
    )
    KIND_READ = "kind-read", _("The rule reads %(field)s: %(kind)s.")
    OTHERS_BOUND = "others-bound", _("It binds %(party)s without a decision of their own.")
    EFFECT_BACKWARDS = "effect-backwards", _("Effects begin before the rules were in force.")
    MILDER_RULE_IGNORED = "milder-rule-ignored", _("A milder later rule does not apply to earlier conduct.")
    ENDED_LISTING_SHOWN = "ended-listing-shown", _("An ended listing is still shown.")
    PERFORMANCE_ENDS_NOTHING = (
        "performance-ends-nothing",
        _("Performing the duty does not end the listing as %(stage)s."),
    )
    LISTING_ENDS_LATE = (
        "listing-ends-late",
        _("After performance the listing does not end within 3 working days."),
    )
    LISTING_WITHOUT_END = "listing-without-end", _("The listing has no end.")
    LISTING_TOO_LONG = "listing-too-long", _("The listing lasts %(length)s, and 5 years are the most.")
    REPAIR_TOO_LATE = "repair-too-late", _("Nobody can end the listing by repair after a year.")
    GRADE_NEVER_LAPSES = "grade-never-lapses", _("The grade never lapses.")
    POINTS_WITHOUT_END = "points-without-end", _("No end is stated for the points.")
    POINTS_TOO_LONG = "points-too-long", _("The points count for %(length)s, and 5 years are the most.")
    GRADE_WITHOUT_END = "grade-without-end", _("No end is stated for the grade.")
    GRADE_TOO_LONG = "grade-too-long", _("The grade counts for %(length)s, and 5 years are the most.")

    # 17: repair; 12 to 16 and 18 are of a room of their own
    REPAIR_MISSING = "repair-missing", _("There is no way to make good.")
    REPAIR_AS_FAVOUR = "repair-as-favour", _("Repair is a favour, not a right.")
    REPAIR_RIGHT_UNSTATED = "repair-right-unstated", _("Nothing says that repair is a right.")
    REPAIR_FOR_FEE = "repair-for-fee", _("Repair costs a fee.")
    REPAIR_FEE_UNSTATED = "repair-fee-unstated", _("Nothing says that repair is free.")
    REPAIR_INCOMPLETE = "repair-incomplete", _("Display, sharing and use do not stop together.")
    REPAIR_UNCONFIRMED = (
        "repair-unconfirmed",
        _("Recipients do not confirm within a month that their copies are gone."),
    )

    # 19 to 23: who sees, and who answers
    STEP_PUBLIC = "step-public", _("Anybody sees a step that puts nothing in force.")
    PARTIES_LIST_TOLD = "parties-list-told", _("Anybody learns of a list that is for its parties.")
    REPORT_PUBLIC = "report-public", _("Anybody sees what somebody merely reported.")
    LOOK_UPS_UNLOGGED = "look-ups-unlogged", _("Nobody can see who looked.")
    MEASURE_UNLOGGED = "measure-unlogged", _("Whoever asks about the measure leaves no trace.")
    COPIES_TO_ANYBODY = "copies-to-anybody", _("Copies go to anybody, so no correction reaches them.")
    LISTING_BY_NAME = "listing-by-name", _("The listing shows on a name alone.")
    LABORATORY_FED = "laboratory-fed", _("A laboratory catalogue takes in real files.")
    NOBODY_ANSWERS = "nobody-answers", _("Nobody answers for the rules.")
    COMMENT_TOO_SHORT = "comment-too-short", _("The public has fewer than %(days)s days to comment.")
    REPORTS_TOO_RARE = "reports-too-rare", _("Errors, appeals and disparity are not reported every year.")
