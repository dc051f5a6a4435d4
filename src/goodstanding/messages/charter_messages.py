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

    # 9 and 10: what may follow
    KIND_READ = (
        "kind-read",
        _("The rule reads %(field)s: %(kind)s."),
        _("a rule that reads what was found, counted, paid or decided, and is the same at every place"),
    )
    KIND_WEIGHED = (
        "kind-weighed",
        _("The rule compares %(field)s with a value: %(kind)s."),
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
    NOTICE_UNPROVEN = "notice-unproven", _("Nothing on record proves the notice.")
    DECISION_UNPROVEN = "decision-unproven", _("Nothing on record proves the decision.")
    APPEAL_UNPROVEN = "appeal-unproven", _("Nothing on record proves the appeal.")

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
