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

    # 9 and 10: what may follow
    KIND_READ = "kind-read", _("The rule reads %(field)s: %(kind)s.")
    OTHERS_BOUND = "others-bound", _("It binds %(party)s without a decision of their own.")
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
