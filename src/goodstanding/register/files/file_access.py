"""The access question about what is on file: which resource a subject, a record, a case or a source is to `access`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goodstanding.access import Action, Actor, Decision, Resource, may
from goodstanding.register.files.effects import Effect, list_effects
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.records import list_records
from goodstanding.register.files.subjects import Subject, get_subject
from goodstanding.register.storage.queries import fetch_rows

WHOLE_REGISTER = (
    Resource()
)  # what is on nobody's file: lists, figures on authorities, a moment, events about no subject
_SOURCES = "SELECT DISTINCT source FROM record WHERE subject_id = %s"


def list_sources_of_subject(subject_id: int) -> frozenset[str]:
    """The sources that have ever stated a record about a subject."""
    return frozenset(source for (source,) in fetch_rows(_SOURCES, [subject_id]))


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


def may_see_record(subject_id: int, position: int, actor: Actor, day: date) -> Decision:
    """Whether an actor may see, on a day, the record at a position, which is about that subject."""
    effects = list_effects(subject_id, list_records(subject_id), PointInTime(day))
    shown = any(position in effect.because for effect in effects if effect.holds and is_public_effect(effect))
    return may(actor, Action.SEE_RECORD, get_subject_resource(get_subject(subject_id), shown))


def is_public_effect(effect: Effect) -> bool:
    """Whether anybody may see an effect while it holds: an audience of relying parties says who may rest on it."""
    return effect.audience != "parties"
