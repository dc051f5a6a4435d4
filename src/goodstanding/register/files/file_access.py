"""The access question about what is on file: which resource a subject, a record, a case or a source is to `access`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from goodstanding import config
from goodstanding.access import Action, Actor, Decision, Resource, may
from goodstanding.errors import NotFound
from goodstanding.ledger import store as ledger
from goodstanding.ledger.proofs import get_size_at
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.files.effects import Effect, list_effects
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.public_subjects import build_public_condition
from goodstanding.register.files.record_display import is_displayed
from goodstanding.register.files.records import Record, find_record, list_records
from goodstanding.register.files.subjects import Subject, get_subject
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.subjects import Identifier

RECORD_WAITING_DAYS = 5  # from the day on which a record was taken in to the day from which its source is a party
_SOURCES = "SELECT DISTINCT source FROM record WHERE subject_id = %s"
_PARTY_SOURCES = f"{_SOURCES} AND replaced_at IS NULL AND position < %s"
_HOLDER = """
SELECT subject.id, subject.kind, {is_public} AS is_public
FROM identifier
JOIN subject ON subject.id = identifier.subject_id
WHERE identifier.text = %s
"""
_IDENTIFIERS_OF_HOLDER = """
SELECT other.text
FROM identifier
JOIN identifier AS other ON other.subject_id = identifier.subject_id
WHERE identifier.text = %s
"""
_SOURCES_OF_HOLDER = """
SELECT DISTINCT record.source
FROM identifier
JOIN record ON record.subject_id = identifier.subject_id
WHERE identifier.text = %s
  AND record.replaced_at IS NULL
  AND record.position < %s
"""


def list_sources_of_subject(subject_id: int) -> frozenset[str]:
    """The sources that have ever stated a record about a subject."""
    return frozenset(source for (source,) in fetch_rows(_SOURCES, [subject_id]))


def list_party_sources(subject_id: int, today: date) -> frozenset[str]:
    """The sources that are parties of a file: a record of theirs is in force, and was not taken in only just now.

    So nobody opens a file by stating something about it, or goes on reading it after withdrawing that. In a
    demonstration, whose days are moved, a record counts at once.
    """
    source_rows = fetch_rows(_PARTY_SOURCES, [subject_id, _get_settled_size(today)])
    return frozenset(source for (source,) in source_rows)


def _get_settled_size(today: date) -> int:
    if config.get_current_register().demonstration:
        return ledger.get_ledger_size()
    return get_size_at(today - timedelta(days=RECORD_WAITING_DAYS))


def find_visible_subject_id(identifier: Identifier, actor: Actor, moment: PointInTime) -> int | None:
    """The subject that holds an identifier, where an actor may know of it: the public, or a party of its file.

    Always by the same statements, so that how long an answer takes says nothing either.
    """
    is_public, values = build_public_condition(moment)
    text = str(identifier)
    holders = fetch_rows(_HOLDER.format(is_public=is_public), [*values, text])
    identifiers, sources = (
        frozenset(value for (value,) in fetch_rows(statement, parameters))
        for statement, parameters in (
            (_IDENTIFIERS_OF_HOLDER, [text]),
            (_SOURCES_OF_HOLDER, [text, _get_settled_size(moment.today)]),
        )
    )
    for subject_id, kind, is_there in holders:
        if is_there or may(actor, Action.SEE_PARTIES, Resource(kind, identifiers, sources)).allowed:
            return int(subject_id)
    return None


def get_visible_subject_id(text: str, actor: Actor, moment: PointInTime) -> int:
    """The same for a text; raises BadIdentifier, and one NotFound for what is not there and what may not be known."""
    identifier = parse_identifier(text)
    subject_id = find_visible_subject_id(identifier, actor, moment)
    if subject_id is None:
        raise NotFound(Message(RegisterMessage.SUBJECT_NOT_RECORDED, {"identifier": str(identifier)}))
    return subject_id


def get_subject_resource(subject: Subject, today: date) -> Resource:
    """A subject's file."""
    return Resource(subject.kind, frozenset(subject.identifiers), list_party_sources(subject.id, today))


def build_case_resource(subject: Subject, sources: Iterable[str], for_body: bool) -> Resource:
    """A case about a subject; `for_body` is whether an appeal body that stands apart has something to hear in it."""
    return Resource(subject.kind, frozenset(subject.identifiers), frozenset(sources), for_body=for_body)


def build_source_resource(source: str) -> Resource:
    """A source itself: the records it states and the keys it signs with."""
    return Resource(sources=frozenset({source}))


def may_see_parties(subject: Subject, actor: Actor, today: date) -> Decision:
    """Whether an actor may see what is between the parties of a file, and because of which rule."""
    return may(actor, Action.SEE_PARTIES, get_subject_resource(subject, today))


def may_see_record_as_party(subject_id: int, position: int, actor: Actor, today: date) -> Decision:
    """Whether an actor may see a record as a party of the file, or of its source, which knows what it stated itself."""
    return may(actor, Action.SEE_PARTIES, _get_record_resource(subject_id, position, today))


def _get_record_resource(subject_id: int, position: int, today: date) -> Resource:
    resource, row = get_subject_resource(get_subject(subject_id), today), find_record(position)
    own_source = {row[1].source} if row else set()
    return replace(resource, sources=resource.sources | own_source)


def may_see_record(subject_id: int, position: int, actor: Actor, moment: PointInTime) -> Decision:
    """Whether an actor may see, at a moment, the record at a position, which is about that subject."""
    records = list_records(subject_id)
    effects = list_effects(subject_id, records, moment)
    shown = position in list_public_positions(effects, records)
    resource = _get_record_resource(subject_id, position, moment.today)
    return may(actor, Action.SEE_RECORD, replace(resource, in_force_now=shown))


def list_public_positions(effects: Iterable[Effect], records: Iterable[Record]) -> frozenset[int]:
    """The records that anybody sees: something public that holds rests on them, and their own rules show them."""
    days = {
        position: effect.day
        for effect in effects
        if effect.holds and is_public_effect(effect)
        for position in effect.because
    }
    on_file = list_on_file()
    return frozenset(
        record.position
        for record in records
        if record.position in days
        and is_displayed(on_file[record.catalogue].catalogue, record.record, record.occurred, days[record.position])
    )


def is_public_effect(effect: Effect) -> bool:
    """Whether anybody may see an effect while it holds; a measure shows no more than the listing or grade behind it."""
    return effect.audience == "anybody"
