"""The entries in a subject's own file, each with what the subject can do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from goodstanding.procedure.hearing import DISPUTES, Act, Phase
from goodstanding.register import catalogues, file, replies
from goodstanding.register.hearing_rows import CASE_FINDING_KINDS
from goodstanding.register.hearings import CaseFile
from goodstanding.register.requests import compute_earliest_repair, explain_repair_refusal
from goodstanding.web.shapes import own_file as shapes
from goodstanding.web.shapes import subjects as public

OPEN_PHASES = (Phase.ASKED, Phase.REFUSED, Phase.REFUSAL_APPEALED)


def present_own_records(
    shown: Iterable[public.RecordSchema],
    records_by_position: Mapping[int, file.Record],
    cases: Sequence[CaseFile],
    at: date,
) -> list[shapes.OwnRecord]:
    """Records, each with its open dispute, or why it cannot be disputed."""
    disputes = _index_open_requests(cases, DISPUTES, at)
    own = {case_file.position: case_file for case_file in cases}
    return [
        shapes.OwnRecord(
            **dict(record),
            dispute=disputes.get(record.position),
            why_not=_explain_dispute_refusal(
                record, records_by_position[record.position], own.get(record.position), at
            ),
        )
        for record in shown
    ]


def _explain_dispute_refusal(
    record: public.RecordSchema, stored_record: file.Record, case: CaseFile | None, at: date
) -> str:
    if record.withdrawn:
        return _("It was withdrawn: nothing rests on it.")
    if record.replaced or stored_record.replaced_at is not None:
        return _("A later version took its place.")
    if stored_record.event in CASE_FINDING_KINDS and case is not None and not case.case.binds(at):
        return _("Answer it in its case, %(case)s.") % {"case": case.reference}
    return ""


def _index_open_requests(cases: Iterable[CaseFile], acts: Iterable[Act], at: date) -> dict[int, int]:
    """Of the requests that are open on a day, by the record they are about: the position of the case."""
    kinds = frozenset(acts)
    open_requests = [case_file for case_file in cases if case_file.opened.act in kinds and case_file.about is not None]
    return {
        case_file.about: case_file.position
        for case_file in open_requests
        if (span := case_file.span(at)) and span.phase in OPEN_PHASES
        if case_file.about
    }


def present_own_listings(
    shown: Sequence[public.ListingSchema], listed_effects: Sequence[file.Effect], records_by_position: Mapping[int, file.Record],
    cases: Sequence[CaseFile], at: date,
) -> list[shapes.OwnListing]:  # fmt: skip
    """Listings, each with the first day on which repair can be asked for, or the case in which it was."""
    repair_requests = _index_open_requests(cases, (Act.ASK_REPAIR,), at)
    return [
        _present_own_listing(listing, effect, records_by_position, repair_requests, at)
        for listing, effect in zip(shown, listed_effects, strict=True)
    ]


def _present_own_listing(
    listing: public.ListingSchema,
    effect: file.Effect,
    records_by_position: Mapping[int, file.Record],
    repair_requests: Mapping[int, int],
    at: date,
) -> shapes.OwnListing:
    position = effect.because[-1]
    return shapes.OwnListing(
        **dict(listing),
        position=position,
        repair_from=compute_earliest_repair(catalogues.get_enacted(effect.catalogue).catalogue, effect),
        repair=next(
            (
                repair_requests[record_position]
                for record_position in effect.because
                if record_position in repair_requests
            ),
            None,
        ),
        repair_why=explain_repair_refusal(records_by_position[position], at),
    )


def present_own_grades(shown: Iterable[public.GradeSchema]) -> list[shapes.OwnGrade]:
    """Grades, each with the newest record that it rests on."""
    return [shapes.OwnGrade(**dict(grade), position=grade.because[-1] if grade.because else None) for grade in shown]


def present_own_replies(positions: Iterable[int], public_on: Iterable[int]) -> list[shapes.OwnReply]:
    """What the subject published beside entries, newest first; whether it shows today, beside an entry that does."""
    shown = frozenset(public_on)
    return [
        shapes.OwnReply(
            position=reply.position, beside=reply.beside, text=reply.text, by=reply.by, day=reply.day, ended_on=reply.ended_on,
            shows=reply.ended_on is None and reply.beside in shown,
        )
        for reply in reversed(replies.list_replies(positions))
    ]  # fmt: skip
