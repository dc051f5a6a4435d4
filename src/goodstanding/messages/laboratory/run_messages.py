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
    SCHEME_NOT_RUN = (
        "scheme-not-run",
        _("The kernel cannot run %(catalogue)s: too many schemes, or grades of records beside points or cases."),
        _("one scheme of points, cases, or both; or up to %(most)s schemes that grade a record or a mean"),
    )
    MEASURE_ASKS_RECORD = (
        "measure-asks-record",
        _("A measure of %(catalogue)s rests on %(scheme)s, a sum of records, and asks about a single one."),
        _("no `when` on a measure that rests on points or on a mean"),
    )
    FIELD_NOT_RUN = (
        "field-not-run",
        _("%(origin)s of %(catalogue)s depends on %(axis)s, which the kernel does not know."),
        _("fields that are constant, drawn, a trait, history or an edge; with cases a truth or belief for history"),
    )
    LIST_NOT_BESIDE = (
        "list-not-beside",
        _("Records of %(catalogue)s say whether %(list)s names an agent, and the run does not say whom it names."),
        _("run it beside that catalogue, or say in `beside` in which months whom the list names"),
    )
    TIE_NOT_ALONE = (
        "tie-not-alone",
        _("%(catalogue)s reads %(tie)s, and those who are tied are not of one kind."),
        _("scores and grades along households or friends, trade or representatives"),
    )
    ORIGIN_NOT_RUN = (
        "origin-not-run",
        _("%(origin)s of %(catalogue)s comes from nothing that the kernel knows."),
        _("records of joining, of an act, of every month or year, and of the steps of a case"),
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
    LIST_UNKNOWN = "list-unknown", _("%(catalogue)s has no list %(list)s.")
    LIFE_TOO_LONG = (
        "life-too-long",
        _("The life of agent %(agent)s has more than %(room)s records at a time."),
        _("lower rates, or fewer months"),
    )
    LIFE_DIFFERS = (
        "life-differs",
        _("The life of agent %(agent)s under %(catalogue)s differs from the rules:\n%(life)s"),
    )
