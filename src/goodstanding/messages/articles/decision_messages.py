"""Articles 12 to 16 and 18: what is not told, heard, decided, appealed or proved, and what would be right."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_REASONS = "reasons: true"
_EVIDENCE = "evidence: all"
_SUSPENDS = "suspends: true"


class DecisionMessage(MessageCode):
    """Why nobody is heard as an article asks, and what would be right."""

    NOTICE_MISSING = (
        "notice-missing",
        _("Nobody is told before it takes effect."),
        _("a `notice` in the procedure, and a step of that role or its day on the record"),
    )
    NOTICE_AFTER_EFFECT = "notice-after-effect", _("It takes effect before the notice."), "before_effect: true"
    NOTICE_ORDER_UNSTATED = (
        "notice-order-unstated",
        _("Nothing says that the notice comes before the effect."),
        "before_effect: true",
    )
    NOTICE_UNREASONED = "notice-unreasoned", _("The notice gives no reasons."), _REASONS
    NOTICE_REASONS_UNSTATED = "notice-reasons-unstated", _("Nothing says that the notice gives reasons."), _REASONS
    NOTICE_EVIDENCE_MISSING = (
        "notice-evidence-missing",
        _("The notice does not show all of the evidence."),
        _EVIDENCE,
    )
    NOTICE_EVIDENCE_UNSTATED = (
        "notice-evidence-unstated",
        _("Nothing says that the notice shows all of the evidence."),
        _EVIDENCE,
    )
    NOTICE_UNDATED = (
        "notice-undated",
        _("The notice has the day of the decision’s record, not one of its own."),
        _("`on` with a field of kind day that holds the day of service, or a record of its own for the notice"),
    )
    HEARING_MISSING = (
        "hearing-missing",
        _("Nobody is heard before it is decided."),
        _("a `reply` with 10 days or more in the procedure"),
    )
    REPLY_TOO_SHORT = (
        "reply-too-short",
        _("There are fewer than %(days)s days to reply."),
        _("%(days)s days or more, or 8 working days or more"),
    )
    DECIDER_MISSING = (
        "decider-missing",
        _("Nobody is said to decide."),
        _("a `decision` in the procedure, with `held_by`, `days` and `named`"),
    )
    DECIDER_UNNAMED = (
        "decider-unnamed",
        _("No named human decides."),
        _("`named` with a field of kind official of the case’s own records"),
    )
    DECIDER_NO_HUMAN = (
        "decider-no-human",
        _("The field %(field)s names no human."),
        _("a field of kind official of the case’s own records: %(fields)s"),
    )
    DECISION_WITHOUT_REASONS = "decision-without-reasons", _("The decision gives no reasons."), _REASONS
    DECISION_REASONS_UNSTATED = (
        "decision-reasons-unstated",
        _("Nothing says that the decision gives reasons."),
        _REASONS,
    )
    DECISIONS_IN_BULK = "decisions-in-bulk", _("Decisions are made in bulk."), "bulk: false"
    DECISION_ALONE_UNSTATED = (
        "decision-alone-unstated",
        _("Nothing says that each case is decided by itself."),
        "bulk: false",
    )
    PROPOSER_DECIDES = "proposer-decides", _("Who proposed also decides."), "by_proposer: false"
    DECIDER_UNSTATED = (
        "decider-unstated",
        _("Nothing says that somebody else than the proposer decides."),
        "by_proposer: false",
    )
    LISTED_UNDECIDED = (
        "listed-undecided",
        _("The step %(step)s puts somebody on the list, and it is no decision."),
        _("steps with `role: decision`, or `role: service` that follow these alone: %(steps)s"),
    )
    STEP_AHEAD = (
        "step-ahead",
        _("The step %(step)s can have a day that is still to come when it is stated."),
        _("`on` with a field of kind day without `future`; `public_on` for the day from which a decision holds"),
    )
    APPEAL_MISSING = (
        "appeal-missing",
        _("There is no appeal."),
        _("`procedure`: one with an `appeal` to an independent body, a court, or the register’s own body"),
    )
    APPEAL_TO_SUPERIOR = (
        "appeal-to-superior",
        _("The appeal goes to a body above the author."),
        "body: independent | court | register",
    )
    APPEAL_TO_AUTHOR = (
        "appeal-to-author",
        _("The appeal goes to the author itself."),
        "body: independent | court | register",
    )
    APPEAL_SUSPENDS_NOTHING = "appeal-suspends-nothing", _("An appeal in time suspends nothing."), _SUSPENDS
    APPEAL_EFFECT_UNSTATED = (
        "appeal-effect-unstated",
        _("Nothing says that an appeal in time suspends a restriction."),
        _SUSPENDS,
    )
    APPEAL_TOO_SHORT = (
        "appeal-too-short",
        _("Nothing gives the subject %(days)s days to appeal."),
        _("%(days)s days or more, or 8 working days or more"),
    )
    APPEAL_WITHOUT_STEP = (
        "appeal-without-step",
        _("The case has no step with the role %(role)s, so that no appeal can do anything."),
        _("steps with `role: appeal` and `role: annulment` that the body states, or `body: register`"),
    )
    APPEAL_HEARD_BY_AUTHOR = (
        "appeal-heard-by-author",
        _("Only who opens the case can state the step %(step)s, with which an appeal is decided."),
        _("a record type whose `by` names the kind of the body that hears the appeal"),
    )
    SILENCE_ON_CASE = (
        "silence-on-case",
        _("Silence of the authority does not end the case."),
        _("`days` and `silence: subject`"),
    )
    SILENCE_ON_APPEAL = (
        "silence-on-appeal",
        _("Silence on an appeal does not count for the subject."),
        _("`decided_in` and `silence: subject`"),
    )
    APPEAL_CONDITIONED = (
        "appeal-conditioned",
        _("An appeal in time that does not fulfil this suspends nothing: %(condition)s."),
        _("no `when`, or one by which only what came late is left out: coalesce(in_time, TRUE)"),
    )
    RELIEF_CONDITIONED = (
        "relief-conditioned",
        _("What was ruled or performed counts on a further condition: %(condition)s."),
        _("a `when` that one field decides by itself, for example outcome = 'annulled'"),
    )
    RELIEF_UNDATED = (
        "relief-undated",
        _("The step %(step)s counts for nothing where its record has no %(field)s."),
        _("on: occurred, which every record has, or a day that is `required`"),
    )
    DECISION_TOO_LATE = (
        "decision-too-late",
        _("The authority may take more than %(days)s days to decide."),
        _("%(days)s days or fewer; a working day counts for a day and two fifths"),
    )
    APPEAL_DECIDED_LATE = (
        "appeal-decided-late",
        _("An appeal may take more than %(days)s days."),
        _("`decided_in` of %(days)s days or fewer; a working day counts for a day and two fifths"),
    )
    INTERIM_WITHOUT_DANGER = (
        "interim-without-danger",
        _("An interim measure without danger to life."),
        "danger: life",
    )
    INTERIM_AGAINST_NO_DANGER = (
        "interim-against-no-danger",
        _("An interim measure against conduct that endangers no life: %(conduct)s."),
        _("a procedure without `interim`; with one only for %(endangering)s"),
    )
    INTERIM_TOO_LONG = (
        "interim-too-long",
        _("An interim measure for more than %(days)s days."),
        _("%(days)s days or fewer"),
    )
    INTERIM_UNHEARD = (
        "interim-unheard",
        _("An interim measure that is not heard within %(days)s working days."),
        _("`heard_within` of %(days)s or fewer"),
    )
    INTERIM_WITHOUT_PROCEDURE = (
        "interim-without-procedure",
        _("The step %(step)s binds before the hearing, under a procedure without `interim`."),
        _("a procedure with `interim: {danger: life, days: 15, heard_within: 5}`, or `role: decision`"),
    )
    NOTICE_UNPROVEN = (
        "notice-unproven",
        _("Nothing on record proves the notice."),
        _("`proof` with a field of kind day of the case’s own records"),
    )
    DECISION_UNPROVEN = (
        "decision-unproven",
        _("Nothing on record proves the decision."),
        _("`proof` with a field of kind day or official of the case’s own records"),
    )
    APPEAL_UNPROVEN = (
        "appeal-unproven",
        _("Nothing on record proves the appeal."),
        _("`proof` with a field of kind day or official of the case’s own records, or `body: register`"),
    )
    PROOF_ELSEWHERE = (
        "proof-elsewhere",
        _("The field %(field)s stands in no record of the case %(case)s."),
        _("a field of its own records: %(fields)s"),
    )
    PROOF_OF_OTHER_KIND = (
        "proof-of-other-kind",
        _("The field %(field)s proves nothing of the kind."),
        _("a field of these kinds: %(kinds)s"),
    )
    PROOF_SHARED = (
        "proof-shared",
        _("The field %(field)s proves several steps at once, so that it tells none of them apart."),
        _("a field of its own for each: %(fields)s"),
    )
    PROOF_FROM_OTHER_COLUMN = (
        "proof-from-other-column",
        _("The feed %(feed)s fills the proof %(field)s from a column that says something else, %(column)s."),
        _("a column of its own, which says who decided or when that step was"),
    )
    PROOF_INVENTED = (
        "proof-invented",
        _("The feed %(feed)s fills the proof %(field)s also where its file says nothing."),
        _("a column of the file, without `text`, `otherwise`, `stated_when`, and with no code for empty or all cells"),
    )
