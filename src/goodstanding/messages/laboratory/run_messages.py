"""Why a run of the laboratory is refused, and what a run that disagrees with the rules says."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class RunMessage(MessageCode):
    """What is wrong with a run: its schemes, its days, its room, or a life that differs from the rules."""

    MONTHS_WRONG = "months-wrong", _("A run cannot last %(months)s months."), _("1 to %(most)s months")
    DAYS_OUTSIDE_FORCE = (
        "days-outside-force",
        _("The run is from %(first)s to %(end)s; the rules of %(catalogue)s are in force from %(from)s to %(until)s."),
        _("days on which the rules are in force"),
    )
    SCHEME_WITHOUT_POINTS = (
        "scheme-without-points",
        _("%(catalogue)s has neither one scheme of points alone nor cases, so that the kernel cannot run it."),
        _("a catalogue with one scheme of points, with cases, or with both"),
    )
    FIELD_NOT_RUN = (
        "field-not-run",
        _("%(origin)s of %(catalogue)s depends on %(axis)s, which the kernel does not know."),
        _("fields that are constant, drawn, or a trait of the agent; with cases also truths and beliefs about a debt"),
    )
    ORIGIN_NOT_RUN = (
        "origin-not-run",
        _("%(origin)s of %(catalogue)s does not come from joining or from an act, nor is it a step of a case."),
        _("records of acts, of joining at the start, and of cases"),
    )
    DISPUTES_NOT_RUN = (
        "disputes-not-run",
        _("The kernel knows no disputes of %(catalogue)s that suspend, and none without cases that do not withdraw."),
        _("does: withdraw, and suspends: false"),
    )
    ORIGIN_COUNTS_TWICE = (
        "origin-counts-twice",
        _("%(origin)s of %(catalogue)s counts both in points and in a case, which the kernel does not know."),
        _("records of points apart from those of cases"),
    )
    LISTS_TOO_MANY = (
        "lists-too-many",
        _("%(catalogue)s has %(number)s lists or measures; the kernel knows at most %(most)s of each."),
    )
    GRADE_UNKNOWN = "grade-unknown", _("%(catalogue)s has no grade %(grade)s.")
    LIST_UNKNOWN = "run-list-unknown", _("%(catalogue)s has no list %(list)s.")
    LIFE_TOO_LONG = (
        "life-too-long",
        _("The life of agent %(agent)s has more than %(room)s records at a time."),
        _("lower rates, or fewer months"),
    )
    LIFE_DIFFERS = (
        "life-differs",
        _("The life of agent %(agent)s under %(catalogue)s differs from the rules:\n%(life)s"),
    )
