"""The entries in a subject's own file, each with what the subject can do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from goodstanding.procedure.hearing import DISPUTES, Act, Phase
from goodstanding.register import catalogues, file, replies
from goodstanding.register.hearing_rows import OF_A_CASE
from goodstanding.register.hearings import Hearing
from goodstanding.register.requests import earliest_repair, why_no_repair
from goodstanding.web.shapes import own_file as shapes
from goodstanding.web.shapes import subjects as public

OPEN = (Phase.ASKED, Phase.REFUSED, Phase.REFUSAL_APPEALED)


def records(
    shown: Iterable[public.Record], held: Mapping[int, file.Record], cases: Sequence[Hearing], at: date
) -> list[shapes.OwnRecord]:
    """Records, each with its open dispute, or why it cannot be disputed."""
    disputes = _open(cases, DISPUTES, at)
    own = {one.position: one for one in cases}
    return [
        shapes.OwnRecord(
            **dict(one),
            dispute=disputes.get(one.position),
            why_not=_why_not(one, held[one.position], own.get(one.position), at),
        )
        for one in shown
    ]


def _why_not(one: public.Record, held: file.Record, case: Hearing | None, at: date) -> str:
    if one.withdrawn:
        return _("It was withdrawn: nothing rests on it.")
    if one.replaced or held.replaced_at is not None:
        return _("A later version took its place.")
    if held.event in OF_A_CASE and case is not None and not case.case.binds(at):
        return _("Answer it in its case, %(case)s.") % {"case": case.reference}
    return ""


def _open(cases: Iterable[Hearing], acts: Iterable[Act], at: date) -> dict[int, int]:
    """Of the requests that are open on a day, by the record they are about: the position of the case."""
    kinds = frozenset(acts)
    asked = [one for one in cases if one.opened.act in kinds and one.about is not None]
    return {one.about: one.position for one in asked if (span := one.span(at)) and span.phase in OPEN if one.about}


def listings(
    shown: Sequence[public.Listing], effects: Sequence[file.Effect], held: Mapping[int, file.Record],
    cases: Sequence[Hearing], at: date,
) -> list[shapes.OwnListing]:  # fmt: skip
    """Listings, each with the first day on which repair can be asked for, or the case in which it was."""
    asked = _open(cases, (Act.ASK_REPAIR,), at)
    return [_listing(one, effect, held, asked, at) for one, effect in zip(shown, effects, strict=True)]


def _listing(
    one: public.Listing, effect: file.Effect, held: Mapping[int, file.Record], asked: Mapping[int, int], at: date
) -> shapes.OwnListing:
    position = effect.because[-1]
    return shapes.OwnListing(
        **dict(one),
        position=position,
        repair_from=earliest_repair(catalogues.get(effect.catalogue).catalogue, effect),
        repair=next((asked[each] for each in effect.because if each in asked), None),
        repair_why=why_no_repair(held[position], at),
    )


def grades(shown: Iterable[public.Grade]) -> list[shapes.OwnGrade]:
    """Grades, each with the newest record that it rests on."""
    return [shapes.OwnGrade(**dict(one), position=one.because[-1] if one.because else None) for one in shown]


def own_replies(known: Iterable[int], public_on: Iterable[int]) -> list[shapes.OwnReply]:
    """What the subject published beside entries, newest first; whether it shows today, beside an entry that does."""
    shown = frozenset(public_on)
    return [
        shapes.OwnReply(
            position=one.position, beside=one.beside, text=one.text, by=one.by, day=one.day, ended_on=one.ended_on,
            shows=one.ended_on is None and one.beside in shown,
        )
        for one in reversed(replies.replies(known))
    ]  # fmt: skip
