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
    KIND_READ = (
        "kind-read",
        _("The rule reads %(field)s: %(kind)s."),
        _("a rule that reads what was found, counted, paid or decided, and is the same at every place"),
    )
    KIND_WEIGHED = (
        "kind-weighed",
        _("The rule weighs what %(field)s says: %(kind)s."),
        _("%(field)s IS NOT NULL at most: the rule may ask whether it is there, not what it says"),
    )
    NAME_READ = (
        "name-read",
        _("The rule reads %(field)s, which the feed %(feed)s fills from a column that names the subject."),
        _("a field with what was found about the subject, not who it is"),
    )
    KIND_DENIED_BY_FEED = (
        "kind-denied-by-feed",
        _("The feed %(feed)s fills %(field)s from the column of this: %(kind_title)s."),
        _("kind: %(kind)s, and no rule that reads the field; or another column"),
    )
    FEED_READS_ORIGIN = (
        "feed-reads-origin",
        _("In the feed %(feed)s a column of the place or the source decides this: %(part)s."),
        _("a column that says the same of every place and source"),
    )
    OTHERS_BOUND = (
        "others-bound",
        _("It binds %(party)s without a decision of their own."),
        _("reaches: [], and a decision about each of those who are to be bound"),
    )
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

    # 12 to 18: how it is decided
    NOTICE_MISSING = "notice-missing", _("Nobody is told before it takes effect.")
    NOTICE_AFTER_EFFECT = "notice-after-effect", _("It takes effect before the notice.")
    NOTICE_ORDER_UNSTATED = "notice-order-unstated", _("Nothing says that the notice comes before the effect.")
    NOTICE_UNREASONED = "notice-unreasoned", _("The notice gives no reasons.")
    NOTICE_REASONS_UNSTATED = "notice-reasons-unstated", _("Nothing says that the notice gives reasons.")
    NOTICE_EVIDENCE_MISSING = "notice-evidence-missing", _("The notice does not show all of the evidence.")
    NOTICE_EVIDENCE_UNSTATED = (
        "notice-evidence-unstated",
        _("Nothing says that the notice shows all of the evidence."),
    )
    HEARING_MISSING = "hearing-missing", _("Nobody is heard before it is decided.")
    REPLY_TOO_SHORT = "reply-too-short", _("There are fewer than %(days)s days to reply.")
    DECIDER_MISSING = "decider-missing", _("Nobody is said to decide.")
    DECIDER_UNNAMED = "decider-unnamed", _("No named human decides.")
    DECIDER_NO_HUMAN = "decider-no-human", _("The field %(field)s names no human.")
    DECISION_WITHOUT_REASONS = "decision-without-reasons", _("The decision gives no reasons.")
    DECISION_REASONS_UNSTATED = "decision-reasons-unstated", _("Nothing says that the decision gives reasons.")
    DECISIONS_IN_BULK = "decisions-in-bulk", _("Decisions are made in bulk.")
    DECISION_ALONE_UNSTATED = "decision-alone-unstated", _("Nothing says that each case is decided by itself.")
    PROPOSER_DECIDES = "proposer-decides", _("Who proposed also decides.")
    DECIDER_UNSTATED = (
        "decider-unstated",
        _("Nothing says that somebody else than the proposer decides."),
    )
    APPEAL_MISSING = "appeal-missing", _("There is no appeal.")
    APPEAL_TO_SUPERIOR = "appeal-to-superior", _("The appeal goes to a body above the author.")
    APPEAL_TO_AUTHOR = "appeal-to-author", _("The appeal goes to the author itself.")
    APPEAL_SUSPENDS_NOTHING = "appeal-suspends-nothing", _("An appeal in time suspends nothing.")
    APPEAL_EFFECT_UNSTATED = (
        "appeal-effect-unstated",
        _("Nothing says that an appeal in time suspends a restriction."),
    )
    SILENCE_ON_CASE = "silence-on-case", _("Silence of the authority does not end the case.")
    SILENCE_ON_APPEAL = "silence-on-appeal", _("Silence on an appeal does not count for the subject.")
    INTERIM_WITHOUT_DANGER = "interim-without-danger", _("An interim measure without danger to life.")
    INTERIM_TOO_LONG = "interim-too-long", _("An interim measure for more than %(days)s days.")
    INTERIM_UNHEARD = (
        "interim-unheard",
        _("An interim measure that is not heard within %(days)s working days."),
    )
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
    NOTICE_UNPROVEN = "notice-unproven", _("Nothing on record proves the notice.")
    DECISION_UNPROVEN = "decision-unproven", _("Nothing on record proves the decision.")
    APPEAL_UNPROVEN = "appeal-unproven", _("Nothing on record proves the appeal.")

    # 19 to 23: who sees, and who answers
    STEP_PUBLIC = (
        "step-public",
        _("Anybody sees a step that puts nothing in force."),
        _("audience: parties, or the step under while: of a list"),
    )
    PARTIES_LIST_TOLD = (
        "parties-list-told",
        _("Anybody learns of a list that is for its parties: %(list)s."),
        _("audience: parties, or from: lists that anybody sees"),
    )
    MEASURE_SHOWS_MORE = (
        "measure-shows-more",
        _("Anybody learns by the measure of %(ground)s, which is for its parties."),
        _("an audience that may ask for the purpose; a list with audience: anybody; or the grades as public_grades"),
    )
    AUDIENCE_OF_OTHER_PURPOSE = (
        "audience-of-other-purpose",
        _("This audience may not ask for this purpose: %(audience)s."),
        _("purpose: one of %(purposes)s"),
    )
    AUDIENCE_OF_NO_PERSONS = (
        "audience-of-no-persons",
        _("This audience learns nothing of persons: %(audience)s."),
        _("audience: one of %(audiences)s"),
    )
    AUDIENCE_OF_OTHER_CONDUCT = (
        "audience-of-other-conduct",
        _("This audience does not learn of such conduct: %(audience)s."),
        _("a measure that rests on conduct of this nature: %(natures)s"),
    )
    REPORT_PUBLIC = (
        "report-public",
        _("Anybody sees what somebody merely reported."),
        _("audience: parties, until an authority has found it"),
    )
    LOOK_UPS_UNLOGGED = "look-ups-unlogged", _("Nobody can see who looked."), _("look_ups: logged")
    MEASURE_UNLOGGED = "measure-unlogged", _("Whoever asks about the measure leaves no trace."), _("logged: true")
    COPIES_TO_ANYBODY = (
        "copies-to-anybody",
        _("Copies go to anybody, so no correction reaches them."),
        _("copies: registered, or nobody"),
    )
    LISTING_BY_NAME = "listing-by-name", _("The listing shows on a name alone."), _("found_by: identifier")
    LABORATORY_FED = (
        "laboratory-fed",
        _("A laboratory catalogue takes in real files."),
        _("no feeds; or mode: live, under all articles"),
    )
    NOBODY_ANSWERS = (
        "nobody-answers",
        _("Nobody answers for the rules."),
        _("answers: with the body, its yearly report and the days to comment"),
    )
    COMMENT_TOO_SHORT = (
        "comment-too-short",
        _("The public has fewer than %(days)s days to comment."),
        _("comment_days: %(days)s or more"),
    )
    REPORTS_TOO_RARE = (
        "reports-too-rare",
        _("Errors, appeals and disparity are not reported every year."),
        _("reports: P1Y or less"),
    )
