"""The cases in a subject's own file, the open ones first, and the letters about them as an inbox."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.access import Actor
from goodstanding.errors import NotFound
from goodstanding.procedure.hearing import Act, Phase
from goodstanding.register import hearing_rows
from goodstanding.register.file import Subject
from goodstanding.register.hearings import Hearing, hearing
from goodstanding.web.hearings import history, page, said
from goodstanding.web.shapes import cases as case_shapes
from goodstanding.web.shapes import own_file as shapes

OVER = (Phase.ENDED, Phase.GRANTED)
_ANSWERED = (Phase.IN_FORCE, Phase.REFUSED)  # phases in which the subject has time to appeal


def of_subject(who: Subject, at: date, size: int) -> list[Hearing]:
    """The cases about a subject that were opened by a day, as of a ledger size, newest first.

    Those whose rules are in force no longer cannot be read as cases; their events stay among the records.
    """
    found = []
    for row in reversed(hearing_rows.cases_of(who.id, size)):
        try:
            held = hearing(row["position"], size)
        except NotFound:
            continue
        if held.opened.day <= at:
            found.append(held)
    return found


def is_over(held: Hearing, at: date) -> bool:
    """Whether a case had ended by a day."""
    span = held.span(at)
    return span is None or span.phase in OVER


def parted(
    held: Iterable[Hearing], actor: Actor, at: date, in_force: Collection[int]
) -> tuple[list[shapes.OwnCase], list[shapes.OwnCase]]:
    """The cases that are open on a day, the one whose time ends first at the top; and those that are over.

    `in_force` are the positions that listings in force on that day rest on.
    """
    every = list(held)
    going = [_case(one, actor, at, in_force) for one in every if not is_over(one, at)]
    going.sort(key=lambda one: (one.clocks[0].last_day if one.clocks else date.max, one.head.position))
    return going, [_case(one, actor, at, in_force) for one in every if is_over(one, at)]


def _case(held: Hearing, actor: Actor, at: date, in_force: Collection[int]) -> shapes.OwnCase:
    span = held.span(at)
    following = next((one for one in held.case.spans if span and one.since == span.until), None)
    return shapes.OwnCase(
        head=page.head(held, actor, at),
        since=span.since if span else held.opened.day,
        clocks=page.clocks(held, at),
        then=said.then(span, following) if span else "",
        suspended=bool(held.listed) and held.case.binds(at) and held.position not in in_force,
        applied=page.applied(held),
    )


def inbox(held: Iterable[Hearing]) -> list[shapes.LetterLine]:
    """The letters of cases, newest first; unread is one that nobody who acts for the subject has opened here."""
    found = [(case, one) for case in held for one in history.acts(case) if one.letter]
    found.sort(key=lambda each: each[1].position, reverse=True)
    return [_letter(case, one) for case, one in found]


def _letter(case: Hearing, one: case_shapes.Heard) -> shapes.LetterLine:
    rule = case.rules.lists.get(case.listed)
    return shapes.LetterLine(
        position=one.position,
        reference=case.reference,
        title=one.title,
        about=rule.title if rule else case.rules.title,
        office_name=one.office_name,
        day=one.day,
        address=one.letter or "",
        unread=not one.opened,
        opened=one.opened,
    )


def headline(open_cases: Iterable[shapes.OwnCase], held: Iterable[Hearing], at: date) -> str:
    """What is the matter, in one sentence: what the subject can answer first, else how many cases are open."""
    cases = list(open_cases)
    theirs = {one.position for one in held if _can_answer(one, at)}
    if first := next((one for one in cases if one.head.position in theirs), None):
        return first.head.headline
    if not cases:
        return _("Nothing waits for you")
    if len(cases) == 1:
        return cases[0].head.headline
    n = len(cases)
    return ngettext("One case is open", "%(n)s cases are open. None waits for you", n) % {"n": n}


def _can_answer(held: Hearing, at: date) -> bool:
    span = held.span(at)
    if span is None:
        return False
    replied = any(one.act is Act.REPLY for one in held.case.done)
    replying = span.phase is Phase.TOLD and held.case.reply_until is not None and at < held.case.reply_until
    return (replying and not replied) or (span.phase in _ANSWERED and span.until is not None)
