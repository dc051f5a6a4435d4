"""The cases heard here about a subject, and the times that run in them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from goodstanding.errors import NotFound
from goodstanding.procedure.case_states import Phase
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.register.cases.case_file import CaseFile, get_case
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.subjects import Subject
from goodstanding.web.schemas.deadlines import RunningDeadline
from goodstanding.web.wording.case_terms import describe_deadline, name_deadline

URGENT_DAYS = 3
ENDED_PHASES = (Phase.ENDED, Phase.GRANTED)


def list_own_cases(subject: Subject, moment: PointInTime, size: int) -> list[CaseFile]:
    """The cases about a subject that were opened by a moment, as of a ledger size, newest first.

    Those whose rules are in force no longer cannot be read as cases; their events stay among the records.
    """
    case_files = []
    for row in reversed(list_case_rows(subject.id, size)):
        try:
            case_file = get_case(row["position"], size)
        except NotFound:
            continue
        if case_file.opened.day <= moment.case_day(case_file.catalogue):
            case_files.append(case_file)
    return case_files


def is_case_over(case_file: CaseFile, at: date) -> bool:
    """Whether a case had ended by a day."""
    span = case_file.span(at)
    return span is None or span.phase in ENDED_PHASES


def present_running_deadlines(case_file: CaseFile, at: date) -> list[RunningDeadline]:
    """The times that run on a day, the one that ends first at the top."""
    span = case_file.span(at)
    if span is None or span.until is None:
        return []
    following = next((later_span for later_span in case_file.case.spans if later_span.since == span.until), None)
    deadlines = [
        _present_deadline(
            name_deadline(span.phase, span.then), span.since, span.until, describe_deadline(span, following), at
        )
    ]
    reply = case_file.case.reply_until
    if span.phase is Phase.TOLD and reply and at < reply:
        later = _("After that it can be decided without an answer. Whoever does not answer keeps the right to appeal.")
        deadlines.insert(0, _present_deadline(_("Time to answer"), span.since, reply, later, at))
    return deadlines


def _present_deadline(title: str, since: date, until: date, then: str, at: date) -> RunningDeadline:
    left = (until - at).days
    return RunningDeadline(
        title=title, last_day=compute_last_day(until), days_left=left, since=since, day=(at - since).days + 1,
        days=(until - since).days, then=then, urgent=left <= URGENT_DAYS,
    )  # fmt: skip
