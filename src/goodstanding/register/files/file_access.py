"""The access question about what is on file: which resource a subject, a record, a case or a source is to `access`."""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.access import Action, Actor, Decision, Resource, may
from goodstanding.errors import NotFound
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.files.effects import Effect, list_effects
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.public_subjects import build_public_condition
from goodstanding.register.files.records import list_records
from goodstanding.register.files.subjects import Subject, get_subject
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.subjects import Identifier

WHOLE_REGISTER = (
    Resource()
)  # what is on nobody's file: lists, figures on authorities, a moment, events about no subject
_SOURCES = "SELECT DISTINCT source FROM record WHERE subject_id = %s"
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
"""


def list_sources_of_subject(subject_id: int) -> frozenset[str]:
    """The sources that have ever stated a record about a subject."""
    return frozenset(source for (source,) in fetch_rows(_SOURCES, [subject_id]))


def find_visible_subject_id(identifier: Identifier, actor: Actor, moment: PointInTime) -> int | None:
    """The subject that holds an identifier, where an actor may know of it: the public, or a party of its file.

    Always by the same statements, so that how long an answer takes says nothing either.
    """
    is_public, values = build_public_condition(moment)
    text = str(identifier)
    holders = fetch_rows(_HOLDER.format(is_public=is_public), [*values, text])
    identifiers, sources = (
        frozenset(value for (value,) in fetch_rows(statement, [text]))
        for statement in (_IDENTIFIERS_OF_HOLDER, _SOURCES_OF_HOLDER)
    )
    for subject_id, kind, is_there in holders:
        if is_there or may(actor, Action.SEE_PARTIES, Resource(kind, identifiers, sources)).allowed:
            return int(subject_id)
    return None


def get_visible_subject_id(text: str, actor: Actor, moment: PointInTime) -> int:
    """The same for a text; raises BadIdentifier, and one NotFound for what is not there and what may not be known."""
    identifier = Identifier.parse(text)
    subject_id = find_visible_subject_id(identifier, actor, moment)
    if subject_id is None:
        raise NotFound(Message(RegisterMessage.SUBJECT_NOT_RECORDED, {"identifier": str(identifier)}))
    return subject_id


def get_subject_resource(subject: Subject, in_force_now: bool = False) -> Resource:
    """A subject's file, or something in it; `in_force_now` is whether anybody sees that while it holds."""
    sources = list_sources_of_subject(subject.id)
    return Resource(subject.kind, frozenset(subject.identifiers), sources, in_force_now)


def build_case_resource(subject: Subject, sources: Iterable[str], for_body: bool) -> Resource:
    """A case about a subject; `for_body` is whether an appeal body that stands apart has something to hear in it."""
    return Resource(subject.kind, frozenset(subject.identifiers), frozenset(sources), for_body=for_body)


def build_source_resource(source: str) -> Resource:
    """A source itself: the records it states and the keys it signs with."""
    return Resource(sources=frozenset({source}))


def may_see_parties(subject: Subject, actor: Actor) -> Decision:
    """Whether an actor may see what is between the parties of a file, and because of which rule."""
    return may(actor, Action.SEE_PARTIES, get_subject_resource(subject))


def may_see_record(subject_id: int, position: int, actor: Actor, moment: PointInTime) -> Decision:
    """Whether an actor may see, at a moment, the record at a position, which is about that subject."""
    effects = list_effects(subject_id, list_records(subject_id), moment)
    shown = any(position in effect.because for effect in effects if effect.holds and is_public_effect(effect))
    return may(actor, Action.SEE_RECORD, get_subject_resource(get_subject(subject_id), shown))


def is_public_effect(effect: Effect) -> bool:
    """Whether anybody may see an effect while it holds: an audience of relying parties says who may rest on it."""
    return effect.audience != "parties"
