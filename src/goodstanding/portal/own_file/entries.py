"""The entries in a subject's own file, each with what the subject can do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from goodstanding.portal.own_file.schemas import OwnGrade, OwnListing, OwnRecord, OwnReply
from goodstanding.procedure.case_states import DISPUTES, Act, Phase
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.cases.public_replies import list_replies
from goodstanding.register.cases.subject_requests import compute_earliest_repair, explain_repair_refusal
from goodstanding.register.files.effects import Effect
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.records import Record
from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS
from goodstanding.register.rules.enacted_catalogues import get_enacted
from goodstanding.web.http.errors import render_message
from goodstanding.web.subjects.schemas import GradeSchema, ListingSchema, RecordSchema

OPEN_PHASES = (Phase.ASKED, Phase.REFUSED, Phase.REFUSAL_APPEALED)


def present_own_records(
    shown: Iterable[RecordSchema],
    records_by_position: Mapping[int, Record],
    cases: Sequence[CaseFile],
    moment: PointInTime,
) -> list[OwnRecord]:
    """Records, each with its open dispute, or why it cannot be disputed."""
    disputes = _index_open_requests(cases, DISPUTES, moment)
    own = {case_file.position: case_file for case_file in cases}
    return [
        OwnRecord(
            **dict(record),
            dispute=disputes.get(record.position),
            why_not=_explain_dispute_refusal(
                record, records_by_position[record.position], own.get(record.position), moment
            ),
        )
        for record in shown
    ]


def _explain_dispute_refusal(
    record: RecordSchema, stored_record: Record, case: CaseFile | None, moment: PointInTime
) -> str:
    if record.withdrawn:
        return _("It was withdrawn: nothing rests on it.")
    if record.replaced or stored_record.replaced_at is not None:
        return _("A later version took its place.")
    at = moment.case_day(stored_record.catalogue)
    if stored_record.event in CASE_FINDING_KINDS and case is not None and not case.case.binds(at):
        return _("Answer it in its case, %(case)s.") % {"case": case.reference}
    return ""


def _index_open_requests(cases: Iterable[CaseFile], acts: Iterable[Act], moment: PointInTime) -> dict[int, int]:
    """Of the requests that are open at a moment, by the record they are about: the position of the case."""
    kinds = frozenset(acts)
    open_requests = [case_file for case_file in cases if case_file.opened.act in kinds and case_file.about is not None]
    return {
        case_file.about: case_file.position
        for case_file in open_requests
        if (span := case_file.span(moment.case_day(case_file.catalogue))) and span.phase in OPEN_PHASES
        if case_file.about
    }


def present_own_listings(
    shown: Sequence[ListingSchema], listed_effects: Sequence[Effect], records_by_position: Mapping[int, Record],
    cases: Sequence[CaseFile], moment: PointInTime,
) -> list[OwnListing]:  # fmt: skip
    """Listings, each with the first day on which repair can be asked for, or the case in which it was."""
    repair_requests = _index_open_requests(cases, (Act.ASK_REPAIR,), moment)
    return [
        _present_own_listing(listing, effect, records_by_position, repair_requests, moment)
        for listing, effect in zip(shown, listed_effects, strict=True)
    ]


def _present_own_listing(
    listing: ListingSchema,
    effect: Effect,
    records_by_position: Mapping[int, Record],
    repair_requests: Mapping[int, int],
    moment: PointInTime,
) -> OwnListing:
    position = effect.because[-1]
    return OwnListing(
        **dict(listing),
        position=position,
        repair_from=compute_earliest_repair(get_enacted(effect.catalogue).catalogue, effect),
        repair=next(
            (
                repair_requests[record_position]
                for record_position in effect.because
                if record_position in repair_requests
            ),
            None,
        ),
        repair_why=render_message(
            explain_repair_refusal(records_by_position[position], moment.case_day(effect.catalogue))
        ),
    )


def present_own_grades(shown: Iterable[GradeSchema]) -> list[OwnGrade]:
    """Grades, each with the newest record that it rests on."""
    return [OwnGrade(**dict(grade), position=grade.because[-1] if grade.because else None) for grade in shown]


def present_own_replies(positions: Iterable[int], public_on: Iterable[int]) -> list[OwnReply]:
    """What the subject published beside entries, newest first; whether it shows today, beside an entry that does."""
    shown = frozenset(public_on)
    return [
        OwnReply(
            position=reply.position, beside=reply.beside, text=reply.text, by=reply.by, day=reply.day,
            ended_on=reply.ended_on,
            shows=reply.ended_on is None and reply.beside in shown,
        )
        for reply in reversed(list_replies(positions))
    ]  # fmt: skip
