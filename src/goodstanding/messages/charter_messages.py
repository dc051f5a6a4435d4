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
    FINDINGS_JOINED = (
        "findings-joined",
        _("The feed %(feed)s makes one finding of rows about several subjects and gives it to one, %(scheme)s."),
        _("the identifier under `group_by`, or gather: same"),
    )
    FEED_JOINED_BY_ORIGIN = (
        "feed-joined-by-origin",
        _("The feed %(feed)s takes in columns by the place or the source, %(column)s."),
        _("`beside` on a column that names the subject or the record"),
    )
    TERM_BY_OFFICE = (
        "term-by-office",
        _("%(first)s and %(second)s last for different times for one conduct, %(conduct)s, by who states it."),
        _("one term for both; or in the `basis` of each the instrument of its own that says so"),
    )
    OTHERS_BOUND = (
        "others-bound",
        _("It binds %(party)s without a decision of their own."),
        _("reaches: [], and a decision about each of those who are to be bound"),
    )
    FEED_SETS_DAY = (
        "feed-sets-day",
        _("The feed %(feed)s sets the day itself: %(part)s."),
        _("a column of days, without `text`, a `map` to days, another day for an empty cell, or a year before it"),
    )
    EFFECT_BACKWARDS = "effect-backwards", _("Effects begin before the rules were in force.")
    MILDER_RULE_IGNORED = "milder-rule-ignored", _("A milder later rule does not apply to earlier conduct.")

    # 19 to 23: who sees, and who answers
    STEP_PUBLIC = (
        "step-public",
        _("Anybody sees a step that puts nothing in force."),
        _("audience: parties, or the step under while: of a list"),
    )
    PARTIES_STEP_LISTED = (
        "parties-step-listed",
        _("Anybody learns by the list %(list)s of a step that is for its parties."),
        _("audience: anybody, or audience: parties for the list"),
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
        _("reports: P1Y, or a shorter time of a day or more"),
    )
