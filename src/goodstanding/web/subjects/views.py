"""A subject's file, as whoever asks may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.translation import get_language

from goodstanding.access import ANYBODY, Actor, Role
from goodstanding.catalogue.model import Catalogue
from goodstanding.register.files.effects import Effect
from goodstanding.register.files.file_access import may_see_parties
from goodstanding.register.files.point_in_time import list_opening_days
from goodstanding.register.files.records import list_source_names
from goodstanding.register.files.subject_file import SubjectFile, get_subject_file
from goodstanding.register.files.tombstones import list_tombstones
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.rules.identifier_schemes import list_schemes
from goodstanding.subjects import Identifier
from goodstanding.web.http.access_log import list_access_entries, log_access
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.errors import render_message
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.parameters import check_short_text, read_moment
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.retention.presenters import present_kept_records, present_tombstones
from goodstanding.web.subjects.open_cases import list_hearings, list_stated_hearings
from goodstanding.web.subjects.presenters import (
    EventStamp,
    load_annotations,
    load_event_stamps,
    present_effect,
    present_grade,
    present_listing,
    present_record,
    present_subject,
)
from goodstanding.web.subjects.schemas import (
    AccessLogEntry,
    CatalogueDay,
    HearingLine,
    HistoryLine,
    IdentifierLine,
    SubjectPage,
)

ROLES_SEEING_ACCESS = (Role.SUBJECT, Role.OVERSEER)  # who read a file is its subject's to know (charter article 20)
StampsByPosition = Mapping[int, EventStamp]
Rules = Mapping[str, Catalogue]


def build_subject_page(request: HttpRequest, identifier: str, *, with_cases: bool = True) -> SubjectPage:
    """The file of whoever holds an identifier, at the moment asked about; a party's look is noted.

    Without `with_cases` those heard here are left out, for a page that shows them in its own way.
    """
    actor, moment = get_actor(request), read_moment(request)
    register_info = describe_register()
    subject_file = get_subject_file(
        check_short_text(identifier, "identifier"), moment, actor, register_info.ledger_size
    )
    party = is_party(actor, subject_file, moment.today)
    if party:
        log_access(actor, subject_file.subject.identifier, request.get_full_path()[:500])
    rules = {name: enacted.catalogue for name, enacted in list_enacted().items()}
    stamps = load_event_stamps(record.position for record in subject_file.records)
    records = {record.position: record for record in subject_file.records}
    entries = (*subject_file.grades, *subject_file.listings, *subject_file.measures)
    grounds = {position for effect in entries for position in effect.because}
    sources = list_source_names(grounds)
    entry_annotations = load_annotations(
        subject_file.subject, grounds, moment.at or moment.today, subject_file.size, moment.size
    )
    return SubjectPage(
        about=register_info,
        subject=present_subject(subject_file.subject),
        other_names=list(subject_file.subject.other_names),
        identifiers=[_present_identifier(text) for text in subject_file.subject.identifiers],
        days=_present_days(subject_file, rules, party),
        today=moment.today,
        at=moment.at,
        known=moment.size,
        party=party,
        because=render_message(subject_file.allowed.because),
        grades=[present_grade(effect, rules, records, sources, entry_annotations) for effect in subject_file.grades],
        listings=[
            present_listing(effect, rules, records, sources, entry_annotations) for effect in subject_file.listings
        ],
        measures=[present_effect(effect, rules, entry_annotations) for effect in subject_file.measures],
        records=[present_record(record, rules, party, stamps, subject_file.size) for record in subject_file.records],
        hearings=_list_hearings(subject_file, actor, rules, with_cases) if party else None,
        cases=[present_effect(effect, rules) for effect in subject_file.cases] if party else None,
        history=_present_history(subject_file, rules, stamps) if party else None,
        look_ups=_present_access_entries(subject_file.subject.identifier)
        if party and actor.role in ROLES_SEEING_ACCESS
        else None,
        kept=present_kept_records(subject_file.subject.id, rules) if party else None,
        erased=present_tombstones(list_tombstones(subject_file.subject.id)) if party else None,
    )


show_subject_page = make_page_view("web/subjects/detail.html")(build_subject_page)


def _list_hearings(subject_file: SubjectFile, actor: Actor, rules: Rules, with_cases: bool) -> list[HearingLine]:
    """What runs against the subject, first what this actor can act in."""
    moment, size = subject_file.moment, subject_file.size
    heard = list_hearings(subject_file.subject, actor, moment, size) if with_cases else []
    return [*heard, *list_stated_hearings(subject_file.cases, rules)]


def is_party(actor: Actor, subject_file: SubjectFile, today: date) -> bool:
    """Whether the actor may see what is between the parties of this file."""
    return actor != ANYBODY and may_see_parties(subject_file.subject, actor, today).allowed


def _present_identifier(text: str) -> IdentifierLine:
    schemes = list_schemes()
    identifier = Identifier.parse(text, schemes)
    scheme = schemes.get(identifier.scheme)
    return IdentifierLine(
        text=text,
        scheme=scheme.render_title(get_language() or "") if scheme else identifier.scheme,
        problems=list(map(render_message, identifier.problems(schemes))),
    )


def _present_days(subject_file: SubjectFile, rules: Rules, party: bool) -> list[CatalogueDay]:
    """The days of the catalogues at work; to name one that has nothing in force would tell of a case."""
    opening = list_opening_days() if subject_file.moment.at is None else {}
    shown = {effect.catalogue for effect in (*subject_file.grades, *subject_file.listings, *subject_file.measures)}
    return [
        CatalogueDay(
            catalogue=name,
            title=rules[name].title,
            day=day,
            opening=name in opening,
            days_old=(subject_file.moment.local_day(name) - day).days,
        )
        for name, day in subject_file.days.items()
        if party or name in shown
    ]


def _present_history(subject_file: SubjectFile, rules: Rules, stamps: StampsByPosition) -> list[HistoryLine]:
    newest_first = sorted(subject_file.history, key=lambda effect: effect.valid_from, reverse=True)
    return [
        HistoryLine(
            title=effect.title,
            value=_describe_value(effect),
            valid_from=effect.valid_from,
            valid_to=effect.valid_to,
            holds=effect.holds,
            because=list(effect.because),
            known_since=_find_known_since(effect.because, stamps),
        )
        for effect in newest_first
    ]


def _describe_value(effect: Effect) -> str:
    return effect.value_title or effect.value or (effect.sentences[0] if effect.sentences else "")


def _find_known_since(because: Iterable[int], stamps: StampsByPosition) -> datetime | None:
    return max((stamps[position].recorded_at for position in because if position in stamps), default=None)


def _present_access_entries(identifier: str) -> list[AccessLogEntry]:
    return [
        AccessLogEntry(
            at=access_entry.at,
            name=access_entry.name,
            role=access_entry.role,
            scope=access_entry.scope,
            opened=access_entry.opened,
        )
        for access_entry in list_access_entries(identifier)
    ]
