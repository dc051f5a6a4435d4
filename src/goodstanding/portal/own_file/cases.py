"""The cases in a subject's own file, the open ones first, and the letters about them as an inbox."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.access import Actor
from goodstanding.portal.cases.presenters import (
    present_applicant_statement,
    present_case_head,
)
from goodstanding.portal.cases.schemas import CaseActSchema
from goodstanding.portal.cases.timeline import build_timeline
from goodstanding.portal.own_file.schemas import LetterLine, OwnCase
from goodstanding.procedure.case_states import Act, Phase
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.web.subjects.open_cases import is_case_over, present_running_deadlines
from goodstanding.web.wording.case_terms import describe_deadline

_APPEALABLE_PHASES = (Phase.IN_FORCE, Phase.REFUSED)  # phases in which the subject has time to appeal


def split_open_and_ended(
    case_files: Iterable[CaseFile], actor: Actor, moment: PointInTime, in_force: Collection[int]
) -> tuple[list[OwnCase], list[OwnCase]]:
    """The cases that are open at a moment, the one whose time ends first at the top; and those that are over.

    `in_force` are the positions that listings in force at that moment rest on.
    """
    dated_cases = [(case_file, moment.case_day(case_file.catalogue)) for case_file in case_files]
    open_cases = [
        _present_own_case(case_file, actor, at, in_force)
        for case_file, at in dated_cases
        if not is_case_over(case_file, at)
    ]
    open_cases.sort(
        key=lambda own_case: (own_case.clocks[0].last_day if own_case.clocks else date.max, own_case.head.position)
    )
    return open_cases, [
        _present_own_case(case_file, actor, at, in_force)
        for case_file, at in dated_cases
        if is_case_over(case_file, at)
    ]


def _present_own_case(case_file: CaseFile, actor: Actor, at: date, in_force: Collection[int]) -> OwnCase:
    span = case_file.span(at)
    following = next(
        (later_span for later_span in case_file.case.spans if span and later_span.since == span.until), None
    )
    return OwnCase(
        head=present_case_head(case_file, actor, at),
        since=span.since if span else case_file.opened.day,
        clocks=present_running_deadlines(case_file, at),
        then=describe_deadline(span, following) if span else "",
        suspended=bool(case_file.listed) and case_file.case.binds(at) and case_file.position not in in_force,
        applied=present_applicant_statement(case_file),
    )


def build_inbox(case_files: Iterable[CaseFile]) -> list[LetterLine]:
    """The letters of cases, newest first; unread is one that nobody who acts for the subject has opened here."""
    letter_acts = [(case, case_act) for case in case_files for case_act in build_timeline(case) if case_act.letter]
    letter_acts.sort(key=lambda letter_act: letter_act[1].position, reverse=True)
    return [_present_letter(case, case_act) for case, case_act in letter_acts]


def _present_letter(case: CaseFile, case_act: CaseActSchema) -> LetterLine:
    rule = case.rules.lists.get(case.listed)
    return LetterLine(
        position=case_act.position,
        reference=case.reference,
        title=case_act.title,
        about=rule.title if rule else case.rules.title,
        office_name=case_act.office_name,
        day=case_act.day,
        address=case_act.letter or "",
        unread=not case_act.opened,
        opened=case_act.opened,
    )


def describe_own_cases(
    open_cases: Iterable[OwnCase], case_files: Iterable[CaseFile], moment: PointInTime, stated: str
) -> str:
    """What is the matter, in one sentence: what the subject can answer first, else how many cases are open.

    `stated` is what a source states against it, if any source does.
    """
    cases = list(open_cases)
    awaiting_answer = {
        case_file.position for case_file in case_files if _can_answer(case_file, moment.case_day(case_file.catalogue))
    }
    if first := next((own_case for own_case in cases if own_case.head.position in awaiting_answer), None):
        return first.head.headline
    if stated or not cases:
        return stated or _("Nothing waits for you")
    if len(cases) == 1:
        return cases[0].head.headline
    n = len(cases)
    return ngettext("One case is open", "%(n)s cases are open. None waits for you", n) % {"n": n}


def _can_answer(case_file: CaseFile, at: date) -> bool:
    span = case_file.span(at)
    if span is None:
        return False
    replied = any(done_act.act is Act.REPLY for done_act in case_file.case.done)
    replying = span.phase is Phase.TOLD and case_file.case.reply_until is not None and at < case_file.case.reply_until
    heard = span.phase is not Phase.INTERIM or case_file.case.who(Act.HEAR_INTERIM) is not None
    return ((replying or not heard) and not replied) or (span.phase in _APPEALABLE_PHASES and span.until is not None)
