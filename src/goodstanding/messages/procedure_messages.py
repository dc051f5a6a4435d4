"""What the case machine, notices and the tree of authorities refuse."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_APART = _("a body that stands apart")
_SOMEBODY_ELSE = _("somebody else decides")


class ProcedureMessage(MessageCode):
    """Why an act in a case is refused, a notice is not written, or an office is not found."""

    CASE_IN_PHASE = "case-in-phase", _("The case is %(phase)s on %(day)s."), "%(acts)s"
    CASE_OVER = "case-over", _("The case is %(phase)s on %(day)s."), _("a new case")
    CASE_NOT_OPEN = "case-not-open", _("The case is not open on %(day)s."), "%(acts)s"
    ACT_OUT_OF_ORDER = (
        "act-out-of-order",
        _("Something was done on %(last)s, later than %(day)s."),
        _("a day from then on"),
    )
    DECISION_UNREASONED = (
        "decision-unreasoned",
        _("A decision without reasons."),
        _("reasons that name facts and law"),
    )
    DECIDER_PROPOSED = "decider-proposed", _("%(person)s proposed the case."), _SOMEBODY_ELSE
    DECIDER_ASKED = "decider-asked", _("%(person)s asked for it."), _SOMEBODY_ELSE
    REPLY_TIME_RUNS = (
        "reply-time-runs",
        _("There is time to reply until %(day)s."),
        _("that day, or after the reply"),
    )
    APPEAL_DECIDER_ACTED = "appeal-decider-acted", _("%(person)s proposed or decided the case."), _APART
    REFUSAL_DECIDER_ACTED = "refusal-decider-acted", _("%(person)s asked for it or refused it."), _APART
    NOTICE_WITHOUT_MATTER = (
        "notice-without-matter",
        _("The notice does not give what is meant."),
        _("a notice with what is meant"),
    )
    NOTICE_WITHOUT_DECIDER = (
        "notice-without-decider",
        _("The notice does not give the name of the human who says so."),
        _("a notice with the name of the human who says so"),
    )
    NOTICE_WITHOUT_REASONS = (
        "notice-without-reasons",
        _("The notice does not give the reasons."),
        _("a notice with the reasons"),
    )
    NOTICE_WITHOUT_REPLY_DAY = (
        "notice-without-reply-day",
        _("The notice does not give the day until which it can be answered."),
        _("a notice with the day until which it can be answered"),
    )
    NOTICE_WITHOUT_TIME = (
        "notice-without-time",
        _("The notice does not give time to answer or to appeal."),
        _("a notice with time to answer or to appeal"),
    )
    OFFICES_IN_CIRCLE = "offices-in-circle", _("The offices %(offices)s stand in a circle."), _("one at the top")
