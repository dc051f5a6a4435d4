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
