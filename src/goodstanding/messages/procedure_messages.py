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
    HEARER_IMPOSED = "hearer-imposed", _("%(person)s imposed the measure."), _APART
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

    # what breaks the order of a published proceeding
    STEP_BEFORE_OPENING = "step-before-opening", _("A step has an earlier day than the notice that opens the case.")
    RULED_BEFORE_DECISION = (
        "ruled-before-decision",
        _("The decision was annulled before there was one, or without any."),
    )
    DECIDED_AFTER_RULING = "decided-after-ruling", _("It was decided after a ruling had annulled it.")
    DECIDED_AFTER_WITHDRAWAL = (
        "decided-after-withdrawal",
        _("It was decided after the authority had cleared the subject."),
    )
    WITHDRAWN_AFTER_DECISION = (
        "withdrawn-after-decision",
        _("The authority cleared the subject after its own decision."),
    )
    STEP_DOES_NOT_FOLLOW = "step-does-not-follow", _("A step cannot follow the stage that the case had reached.")
    STEP_DONE_AGAIN = "step-done-again", _("A step was done more than once.")
    REPLY_CUT_SHORT = "reply-cut-short", _("It was decided before the time to reply was over.")
    DECIDED_LATE = "decided-late", _("It was decided after the time to decide was over.")
    NEVER_DECIDED = "never-decided", _("The time to decide was over on the file's day, and nothing was decided.")
    STEP_PUBLISHED_EARLY = "step-published-early", _("A step was published before its own day.")
    STEP_NOT_PUBLISHED = "step-not-published", _("The step that the source says stands has no day of publication.")
    STEP_WITHOUT_DAY = "step-without-day", _("The step that the source says stands has no day.")
    STATUS_DIFFERS = "status-differs", _("The published status does not follow from the days.")
    STATUS_CAME_BACK = "status-came-back", _("One file says cleared, a later one says that it stands again.")
    STATUS_BACKWARDS = "status-backwards", _("The status moved to one that cannot follow the one before.")
    DAY_REPLACED = "day-replaced", _("A later file gives another day, and says the earlier one beside it.")
    DAY_CHANGED = "day-changed", _("A later file gives another day, and does not say so.")
    DAY_REMOVED = "day-removed", _("A later file has no day where an earlier one had.")
    DAY_TOLD_LATE = "day-told-late", _("A later file gives a day that an earlier one should have had.")
    NUMBER_CHANGED = "number-changed", _("A later file gives a notice another number, and does not say so.")
    OPENING_TOLD_LATE = (
        "opening-told-late",
        _("The case was opened and published before the file that does not have it."),
    )
    PROCEEDING_LEFT_OUT = "proceeding-left-out", _("A later file leaves the proceeding out.")
    STATUS_EXPLAINED = "status-explained", _("published %(published)s, follows %(stage)s; %(explanation)s")
    STATUS_UNEXPLAINED = "status-unexplained", _("published %(published)s, follows %(stage)s; unexplained")
    STATUS_THEN = "status-then", _("%(before)s, then %(after)s")
    NUMBER_THEN = "number-then", _("%(label)s: %(before)s, then %(after)s")
    STATUS_ON = "status-on", _("%(status)s on %(day)s")
    NOT_ON = "not-on", _("not on %(day)s")
