"""A subject's own file: all that is held about it at any moment, for those who act for it, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.access import WHOLE_REGISTER, Action, Actor, may
from goodstanding.errors import NotAllowed
from goodstanding.portal.own_file.access_history import (
    PER_PAGE,
    list_own_look_ups,
    load_access_context,
    present_look_ups,
    query_others_look_ups,
)
from goodstanding.portal.own_file.alerts import has_alert
from goodstanding.portal.own_file.archive import build_archive_name, pack_archive
from goodstanding.portal.own_file.cases import build_inbox, describe_own_cases, split_open_and_ended
from goodstanding.portal.own_file.entries import (
    present_own_grades,
    present_own_listings,
    present_own_records,
    present_own_replies,
)
from goodstanding.portal.own_file.schemas import OwnFilePage, OwnListing
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.cases.public_replies import is_public_entry
from goodstanding.register.files.effects import Effect, list_effects
from goodstanding.register.files.file_access import get_subject_resource
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.records import Record, list_records
from goodstanding.register.files.subjects import Subject, find_subject_id, get_subject
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.web.http import clock
from goodstanding.web.http.access_log import log_access
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.pagination import build_paging
from goodstanding.web.http.parameters import read_moment, read_page_number
from goodstanding.web.http.signed_in_pages import make_signed_in_view
from goodstanding.web.subjects.open_cases import is_open_against, list_own_cases
from goodstanding.web.subjects.presenters import load_event_stamps
from goodstanding.web.subjects.schemas import SubjectPage
from goodstanding.web.subjects.views import build_subject_page

ZIP_TYPE = "application/zip"
DONE_ACTS = ("disputed", "repair", "replied", "retracted", "alerts-on", "alerts-off")


def get_file_holder(request: HttpRequest) -> tuple[Actor, Subject]:
    """Whoever acts for a subject, and the subject; raises NotAllowed for everybody else."""
    actor = get_actor(request)
    subject = get_subject(find_subject_id(actor.scope)) if actor.role == "subject" else None
    allowed = may(
        actor, Action.HOLD_FILE, get_subject_resource(subject, clock.get_today()) if subject else WHOLE_REGISTER
    )
    if subject is None or not allowed.allowed:
        raise NotAllowed(_("This is a subject’s own file."), remedy=allowed.because)
    return actor, subject


def build_own_file_page(request: HttpRequest) -> OwnFilePage:
    """Everything that is held about the subject at the moment asked about; the look itself is noted."""
    actor, subject = get_file_holder(request)
    base, moment = build_subject_page(request, subject.identifier, with_cases=False), read_moment(request)
    size = base.known if base.known is not None else base.about.ledger_size
    case_files, records = list_own_cases(subject, moment, size), list_records(subject.id)
    effects = list_effects(subject.id, records, moment)
    open_cases, ended_cases = split_open_and_ended(case_files, actor, moment, _list_listed_positions(effects, moment))
    letters = build_inbox(case_files)
    number, access_entries = read_page_number(request), query_others_look_ups(subject.identifiers)
    shown = access_entries[(number - 1) * PER_PAGE : number * PER_PAGE]
    access_lines = present_look_ups(
        shown, load_access_context(subject.identifiers, case_files, _list_receipt_days(records))
    )
    return OwnFilePage(
        **{name: value for name, value in base if name not in ("listings", "grades", "records", "look_ups", "because")},
        because=_("What is held about you is open to you, whole, at every moment (charter article 19)."),
        look_ups=None,
        person=actor.name,
        headline=describe_own_cases(open_cases, case_files, moment, _describe_stated(base, effects)),
        listings=_present_listings(base, effects, case_files, records, moment),
        grades=present_own_grades(base.grades),
        records=present_own_records(base.records, {record.position: record for record in records}, case_files, moment),
        open_cases=open_cases,
        ended_cases=ended_cases,
        inbox=letters,
        unread=sum(letter.unread for letter in letters),
        looks=access_lines,
        unusual=sum(bool(access_line.unusual) for access_line in access_lines),
        own_looks=list_own_look_ups(subject.identifiers),
        paging=build_paging(number, PER_PAGE, access_entries.count(), len(access_lines)),
        replies=present_own_replies(
            [record.position for record in records], _list_public_positions(effects if moment.is_now else None, subject)
        ),
        alerts=has_alert(request.user, actor.scope),
        email=str(request.user.email),
        done=next((done_act for done_act in DONE_ACTS if done_act == request.GET.get("done")), ""),
    )


show_own_file_page = make_signed_in_view("portal/own_file/own_file.html")(build_own_file_page)


def _describe_stated(base: SubjectPage, effects: Sequence[Effect]) -> str:
    """What a source states against the subject: that it can still answer first; nothing where nothing stands."""
    rules = {name: enacted.catalogue for name, enacted in list_enacted().items()}
    against = (
        _("%(step)s: a source states it about you") % {"step": effect.value_title or effect.title}
        for effect in effects
        if effect.kind == "case" and effect.holds and is_open_against(effect, rules[effect.catalogue])
    )
    running = (hearing.headline for hearing in base.hearings or [])
    return next(chain(running, against), "")


def _present_listings(
    base: SubjectPage,
    effects: Sequence[Effect],
    case_files: Sequence[CaseFile],
    records: Sequence[Record],
    moment: PointInTime,
) -> list[OwnListing]:
    listing_effects = [effect for effect in effects if effect.holds and effect.kind == "listing"]
    return present_own_listings(
        base.listings, listing_effects, {record.position: record for record in records}, case_files, moment
    )


def _list_listed_positions(effects: Sequence[Effect], moment: PointInTime) -> set[int]:
    """The records that listings rest on which are in force at a moment, whichever day their catalogue opens at."""
    dated_listings = (
        replace(effect, day=moment.case_day(effect.catalogue)) for effect in effects if effect.kind == "listing"
    )
    return {position for effect in dated_listings if effect.holds for position in effect.because}


def _list_public_positions(effects: Sequence[Effect] | None, subject: Subject) -> set[int]:
    """The records that entries rest on which anybody reads today; of another moment today's are read anew."""
    if effects is None:
        effects = list_effects(subject.id, list_records(subject.id), clock.get_moment())
    return {position for effect in effects if effect.holds and is_public_entry(effect) for position in effect.because}


def _list_receipt_days(records: Sequence[Record]) -> Mapping[str, Collection[date]]:
    """The days on which each source's records came in."""
    stamps, days_by_source = load_event_stamps(record.position for record in records), dict[str, list[date]]()
    for record in records:
        if stamp := stamps.get(record.position):
            days_by_source.setdefault(record.source, []).append(stamp.recorded_at.date())
    return days_by_source


@require_safe
def download_archive(request: HttpRequest) -> FileResponse:
    """Everything that is held about the subject, as one ZIP, for those who act for it."""
    actor, subject = get_file_holder(request)
    archive = pack_archive(subject, actor, clock.get_today())
    log_access(actor, subject.identifier, request.path)
    return FileResponse(
        archive, as_attachment=True, filename=f"{build_archive_name(subject)}.zip", content_type=ZIP_TYPE
    )
